"""Combining the rows of a list in groups: totals, extremes, some and every. Mirrors ``engine.combine``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from vbprules.columnar import ends as e
from vbprules.columnar.ends import BEFORE, BeyondColumns, End
from vbprules.columnar.frames import Frame, new_name, values_of
from vbprules.columnar.leaves import Span, Truth, both, either, negate
from vbprules.program import ir
from vbprules.values.figures import DAYS


def combined(
    node: ir.Fold, frame: Frame, pairs: Frame, counted: Truth, item: Any, more: pl.Expr, empty: int | None
) -> Any:
    """The value of the fold for every row of ``frame``; ``counted`` and ``item`` are values of ``pairs``.

    ``more``: whether rows not recorded may count, by row of ``frame``; ``empty``: the earliest of no days.
    """
    if node.kind in ("some", "every"):
        return _quantified(node.kind, frame, pairs, counted, item, more)
    if isinstance(item, Truth):  # counted rows
        one = e.fixed(1)
        item = Span(one, one)
    if node.kind in ("sum", "count"):
        return _total(node, frame, pairs, counted, item, more)
    return _extreme(node, frame, pairs, counted, item, more, empty)


def _grouped(frame: Frame, pairs: pl.DataFrame, **columns: pl.Expr) -> dict[str, pl.Expr]:
    """Aggregates by row of ``frame``, null where there is no pair."""
    names = {name: new_name() for name in columns}
    found = pairs.group_by("outer").agg(expr.alias(names[name]) for name, expr in columns.items())
    rows = pl.DataFrame({"outer": pl.int_range(frame.height, dtype=pl.UInt32, eager=True)})
    table = rows.join(found, on="outer", how="left", maintain_order="left")
    frame.add(pl.DataFrame([table[name] for name in names.values()]))
    return {name: pl.col(column) for name, column in names.items()}


def _values(pairs: Frame, **columns: pl.Expr) -> pl.DataFrame:
    return values_of(pairs.table, {"outer": pl.col("outer"), **columns})


def _quantified(kind: str, frame: Frame, pairs: Frame, counted: Truth, item: Truth, more: pl.Expr) -> Truth:
    some = kind == "some"
    hit = both(counted, item) if some else either(negate(counted), item)
    table = _values(pairs, hit=hit.expr)
    decided = pl.col("hit") == some
    found = _grouped(frame, table, decided=decided.any(), open=pl.col("hit").is_null().any())
    is_open = found["open"].fill_null(False) | more
    decision = found["decided"].fill_null(False)
    return Truth(pl.when(decision).then(some).when(is_open).then(None).otherwise(not some))


@dataclass(frozen=True, slots=True, eq=False)
class Amounts:
    """What each pair adds to a sum: ``low`` to ``high`` if it counts, ``least`` to ``most`` if it may.

    ``bottomless``, ``endless``: its end is open; ``open_low``, ``open_high``: that can be so in some row.
    """

    low: pl.Expr
    high: pl.Expr
    least: pl.Expr
    most: pl.Expr
    bottomless: pl.Expr
    endless: pl.Expr
    open_low: bool
    open_high: bool
    top: int
    scale: int
    signed: bool  # the sum may be less than zero
    signed_list: bool  # so may what is not recorded

    def total(self, low: pl.Expr, high: pl.Expr, bottomless: pl.Expr, endless: pl.Expr, more: pl.Expr) -> Span:
        """The sum, from the sums of the ends and whether some end is open."""
        if self.signed_list:
            bottomless = bottomless | more
        return Span(
            End(pl.when(~bottomless).then(low), self.top, self.scale, nullable=self.signed_list or self.open_low),
            End(pl.when(~(endless | more)).then(high), self.top, self.scale, nullable=True),
            signed=self.signed,
        )


def amounts_of(node: ir.Fold, pairs: Frame, item: Span) -> Amounts:
    if item.lo.over is not None or item.hi.over is not None:
        raise BeyondColumns("a sum of ratios")
    lo, hi = e.alike(item.lo, item.hi)
    top = max(lo.top, hi.top) * max(pairs.height, 1)
    low, high = e.fit(lo.number, top), e.fit(hi.number, top)
    return Amounts(
        low=low,
        high=high,
        least=pl.min_horizontal(low, pl.lit(0)) if item.signed else pl.lit(0, e.kind_of(top)),
        most=pl.max_horizontal(high, pl.lit(0)) if item.signed else high,
        bottomless=lo.number.is_null(),
        endless=hi.number.is_null(),
        open_low=lo.nullable,
        open_high=hi.nullable,
        top=top,
        scale=lo.scale,
        signed=node.signed or item.signed,
        signed_list=node.signed,
    )


def _total(node: ir.Fold, frame: Frame, pairs: Frame, counted: Truth, item: Span, more: pl.Expr) -> Span:
    each = amounts_of(node, pairs, item)
    sure, perhaps = counted.expr.fill_null(False), counted.expr.is_null()
    table = _values(
        pairs,
        low=pl.when(sure).then(each.low).when(perhaps).then(each.least).otherwise(0),
        high=pl.when(sure).then(each.high).when(perhaps).then(each.most).otherwise(0),
        bottomless=each.bottomless & (sure | perhaps),
        endless=each.endless & (sure | perhaps),
    )
    aggregates = {"low": pl.col("low").sum(), "high": pl.col("high").sum()}
    if each.open_low:
        aggregates["bottomless"] = pl.col("bottomless").any()
    if each.open_high:
        aggregates["endless"] = pl.col("endless").any()
    found = _grouped(frame, table, **aggregates)
    bottomless, endless = (
        found[name].fill_null(False) if name in found else pl.lit(False) for name in ("bottomless", "endless")
    )
    return each.total(found["low"].fill_null(0), found["high"].fill_null(0), bottomless, endless, more)


def _extreme(
    node: ir.Fold, frame: Frame, pairs: Frame, counted: Truth, item: Span, more: pl.Expr, empty: int | None
) -> Span:
    """The lowest, or the highest: of an empty list unknown, but of no days yet still to come."""
    lowest = node.kind == "lowest"
    sure, possible = counted.expr.fill_null(False), counted.expr.fill_null(True)
    certain = _grouped(frame, _values(pairs, s=sure), s=pl.col("s").any())["s"].fill_null(False)
    outer_end = _group_extreme(frame, pairs, possible, item.lo if lowest else item.hi, lowest, open_wins=True)
    inner_end = _group_extreme(frame, pairs, sure, item.hi if lowest else item.lo, lowest, open_wins=False)
    if not lowest:
        hi = e.closed(~more, outer_end)
        lo, hi = e.closed(certain, inner_end), e.closed(certain, hi)
        if item.day:
            lo = End(lo.number.fill_null(BEFORE), max(lo.top, -BEFORE))
        return Span(lo, hi, signed=True, day=item.day)
    if not item.day:
        floor_open = node.signed or node.unit == DAYS
        lo = (
            e.closed(~more, outer_end) if floor_open else e.pick(more, e.lesser(outer_end, e.fixed(0), True), outer_end)
        )
        return Span(e.closed(certain, lo), e.closed(certain, inner_end), signed=True)
    number = pl.when(more).then(BEFORE).otherwise(outer_end.number)
    if empty is not None:
        number = pl.when(certain).then(number).otherwise(pl.min_horizontal(number, pl.lit(empty)))
    low = End(number.fill_null(BEFORE), max(outer_end.top, -BEFORE))
    return Span(low, e.closed(certain, inner_end), signed=True, day=True)


def _group_extreme(frame: Frame, pairs: Frame, which: pl.Expr, end: End, lowest: bool, open_wins: bool) -> End:
    """The extreme of the ends of the rows of which ``which`` holds. ``open_wins``: one open end leaves it open."""
    if end.over is not None:
        return _ratio_extreme(frame, pairs, which, end, lowest, open_wins)
    table = _values(pairs, x=end.number, which=which).filter("which")
    extreme = pl.col("x").min() if lowest else pl.col("x").max()
    found = _grouped(frame, table, x=extreme, open=pl.col("x").is_null().any())
    number = found["x"]
    if open_wins and end.nullable:
        number = pl.when(~found["open"].fill_null(False)).then(number)
    return End(number, end.top, end.scale, nullable=True)


def _ratio_extreme(frame: Frame, pairs: Frame, which: pl.Expr, end: End, lowest: bool, open_wins: bool) -> End:
    """Of ratios: by the whole part at a high scale, among equals by cross-multiplication; no rounding decides."""
    assert end.over is not None
    wide = _values(pairs, n=end.number.cast(pl.Int128), d=end.over.cast(pl.Int128), which=which).filter("which")
    wide = wide.drop("which")
    is_open = _grouped(frame, wide, open=pl.col("n").is_null().any())["open"].fill_null(False)
    known = wide.filter(pl.col("n").is_not_null())
    sign = 1 if lowest else -1
    scale = 10 ** max(0, 37 - len(str(max(end.top, 1))))
    known = known.with_columns(key=(pl.col("n") * scale).floordiv(pl.col("d")) * sign)
    known = known.filter(pl.col("key") == pl.col("key").min().over("outer"))
    while True:
        best = known.group_by("outer").agg(bn=pl.col("n").first(), bd=pl.col("d").first())
        beside = known.join(best, on="outer")
        better = (pl.col("n") * pl.col("bd") - pl.col("bn") * pl.col("d")) * sign < 0
        ahead = beside.filter(better).select("outer", "n", "d")
        if not ahead.height:
            break
        rest = best.filter(~pl.col("outer").is_in(ahead["outer"].unique().implode()))
        known = pl.concat([ahead, rest.select("outer", n=pl.col("bn"), d=pl.col("bd"))])
    found = _grouped(frame, best, n=pl.col("bn").first(), d=pl.col("bd").first())
    number = pl.when(~is_open).then(found["n"]) if open_wins else found["n"]
    return End(number, end.top, 1, found["d"].fill_null(1), end.over_top, nullable=True)
