"""The decisions of many institutions on a Dask that is there already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import polars as pl

from vbprules.calendar import LocalCalendar
from vbprules.facts.rulings import Rulings
from vbprules.spread.kernel import Kernel, arrow_of, columns_of
from vbprules.spread.packed import Packing, listed, numbered, parts_of
from vbprules.spread.planned import needs, planned
from vbprules.tables.chunks import ROWS_AT_ONCE
from vbprules.tables.headings import OF, ROW, Headings

_TEXT: Final = "string[pyarrow]"


def outcomes_on_dask(
    tables: Mapping[str, Any],
    policy: str | Path,
    as_of: date | str,
    *,
    pin: str | None = None,
    readings: Mapping[str, str] | None = None,
    rulings: Rulings | Path | str | Mapping[str, Any] | None = None,
    calendar: str | Path | LocalCalendar | None = None,
    headings: Headings | None = None,
    instruments: Sequence[str | Path] = (),
    reasons: bool = False,
    partitions: int | None = None,
) -> Any:
    """A Dask DataFrame with the columns of the kernel: outcomes, and what is wrong with the facts of the others.

    ``tables``: from the names of lists to Dask DataFrames, or paths of Parquet or CSV that Dask can read. A column
    ``:row`` says where a row stands in its source; without it the rows of an institution are numbered in the order of
    their cells. ``partitions``: how many parts the institutions are divided into; by default as many as the largest
    table has. Nothing is decided before it is computed; heads, catalogues, names of institutions and rows that name
    none are read at once.

    ``pin`` is that of `load`, ``reasons`` that of `evaluate_tables`. Raises InputError as `evaluate_tables` does, and
    where Dask is missing.
    """
    needs("dask", "Dask", "dask")
    import pandas as pd

    dd = _dask()
    known = {name: _DaskTable(_opened(source)) for name, source in tables.items()}
    plan = planned(policy, known, as_of, pin, readings, rulings, calendar, headings, instruments, reasons)
    many = partitions or max(table.frame.npartitions for table, _, _ in plan.tables)
    parts = []
    for table, packing, names in plan.tables:
        meta = _as_rows(table.frame._meta, packing, names)
        rows = table.frame.map_partitions(_as_rows, packing, names, meta=meta)
        parts.append(rows.shuffle(on=OF, npartitions=many))
    how = tuple(packing for _, packing, _ in plan.tables)
    empty = pd.DataFrame({name: pd.Series(dtype=_TEXT) for name in columns_of(reasons)})
    found = dd.map_partitions(_decided, *parts, kernel=plan.kernel, how=how, meta=empty, align_dataframes=False)
    if plan.lost.height:
        found = dd.concat([found, dd.from_pandas(_pandas(plan.lost), npartitions=1)])
    return found


def _dask() -> Any:
    return import_module("dask.dataframe")


class _DaskTable:
    def __init__(self, frame: Any) -> None:
        self.frame = frame

    def head(self) -> pl.DataFrame:
        return pl.from_pandas(self.frame._meta)

    def rows(self) -> pl.DataFrame:
        return pl.from_pandas(self.frame.compute())

    def institutions(self, column: str) -> pl.Series:
        names = _stripped(self.frame[column]).drop_duplicates().compute()
        return pl.Series(OF, [name for name in names.dropna() if name], pl.String)

    def rows_of_nobody(self, column: str) -> pl.DataFrame:
        found = self.frame.map_partitions(_of_nobody, column, meta=self.frame._meta)
        return pl.from_pandas(found.compute())


def _opened(source: Any) -> Any:
    """A path as a Dask DataFrame: every cell of CSV a text."""
    dd = _dask()
    if not isinstance(source, (str, Path)):
        return source
    path = str(source)
    if path.lower().endswith(".csv"):
        return dd.read_csv(path, dtype=_TEXT, keep_default_na=False)
    return dd.read_parquet(path, dtype_backend="pyarrow")


def _stripped(cells: Any) -> Any:
    return cells.astype(_TEXT).str.strip()


def _of_nobody(frame: Any, column: str) -> Any:
    return frame[_stripped(frame[column]).fillna("") == ""]


def _as_rows(frame: Any, packing: Packing, names: Mapping[str, str]) -> Any:
    """The rows that name an institution under our keys, with ``:row`` where it is there."""
    own = {ROW: ROW} if ROW in frame.columns else {}
    wanted = {**{names[key]: key for key in packing.keys if key != ROW}, **own}
    found = frame[list(wanted)].rename(columns=wanted)
    found.insert(0, OF, _stripped(frame[names[OF]]))
    return found[found[OF].fillna("") != ""]


def _decided(*frames: Any, kernel: Kernel, how: tuple[Packing, ...]) -> Any:
    """The outcomes of the institutions of one part; each of them has all its rows in it."""
    tables = []
    for frame, packing in zip(frames, how, strict=True):
        rows = pl.from_pandas(frame).lazy().with_columns(pl.col(OF).cast(pl.String))
        tables.append(listed(rows if ROW in frame.columns else numbered(rows, packing), packing))
    facts = pl.concat([table.select(OF) for table in tables]).unique().sort(OF)
    for table in tables:
        facts = facts.join(table, on=OF, how="left", maintain_order="left")
    parts = [kernel.decided(part) for part in parts_of(facts.collect(), ROWS_AT_ONCE)]
    return _pandas(pl.concat(parts))


def _pandas(frame: pl.DataFrame) -> Any:
    import pandas as pd

    return pd.DataFrame({name: pd.Series(arrow_of(frame).column(name), dtype=_TEXT) for name in frame.columns})
