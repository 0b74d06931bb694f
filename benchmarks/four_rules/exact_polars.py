"""Polars, by hand, on exact integers: what the others are measured against."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from benchmarks.four_rules.contender import Contender, Figures, Truths
from benchmarks.four_rules.work import LONG_AFTER, SUSPEND_BELOW, WARN_BELOW, Row


class Here(Contender):
    """A null is unknown, and Polars compares by Kleene's rules. 100 times the largest figure is 10^16, far within
    64 bits, so the columns stay Int64. One ``select``: Polars runs its expressions on all cores."""

    name = "Polars"
    package = "polars"
    in_own_form = True

    def prepare(self, rows: Sequence[Row]) -> None:
        self._frame = pl.DataFrame(rows, schema=dict.fromkeys(Row._fields, pl.Int64), orient="row")
        agreed, purchased = pl.col("agreed"), pl.col("purchased")
        some = pl.when(agreed != 0).then(agreed)  # of nothing there is no share: null
        self._answers = (
            (purchased * 100 < some * WARN_BELOW).alias("warn"),
            (purchased * 100 < some * SUSPEND_BELOW).alias("suspend"),
            (pl.col("overdue_days") > 0).alias("overdue"),
            (pl.col("overdue_working_days") > LONG_AFTER).alias("overdue_long"),
        )

    def decide(self) -> pl.DataFrame:
        return self._frame.select(self._answers)

    def run(self) -> Sequence[Truths]:
        return self.decide().rows()

    def naturally(self, figures: Figures) -> Sequence[object]:
        completion = pl.col("purchased") / pl.col("agreed")
        frame = pl.DataFrame([figures], schema=dict.fromkeys(figures, pl.Float64))
        return frame.select(
            (completion < 0.8).alias("warn"),
            (completion < 0.7).alias("suspend"),
            (pl.col("overdue_days") > 0).alias("overdue"),
            (pl.col("overdue_working_days") > 10).alias("overdue_long"),
        ).row(0)
