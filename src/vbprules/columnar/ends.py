"""One end of a range, in every row of a table: exact integers over a scale, or over a column of their own.

Null is an open end: a lower end that is null is minus infinity, an upper end plus infinity. A lower end is never plus
infinity. Days have no null lower end but ``BEFORE``, so that days before every day are equal to each other.
Every end knows a bound of its size; integers that could leave 64 bits are computed in 128.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from math import lcm
from typing import Final

import polars as pl

BEFORE: Final = -(10**8)  # before every day
EPOCH: Final = 719_163  # the ordinal of 1970-01-01
_NARROW, _WIDE = 2**63 - 1, 2**127 - 1


class BeyondColumns(Exception):
    """What columns cannot tell; the interpreter has to decide."""


class TooWide(BeyondColumns):
    """A figure could be larger than 128 bits hold; the interpreter has no such limit."""


@dataclass(frozen=True, slots=True, eq=False)
class End:
    """``number / scale`` or ``number / over``; ``top`` and ``over_top`` bound their size; ``nullable``: may be open."""

    number: pl.Expr
    top: int
    scale: int = 1
    over: pl.Expr | None = None
    over_top: int = 1
    nullable: bool = False

    @property
    def under(self) -> tuple[pl.Expr | int, int]:
        """The denominator and its bound."""
        return (self.scale, self.scale) if self.over is None else (self.over, self.over_top)


def fixed(number: int, scale: int = 1) -> End:
    """The same number in every row."""
    return End(whole(number), abs(number), scale)


@lru_cache(maxsize=1024)
def whole(number: int) -> pl.Expr:
    """A number as an expression. Making one costs more than many a comparison over a table."""
    return pl.lit(number, kind_of(abs(number)))


def kind_of(top: int) -> type[pl.Int64 | pl.Int128]:
    """The narrowest integers that hold every number up to ``top``. Raises TooWide."""
    if top > _WIDE:
        raise TooWide
    return pl.Int64 if top <= _NARROW else pl.Int128


def day_text(ordinal: pl.Expr) -> pl.Expr:
    """An ordinal as 2020-03-31."""
    return (ordinal - EPOCH).cast(pl.Int32).cast(pl.Date).cast(pl.String)


def times(number: pl.Expr, top: int, factor: pl.Expr | int, factor_top: int) -> tuple[pl.Expr, int]:
    """A product of integers, wide where it must be."""
    if isinstance(factor, int) and factor == 1:
        return number, top
    return fit(number, top * factor_top) * (whole(factor) if isinstance(factor, int) else factor), top * factor_top


def fit(number: pl.Expr, top: int) -> pl.Expr:
    """Integers of which no result exceeds ``top``."""
    return number if kind_of(top) == pl.Int64 else number.cast(pl.Int128)


def at_scale(end: End, scale: int) -> End:
    """The same value over a multiple of its scale."""
    if end.scale == scale:
        return end
    number, top = times(end.number, end.top, scale // end.scale, scale // end.scale)
    return replace(end, number=number, top=top, scale=scale)


def alike(*ends: End) -> list[End]:
    """The same values over one scale, or every one over a column."""
    if all(end.over is None for end in ends):
        scale = lcm(*(end.scale for end in ends))
        return [at_scale(end, scale) for end in ends]
    return [
        end if end.over is not None else replace(end, scale=1, over=whole(end.scale), over_top=end.scale)
        for end in ends
    ]


def less(a: End, b: End, strict: bool) -> pl.Expr:
    """``a < b`` or ``a <= b``; null where either is open."""
    if a.over is None and b.over is None:
        a, b = alike(a, b)
        left, right = a.number, b.number
    else:
        left, _ = times(a.number, a.top, *b.under)
        right, _ = times(b.number, b.top, *a.under)
    return left < right if strict else left <= right


def plus(a: End, b: End, sign: int = 1) -> End:
    """The sum, or with ``sign`` -1 the difference."""
    if a.over is not None or b.over is not None:
        left, left_top = times(a.number, a.top, *b.under)
        right, right_top = times(b.number, b.top, *a.under)
        over, over_top = times(*_expression(a), *b.under)
        top = left_top + right_top
        number = fit(left, top) + right if sign > 0 else fit(left, top) - right
        return End(number, top, 1, over, over_top, a.nullable or b.nullable)
    a, b = alike(a, b)
    top = a.top + b.top
    number = fit(a.number, top) + b.number if sign > 0 else fit(a.number, top) - b.number
    return End(number, top, a.scale, nullable=a.nullable or b.nullable)


def product(a: End, b: End) -> End:
    """The product; null where either is open."""
    number, top = times(a.number, a.top, b.number, b.top)
    nullable = a.nullable or b.nullable
    if a.over is None and b.over is None:
        return End(number, top, a.scale * b.scale, nullable=nullable)
    over, over_top = times(*_expression(a), *b.under)
    return End(number, top, 1, over, over_top, nullable)


def quotient(n: End, d: End) -> End:
    """``n / d`` for ``d > 0``; null where either is open."""
    number, top = times(n.number, n.top, *d.under)
    over, over_top = times(d.number, d.top, *n.under)
    return End(number, top, 1, over, over_top, n.nullable or d.nullable)


def pick(condition: pl.Expr, a: End, b: End) -> End:
    """``a`` where the condition holds, else ``b``."""
    a, b = alike(a, b)
    over = None if a.over is None else pl.when(condition).then(a.over).otherwise(b.over)
    number = pl.when(condition).then(a.number).otherwise(b.number)
    return End(number, max(a.top, b.top), a.scale, over, max(a.over_top, b.over_top), a.nullable or b.nullable)


def closed(condition: pl.Expr, end: End) -> End:
    """Open where the condition does not surely hold."""
    return replace(end, number=pl.when(condition).then(end.number), nullable=True)


def lesser(a: End, b: End, open_wins: bool) -> End:
    """The lesser of two ends. ``open_wins``: an open one is (lower ends); otherwise the other one is (upper ends)."""
    return _extreme(less(a, b, False), a, b, open_wins)


def greater(a: End, b: End, open_wins: bool) -> End:
    """The greater of two ends."""
    return _extreme(less(b, a, False), a, b, open_wins)


def _extreme(first: pl.Expr, a: End, b: End, open_wins: bool) -> End:
    if a.nullable or b.nullable:
        first = first.fill_null((a if open_wins else b).number.is_null())
    return pick(first, a, b)


def _expression(end: End) -> tuple[pl.Expr, int]:
    under, top = end.under
    return (whole(under) if isinstance(under, int) else under), top
