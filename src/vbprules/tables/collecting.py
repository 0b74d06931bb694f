"""Frames collected, with what is wrong in a file said of that file: much shows only when its rows are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final, Protocol

import polars as pl

from vbprules.diagnostics import InputError, Report

BROKEN: Final = (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError)


class Origin(Protocol):
    """A table that says where it comes from."""

    @property
    def origin(self) -> str:
        """A path, or a name."""
        ...

    @property
    def frame(self) -> pl.LazyFrame:
        """Its rows."""
        ...


@contextmanager
def said_of(tables: Sequence[Origin]) -> Iterator[None]:
    """Within the block rows of these tables are read; raises InputError about each that cannot be."""
    try:
        yield
    except BROKEN as error:
        report = Report()
        for table in tables:
            reason = _wrong(table.frame)
            if reason:
                with report.source(table.origin):
                    report.error("unreadable_table", None, path=table.origin, reason=reason)
        if not report.has_errors:
            raise
        raise InputError(tuple(report.sorted_findings())) from error


def first_line(error: BaseException) -> str:
    """What an error says, as a reason that fits into a line."""
    return (str(error).splitlines() or [type(error).__name__])[0][:200]


def _wrong(frame: pl.LazyFrame) -> str:
    """Why the rows of a frame cannot be read; empty where they can."""
    try:
        frame.select(pl.all().null_count()).collect(engine="streaming")
    except BROKEN as error:
        return first_line(error)
    return ""
