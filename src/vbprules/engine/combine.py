"""Combining the rows of a list: totals, extremes, some and every, over recorded rows and those not recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from vbprules.values.figures import DATE, DAYS
from vbprules.values.ranges import INF, NEG, OPEN, UNKNOWN, Number, Range, both, either, negate

# Whether each row counts, its value, whether others may, the unit, whether values may be negative, what no rows give.
Combine = Callable[[Sequence[Range], Sequence[Range], bool, str, bool, Range], Range]


def _sum(counted: Sequence[Range], items: Sequence[Range], more: bool, unit: str, signed: bool, empty: Range) -> Range:
    """``more``: rows not recorded may count. ``signed``: an item may be negative, so they may also lower the total."""
    low: Number = 0
    high: Number = 0
    for where, item in zip(counted, items, strict=True):
        if where.lo == 1:
            low, high = low + item.lo, high + item.hi
        elif where.hi == 1:
            low, high = low + min(0, item.lo), high + max(0, item.hi)
    if not more:
        return Range(low, high)
    return Range(NEG if signed else low, INF)


def _lowest(
    counted: Sequence[Range], items: Sequence[Range], more: bool, unit: str, signed: bool, empty: Range
) -> Range:
    """Undefined, so unknown, where there may be no row at all; the earliest of no days is "not yet"."""
    possible = [item.lo for where, item in zip(counted, items, strict=True) if where.hi == 1]
    certain = [item.hi for where, item in zip(counted, items, strict=True) if where.lo == 1]
    if more:
        possible.append(NEG if signed or unit in (DATE, DAYS) else 0)
    if not possible:
        return empty
    if not certain:  # perhaps there is none
        return Range(min(*possible, empty.lo), INF) if unit == DATE else UNKNOWN
    return Range(min(possible), min(certain))


def _highest(
    counted: Sequence[Range], items: Sequence[Range], more: bool, unit: str, signed: bool, empty: Range
) -> Range:
    possible = [item.hi for where, item in zip(counted, items, strict=True) if where.hi == 1]
    certain = [item.lo for where, item in zip(counted, items, strict=True) if where.lo == 1]
    if more:
        possible.append(INF)
    if not certain:
        return UNKNOWN
    return Range(max(certain), max(possible))


def _some(counted: Sequence[Range], items: Sequence[Range], more: bool, unit: str, signed: bool, empty: Range) -> Range:
    pairs = [both(pair) for pair in zip(counted, items, strict=True)]
    return either([*pairs, OPEN] if more else pairs)


def _every(
    counted: Sequence[Range], items: Sequence[Range], more: bool, unit: str, signed: bool, empty: Range
) -> Range:
    pairs = [either((negate(where), item)) for where, item in zip(counted, items, strict=True)]
    return both([*pairs, OPEN] if more else pairs)


COMBINE: Final[Mapping[str, Combine]] = {
    "sum": _sum,
    "count": _sum,
    "lowest": _lowest,
    "highest": _highest,
    "some": _some,
    "every": _every,
}
