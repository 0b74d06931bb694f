"""Where tables come from: files (CSV, Parquet, Excel), folders of them, frames of Polars, pandas or Arrow.

Every cell is read as text, so that no figure passes through a binary float on its way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import polars as pl

from vbprules.diagnostics import Report, suggest
from vbprules.language.vocabulary import ROW_LISTS, STATEMENTS
from vbprules.language.words import LISTS

COMPLETENESS: Final = "completeness"
INSTITUTIONS: Final = "institutions"
NAMES: Final = (INSTITUTIONS, *ROW_LISTS, *STATEMENTS, COMPLETENESS)
_CHINESE: Final = {**LISTS, "机构": INSTITUTIONS, "完整性": COMPLETENESS}
_SUFFIXES: Final = (".csv", ".parquet", ".xlsx")


@dataclass(frozen=True, slots=True, eq=False)
class RawTable:
    """A table of texts: its list, where it comes from, and the row of the source in which its first row stands."""

    name: str
    origin: str
    frame: pl.DataFrame
    first: int = 2


def tables_of(tables: Mapping[str, Any] | Path | str, report: Report) -> list[RawTable]:
    """The tables of a folder or workbook, or those that a mapping names: paths, or frames of any Arrow library.

    Names are those of a dossier's lists, in English or Chinese, with ``institutions`` (机构) and ``completeness``
    (完整性). What cannot be read goes to ``report``.
    """
    if isinstance(tables, (str, Path)):
        return list(_of_path(Path(tables), report))
    found = []
    for name, source in tables.items():
        known = _name(name, str(name), report)
        if known is None:
            continue
        if isinstance(source, (str, Path)):
            frame = _read(Path(source), report)
            if frame is not None:
                found.append(RawTable(known, str(source), frame))
        else:
            frame = _texts(_frame(source), known, report)
            found.append(RawTable(known, known, frame, first=1))
    return found


def _of_path(path: Path, report: Report) -> Iterator[RawTable]:
    if path.is_dir():
        for file in sorted(item for item in path.iterdir() if item.suffix.lower() in _SUFFIXES):
            yield from _of_path(file, report)
        return
    if path.suffix.lower() == ".xlsx":
        yield from _sheets(path, report)
        return
    name = _name(path.stem, str(path), report)
    frame = _read(path, report) if name is not None else None
    if name is not None and frame is not None:
        yield RawTable(name, str(path), frame)


def _name(name: str, origin: str, report: Report) -> str | None:
    known = _CHINESE.get(name, name)
    if known in NAMES:
        return known
    with report.source(origin):
        report.error("unknown_table", None, name=name, suggestion=suggest(name, (*NAMES, *_CHINESE)))
    return None


def _read(path: Path, report: Report) -> pl.DataFrame | None:
    with report.source(str(path)):
        try:
            if path.suffix.lower() == ".parquet":
                return _texts(pl.read_parquet(path), str(path), report)
            if path.suffix.lower() == ".csv":
                return pl.read_csv(path, infer_schema=False, encoding="utf8", missing_utf8_is_empty_string=False)
            report.error("unreadable_table", None, path=str(path), reason="CSV, Parquet, xlsx")
        except (OSError, pl.exceptions.PolarsError) as error:
            report.error("unreadable_table", None, path=str(path), reason=str(error).splitlines()[0][:200])
    return None


def _sheets(path: Path, report: Report) -> Iterator[RawTable]:
    with report.source(str(path)):
        try:
            sheets = pl.read_excel(path, sheet_id=0, infer_schema_length=0, drop_empty_rows=False)
        except ModuleNotFoundError:
            report.error("excel_missing", None, path=str(path))
            return
        except Exception as error:  # the readers of workbooks raise errors of their own
            report.error("unreadable_table", None, path=str(path), reason=(str(error).splitlines() or [""])[0][:200])
            return
    for sheet, frame in sheets.items():
        name = _name(sheet, f"{path}#{sheet}", report)
        if name is not None:
            yield RawTable(name, f"{path}#{sheet}", frame.select(pl.all().cast(pl.String)))


def _frame(source: Any) -> pl.DataFrame:
    if isinstance(source, pl.DataFrame):
        return source
    if isinstance(source, pl.LazyFrame):
        return source.collect()
    found = pl.from_pandas(source) if type(source).__module__.startswith("pandas") else pl.DataFrame(source)
    assert isinstance(found, pl.DataFrame)
    return found


def _texts(frame: pl.DataFrame, origin: str, report: Report) -> pl.DataFrame:
    """Every column as text: dates as 2020-03-31, decimals as they stand. A column of floats is refused."""
    columns = []
    for name, kind in frame.schema.items():
        if kind.is_float():
            with report.source(origin):
                report.error("float_column", None, column=name)
        elif kind == pl.Boolean:
            columns.append(pl.when(pl.col(name)).then(pl.lit("yes")).when(~pl.col(name)).then(pl.lit("no")).alias(name))
        elif kind == pl.Datetime:
            columns.append(pl.col(name).dt.date().cast(pl.String))
        else:
            columns.append(pl.col(name).cast(pl.String))
    return frame.select(columns)


