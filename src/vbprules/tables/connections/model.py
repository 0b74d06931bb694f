"""What a connection offers, and how it says that something failed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Protocol

import polars as pl

_LONGEST = 200


class Failure(Exception):
    """Something that must be told: the readable name of a finding, and its fields."""

    def __init__(self, name: str, **fields: str) -> None:
        super().__init__(name, fields)
        self.name = name
        self.fields = fields


class Connection(Protocol):
    """A database as it stands at one moment; nothing is ever written to it."""

    def tables(self) -> tuple[str, ...]:
        """The names of its tables and views. Raises Failure."""
        ...

    def batches(self, table: str, rows_at_once: int) -> Iterator[pl.DataFrame]:
        """The rows of one of them: frames of one schema, the first of which may be empty. Raises Failure."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


@contextmanager
def failing(name: str, kinds: tuple[type[Exception], ...], **fields: str) -> Iterator[None]:
    """Errors of a driver within the block are Failures of this name, with the first line as ``reason``."""
    try:
        yield
    except kinds as error:
        lines = str(error).strip().splitlines() or [type(error).__name__]
        raise Failure(name, reason=lines[0][:_LONGEST], **fields) from None


def need(*modules: str) -> None:
    """Raises Failure where one of these is not installed."""
    for module in modules:
        try:
            import_module(module)
        except ImportError:
            raise Failure("database_driver_missing", package=module) from None


def quoted(*names: str) -> str:
    """A name as SQL takes it, whatever characters it has."""
    return ".".join('"' + name.replace('"', '""') + '"' for name in names)
