"""Whether a figure of a policy is a figure of the text: the same number in the same unit, strict or not alike."""

from __future__ import annotations

from typing import Final

from vbprules.fidelity.encoded import Encoded
from vbprules.fidelity.figure import BOUNDS, MONTH_DAY, YEARLESS, Figure, month_and_day, whole_year
from vbprules.values.figures import COUNT, DATE, DAYS, DURATIONS, MONEY, MONTHS, NUMBER, SHARE, UNITS, YEARS

_COUNTED: Final = frozenset({COUNT, NUMBER, UNITS})
_UP: Final = frozenset({"at_least", "above"})
_OWN_ABOVE: Final = frozenset({"at_least", "below"})  # the number itself lies on the upper side of the line


def kind(unit: str) -> str:
    """What may be meant for one another: days and working days, numbers of whatever kind, dates."""
    if unit in DURATIONS:
        return DAYS
    if unit in _COUNTED or unit == MONTH_DAY:
        return COUNT
    return DATE if unit == YEARLESS else unit


def alike(encoded: Encoded, written: Figure) -> bool:
    """The same figure. An end of a range may be written alone, here or there; a calendar year may be a number."""
    if encoded.unit == DATE:
        return _same_day(encoded, written)
    if written.unit == DATE:
        return encoded.unit in _COUNTED and encoded.low == encoded.high == (whole_year(written) or 0)
    if {encoded.unit, written.unit} <= {YEARS, MONTHS}:
        scale = 12 if encoded.unit == YEARS else 1, 12 if written.unit == YEARS else 1
        return _same(encoded, written, *scale)
    if encoded.unit != written.unit and not (kind(encoded.unit) == kind(written.unit) == COUNT):
        return {encoded.unit, written.unit} == {SHARE, NUMBER} and _same(encoded, written)
    return _same(encoded, written)


def _same(encoded: Encoded, written: Figure, mine: int = 1, theirs: int = 1) -> bool:
    low, high = encoded.low * mine, encoded.high * mine
    first, last = written.value * theirs, written.high * theirs
    if first == last:
        return first in (low, high)
    return (low, high) == (first, last) or (low == high and low in (first, last))


def _same_day(encoded: Encoded, written: Figure) -> bool:
    if encoded.low != encoded.high:
        return False
    if written.unit == DATE:
        return int(encoded.low) in written.days
    if written.unit != YEARLESS:
        return False
    days = {int(encoded.low)} | ({int(encoded.low) + 1} if written.comparator == "before" else set())
    return any(month_and_day(day) in (int(written.value), int(written.high)) for day in days)


def like_kind(encoded: Encoded, written: Figure) -> bool:
    return kind(encoded.unit) == kind(written.unit)


def same_figure(one: Figure, other: Figure) -> bool:
    """Whether two texts write the same figure."""
    return (one.value, one.high, one.unit) == (other.value, other.high, other.unit)


def comparable(encoded: Encoded, written: Figure) -> bool:
    """Figures of one kind, so that one may have been mistaken for the other."""
    if kind(encoded.unit) == DATE and written.value != written.high:
        return False  # a month or a year of the calendar is written in many ways: its first day, its last, its number
    return kind(encoded.unit) == kind(written.unit) and written.unit != MONTH_DAY


def other_unit(encoded: Encoded, written: Figure) -> bool:
    """The same number of another unit of time: 10 days for 10个工作日."""
    return (
        encoded.unit in DURATIONS
        and written.unit in DURATIONS
        and encoded.unit != written.unit
        and (encoded.low, encoded.high) == (written.value, written.high)
    )


def strict_otherwise(encoded: Encoded, written: Figure) -> bool:
    """Whether the number itself falls on the other side of the line. 不低于 and its breach ``below`` draw one line."""
    if written.value != written.high or written.comparator not in BOUNDS:
        return False
    if encoded.bound and encoded.comparator == "exactly":
        return written.requires
    if encoded.comparator not in BOUNDS:
        return False
    return (encoded.comparator in _OWN_ABOVE) != (written.comparator in _OWN_ABOVE)


def turned_round(encoded: Encoded, written: Figure) -> bool:
    """Whether the rule holds on the wrong side of the line.

    A case of the text (低于, 超过, 达到) is the case of a condition; a bound to be kept (不低于, 不得超过) is what is
    required or owed, and not what is forbidden. Elsewhere either side may rightly stand.
    """
    if encoded.comparator not in BOUNDS or written.comparator not in BOUNDS or encoded.norm is None:
        return False
    up = (encoded.comparator in _UP) != encoded.negated
    wanted = written.comparator in _UP
    if encoded.slot == "when":
        return not written.requires and up != wanted
    if encoded.slot == "forbids":
        return written.requires and up == wanted
    if encoded.slot == "requires" or encoded.bound:
        return written.requires and up != wanted
    return False


def neutral(encoded: Encoded) -> bool:
    """A figure that draws no line of its own: nothing at all, the whole, at least one."""
    if encoded.low != encoded.high:
        return False
    if encoded.unit in (MONEY, UNITS, NUMBER, SHARE, COUNT) and encoded.low == 0:
        return True
    return encoded.low == 1 and encoded.unit in (SHARE, COUNT)
