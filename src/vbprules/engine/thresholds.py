"""Thresholds that a value might have to cross for an answer to change.

A threshold is a pair: ``x < t`` is ``(x, 0) < (t, 0)`` and ``x <= t`` is ``(x, 0) < (t, 1)``, so that one rule serves
strict and inclusive comparisons.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from vbprules.values.ranges import INF, NEG, Infinity, Number, Range, quotient

Threshold = tuple[Number, int]


class Window(NamedTuple):
    """The thresholds that a value might have to cross."""

    low: Threshold
    high: Threshold

    def crossed(self, value: Range) -> bool:
        lo, hi = value
        if lo is hi or lo == hi:
            return False
        return self.low <= self.high and (lo, 0) < self.high and self.low <= (hi, 0)

    def moved(self, down: Number, up: Number) -> Window:
        """For ``a`` in ``a + b``: the thresholds less the range of ``b``."""
        return Window((less(self.low[0], up), self.low[1]), (less(self.high[0], down), self.high[1]))


ALL: Final = Window((NEG, 0), (INF, 1))
TRUTH_WINDOW: Final = Window((1, 0), (1, 0))


def narrowed(operation: str, index: int, others: list[Range], window: Window) -> Window:
    """The thresholds of one operand, given the ranges of the others."""
    if operation == "plus":
        return window.moved(total(value.lo for value in others), total(value.hi for value in others))
    if operation == "difference":
        other = others[0]
        if index == 0:
            return window.moved(-other.hi, -other.lo)
        low, high = less(other.lo, window.high[0]), less(other.hi, window.low[0])
        return Window((low, 0), (high, 1))
    if operation == "least":
        top: Threshold = min((window.high, *((value.hi, 0) for value in others)))
        return Window(window.low, top)
    if operation == "greatest":
        bottom: Threshold = max((window.low, *((value.lo, 1) for value in others)))
        return Window(bottom, window.high)
    return ALL


def total(values: Iterable[Number]) -> Number:
    result: Number = 0
    for value in values:
        result = result + value
    return result


def rest(total: Number, part: Number) -> Number:
    return total if isinstance(total, Infinity) else total - part


def less(a: Number, b: Number) -> Number:
    """``a - b``; an open end stays open."""
    if isinstance(a, Infinity):
        return a
    return -b if isinstance(b, Infinity) else a - b


def over(a: Number, b: Number) -> Number:
    """``a / b``; nothing finite is enough where ``b`` is not above zero."""
    if b <= 0:
        return INF
    return quotient(a, b)
