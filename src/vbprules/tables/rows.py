"""The rows of one list as columns: cells read, ids and references as texts, governing day and period."""

from __future__ import annotations

from contextlib import suppress

import polars as pl
import polars.selectors as cs

from vbprules.calendar import Period
from vbprules.columnar.ends import day_text
from vbprules.columnar.store import Column
from vbprules.facts.cells import UNKNOWN_WORDS
from vbprules.language.vocabulary import TARGET, Entity
from vbprules.limits import current
from vbprules.tables.cells import Parsed, parse, text_of
from vbprules.tables.chunks import INST
from vbprules.tables.headings import ROW
from vbprules.values.figures import normal

ID, DAY, START, END = ":id", ":day", ":start", ":end"


def ref_text(ref: str) -> str:
    """The column of the ids that a reference names."""
    return f"&{ref}"


def read_rows(entity: Entity, frame: pl.DataFrame) -> Parsed:
    """The rows of a list in their order: ``inst`` where there is one, ``:row``, ``:id`` (null where it has none of its
    own), the ids that they refer to, cells, and ``:day``, ``:start``, ``:end``."""
    into = Parsed(frame.height)
    for name in (INST, ROW):
        if name in frame.columns:
            into.columns[name] = frame[name]
    nothing = pl.Series([None], dtype=pl.String).new_from_index(0, frame.height)
    for cells in frame.select(cs.string()):
        into.is_odd(cells.str.len_chars() > current().cell)
    for field in entity.fields:
        cells = frame[field.name] if field.name in frame.columns else nothing.alias(field.name)
        parse(field.name, cells, field, into)
    own = text_of(frame["id"]) if "id" in frame.columns else nothing
    for ref in entity.refs:
        texts = text_of(frame[ref]) if ref in frame.columns else nothing
        unknown = [text for text in texts.unique().drop_nulls() if normal(text) in UNKNOWN_WORDS]
        into.columns[ref_text(ref)] = texts.set(texts.is_in(unknown), None).alias(ref_text(ref))
    if entity.name == TARGET:
        own = _periods(frame, into, own)
    elif entity.period:
        for name, cell in ((START, "start"), (END, "end")):
            _same(cell, name, into)
    else:
        for name in (START, END):
            _none(name, into)
    if entity.day is None:
        _none(DAY, into)
    else:
        _same(END if entity.day == "period" else entity.day, DAY, into)
    if entity.once:
        own = own.zip_with(own.is_not_null(), _once(entity, into))
    into.columns[ID] = own.alias(ID)
    return into


def _periods(frame: pl.DataFrame, into: Parsed, own: pl.Series) -> pl.Series:
    """The periods of targets; and their ids, of those that have none of their own the drug and the period."""
    nothing = pl.Series([None], dtype=pl.String).new_from_index(0, frame.height)
    texts = text_of(frame["period"]) if "period" in frame.columns else nothing
    known: dict[str, Period] = {}
    for text in texts.unique().drop_nulls():
        with suppress(ValueError):
            period = Period.parse(normal(text))
            if period is not None:
                known[text] = period
    labels = texts.replace_strict({t: p.label() for t, p in known.items()}, default=None, return_dtype=pl.String)
    into.is_odd(labels.is_null())
    for name, ends in ((START, {t: p.start for t, p in known.items()}), (END, {t: p.end for t, p in known.items()})):
        days = texts.replace_strict(ends, default=None, return_dtype=pl.Int64)
        into.columns[name] = days.alias(name)
        into.figures[name] = Column(name, name, 1, max(ends.values(), default=0), days.null_count() == 0)
    named = into.columns[ref_text("drug")] + "@" + labels
    return own.zip_with(own.is_not_null(), named)


def _same(cell: str, name: str, into: Parsed) -> None:
    """Another column of the same days."""
    column = into.figures[cell]
    into.columns[name] = into.columns[cell].alias(name)
    if column.hi != column.lo:
        into.columns[f"{name}:hi"] = into.columns[column.hi].alias(f"{name}:hi")
    into.figures[name] = Column(name, name if column.hi == column.lo else f"{name}:hi", *_rest(column))


def _rest(column: Column) -> tuple[int, int, bool]:
    return column.scale, column.top, column.exact


def _none(name: str, into: Parsed) -> None:
    into.columns[name] = pl.Series(name, [None], pl.Int64).new_from_index(0, into.height)
    into.figures[name] = Column(name, name, 1, 0, into.height == 0)


def _once(entity: Entity, into: Parsed) -> pl.Series:
    """The reference and the exact day that name a row."""
    column = into.figures[DAY]
    day = pl.col(DAY)
    exact = day.is_not_null() if column.hi == column.lo else (day == pl.col(column.hi)).fill_null(False)
    table = into.frame()
    named = pl.col(ref_text(entity.once[0])) + "@" + day_text(day)
    return table.select(pl.when(exact).then(named).alias(ID))[ID]
