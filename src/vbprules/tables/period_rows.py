"""The months, quarters and years of each institution, see ``engine.case.Case.rows``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

import polars as pl

from vbprules.calendar import Period, Unit
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
    prepaid = tables["prepayment"].frame.filter(":listed").group_by(INST).agg(pl.col(DAY).min().alias("first"))
    firsts = dict(prepaid.select(INST, "first").iter_rows())
    rows: list[tuple[int, int, int, bool]] = []

    @cache
    def spans(first: int) -> list[tuple[int, int, bool]]:
        period = Period.containing("year", first)
        found = [(period.previous().start, period.previous().end, False)]
        while period.start <= nothing.as_of and len(found) <= _MOST:
            found.append((period.start, period.end, True))
            period = period.next()
        return [*found, (period.start, period.end, False)] if len(found) > 1 else []

    own = nothing.program.issued
    for inst in range(many):
        start = own if own is not None else cases[inst].issued()
        days = [day for day in (start, firsts.get(inst)) if day is not None] or [nothing.as_of]
        rows += [(inst, *span) for span in spans(min(days) if start is None else start)]
    frame = pl.DataFrame(
        rows, schema={INST: NUMBER, START: pl.Int64, END: pl.Int64, ":listed": pl.Boolean}, orient="row"
    )
    return _table(YEAR, frame)


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
    return Column(name, name, 1, max(frame[name].to_list(), default=0), True)
