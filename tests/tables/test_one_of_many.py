"""One institution of tables as a dossier: for every command that takes one, and from Python."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from test_batch import DAY, FOLDER, READINGS, decided, tables

from vbprules import InputError, evaluate, explain, read_institution
from vbprules.cli import inputs
from vbprules.cli.main import main
from vbprules.decision.lines import line_of
from vbprules.tables import one
from vbprules.tables.database_urls import shown_institution, shown_url
from vbprules.tables.sources import tables_of

COMMANDS = {
    "evaluate": ["evaluate", "guizhou_2019", "{}", "--as-of", DAY],
    "explain": ["explain", "guizhou_2019", "{}", "quarterly_warning@2020Q1", "--as-of", DAY],
    "whatif": ["whatif", "guizhou_2019", "{}", "--as-of", DAY, "--then", "2020-04-12"],
    "next": ["next", "guizhou_2019", "{}", "--as-of", DAY, "--to", "2020-04-12", "--only", "quarterly_warning"],
    "timeline": ["timeline", "guizhou_2019", "{}", "--from", "2020-03-31", "--to", "2020-04-02"],
    "together": ["together", "{}", "--policies", "guizhou_2019", "nhsa_2019_18", "--as-of", DAY],
}


@pytest.fixture
def foreign(tmp_path: Path) -> tuple[Path, Path]:
    """The example's tables with a heading of somebody else's, and the file that says what it means."""
    folder = tmp_path / "tables"
    folder.mkdir()
    for path in FOLDER.glob("*.csv"):
        text = path.read_text("utf-8-sig")
        (folder / path.name).write_text(text.replace("数量", "盒数", 1) if path.stem == "采购" else text, "utf-8")
    headings = tmp_path / "headings.yaml"
    headings.write_text("采购: {盒数: quantity}\n", "utf-8")
    return folder, headings


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_that_takes_a_dossier(
    command: str, foreign: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder, headings = foreign
    words = [word.format(f"{folder}#X02") for word in COMMANDS[command]]
    more = ["--reading", "warning_below_70=also"] if command == "explain" else []
    assert main([*words, *more, "--headings", str(headings)]) == 0
    assert "青河区中医院" in capsys.readouterr().out
    assert main([*words, *more]) == 1  # without the file a heading is unknown
    assert "盒数" in capsys.readouterr().err


def test_a_row_of_a_batch_and_the_decision_of_its_institution() -> None:
    given = tables()
    rows = decided(given, reasons=True).outcomes.filter(pl.col("institution") == "X02")
    decision = evaluate("guizhou_2019", read_institution(given, "X02"), DAY, readings=READINGS, check=False)
    for outcome in decision.outcomes:
        here = (pl.col("provision") == outcome.provision) & (pl.col("subject") == outcome.subject)
        row = rows.row(by_predicate=here, named=True)
        assert (row["standing"], row["state"]) == (outcome.standing, outcome.state.value)
        assert row["reasons_zh"] == line_of(outcome.reasons, "zh")
    assert rows.height == len(decision.outcomes)


def test_why_from_python() -> None:
    given = tables()
    given["purchases"] = given["purchases"].rename({"数量": "盒数"})
    dossier = read_institution(given, "X01", headings={"purchases": {"盒数": "quantity"}})
    found = explain("guizhou_2019", dossier, "quarterly_warning@2020Q1", DAY, readings=READINGS, check=False)
    assert any("69.995%" in step.text.zh for step in found.decisive)


@pytest.mark.parametrize(
    ("given", "name", "code"),
    [
        (FOLDER, "X09", "B112"),
        (FOLDER / "nowhere", "X01", "B101"),
        (FOLDER, "X04", "D103"),
    ],
)
def test_what_cannot_be_read(given: Any, name: str, code: str) -> None:
    with pytest.raises(InputError) as refused:
        read_institution(given, name)
    assert [finding.code for finding in refused.value.findings] == [code]


def test_ids_that_are_numbers() -> None:
    given = {"institutions": pl.DataFrame({"id": [1, 2], "name": ["甲", "乙"]})}
    assert read_institution(given, 2).institution.name == "乙"  # type: ignore[arg-type]


@pytest.mark.parametrize("command", COMMANDS)
def test_headings_are_for_tables(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = [word.format(tmp_path / "nowhere#X02") for word in COMMANDS[command]]
    assert main([*words, "--headings", str(tmp_path / "missing.yaml")]) == 2
    assert "--headings 只用于表中的一家" in capsys.readouterr().err


SECRET = "postgresql://u:geheim@127.0.0.1:1/db"


@pytest.mark.parametrize("name", ["X04", "X09"])
def test_the_password_of_a_database_is_not_told(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one, "tables_of", lambda place, report: tables_of(FOLDER if place == SECRET else place, report))
    with pytest.raises(InputError) as refused:
        read_institution(SECRET, name)
    assert str(refused.value).startswith(f"postgresql://u:***@127.0.0.1:1/db#{name}:")
    assert read_institution(SECRET, "X01").source is not None
    assert "geheim" not in f"{refused.value}{read_institution(SECRET, 'X01')!r}"


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_tells_a_password(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(one, "tables_of", lambda place, report: tables_of(FOLDER if place == SECRET else place, report))
    assert inputs.is_of_tables(f"{SECRET}#X04")
    assert main([word.format(f"{SECRET}#X04") for word in COMMANDS[command]]) == 1
    told = capsys.readouterr()
    assert "D103" in told.err and "geheim" not in told.err + told.out


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://u:geheim", "postgresql://u:***"),  # of u:geheim#x@host/db the part before the sign
        ("postgresql://u:12345", "postgresql://u:***"),
        ("postgresql://host:5432/db", "postgresql://host:5432/db"),
        ("postgresql://host/db", "postgresql://host/db"),
    ],
)
def test_what_is_shown_without_a_user(url: str, shown: str) -> None:
    assert shown_url(url) == shown


def test_a_sign_in_a_password() -> None:
    assert shown_institution("postgresql://u:geheim", "x@host/db") == "postgresql://u:***@host/db"
    assert shown_institution("postgresql://u:ge#heim@host/db", "H01") == "postgresql://u:***@host/db#H01"
    assert shown_institution("province", "H01") == "province#H01"
