"""Working-day counting: hand-checked facts, the edge of what is published, and properties."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vbprules.calendar import Count, Shift, WorkCalendar, work_calendar


def d(text: str) -> int:
    return date.fromisoformat(text).toordinal()


LATEST = work_calendar()
ORIGINAL = work_calendar(version="original")
FIRST, LAST = d("2019-01-01"), d("2026-12-31")

calendars = st.sampled_from([LATEST, ORIGINAL, work_calendar(extra={d("2020-02-03"): False, d("2020-02-08"): True})])
days = st.integers(FIRST, LAST)
steps = st.integers(-400, 400)


def day_after(calendar: WorkCalendar, start: str, n: int) -> str:
    result = calendar.shift(d(start), n)
    assert result.day is not None, result
    return date.fromordinal(result.day).isoformat()


# Hand-checked, January and February 2020.
# Both: Sunday 19 January is a make-up day; 20 to 23 January (Mon-Thu) work; from 24 January off.
# Extended: off to 2 February. After 17 January: 19, 20, 21, 22, 23 Jan | 3, 4, 5, 6, 7 Feb.
# Original: off to 30 January, Saturday 1 February made up, Sunday 2 off.
#           After 17 January: 19, 20, 21, 22, 23, 31 Jan | 1, 3, 4, 5 Feb.
@pytest.mark.parametrize(
    ("calendar", "start", "n", "expected"),
    [
        (LATEST, "2020-01-17", 10, "2020-02-07"),
        (ORIGINAL, "2020-01-17", 10, "2020-02-05"),
        (LATEST, "2020-01-17", 5, "2020-01-23"),
        (LATEST, "2020-01-17", 6, "2020-02-03"),
        (ORIGINAL, "2020-01-17", 6, "2020-01-31"),
        (ORIGINAL, "2020-01-17", 7, "2020-02-01"),
        # From within the break, and from a make-up day itself ("strictly after").
        (LATEST, "2020-01-28", 1, "2020-02-03"),
        (LATEST, "2020-01-19", 1, "2020-01-20"),
        (LATEST, "2020-01-18", 1, "2020-01-19"),
        # Backwards.
        (LATEST, "2020-02-10", -5, "2020-02-03"),
        (LATEST, "2020-02-10", -6, "2020-01-23"),
        (ORIGINAL, "2020-02-10", -6, "2020-02-01"),
        (LATEST, "2020-01-20", -1, "2020-01-19"),
        (LATEST, "2020-01-28", -1, "2020-01-23"),
        # National Day 2024: off 1-7 October, made up on Sunday 29 September and Saturday 12 October.
        # After 27 September (Fri): 29, 30 Sep | 8, 9, 10, 11, 12, 14 Oct.
        (LATEST, "2024-09-27", 8, "2024-10-14"),
        (LATEST, "2024-09-27", 7, "2024-10-12"),
        # Over the turn of the year: 2022-12-30 is a Friday, 31 to 2 January off, Tuesday 3 works.
        (LATEST, "2022-12-30", 1, "2023-01-03"),
        (LATEST, "2023-01-03", -1, "2022-12-30"),
    ],
)
def test_hand_checked(calendar: WorkCalendar, start: str, n: int, expected: str) -> None:
    assert day_after(calendar, start, n) == expected


@pytest.mark.parametrize(
    ("day", "latest", "original"),
    [
        ("2020-01-19", True, True),  # Sunday made up, kept by the extension
        ("2020-01-31", False, True),
        ("2020-02-01", False, True),  # Saturday made up, dropped by the extension
        ("2020-02-02", False, False),
        ("2020-02-03", True, True),
        ("2019-04-28", True, False),  # Sunday made up for the longer Labour Day
        ("2019-05-02", False, True),
        ("2019-05-05", True, False),
        ("2024-02-09", True, True),  # New Year's Eve 2024: leave recommended, yet a working day
        ("2026-01-04", True, True),  # Sunday made up
        ("2026-02-28", True, True),  # Saturday made up
        ("2026-06-13", False, False),  # ordinary Saturday
    ],
)
def test_is_working(day: str, latest: bool, original: bool) -> None:
    assert LATEST.is_working(d(day)) is latest
    assert ORIGINAL.is_working(d(day)) is original


def test_zero_is_the_day_itself() -> None:
    assert LATEST.shift(d("2020-01-26"), 0) == Shift(d("2020-01-26"), None)  # off, yet not moved
    assert LATEST.shift(d("2040-01-01"), 0) == Shift(d("2040-01-01"), None)  # nothing need be looked at


def test_unpublished_years() -> None:
    assert LATEST.is_working(d("2027-01-04")) is None
    assert LATEST.is_working(d("2018-12-31")) is None
    # 2026-12-31 is a Thursday and the last working day there is.
    assert LATEST.shift(d("2026-12-30"), 1) == Shift(d("2026-12-31"), None)
    assert LATEST.shift(d("2026-12-30"), 2) == Shift(None, 2027)
    assert LATEST.shift(d("2026-12-31"), 1) == Shift(None, 2027)
    assert LATEST.shift(d("2019-01-02"), -1) == Shift(None, 2018)  # 1 January is off, so December is needed
    # The day one starts from is not looked at.
    assert LATEST.shift(d("2018-12-31"), 1) == Shift(d("2019-01-02"), None)
    assert LATEST.shift(d("2027-01-01"), -1) == Shift(d("2026-12-31"), None)
    assert LATEST.shift(d("2018-12-30"), 1) == Shift(None, 2018)
    assert LATEST.shift(d("2030-06-01"), 5) == Shift(None, 2030)
    assert LATEST.shift(d("2030-06-01"), -500) == Shift(None, 2030)
    assert LATEST.count_between(d("2026-12-30"), d("2027-01-01")) == Count(None, 2027)
    assert LATEST.count_between(d("2026-12-30"), d("2026-12-31")) == Count(1, None)
    assert LATEST.count_between(d("2018-12-31"), d("2019-01-02")) == Count(1, None)
    assert LATEST.count_between(d("2018-12-30"), d("2019-01-02")) == Count(None, 2018)
    assert LATEST.count_between(d("2030-01-02"), d("2030-01-01")) == Count(0, None)
    assert LATEST.shift(date.max.toordinal(), 1).missing_year == 9999
    assert LATEST.shift(1, -1).missing_year == 1


def test_gap_between_years_is_not_jumped() -> None:
    gap = WorkCalendar.build("test", [2021, 2019], {})
    assert gap.years == (2019, 2021)
    assert gap.shift(d("2019-12-30"), 1) == Shift(d("2019-12-31"), None)
    assert gap.shift(d("2019-12-30"), 2) == Shift(None, 2020)
    assert gap.shift(d("2021-01-04"), -1) == Shift(d("2021-01-01"), None)
    assert gap.shift(d("2021-01-04"), -2) == Shift(None, 2020)
    assert gap.count_between(d("2019-12-30"), d("2021-01-04")) == Count(None, 2020)
    assert gap.is_working(d("2020-06-01")) is None


def test_calendar_without_years() -> None:
    empty = WorkCalendar.build("none", [], {})
    assert empty.is_working(FIRST) is None
    assert empty.shift(FIRST, 1) == Shift(None, 2019)
    assert empty.count_between(FIRST, LAST) == Count(None, 2019)


def test_results_say_exactly_one_thing() -> None:
    for both in ((None, None), (1, 2027)):
        with pytest.raises(ValueError, match="exactly one"):
            Shift(*both)
        with pytest.raises(ValueError, match="exactly one"):
            Count(*both)


def naive(calendar: WorkCalendar, day: int, n: int) -> Shift:
    """The definition, one day after the other."""
    step = 1 if n > 0 else -1
    left = abs(n)
    while left:
        day += step
        works = calendar.is_working(day)
        if works is None:
            return Shift(None, date.fromordinal(day).year)
        left -= works
    return Shift(day, None)


@given(calendars, st.integers(FIRST - 40, LAST + 40), steps)
def test_shift_is_its_definition(calendar: WorkCalendar, day: int, n: int) -> None:
    assert calendar.shift(day, n) == naive(calendar, day, n)


@given(calendars, days, steps)
def test_shift_is_strictly_monotone_in_n(calendar: WorkCalendar, day: int, n: int) -> None:
    one, two = calendar.shift(day, n).day, calendar.shift(day, n + 1).day
    if one is not None and two is not None:
        assert one < two


@given(calendars, days, st.integers(0, 100), steps)
def test_shift_is_monotone_in_the_day(calendar: WorkCalendar, day: int, later: int, n: int) -> None:
    one, two = calendar.shift(day, n).day, calendar.shift(day + later, n).day
    if one is not None and two is not None:
        assert one <= two
        if later and calendar.is_working(day) and calendar.is_working(day + later):
            assert one < two  # strictly, from working days


@given(calendars, days, st.integers(1, 400))
def test_count_is_the_inverse_of_shift(calendar: WorkCalendar, day: int, n: int) -> None:
    after = calendar.shift(day, n).day
    if after is not None:
        assert calendar.is_working(after)
        assert calendar.count_between(day, after) == Count(n, None)
        assert calendar.count_between(day, after - 1) == Count(n - 1, None)
    before = calendar.shift(day, -n).day
    if before is not None:
        assert calendar.is_working(before)
        # The days counted are before .. day - 1.
        assert calendar.count_between(before, day - 1) == Count(n - 1, None)


@given(calendars, days, steps)
def test_there_and_back(calendar: WorkCalendar, day: int, n: int) -> None:
    there = calendar.shift(day, n).day
    if there is None or not calendar.is_working(day):
        return
    assert calendar.shift(there, -n) == Shift(day, None)


@given(calendars, st.integers(FIRST, LAST), st.integers(0, 800), st.integers(0, 800))
def test_counts_add_up(calendar: WorkCalendar, a: int, first: int, second: int) -> None:
    b, c = min(a + first, LAST), min(a + first + second, LAST)
    parts = calendar.count_between(a, b).days, calendar.count_between(b, c).days
    assert parts[0] is not None and parts[1] is not None
    assert calendar.count_between(a, c).days == parts[0] + parts[1]


@given(calendars, days, steps)
def test_sound_bound(calendar: WorkCalendar, day: int, n: int) -> None:
    result, bound = calendar.shift(day, n).day, calendar.sound_bound(day, n)
    if result is not None:
        assert result >= bound if n > 0 else result <= bound
