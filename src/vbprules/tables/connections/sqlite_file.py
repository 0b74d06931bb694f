"""A file of SQLite. Any cell there may be of any kind, so each column is looked through before it is read."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import polars as pl

from vbprules.tables.connections.model import failing, quoted
from vbprules.tables.database_urls import Place

_ERRORS: Final = (sqlite3.Error, sqlite3.Warning, UnicodeError, OverflowError)
_BINARY: Final = ("REAL", "FLOA", "DOUB")  # by these SQLite itself tells a column of binary floats
Plain = Callable[[Any], object]


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: its kind for all of its rows, and how a cell becomes that (None: as it is)."""

    name: str
    kind: pl.DataType
    plain: Plain | None = None


class SqliteFile:
    """A file of SQLite within one transaction of reading."""

    def __init__(self, place: Place) -> None:
        """Raises Failure."""
        uri = f"{Path(place.database).absolute().as_uri()}?mode=ro"
        with failing("database_unreachable", _ERRORS):
            self._open = sqlite3.connect(uri, uri=True, isolation_level=None)
            try:
                for statement in ("PRAGMA query_only=ON", "PRAGMA trusted_schema=OFF", "BEGIN"):
                    self._open.execute(statement)
                self._open.execute("SELECT count(*) FROM sqlite_master").fetchone()  # here the moment is fixed
            except BaseException:
                self._open.close()
                raise

    def tables(self) -> tuple[str, ...]:
        """The names of its tables and views. Raises Failure."""
        with failing("database_unreachable", _ERRORS):
            found = self._open.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name")
            return tuple(name for (name,) in found)

    def batches(self, table: str, rows_at_once: int) -> Iterator[pl.DataFrame]:
        """Frames of one schema. Text and integers are what they are; a column with a binary float is one of floats.
        Raises Failure."""
        with failing("unreadable_relation", _ERRORS, table=table):
            columns = self._columns(table)
            names = ", ".join(quoted(column.name) for column in columns)
            cursor = self._open.execute(f"SELECT {names} FROM {quoted(table)}")
            rows = cursor.fetchmany(rows_at_once)
        yield _frame(columns, rows)
        while rows:
            with failing("unreadable_relation", _ERRORS, table=table):
                rows = cursor.fetchmany(rows_at_once)
            if rows:
                yield _frame(columns, rows)

    def close(self) -> None:
        """Let go of it."""
        self._open.close()

    def _columns(self, table: str) -> list[_Column]:
        """What the columns hold in all of their rows."""
        names = [name for name, *_ in self._open.execute(f"SELECT * FROM {quoted(table)} LIMIT 0").description]
        declared = dict(self._open.execute("SELECT name, upper(type) FROM pragma_table_xinfo(?)", (table,)))
        asked = (f"group_concat(DISTINCT typeof({c})), total({c} NOT IN (0, 1))" for c in map(quoted, names))
        told = self._open.execute(f"SELECT {', '.join(asked)} FROM {quoted(table)}").fetchone()
        found = zip(names, told[::2], told[1::2], strict=True)
        return [_column(name, declared.get(name) or "", set((kinds or "").split(",")), n) for name, kinds, n in found]


def _column(name: str, declared: str, kinds: set[str], not_truths: float) -> _Column:
    if "blob" in kinds:
        return _Column(name, pl.Binary(), _bytes)
    if "real" in kinds or any(word in declared for word in _BINARY):
        return _Column(name, pl.Float64(), _float)
    if "text" in kinds:
        return _Column(name, pl.String(), str if "integer" in kinds else None)
    if "BOOL" in declared and not not_truths:
        return _Column(name, pl.Boolean(), bool)
    return _Column(name, pl.Int64() if "integer" in kinds else pl.String())


def _frame(columns: Sequence[_Column], rows: Sequence[tuple[Any, ...]]) -> pl.DataFrame:
    cells = [[row[position] for row in rows] for position in range(len(columns))]
    return pl.DataFrame(
        [
            pl.Series(column.name, _plain(column, values), column.kind, strict=True)
            for column, values in zip(columns, cells, strict=True)
        ]
    )


def _plain(column: _Column, values: list[Any]) -> list[object]:
    plain = column.plain
    return values if plain is None else [None if value is None else plain(value) for value in values]


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


def _float(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float)) else None
