"""Running totals as steps: what the rows of a list add up to by the close of any day, for every row of a frame.

Mirrors ``engine.steps``: what each row adds is sorted by its day once, then every total is a look-up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeVar

import polars as pl

from vbprules.columnar.combine import Amounts
from vbprules.columnar.ends import BEFORE
from vbprules.columnar.frames import Frame, new_name, values_of
from vbprules.columnar.leaves import Span, Truth

Numbers = TypeVar("Numbers", pl.Expr, pl.Series)
_NO_ROW: Final = -1
_DAYS: Final = -2 * BEFORE  # more than there are days, so that one number holds a row and a day
_SUMS: Final = ("low", "high", "bottomless", "endless")


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """``keys``: of a row and a day, in order; ``sums``: what is counted by then. The first of them is of no row."""

    keys: pl.Series
    rows: pl.Series
    sums: pl.DataFrame
    amounts: Amounts

    def total(self, frame: Frame, day: pl.Series, rows: pl.Series) -> Span:
        """For each row of a frame the total of a row of the steps by the close of a day; of no row nothing."""
        rows = rows.cast(pl.Int64).fill_null(_NO_ROW)
        at = self.keys.search_sorted(_key(rows, day), side="right") - 1
        there = self.rows.gather(at) == rows
        names = {name: new_name() for name in _SUMS}
        found = self.sums.select(pl.when(there).then(pl.col(name).gather(at)).alias(names[name]) for name in _SUMS)
        frame.add(found)
        low, high = (pl.col(names[name]).fill_null(0) for name in _SUMS[:2])
        bottomless, endless = ((pl.col(names[name]) > 0).fill_null(False) for name in _SUMS[2:])
        return self.amounts.total(low, high, bottomless, endless, pl.lit(False))


def steps_of(pairs: Frame, counted: Truth, amounts: Amounts, earliest: bool) -> Steps:
    """The steps of pairs with ``sure``, ``day_lo`` and ``day_hi``.

    ``earliest``: what surely counts does so from its first day; otherwise before its last day it only may.
    """
    sure = pl.col("sure") & counted.expr.fill_null(False)
    cells = {
        "outer": pl.col("outer").cast(pl.Int64),
        "from": pl.col("day_lo"),
        "last": pl.when(sure).then("day_hi"),
        "low": amounts.low,
        "high": amounts.high,
        "least": amounts.least,
        "most": amounts.most,
        "bottomless": amounts.bottomless.cast(pl.Int64),
        "endless": amounts.endless.cast(pl.Int64),
        "counts": counted.expr.fill_null(True),
    }
    table = values_of(pairs.table, cells).filter("counts")
    at_once = pl.col("last").is_not_null() if earliest else (pl.col("from") == pl.col("last")).fill_null(False)
    changes = [
        table.select(
            "outer",
            pl.col("from").cast(pl.Int64).alias("day"),
            pl.when(at_once).then("low").otherwise("least").fill_null(0).alias("low"),
            pl.when(at_once).then("high").otherwise("most").fill_null(0).alias("high"),
            "bottomless",
            "endless",
        ),
        table.filter(~at_once & pl.col("last").is_not_null()).select(
            "outer",
            pl.col("last").cast(pl.Int64).alias("day"),
            (pl.col("low") - pl.col("least")).fill_null(0),
            (pl.col("high") - pl.col("most")).fill_null(0),
            pl.lit(0, pl.Int64).alias("bottomless"),
            pl.lit(0, pl.Int64).alias("endless"),
        ),
    ]
    kinds = changes[0].schema
    none = pl.DataFrame([{"outer": _NO_ROW, "day": 0, **dict.fromkeys(_SUMS, 0)}], schema=kinds)
    found = pl.concat([none, *changes]).with_columns(_key(pl.col("outer"), pl.col("day")).alias("key")).sort("key")
    sums = found.select(pl.col(name).cum_sum().over("outer") for name in _SUMS)
    return Steps(found["key"], found["outer"], sums, amounts)


def _key(row: Numbers, day: Numbers) -> Numbers:
    return row * _DAYS + (day - BEFORE)
