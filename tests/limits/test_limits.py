"""Every limit at its edge: what is exactly at it is read, one more is refused with a located finding."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from vbprules import InputError, Limits, evaluate_tables, load, read_dossier, within
from vbprules.catalog import check
from vbprules.cli.main import main
from vbprules.diagnostics import Finding, Report
from vbprules.limits import ENVIRONMENT, current
from vbprules.reading import from_python, read

ROOT = Path(__file__).parents[2]
POLICY = ROOT / "fuzz" / "corpus" / "policy" / "sample_2020.yaml"
TEXT = POLICY.read_text("utf-8")
DAY = "2020-07-15"


def told(findings: tuple[Finding, ...]) -> list[tuple[str, int, int]]:
    """Code, line and column of the errors."""
    return [
        (f.code, f.mark.line if f.mark else 0, f.mark.column if f.mark else 0)
        for f in findings
        if f.severity == "error"
    ]


def of_text(text: str, limits: Limits) -> list[tuple[str, int, int]]:
    report = Report()
    read(text, "f.yaml", report, limits)
    return told(tuple(report.findings))


def of_policy(text: str) -> list[tuple[str, int, int]]:
    report = Report()
    check(text.encode(), "sample_2020.yaml", report)
    return told(tuple(report.findings))


def refused(call: Callable[[], Any]) -> list[tuple[str, int, int]]:
    try:
        call()
    except InputError as error:
        return told(error.findings)
    return []


@pytest.mark.parametrize(
    ("text", "limits", "beyond"),
    [
        ("a: 药\n", {"bytes": 7}, ("Y021", 0, 0)),  # three bytes of the character, three ASCII, the end of the line
        ("[[x]]", {"depth": 2}, ("Y022", 1, 2)),
        ("[x, y]", {"nodes": 3}, ("Y023", 1, 5)),
        ("a: abc", {"scalar": 3}, ("Y024", 1, 4)),
        ("abc: x", {"key": 3}, ("Y025", 1, 1)),
    ],
)
def test_a_file(text: str, limits: dict[str, int], beyond: tuple[str, int, int]) -> None:
    assert of_text(text, Limits(**limits)) == []
    (name, figure), *_ = limits.items()
    assert of_text(text, Limits(**{name: figure - 1}))[0] == beyond


def test_depth_has_an_end_whatever_is_asked_for() -> None:
    deep = Limits(depth=10**9)
    assert of_text("[" * 200 + "]" * 200, deep) == []
    assert of_text("[" * 201 + "]" * 201, deep) == [("Y022", 1, 201)]


def test_provisions_of_a_policy() -> None:
    """The sample has six; the seventh is named at its place."""
    with within(Limits(provisions=6)):
        assert of_policy(TEXT) == []
    with within(Limits(provisions=5)):
        line = 1 + TEXT.splitlines().index(
            next(row for row in TEXT.splitlines() if row.startswith("  serious_notice:"))
        )
        assert of_policy(TEXT) == [("P129", line, len("  serious_notice: ") + 1)]


def test_a_policy_is_not_kept_for_stricter_limits() -> None:
    load(POLICY)
    with within(Limits(provisions=5)), pytest.raises(InputError):
        load(POLICY)


def test_rows_of_a_dossier() -> None:
    text = "purchases:\n  - {product: P}\n  - {product: P}\nacts: [{of: late_warning, day: 2020-04-03}]\n"
    with within(Limits(rows=3)):
        assert refused(lambda: read_dossier(text)) == []
    with within(Limits(rows=2)):
        assert refused(lambda: read_dossier(text)) == [("D115", 4, 8)]
    with within(Limits(rows=1)):
        assert refused(lambda: read_dossier(text)) == [("D115", 3, 5)]


def test_rows_named_by_references_take_no_longer_for_each_other() -> None:
    """Twenty thousand products of as many drugs that no list has: by the square of them it would take minutes."""
    rows = {"products": [{"id": f"P{number}", "drug": f"D{number}"} for number in range(20_000)]}
    dossier = read_dossier(rows)
    assert [len(dossier.rows[name]) for name in ("product", "drug")] == [20_000, 20_000]
    assert [row.id for row in dossier.rows["drug"][:2]] == ["D0", "D1"]


def test_a_number_of_products_of_products() -> None:
    """64 factors are the most: a5 is a0 32 times with itself, a6 64 times; a7 would be 128."""
    names = "".join(f"  a{n}: {{label: x, per: target, is: {{product: [a{n - 1}, a{n - 1}]}}}}\n" for n in range(1, 7))
    start = TEXT.replace("quantities:\n", "quantities:\n  a0: {label: x, per: target, is: set_volume}\n" + names)
    assert of_policy(start) == []
    row = "  a7: {label: x, per: target, is: {product: [a6, a0]}}"
    one_more = start.replace("quantities:\n", f"quantities:\n{row}\n")
    place = (1 + one_more.splitlines().index(row), 1 + row.index("{product"))
    assert of_policy(one_more) == [("E116", *place)]


def test_names_within_names() -> None:
    """A name costs the levels of its value and one: ``{plus: [a, b]}`` has two, so 66 of them are 198 and 67 are 201."""

    def chain(length: int) -> str:
        names = "".join(
            f"  a{n}: {{label: x, per: target, is: {{plus: [a{n + 1}, set_volume]}}}}\n" for n in range(length)
        )
        last = f"  a{length}: {{label: x, per: target, is: set_volume}}\n"
        return TEXT.replace("quantities:\n", "quantities:\n" + names + last)

    assert of_policy(chain(66)) == []
    lines = chain(67).splitlines()
    row = "  a66: {label: x, per: target, is: {plus: [a67, set_volume]}}"
    assert of_policy(chain(67))[0] == ("E117", 1 + lines.index(row), 1 + row.index("{plus"))
    assert "E117" in [code for code, *_ in of_policy(chain(4_000))]


def test_limits_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENVIRONMENT, "bytes=10, rows=7")
    assert current() == Limits(bytes=10, rows=7)
    with within(Limits(bytes=20)):
        assert current() == Limits(bytes=20)
    assert current().bytes == 10


def test_limits_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv(ENVIRONMENT, "byte=10 rows=0 cases=1e3 facts=-1 nodes=")
    with pytest.raises(InputError) as caught:
        current()
    found = caught.value.findings
    assert [(f.code, f.file, dict(f.args)["name"]) for f in found] == [
        ("Y033", ENVIRONMENT, "byte"),
        *(("Y034", ENVIRONMENT, name) for name in ("rows", "cases", "facts", "nodes")),
    ]
    assert "bytes" in found[0].hint("en")
    assert main(["check", str(POLICY), "--lang", "en"]) == 1
    assert 'there is no limit "byte"' in capsys.readouterr().err


def test_limits_hold_in_their_thread_alone() -> None:
    with within(Limits(bytes=10)), ThreadPoolExecutor(1) as pool:
        assert pool.submit(current).result() == Limits()


def test_the_page_names_every_limit_with_its_default() -> None:
    page = (ROOT / "docs" / "limits.md").read_text("utf-8")
    for field in fields(Limits):
        assert f"| `{field.name}` | {field.default:,} |" in page


# Tables

pl = pytest.importorskip("polars")
PURCHASES = {
    "institution": ["A", "B"],
    "product": ["P", "P"],
    "day": ["2020-03-01", "2020-03-02"],
    "quantity": ["1", "2"],
}


def of_tables(tables: Any) -> list[tuple[str, int, int]]:
    return refused(lambda: evaluate_tables(load(POLICY), tables, DAY))


@pytest.mark.parametrize("form", ["csv", "parquet", "xlsx"])
def test_a_file_of_a_table(form: str, tmp_path: Path) -> None:
    path = tmp_path / f"purchases.{form}"
    frame = pl.DataFrame(PURCHASES)
    {"csv": frame.write_csv, "parquet": frame.write_parquet, "xlsx": frame.write_excel}[form](path)
    size = path.stat().st_size
    given = {"purchases": path}
    with within(Limits(table_bytes=size, table_rows=2, columns=4, sheet_cells=12, cell=10)):
        assert of_tables(given) == []
    with within(Limits(table_bytes=size - 1)):
        assert of_tables(given) == [("B117", 0, 0)]
    with within(Limits(columns=3)):
        assert of_tables(given) == [("B116", 0, 0)]
    with within(Limits(table_rows=1)):
        assert of_tables(given) == [("B118", 0, 0)]
    if form == "xlsx":
        with within(Limits(sheet_cells=11)):
            assert of_tables(given) == [("B120", 0, 0)]


def test_a_frame_has_limits_of_columns_and_rows() -> None:
    with within(Limits(columns=3)):
        assert of_tables({"purchases": pl.DataFrame(PURCHASES)}) == [("B116", 0, 0)]
    with within(Limits(table_rows=1)):
        assert of_tables({"purchases": pl.DataFrame(PURCHASES)}) == [("B118", 0, 0)]


def test_a_cell_that_is_too_long_is_named_and_its_institution_is_not_decided() -> None:
    given = {"purchases": pl.DataFrame({**PURCHASES, "product": ["P", "Q" * 11]})}
    with within(Limits(cell=11)):
        assert evaluate_tables(load(POLICY), given, DAY).rejected.height == 0
    with within(Limits(cell=10)):
        rejected = evaluate_tables(load(POLICY), given, DAY).rejected
    assert rejected.select("institution", "code", "row", "column").rows() == [("B", "Y024", 2, 2)]


def test_a_workbook_that_unpacks_to_more_than_it_says(tmp_path: Path) -> None:
    """Half a megabyte of blanks in a few hundred bytes, and the directory of the file says that it is one byte."""
    whole, packed = tmp_path / "whole.xlsx", tmp_path / "packed.xlsx"
    pl.DataFrame(PURCHASES).write_excel(whole, worksheet="purchases")
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("blanks", " " * 500_000)
    data = packed.read_bytes()
    packed.write_bytes(data.replace((500_000).to_bytes(4, "little"), (1).to_bytes(4, "little")))
    with within(Limits(unpacked=400_000)):
        assert of_tables({"purchases": packed}) == [("B119", 0, 0)]
        assert of_tables({"purchases": whole}) == []


def test_a_cell_far_away_is_refused_before_room_is_made_for_it() -> None:
    """Six kilobytes with one value in CZZ1048576 ask for 2,862,612,480 cells: 2,730 columns of 1,048,576 rows."""
    with pytest.raises(InputError) as caught:
        evaluate_tables(load(POLICY), {"purchases": ROOT / "fuzz" / "corpus" / "xlsx" / "far_cell.xlsx"}, DAY)
    (finding,) = caught.value.findings
    assert (finding.code, dict(finding.args)["count"]) == ("B120", str(2_730 * 1_048_576))


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (b'institution,product\nA,"P\n', "csv"),
        (b"institution,product\nA,P\nB,\xff\n", "csv"),
        (b"PAR1PAR1", "parquet"),
        (b"PK\x05\x06" + b"\0" * 18, "xlsx"),
        (b"no zip", "xlsx"),
    ],
)
def test_a_damaged_table_is_named(data: bytes, form: str, tmp_path: Path) -> None:
    path = tmp_path / f"purchases.{form}"
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        evaluate_tables(load(POLICY), {"purchases": path}, DAY)
    assert [(finding.code, finding.file) for finding in caught.value.findings] == [("B102", str(path))]


def test_an_institution_of_which_nothing_but_its_name_is_said() -> None:
    given = {"purchases": pl.DataFrame({"institution": ["A", "A"]})}
    assert evaluate_tables(load(POLICY), given, DAY).rejected.height == 0


def test_report_of_values_from_python() -> None:
    report = Report()
    with within(Limits(nodes=2)):
        from_python({"a": "x", "b": "y"}, "p", report)
    assert [finding.code for finding in report.findings] == ["Y023"]
