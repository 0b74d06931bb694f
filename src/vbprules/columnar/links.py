"""Which rows of a list belong to which rows of a frame: joins on references, periods and the institution."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from vbprules.columnar.ends import BEFORE
from vbprules.columnar.frames import Frame, values_of
from vbprules.language.vocabulary import BY_NAME, is_dated
from vbprules.program import ir
from vbprules.program.ir import Place

if TYPE_CHECKING:
    from vbprules.columnar.lists import ColumnLists


def pairs_of(lists: ColumnLists, node: ir.Fold, frame: Frame) -> pl.DataFrame:
    """``outer`` (a row of the frame), ``row`` (of the child's table), ``sure``, ``day_lo``, ``day_hi``.

    A row belongs perhaps where a reference that would tell is not recorded on either side.
    """
    left, right = _outer(node, frame), _children(lists, node)
    keys = [name for name in left.columns if name.startswith("k")]
    spans = ["span"] if node.link.same_period else []
    sure = left.join(right, on=["inst", *keys, *spans]).with_columns(sure=pl.lit(True))
    found = [sure.select("outer", "row", "sure", "day_lo", "day_hi")]
    if keys:
        found += _perhaps(left, right, keys, spans)
    return pl.concat(found).sort("outer", "row")


def _perhaps(left: pl.DataFrame, right: pl.DataFrame, keys: list[str], spans: list[str]) -> list[pl.DataFrame]:
    gap = pl.any_horizontal(pl.col(key).is_null() for key in keys)
    loose_left, loose_right = left.filter(gap), right.filter(gap)
    found = []
    for a, b in ((loose_left, right), (left.filter(~gap), loose_right)):
        if not a.height or not b.height:
            continue
        both = a.join(b, on=["inst", *spans], suffix="_child")
        fits = pl.all_horizontal((pl.col(key) == pl.col(f"{key}_child")).fill_null(True) for key in keys)
        perhaps = both.filter(fits).with_columns(sure=pl.lit(False))
        found.append(perhaps.select("outer", "row", "sure", "day_lo", "day_hi"))
    return found


def _outer(node: ir.Fold, frame: Frame) -> pl.DataFrame:
    origin = frame.position(node.origin)
    columns = {"inst": pl.col("inst")}
    for number, (_, path) in enumerate(node.link.equal):
        place = Place(node.origin.entity, node.origin.scope, (*node.origin.hops, *path))
        columns[f"k{number}"] = pl.col(frame.position(place))
    table = values_of(frame.table, {**columns, "there": pl.col(origin).is_not_null()}).with_row_index("outer")
    if node.link.same_period:
        spans = _spans(frame.store.tables[node.origin.entity].frame)
        table = table.with_columns(spans.gather(frame.table[origin]).alias("span"))
    return table.filter("there").drop("there")


def _children(lists: ColumnLists, node: ir.Fold) -> pl.DataFrame:
    base = lists.base(node.child)
    columns = {"inst": pl.col("inst"), "row": pl.col("row")}
    for number, (path, _) in enumerate(node.link.equal):
        columns[f"k{number}"] = pl.col(base.position(Place(node.child, 0, path)))
    source = base.store.tables[node.child]
    extra = {"day_lo": source.frame[":day"], ":listed": source.frame[":listed"]}
    extra["day_hi"] = source.frame[source.figures[":day"].hi]
    if node.link.same_period:
        extra["span"] = _spans(source.frame)
    table = values_of(base.table, columns).with_columns(**extra)
    entity = BY_NAME[node.child]
    if entity.day is not None or entity.period:
        table = table.with_columns(day_lo=pl.col("day_lo").fill_null(BEFORE))
    listed = table.filter(":listed") if is_dated(node.child) or entity.period else table
    return listed.drop(":listed")


def _spans(table: pl.DataFrame) -> pl.Series:
    """Of exact periods first and last day as one number; -1 where a period is not exact."""
    hi = [f"{name}:hi" if f"{name}:hi" in table.columns else name for name in (":start", ":end")]
    start, end = pl.col(":start"), pl.col(":end")
    exact = (start == pl.col(hi[0])) & (end == pl.col(hi[1]))
    both = start.cast(pl.Int64) * 10_000_000 + end.cast(pl.Int64)
    return table.select(pl.when(exact).then(both).otherwise(-1).fill_null(-1).alias("span"))["span"]
