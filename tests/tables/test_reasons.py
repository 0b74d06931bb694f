"""Reasons in the table of outcomes: the sentence of each row, in both languages, only where they are asked for.

五(三): 低于80％ of a quarter's volume. By purchases of each drug alone X01 has bought 13999/20000 = 69.995% of one of its
drugs, X02 23999/30000 of one, X03 all of its only one, with purchases recorded through 31 March alone.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from test_batch import DAY, FOLDER, READINGS, decided

from vbprules.batch import taking as batch_taking
from vbprules.batch import writing
from vbprules.cli.main import main
from vbprules.decision.lines import line_of
from vbprules.decision.model import Decision, Reason, Text

ASKS = "低于70%时是否同时给予低于80%的预警（解读“低于80%一律预警”（季度完成比例 {}）：{}）：{}"
SET = "该季度设有任务量（设置任务量季度设置量任一：是）：是；"


@pytest.fixture(params=[0, 25], ids=["columns", "interpreter"])
def either(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_taking, "FEW", request.param)


def told(outcomes: pl.DataFrame, provision: str, lang: str = "zh") -> dict[str, str]:
    rows = outcomes.filter(pl.col("provision") == provision, pl.col("subject") == "2020Q1")
    return dict(rows.select("institution", f"reasons_{lang}").iter_rows())


@pytest.mark.usefixtures("either")
def test_why_who_is_warned() -> None:
    outcomes = decided(reasons=True).outcomes
    assert told(outcomes, "quarterly_warning") == {
        "X01": SET + ASKS.format("69.995% 低于 80%：是", "是", "是"),
        "X02": SET + ASKS.format("23999/30000 低于 80%：是", "是", "是"),
        "X03": ASKS.format("at_least 100% 低于 80%：否", "否", "否"),  # of what fails, only what makes it fail
    }
    assert told(outcomes, "quarterly_warning", "en")["X03"].endswith("at_least 100% below 80%: no): no): no")


@pytest.mark.usefixtures("either")
def test_a_line_is_the_reasons_of_the_decision(capsys: pytest.CaptureFixture[str]) -> None:
    outcomes = decided(reasons=True).outcomes.filter(pl.col("institution") == "X02")
    fixed = [f"--reading={name}={option}" for name, option in READINGS.items()]
    main(["evaluate", "guizhou_2019", f"{FOLDER}#X02", "--as-of", DAY, "--json", *fixed])
    decision = Decision.model_validate_json(capsys.readouterr().out)
    wanted = {(one.provision, one.subject): line_of(one.reasons, "zh") for one in decision.outcomes}
    assert {(p, s): line for p, s, line in outcomes.select("provision", "subject", "reasons_zh").iter_rows()} == wanted
    assert sum(bool(line) for line in wanted.values()) > 50


def test_only_where_they_are_asked_for() -> None:
    with_them, without = decided(reasons=True).outcomes, decided().outcomes
    assert with_them.columns == [*without.columns, "reasons_zh", "reasons_en"]
    assert with_them.select(without.columns).equals(without)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_files_have_them_too(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call: list[Any] = ["batch", "guizhou_2019", str(FOLDER), "--as-of", DAY, "--questions", "0", "--reasons"]
    assert main([*call, "--out", str(tmp_path / "out"), "--format", form]) == 1
    if form == "csv":
        found = pl.read_csv(tmp_path / "out" / "outcomes.csv", infer_schema=False)
        assert found.columns[-2:] == ["reasons_zh", "reasons_en"]
    else:
        sheet = pl.read_excel(tmp_path / "out" / "decisions.xlsx", sheet_name="结论", infer_schema_length=0)
        assert sheet.columns[-2:] == ["理由", "英文理由"]
        assert sheet["理由"].str.contains("季度完成比例").any()


def test_a_cell_that_a_workbook_cannot_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_LONGEST", 100)
    call = ["batch", "guizhou_2019", str(FOLDER), "--as-of", DAY, "--questions", "0", "--reasons", "--format"]
    assert main([*call, "xlsx", "--out", str(tmp_path / "out")]) == 1
    assert not (tmp_path / "out").exists()
    assert main([*call, "csv", "--out", str(tmp_path / "out")]) == 1  # one institution is not decided
    assert (tmp_path / "out" / "outcomes.csv").exists()


def test_figures_beneath_figures_are_left_out() -> None:
    base = Reason(Text("上年度 100.00", "last year 100.00"), "yes", "operand")
    amount = Reason(Text("金额 = 30.00", "amount = 30.00"), "yes", "figure", parts=(base,))
    below = Reason(Text("比例 65% 低于 70%", "share 65% below 70%"), "yes", "comparison", parts=(base,))
    other = Reason(Text("甲", "A"), "open", "question")
    either_one = Reason(Text("以下任一", "any of"), "by_reading", "any", parts=(below, other))
    assert (
        line_of((either_one, amount), "zh") == "以下任一（比例 65% 低于 70%：是；甲：未定）：视解读而定；金额 = 30.00"
    )
    assert (
        line_of((either_one, amount), "en") == "any of (share 65% below 70%: yes; A: open): by reading; amount = 30.00"
    )
    assert line_of((), "zh") == ""
