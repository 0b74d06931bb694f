"""SQLite, where any cell may be of any kind."""

from __future__ import annotations

import sqlite3
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from database_makers import sqlite_of
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples
from what_databases_say import NAMES, exact, read, said

from vbprules.diagnostics import InputError
from vbprules.tables.databases import database_batches


def test_a_column_with_one_float_is_a_column_of_floats(tmp_path: Path) -> None:
    url = sqlite_of(
        tmp_path,
        [
            # SQLite itself makes a float of 12.50 in a column that is declared decimal, and an integer of 12.00
            "create table purchases (amount DECIMAL(18,2), quantity DECIMAL(18,2), price REAL)",
            "insert into purchases values ('12.00', '12.00', 3), ('12.50', '13.00', 4)",
        ],
    )
    frame = read(url)["purchases"]
    assert frame.schema == {"amount": pl.Float64(), "quantity": pl.Int64(), "price": pl.Float64()}
    assert frame["quantity"].to_list() == [12, 13]


def test_a_float_in_the_last_row_is_known_in_the_first_batch(tmp_path: Path) -> None:
    url = sqlite_of(tmp_path, ["create table purchases (amount)", "insert into purchases values (1), (2), (0.5)"])
    batches = list(database_batches(url, "purchases", 1))
    assert [batch.schema["amount"] for batch in batches] == [pl.Float64()] * 3


def test_integers_among_texts_are_texts(tmp_path: Path) -> None:
    url = sqlite_of(
        tmp_path,
        ["create table purchases (amount)", "insert into purchases values (9007199254740993), ('0.10'), (NULL)"],
    )
    assert read(url)["purchases"]["amount"].to_list() == ["9007199254740993", "0.10", None]


def test_truths_are_truths_where_all_are_none_or_one(tmp_path: Path) -> None:
    url = sqlite_of(
        tmp_path,
        [
            "create table purchases (sure BOOLEAN, odd BOOLEAN, plain INTEGER)",
            "insert into purchases values (1, 1, 1), (0, 2, 0), (NULL, NULL, NULL)",
        ],
    )
    frame = read(url)["purchases"]
    assert frame.rows() == [(True, 1, 1), (False, 2, 0), (None, None, None)]
    assert frame.schema == {"sure": pl.Boolean(), "odd": pl.Int64(), "plain": pl.Int64()}


def test_bytes_stay_bytes(tmp_path: Path) -> None:
    url = sqlite_of(tmp_path, ["create table purchases (x)", "insert into purchases values (x'00ff'), ('a'), (5)"])
    assert read(url)["purchases"]["x"].to_list() == [b"\x00\xff", b"a", b"5"]


@examples(40)
@given(st.lists(st.decimals(-(10**15) + 1, 10**15 - 1, places=6, allow_nan=False), max_size=20))
def test_every_decimal_as_text_comes_back(tmp_path_factory: pytest.TempPathFactory, figures: list[Decimal]) -> None:
    folder = tmp_path_factory.mktemp("decimals")
    url = sqlite_of(folder, ["create table purchases (amount TEXT)"])
    with sqlite3.connect(url.removeprefix("sqlite:///")) as opened:
        opened.executemany("insert into purchases values (?)", [(f"{figure:f}",) for figure in figures])
    opened.close()
    assert exact(read(url)["purchases"]["amount"]) == figures


def test_a_missing_file_is_said_and_not_made(tmp_path: Path) -> None:
    path = tmp_path / "none.db"
    for product in ("sqlite", "duckdb"):
        found, findings = said(f"{product}:///{path}")
        assert found == {}
        assert findings == [("B124", f"{product}:///{path}", f"没有这个数据库文件“{path}”")]
    assert not path.exists()
    with pytest.raises(InputError):
        next(database_batches(f"sqlite:///{path}", "purchases", 1))


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "facts.db"
    path.write_text("采购,数量\n" * 200, "utf-8")
    _, findings = said(f"sqlite:///{path}")
    assert findings == [
        ("B123", f"sqlite:///{path}", f"打不开数据库“sqlite:///{path}”：file is not a database"),
    ]


def test_a_view_that_fails_is_said_and_the_rest_is_read(tmp_path: Path) -> None:
    url = sqlite_of(
        tmp_path,
        [
            "create table gone (id TEXT)",
            "create view purchases as select id from gone",
            "create table receipts (id TEXT)",
            "insert into receipts values ('a')",
            "drop table gone",
        ],
    )
    found, findings = said(url)
    assert found["receipts"].rows() == [("a",)]
    assert list(found) == ["receipts"]
    assert findings == [
        ("B126", f"{url}#purchases", "读不了表或视图“purchases”：no such table: main.gone"),
    ]
    with pytest.raises(InputError) as raised:
        list(database_batches(url, "purchases", 5))
    assert [finding.code for finding in raised.value.findings] == ["B126"]


def test_text_that_is_no_text_is_refused(tmp_path: Path) -> None:
    url = sqlite_of(
        tmp_path, ["create table purchases (id TEXT)", "insert into purchases values (cast(x'b2c9' as TEXT))"]
    )
    found, findings = said(url)
    assert found == {}
    assert [code for code, *_ in findings] == ["B126"]


def test_nothing_is_written(tmp_path: Path) -> None:
    url = sqlite_of(tmp_path, ["create table purchases (id TEXT)"])
    path = Path(url.removeprefix("sqlite:///"))
    path.chmod(0o444)
    before = path.read_bytes()
    assert read(url)["purchases"].height == 0
    assert path.read_bytes() == before
    assert [item.name for item in tmp_path.iterdir()] == [path.name]


def test_all_tables_are_of_one_moment(tmp_path: Path) -> None:
    """What is paid after the reading began is not seen, or a payment would stand without its receipt."""
    from vbprules.diagnostics import Report
    from vbprules.tables.databases import opened

    url = sqlite_of(
        tmp_path,
        ["pragma journal_mode=wal", "create table receipts (id TEXT)", "create table payments (id TEXT)"],
    )
    with opened(url, NAMES, Report()) as database:
        assert database is not None
        writer = sqlite3.connect(url.removeprefix("sqlite:///"))
        with writer:
            writer.execute("insert into receipts values ('R1')")
            writer.execute("insert into payments values ('R1')")
        writer.close()
        assert [frame.height for name in ("receipts", "payments") for frame in database.batches(name)] == [0, 0]
    assert read(url)["payments"].rows() == [("R1",)]
