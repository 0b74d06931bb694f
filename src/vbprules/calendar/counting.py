"""A term counted day by day, forward or backward, with every day that was counted or passed over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from .chosen import ChosenCalendar, Day
from .periods import add_months

TermUnit = Literal["working_days", "days", "months", "years"]


@dataclass(frozen=True, slots=True)
class Step:
    """One day on the way; `number` is the how-manieth counted day it is, None where it does not count."""

    day: Day
    number: int | None


@dataclass(frozen=True, slots=True)
class Counted:
    """The term of `n` (negative: before) units from `start`; `counts_start`: `start` itself is its first day.

    `earliest` and `latest` bound the last day; None is no bound, and both are equal where it is known. `missing` is
    the first year without an arrangement that was met. `steps` are in the order of counting, as far as they are known;
    months and years have none. `short_month`: the month where the term ends has no day of that number.
    """

    start: int
    n: int
    unit: TermUnit
    counts_start: bool
    earliest: int | None
    latest: int | None
    missing: int | None
    steps: tuple[Step, ...]
    short_month: bool = False

    @property
    def last(self) -> int | None:
        """The last day of the term (counted backward: its first), if it is known."""
        return self.earliest if self.earliest == self.latest else None

    @property
    def counted(self) -> int:
        """How many of the units are counted in `steps`."""
        return sum(1 for step in self.steps if step.number is not None)


def count_term(calendar: ChosenCalendar, start: int, n: int, unit: TermUnit, counts_start: bool = False) -> Counted:
    """Count `n` units (not 0) forward or, when negative, backward from `start`.

    Where `counts_start`, `start` is the first day of the term whichever way it runs; months and years then end on the
    day before (backward: after) the corresponding day. ValueError where the result lies outside the years 1 to 9999.
    """
    if n == 0:
        raise ValueError("a term has at least one unit")
    step = 1 if n > 0 else -1
    origin = start - step if counts_start else start
    if unit == "working_days":
        return _working_days(calendar, start, origin, n, step, counts_start)
    if unit == "days":
        last = _inside(origin + n)
        days = range(origin + step, last + step, step)
        steps = tuple(Step(calendar.day(day), number) for number, day in enumerate(days, 1))
        return Counted(start, n, unit, counts_start, last, last, None, steps)
    corresponding = add_months(start, 12 * n if unit == "years" else n)
    last = _inside(corresponding - step if counts_start else corresponding)
    short = date.fromordinal(corresponding).day < date.fromordinal(start).day
    return Counted(start, n, unit, counts_start, last, last, None, (), short)


def _working_days(calendar: ChosenCalendar, start: int, origin: int, n: int, step: int, counts_start: bool) -> Counted:
    found = calendar.work.shift(origin, n)
    near = _inside(calendar.work.nearest(origin, n))
    if found.day is not None:
        earliest: int | None = near
        latest: int | None = near
        end = found.day
    elif n > 0:
        earliest, latest = near, calendar.work.at_the_latest(origin, n)
    else:
        earliest, latest = None, near
    if found.missing_year is not None:  # as far as the arrangements go
        edge = date(found.missing_year, 1, 1) if n > 0 else date(found.missing_year, 12, 31)
        end = max(edge.toordinal() - 1, origin) if n > 0 else min(edge.toordinal() + 1, origin)
    steps = []
    number = 0
    for day in range(origin + step, end + step, step):
        known = calendar.day(day)
        number += known.works is True
        steps.append(Step(known, number if known.works else None))
    missing = found.missing_year
    return Counted(start, n, "working_days", counts_start, earliest, latest, missing, tuple(steps))


def _inside(day: int) -> int:
    if not 1 <= day <= date.max.toordinal():
        raise ValueError("the term ends outside the years 1 to 9999")
    return day
