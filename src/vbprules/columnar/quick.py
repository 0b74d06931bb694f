"""Texts of exact figures made from their whole numbers: there may be as many of them as there are rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import polars as pl

from vbprules.columnar import ends as e
from vbprules.columnar.ends import BeyondColumns, End, day_text, whole
from vbprules.columnar.leaves import Span
from vbprules.values.figures import COUNT, DATE, DAYS, MONEY, SHARE, UNITS, share_text

Quick = tuple[pl.Expr, pl.Expr]  # in which rows, and the text there


def quick_text(value: Any, unit: str) -> Quick | None:
    """A figure as `show_value` shows it, where it is exact and, but for a share, not below zero."""
    if not isinstance(value, Span) or unit not in _TEXTS or not _fits(value.lo, unit):
        return None
    least, most = _BOUNDS.get(unit, (0, 10**18))
    exact = _exactness(value)
    if exact is None:
        return None
    there = value.lo.number.is_between(least, most) & exact
    return there.fill_null(False), _TEXTS[unit](value.lo)


def quick_margin(mine: Any, other: Any, unit: str) -> Quick | None:
    """The difference of exact figures, as `margin_text` says it."""
    if unit not in _DIFFERENCES or not (isinstance(mine, Span) and isinstance(other, Span)):
        return None
    exact = _exactness(mine, other)
    try:
        gap = e.plus(mine.lo, other.lo, -1)
    except BeyondColumns:
        return None
    if exact is None or not _fits(gap, unit):
        return None
    there = exact
    for each in (mine, other):
        there &= each.lo.number.is_between(-_LAST, _LAST) if each.day else each.lo.number.is_not_null()
    return there.fill_null(False), _DIFFERENCES[unit](gap)


def _fits(end: End, unit: str) -> bool:
    """Shares may be fractions."""
    return unit == SHARE or (end.over is None and end.scale == 1 and end.top < 2**63)


def _exactness(*values: Span) -> pl.Expr | None:
    """Where the ends of each value meet, null where one is open; None where columns cannot tell."""
    found = pl.lit(True)
    try:
        for value in values:
            if not value.exact:
                found &= e.less(value.hi, value.lo, False) & e.less(value.lo, value.hi, False)
    except BeyondColumns:
        return None
    return found


def _digits(end: End) -> pl.Expr:
    return end.number.cast(pl.String)


def _days(end: End) -> pl.Expr:
    return day_text(end.number.clip(0, _LAST))


def _money(end: End) -> pl.Expr:
    return _yuan(end.number)


def _signed_money(end: End) -> pl.Expr:
    return pl.when(end.number < 0).then(pl.lit("-")).otherwise(pl.lit("")) + _yuan(end.number.abs())


def _yuan(fen: pl.Expr) -> pl.Expr:
    return pl.format("{}.{}", fen.floordiv(100), fen.mod(100).cast(pl.String).str.zfill(2))


def _share(end: End) -> pl.Expr:
    """Fractions in lowest terms are no arithmetic of columns: whole numbers in, `share_text` row by row."""
    under = whole(end.scale) if end.over is None else end.over
    both = pl.struct(top=end.number, bottom=under)
    return both.map_batches(_share_texts, return_dtype=pl.String)


def _share_texts(shares: pl.Series) -> pl.Series:
    tops, bottoms = shares.struct.field("top").to_list(), shares.struct.field("bottom").to_list()
    pairs = zip(tops, bottoms, strict=True)
    texts = [share_text(top, bottom) if top is not None and bottom else None for top, bottom in pairs]
    return pl.Series(texts, dtype=pl.String)


_LAST: Final = 3_652_059  # 9999-12-31
_BOUNDS: Final = {DATE: (1, _LAST), SHARE: (-(10**18), 10**18)}
_TEXTS: Final[dict[str, Callable[[End], pl.Expr]]] = {
    SHARE: _share,
    MONEY: _money,
    UNITS: _digits,
    COUNT: _digits,
    DAYS: _digits,
    DATE: _days,
}
_DIFFERENCES: Final[dict[str, Callable[[End], pl.Expr]]] = {
    SHARE: _share,
    MONEY: _signed_money,
    UNITS: _digits,
    DATE: _digits,
}
