"""The rows of some institutions at a time, so that the memory of a batch does not grow with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from vbprules.tables.headings import OF, Headed
from vbprules.tables.sources import COMPLETENESS, INSTITUTIONS

ROWS_AT_ONCE: Final = 1_000_000
INST: Final = "inst"  # the number of an institution within its chunk
_CHUNK: Final = "_chunk"


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """All rows of some institutions. ``tables``: of each headed table, by its number, its rows with ``inst``.

    Rows that say nothing of one institution (a catalogue, completeness for all) are in ``shared``.
    """

    institutions: pl.Series
    tables: Mapping[int, pl.DataFrame]
    shared: Mapping[int, pl.DataFrame]


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """How a batch is divided. ``order``: institution, the number of its chunk, and its own number in there.

    ``nobody``: of a table, by its number, the rows that name no institution.
    """

    tables: Sequence[Headed]
    order: pl.DataFrame
    shared: Mapping[int, pl.DataFrame]
    nobody: Mapping[int, pl.DataFrame]
    chunks: int


def split(tables: Sequence[Headed], rows_at_once: int = ROWS_AT_ONCE) -> Split:
    """Institutions in the order of their table, then by name, with about so many rows a chunk."""
    counts, nobody = [], {}
    for table in tables:
        if table.catalogue:
            continue
        first = table.name != INSTITUTIONS
        counted = table.frame.group_by(OF).agg(rows=pl.len(), at=pl.col(":row").min()).with_columns(later=pl.lit(first))
        counts.append(counted)
        if table.name != COMPLETENESS:
            lost = table.frame.filter(pl.col(OF).fill_null("") == "").collect(engine="streaming")
            if lost.height:
                nobody[table.number] = lost
    if not counts:
        order = pl.DataFrame(schema={OF: pl.String, _CHUNK: pl.UInt32, INST: pl.UInt32})
        return Split(tables, order, {}, nobody, 0)
    all_rows = pl.concat(counts).filter(pl.col(OF).fill_null("") != "")
    at = pl.when(pl.col("later")).then(None).otherwise(pl.col("at")).min()
    order = all_rows.group_by(OF).agg(at=at, rows=pl.col("rows").sum()).collect(engine="streaming")
    order = order.sort("at", OF, nulls_last=True)
    order = order.with_columns(chunk=((pl.col("rows").cum_sum() - 1) // rows_at_once).cast(pl.UInt32))
    order = order.with_columns(pl.col("chunk").rle_id().alias(_CHUNK))
    order = order.with_columns(pl.int_range(pl.len(), dtype=pl.UInt32).over(_CHUNK).alias(INST))
    shared = {}
    for table in tables:
        if table.catalogue:
            shared[table.number] = table.frame.collect()
        elif table.name == COMPLETENESS:
            shared[table.number] = table.frame.filter(pl.col(OF).fill_null("") == "").collect()
    many = order[_CHUNK].n_unique()
    return Split(tables, order.select(OF, _CHUNK, INST), shared, nobody, many)


def chunks_of(parts: Split, spool: Path, skip: frozenset[int] = frozenset()) -> Iterator[tuple[int, Chunk]]:
    """The chunks with their numbers, but those to skip. ``spool``: an empty folder for rows that wait their turn."""
    own = [table for table in parts.tables if not table.catalogue]
    frames = {table.number: _numbered(table, parts.order) for table in own}
    if parts.chunks > 1:
        for number, frame in frames.items():
            frame.sink_parquet(pl.PartitionBy(spool / str(number), key=_CHUNK, include_key=False), mkdir=True)
    for chunk in range(parts.chunks):
        if chunk in skip:
            continue
        found = {}
        for number, frame in frames.items():
            if parts.chunks > 1:
                there = spool / str(number) / f"{_CHUNK}={chunk}"
                empty = frame.drop(_CHUNK).head(0)
                rows = pl.read_parquet(there, hive_partitioning=False) if there.is_dir() else empty.collect()
            else:
                rows = frame.drop(_CHUNK).collect()
            found[number] = rows.sort(INST, ":row")
        institutions = parts.order.filter(pl.col(_CHUNK) == chunk).sort(INST)[OF]
        yield chunk, Chunk(institutions, found, parts.shared)


def _numbered(table: Headed, order: pl.DataFrame) -> pl.LazyFrame:
    return table.frame.join(order.lazy(), on=OF, how="inner").drop(OF)
