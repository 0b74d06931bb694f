"""From the rows of some institutions to the store of the columns, all at once.

What is unlike a plain dossier in any way is not judged here: its institution is odd, and the dossier's own reader says
what is wrong with it or reads it as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from vbprules.columnar.ends import BEFORE
from vbprules.columnar.store import ROW as NUMBER
from vbprules.columnar.store import Column, Store, Table, acts_of, answers_of
from vbprules.diagnostics import Report
from vbprules.engine.case import Case
from vbprules.facts.dossier import dossier_of
from vbprules.facts.rows import Dossier
from vbprules.language.vocabulary import (
    BY_LIST,
    BY_NAME,
    ENTITIES,
    INSTITUTION,
    ROW_LISTS,
    Entity,
    is_dated,
)
from vbprules.reading import NOWHERE
from vbprules.reading import Mapping as MappingNode
from vbprules.tables.catalogues import Catalogues
from vbprules.tables.cells import Parsed
from vbprules.tables.chunks import INST, Chunk
from vbprules.tables.completeness import Completeness, completeness_of
from vbprules.tables.dossiers import Dossiers
from vbprules.tables.headings import ROW, Headed
from vbprules.tables.period_rows import period_tables
from vbprules.tables.rows import DAY, ID, read_rows, ref_text
from vbprules.tables.sources import INSTITUTIONS, texts
from vbprules.tables.stated import Stated, stated_of

CaseOf = Callable[[Dossier], Case]


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """A chunk as columns. ``odd``: the institutions that are not to be judged on them; ``nothing``: an empty case."""

    store: Store
    odd: pl.Series
    dossiers: Dossiers
    nothing: Case


class Intake:
    """Takes up chunks of one batch. ``case_of``: the case of a dossier on the day of the batch; ``broken``: lists of
    which rows are lost; ``checked``: whether what is stated must fit the policy, or may be about another."""

    def __init__(
        self,
        tables: Sequence[Headed],
        shared: Mapping[int, pl.DataFrame],
        case_of: CaseOf,
        broken: Collection[str] = frozenset(),
        checked: bool = True,
    ) -> None:
        self.tables = tables
        self.broken = broken
        self.checked = checked
        self.case_of = case_of
        self.nothing = case_of(dossier_of(MappingNode((), NOWHERE), Report()))
        self._catalogues = Catalogues(tables, shared)

    def take(self, chunk: Chunk) -> Taken:
        """The store of a chunk."""
        many = len(chunk.institutions)
        odd = pl.Series([False], dtype=pl.Boolean).new_from_index(0, many)
        parsed = own_rows(self.tables, chunk)
        for found in parsed.values():
            odd = _mark(odd, found.columns[INST].filter(found.odd))
        frames = {name: found.frame() for name, found in parsed.items()}
        shared = self._catalogues
        members = shared.members(frames)
        for name, rows in members.items():
            frames[name] = rows.join(shared.frames[name], on=ROW, how="inner").sort(INST, ROW)
            odd = _mark(odd, rows.join(shared.frames[name].filter(shared.parsed[name].odd), on=ROW, how="semi")[INST])
        figures = {name: shared.parsed.get(name, found).figures for name, found in parsed.items()}
        dossiers = Dossiers(self.tables, chunk, shared.by_table(members), self.broken)
        said = completeness_of(self.tables, chunk, self.nothing.as_of, many, self.broken)
        odd = _mark(odd, said.odd)
        frames = {name: _named(BY_NAME[name], frame) for name, frame in frames.items()}
        for frame in frames.values():
            odd = _mark(odd, _repeated(frame))
        frames, lost = self._with_unlisted(frames, said)
        odd = _mark(odd, lost)
        stated = stated_of(chunk, self.tables, dossiers, self.case_of, self.nothing, frames, self.checked)
        odd = _mark(odd, stated.odd)
        tables = self._linked(frames, figures)
        institution, twice = self._institutions(chunk, many)
        odd = _mark(odd, twice)
        tables[INSTITUTION] = institution
        periods, endless = period_tables(tables, self.nothing, stated.cases, many)
        odd = _mark(odd, endless)
        return Taken(self._store(chunk, {**tables, **periods}, said, stated), odd, dossiers, self.nothing)

    def _with_unlisted(
        self, frames: Mapping[str, pl.DataFrame], said: Completeness
    ) -> tuple[dict[str, pl.DataFrame], pl.Series]:
        """With rows for what is referred to where its own list is not given; and the institutions where it is given
        and lacks such a row."""
        found = dict(frames)
        lost = [pl.Series(INST, [], NUMBER)]
        for name in frames:
            ids = [
                frame.select(INST, pl.col(ref_text(name)).alias(ID))
                for other, frame in frames.items()
                if name in BY_NAME[other].refs
            ]
            if not ids:
                continue
            wanted = pl.concat(ids).drop_nulls().unique(maintain_order=True)
            unknown = wanted.join(frames[name], on=[INST, ID], how="anti")
            if not unknown.height:
                continue
            if name in self._catalogues.parsed:
                lost.append(unknown[INST])
                continue
            listed = pl.concat([frames[name].select(INST), said.lists(BY_NAME[name].list_name)]).unique()
            lost.append(unknown.join(listed, on=INST, how="semi")[INST])
            loose = unknown.join(listed, on=INST, how="anti")
            found[name] = pl.concat([frames[name], loose], how="diagonal").sort(INST, maintain_order=True)
        return found, pl.concat(lost)

    def _linked(
        self, frames: Mapping[str, pl.DataFrame], figures: Mapping[str, Mapping[str, Column]]
    ) -> dict[str, Table]:
        """Tables with references as numbers of rows. What a row does not say, the rows that it refers to may."""
        numbered = {name: frame.select(INST, ID).with_row_index("n") for name, frame in frames.items()}
        links: dict[str, dict[str, pl.Series]] = {}
        for name, frame in frames.items():
            links[name] = {
                ref: frame.select(INST, pl.col(ref_text(ref)).alias(ID)).join(
                    numbered[ref], on=[INST, ID], how="left", maintain_order="left"
                )["n"]
                for ref in BY_NAME[name].refs
            }
        for own in links.values():
            for ref, numbers in own.items():
                for other, through in own.items():
                    if other != ref and ref in BY_NAME[other].refs:
                        there = links[other][ref].gather(through)
                        own[ref] = numbers.zip_with(numbers.is_not_null(), there)
        tables = {}
        for name, frame in frames.items():
            refs = [numbers.cast(NUMBER).alias(f"@{ref}") for ref, numbers in links[name].items()]
            complete = frame.with_columns(_listed(BY_NAME[name], self.nothing.as_of).alias(":listed"), *refs)
            known = {key: _still_exact(column, frame) for key, column in figures[name].items()}
            tables[name] = Table(name, complete, known)
        return tables

    def _institutions(self, chunk: Chunk, many: int) -> tuple[Table, pl.Series]:
        entity = BY_NAME[INSTITUTION]
        found = [chunk.tables[table.number] for table in self.tables if table.name == INSTITUTIONS]
        rows = pl.concat(found, how="diagonal") if found else pl.DataFrame(schema={INST: NUMBER, ROW: pl.UInt32})
        twice = rows.filter(pl.col(INST).is_duplicated())[INST]
        parsed = read_rows(entity, rows.unique(INST, keep="first", maintain_order=True))
        odd = pl.concat([twice, parsed.columns[INST].filter(parsed.odd)])
        everyone = pl.DataFrame({INST: pl.int_range(many, dtype=NUMBER, eager=True)})
        frame = everyone.join(parsed.frame(), on=INST, how="left", maintain_order="left")
        frame = frame.with_columns(pl.lit(INSTITUTION).alias(ID), pl.lit(True).alias(":listed"))
        return Table(INSTITUTION, frame, {key: _still_exact(c, frame) for key, c in parsed.figures.items()}), odd

    def _store(self, chunk: Chunk, tables: Mapping[str, Table], said: Completeness, stated: Stated) -> Store:
        return Store(
            ids=tuple(chunk.institutions),
            tables=tables,
            through=said.through,
            acts=acts_of(stated.cases),
            answers=answers_of(stated.cases),
            given=[case.dossier.given for case in stated.cases],
            days={e.name: _days(tables[e.name], self.nothing.as_of) for e in ENTITIES if e.day is not None},
        )


_LISTED = tuple(BY_LIST[name] for name in ROW_LISTS)


def own_rows(tables: Sequence[Headed], chunk: Chunk) -> dict[str, Parsed]:
    """Of every entity the rows that name an institution."""
    return {entity.name: read_rows(entity, _rows_of(entity, tables, chunk)) for entity in _LISTED}


def _rows_of(entity: Entity, tables: Sequence[Headed], chunk: Chunk) -> pl.DataFrame:
    """All rows of a list that name an institution, one table after the other."""
    wanted = [table for table in tables if table.name == entity.list_name and not table.catalogue]
    found = [chunk.tables[table.number] for table in wanted]
    if not found:
        return pl.DataFrame(schema={INST: NUMBER, ROW: pl.UInt32})
    if len(found) == 1:
        return found[0]
    alike = [frame.select(INST, ROW).hstack(texts(frame.drop(INST, ROW))) for frame in found]
    return pl.concat(alike, how="diagonal").sort(INST, maintain_order=True)


def _mark(odd: pl.Series, institutions: pl.Series) -> pl.Series:
    found = institutions.drop_nulls().unique()
    return odd.scatter(found, True) if len(found) else odd


def _named(entity: Entity, frame: pl.DataFrame) -> pl.DataFrame:
    """The rows with an id each: where they have none, the kind of row and its number in the institution's list."""
    number = pl.int_range(1, pl.len() + 1).over(INST).cast(pl.String)
    return frame.with_columns(pl.coalesce(ID, pl.lit(entity.name) + number).alias(ID))


def _repeated(frame: pl.DataFrame) -> pl.Series:
    """Institutions that have two rows under one id."""
    return frame.filter(pl.struct(INST, ID).is_duplicated())[INST]


def _listed(entity: Entity, as_of: int) -> pl.Expr:
    if not is_dated(entity.name):
        return pl.lit(True)
    return pl.col(DAY).is_null() | (pl.col(DAY) <= as_of)


def _still_exact(column: Column, frame: pl.DataFrame) -> Column:
    exact = column.lo == column.hi and frame[column.lo].null_count() == 0
    return Column(column.lo, column.hi, column.scale, column.top, exact)


def _days(table: Table, as_of: int) -> pl.DataFrame:
    """Every day up to the as-of date on which a row begins or ends."""
    column = table.figures[DAY]
    rows = table.frame.filter(":listed")
    ends = [rows.select(INST, pl.col(name).cast(pl.Int64).alias("day")) for name in {column.lo, column.hi}]
    return pl.concat(ends).drop_nulls().filter((pl.col("day") <= as_of) & (pl.col("day") > BEFORE)).unique()
