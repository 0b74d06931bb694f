"""PostgreSQL, on a real server."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from decimal import Decimal

import polars as pl
import pytest
from database_makers import postgresql_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from postgresql_server import PASSWORD, USER, url_of
from profiles import examples
from what_databases_say import NAMES, exact, read, said

from vbprules.diagnostics import InputError, Report
from vbprules.tables.databases import database_batches, database_tables, opened


def shown(url: str) -> str:
    """The URL as it is shown: the user as written, no password, no options."""
    from urllib.parse import quote

    return f"postgresql://{quote(USER)}:***@/{url.partition('?')[0].rpartition('/')[2]}"


def test_kinds(postgresql: str) -> None:
    url = postgresql_of(
        postgresql,
        [
            "create domain yuan as numeric(20,4)",
            "create type grade as enum ('甲等', '乙等')",
            "create table purchases (a numeric, b yuan, c money, s int2, n int8, f float8, r real, g grade, "
            "p char(6), t timestamp, j jsonb, i uuid)",
            "insert into purchases values (99999999999999999999999999999999999999999999.5, 12.5000, 12.50, 7, "
            "9223372036854775807, 0.5, 0.5, '乙等', 'AS', '2020-03-31 23:59:59', '{\"a\": 1}', "
            "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11')",
        ],
    )
    frame = read(url)["purchases"]
    assert frame.rows() == [
        (
            "99999999999999999999999999999999999999999999.5",
            "12.5",
            "12.5",
            7,
            9223372036854775807,
            0.5,
            0.5,
            "乙等",
            "AS",
            dt.datetime(2020, 3, 31, 23, 59, 59),
            '{"a": 1}',
            "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
        )
    ]
    assert (frame.schema["f"], frame.schema["r"]) == (pl.Float64(), pl.Float64())  # for the caller to refuse


def test_no_number_arrives_as_what_it_is(postgresql: str) -> None:
    url = postgresql_of(postgresql, ["create table purchases as select numeric 'NaN' as amount"])
    assert read(url)["purchases"]["amount"].to_list() == ["NaN"]


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("date 'infinity'", "date too large (after year 10K)"),
        ("timestamp '-infinity'", "timestamp too small (before year 1)"),
        ("date '0044-03-15 BC'", "date too small (before year 1)"),
    ],
)
def test_a_day_that_is_none_is_refused_and_the_rest_is_read(postgresql: str, value: str, reason: str) -> None:
    url = postgresql_of(
        postgresql, [f"create table payments as select {value} as day", "create table receipts as select 1 as n"]
    )
    found, findings = said(url)
    assert found["receipts"].rows() == [(1,)]
    assert findings == [("B126", f"{shown(url)}#payments", f"读不了表或视图“payments”：{reason}")]


def test_a_moment_is_a_day_only_in_a_zone_that_is_told(postgresql: str) -> None:
    url = postgresql_of(
        postgresql,
        [
            "create table receipts (id text, accepted_on timestamptz, paid_on timestamptz)",
            "insert into receipts values ('R', '2020-04-01 00:00:00+08', null)",
        ],
    )
    found, findings = said(url)
    assert found == {}
    assert findings == [
        (
            "B127",
            f"{shown(url)}#receipts",
            "表“receipts”的“accepted_on, paid_on”带时区，没有说按哪个时区算是哪一天",
        )
    ]
    assert read(f"{url}&timezone=Asia/Shanghai")["receipts"].rows() == [("R", dt.datetime(2020, 4, 1), None)]
    assert read(f"{url}&timezone=UTC")["receipts"].rows() == [("R", dt.datetime(2020, 3, 31, 16), None)]
    _, findings = said(f"{url}&timezone=Asia/Nowhere")
    assert [code for code, *_ in findings] == ["B126"]


def test_a_schema_and_the_search_path(postgresql: str) -> None:
    url = postgresql_of(
        postgresql,
        [
            "create table receipts (id text)",
            'create schema "集 采"',
            """create table "集 采".purchases as select 'a' as id""",
            """create materialized view "集 采".receipts as select 'b' as id""",
        ],
    )
    assert list(read(url)) == ["receipts"]
    found = read(f"{url}&schema=集 采")
    assert {name: frame.rows() for name, frame in found.items()} == {"purchases": [("a",)], "receipts": [("b",)]}
    _, findings = said(f"{url}&schema=nix")
    assert findings == [("B125", shown(url), "数据库里没有一份表以档案的列表命名")]


def test_names_that_differ_by_case_only(postgresql: str) -> None:
    url = postgresql_of(postgresql, ["create table purchases (a int)", 'create table "Purchases" (a int)'])
    _, findings = said(url)
    assert findings == [("B128", shown(url), "“Purchases”和“purchases”是同一个列表，不知道用哪一个")]


def test_a_view_that_fails_and_one_that_would_write(postgresql: str) -> None:
    url = postgresql_of(
        postgresql,
        [
            "create table seen (n int)",
            "create function see() returns int language sql as 'insert into seen values (1) returning n'",
            "create view payments as select 1 / (n - n) as amount from (values (1)) v(n)",
            "create view purchases as select see() as n",
            "create table receipts as select 1 as n",
        ],
    )
    found, findings = said(url)
    assert list(found) == ["receipts"]
    assert findings == [
        ("B126", f"{shown(url)}#payments", "读不了表或视图“payments”：division by zero"),
        (
            "B126",
            f"{shown(url)}#purchases",
            "读不了表或视图“purchases”：cannot execute INSERT in a read-only transaction",
        ),
    ]


def test_a_table_that_may_not_be_read(postgresql: str) -> None:
    url = postgresql_of(
        postgresql,
        [
            "create table purchases (id text)",
            "drop role if exists guest",
            "create role guest login password 'gast'",
        ],
    )
    guest = url.replace(url.partition("://")[2].partition("@")[0], "guest:gast")
    _, findings = said(guest)
    words = "读不了表或视图“purchases”：permission denied for table purchases"
    assert [(code, told) for code, _, told in findings] == [("B126", words)]


def test_rows_are_not_kept_from_us_without_a_word(postgresql: str) -> None:
    """Payments of which some are hidden would make a hospital look in arrears."""
    url = postgresql_of(
        postgresql,
        [
            "create table payments (id text, of_guest bool)",
            "drop role if exists watched",
            "create role watched login password 'gast'",
            "grant select on payments to watched",
            "alter table payments enable row level security",
            "create policy mine on payments using (of_guest)",
            "insert into payments values ('a', true), ('b', false)",
            "create view purchases as select id from payments where of_guest",
            "grant select on purchases to watched",
        ],
    )
    watched = url.replace(url.partition("://")[2].partition("@")[0], "watched:gast")
    found, findings = said(watched)
    words = '读不了表或视图“payments”：query would be affected by row-level security policy for table "payments"'
    assert [(code, told) for code, _, told in findings] == [("B126", words)]
    assert found["purchases"].rows() == [("a",)]  # a view says on purpose what may be seen


def test_all_tables_are_of_one_moment(postgresql: str) -> None:
    import psycopg

    url = postgresql_of(postgresql, ["create table receipts (id text)", "create table payments (id text)"])
    with opened(url, NAMES, Report()) as database:
        assert database is not None
        with psycopg.connect(host=postgresql, user=USER, password=PASSWORD, dbname=database.place.database) as writer:
            writer.execute("insert into receipts values ('R1')")
            writer.execute("insert into payments values ('R1')")
        assert [frame.height for name in ("receipts", "payments") for frame in database.batches(name)] == [0, 0]
    assert read(url)["payments"].rows() == [("R1",)]


def test_wrong_password_is_never_shown(postgresql: str) -> None:
    wrong = "geheim@1/x"
    url = url_of(postgresql, password=wrong)
    report = Report()
    assert database_tables(url, NAMES, report) == {}
    (finding,) = report.findings
    assert finding.code == "B123"
    assert finding.place == shown(url)
    assert finding.message("zh").startswith(f"打不开数据库“{shown(url)}”：connection failed:")
    assert 'password authentication failed for user "长官"' in finding.message("en")
    with pytest.raises(InputError) as raised:
        list(database_batches(url, "purchases", 10))
    assert raised.value.__context__ is None or "geheim" not in repr(raised.value.__context__)
    for told in (str(finding.as_dict("zh")), str(finding.as_dict("en")), str(raised.value), repr(raised.value)):
        assert "geheim" not in told


def test_a_password_that_a_message_repeats_is_hidden(postgresql: str) -> None:
    """A view's error may say anything, even what looks like the password."""
    url = postgresql_of(
        postgresql, [f"create view purchases as select cast('{PASSWORD}' || 'x' || now() as int) as amount"]
    )
    _, findings = said(url)
    ((code, _, words),) = findings
    assert code == "B126"
    assert "***x" in words
    assert PASSWORD not in words


@pytest.mark.parametrize("host", ["127.0.0.1:1", "no-such-host.invalid"])
def test_a_server_that_is_not_there(host: str) -> None:
    pytest.importorskip("psycopg")
    _, findings = said(f"postgresql://u:geheim@{host}/d")
    ((code, place, words),) = findings
    assert (code, place) == ("B123", f"postgresql://u:***@{host}/d")
    assert words.startswith(f"打不开数据库“postgresql://u:***@{host}/d”：")
    assert "geheim" not in words


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    _, findings = said("postgresql://u@127.0.0.1:1/d")
    assert findings == [("B122", "postgresql://u@127.0.0.1:1/d", "读这种数据库还要装一个包：psycopg")]


def test_drivers_are_loaded_only_when_needed() -> None:
    code = (
        "import sys, vbprules.tables.databases as d; from vbprules.diagnostics import Report; r = Report(); "
        "d.database_tables('sqlite:///none.db', ['purchases'], r); "
        "print([f.code for f in r.findings], [m for m in ('psycopg', 'duckdb', 'pyarrow') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout == "['B124'] []\n"


@settings(examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.decimals(-(10**15) + 1, 10**15 - 1, places=6, allow_nan=False), max_size=20),
    st.integers(min_value=1, max_value=25),
)
def test_every_decimal_comes_back_in_batches_of_any_size(
    postgresql: str, figures: list[Decimal], rows_at_once: int
) -> None:
    import psycopg

    with psycopg.connect(host=postgresql, user=USER, password=PASSWORD, dbname="postgres") as writer:
        writer.execute("drop table if exists purchases")
        writer.execute("create table purchases (n int, amount numeric(21,6))")
        with writer.cursor() as cursor:
            cursor.executemany("insert into purchases values (%s, %s)", list(enumerate(figures)))
    batches = list(database_batches(url_of(postgresql), "purchases", rows_at_once))
    assert [cell for batch in batches for cell in exact(batch["amount"])] == figures
    assert all(batch.height <= rows_at_once for batch in batches)
