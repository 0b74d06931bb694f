"""Terms counted day by day: around holidays, over make-up days, over the turn of the year, and at the edge."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vbprules.calendar import ChosenCalendar, LocalCalendar, LocalDays, arrangements, chosen_calendar
from vbprules.calendar.counting import Counted, TermUnit, count_term
from vbprules.engine.terms import term
from vbprules.values.ranges import FALSE, INF, NEG, TRUE, exactly


def d(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def iso(day: int | None) -> str | None:
    return None if day is None else date.fromordinal(day).isoformat()


CLOSED = LocalDays("延迟复工", d("2020-02-03"), d("2020-02-09"), False, "某市通告", d("2020-01-27"))
LOCAL = LocalCalendar("some_city", "某市", (CLOSED,))
LATEST = chosen_calendar()
ORIGINAL = chosen_calendar(version="original")
CITY = chosen_calendar(local=LOCAL)
CALENDARS = {"latest": LATEST, "original": ORIGINAL, "city": CITY}


def counted_days(item: Counted) -> list[str]:
    return [iso(step.day.day)[5:] for step in item.steps if step.number is not None]  # type: ignore[index]


# From the notices: National Day 2020 (1 to 8 October off, 27 September and 10 October worked) and 2024 (1 to 7
# October off, 29 September and 12 October worked); Spring Festival 2020 in both versions, and with a city closed to 9 February.
@pytest.mark.parametrize(
    ("calendar", "start", "n", "days"),
    [
        ("latest", "2020-09-25", 7, "09-27 09-28 09-29 09-30 10-09 10-10 10-12"),
        ("latest", "2024-09-27", 8, "09-29 09-30 10-08 10-09 10-10 10-11 10-12 10-14"),
        ("latest", "2024-10-14", -8, "10-12 10-11 10-10 10-09 10-08 09-30 09-29 09-27"),
        ("latest", "2020-01-17", 10, "01-19 01-20 01-21 01-22 01-23 02-03 02-04 02-05 02-06 02-07"),
        ("original", "2020-01-17", 10, "01-19 01-20 01-21 01-22 01-23 01-31 02-01 02-03 02-04 02-05"),
        ("city", "2020-01-17", 10, "01-19 01-20 01-21 01-22 01-23 02-10 02-11 02-12 02-13 02-14"),
        ("latest", "2020-02-10", -6, "02-07 02-06 02-05 02-04 02-03 01-23"),
        ("original", "2020-02-10", -6, "02-07 02-06 02-05 02-04 02-03 02-01"),
        ("city", "2020-02-11", -2, "02-10 01-23"),
        ("original", "2019-04-26", 5, "04-29 04-30 05-02 05-03 05-06"),
        ("latest", "2019-04-26", 5, "04-28 04-29 04-30 05-05 05-06"),
        # Over the turn of the year: 31 December 2022 and 30 December 2023 are off by the notice of the next year.
        ("latest", "2022-12-29", 3, "12-30 01-03 01-04"),
        ("latest", "2023-12-28", 2, "12-29 01-02"),
        ("latest", "2024-01-03", -2, "01-02 12-29"),
    ],
)  # fmt: skip
def test_the_days_that_count(calendar: str, start: str, n: int, days: str) -> None:
    found = count_term(CALENDARS[calendar], d(start), n, "working_days")
    assert counted_days(found) == days.split()
    assert iso(found.last)[5:] == days.split()[-1]  # type: ignore[index]
    assert (found.earliest, found.missing, found.counted) == (found.last, None, abs(n))
    assert found.steps[-1].day.day == found.last


@pytest.mark.parametrize(
    ("start", "n", "last"),
    [
        ("2020-01-17", 10, "2020-02-06"),  # a Friday that works: one day sooner
        ("2020-01-18", 1, "2020-01-19"),  # a Saturday off counts for nothing: the same as from the next day
        ("2020-01-19", 1, "2020-01-19"),  # the make-up Sunday counts itself
        ("2020-01-25", 1, "2020-02-03"),
        ("2020-02-10", -5, "2020-02-04"),
        ("2020-01-19", -1, "2020-01-19"),
    ],
)
def test_the_day_itself_counts(start: str, n: int, last: str) -> None:
    assert iso(count_term(LATEST, d(start), n, "working_days", counts_start=True).last) == last


@pytest.mark.parametrize(
    ("start", "n", "unit", "counts_start", "last", "short"),
    [
        ("2020-03-02", 30, "days", False, "2020-04-01", False),
        ("2020-03-02", 30, "days", True, "2020-03-31", False),
        ("2020-03-02", -2, "days", False, "2020-02-29", False),
        ("2020-01-31", 1, "months", False, "2020-02-29", True),
        ("2020-01-31", 1, "months", True, "2020-02-28", True),
        ("2020-01-29", 1, "months", False, "2020-02-29", False),
        ("2020-01-31", 2, "months", False, "2020-03-31", False),
        ("2020-03-31", -1, "months", False, "2020-02-29", True),
        ("2020-03-31", -1, "months", True, "2020-03-01", True),
        ("2020-02-29", 2, "years", False, "2022-02-28", True),
        ("2020-02-29", 4, "years", False, "2024-02-29", False),
    ],
)
def test_days_months_years(start: str, n: int, unit: TermUnit, counts_start: bool, last: str, short: bool) -> None:
    found = count_term(LATEST, d(start), n, unit, counts_start)
    assert (iso(found.last), found.short_month, found.missing) == (last, short, None)
    assert found.counted == (abs(n) if unit == "days" else 0)


@pytest.mark.parametrize(
    ("start", "n", "earliest", "latest", "missing", "counted"),
    [
        # Friday 25 December 2026: 28 to 31 December are four working days, eleven are still to come.
        ("2026-12-25", 15, "2027-01-11", None, 2027, 4),
        ("2026-12-31", 1, "2027-01-01", None, 2027, 0),
        ("2027-03-01", 2, "2027-03-03", None, 2027, 0),
        # Ten working days before a day take at least ten days, whatever 2027 will be.
        ("2027-01-04", -10, None, "2026-12-25", 2027, 0),
        ("2019-01-03", -2, None, "2018-12-31", 2018, 1),
        # Before the first year in the data there is a latest end too: ten working days of 2019 end on 15 January.
        ("2018-12-20", 10, "2018-12-30", "2019-01-15", 2018, 0),
    ],
)
def test_the_sound_half(
    start: str, n: int, earliest: str | None, latest: str | None, missing: int, counted: int
) -> None:
    found = count_term(LATEST, d(start), n, "working_days")
    assert (found.last, iso(found.earliest), iso(found.latest)) == (None, earliest, latest)
    assert (found.missing, found.counted) == (missing, counted)
    assert all(step.day.works is not None for step in found.steps)


def test_the_last_days_of_2026_are_known_and_no_more() -> None:
    found = count_term(LATEST, d("2026-12-28"), 3, "working_days")
    assert (iso(found.last), found.missing) == ("2026-12-31", None)
    assert count_term(LATEST, d("2026-12-28"), 4, "working_days").last is None
    assert LATEST.day(d("2027-01-01")).kind == "unpublished"


def test_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        count_term(LATEST, d("2020-01-01"), 0, "days")
    for n, unit in ((-9000, "years"), (9000, "years"), (-800000, "days")):
        with pytest.raises(ValueError, match="1 to 9999"):
            count_term(LATEST, d("2020-01-01"), n, unit)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("calendar", "day", "kind", "name", "version"),
    [
        ("latest", "2020-01-19", "make_up", "", "2020-extended"),
        ("latest", "2020-01-25", "holiday", "春节", "2020-extended"),  # a Saturday within the break
        ("latest", "2020-02-01", "holiday", "春节", "2020-extended"),
        ("original", "2020-02-01", "make_up", "", "2020"),
        ("original", "2020-02-02", "weekend", "", "2020"),
        ("original", "2020-01-31", "workday", "", "2020"),
        ("latest", "2020-10-01", "holiday", "国庆节、中秋节", "2020-extended"),
        ("latest", "2022-12-31", "holiday", "元旦", "2023"),  # by the notice of the year after
        ("latest", "2022-12-30", "workday", "", "2022"),
        ("latest", "2023-12-30", "holiday", "元旦", "2024"),
        ("latest", "2024-02-09", "workday", "", "2024"),
        ("city", "2020-02-04", "local_off", "", "2020-extended"),
        ("city", "2020-02-10", "workday", "", "2020-extended"),
    ],
)
def test_what_a_day_is(calendar: str, day: str, kind: str, name: str, version: str) -> None:
    found = CALENDARS[calendar].day(d(day))
    assert (found.kind, found.holiday) == (kind, name)
    assert found.arrangement is not None and found.arrangement.name == version
    assert (found.local is CLOSED) is kind.startswith("local")


@pytest.mark.parametrize("name", CALENDARS)
def test_every_day_is_what_the_calendar_counts(name: str) -> None:
    calendar = CALENDARS[name]
    for day in range(d("2018-12-01"), d("2027-02-01")):
        assert calendar.day(day).works is calendar.work.is_working(day), iso(day)


def test_labels_and_local_days_in_sight() -> None:
    assert LATEST.label == "cn-2026.1+2019-mayday+2020-extended"
    assert ORIGINAL.label == "cn-2026.1 (original)"
    assert chosen_calendar(version="2020").label == "cn-2026.1+2019-mayday (2020)"
    assert CITY.label.startswith("cn-2026.1+2019-mayday+2020-extended+local-some_city-")
    before = chosen_calendar(as_of=d("2020-01-26"), local=LOCAL)  # the city's notice came the day after
    assert before.local == () and before.work.is_working(d("2020-02-04")) is True
    assert "+local-some_city-" in before.label and before.label != CITY.label
    assert CITY.with_version("2020").work.is_working(d("2020-02-01")) is True
    assert CITY.with_version("2020").work.is_working(d("2020-02-04")) is False


calendars = st.sampled_from(list(CALENDARS.values()) + [chosen_calendar(version=a.name) for a in arrangements()])
lengths = st.integers(-60, 60).filter(bool)
UNITS: dict[TermUnit, str] = {"working_days": "working_days", "days": "days", "months": "months", "years": "years"}


@given(calendars, st.integers(d("2018-11-01"), d("2027-03-01")), lengths, st.sampled_from(list(UNITS)), st.booleans())
def test_counting_agrees_with_the_engine(
    calendar: ChosenCalendar, start: int, n: int, unit: TermUnit, same: bool
) -> None:
    """The command and the decisions say the same of every term (before a day, decisions never count the day itself)."""
    if n < 0:
        same = False
    found = count_term(calendar, start, n, unit, same)
    counted = TRUE if same else FALSE
    by_engine, missing = term(calendar.work, UNITS[unit], n > 0, exactly(start), exactly(abs(n)), counted)
    low: Any = NEG if found.earliest is None else found.earliest
    high: Any = INF if found.latest is None else found.latest
    assert (by_engine.lo, by_engine.hi, missing) == (low, high, found.missing)


@given(calendars, st.integers(d("2018-11-01"), d("2027-03-01")), lengths, st.booleans())
def test_the_list_is_the_count(calendar: ChosenCalendar, start: int, n: int, same: bool) -> None:
    """Numbers run 1, 2, 3 … over the working days without a gap, day after day, as far as anything is known."""
    found = count_term(calendar, start, n, "working_days", same)
    step = 1 if n > 0 else -1
    days = [item.day.day for item in found.steps]
    first = start if same else start + step
    assert days == list(range(first, first + step * len(days), step))
    numbers = [item.number for item in found.steps if item.day.works]
    assert numbers == list(range(1, len(numbers) + 1))
    assert all(item.number is None for item in found.steps if not item.day.works)
    if found.last is not None:
        assert days[-1] == found.last and numbers[-1] == abs(n)
    else:
        assert found.missing is not None and len(numbers) < abs(n)
