"""What an answer about days rests on, what other versions would say, and what a later notice may still change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from vbprules.calendar import Arrangement, ChosenCalendar, LocalDays, arrangements
from vbprules.calendar.counting import Counted, count_term

Ground = Arrangement | LocalDays


def grounds_of_terms(calendar: ChosenCalendar, found: Iterable[Counted]) -> list[Ground]:
    """What decides the days of terms: notices in the order of years, then local days."""
    days: list[int] = []
    for item in found:
        days += (step.day.day for step in item.steps)
        if item.last is not None:
            days += [item.last, item.last + 1]
    return grounds_of_days(calendar, days)


def grounds_of_days(calendar: ChosenCalendar, days: Iterable[int]) -> list[Ground]:
    known = [calendar.day(day) for day in days]
    national = {item.arrangement.name: item.arrangement for item in known if item.arrangement is not None}
    local = dict.fromkeys(item.local for item in known if item.local is not None)
    return [*sorted(national.values(), key=lambda item: (item.year, item.published)), *local]


def others(item: Arrangement) -> list[Arrangement]:
    """The other versions of its year."""
    return [other for other in arrangements() if other.year == item.year and other != item]


def other_ends(calendar: ChosenCalendar, other: Arrangement, found: Sequence[Counted]) -> list[int | None]:
    """Where the terms would end by another version of a year; empty where nothing differs."""
    there = calendar.with_version(other.name)
    ends = [count_term(there, item.start, item.n, item.unit, item.counts_start).last for item in found]
    return [] if ends == [item.last for item in found] else ends


def other_days(calendar: ChosenCalendar, other: Arrangement) -> list[int]:
    """The days of its year that another version has otherwise."""
    there = calendar.with_version(other.name)
    days = range(date(other.year, 1, 1).toordinal(), date(other.year, 12, 31).toordinal() + 1)
    return [day for day in days if calendar.day(day).works is not there.day(day).works]


def may_be_restated(calendar: ChosenCalendar, item: Counted) -> int | None:
    """The year of counted days so late in it that the notice of the next year, not yet known, may still change them.

    So far no notice went back further than to 29 December.
    """
    if item.unit != "working_days":
        return None
    for step in item.steps:
        day = date.fromordinal(step.day.day)
        if (day.month, day.day) >= (12, 29) and calendar.arrangement(day.year + 1) is None:
            return day.year
    return None
