"""Databases with tables of our own to read from; each function gives the URL."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from postgresql_server import PASSWORD, USER, url_of

if TYPE_CHECKING:
    import psycopg


def sqlite_of(folder: Path, statements: Sequence[str]) -> str:
    path = folder / "事实 facts.db"
    opened = sqlite3.connect(path)
    for statement in statements:
        opened.execute(statement)
    opened.commit()
    opened.close()
    return f"sqlite:///{path}"


def duckdb_of(folder: Path, statements: Sequence[str]) -> str:
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    path = folder / "main.duckdb"  # a database of the name of its own schema
    with duckdb.connect(str(path)) as opened:
        for statement in statements:
            opened.execute(statement)
    return f"duckdb:///{path}"


def postgresql_of(socket: str, statements: Sequence[str]) -> str:
    """A new database, so that tests do not see one another's tables."""
    import psycopg

    def connected(database: str) -> psycopg.Connection:
        return psycopg.connect(host=socket, user=USER, password=PASSWORD, dbname=database, autocommit=True)

    with connected("postgres") as opened:
        (count,) = opened.execute("select count(*) from pg_database").fetchone()
        opened.execute(f'create database "库{count}"')
    with connected(f"库{count}") as opened:
        for statement in statements:
            opened.execute(statement)
    return url_of(socket, f"库{count}")
