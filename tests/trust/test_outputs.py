"""What somebody wrote into the facts does nothing in the tables that come out."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

pytest.importorskip("polars")

from vbprules.cli.main import main

FORMULA = "=HYPERLINK(1)"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "institutions.csv"
    path.write_text(f"id,name,kind\n{FORMULA},=1+1,hospital\n", "utf-8")
    return path


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(table: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert (
        main(["batch", "guizhou_2019", str(table), "--as-of", "2020-04-15", "--out", str(out), "--format", "xlsx"]) == 0
    )
    with zipfile.ZipFile(out / "decisions.xlsx") as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) == 5
        assert not any("<f>" in sheet or "<f " in sheet or "<hyperlink" in sheet for sheet in sheets)
        strings = "".join(book.read(name).decode() for name in book.namelist() if "sharedStrings" in name)
        assert FORMULA in strings or any(FORMULA in sheet for sheet in sheets)
