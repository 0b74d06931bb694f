"""Terms in time: the last day of so many days, working days, months or years after (or before) a day."""

from __future__ import annotations

from vbprules.calendar import WorkCalendar, months_after
from vbprules.values.figures import DAYS, MONTHS, WORKING_DAYS
from vbprules.values.ranges import INF, NEG, TRUE, Infinity, Number, Range


def term(
    calendar: WorkCalendar, by: str, forward: bool, base: Range, count: Range, counted: Range
) -> tuple[Range, int | None]:
    """The last day of a term, and the unpublished year that keeps it from being exact.

    ``counted``: the day from which the term runs is its first day. Across an unpublished year the sound half of the
    bound is kept: each day still to be counted takes at least one calendar day beyond what is published. The other end
    must hold for every day that the base may turn out to be: what is settled for a range of days stays so for one.
    """
    shift = 1 if counted == TRUE else 0
    if forward:
        low, missing = _ends(calendar, by, base.lo, count.lo, shift)
        high, missing_high = _ends(calendar, by, base.hi, count.hi, shift)
        if missing_high is not None:
            high = _at_the_latest(calendar, base.hi, count.hi, shift)
        return Range(low, high), missing or missing_high
    low, missing = _ends(calendar, by, base.lo, -count.hi, 0)
    high, missing_high = _ends(calendar, by, base.hi, -count.lo, 0)
    # No notice limits how long a break may be: the lower end is open for any base that reaches into unpublished years.
    reaches_far = missing_high is not None or (by == WORKING_DAYS and base.hi == INF)
    return Range(NEG if missing is not None or reaches_far else low, high), missing or missing_high


def _ends(calendar: WorkCalendar, by: str, day: Number, count: Number, shift: int) -> tuple[Number, int | None]:
    """The day, or (with the missing year) the nearest that it can be."""
    if isinstance(day, Infinity):
        return day, None
    if isinstance(count, Infinity):
        return count, None
    first, n = int(day), int(count)
    if by == DAYS:
        return first + n - shift, None
    if by == WORKING_DAYS:
        found = calendar.shift(first - shift, n)
        if found.day is not None:
            return found.day, None
        return calendar.nearest(first - shift, n), found.missing_year
    return months_after(first, n if by == MONTHS else 12 * n) - shift, None


def _at_the_latest(calendar: WorkCalendar, day: Number, count: Number, shift: int) -> Number:
    """Of a day in an unpublished year the term ends no later than that of the last day before a published one."""
    if isinstance(day, Infinity) or isinstance(count, Infinity):
        return INF
    found = calendar.at_the_latest(int(day) - shift, int(count))
    return INF if found is None else found
