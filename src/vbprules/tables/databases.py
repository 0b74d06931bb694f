"""Tables of a batch from a database: SQLite, PostgreSQL, DuckDB, all as they stand at one moment.

Nothing is written. Figures arrive exact; a column of binary floats is left as one, for the caller to refuse.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import polars as pl

from vbprules.diagnostics import Report, suggest
from vbprules.language.words import LISTS
from vbprules.tables.connections.model import Connection, Failure, need
from vbprules.tables.database_urls import DUCKDB, SQLITE, BadUrl, Place, place_of, shown_url

ROWS_AT_ONCE: Final = 50_000
_ALSO: Final = {"机构": "institutions", "完整性": "completeness"}  # no lists of a dossier, but tables of a batch


@dataclass(frozen=True, slots=True, eq=False)
class Database:
    """An open database. ``tables``: of each accepted name that stands there, what the database calls it."""

    place: Place
    connection: Connection
    tables: Mapping[str, str]

    def origin(self, name: str) -> str:
        """Where a table is, for findings about its rows."""
        return f"{self.place.shown}#{self.tables[name]}"

    def batches(self, name: str, rows_at_once: int = ROWS_AT_ONCE) -> Iterator[pl.DataFrame]:
        """The rows of a table in frames of at most so many rows and of one schema; of an empty table one frame.

        Raises KeyError for a name that is not in ``tables``, ValueError for less than one row at once, and InputError
        where the table cannot be read.
        """
        if rows_at_once < 1:
            raise ValueError(f"rows_at_once: {rows_at_once}")
        report = Report()
        try:
            yield from self.connection.batches(self.tables[name], rows_at_once)
        except Failure as failure:
            _tell(failure, self.place, report)
        report.raise_if_errors()


@contextmanager
def opened(url: str, names: Collection[str], report: Report) -> Iterator[Database | None]:
    """The database of a URL, at one moment, and which of these tables it has; None after findings in ``report``."""
    try:
        place = place_of(url)
    except BadUrl as error:
        with report.source(shown_url(url)):
            report.error("bad_database_url", None, url=shown_url(url), reason=str(error))
        yield None
        return
    try:
        connection = _connected(place)
    except Failure as failure:
        _tell(failure, place, report)
        yield None
        return
    try:
        yield _found(place, connection, names, report)
    finally:
        connection.close()


def database_tables(url: str, names: Collection[str], report: Report) -> dict[str, pl.DataFrame]:
    """Every table or view of a database whose name is one of ``names``, whole, under that name.

    What cannot be read goes to ``report``; the other tables are read all the same, so that all is said at once.
    """
    found: dict[str, pl.DataFrame] = {}
    with opened(url, names, report) as database:
        if database is None:
            return found
        for name, table in database.tables.items():
            try:
                found[name] = pl.concat(database.connection.batches(table, ROWS_AT_ONCE))
            except Failure as failure:
                _tell(failure, database.place, report)
    return found


def database_batches(url: str, name: str, rows_at_once: int = ROWS_AT_ONCE) -> Iterator[pl.DataFrame]:
    """One table or view of a database, as :meth:`Database.batches` has it. Raises InputError, ValueError.

    Each call opens the database anew: several tables of one moment are read within :func:`opened`.
    """
    report = Report()
    with opened(url, (name,), report) as database:
        report.raise_if_errors()
        if database is not None:
            yield from database.batches(name, rows_at_once)


def _connected(place: Place) -> Connection:
    """Raises Failure."""
    if place.product in (SQLITE, DUCKDB) and not Path(place.database).is_file():
        raise Failure("no_database_file", path=place.database)
    if place.product == SQLITE:
        need("sqlite3")
        from vbprules.tables.connections.sqlite_file import SqliteFile

        return SqliteFile(place)
    if place.product == DUCKDB:
        from vbprules.tables.connections.duckdb_file import DuckdbFile

        return DuckdbFile(place)
    from vbprules.tables.connections.postgresql import Postgresql

    return Postgresql(place)


def _found(place: Place, connection: Connection, names: Collection[str], report: Report) -> Database | None:
    """The database with those of its tables that are wanted."""
    try:
        there = connection.tables()
    except Failure as failure:
        _tell(failure, place, report)
        return None
    wanted = {name.casefold(): name for name in names}
    tables: dict[str, str] = {}
    meant: dict[str, list[str]] = {}
    for table in there:
        name = wanted.get(table.casefold())
        if name is not None:
            tables[name] = table
            meant.setdefault(_ALSO.get(name) or LISTS.get(name, name), []).append(table)
    with report.source(place.shown):
        for many in meant.values():
            if len(many) > 1:
                report.error("list_in_two_tables", None, first=many[0], second=many[1])
        if not tables:
            nearest = partial(_nearest, there, names)
            report.error("no_fitting_table", None, tables=there, suggestion=nearest)
    once = {table for many in meant.values() if len(many) == 1 for table in many}
    kept = {name: table for name, table in tables.items() if table in once}
    return Database(place, connection, kept) if tables else None


def _nearest(there: Collection[str], names: Collection[str]) -> str:
    return next(filter(None, (suggest(table, names) for table in there)), "")


def _tell(failure: Failure, place: Place, report: Report) -> None:
    fields = {key: place.redacted(value) for key, value in failure.fields.items()}
    table = fields.get("table")
    with report.source(f"{place.shown}#{table}" if table else place.shown):
        report.error(failure.name, None, **{"url": place.shown, **fields})
