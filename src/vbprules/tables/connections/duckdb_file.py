"""A file of DuckDB, read over Arrow: decimals, integers, days and truths arrive as they are kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import polars as pl

from vbprules.tables.connections.model import Failure, failing, need, quoted
from vbprules.tables.database_urls import Place

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_AS_THEY_ARE: Final = (
    *("VARCHAR", "BOOLEAN", "FLOAT", "DOUBLE"),
    *("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"),
)
_MOMENTS: Final = ("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS")
_ZONED: Final = "TIMESTAMP WITH TIME ZONE"
# A view could name files, addresses and extensions: none of them is looked at.
_CLOSED: Final = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


class DuckdbFile:
    """A file of DuckDB. While it is open for reading nobody can write to it, so it stays at one moment."""

    def __init__(self, place: Place) -> None:
        """Raises Failure."""
        need("duckdb", "pyarrow")
        import duckdb

        self._errors = (duckdb.Error, UnicodeError)
        self._place = place
        with failing("database_unreachable", self._errors):
            self._open = duckdb.connect(place.database, read_only=True, config=dict(_CLOSED))

    def tables(self) -> tuple[str, ...]:
        """The names of its tables and views. Raises Failure."""
        query = (
            "SELECT table_name FROM information_schema.tables "
            "WHERE table_catalog = current_database() AND table_schema = ? ORDER BY table_name"
        )
        with failing("database_unreachable", self._errors):
            return tuple(name for (name,) in self._open.execute(query, [self._schema]).fetchall())

    def batches(self, table: str, rows_at_once: int) -> Iterator[pl.DataFrame]:
        """Frames of one schema. Raises Failure."""
        with failing("unreadable_relation", self._errors, table=table):
            own = self._open.cursor()  # another question to the same one would end this stream
            reader = own.sql(self._query(own, table)).to_arrow_reader(rows_at_once)
            empty = pl.DataFrame(reader.schema.empty_table())
        found = False
        while True:
            with failing("unreadable_relation", self._errors, table=table):
                batch = next(reader, None)
            if batch is None:
                break
            found = True
            # Batches of Arrow are as large as DuckDB finds fit.
            yield from pl.DataFrame(batch).iter_slices(rows_at_once)
        if not found:
            yield empty

    def close(self) -> None:
        """Let go of it."""
        self._open.close()

    @property
    def _schema(self) -> str:
        return self._place.schema or "main"

    def _query(self, own: DuckDBPyConnection, table: str) -> str:
        (file,) = own.execute("SELECT current_database()").fetchone() or ("",)
        relation = quoted(file, self._schema, table)
        described = own.execute(f"DESCRIBE SELECT * FROM {relation}").fetchall()
        kinds = {str(row[0]): str(row[1]) for row in described}
        zoned = [name for name, kind in kinds.items() if kind == _ZONED]
        if zoned and self._place.timezone is None:
            raise Failure("moment_without_zone", table=table, columns=", ".join(zoned))
        columns = ", ".join(f"{self._told(quoted(name), kind)} AS {quoted(name)}" for name, kind in kinds.items())
        return f"SELECT {columns} FROM {relation}"

    def _told(self, name: str, kind: str) -> str:
        """A column, as exact text where Arrow has no kind for it."""
        if kind in _AS_THEY_ARE or kind.startswith("DECIMAL("):
            return name
        if kind == "DATE":
            return _within(name, "DATE", "9999-12-31")
        if kind in _MOMENTS:
            return _within(f"CAST({name} AS TIMESTAMP)", "TIMESTAMP", "9999-12-31 23:59:59.999999")
        if kind == _ZONED:
            return _within(f"({name} AT TIME ZONE '{self._place.timezone}')", "TIMESTAMP", "9999-12-31 23:59:59.999999")
        return f"CAST({name} AS VARCHAR)"


def _within(value: str, kind: str, last: str) -> str:
    """A day or moment; one without an end, which would arrive as some day far away, fails."""
    good = f"{value} IS NULL OR {value} BETWEEN {kind} '0001-01-01' AND {kind} '{last}'"
    return f"CASE WHEN {good} THEN {value} ELSE error('infinite date, or beyond year 9999') END"
