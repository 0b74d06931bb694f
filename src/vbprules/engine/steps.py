"""A running total as steps: what the recorded rows of a list add up to by the close of any day, in one look-up."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

from vbprules.values.ranges import Number, Range

Entry = tuple[Range, bool, Range]  # the day, whether the row surely counts, its value


class Steps:
    """Cumulative lower and upper ends by day. A row may count from the first day it can have, surely from its last."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        rows = list(entries)
        self._usual = _cumulate(_changes(rows, earliest=False))
        self._earliest = _cumulate(_changes(rows, earliest=True))

    def total(self, day: int, earliest: bool) -> Range:
        days, lows, highs = self._earliest if earliest else self._usual
        index = bisect_right(days, day)
        return Range(lows[index], highs[index])


_Change = tuple[Number, Number, Number]  # the day, what the lower end gains, what the upper end gains


def _changes(rows: Iterable[Entry], earliest: bool) -> list[_Change]:
    found: list[_Change] = []
    for day, sure, value in rows:
        low, high = min(0, value.lo), max(0, value.hi)
        if sure and (earliest or day.exact):
            found.append((day.lo, value.lo, value.hi))
            continue
        found.append((day.lo, low, high))
        if sure:
            found.append((day.hi, _gain(value.lo, low), _gain(value.hi, high)))
    return sorted(found, key=lambda change: change[0])


def _gain(value: Number, counted: Number) -> Number:
    return 0 if value == counted else value - counted


def _cumulate(changes: list[_Change]) -> tuple[list[Number], list[Number], list[Number]]:
    days = [day for day, _, _ in changes]
    lows = list(accumulate((low for _, low, _ in changes), initial=0))
    highs = list(accumulate((high for _, _, high in changes), initial=0))
    return days, lows, highs
