"""Counting working days on an explicit calendar.

Days are `date.toordinal()` integers. A calendar covers whole calendar years; about any other year it says
nothing, and names the year that is missing instead of estimating.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

_LAST_DAY = date.max.toordinal()


def _year_of(day: int) -> int:
    # Clamped: a day outside the calendar of `datetime` still gets a year to name, and none is ever published there.
    return date.fromordinal(min(max(day, 1), _LAST_DAY)).year


@dataclass(frozen=True, slots=True)
class Shift:
    """Result of `WorkCalendar.shift`: a day, or the first unpublished year met. Exactly one is None."""

    day: int | None
    missing_year: int | None

    def __post_init__(self) -> None:
        if (self.day is None) == (self.missing_year is None):
            raise ValueError("exactly one of day and missing_year must be given")


@dataclass(frozen=True, slots=True)
class Count:
    """Result of `WorkCalendar.count_between`: a number of days, or the first unpublished year met."""

    days: int | None
    missing_year: int | None

    def __post_init__(self) -> None:
        if (self.days is None) == (self.missing_year is None):
            raise ValueError("exactly one of days and missing_year must be given")


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Working days of the published `years`; make it with `WorkCalendar.build`.

    `working` are all working days, ascending; `spans` the unbroken runs of covered days (first, last inclusive).
    Each query is O(log n).
    """

    version: str
    years: tuple[int, ...]
    # Not hashed: some 2,000 integers, and the version tells calendars apart well enough for a hash.
    working: tuple[int, ...] = field(repr=False, hash=False)
    spans: tuple[tuple[int, int], ...] = field(repr=False, hash=False)

    @classmethod
    def build(cls, version: str, years: Iterable[int], stated: Mapping[int, bool]) -> WorkCalendar:
        """Calendar of `years`: Monday to Friday working, except as `stated` (day -> working).

        Stated days outside `years` are not used: the rest of their year is not known.
        """
        covered = tuple(sorted(set(years)))
        working: list[int] = []
        spans: list[tuple[int, int]] = []
        for year in covered:
            first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
            # Ordinal 1 (0001-01-01) is a Monday, hence the remainders 1..5 are Monday to Friday.
            working += (day for day in range(first, last + 1) if stated.get(day, 1 <= day % 7 <= 5))
            if spans and spans[-1][1] == first - 1:
                spans[-1] = (spans[-1][0], last)
            else:
                spans.append((first, last))
        return cls(version, covered, tuple(working), tuple(spans))

    def _span(self, day: int) -> tuple[int, int] | None:
        i = bisect_right(self.spans, day, key=lambda span: span[0])
        if i and day <= self.spans[i - 1][1]:
            return self.spans[i - 1]
        return None

    def is_working(self, day: int) -> bool | None:
        """Whether `day` is a working day; None where its year is not published."""
        if self._span(day) is None:
            return None
        i = bisect_left(self.working, day)
        return i < len(self.working) and self.working[i] == day

    def shift(self, day: int, n: int) -> Shift:
        """The n-th working day strictly after `day` (n > 0), strictly before it (n < 0), or `day` itself (n = 0).

        `day` itself is not looked at, so it may lie in an unpublished year. Otherwise `missing_year` is the first
        unpublished year met on the way from `day`.
        """
        if n == 0:
            return Shift(day, None)
        first = day + 1 if n > 0 else day - 1
        span = self._span(first)
        if span is None:
            return Shift(None, _year_of(first))
        low, high = span
        if n > 0:
            i = bisect_right(self.working, day) + n - 1
            # Beyond `high` lies a gap of years, even if later years are covered again.
            if i < len(self.working) and self.working[i] <= high:
                return Shift(self.working[i], None)
            return Shift(None, _year_of(high) + 1)
        i = bisect_left(self.working, day) + n
        if i >= 0 and self.working[i] >= low:
            return Shift(self.working[i], None)
        return Shift(None, _year_of(low) - 1)

    def nearest(self, day: int, n: int) -> int:
        """The sound half of the bound where `shift(day, n)` meets an unpublished year; n is not 0.

        For n > 0 no calendar whatever ends earlier, for n < 0 none ends later: each day still to be counted beyond
        what is published takes at least one calendar day. Where `shift` gives a day it is that day.
        """
        found = self.shift(day, n)
        if found.day is not None:
            return found.day
        assert found.missing_year is not None
        if n > 0:
            last = max(day, date(found.missing_year, 1, 1).toordinal() - 1)
            return last + n - (self.count_between(day, last).days or 0)
        first = min(day, date(found.missing_year, 12, 31).toordinal() + 1)
        return first + n + (self.count_between(first - 1, day - 1).days or 0)

    def at_the_latest(self, day: int, n: int) -> int | None:
        """The other half, for n > 0 and a `day` in an unpublished year before published ones; None: no bound.

        `shift(day, n)` ends no later than the term of the last day before a published stretch that holds it whole.
        """
        for first, _ in self.spans:
            if first > day and (found := self.shift(first - 1, n).day) is not None:
                return found
        return None

    def count_between(self, a: int, b: int) -> Count:
        """Number of working days d with a < d <= b (0 when b <= a), or the first unpublished year met."""
        if b <= a:
            return Count(0, None)
        span = self._span(a + 1)
        if span is None:
            return Count(None, _year_of(a + 1))
        if b > span[1]:
            return Count(None, _year_of(span[1]) + 1)
        return Count(bisect_right(self.working, b) - bisect_right(self.working, a), None)

    @staticmethod
    def sound_bound(day: int, n: int) -> int:
        """What holds of `shift(day, n)` under any calendar whatever: `day + n`.

        For n > 0 the result is that day or later (n working days take at least n days), for n < 0 that day or
        earlier, for n = 0 exactly `day`. The other half is not bounded: no notice limits how long a break may be.
        """
        return day + n
