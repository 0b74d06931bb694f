"""Values in every row at once: ranges, truths, codes, figures with the law's bound. They mirror ``values.ranges``.

Forks by reading stand around them as around the interpreter's values: ``values.forks`` serves both.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from typing import Any

import polars as pl

from vbprules.columnar import ends as e
from vbprules.columnar.ends import BEFORE, BeyondColumns, End
from vbprules.values.figures import CODE, DATE, DAYS, TEXT, TRUTH
from vbprules.values.forks import leaves as leaves_of
from vbprules.values.ranges import Infinity, Range

Over = Callable[[pl.Expr], pl.Expr]


@dataclass(frozen=True, slots=True, eq=False)
class Span:
    """A range in every row. Where ``lo`` is ``hi`` each row is exact, or of no bound at all (null).

    ``signed``: may be less than zero. ``day``: its lower end is never null, see ``BEFORE``.
    ``known_or_open``: where the upper end is there the row is exact, where it is open the lower end is at most zero.
    ``fixed``: the figure of a constant.
    """

    lo: End
    hi: End
    signed: bool = False
    day: bool = False
    known_or_open: bool = False
    fixed: Fraction | int | None = None

    @property
    def exact(self) -> bool:
        return self.lo is self.hi

    def mapped(self, over: Over) -> Span:
        lo = _mapped(self.lo, over)
        return replace(self, lo=lo, hi=lo if self.exact else _mapped(self.hi, over))


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """True, false, or null where it is open."""

    expr: pl.Expr
    nullable: bool = True

    def mapped(self, over: Over) -> Truth:
        return replace(self, expr=over(self.expr))


@dataclass(frozen=True, slots=True, eq=False)
class Codes:
    """A text, or null where it is not recorded."""

    expr: pl.Expr

    def mapped(self, over: Over) -> Codes:
        return replace(self, expr=over(self.expr))


@dataclass(frozen=True, slots=True, eq=False)
class Bound:
    """A figure that the law bounds. ``legal``: the range itself is the law's, row by row."""

    bound: str
    value: Any
    legal: pl.Expr

    def mapped(self, over: Over) -> Bound:
        return replace(self, value=self.value.mapped(over), legal=over(self.legal))


def _mapped(end: End, over: Over) -> End:
    return replace(end, number=over(end.number), over=None if end.over is None else over(end.over))


TRUE = Truth(pl.lit(True), nullable=False)
FALSE = Truth(pl.lit(False), nullable=False)


def constant(value: Range, unit: str) -> Any:
    """A value of the program, the same in every row."""
    if unit == TRUTH:
        return Truth(pl.lit(None if value.lo != value.hi else bool(value.lo), pl.Boolean), value.lo != value.hi)
    day = unit == DATE
    lo = _fixed(value.lo, day)
    if value.exact and not isinstance(value.lo, Infinity):
        return Span(lo, lo, value.lo < 0, day, fixed=value.lo)
    return Span(lo, lo if value.exact else _fixed(value.hi, day), isinstance(value.lo, Infinity) or value.lo < 0, day)


def _fixed(number: Any, day: bool) -> End:
    if isinstance(number, Infinity):
        if day and not number.positive:
            return e.fixed(BEFORE)
        return End(pl.lit(None, pl.Int64), 0, nullable=True)
    return e.fixed(number.numerator, number.denominator)


def unknown(unit: str) -> Any:
    """What is not recorded, in every row."""
    if unit == TRUTH:
        return Truth(pl.lit(None, pl.Boolean))
    if unit in (CODE, TEXT):
        return Codes(pl.lit(None, pl.String))
    nothing = End(pl.lit(None, pl.Int64), 0, nullable=True)
    if unit == DATE:
        return Span(e.fixed(BEFORE), nothing, day=True, signed=True)
    return Span(nothing, nothing, signed=True) if unit == DAYS else Span(e.fixed(0), nothing)


def unbounded(unit: str) -> Span:
    """A range of which nothing is known, whatever its unit."""
    nothing = End(pl.lit(None, pl.Int64), 0, nullable=True)
    return unknown(DATE) if unit == DATE else Span(nothing, nothing, signed=True)


# Truths


def truth(surely: pl.Expr, possibly: pl.Expr) -> Truth:
    """True where surely, open where possibly; a condition that is null does not hold."""
    return Truth(pl.when(surely).then(True).when(possibly).then(None).otherwise(False))


def both(*parts: Truth) -> Truth:
    expr = parts[0].expr
    for part in parts[1:]:
        expr = expr & part.expr
    return Truth(expr, any(part.nullable for part in parts))


def either(*parts: Truth) -> Truth:
    expr = parts[0].expr
    for part in parts[1:]:
        expr = expr | part.expr
    return Truth(expr, any(part.nullable for part in parts))


def negate(value: Truth) -> Truth:
    return Truth(~value.expr, value.nullable)


def maybe(value: Truth) -> Truth:
    """False where it is false, elsewhere open."""
    return Truth(value.expr & pl.lit(None, pl.Boolean))


def below(a: Span, b: Span) -> Truth:
    return _compared(a, b, True)


def at_most(a: Span, b: Span) -> Truth:
    return _compared(a, b, False)


def _compared(a: Span, b: Span, strict: bool) -> Truth:
    if a.exact and b.exact:
        return Truth(e.less(a.lo, b.lo, strict), a.lo.nullable or b.lo.nullable)
    for one, other, least in ((a, b, not strict), (b, a, strict)):
        if one.known_or_open and other.fixed is not None and (other.fixed > 0 or (least and other.fixed == 0)):
            return Truth(e.less(a.hi, b.hi, strict))  # beside a figure that an open row may lie below and above
    surely, possibly = e.less(a.hi, b.lo, strict), e.less(a.lo, b.hi, strict)
    return truth(surely, possibly.fill_null(True))


def holds(value: Any) -> pl.Expr:
    """Whether a condition holds under every reading."""
    return everywhere(value, True)


def fails(value: Any) -> pl.Expr:
    """Whether it fails under every reading."""
    return everywhere(value, False)


def everywhere(value: Any, truth: bool | None) -> pl.Expr:
    """Where a truth, forked or not, is the same under every reading."""
    found: pl.Expr = reduce(operator.and_, (leaf.expr.eq_missing(pl.lit(truth)) for _, leaf in leaves_of(value)))
    return found


# Ranges


def add(a: Span, b: Span) -> Span:
    if a.day or b.day:
        raise BeyondColumns("a sum of days")
    lo = e.plus(a.lo, b.lo)
    return Span(lo, lo if a.exact and b.exact else e.plus(a.hi, b.hi), a.signed or b.signed)


def subtract(a: Span, b: Span) -> Span:
    if a.day:
        a, b = _open_before(a), _open_before(b)
    lo = e.plus(a.lo, b.hi, -1)
    return Span(lo, lo if a.exact and b.exact else e.plus(a.hi, b.lo, -1), signed=True)


def _open_before(days: Span) -> Span:
    """Days as numbers, a day before every day as an open lower end."""
    if days.exact:
        return replace(days, day=False)
    lo = replace(days.lo, number=pl.when(days.lo.number > BEFORE).then(days.lo.number), nullable=True)
    return replace(days, lo=lo, day=False)


def multiply(a: Span, b: Span) -> Span:
    """Every product of a member of each; nothing at an unknown price costs nothing."""
    for factor, other in ((a, b), (b, a)):
        if factor.fixed is not None and factor.fixed > 0:
            return _scaled(factor.lo, other)
    if a.signed or b.signed:
        return _signed_product(a, b)
    lo = e.product(a.lo, b.lo)
    return Span(lo, lo if a.exact and b.exact else _upper_product(a.hi, b.hi))


def _scaled(factor: End, value: Span) -> Span:
    """The product with one number above zero."""
    lo = e.product(factor, value.lo)
    hi = lo if value.exact else e.product(factor, value.hi)
    return Span(lo, hi, value.signed, known_or_open=value.known_or_open)


def _upper_product(a: End, b: End) -> End:
    found = e.product(a, b)
    if not found.nullable:
        return found
    nothing = (a.number == 0) | (b.number == 0)
    return e.pick(nothing, e.fixed(0), found)


def _signed_product(a: Span, b: Span) -> Span:
    corners = [_corner(x, sx, y, sy) for x, sx in ((a.lo, -1), (a.hi, 1)) for y, sy in ((b.lo, -1), (b.hi, 1))]
    lo, hi = corners[0][0], corners[0][0]
    for end, _ in corners[1:]:
        lo, hi = e.lesser(lo, end, False), e.greater(hi, end, False)
    down = pl.any_horizontal(sign < 0 for end, sign in corners for sign in (sign,))
    up = pl.any_horizontal(sign > 0 for _, sign in corners)
    return Span(e.closed(~down, lo), e.closed(~up, hi), signed=True)


def _corner(x: End, open_x: int, y: End, open_y: int) -> tuple[End, pl.Expr]:
    """The product of two ends (null where infinite), and the sign of an infinite one, else zero."""
    sign_x = pl.when(x.number.is_null()).then(open_x).otherwise(x.number.sign())
    sign_y = pl.when(y.number.is_null()).then(open_y).otherwise(y.number.sign())
    infinite = x.number.is_null() | y.number.is_null()
    sign = pl.when(infinite).then(sign_x.cast(pl.Int8) * sign_y.cast(pl.Int8)).otherwise(0)
    found = e.product(x, y)
    return e.pick(infinite & (sign == 0), e.fixed(0), found), sign


def divide(n: Span, d: Span) -> Span:
    """A denominator that may be zero tells nothing."""
    known = d.lo.number > 0
    if n.exact and d.exact and not n.signed:
        end = e.closed(known, e.quotient(n.lo, d.lo))
        return Span(end, end, signed=True)
    if n.known_or_open and d.known_or_open:
        known = d.hi.number > 0  # where it is there the row is exact
        hi = e.closed(known, e.quotient(n.hi, d.hi))
        lo = e.closed(known, replace(e.quotient(n.lo, d.hi), nullable=True))
        return Span(lo, hi, signed=True, known_or_open=True)
    lo = e.quotient(n.lo, d.hi)
    if d.hi.nullable:
        lo = e.pick(d.hi.number.is_null() & n.lo.number.is_not_null(), e.fixed(0), lo)
    hi = e.quotient(n.hi, d.lo)
    if n.signed:
        negative = (n.lo.number < 0).fill_null(True)
        below_zero = n.hi.number <= 0
        lo = e.pick(negative, e.quotient(n.lo, d.lo), lo)
        high = e.quotient(n.hi, d.hi)
        if d.hi.nullable:
            high = e.pick(d.hi.number.is_null(), e.fixed(0), high)
        hi = e.pick(negative & below_zero, high, hi)
    return Span(e.closed(known, lo), e.closed(known, hi), signed=True)


def least(a: Span, b: Span) -> Span:
    lo = e.lesser(a.lo, b.lo, True)
    shared = a.exact and b.exact and not (a.lo.nullable or b.lo.nullable)
    return Span(lo, lo if shared else e.lesser(a.hi, b.hi, False), a.signed or b.signed, a.day)


def greatest(a: Span, b: Span) -> Span:
    lo = e.greater(a.lo, b.lo, False)
    shared = a.exact and b.exact and not (a.lo.nullable or b.lo.nullable)
    return Span(lo, lo if shared else e.greater(a.hi, b.hi, True), a.signed and b.signed, a.day)


def choose(condition: Truth, then: Any, otherwise: Any) -> Any:
    """``then`` where the condition holds, the other where it fails, what covers both where it is open."""
    if then is otherwise:
        return then
    c = condition.expr
    if isinstance(then, Codes):
        same = then.expr.eq_missing(otherwise.expr)
        return Codes(pl.when(c | same).then(then.expr).when(~c).then(otherwise.expr))
    if isinstance(then, Truth):
        same = then.expr.eq_missing(otherwise.expr)
        return Truth(pl.when(c | same).then(then.expr).when(~c).then(otherwise.expr))
    signed = then.signed or otherwise.signed
    shared = then.exact and otherwise.exact and not (then.lo.nullable or otherwise.lo.nullable)
    if shared and not condition.nullable:
        end = e.pick(c, then.lo, otherwise.lo)
        return Span(end, end, signed, then.day)
    lo = e.lesser(then.lo, otherwise.lo, True)
    hi = e.greater(then.hi, otherwise.hi, True)
    lo = e.pick(c, then.lo, e.pick(~c, otherwise.lo, lo))
    hi = e.pick(c, then.hi, e.pick(~c, otherwise.hi, hi))
    return Span(lo, hi, signed, then.day)


def known_by(first: Any, second: Any) -> tuple[Any, pl.Expr | None]:
    """What two records of one figure say together, and where they contradict each other."""
    if isinstance(first, Codes):
        return Codes(pl.coalesce(first.expr, second.expr)), None
    if isinstance(first, Truth):
        return Truth(pl.coalesce(first.expr, second.expr), first.nullable and second.nullable), None
    lo, hi = e.greater(first.lo, second.lo, False), e.lesser(first.hi, second.hi, False)
    apart = e.less(hi, lo, True).fill_null(False)
    settled = e.less(first.hi, first.lo, False) | apart
    lo, hi = e.pick(settled, first.lo, lo), e.pick(settled, first.hi, hi)
    return Span(lo, hi, first.signed and second.signed, first.day), apart
