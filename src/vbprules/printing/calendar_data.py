"""Counted terms, single days and arrangements as plain data for JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from vbprules.calendar import Arrangement, ChosenCalendar, Day, LocalDays, arrangements
from vbprules.calendar.counting import Counted
from vbprules.printing.calendar_grounds import grounds_of_terms, may_be_restated, other_days, other_ends, others
from vbprules.values.figures import show_date


def term_data(calendar: ChosenCalendar, found: Sequence[Counted]) -> dict[str, Any]:
    """One term, counted in one way or in several."""
    first = found[0]
    grounds = grounds_of_terms(calendar, found)
    national = [item for item in grounds if isinstance(item, Arrangement)]
    return {
        **_head(calendar),
        "from": show_date(first.start),
        "count": first.n,
        "unit": first.unit,
        "results": [_counted(item, calendar) for item in found],
        "rests_on": [arrangement_data(item) for item in national],
        "other_versions": [
            {
                **arrangement_data(other),
                "last_days": [
                    _text(end) for end in other_ends(calendar, other, found) or [item.last for item in found]
                ],
            }
            for item in national
            for other in others(item)
        ],
        "local": [_local(item) for item in grounds if isinstance(item, LocalDays)],
    }


def day_data(calendar: ChosenCalendar, day: int) -> dict[str, Any]:
    """One day."""
    found = calendar.day(day)
    standing = "open" if found.works is None else "settled"
    return {**_head(calendar), "standing": standing, "needs": _needs(_missing(found)), **_day(found)}


def year_data(calendar: ChosenCalendar, year: int) -> dict[str, Any]:
    """A year's arrangement with every day that is no ordinary one; open where there is none."""
    item = calendar.arrangement(year)
    head = {**_head(calendar), "year": year}
    if item is None:
        return {**head, "standing": "open", "needs": _needs(year)}
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    local = [part for part in calendar.local if part.first <= last and part.last >= first]
    return {
        **head,
        "standing": "settled",
        "needs": [],
        "working_days": calendar.work.count_between(first - 1, last).days,
        "arrangement": arrangement_data(item),
        "off": [
            {"name": stretch.name, "first": show_date(stretch.first), "last": show_date(stretch.last)}
            for stretch in item.off
        ],
        "make_up": [show_date(day) for day in item.work],
        "local": [_local(part) for part in local],
        "other_versions": [
            {**arrangement_data(other), "differs_on": [show_date(day) for day in other_days(calendar, other)]}
            for other in others(item)
        ],
    }


def overview_data(calendar: ChosenCalendar) -> dict[str, Any]:
    """Every version of every year."""
    versions = [{**arrangement_data(item), "used": item in calendar.arrangements} for item in arrangements()]
    return {**_head(calendar), "versions": versions}


def arrangement_data(item: Arrangement) -> dict[str, Any]:
    return {
        "year": item.year,
        "version": item.name,
        "notice": item.notice,
        "dated": show_date(item.dated),
        "published": show_date(item.published),
    }


def _head(calendar: ChosenCalendar) -> dict[str, Any]:
    return {
        "calendar": calendar.work.version,
        "pinned": calendar.pinned,
        "as_of": _text(calendar.as_of),
    }


def _counted(item: Counted, calendar: ChosenCalendar) -> dict[str, Any]:
    last, restated = item.last, may_be_restated(calendar, item)
    return {
        "first_day": "same" if item.counts_start else "next",
        "standing": "open" if last is None else "settled",
        "last_day": _text(last),
        "day_after": None if last is None else show_date(last + 1),
        "earliest": _text(item.earliest),
        "latest": _text(item.latest),
        "needs": _needs(item.missing),
        "last_day_works": None if last is None else calendar.day(last).works,
        "may_be_restated_by": None if restated is None else f"calendar {restated + 1}",
        "short_month": item.short_month,
        "days": [{**_day(step.day), "number": step.number} for step in item.steps],
    }


def _day(found: Day) -> dict[str, Any]:
    return {
        "day": show_date(found.day),
        "works": found.works,
        "kind": found.kind,
        "holiday": found.holiday or None,
        "version": None if found.arrangement is None else found.arrangement.name,
        "local": None if found.local is None else found.local.name,
    }


def _local(item: LocalDays) -> dict[str, Any]:
    return {
        "name": item.name,
        "first": show_date(item.first),
        "last": show_date(item.last),
        "works": item.works,
        "source": item.source,
        "published": _text(item.published),
    }


def _text(day: int | None) -> str | None:
    return None if day is None else show_date(day)


def _missing(found: Day) -> int | None:
    return date.fromordinal(found.day).year if found.works is None else None


def _needs(year: int | None) -> list[str]:
    return [] if year is None else [f"calendar {year}"]
