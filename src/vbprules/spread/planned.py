"""What stands before a distributed run: tables looked over by their heads, the kernel made, lost rows found.

Of the tables of an engine only four things come here: their heads, catalogues, the names of institutions, and rows that
name none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

import polars as pl

from vbprules.batch.model import Tally
from vbprules.batch.run import prepared
from vbprules.batch.summaries import rejected_rows
from vbprules.calendar import LocalCalendar
from vbprules.diagnostics import Mark, Report
from vbprules.facts.rulings import Rulings
from vbprules.spread.kernel import Kernel, kernel_for, opened, refused
from vbprules.spread.packed import Packing
from vbprules.tables.alike import check_alike
from vbprules.tables.headings import OF, ROW, Headed, Headings, headed
from vbprules.tables.sources import COMPLETENESS, list_named, tables_of


class EngineTable(Protocol):
    """A table where an engine has it. Its columns are those of the source, with ``:row`` where that is known."""

    def head(self) -> pl.DataFrame:
        """Its columns without rows."""

    def rows(self) -> pl.DataFrame:
        """All rows, of a small table."""

    def institutions(self, column: str) -> pl.Series:
        """What the column with the institution says, without the space around it, each name once."""

    def rows_of_nobody(self, column: str) -> pl.DataFrame:
        """The rows in which the column with the institution is empty."""


T = TypeVar("T", bound=EngineTable)


@dataclass(frozen=True, eq=False)
class Planned(Generic[T]):
    """``tables``: those to be packed, each with how, and of our keys the columns of the source; ``lost``: rows that
    name no institution, in the columns of the kernel."""

    kernel: Kernel
    tables: tuple[tuple[T, Packing, Mapping[str, str]], ...]
    lost: pl.DataFrame


def planned(
    policy: str | Path,
    tables: Mapping[str, T],
    as_of: date | str,
    pin: str | None,
    readings: Mapping[str, str] | None,
    rulings: Rulings | Path | str | Mapping[str, Any] | None,
    calendar: str | Path | LocalCalendar | None,
    headings: Headings | None,
    instruments: Sequence[str | Path],
    reasons: bool,
) -> Planned[T]:
    """Look over the tables of an engine by the names of their lists. Errors are those of `evaluate_tables`."""
    files = opened(policy, pin, instruments)
    report = Report()
    known = {list_named(str(name), str(name), report): table for name, table in tables.items()}
    report.raise_if_errors()
    heads = {str(name): _plain(table.head()) for name, table in known.items()}
    tried = headed(tables_of(heads, report), report, headings)
    report.raise_if_errors()
    small = {}
    lost = Report()
    broken = set()
    named = [pl.Series("institution", [], pl.String)]
    for head in tried:
        table, empty = known[head.name], heads[head.name]
        if head.catalogue:
            small[head.name] = _in_order(table.rows(), empty)
            continue
        column = _column(head, empty)
        named.append(table.institutions(column).cast(pl.String))
        nobody = table.rows_of_nobody(column)
        small[head.name] = empty
        if head.name == COMPLETENESS:
            small[head.name] = _in_order(nobody, empty)
        elif nobody.height:
            broken.add(head.name)
            _tell(head, nobody, lost)
    check_alike(pl.concat(one.alias("institution") for one in named).unique().sort(), report)
    report.raise_if_errors()
    batch = prepared(files.program, small, as_of, readings, rulings, calendar, headings, files.instruments)
    batch = replace(batch, lost=tuple(lost.sorted_findings()))
    kernel = kernel_for(files, batch, frozenset(broken), reasons)
    found = []
    for packing in kernel.tables:
        if packing.column is not None:
            columns = heads[packing.name].columns
            names = {name: columns[position - 1] for name, position in packing.positions}
            found.append((known[packing.name], packing, names))
    return Planned(kernel, tuple(found), refused(rejected_rows(batch, Tally()), reasons))


def needs(package: str, engine: str, extra: str) -> None:
    """Raises InputError with how to install what an engine needs, where it is missing."""
    if find_spec(package) is None:
        report = Report()
        report.error("engine_missing", None, engine=engine, extra=extra)
        report.raise_if_errors()


def _plain(head: pl.DataFrame) -> pl.DataFrame:
    return head.drop(ROW, strict=False)


def _column(head: Headed, empty: pl.DataFrame) -> str:
    return empty.columns[head.positions[OF] - 1]


def _in_order(rows: pl.DataFrame, empty: pl.DataFrame) -> pl.DataFrame:
    """Rows of a small table, in the order of their source where it is known, otherwise in that of their cells."""
    by = [ROW] if ROW in rows.columns else [pl.col(name).cast(pl.String) for name in empty.columns]
    return rows.sort(by, nulls_last=True).select(empty.columns)


def _tell(head: Headed, nobody: pl.DataFrame, report: Report) -> None:
    """A finding for each row that names no institution; one for all of them where their places are not known."""
    column = head.positions[OF]
    with report.source(head.origin):
        if ROW not in nobody.columns:
            report.error("row_of_nobody", None, list=head.name)
            return
        for row in nobody[ROW].sort():
            report.error("row_of_nobody", Mark(int(row), column, int(row), column + 1), list=head.name)
