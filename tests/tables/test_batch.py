"""A batch of the example's four institutions: what is decided, what is refused, in which forms it is read and written.

五(三): below 80% of the quarterly volume a warning, below 70% measures. By purchases of each drug alone:
X01 120000/150000 = 80% exactly and 13999/20000 = 69.995%; X02 23999/30000 and 8000/10000; X03 6000/6000; X04 unreadable.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter

sys.path.insert(0, str(Path(__file__).parent))

from lanes import differences, lanes

from vbprules import InputError, evaluate_tables
from vbprules.batch import taking as batch_taking
from vbprules.cli.main import main

FOLDER = Path(__file__).parents[2] / "examples" / "tables"
READINGS = {"volume": "purchased", "grain": "each", "warning_below_70": "also"}
DAY = "2020-04-10"


def tables(**changed: Any) -> dict[str, Any]:
    found = {path.stem: pl.read_csv(path, infer_schema=False) for path in FOLDER.glob("*.csv")}
    found["purchases"] = found.pop("采购")
    return {**found, **changed}


def decided(given: Mapping[str, Any] | Path | str = FOLDER, **options: Any) -> Any:
    return evaluate_tables("guizhou_2019", given, DAY, **{"readings": READINGS, "questions": 0, **options})


def states(outcomes: Any, provision: str, subject: str = "2020Q1") -> dict[str, str]:
    rows = outcomes.filter(pl.col("provision") == provision, pl.col("subject") == subject)
    return dict(rows.select("institution", "state").iter_rows())


def purchases(**columns: list[Any]) -> Any:
    return pl.DataFrame({"institution": ["X01"], "product": ["amlodipine-s"], "day": ["2020-02-01"], **columns})


@pytest.fixture
def columns_however_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_taking, "FEW", 0)


@pytest.mark.usefixtures("columns_however_few")
def test_who_is_warned_and_who_is_suspended() -> None:
    found = decided()
    assert states(found.outcomes, "quarterly_warning") == {"X01": "due", "X02": "due", "X03": "not_triggered"}
    assert states(found.outcomes, "below_70.interview") == {
        "X01": "due",
        "X02": "not_triggered",
        "X03": "not_triggered",
    }
    margins = found.outcomes.filter(pl.col("provision") == "below_70.interview", pl.col("institution") == "X01")
    assert margins.select("clause", "standing", "margin").row(0) == ("五(三)", "settled", "-0.005%")


def test_at_the_bound_nobody_is_warned_and_one_unit_below_everybody_is() -> None:
    for quantity, state in (("59999", "due"), ("60000", "not_triggered")):
        given = tables(targets=tables()["targets"].filter(pl.col("drug") == "amlodipine"))
        rows = given["purchases"].filter(pl.col("机构") == "X01", pl.col("药品") == "amlodipine-s")
        given["purchases"] = rows.with_columns(数量=pl.Series(["60000", quantity]))
        assert states(decided(given).outcomes, "quarterly_warning")["X01"] == state


def test_a_wrong_cell_is_told_with_file_row_and_column_and_the_rest_goes_on() -> None:
    found = decided()
    row = found.rejected.row(0, named=True)
    assert (row["institution"], row["row"], row["column"], row["code"]) == ("X04", 9, 4, "D103")
    assert row["file"].endswith("采购.csv") and "约三万" in row["message_zh"]
    assert found.institutions["institution"].to_list() == ["X01", "X02", "X03"]
    assert (found.receipt["institutions"], found.receipt["decided"], found.receipt["rejected"]) == (4, 3, 1)
    with pytest.raises(InputError) as error:
        decided(strict=True)
    assert [finding.code for finding in error.value.findings] == ["D103"]


def test_nothing_is_lost_or_counted_twice_whatever_is_read_at_once() -> None:
    whole = decided()
    for rows in (1, 7):
        found = decided(rows_at_once=rows)
        assert found.outcomes.equals(whole.outcomes)
        assert found.rejected.equals(whole.rejected)
        assert found.provisions.equals(whole.provisions)
    assert whole.outcomes.height == whole.outcomes.unique(["institution", "provision", "subject"]).height
    assert whole.institutions["outcomes"].sum() == whole.outcomes.height == whole.provisions["outcomes"].sum()


def test_columns_and_interpreter_agree_on_catalogues_and_statements_for_all() -> None:
    found = lanes("guizhou_2019", tables(), DAY, READINGS)
    assert found.odd == ["X04"] and found.rejected == {"X04"}
    assert not differences(found)


def test_a_table_of_completeness_without_institutions_holds_for_all() -> None:
    said = tables()["completeness"].filter(pl.col("institution").is_null())
    given = tables(completeness=said.drop("institution"))
    assert decided(given).outcomes.equals(decided(tables(completeness=said)).outcomes)
    found = lanes("guizhou_2019", given, DAY, READINGS)
    assert found.rejected == {"X04"}
    assert not differences(found)


def test_a_row_of_nobody_leaves_the_list_complete_for_no_one() -> None:
    rows = tables()["purchases"].with_columns(机构=pl.when(pl.col("机构") == "X04").then(None).otherwise("机构"))
    given = tables(purchases=rows.with_columns(数量=pl.col("数量").replace("约三万", "30000")))
    found = decided(given)
    assert found.rejected.select("institution", "row", "code").rows() == [("", 8, "B108")]
    assert states(found.outcomes, "quarterly_warning")["X01"] == "trigger_unknown"
    assert states(found.outcomes, "quarterly_warning")["X03"] == "not_triggered"  # no more can make it less
    assert found.receipt["lists_not_complete_for_lost_rows"] == ["purchases"]
    assert not differences(lanes("guizhou_2019", given, DAY, READINGS))


def test_native_types_say_what_texts_say() -> None:
    given = tables()
    rows = given["purchases"].filter(pl.col("机构") != "X04")
    given["purchases"] = rows.with_columns(日期=pl.lit("2020-02-03"))
    typed = given["purchases"].with_columns(
        pl.col("数量").cast(pl.Int64),
        pl.col("金额").str.to_decimal(scale=2),
        pl.lit(date(2020, 2, 3)).alias("日期"),
        (pl.col("平台采购") == "是").alias("平台采购"),
    )
    assert isinstance(typed["金额"][0], Decimal)
    wanted = decided(given)
    for frame in (typed, typed.lazy(), typed.to_arrow(), typed.to_pandas(use_pyarrow_extension_array=True)):
        assert decided({**given, "purchases": frame}).outcomes.equals(wanted.outcomes)


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        (purchases(quantity=[1.5]), "B104"),
        (purchases(quantity=["1"], amonut=["2"]), "B105"),
        (purchases(数量=["1"], quantity=["1"]), "B106"),
        (pl.DataFrame({"product": ["amlodipine-s"], "quantity": ["1"]}), "B107"),
        (purchases(quantity=[[1]]), "B109"),
        ("no/such/file.csv", "B102"),
    ],
)
def test_what_is_wrong_with_a_table_stops_the_batch(frame: Any, code: str) -> None:
    with pytest.raises(InputError) as error:
        decided(tables(purchases=frame))
    assert [finding.code for finding in error.value.findings] == [code]


def test_an_unknown_table_is_told_with_the_nearest_name() -> None:
    with pytest.raises(InputError) as error:
        decided({"purchase": tables()["purchases"], "institutions": tables()["institutions"]})
    (finding,) = error.value.findings
    assert finding.code == "B101" and "purchases" in finding.hint("en")


def test_a_catalogue_with_one_id_twice_is_wrong_for_everybody() -> None:
    drugs = tables()["drugs"]
    with pytest.raises(InputError) as error:
        decided(tables(drugs=pl.concat([drugs, drugs.head(1)])))
    assert error.value.findings[0].mark.line == 3


def test_foreign_headings_and_columns_that_are_no_facts() -> None:
    given = tables()
    rows = given["purchases"].rename({"药品": "通用名编码"}).with_columns(操作员=pl.lit("某某"))
    found = decided({**given, "purchases": rows}, headings={"purchases": {"通用名编码": "product", "操作员": "-"}})
    assert found.outcomes.equals(decided().outcomes)


def test_open_questions_are_those_of_the_interpreter() -> None:
    found = decided(questions=1)
    assert found.receipt["asked_for_open_questions"] == 1
    assert found.questions["institution"].unique().len() == 1
    assert "list" in found.questions["kind"].to_list()


@pytest.mark.parametrize("form", ["parquet", "csv", "xlsx"])
def test_results_as_files(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "decisions"
    readings = [f"--reading={name}={option}" for name, option in READINGS.items()]
    call = ["batch", "guizhou_2019", str(FOLDER), "--as-of", DAY, "--out", str(out), "--format", form]
    assert main([*call, *readings, "--questions", "0"]) == 1  # one institution is not decided
    printed = capsys.readouterr()
    assert "判断了 3 家机构" in printed.out and "采购.csv:9:4" in printed.err
    wanted = decided().outcomes
    if form == "xlsx":
        sheets = pl.read_excel(out / "decisions.xlsx", sheet_id=0, infer_schema_length=0)
        assert list(sheets) == ["结论", "机构汇总", "规定汇总", "待答问题", "未判断"]
        assert sheets["结论"].height == wanted.height and sheets["结论"].columns[:2] == ["机构", "规定"]
    else:
        read = pl.read_parquet if form == "parquet" else lambda path: pl.read_csv(path, infer_schema=False)
        assert read(out / f"outcomes.{form}").height == wanted.height
    receipt = json.loads((out / "receipt.json").read_text(encoding="utf-8"))
    assert receipt["policy"] == "guizhou_2019" and len(receipt["tables"][0]["sha256"]) == 64
    assert [path.name for path in tmp_path.iterdir()] == ["decisions"], "nothing is left beside the results"
    assert main([*call, *readings]) == 1  # never overwritten
    assert "不覆盖" in capsys.readouterr().err


def test_strict_leaves_no_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["batch", "guizhou_2019", str(FOLDER), "--as-of", DAY, "--out", str(tmp_path / "x"), "--strict"]
    assert main(call) == 1
    assert "D103" in capsys.readouterr().err and not list(tmp_path.iterdir())


def test_a_workbook_and_a_sheet_a_list(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "facts.xlsx") as book:
        for name, frame in tables().items():
            frame.write_excel(book, worksheet=name)
    found = decided(tmp_path / "facts.xlsx")
    assert found.outcomes.equals(decided().outcomes)
    assert found.rejected["file"].to_list()[0].endswith("facts.xlsx#purchases")


def test_numbers_and_days_of_a_workbook_are_read_exactly(tmp_path: Path) -> None:
    given = tables()
    given["purchases"] = given["purchases"].filter(pl.col("机构") != "X04").with_columns(日期=pl.lit("2020-02-03"))
    typed = given["purchases"].with_columns(
        pl.col("数量").cast(pl.Int64), pl.col("金额").cast(pl.Float64), pl.lit(date(2020, 2, 3)).alias("日期")
    )
    with xlsxwriter.Workbook(tmp_path / "facts.xlsx") as book:
        for name, frame in {**given, "purchases": typed}.items():
            frame.write_excel(book, worksheet=name)
    found = decided(tmp_path / "facts.xlsx")
    assert found.rejected.height == 0, found.rejected
    assert found.outcomes.equals(decided(given).outcomes)


def test_explain_takes_an_institution_of_the_tables(capsys: pytest.CaptureFixture[str]) -> None:
    readings = [f"--reading={name}={option}" for name, option in READINGS.items()]
    call = ["explain", "guizhou_2019", f"{FOLDER}#X01", "below_70.interview@2020Q1", "--as-of", DAY]
    assert main([*call, *readings]) == 0
    assert "69.995%" in capsys.readouterr().out
    assert main([*call[:2], f"{FOLDER}#X0", *call[3:]]) == 1
    assert "B112" in capsys.readouterr().err
