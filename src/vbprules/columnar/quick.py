"""Texts of exact whole figures by plain arithmetic of texts: there may be as many of them as there are rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import polars as pl

from vbprules.columnar import ends as e
from vbprules.columnar.ends import End, day_text
from vbprules.columnar.leaves import Span
from vbprules.values.figures import COUNT, DATE, DAYS, MONEY, UNITS

Quick = tuple[pl.Expr, pl.Expr]  # in which rows, and the text there


def quick_text(value: Any, unit: str) -> Quick | None:
    """A figure as `show_value` shows it, where it is exact and not below zero."""
    if not isinstance(value, Span) or not _is_whole(value.lo) or unit not in _PLAIN:
        return None
    low = value.lo.number
    plain = low.is_between(1, _LAST) if unit == DATE else low.is_between(0, 10**18)
    return (plain & _is_exact(value)).fill_null(False), _PLAIN[unit](low)


def quick_margin(mine: Any, other: Any, unit: str) -> Quick | None:
    """The difference of exact figures, as `margin_text` says it."""
    if unit not in _DIFFERENCES or not (isinstance(mine, Span) and isinstance(other, Span)):
        return None
    if not (_is_whole(mine.lo) and _is_whole(other.lo)) or mine.lo.top + other.lo.top >= 2**63:
        return None
    plain = pl.lit(True)
    for each in (mine, other):
        plain &= each.lo.number.is_between(-_LAST, _LAST) if each.day else each.lo.number.is_not_null()
        plain &= _is_exact(each)
    return plain.fill_null(False), _DIFFERENCES[unit](mine.lo.number - other.lo.number)


def _is_whole(end: End) -> bool:
    return end.over is None and end.scale == 1


def _is_exact(value: Span) -> pl.Expr:
    """Null where an end is open."""
    return pl.lit(True) if value.exact else e.less(value.hi, value.lo, False) & e.less(value.lo, value.hi, False)


def _money(fen: pl.Expr) -> pl.Expr:
    return pl.format("{}.{}", fen.floordiv(100), fen.mod(100).cast(pl.String).str.zfill(2))


def _digits(number: pl.Expr) -> pl.Expr:
    return number.cast(pl.String)


_LAST: Final = 3_652_059  # 9999-12-31
_PLAIN: Final[dict[str, Callable[[pl.Expr], pl.Expr]]] = {
    MONEY: _money,
    UNITS: _digits,
    COUNT: _digits,
    DAYS: _digits,
    DATE: lambda ordinal: day_text(ordinal.clip(0, _LAST)),
}
_DIFFERENCES: Final[dict[str, Callable[[pl.Expr], pl.Expr]]] = {
    DATE: _digits,
    UNITS: _digits,
    MONEY: lambda fen: pl.when(fen < 0).then(pl.lit("-")).otherwise(pl.lit("")) + _money(fen.abs()),
}
