"""The facts of many institutions as tables: one a kind of row, with the row's number as its identity.

References are numbers of rows in another table. A figure is one column where all that is recorded is exact, otherwise
two; what is not recorded is null in both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any, Final

import polars as pl

from vbprules.columnar.ends import BEFORE, End, kind_of
from vbprules.columnar.leaves import Codes, Span, Truth
from vbprules.engine.case import Case
from vbprules.facts.rows import Act, Code, Row
from vbprules.language.vocabulary import BY_NAME, ENTITIES, INSTITUTION, PERIOD_ENTITIES, YEAR
from vbprules.values.figures import CODE, DATE, TEXT, TRUTH
from vbprules.values.ranges import Infinity, Number, Range

ROW: Final = pl.UInt32


@dataclass(frozen=True, slots=True)
class Column:
    """Where a figure stands in its table: the names of its ends, its scale and bound."""

    lo: str
    hi: str
    scale: int
    top: int
    exact: bool  # recorded, and exactly, in every row


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """All rows of an entity. ``frame``: ``inst``, ``:id``, ``:listed`` (norms are judged for it), references, cells.

    ``figures``: the columns of its fields, and of ``day``, ``start`` and ``end`` under their names with a mark.
    """

    entity: str
    frame: pl.DataFrame
    figures: Mapping[str, Column]

    def leaf(self, name: str, unit: str) -> Any:
        """The value of a field in every row, over the table's own columns."""
        if unit == TRUTH:
            return Truth(pl.col(name))
        if unit in (CODE, TEXT):
            return Codes(pl.col(name))
        column, day = self.figures[name], unit == DATE
        if column.exact:
            end = End(pl.col(column.lo), column.top, column.scale)
            return Span(end, end, signed=day, day=day)
        low, top = (BEFORE, max(column.top, -BEFORE)) if day else (0, column.top)
        lo = End(pl.col(column.lo).fill_null(low), top, column.scale)
        hi = End(pl.col(column.hi), column.top, column.scale, nullable=True)
        return Span(lo, hi, signed=day, day=day, known_or_open=column.lo == column.hi and not day)


@dataclass(frozen=True, slots=True, eq=False)
class Store:
    """The facts of many institutions as known on one day. ``through``: per institution and list, completeness."""

    ids: tuple[str, ...]
    tables: Mapping[str, Table]
    through: pl.DataFrame
    acts: pl.DataFrame
    answers: pl.DataFrame
    given: Sequence[Sequence[Any]]
    days: Mapping[str, pl.DataFrame]  # of a list: every day on which one of its rows begins or ends


def store_of(cases: Sequence[Case]) -> Store:
    """The store of cases of one program on one day."""
    numbers: dict[str, dict[tuple[int, int], int]] = {entity.name: {} for entity in ENTITIES}
    rows: dict[str, list[tuple[int, Row, bool]]] = {entity.name: [] for entity in ENTITIES}
    for inst, case in enumerate(cases):
        for entity in ENTITIES:
            listed = {id(row) for row in case.rows(entity.name)}
            for row in _all_rows(case, entity.name):
                numbers[entity.name][inst, id(row)] = len(rows[entity.name])
                rows[entity.name].append((inst, row, id(row) in listed))
    return Store(
        ids=tuple(case.dossier.institution.id for case in cases),
        tables={name: _table(name, rows[name], numbers) for name in rows},
        through=_through(cases),
        acts=acts_of(cases),
        answers=answers_of(cases),
        given=[case.dossier.given for case in cases],
        days={entity.name: _days(cases, entity.name) for entity in ENTITIES if entity.day is not None},
    )


def _all_rows(case: Case, entity: str) -> Iterable[Row]:
    """Those that are listed, and those that rows may refer to or look at."""
    if entity == INSTITUTION:
        return (case.dossier.institution,)
    if entity in PERIOD_ENTITIES:
        found = list(case.rows(entity))
        return [*found, *_neighbours(case, found)] if entity == YEAR else found
    return case.dossier.rows.get(entity, ())


def _neighbours(case: Case, years: Sequence[Row]) -> Iterable[Row]:
    known = {row.id for row in years}
    for row in years:
        for offset in (-1, 1):
            other = case.year_row(row, offset)
            if other is not None and other.id not in known:
                known.add(other.id)
                yield other


def _table(
    name: str, rows: Sequence[tuple[int, Row, bool]], numbers: Mapping[str, Mapping[tuple[int, int], int]]
) -> Table:
    entity = BY_NAME[name]
    columns: list[pl.Series] = [
        pl.Series("inst", [inst for inst, _, _ in rows], ROW),
        pl.Series(":id", [row.id for _, row, _ in rows], pl.String),
        pl.Series(":listed", [listed for _, _, listed in rows], pl.Boolean),
    ]
    for ref in entity.refs:
        found = [numbers[ref].get((inst, id(row.refs[ref]))) if ref in row.refs else None for inst, row, _ in rows]
        columns.append(pl.Series(f"@{ref}", found, ROW))
    figures: dict[str, Column] = {}
    for field in entity.fields:
        cells = [row.cells.get(field.name) for _, row, _ in rows]
        if field.unit == TRUTH:
            columns.append(pl.Series(field.name, [_bool(cell) for cell in cells], pl.Boolean))
        elif field.unit in (CODE, TEXT):
            texts = [cell.text if isinstance(cell, Code) else None for cell in cells]
            columns.append(pl.Series(field.name, texts, pl.String))
        else:
            figures[field.name] = _figure(field.name, cells, columns)
    figures[":day"] = _figure(":day", [row.day for _, row, _ in rows], columns)
    spans = [row.span or (None, None) for _, row, _ in rows]
    figures[":start"] = _figure(":start", [start for start, _ in spans], columns)
    figures[":end"] = _figure(":end", [end for _, end in spans], columns)
    return Table(name, pl.DataFrame(columns), figures)


def _bool(cell: Any) -> bool | None:
    return None if cell is None or cell.lo != cell.hi else bool(cell.lo)


def _figure(name: str, cells: Sequence[Any], columns: list[pl.Series]) -> Column:
    ranges = [cell if isinstance(cell, Range) else None for cell in cells]
    ends = [end for cell in ranges if cell is not None for end in cell if not isinstance(end, Infinity)]
    scale = lcm(*(end.denominator for end in ends if isinstance(end, Fraction)), 1)
    top = max((abs(int(end * scale)) for end in ends), default=0)
    kind = kind_of(top)
    lows = [None if cell is None else _whole(cell.lo, scale) for cell in ranges]
    highs = [None if cell is None else _whole(cell.hi, scale) for cell in ranges]
    columns.append(pl.Series(name, lows, kind))
    if lows == highs:
        return Column(name, name, scale, top, None not in lows)
    columns.append(pl.Series(f"{name}:hi", highs, kind))
    return Column(name, f"{name}:hi", scale, top, exact=False)


def _whole(number: Number, scale: int) -> int | None:
    return None if isinstance(number, Infinity) else int(number * scale)


def _through(cases: Sequence[Case]) -> pl.DataFrame:
    lists = sorted({entity.list_name for entity in ENTITIES} | {"acts", "performances"})
    return pl.DataFrame(
        {name: pl.Series([_day(case.through(name)) for case in cases], dtype=pl.Int64) for name in lists}
    )


def _day(number: Number) -> int:
    return BEFORE if isinstance(number, Infinity) else int(number)


def acts_of(cases: Sequence[Case]) -> pl.DataFrame:
    """Acts as known: ``imposed`` at the latest, null where it may lie ahead; ``earliest``; the ends of the lifting."""
    found = [(inst, case, act) for inst, case in enumerate(cases) for act in case.dossier.acts]
    return pl.DataFrame(
        {
            "inst": pl.Series([inst for inst, _, _ in found], dtype=ROW),
            "of": pl.Series([act.of for _, _, act in found], dtype=pl.String),
            "record": pl.Series([act.record for _, _, act in found], dtype=pl.String),
            "subject": pl.Series([act.subject for _, _, act in found], dtype=pl.String),
            "earliest": pl.Series([_day(act.day.lo) for _, _, act in found], dtype=pl.Int64),
            "imposed": pl.Series([_known(act.day.hi, case) for _, case, act in found], dtype=pl.Int64),
            "lifted": pl.Series([act.lifted_on is not None for _, _, act in found], dtype=pl.Boolean),
            "lifted_from": pl.Series([_lifted(act, 0) for _, _, act in found], dtype=pl.Int64),
            "lifted_by": pl.Series([_lifted(act, 1) for _, _, act in found], dtype=pl.Int64),
        }
    )


def _known(day: Number, case: Case) -> int | None:
    return None if isinstance(day, Infinity) or day > case.as_of else int(day)


def _lifted(act: Act, end: int) -> int | None:
    day = None if act.lifted_on is None else act.lifted_on[end]
    return None if day is None or (isinstance(day, Infinity) and day.positive) else _day(day)


def answers_of(cases: Sequence[Case]) -> pl.DataFrame:
    """The answer that stands to every question asked about a subject."""
    found: dict[tuple[int, str, str], bool] = {}
    for inst, case in enumerate(cases):
        for item in case.dossier.determinations:
            answers = case.answers(item.question, item.subject)
            if answers:
                found[inst, item.question, item.subject] = answers[-1].answer
    return pl.DataFrame(
        {
            "inst": pl.Series([key[0] for key in found], dtype=ROW),
            "question": pl.Series([key[1] for key in found], dtype=pl.String),
            "subject": pl.Series([key[2] for key in found], dtype=pl.String),
            "answer": pl.Series(list(found.values()), dtype=pl.Boolean),
        }
    )


def _days(cases: Sequence[Case], entity: str) -> pl.DataFrame:
    found = [(inst, day) for inst, case in enumerate(cases) for day in case.days((entity,))]
    return pl.DataFrame(found, schema={"inst": ROW, "day": pl.Int64}, orient="row")
