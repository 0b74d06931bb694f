"""Tables from databases: exact, whole, of one moment, read only; and what is said where they cannot be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal

import polars as pl
import pytest
from what_databases_say import NAMES, exact, read, said

from vbprules.diagnostics import InputError, Report
from vbprules.tables.databases import database_batches, database_tables, opened

Make = Callable[[Sequence[str]], str]
# fifteen digits before the point and six behind it: no binary float holds them
FIGURES = ("123456789012345.123456", "999999999999999.999999", "0.1", "-0.000001", "0", "12.50")


@pytest.fixture
def decimals(request: pytest.FixtureRequest, made: Make) -> str:
    """A table of figures: decimals, or in SQLite, which has none, text."""
    kind = "TEXT" if "sqlite" in request.node.callspec.id else "DECIMAL(21,6)"
    rows = [f"insert into purchases values ('{n}', '{figure}')" for n, figure in enumerate(FIGURES)]
    return made(
        [f"create table purchases (id TEXT, quantity {kind})", *rows, "insert into purchases values ('nil', NULL)"]
    )


def test_figures_of_fifteen_and_six_digits_are_exact(decimals: str) -> None:
    frame = read(decimals)["purchases"]
    assert exact(frame["quantity"]) == [*map(Decimal, FIGURES), None]
    assert frame["id"].to_list() == ["0", "1", "2", "3", "4", "5", "nil"]


def test_chinese_names_and_names_with_quotes(made: Make) -> None:
    url = made(
        [
            'create table "采购" ("数 量" BIGINT, "a""b" TEXT, "百分%s" TEXT, "select" TEXT)',
            """insert into "采购" values (9007199254740993, '一', '二', '三"''')""",
        ]
    )
    frame = read(url)["采购"]
    assert frame.columns == ["数 量", 'a"b', "百分%s", "select"]
    assert frame.rows() == [(9007199254740993, "一", "二", "三\"'")]  # 2**53 + 1: no float


def test_days_and_truths_are_native_or_as_a_dossier_writes_them(made: Make) -> None:
    url = made(
        [
            "create table receipts (accepted_on DATE, urgent BOOLEAN)",
            "insert into receipts values ('2020-02-29', TRUE), (NULL, FALSE), ('2020-04-01', NULL)",
        ]
    )
    frame = read(url)["receipts"]
    days = [dt.date(2020, 2, 29), None, dt.date(2020, 4, 1)]
    # SQLite has no days: the text stays as it is
    assert frame["accepted_on"].to_list() == ([str(d) if d else None for d in days] if "sqlite" in url else days)
    assert frame["urgent"].dtype == pl.Boolean
    assert frame["urgent"].to_list() == [True, False, None]


def test_an_empty_table_has_its_columns(made: Make) -> None:
    url = made(["create table purchases (id TEXT, n BIGINT)"])
    frame = read(url)["purchases"]
    assert (frame.columns, frame.height) == (["id", "n"], 0)
    assert [batch.columns for batch in database_batches(url, "purchases", 10)] == [["id", "n"]]


def test_a_column_without_a_value_says_nothing(made: Make) -> None:
    url = made(["create table purchases (id TEXT, note TEXT)", "insert into purchases (id) values ('a')"])
    assert read(url)["purchases"].rows() == [("a", None)]


def test_views_are_read_and_other_tables_are_not(made: Make) -> None:
    url = made(
        [
            "create table hospital_orders (nr TEXT, pieces BIGINT)",
            "insert into hospital_orders values ('x', 5), ('y', 6)",
            """create view "采购" as select nr as "编号", pieces as "数量" from hospital_orders where pieces > 5""",
        ]
    )
    found = read(url)
    assert list(found) == ["采购"]
    assert found["采购"].rows(named=True) == [{"编号": "y", "数量": 6}]


def test_case_of_a_name_does_not_matter(made: Make) -> None:
    url = made(['create table "PURCHASES" (id TEXT)', "insert into \"PURCHASES\" values ('a')"])
    assert read(url)["purchases"].rows() == [("a",)]


@pytest.mark.parametrize("rows_at_once", [1, 3, 1000, 7000])
def test_batches_together_are_the_whole(made: Make, rows_at_once: int) -> None:
    few = "WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 3000) "
    if rows_at_once == 1:
        few = few.replace("3000", "7")
    url = made(
        [
            "create table purchases (id TEXT, n BIGINT, late TEXT)",
            # the last column holds something in the last row only: the kind of a column is known before that
            f"insert into purchases {few} SELECT 'r' || i, i, CASE WHEN i IN (7, 3000) THEN 'x' END FROM r",
        ]
    )
    whole = read(url)["purchases"]
    batches = list(database_batches(url, "purchases", rows_at_once))
    assert whole["n"].to_list() == list(range(1, whole.height + 1))
    assert all(0 < batch.height <= rows_at_once for batch in batches)
    assert {tuple(batch.schema.items()) for batch in batches} == {tuple(whole.schema.items())}
    assert pl.concat(batches).equals(whole)
    assert whole["late"].to_list()[-1] == "x"


def test_streams_of_two_tables_side_by_side_and_one_left_early(made: Make) -> None:
    rows = "WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 5000) "
    url = made(
        [
            "create table purchases (n BIGINT)",
            "create table receipts (n BIGINT)",
            f"insert into purchases {rows} SELECT i FROM r",
            f"insert into receipts {rows} SELECT -i FROM r",
        ]
    )
    report = Report()
    with opened(url, NAMES, report) as database:
        assert database is not None
        first, second = database.batches("purchases", 2048), database.batches("receipts", 2048)
        pairs = [(next(first)["n"][0], next(second)["n"][0]) for _ in range(2)]
        second.close()
        rest = [cell for batch in first for cell in batch["n"]]
        again = sum(batch.height for batch in database.batches("receipts", 999))
    assert pairs == [(1, -1), (2049, -2049)]
    assert rest == list(range(4097, 5001))
    assert again == 5000


def test_no_rows_at_once_are_refused(made: Make) -> None:
    url = made(["create table purchases (n BIGINT)", "insert into purchases values (1)"])
    with pytest.raises(ValueError, match="rows_at_once: 0"):
        list(database_batches(url, "purchases", 0))


def test_no_fitting_table(made: Make) -> None:
    url = made(["create table purchase (id TEXT)"])
    report = Report()
    assert database_tables(url, NAMES, report) == {}
    (finding,) = report.findings
    assert finding.code == "B125"
    assert finding.message("zh") == "数据库里没有一份表以档案的列表命名，有的是：purchase"
    assert finding.message("en") == "no table of the database is named after a list of a dossier; there are: purchase"
    assert finding.hint("zh").startswith("是不是“purchases”？")
    with pytest.raises(InputError) as raised:
        list(database_batches(url, "purchases", 10))
    assert [found.code for found in raised.value.findings] == ["B125"]


@pytest.mark.parametrize("pair", [("purchases", "采购"), ("institutions", "机构")])
def test_a_list_in_two_tables_is_not_counted_twice(made: Make, pair: tuple[str, str]) -> None:
    first, second = pair
    url = made(
        [
            f"create table {first} (id TEXT)",
            f'create view "{second}" as select id as "编号" from {first}',
            "create table receipts (id TEXT)",
        ]
    )
    found, findings = said(url)
    assert list(found) == ["receipts"]
    assert [(code, words) for code, _, words in findings] == [
        ("B128", f"“{first}”和“{second}”是同一个列表，不知道用哪一个")
    ]


def test_no_password_no_table_and_no_traceback_of_a_bad_url() -> None:
    for url, reason in {
        "mysql://u:geheim@h/d": "sqlite:///…, duckdb:///…, postgresql://…",
        "postgresql:/u:geheim@h/d": "sqlite:///…, duckdb:///…, postgresql://…",
        "postgresql://u:gehe#im@h/d": "用户名、密码里的特殊字符要写成 %40 这样 write special characters of user and password as %40",
        "postgresql://u:geheim/x@h/d": "用户名、密码里的特殊字符要写成 %40 这样 write special characters of user and password as %40",
        "postgresql://u:12/geheim@h/d": "用户名、密码里的特殊字符要写成 %40 这样 write special characters of user and password as %40",
        "postgresql://u:geheim@h/d?password=geheim": "?password=",
        "postgresql://u:geheim@h/d?schema=": "?schema=",
        "postgresql://u:geheim@h": "postgresql://user@host/database",
        "postgresql://u:geheim@h/d?timezone=UTC%2B8": "?timezone=Asia/Shanghai",
        "sqlite:///a.db?mode=rw": "?mode=",
        "sqlite://a.db": "sqlite:///path，绝对路径四条斜线 four slashes for an absolute path",
        "duckdb:///": "duckdb:///path，绝对路径四条斜线 four slashes for an absolute path",
    }.items():
        report = Report()
        assert database_tables(url, NAMES, report) == {}
        (finding,) = report.findings
        assert finding.code == "B121"
        assert dict(finding.args)["reason"] == reason
        for told in (str(finding.as_dict("zh")), str(finding.as_dict("en"))):
            assert "geheim" not in told
            assert "gehe#im" not in told
