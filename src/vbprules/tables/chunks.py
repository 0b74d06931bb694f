"""The rows of some institutions at a time, so that the memory of a batch does not grow with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from vbprules.tables.collecting import said_of
from vbprules.tables.headings import OF, ROW, Headed
from vbprules.tables.sources import COMPLETENESS, INSTITUTIONS
from vbprules.tables.trouble import writing

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
    rows_at_once: int = ROWS_AT_ONCE


def split(tables: Sequence[Headed], rows_at_once: int = ROWS_AT_ONCE) -> Split:
    """Institutions in the order of their table, then by name, with about so many rows a chunk.

    Raises InputError where the rows of a table cannot be read.
    """
    counts = []
    for table in tables:
        if not table.catalogue:
            at = pl.col(ROW).min() if table.name == INSTITUTIONS else pl.lit(None, pl.UInt32)
            counted = table.frame.group_by(pl.col(OF).fill_null("")).agg(rows=pl.len(), at=at)
            counts.append(counted.with_columns(table=pl.lit(table.number)))
    if not counts:
        order = pl.DataFrame(schema={OF: pl.String, _CHUNK: pl.UInt32, INST: pl.UInt32})
        return Split(tables, order, {}, {}, 0, rows_at_once)
    with said_of(tables):
        rows = pl.concat(counts).collect(engine="streaming")
    of_nobody = set(rows.filter(pl.col(OF) == "")["table"])
    order = rows.filter(pl.col(OF) != "").group_by(OF).agg(pl.col("at").min(), pl.col("rows").sum())
    order = order.sort("at", OF, nulls_last=True)
    order = order.with_columns(chunk=((pl.col("rows").cum_sum() - 1) // rows_at_once).cast(pl.UInt32))
    order = order.with_columns(pl.col("chunk").rle_id().alias(_CHUNK))
    order = order.with_columns(pl.int_range(pl.len(), dtype=pl.UInt32).over(_CHUNK).alias(INST))
    shared: dict[int, pl.DataFrame] = {}
    nobody: dict[int, pl.DataFrame] = {}
    for table in tables:
        with said_of([table]):
            if table.catalogue:
                shared[table.number] = table.frame.collect()
            elif table.number in of_nobody:
                found = shared if table.name == COMPLETENESS else nobody
                found[table.number] = table.frame.filter(pl.col(OF).fill_null("") == "").collect(engine="streaming")
    many = order[_CHUNK].n_unique()
    return Split(tables, order.select(OF, _CHUNK, INST), shared, nobody, many, rows_at_once)


def broken_lists(parts: Split) -> frozenset[str]:
    """The lists of which rows are lost, since they name no institution."""
    return frozenset(
        table.name for table in parts.tables if table.number in parts.nobody and table.name != INSTITUTIONS
    )


def chunks_of(parts: Split, spool: Path, first: int = 0) -> Iterator[tuple[int, Chunk]]:
    """The chunks with their numbers, from ``first`` on. ``spool``: an empty folder for rows that wait their turn.

    Raises InputError where the rows of a table cannot be read, OSError where the spool cannot be written.
    """
    own = [table for table in parts.tables if not table.catalogue]
    wanted = parts.order.filter(pl.col(_CHUNK) >= first)
    frames = {table.number: _numbered(table, wanted) for table in own}
    if parts.chunks > 1:
        with writing(spool), said_of(own):
            for number, frame in frames.items():
                frame.sink_parquet(pl.PartitionBy(spool / str(number), key=_CHUNK, include_key=False), mkdir=True)
    for chunk in range(first, parts.chunks):
        with writing(spool), said_of(own):
            found = _rows_of(parts, frames, spool, chunk)
        yield chunk, Chunk(institutions_of(parts, chunk), found, parts.shared)


def institutions_of(parts: Split, chunk: int) -> pl.Series:
    """The names of the institutions of a chunk; the first is 0."""
    return parts.order.filter(pl.col(_CHUNK) == chunk).sort(INST)[OF]


def _rows_of(parts: Split, frames: Mapping[int, pl.LazyFrame], spool: Path, chunk: int) -> dict[int, pl.DataFrame]:
    """The rows of one chunk, by table."""
    found = {}
    for number, frame in frames.items():
        if parts.chunks > 1:
            there = spool / str(number) / f"{_CHUNK}={chunk}"
            empty = frame.drop(_CHUNK).head(0)
            rows = pl.read_parquet(there, hive_partitioning=False) if there.is_dir() else empty.collect()
        else:
            rows = frame.drop(_CHUNK).collect()
        found[number] = rows.sort(INST, ROW)
    return found


def _numbered(table: Headed, order: pl.DataFrame) -> pl.LazyFrame:
    return table.frame.join(order.lazy(), on=OF, how="inner").drop(OF)
