"""Columns of cells as exact figures, texts and truths: plain figures all at once, everything else by the dossier's
own reader, once for each text that occurs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import lcm
from typing import Any, Final

import polars as pl

from vbprules.columnar.ends import EPOCH, kind_of
from vbprules.columnar.store import Column
from vbprules.diagnostics import Report
from vbprules.facts.cells import read_cell, read_day
from vbprules.language.vocabulary import Field
from vbprules.reading import NOWHERE, Scalar
from vbprules.tables.sources import texts
from vbprules.values.figures import CODE, COUNT, DATE, DAYS, MONEY, TEXT, TRUTH
from vbprules.values.ranges import Infinity, Number, Range

_PLAIN: Final = r"^[0-9]{1,15}(\.[0-9]{1,6})?$"
_FINE: Final = 10**6  # the places that a figure may have


@dataclass(slots=True, eq=False)
class Parsed:
    """Columns of a table as they are read, its figures, and the rows of which a cell cannot be read."""

    height: int
    columns: dict[str, pl.Series] = field(default_factory=dict)
    figures: dict[str, Column] = field(default_factory=dict)
    odd: pl.Series = field(default_factory=lambda: pl.Series([], dtype=pl.Boolean))

    def __post_init__(self) -> None:
        self.odd = pl.Series([False], dtype=pl.Boolean).new_from_index(0, self.height)

    def frame(self) -> pl.DataFrame:
        """The columns as a table."""
        return pl.DataFrame(list(self.columns.values()))

    def is_odd(self, where: pl.Series) -> None:
        self.odd = self.odd | where.fill_null(False)


def text_of(cells: pl.Series) -> pl.Series:
    """Texts without the space around them; null where there is none."""
    found = texts(cells.to_frame()).to_series().str.strip_chars()
    return found.zip_with(found != "", pl.Series([None], dtype=pl.String).new_from_index(0, len(found)))


def parse(name: str, cells: pl.Series, column: Field, into: Parsed) -> None:
    """Read a column of a field."""
    if column.unit == TRUTH:
        _truths(name, cells, column, into)
    elif column.unit in (CODE, TEXT):
        told = text_of(cells)
        said = {text: read.text for text, read in _each(told, _reader(column), into)}
        into.columns[name] = told.replace_strict(said, default=None, return_dtype=pl.String).alias(name)
    elif column.unit == DATE:
        parse_days(name, cells, into, _reader(column))
    else:
        _figures(name, cells, column, into)


def parse_days(name: str, cells: pl.Series, into: Parsed, read: Callable[[Scalar, Report], Any] = read_day) -> None:
    """Read a column of days, or of the periods in which they lie."""
    if cells.dtype == pl.Date:
        days = cells.cast(pl.Int32).cast(pl.Int64) + EPOCH
        into.is_odd((days < _FIRST_DAY) | (days > _LAST_DAY))
        _keep(name, days, days, 1, into)
        return
    said = text_of(cells)
    found = _each(said, read, into)
    lows = {text: int(day.lo) for text, day in found if not isinstance(day.lo, Infinity)}
    highs = {text: int(day.hi) for text, day in found if not isinstance(day.hi, Infinity)}
    low = said.replace_strict(lows, default=None, return_dtype=pl.Int64)
    high = low if lows == highs else said.replace_strict(highs, default=None, return_dtype=pl.Int64)
    _keep(name, low, high, 1, into)


_FIRST_DAY, _LAST_DAY = 693_596, 803_533  # 1900-01-01 and 2200-12-31, as the reader of dates has them


def _reader(column: Field) -> Callable[[Scalar, Report], Any]:
    return lambda node, report: read_cell(node, column, report)


def _each(told: pl.Series, read: Callable[[Scalar, Report], Any], into: Parsed) -> list[tuple[str, Any]]:
    """Every text that occurs and what it says; unknown ones are left out, unreadable ones make their rows odd."""
    found, wrong = [], []
    for text in told.unique().drop_nulls():
        report = Report()
        value = read(Scalar(text, NOWHERE), report)
        if report.has_errors:
            wrong.append(text)
        elif value is not None:
            found.append((text, value))
    if wrong:
        into.is_odd(told.is_in(wrong))
    return found


def _truths(name: str, cells: pl.Series, column: Field, into: Parsed) -> None:
    if cells.dtype != pl.Boolean:
        told = text_of(cells)
        said = {text: bool(value.lo) for text, value in _each(told, _reader(column), into)}
        cells = told.replace_strict(said, default=None, return_dtype=pl.Boolean)
    into.columns[name] = cells.alias(name)


def _figures(name: str, cells: pl.Series, column: Field, into: Parsed) -> None:
    nothing = pl.lit(None, pl.String)
    if cells.dtype.is_integer() or cells.dtype.is_decimal():
        fits = _fits(cells)
        told = pl.Series("t", [None], pl.String).new_from_index(0, len(cells)) if fits else text_of(cells).alias("t")
        plain = cells if fits else cells.clear(len(cells))
        table = pl.DataFrame([plain.cast(pl.Decimal(38, 6)).alias("x"), told])
    else:
        table = pl.DataFrame([text_of(cells).alias("t")])
        simple = pl.col("t").str.contains(_PLAIN)
        plain_texts = table.select(pl.when(simple).then("t"))["t"]
        table = table.select(pl.when(~simple).then("t").otherwise(nothing).alias("t"))
        table = table.with_columns(plain_texts.str.to_decimal(scale=6).alias("x"))
    numbers = pl.Series("x", table["x"].to_physical()).cast(pl.Int128)
    table = table.with_columns(numbers)
    if column.unit == MONEY:
        table = table.with_columns(pl.col("x") * pl.lit(100, pl.Int128))
    broken = (pl.col("x") % _FINE != 0) if _is_whole(column) else pl.lit(False)
    into.is_odd(table.select(pl.col("x").is_not_null() & ((pl.col("x") < 0) | broken)).to_series())
    said = [(text, value) for text, value in _each(table["t"], _reader(column), into) if isinstance(value, Range)]
    scale = lcm(_FINE, *(end.denominator for _, value in said for end in value if not isinstance(end, Infinity)))
    low = high = table.select(pl.col("x") * pl.lit(scale // _FINE, pl.Int128)).to_series()
    if said:
        # an open end of a range is null, as what is not recorded is
        low = low.zip_with(low.is_not_null(), _ends(table["t"], {t: _int(v.lo, scale) for t, v in said}))
        high = high.zip_with(high.is_not_null(), _ends(table["t"], {t: _int(v.hi, scale) for t, v in said}))
    _keep(name, low, high, scale, into)


def _is_whole(column: Field) -> bool:
    """Whether the figure has no fraction: days, counts, and sums of money in fen."""
    return column.unit in (DAYS, COUNT) or (column.unit == MONEY and not column.fine)


def _ends(told: pl.Series, said: dict[str, int | None]) -> pl.Series:
    table = pl.DataFrame({"t": list(said), "end": pl.Series(list(said.values()), dtype=pl.Int128)})
    return told.to_frame("t").join(table, on="t", how="left", maintain_order="left")["end"]


def _fits(cells: pl.Series) -> bool:
    """Whether every figure has the places that a dossier allows."""
    if cells.dtype.is_decimal() and cells.dtype.scale > 6:  # type: ignore[attr-defined]
        return False
    most, least = cells.max(), cells.min()
    return most is None or bool(most < 10**15 and least > -(10**15))  # type: ignore[operator]


def _int(number: Number, scale: int) -> int | None:
    return None if isinstance(number, Infinity) else int(number * scale)


def _keep(name: str, low: pl.Series, high: pl.Series, scale: int, into: Parsed) -> None:
    """Both ends over the least scale that holds them exactly."""
    table = pl.DataFrame([low.alias("lo"), high.alias("hi")])
    for _ in range(6):
        if scale % 10 or table.select(((pl.all() % 10).fill_null(0) == 0).all()).row(0) != (True, True):
            break
        scale //= 10
        table = table.select(pl.all().floordiv(10))
    ends = [*table.min().row(0), *table.max().row(0)]
    top = max((abs(int(end)) for end in ends if end is not None), default=0)
    table = table.cast(kind_of(top))
    into.columns[name] = table["lo"].alias(name)
    if table.select(pl.col("lo").eq_missing(pl.col("hi")).all()).item():
        into.figures[name] = Column(name, name, scale, top, table["lo"].null_count() == 0)
        return
    into.columns[f"{name}:hi"] = table["hi"].alias(f"{name}:hi")
    into.figures[name] = Column(name, f"{name}:hi", scale, top, exact=False)
