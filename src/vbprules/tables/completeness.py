"""Through which day the lists of each institution are complete."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import polars as pl

from vbprules.columnar.ends import BEFORE
from vbprules.columnar.store import ROW as NUMBER
from vbprules.language.vocabulary import BY_LIST, ENTITIES, ROW_LISTS, STATEMENTS, Field
from vbprules.language.words import LISTS
from vbprules.tables.cells import Parsed, parse, parse_days, text_of
from vbprules.tables.chunks import INST, Chunk
from vbprules.tables.headings import Headed
from vbprules.tables.sources import COMPLETENESS
from vbprules.values.figures import TRUTH

_FLAG = Field("complete", TRUTH, "完整", "complete")


@dataclass(frozen=True, slots=True, eq=False)
class Completeness:
    """``through``: of every institution and list a day. ``odd``: the institutions of which something unclear is said.

    ``said``: ``inst``, ``list``, ``day`` of what is stated.
    """

    through: pl.DataFrame
    odd: pl.Series
    said: pl.DataFrame

    def lists(self, name: str) -> pl.DataFrame:
        """The institutions of which a list is said to be complete."""
        return self.said.filter(pl.col("list") == name).select(INST)


def completeness_of(
    tables: Sequence[Headed], chunk: Chunk, as_of: int, many: int, broken: Collection[str] = frozenset()
) -> Completeness:
    """What the tables of completeness say of a chunk; what they say for all counts for whoever says nothing.

    ``broken``: lists of which rows are lost, so that none is complete.
    """
    everyone = pl.DataFrame({INST: pl.int_range(many, dtype=NUMBER, eager=True)})
    own, general = [_nothing()], [_nothing()]
    for table in tables:
        if table.name == COMPLETENESS:
            if table.number in chunk.tables:
                own.append(_read(chunk.tables[table.number]))
            if table.number in chunk.shared:
                rows = _read(chunk.shared[table.number].with_columns(pl.lit(0, NUMBER).alias(INST)))
                general.append(everyone.join(rows.drop(INST), how="cross"))
    told = pl.concat(own)
    rest = pl.concat(general).join(told, on=[INST, "list"], how="anti")
    said = pl.concat([told, rest.select(told.columns)])
    day = pl.col("day")
    unclear = pl.col("odd") | (day > as_of).fill_null(False) | pl.struct(INST, "list").is_duplicated()
    odd = said.filter(unclear)[INST]
    said = said.with_columns(day.fill_null(as_of)).unique([INST, "list"])
    names = sorted({entity.list_name for entity in ENTITIES} | {"acts", "performances"})
    through = everyone
    for name in names:
        there = said.filter(pl.col("list") == name).select(INST, pl.min_horizontal("day", pl.lit(as_of)).alias(name))
        through = through.join(there, on=INST, how="left", maintain_order="left")
    nowhere = pl.lit(BEFORE, pl.Int64)
    filled = through.select(
        nowhere.alias(name) if name in broken else pl.col(name).cast(pl.Int64).fill_null(BEFORE) for name in names
    )
    return Completeness(filled, odd, said)


def _nothing() -> pl.DataFrame:
    return pl.DataFrame(schema={INST: NUMBER, "list": pl.String, "day": pl.Int64, "odd": pl.Boolean})


def _read(frame: pl.DataFrame) -> pl.DataFrame:
    """``inst``, ``list``, ``day`` (null: whatever the as-of date is), ``odd``."""
    into = Parsed(frame.height)
    nothing = pl.Series([None], dtype=pl.String).new_from_index(0, frame.height)
    names = text_of(frame["list"]) if "list" in frame.columns else nothing
    names = names.replace(dict(LISTS)).alias("list")
    known = [*BY_LIST, *ROW_LISTS, *STATEMENTS]
    into.is_odd(~names.is_in(known) | names.is_null())
    stated = frame["complete_through"] if "complete_through" in frame.columns else nothing
    parse_days("day", stated, into)
    flags = frame["complete"] if "complete" in frame.columns else nothing
    parse("complete", flags, _FLAG, into)
    column = into.figures["day"]
    table = pl.DataFrame([frame[INST], names, *into.columns.values(), into.odd.alias("odd")])
    inexact = pl.lit(False) if column.hi == column.lo else pl.col("day").ne_missing(pl.col(column.hi))
    unsaid = pl.col("day").is_null() & ~pl.col("complete").fill_null(False)
    table = table.with_columns((pl.col("odd") | inexact).alias("odd"), unsaid.alias("unsaid"))
    # a statement that says nothing names its list all the same: the reader of dossiers takes care of it
    return table.with_columns(pl.col("odd") | pl.col("unsaid")).select(INST, "list", "day", "odd")
