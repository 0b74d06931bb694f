"""Calendar periods and month arithmetic.

Days are `date.toordinal()` integers, periods include both ends. Months and years are added by the rule 'same day
of the month; in a short month its last day' (31 January + 1 month = 28 or 29 February).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

Unit = Literal["day", "month", "quarter", "year"]
Kind = Literal["day", "month", "quarter", "year", "span"]

FIRST_YEAR, LAST_YEAR = 1900, 2200
_FIRST_DAY = date(FIRST_YEAR, 1, 1).toordinal()
_LAST_DAY = date(LAST_YEAR, 12, 31).toordinal()

_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

# [0-9], not \d: the latter takes digits of other scripts.
_FORM = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?|[Qq]([0-9]))?")


def _month_length(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else _LENGTHS[month - 1]


def _clipped(months: int, day_of_month: int) -> int:
    """That day of the month, or its last day; the month is counted from year 0 (12 * year + month - 1)."""
    year, month = months // 12, months % 12 + 1
    if not 1 <= year <= 9999:
        raise ValueError(f"the year {year} is outside the calendar (1 to 9999)")
    return date(year, month, min(day_of_month, _month_length(year, month))).toordinal()


_CYCLE = 146_097  # days after which the calendar repeats itself: 400 years
_CYCLE_MONTHS = 4_800


def far(move: Callable[[int], int], day: int) -> int:
    """A move of a year or two by the calendar from any day, also outside the years 1 to 9999, as if it went on."""
    cycles = (day - 1) // _CYCLE - 1  # moved from a day of the years 401 to 800
    return move(day - cycles * _CYCLE) + cycles * _CYCLE


def months_after(day: int, n: int) -> int:
    """`add_months` from any day by any number of months, as if the calendar went on before year 1 and after 9999."""
    cycles, months = divmod(n, _CYCLE_MONTHS)
    return far(lambda near: add_months(near, months), day) + cycles * _CYCLE


def add_months(day: int, n: int) -> int:
    """`day` plus n months (n may be negative): same day of the month; in a short month its last day."""
    d = date.fromordinal(day)
    return _clipped(12 * d.year + d.month - 1 + n, d.day)


def add_years(day: int, n: int) -> int:
    """`day` plus n years: same day; 29 February becomes 28 February in a common year (short month: last day)."""
    return add_months(day, 12 * n)


def _first_month(kind: Unit, day: int, offset: int) -> tuple[int, int]:
    """First month of the unit (counted from year 0) and the unit's length in months."""
    length = _MONTHS.get(kind)
    if length is None:
        raise ValueError(f"{kind!r} is not day, month, quarter or year")
    d = date.fromordinal(day)
    return ((12 * d.year + d.month - 1) // length + offset) * length, length


def start_of(kind: Unit, day: int, offset: int = 0) -> int:
    """First day of the month (quarter, year) `day` lies in, or of the one `offset` later (negative: earlier)."""
    if kind == "day":
        return day + offset
    return _clipped(_first_month(kind, day, offset)[0], 1)


def end_of(kind: Unit, day: int, offset: int = 0) -> int:
    """Last day of the month (quarter, year) `day` lies in, or of the one `offset` later (negative: earlier)."""
    if kind == "day":
        return day + offset
    first, length = _first_month(kind, day, offset)
    return _clipped(first + length - 1, 31)


def day_of_month(n: int, day: int) -> int:
    """The n-th (1 to 31) of the month `day` lies in; in a short month its last day."""
    if not 1 <= n <= 31:
        raise ValueError(f"no month has a day {n}")
    d = date.fromordinal(day)
    return _clipped(12 * d.year + d.month - 1, n)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A day, month, quarter, year or other stretch of days, `start` to `end` inclusive, in the years 1900 to 2200.

    Ordered by start, then end.
    """

    start: int
    end: int
    kind: Kind

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"period ends ({_iso(self.end)}) before it starts ({_iso(self.start)})")
        if self.start < _FIRST_DAY or self.end > _LAST_DAY:
            raise ValueError(f"period outside the years {FIRST_YEAR} to {LAST_YEAR}")
        # A month that is not a whole month would carry a label that means something else.
        if self.kind != "span" and (
            start_of(self.kind, self.start) != self.start or end_of(self.kind, self.start) != self.end
        ):
            raise ValueError(f"{_iso(self.start)}..{_iso(self.end)} is not a {self.kind}")

    @classmethod
    def parse(cls, text: str) -> Period | None:
        """Read `2020-03-05`, `2020-03`, `2020Q1`, `2020` or `2020-01-01..2020-02-15`; None if not of these forms.

        ValueError for what has the form and cannot be: 2019-02-30, 2020-13, 2020Q5, 1800-01-01, an end before the
        start. A bare number outside 1900 to 2200 is just a number: None.
        """
        left, dots, right = text.partition("..")
        match = _FORM.fullmatch(left)
        if match is None:
            return None
        if dots:
            other = _FORM.fullmatch(right)
            if other is None or match[3] is None or other[3] is None:
                return None
            start, end = _day(match), _day(other)
            if end < start:
                raise ValueError(f"{text}: the end lies before the start")
            return cls(start, end, "span")
        if match[3] is not None:
            day = _day(match)
            return cls(day, day, "day")
        year = int(match[1])
        if match[2] is not None:
            return cls.containing("month", date(_year(match), _month(match), 1).toordinal())
        if match[4] is not None:
            if match[4] not in "1234":
                raise ValueError(f"{text}: a quarter is Q1 to Q4")
            return cls.containing("quarter", date(_year(match), 3 * int(match[4]) - 2, 1).toordinal())
        if not FIRST_YEAR <= year <= LAST_YEAR:
            return None
        return cls.containing("year", date(year, 1, 1).toordinal())

    @classmethod
    def containing(cls, kind: Unit, day: int) -> Period:
        """The day, month, quarter or year `day` lies in."""
        return cls(start_of(kind, day), end_of(kind, day), kind)

    def label(self) -> str:
        """The text `parse` reads back: 2020-03-05, 2020-03, 2020Q1, 2020, 2020-01-01..2020-02-15."""
        d = date.fromordinal(self.start)
        match self.kind:
            case "day":
                return d.isoformat()
            case "month":
                return f"{d.year}-{d.month:02d}"
            case "quarter":
                return f"{d.year}Q{(d.month + 2) // 3}"
            case "year":
                return f"{d.year}"
            case "span":
                return f"{d.isoformat()}..{_iso(self.end)}"

    def _beside(self, offset: int) -> Period:
        if self.kind == "span":
            move = offset * (self.end - self.start + 1)
            return Period(self.start + move, self.end + move, "span")
        return Period(start_of(self.kind, self.start, offset), end_of(self.kind, self.start, offset), self.kind)

    def next(self) -> Period:
        """The period of the same kind right after; for a span, the same number of days right after."""
        return self._beside(1)

    def previous(self) -> Period:
        """The period of the same kind right before; for a span, the same number of days right before."""
        return self._beside(-1)

    def contains(self, day: int) -> bool:
        """Whether `day` lies in the period, ends included."""
        return self.start <= day <= self.end


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()


def _year(match: re.Match[str]) -> int:
    year = int(match[1])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"{match[0]}: the year must be {FIRST_YEAR} to {LAST_YEAR}")
    return year


def _month(match: re.Match[str]) -> int:
    month = int(match[2])
    if not 1 <= month <= 12:
        raise ValueError(f"{match[0]}: there is no month {match[2]}")
    return month


def _day(match: re.Match[str]) -> int:
    year, month, day = _year(match), _month(match), int(match[3])
    if not 1 <= day <= _month_length(year, month):
        raise ValueError(f"{match[0]}: {year}-{month:02d} has the days 1 to {_month_length(year, month)}")
    return date(year, month, day).toordinal()
