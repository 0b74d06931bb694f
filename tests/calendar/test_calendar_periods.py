"""Periods and month arithmetic."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from vbprules.calendar import Kind, Period, Unit, add_months, add_years, day_of_month, end_of, start_of


def d(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def iso(day: int) -> str:
    return date.fromordinal(day).isoformat()


UNITS: tuple[Unit, ...] = get_args(Unit)
FIRST, LAST = d("1900-01-01"), d("2200-12-31")
days = st.integers(FIRST, LAST)
inner_days = st.integers(d("1902-01-01"), d("2198-12-31"))
units = st.sampled_from(UNITS)
spans = st.tuples(days, days).map(lambda ab: Period(min(ab), max(ab), "span"))
periods = st.one_of(spans, st.builds(Period.containing, units, days))


@pytest.mark.parametrize(
    ("text", "start", "end", "kind"),
    [
        ("2020-03-05", "2020-03-05", "2020-03-05", "day"),
        ("2020-02", "2020-02-01", "2020-02-29", "month"),
        ("2019-02", "2019-02-01", "2019-02-28", "month"),
        ("2020Q1", "2020-01-01", "2020-03-31", "quarter"),
        ("2020q4", "2020-10-01", "2020-12-31", "quarter"),
        ("2020", "2020-01-01", "2020-12-31", "year"),
        ("2020-01-01..2020-02-15", "2020-01-01", "2020-02-15", "span"),
        ("2020-01-01..2020-01-01", "2020-01-01", "2020-01-01", "span"),
        ("1900", "1900-01-01", "1900-12-31", "year"),
        ("2200-12-31", "2200-12-31", "2200-12-31", "day"),
    ],
)
def test_parse(text: str, start: str, end: str, kind: Kind) -> None:
    period = Period.parse(text)
    assert period == Period(d(start), d(end), kind)
    assert period is not None and period.label() == text.upper()


@pytest.mark.parametrize(
    "text",
    [
        "", " 2020", "2020 ", "2020\n", "20200305", "2020-3", "2020-03-5", "2020/03/05", "2020-03-05T00:00", "2020Q",
        "2020Q12", "2020-Q1", "Q1", "202", "20201", "+2020", "-2020", "２０２０", "2020-01..2020-02", "2020..2021",
        "2020-01-01..", "..2020-01-01", "2020-01-01...2020-02-01", "2020-01-01..2020-02-01..2020-03-01",
        "2019-02-30..later", "2020年", "1899", "2201", "0000", "9999",
    ],
)  # fmt: skip
def test_not_of_the_form(text: str) -> None:
    assert Period.parse(text) is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2019-02-30", "2019-02-30: 2019-02 has the days 1 to 28"),
        ("2019-02-29", "1 to 28"),
        ("2100-02-29", "1 to 28"),
        ("2020-02-30", "1 to 29"),
        ("2020-04-31", "1 to 30"),
        ("2020-01-00", "1 to 31"),
        ("2020-13", "no month 13"),
        ("2020-00-01", "no month 00"),
        ("2020Q5", "Q1 to Q4"),
        ("2020Q0", "Q1 to Q4"),
        ("1899-12-31", "1900 to 2200"),
        ("2201-01", "1900 to 2200"),
        ("1800Q1", "1900 to 2200"),
        ("2020-02-15..2020-01-01", "the end lies before the start"),
        ("2020-01-01..2020-02-30", "2020-02-30"),
    ],
)
def test_impossible(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Period.parse(text)


def test_period_is_what_it_says() -> None:
    wrong: list[tuple[int, int, Any]] = [
        (d("2020-01-02"), d("2020-01-31"), "month"),
        (d("2020-01-01"), d("2020-01-30"), "month"),
        (d("2020-02-01"), d("2020-04-30"), "quarter"),
        (d("2020-01-01"), d("2020-01-02"), "day"),
        (d("2020-01-02"), d("2020-01-01"), "span"),
        (d("1899-12-31"), d("1900-01-01"), "span"),
        (d("2020-01-01"), d("2020-01-07"), "week"),
    ]
    for start, end, kind in wrong:
        with pytest.raises(ValueError):
            Period(start, end, kind)
    with pytest.raises(ValueError):
        Period.containing("span", d("2020-01-01"))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="1900 to 2200"):
        Period.containing("year", LAST).next()


@given(periods)
def test_parse_reads_back_the_label(period: Period) -> None:
    assert Period.parse(period.label()) == period


@given(st.text(alphabet="0123456789-Qq.", max_size=24))
def test_label_gives_back_what_was_parsed(text: str) -> None:
    try:
        period = Period.parse(text)
    except ValueError:
        return
    if period is not None:
        assert period.label() == text.upper()


@given(units, inner_days)
def test_neighbours(kind: Unit, day: int) -> None:
    period = Period.containing(kind, day)
    assert period.contains(day)
    assert period.next().start == period.end + 1 and period.previous().end == period.start - 1
    assert period.next().previous() == period == period.previous().next()
    assert period.next() == Period.containing(kind, period.end + 1)
    assert not period.contains(period.start - 1) and not period.contains(period.end + 1)
    assert period.previous() < period < period.next()


def test_neighbours_of_a_span() -> None:
    span = Period(d("2020-02-01"), d("2020-02-10"), "span")
    assert span.next().label() == "2020-02-11..2020-02-20"
    assert span.previous().label() == "2020-01-22..2020-01-31"


@pytest.mark.parametrize(
    ("start", "n", "expected"),
    [
        ("2019-01-31", 1, "2019-02-28"),
        ("2020-01-31", 1, "2020-02-29"),
        ("2020-01-31", 2, "2020-03-31"),
        ("2020-01-31", 3, "2020-04-30"),
        ("2020-03-31", -1, "2020-02-29"),
        ("2020-02-29", 1, "2020-03-29"),  # same day of the month, not month end to month end
        ("2019-11-30", 3, "2020-02-29"),
        ("2020-12-15", 1, "2021-01-15"),
        ("2020-01-15", -1, "2019-12-15"),
        ("2020-02-29", 12, "2021-02-28"),
        ("2020-05-05", 0, "2020-05-05"),
    ],
)
def test_add_months(start: str, n: int, expected: str) -> None:
    assert iso(add_months(d(start), n)) == expected


@pytest.mark.parametrize(
    ("start", "n", "expected"),
    [
        ("2020-02-29", 1, "2021-02-28"),
        ("2020-02-29", 4, "2024-02-29"),
        ("2020-02-29", 80, "2100-02-28"),
        ("2019-02-28", 1, "2020-02-28"),
        ("2020-02-29", -1, "2019-02-28"),
        ("2019-12-25", 3, "2022-12-25"),
    ],
)
def test_add_years(start: str, n: int, expected: str) -> None:
    assert iso(add_years(d(start), n)) == expected


@given(days, st.integers(-2000, 2000))
def test_add_months_agrees_with_dateutil(day: int, n: int) -> None:
    relativedelta = pytest.importorskip("dateutil.relativedelta", reason="python-dateutil not installed").relativedelta
    assert date.fromordinal(add_months(day, n)) == date.fromordinal(day) + relativedelta(months=n)
    years = n // 10
    assert date.fromordinal(add_years(day, years)) == date.fromordinal(day) + relativedelta(years=years)


@given(days, st.integers(0, 5000), st.integers(-1000, 1000))
def test_add_months_is_monotone(day: int, later: int, n: int) -> None:
    assert add_months(day, n) <= add_months(day + later, n)


@given(days, st.integers(-1000, 1000))
def test_add_months_there_and_back(day: int, n: int) -> None:
    assume(date.fromordinal(day).day <= 28)
    assert add_months(add_months(day, n), -n) == day


def test_outside_the_calendar() -> None:
    for years in (-2020, 8000):
        with pytest.raises(ValueError, match="outside the calendar"):
            add_years(d("2020-01-01"), years)
    assert iso(end_of("year", date.max.toordinal())) == "9999-12-31"


@pytest.mark.parametrize(
    ("kind", "offset", "start", "end"),
    [
        ("day", 0, "2020-02-29", "2020-02-29"),
        ("day", 1, "2020-03-01", "2020-03-01"),
        ("month", 0, "2020-02-01", "2020-02-29"),
        ("month", 1, "2020-03-01", "2020-03-31"),
        ("month", -2, "2019-12-01", "2019-12-31"),
        ("month", 12, "2021-02-01", "2021-02-28"),
        ("quarter", 0, "2020-01-01", "2020-03-31"),
        ("quarter", -1, "2019-10-01", "2019-12-31"),
        ("quarter", 1, "2020-04-01", "2020-06-30"),
        ("year", 0, "2020-01-01", "2020-12-31"),
        ("year", 1, "2021-01-01", "2021-12-31"),
    ],
)
def test_start_and_end(kind: Unit, offset: int, start: str, end: str) -> None:
    day = d("2020-02-29")
    assert (iso(start_of(kind, day, offset)), iso(end_of(kind, day, offset))) == (start, end)


def test_day_of_month() -> None:
    assert iso(day_of_month(25, d("2020-02-03"))) == "2020-02-25"
    assert iso(day_of_month(1, d("2020-02-03"))) == "2020-02-01"
    assert iso(day_of_month(31, d("2020-02-03"))) == "2020-02-29"
    assert iso(day_of_month(31, d("2020-04-03"))) == "2020-04-30"
    for n in (0, 32, -1):
        with pytest.raises(ValueError, match="no month has a day"):
            day_of_month(n, d("2020-02-03"))
