"""Databases of three products to read from."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from database_makers import duckdb_of, postgresql_of, sqlite_of
from postgresql_server import NoServer, server

collect_ignore_glob = [] if find_spec("polars") else ["test_*.py"]  # without the extra there is nothing to test
Make = Callable[[Sequence[str]], str]


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The folder of the socket of a server."""
    pytest.importorskip("psycopg")
    try:
        running = server()
        folder = running.__enter__()
    except NoServer as none:
        pytest.skip(f"PostgreSQL: {none}")
    try:
        yield folder
    finally:
        running.__exit__(None, None, None)


@pytest.fixture(params=["sqlite", "duckdb", "postgresql"])
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    """Makes a database of a product with these statements; its URL."""
    return MAKERS[request.param](request, tmp_path)


def _sqlite(request: pytest.FixtureRequest, folder: Path) -> Make:
    return lambda statements: sqlite_of(folder, statements)


def _duckdb(request: pytest.FixtureRequest, folder: Path) -> Make:
    return lambda statements: duckdb_of(folder, statements)


def _postgresql(request: pytest.FixtureRequest, folder: Path) -> Make:
    socket = request.getfixturevalue("postgresql")
    return lambda statements: postgresql_of(socket, statements)


MAKERS = {"sqlite": _sqlite, "duckdb": _duckdb, "postgresql": _postgresql}
