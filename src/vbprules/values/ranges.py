"""Ranges of exact numbers: the one domain of values and truths.

A value is the range of answers over every complete record that the facts do not exclude. A truth is a range over
{0, 1}, so that and, or, not are min, max, 1 - x. Ends are ints or Fractions; an open end is ``INF`` or ``-INF``.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Final, NamedTuple, final

_ENDS: Final[dict[bool, Infinity]] = {}


@final
class Infinity:
    """An open end. It compares and adds with exact numbers and never touches a binary float.

    There is one of each sign, so that it is equal to itself alone, as every object is.
    """

    __slots__ = ("positive",)
    positive: bool

    def __new__(cls, positive: bool) -> Infinity:
        if positive not in _ENDS:
            _ENDS[positive] = super().__new__(cls)
            _ENDS[positive].positive = positive
        return _ENDS[positive]

    def __reduce__(self) -> tuple[type[Infinity], tuple[bool]]:
        return Infinity, (self.positive,)

    def __repr__(self) -> str:
        return "INF" if self.positive else "-INF"

    def __lt__(self, other: object) -> bool:
        return self is NEG and other is not NEG

    def __gt__(self, other: object) -> bool:
        return self is INF and other is not INF

    def __le__(self, other: object) -> bool:
        return self is NEG or other is INF

    def __ge__(self, other: object) -> bool:
        return self is INF or other is NEG

    def __neg__(self) -> Infinity:
        return NEG if self.positive else INF

    def __add__(self, other: object) -> Infinity:
        if isinstance(other, Infinity) and other.positive != self.positive:
            raise ArithmeticError("opposite infinities have no sum")
        return self

    __radd__ = __add__

    def __sub__(self, other: Number) -> Infinity:
        return self + -other

    def __rsub__(self, other: Number) -> Infinity:
        return -self + other

    def __mul__(self, other: Number) -> Number:
        if other == 0:
            return 0  # nothing bought at an unknown price costs nothing
        return self if other > 0 else -self

    __rmul__ = __mul__


INF: Final = Infinity(True)
NEG: Final = Infinity(False)

Number = int | Fraction | Infinity


class Range(NamedTuple):
    """All values from ``lo`` to ``hi``, both included where finite; exact where they meet."""

    lo: Number
    hi: Number

    @property
    def exact(self) -> bool:
        return self.lo is self.hi or self.lo == self.hi


FALSE: Final = Range(0, 0)
TRUE: Final = Range(1, 1)
OPEN: Final = Range(0, 1)
UNKNOWN: Final = Range(NEG, INF)
UNKNOWN_AMOUNT: Final = Range(0, INF)


def exactly(value: Number) -> Range:
    return Range(value, value)


def truth(surely: bool, possibly: bool) -> Range:
    """The truth with the given lower and upper end."""
    return TRUE if surely else OPEN if possibly else FALSE


def both(values: Iterable[Range]) -> Range:
    """Strong Kleene *and* of any number of truths: their minimum."""
    result = TRUE
    for value in values:
        if value.hi == 0:
            return FALSE
        if value.lo == 0:
            result = OPEN
    return result


def either(values: Iterable[Range]) -> Range:
    """Strong Kleene *or*: the maximum."""
    result = FALSE
    for value in values:
        if value.lo == 1:
            return TRUE
        if value.hi == 1:
            result = OPEN
    return result


def negate(value: Range) -> Range:
    return FALSE if value.lo == 1 else TRUE if value.hi == 0 else OPEN


def below(a: Range, b: Range) -> Range:
    return truth(a.hi < b.lo, a.lo < b.hi)


def at_most(a: Range, b: Range) -> Range:
    return truth(a.hi <= b.lo, a.lo <= b.hi)


def equal(a: Range, b: Range) -> Range:
    return both((at_most(a, b), at_most(b, a)))


def add(a: Range, b: Range) -> Range:
    return Range(a.lo + b.lo, a.hi + b.hi)


def subtract(a: Range, b: Range) -> Range:
    return Range(a.lo - b.hi, a.hi - b.lo)


def multiply(a: Range, b: Range) -> Range:
    """Every product of a member of each; nothing at an unknown price costs nothing."""
    if a.lo >= 0 and b.lo >= 0:
        return Range(a.lo * b.lo, a.hi * b.hi)
    corners = [x * y for x in a for y in b]
    return Range(min(corners), max(corners))


def least(a: Range, b: Range) -> Range:
    return Range(min(a.lo, b.lo), min(a.hi, b.hi))


def greatest(a: Range, b: Range) -> Range:
    return Range(max(a.lo, b.lo), max(a.hi, b.hi))


def quotient(n: Number, d: Number) -> Number:
    """Exact ``n / d`` for ``d > 0``; an infinite ``n`` stays so, whatever divides it."""
    if isinstance(n, Infinity):
        return n
    return 0 if isinstance(d, Infinity) else Fraction(n, d)


def divide(n: Range, d: Range) -> Range:
    """``n / d`` for a non-negative ``d``; a denominator that may be zero tells nothing."""
    if d.lo <= 0:
        return UNKNOWN
    if n.lo < 0:
        return Range(quotient(n.lo, d.lo), quotient(n.hi, d.lo if n.hi > 0 else d.hi))
    return Range(quotient(n.lo, d.hi), quotient(n.hi, d.lo))


def hull(a: Range, b: Range) -> Range:
    return Range(min(a.lo, b.lo), max(a.hi, b.hi))


def meet(a: Range, b: Range) -> Range | None:
    """What both records allow; ``None`` if they contradict each other."""
    lo, hi = max(a.lo, b.lo), min(a.hi, b.hi)
    return Range(lo, hi) if lo <= hi else None
