"""Well-formed tables of strange content: a description in text becomes typed columns of several lists.

A line ``# purchases`` begins a table; the next line has its headings, ``name`` or ``name:type``; rows follow, cells
parted by ``|``. The same tables are decided as frames of Arrow, and one of them as CSV, Parquet or a workbook.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import polars as pl

from fuzz.batches import decided
from fuzz.files import written

TYPES: dict[str, Any] = {
    "int": pl.Int64,
    "small": pl.Int8,
    "big": pl.Int128,
    "unsigned": pl.UInt64,
    "float": pl.Float64,
    "decimal": pl.Decimal(38, 6),
    "fine": pl.Decimal(38, 12),
    "date": pl.Date,
    "time": pl.Datetime("us"),
    "zoned": pl.Datetime("ns", "Asia/Shanghai"),
    "clock": pl.Time,
    "span": pl.Duration("us"),
    "truth": pl.Boolean,
    "class": pl.Categorical,
    "nothing": pl.Null,
    "bytes": pl.Binary,
}
KINDS = ("arrow", "csv", "parquet", "xlsx")


def tables_in(text: str) -> dict[str, pl.DataFrame]:
    """The tables that a text describes, as far as it describes any."""
    found: dict[str, pl.DataFrame] = {}
    for part in text.split("# ")[1:6]:
        name, _, body = part.partition("\n")
        lines = [line.split("|")[:40] for line in body.split("\n") if line][:60]
        if not lines:
            continue
        columns: dict[str, pl.Series] = {}
        for place, heading in enumerate(lines[0]):
            column, _, kind = heading.partition(":")
            cells = pl.Series([row[place] if place < len(row) else None for row in lines[1:]], dtype=pl.String)
            with suppress(pl.exceptions.PolarsError):
                columns[column] = cells.cast(TYPES[kind], strict=False) if kind in TYPES else cells
        found[name.strip()] = pl.DataFrame(columns)
    return found


def one(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    kind = next((kind for kind in KINDS if text.startswith(kind)), "arrow")
    tables: dict[str, Any] = dict(tables_in(text))
    if kind != "arrow" and tables:
        name = next(iter(tables))
        file = written(b"", f"one.{kind}")
        try:
            if kind == "csv":
                tables[name].write_csv(file)
            elif kind == "parquet":
                tables[name].write_parquet(file)
            else:
                tables[name].write_excel(file)
        except Exception:  # a frame that cannot be written is no input
            return
        tables[name] = file
    decided(tables)
