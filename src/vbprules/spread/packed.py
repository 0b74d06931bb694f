"""The packed form of facts: one row an institution, with a list of rows for every table.

Column ``institution``, then a column for every table of which the rows name an institution, of the type
``list<struct<...>>``: the keys of its rows in our English words, and ``:row``, the row of the source.
A cell is a text, an integer, a decimal, a date or a truth. An institution without rows in a table has an empty list or
null. Catalogues and what is said of the completeness of all lists travel with the kernel, not in here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from vbprules.batch.model import Batch
from vbprules.diagnostics import Report
from vbprules.tables.chunks import INST, Chunk
from vbprules.tables.headings import OF, ROW, Headed

_COUNT: Final = pl.UInt32


@dataclass(frozen=True, slots=True)
class Packing:
    """How a table is packed. ``column``: its column of the packed form, None of a catalogue.

    ``positions``: of each of its keys the column of the source, from 1.
    """

    number: int
    name: str
    origin: str
    column: str | None
    positions: tuple[tuple[str, int], ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of a row in the packed form."""
        return (ROW, *(name for name, _ in self.positions if name != OF))

    def table(self) -> Headed:
        """The table without its rows."""
        empty = pl.LazyFrame(schema=dict.fromkeys((*dict(self.positions), ROW), pl.String))
        return Headed(self.number, self.name, self.origin, empty, dict(self.positions))


def packings(tables: Sequence[Headed]) -> tuple[Packing, ...]:
    """How each table is packed; a second table of one list is the column ``purchases.2``."""
    found: list[Packing] = []
    for table in tables:
        before = sum(other.name == table.name and other.column is not None for other in found)
        column = table.name if not before else f"{table.name}.{before + 1}"
        positions = tuple(table.positions.items())
        found.append(Packing(table.number, table.name, table.origin, None if table.catalogue else column, positions))
    return tuple(found)


def packed(batch: Batch) -> pl.LazyFrame:
    """The facts of a batch in the packed form, in the order of its institutions."""
    found = batch.parts.order.lazy().select(OF)
    for how, table in zip(packings(batch.parts.tables), batch.parts.tables, strict=True):
        if how.column is not None:
            rows = table.frame.filter(pl.col(OF).fill_null("") != "")
            found = found.join(listed(rows, how), on=OF, how="left", maintain_order="left")
    return found


def listed(rows: pl.LazyFrame, how: Packing) -> pl.LazyFrame:
    """``institution`` and the list of its rows in their order."""
    assert how.column is not None
    kinds = rows.collect_schema()
    cells = [pl.col(key).dt.date() if kinds[key] == pl.Datetime else pl.col(key) for key in how.keys if key != ROW]
    gathered = rows.sort(ROW, maintain_order=True).select(
        OF, pl.struct(pl.col(ROW).cast(pl.Int64), *cells).alias(how.column)
    )
    return gathered.group_by(OF, maintain_order=True).agg(how.column)


def numbered(rows: pl.LazyFrame, how: Packing) -> pl.LazyFrame:
    """Rows whose order in the source is not known, numbered within their institution in the order of their cells."""
    keys = how.keys[1:]
    found = rows.sort(OF, *(pl.col(key).cast(pl.String) for key in keys), nulls_last=True)
    return found.with_columns(pl.int_range(1, pl.len() + 1, dtype=_COUNT).over(OF).alias(ROW))


def parts_of(facts: pl.DataFrame, rows_at_once: int) -> Iterator[pl.DataFrame]:
    """Packed institutions in their order, with about so many rows of their lists a part."""
    lists = [pl.col(name).list.len().fill_null(0).cast(pl.Int64) for name in facts.columns if name != OF]
    if not facts.height or not lists:
        yield facts
        return
    many = facts.select(rows=pl.sum_horizontal(lists))
    starts = many.select(((pl.col("rows").cum_sum() - 1).clip(0) // rows_at_once).rle_id())["rows"]
    marked = facts.with_columns(starts.alias(":part"))
    yield from marked.partition_by(":part", maintain_order=True, include_key=False)


def unpacked(
    facts: pl.DataFrame, how: Sequence[Packing], shared: Mapping[int, pl.DataFrame], report: Report
) -> Chunk | None:
    """The rows of packed institutions as the tables of a chunk; None, with a finding, where the form is another one.

    It must hold exactly the columns and keys that the kernel was made for: what is missing would count as not recorded.
    """
    before = report.error_count
    own = [packing for packing in how if packing.column is not None]
    _same("", facts.columns, (OF, *(str(packing.column) for packing in own)), report)
    if report.error_count > before:
        return None
    ids = facts[OF].cast(pl.String)
    if ids.null_count() or ids.is_duplicated().any():
        twice = ids.filter(ids.is_duplicated() | ids.is_null())
        report.error("packed_twice", None, institution=str(twice[0]))
        return None
    numbered = facts.with_row_index(INST)
    tables = {}
    for packing in own:
        rows = _rows(numbered, packing, report)
        if rows is not None:
            tables[packing.number] = rows
    return None if report.error_count > before else Chunk(ids, tables, shared)


def _rows(numbered: pl.DataFrame, packing: Packing, report: Report) -> pl.DataFrame | None:
    assert packing.column is not None
    kind = numbered.schema[packing.column]
    inner = kind.inner if isinstance(kind, pl.List) else None
    if not isinstance(inner, pl.Struct):
        report.error("packed_other", None, place=packing.column, lacking="list<struct>", foreign=str(kind))
        return None
    _same(packing.column, [field.name for field in inner.fields], packing.keys, report)
    for field in inner.fields:
        _exact(packing.column, field, report)
    if report.has_errors:
        return None
    column = pl.col(packing.column)
    there = numbered.lazy().select(pl.col(INST).cast(_COUNT), column).filter(column.list.len() > 0)
    rows = there.explode(packing.column).unnest(packing.column).select(INST, *packing.keys)
    return rows.with_columns(pl.col(ROW).cast(_COUNT)).sort(INST, ROW, maintain_order=True).collect()


def _exact(column: str, field: pl.Field, report: Report) -> None:
    """A cell is none of the types in which figures are not what was written."""
    kind = field.dtype
    if kind.is_float():
        report.error("float_column", None, column=f"{column}.{field.name}")
    elif kind.is_nested() or kind in (pl.Object, pl.Binary):
        report.error("odd_column", None, column=f"{column}.{field.name}", kind=str(kind))


def _same(place: str, found: Sequence[str], wanted: Sequence[str], report: Report) -> None:
    lacking, foreign = (list(_without(*pair)) for pair in ((wanted, found), (found, wanted)))
    if lacking or foreign:
        report.error(
            "packed_other",
            None,
            place=place or OF,
            lacking="、".join(lacking) or "–",
            foreign="、".join(foreign) or "–",
        )


def _without(some: Sequence[str], others: Sequence[str]) -> Iterator[str]:
    return (name for name in some if name not in others)
