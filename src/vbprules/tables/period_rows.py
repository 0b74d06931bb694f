"""The months, quarters and years of each institution, see ``engine.case.Case.rows``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

import polars as pl

from vbprules.calendar import Period, Unit
from vbprules.columnar.ends import BEFORE
from vbprules.columnar.store import ROW as NUMBER
from vbprules.columnar.store import Column, Table
from vbprules.engine.case import Case
from vbprules.language.vocabulary import MONTH, PERIOD_ENTITIES, QUARTER, TARGET, YEAR
from vbprules.tables.chunks import INST
from vbprules.tables.rows import DAY, END, ID, START

_MOST: Final = 400  # the interpreter looks at no more; whoever has more is left to it


def period_tables(
    tables: Mapping[str, Table], nothing: Case, cases: Sequence[Case], many: int
) -> tuple[dict[str, Table], pl.Series]:
    """The tables of periods, and the institutions that have too many of them."""
    found = {YEAR: _years(tables, nothing, cases, many)}
    odd = []
    units: Sequence[tuple[str, Unit]] = ((MONTH, "month"), (QUARTER, "quarter"))
    for entity, unit in units:
        rows = _seen(tables, unit, nothing.as_of)
        counts = rows.group_by(INST).len()
        odd.append(counts.filter(pl.col("len") >= _MOST)[INST])
        found[entity] = _table(entity, rows.sort(INST, START))
    assert set(found) == set(PERIOD_ENTITIES)
    return found, pl.concat(odd)


def _seen(tables: Mapping[str, Table], unit: Unit, as_of: int) -> pl.DataFrame:
    """``inst``, ``:start``, ``:end`` of the periods in which something is set, bought or used."""

    @cache
    def containing(day: int) -> Period:
        return Period.containing(unit, day)

    spans = []
    target = tables[TARGET]
    for first, last, exact, table in (
        (target.figures[START].lo, target.figures[END].lo, True, target),
        *((name.figures[DAY].lo, name.figures[DAY].hi, False, name) for name in (tables["purchase"], tables["use"])),
    ):
        rows = table.frame.filter(":listed")
        rows = rows.select(INST, pl.col(first).cast(pl.Int64).alias("a"), pl.col(last).cast(pl.Int64).alias("b"))
        rows = rows.drop_nulls().unique()
        kept = []
        for a, b in rows.select("a", "b").unique().iter_rows():
            period = containing(a)
            if (period.start, period.end) == (a, b) if exact else b <= period.end:
                kept.append((a, b, period.start, period.end))
        known = pl.DataFrame(kept, schema={"a": pl.Int64, "b": pl.Int64, START: pl.Int64, END: pl.Int64}, orient="row")
        spans.append(rows.join(known, on=["a", "b"]).select(INST, START, END))
    return pl.concat(spans).unique().filter(pl.col(START) <= as_of)


def _years(tables: Mapping[str, Table], nothing: Case, cases: Sequence[Case], many: int) -> Table:
    """The years from the document's, or from the first prepayment, with the years beside them, which are not listed."""
    own, as_of = nothing.program.issued, nothing.as_of
    issued = [case.issued() for case in cases] if own is None else [own] * many
    starts = pl.DataFrame({INST: pl.Series(range(many), dtype=NUMBER), "issued": pl.Series(issued, dtype=pl.Int64)})
    prepaid = tables["prepayment"].frame.filter(pl.col(":listed") & (pl.col(DAY) > BEFORE))
    starts = starts.join(prepaid.group_by(INST).agg(pl.col(DAY).min()), on=INST, how="left", maintain_order="left")
    starts = starts.select(INST, first=pl.coalesce("issued", pl.col(DAY).cast(pl.Int64), as_of))
    rows: list[tuple[int, int, int, bool]] = []
    for first in starts["first"].unique():
        period = Period.containing("year", first)
        found = [(first, period.previous().start, period.previous().end, False)]
        while period.start <= as_of and len(found) <= _MOST:
            found.append((first, period.start, period.end, True))
            period = period.next()
        rows += [*found, (first, period.start, period.end, False)] if len(found) > 1 else []
    spans = pl.DataFrame(
        rows, schema={"first": pl.Int64, START: pl.Int64, END: pl.Int64, ":listed": pl.Boolean}, orient="row"
    )
    return _table(YEAR, starts.join(spans, on="first", maintain_order="left_right").drop("first"))


def _table(entity: str, rows: pl.DataFrame) -> Table:
    starts = rows[START].unique()
    kind: Unit = "month" if entity == MONTH else "quarter" if entity == QUARTER else "year"
    labels = {day: Period.containing(kind, day).label() for day in starts}
    ids = rows[START].replace_strict(labels, return_dtype=pl.String) if labels else rows[START].cast(pl.String)
    frame = rows.with_columns(ids.alias(ID), pl.col(END).alias(DAY))
    if ":listed" not in frame.columns:
        frame = frame.with_columns(pl.lit(True).alias(":listed"))
    figures = {name: _figure(frame, name) for name in (DAY, START, END)}
    if entity == YEAR:
        frame = frame.with_columns(pl.col(ID).cast(pl.Int64).alias("year_number"))
        figures["year_number"] = _figure(frame, "year_number")
    return Table(entity, frame, figures)


def _figure(frame: pl.DataFrame, name: str) -> Column:
    return Column(name, name, 1, frame.select(pl.col(name).max()).item() or 0, True)
