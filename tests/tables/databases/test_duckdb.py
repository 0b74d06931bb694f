"""DuckDB: what its kinds become, and what is not done for it."""

from __future__ import annotations

import datetime as dt
import sys
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from database_makers import duckdb_of
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples
from what_databases_say import exact, read, said


def test_kinds(tmp_path: Path) -> None:
    url = duckdb_of(
        tmp_path,
        [
            "create table purchases (n HUGEINT, u UBIGINT, d DECIMAL(38,6), f DOUBLE, e ENUM('甲', '乙'), t TIMESTAMP, "
            "ns TIMESTAMP_NS, i UUID, l INTEGER[])",
            "insert into purchases values (170141183460469231731687303715884105727, 18446744073709551615, "
            "12345678901234567890123456789012.345678, 0.5, '乙', '2020-03-31 23:59:59', '2020-03-31 23:59:59', "
            "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', [1, 2])",
        ],
    )
    (row,) = read(url)["purchases"].rows()
    moment = dt.datetime(2020, 3, 31, 23, 59, 59)
    assert row == (
        "170141183460469231731687303715884105727",
        18446744073709551615,
        Decimal("12345678901234567890123456789012.345678"),
        0.5,
        "乙",
        moment,
        moment,
        "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
        "[1, 2]",
    )
    assert read(url)["purchases"].schema["f"] == pl.Float64()


def test_the_first_and_last_days_there_are(tmp_path: Path) -> None:
    url = duckdb_of(tmp_path, ["create table purchases as select unnest([date '0001-01-01', date '9999-12-31']) as d"])
    assert read(url)["purchases"]["d"].to_list() == [dt.date(1, 1, 1), dt.date(9999, 12, 31)]


@pytest.mark.parametrize("value", ["date 'infinity'", "date '10000-01-01'", "timestamp '-infinity'"])
def test_a_day_without_an_end_is_refused(tmp_path: Path, value: str) -> None:
    url = duckdb_of(tmp_path, [f"create table purchases as select {value} as d"])
    found, findings = said(url)
    assert found == {}
    assert findings == [
        (
            "B126",
            f"{url}#purchases",
            "读不了表或视图“purchases”：Invalid Input Error: infinite date, or beyond year 9999",
        )
    ]


def test_a_moment_is_a_day_only_in_a_zone_that_is_told(tmp_path: Path) -> None:
    url = duckdb_of(
        tmp_path,
        [
            "create table receipts (id TEXT, accepted_on TIMESTAMPTZ)",
            "insert into receipts values ('R', '2020-04-01 00:00:00+08'), ('S', NULL)",
        ],
    )
    found, findings = said(url)
    assert found == {}
    assert findings == [
        (
            "B127",
            f"{url}#receipts",
            "表“receipts”的“accepted_on”带时区，没有说按哪个时区算是哪一天",
        )
    ]
    assert read(f"{url}?timezone=Asia/Shanghai")["receipts"]["accepted_on"].to_list() == [dt.datetime(2020, 4, 1), None]
    assert read(f"{url}?timezone=UTC")["receipts"]["accepted_on"].to_list() == [dt.datetime(2020, 3, 31, 16), None]


def test_a_schema(tmp_path: Path) -> None:
    url = duckdb_of(
        tmp_path,
        [
            "create table purchases (id TEXT)",
            'create schema "集 采"',
            """create table "集 采".purchases as select 'a' as id""",
        ],
    )
    assert read(url)["purchases"].height == 0
    assert read(f"{url}?schema=集 采")["purchases"].rows() == [("a",)]
    _, findings = said(f"{url}?schema=nix")
    assert findings == [("B125", url, "数据库里没有一份表以档案的列表命名")]


def test_views_do_not_reach_out_of_the_database(tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("id\na\n", "utf-8")
    url = duckdb_of(tmp_path, [f"create view purchases as select * from read_csv('{other}')"])
    found, findings = said(url)
    assert found == {}
    assert [code for code, *_ in findings] == ["B126"]


def test_nothing_is_written(tmp_path: Path) -> None:
    url = duckdb_of(tmp_path, ["create table purchases (id TEXT)"])
    path = Path(url.removeprefix("duckdb:///"))
    before = path.read_bytes()
    assert read(url)["purchases"].height == 0
    assert path.read_bytes() == before
    assert [item.name for item in tmp_path.iterdir()] == [path.name]


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "facts.duckdb"
    path.write_bytes(b"x" * 10000)
    _, findings = said(f"duckdb:///{path}")
    assert [(code, place) for code, place, _ in findings] == [("B123", f"duckdb:///{path}")]


@pytest.mark.parametrize("package", ["duckdb", "pyarrow"])
def test_a_missing_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    url = duckdb_of(tmp_path, ["create table purchases (id TEXT)"])
    monkeypatch.setitem(sys.modules, package, None)
    _, findings = said(url)
    assert findings == [("B122", url, f"读这种数据库还要装一个包：{package}")]


@examples(25)
@given(st.lists(st.decimals(-(10**15) + 1, 10**15 - 1, places=6, allow_nan=False), max_size=20))
def test_every_decimal_comes_back(tmp_path_factory: pytest.TempPathFactory, figures: list[Decimal]) -> None:
    rows = ", ".join(f"('{figure:f}')" for figure in figures)
    filled = [f"insert into purchases values {rows}"] if rows else []
    url = duckdb_of(tmp_path_factory.mktemp("decimals"), ["create table purchases (amount DECIMAL(21,6))", *filled])
    assert exact(read(url)["purchases"]["amount"]) == figures
