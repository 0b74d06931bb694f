"""What is read from a database, and what is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import polars as pl

from vbprules.diagnostics import Report
from vbprules.tables.databases import database_tables

NAMES = ("purchases", "采购", "receipts", "收货", "institutions", "机构", "payments")


def read(url: str, names: Sequence[str] = NAMES) -> dict[str, pl.DataFrame]:
    report = Report()
    found = database_tables(url, names, report)
    assert report.findings == []
    return found


def said(url: str, names: Sequence[str] = NAMES) -> tuple[dict[str, pl.DataFrame], list[tuple[str, str, str]]]:
    """What was read, and of each finding its code, place and words."""
    report = Report()
    found = database_tables(url, names, report)
    return found, [(finding.code, finding.place, finding.message("zh")) for finding in report.findings]


def exact(column: pl.Series) -> list[Decimal | None]:
    """The cells of a column that is text, integers or decimals."""
    assert column.dtype.is_decimal() or column.dtype.is_integer() or column.dtype == pl.String
    return [None if cell is None else Decimal(cell) for cell in column]
