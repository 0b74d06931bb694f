"""A server of PostgreSQL, read by cursors of the server, so that no table is ever held as a whole.

Psycopg rather than Arrow (ADBC): that one turns an infinite date into some day, and 12.50 of the kind money into 1250.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Final

import polars as pl

from vbprules.tables.connections.model import Failure, failing, need
from vbprules.tables.database_urls import Place

if TYPE_CHECKING:
    from psycopg import Column
    from psycopg.sql import Composable, Composed

_NATIVE: Final[dict[int, pl.DataType]] = {  # by the number that PostgreSQL gives to the type
    16: pl.Boolean(),
    20: pl.Int64(),
    21: pl.Int64(),
    23: pl.Int64(),
    25: pl.String(),
    700: pl.Float64(),
    701: pl.Float64(),
    1043: pl.String(),
    1082: pl.Date(),
    1114: pl.Datetime("us"),
}
_ZONED: Final = 1184
_TEXTS: Final = {1700: "trim_scale({})::text", 790: "trim_scale({}::numeric)::text"}  # numeric, money
_TRIMS: Final = 130000  # the first version that has trim_scale
_PATIENCE: Final = 15  # seconds until a server is taken for unreachable
# Else rows could be kept from us without a word, and two readings of a large table begin at different rows.
_SETTINGS: Final = ("row_security", "synchronize_seqscans")
_TABLES: Final = """
select c.relname from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'v', 'm', 'p', 'f')
  and case when %(schema)s::text is null
      then pg_catalog.pg_table_is_visible(c.oid) and n.nspname not in ('pg_catalog', 'information_schema')
      else n.nspname = %(schema)s end
order by c.relname
"""


class Postgresql:
    """A database of PostgreSQL within one transaction that sees one moment and cannot write."""

    def __init__(self, place: Place) -> None:
        """Raises Failure."""
        need("psycopg")
        import psycopg

        self._errors = (psycopg.Error, UnicodeError)
        self._place = place
        self._streams = 0
        with failing("database_unreachable", self._errors):
            self._open = psycopg.connect(
                dbname=place.database,
                host=place.host,
                port=place.port,
                user=place.user,
                password=place.password,
                connect_timeout=_PATIENCE,
                client_encoding="utf8",
                application_name="vbprules",
                **dict(place.tls),  # type: ignore[arg-type]
            )
            self._open.read_only = True
            self._open.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            for setting in _SETTINGS:
                self._open.execute(f"set local {setting} = off")

    def tables(self) -> tuple[str, ...]:
        """The names of its tables and views: of a schema, or of the search path. Raises Failure."""
        with failing("database_unreachable", self._errors):
            return tuple(name for (name,) in self._open.execute(_TABLES, {"schema": self._place.schema}))

    def batches(self, table: str, rows_at_once: int) -> Iterator[pl.DataFrame]:
        """Frames of one schema. Raises Failure."""
        self._streams += 1
        mark = f"rows_{self._streams}"
        cursor = self._open.cursor(name=mark, binary=True)
        try:
            with failing("unreadable_relation", self._errors, table=table):
                self._open.execute(f"savepoint {mark}")
                query, kinds = self._query(table)
                rows = cursor.execute(query).fetchmany(rows_at_once)
            yield _frame(rows, kinds)
            while rows:
                with failing("unreadable_relation", self._errors, table=table):
                    rows = cursor.fetchmany(rows_at_once)
                if rows:
                    yield _frame(rows, kinds)
        except Failure:
            with suppress(*self._errors):  # the other tables can still be read
                cursor.close()
                self._open.execute(f"rollback to savepoint {mark}")
            raise
        finally:
            with suppress(*self._errors):
                cursor.close()

    def close(self) -> None:
        """Let go of it."""
        self._open.close()

    def _query(self, table: str) -> tuple[Composed, dict[str, pl.DataType]]:
        from psycopg.sql import SQL, Identifier

        names = (table,) if self._place.schema is None else (self._place.schema, table)
        relation = Identifier(*names)
        columns = self._open.execute(SQL("select * from {} limit 0").format(relation)).description or []
        zoned = [column.name for column in columns if column.type_code == _ZONED]
        if zoned and self._place.timezone is None:
            raise Failure("moment_without_zone", table=table, columns=", ".join(zoned))
        told = SQL(", ").join(self._told(column) for column in columns)
        kinds = {column.name: _kind(column.type_code) for column in columns}
        return SQL("select {} from {}").format(told, relation), kinds

    def _told(self, column: Column) -> Composable:
        """A column, as exact text where Polars has no kind for it."""
        from psycopg.sql import SQL, Identifier, Literal

        name = Identifier(column.name)
        if column.type_code in _NATIVE:
            return name
        if column.type_code == _ZONED:
            return SQL("({} at time zone {}) as {}").format(name, Literal(self._place.timezone), name)
        cast = _TEXTS.get(column.type_code, "{}::text")
        if self._open.info.server_version < _TRIMS:
            cast = cast.replace("trim_scale", "")
        return SQL(cast + " as {}").format(name, name)


def _kind(code: int) -> pl.DataType:
    return pl.Datetime("us") if code == _ZONED else _NATIVE.get(code, pl.String())


def _frame(rows: list[tuple[object, ...]], kinds: dict[str, pl.DataType]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=kinds, orient="row", strict=True) if kinds else pl.DataFrame()
