"""Where tables come from: files (CSV, Parquet, Excel), folders of them, frames of Polars, pandas or Arrow.

Nothing is read that need not be: files of Parquet and CSV are scanned, and only the rows of some institutions at a time
are taken up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import polars as pl

from vbprules.diagnostics import InputError, Report, suggest
from vbprules.language.vocabulary import ROW_LISTS, STATEMENTS
from vbprules.language.words import LISTS
from vbprules.limits import current
from vbprules.tables.collecting import BROKEN, first_line
from vbprules.tables.database_urls import is_database_url
from vbprules.tables.states import State, state_of
from vbprules.tables.trouble import writing
from vbprules.tables.workbooks import is_readable

COMPLETENESS: Final = "completeness"
INSTITUTIONS: Final = "institutions"
CATALOGUES: Final = ("drugs", "products", "standard_steps", "suppliers")
NAMES: Final = (INSTITUTIONS, *ROW_LISTS, *STATEMENTS, COMPLETENESS)
SUFFIXES: Final = (".csv", ".parquet", ".xlsx")
_CHINESE: Final = {**LISTS, "机构": INSTITUTIONS, "完整性": COMPLETENESS}


@dataclass(frozen=True, slots=True, eq=False)
class RawTable:
    """A table of a list, where it comes from, and the row of the source in which its first row stands.

    ``state``: of its file, before it was read.
    """

    name: str
    origin: str
    frame: pl.LazyFrame
    first: int = 2
    holds: object = None  # what must last as long as the frame
    state: State | None = None


def tables_of(tables: Mapping[str, Any] | Path | str, report: Report) -> list[RawTable]:
    """The tables of a folder, file or workbook, or those that a mapping names: paths, or frames of an Arrow library.

    Names are those of a dossier's lists, in English or Chinese, with ``institutions`` (机构) and ``completeness``
    (完整性). What cannot be read goes to ``report``.
    """
    if isinstance(tables, (str, Path)):
        return list(of_place(tables, None, report))
    found: list[RawTable] = []
    for name, source in tables.items():
        known = list_named(str(name), str(name), report)
        if known is None:
            continue
        if isinstance(source, (str, Path)):
            found += of_place(source, known, report)
        else:
            frame = _frame(source, known, report)
            if frame is not None:
                found.append(_checked(RawTable(known, known, frame, first=1), report))
    return found


def list_named(name: str, origin: str, report: Report) -> str | None:
    """The list that a table's name means."""
    known = _CHINESE.get(name, name)
    if known in NAMES:
        return known
    with report.source(origin):
        report.error("unknown_table", None, name=name, suggestion=partial(suggest, name, (*NAMES, *_CHINESE)))
    return None


def of_place(place: str | Path, name: str | None, report: Report) -> Iterator[RawTable]:
    """The tables of a path, or of a database by its URL."""
    if isinstance(place, str) and is_database_url(place):
        yield from _of_database(place, report)
    else:
        yield from of_path(Path(place), name, report)


def _of_database(url: str, report: Report) -> Iterator[RawTable]:
    """The tables of a database, set down as files while it stands still, so that they need not all be in memory."""
    from vbprules.tables.databases import opened

    folder = TemporaryDirectory(prefix="vbprules-")
    with opened(url, (*NAMES, *(zh for zh, en in _CHINESE.items() if en in NAMES)), report) as database:
        if database is None:
            return
        for table in database.tables:
            there = Path(folder.name) / _CHINESE.get(table, table)
            there.mkdir()
            try:
                for number, rows in enumerate(database.batches(table)):
                    with writing(folder.name):
                        rows.write_parquet(there / f"{number:06d}.parquet")
            except InputError as error:
                for finding in error.findings:
                    report.take(finding)
                continue
            frame = pl.scan_parquet(there / "*.parquet")
            raw = RawTable(there.name, database.origin(table), frame, first=1, holds=folder)
            yield _checked(raw, report)


def of_path(path: Path, name: str | None, report: Report) -> Iterator[RawTable]:
    """The tables of a folder, a workbook or a file; ``name``: the list that they hold, whatever they are called."""
    suffix = path.suffix.lower()
    if path.is_dir():
        files = sorted(item for item in path.iterdir() if item.suffix.lower() in SUFFIXES)
        if not files:
            with report.source(str(path)):
                report.error("unreadable_table", None, path=str(path), reason="CSV, Parquet, xlsx")
        for file in files:
            yield from of_path(file, name, report)
        return
    if suffix == ".xlsx":
        yield from _sheets(path, name, report)
        return
    state = state_of(path)
    known = name or list_named(path.stem, str(path), report)
    frame = None if known is None else _scan(path, report)
    if known is not None and frame is not None:
        yield _checked(RawTable(known, str(path), frame, state=state), report)


def _scan(path: Path, report: Report) -> pl.LazyFrame | None:
    with report.source(str(path)):
        try:
            if not path.is_file():
                raise FileNotFoundError(path)
            if not _is_small(path, report):
                return None
            if path.suffix.lower() == ".parquet":
                frame = pl.scan_parquet(path, glob=False)
            elif path.suffix.lower() == ".csv":
                frame = pl.scan_csv(path, infer_schema=False, glob=False)
            else:
                report.error("unreadable_table", None, path=str(path), reason="CSV, Parquet, xlsx")
                return None
            frame.collect_schema()
            return frame if _is_short(frame, report) else None
        except FileNotFoundError:
            report.error("unreadable_table", None, path=str(path), reason="没有这个文件 no such file")
        except BROKEN as error:
            report.error("unreadable_table", None, path=str(path), reason=first_line(error))
    return None


def _is_small(path: Path, report: Report) -> bool:
    most = current().table_bytes
    small = path.stat().st_size <= most
    if not small:
        report.error("table_too_big", None, name="table_bytes", limit=most)
    return small


def _is_short(frame: pl.LazyFrame, report: Report) -> bool:
    """Whether a file has no more rows than are read: a small one may have billions of the same row."""
    most, count = current().table_rows, frame.select(pl.len()).collect(engine="streaming").item()
    if count > most:
        report.error("too_many_table_rows", None, name="table_rows", count=count, limit=most)
    return bool(count <= most)


def _sheets(path: Path, name: str | None, report: Report) -> Iterator[RawTable]:
    state = state_of(path)
    with report.source(str(path)):
        try:
            if not path.is_file():
                raise FileNotFoundError(path)
            if not (_is_small(path, report) and is_readable(path, report)):
                return
            sheets = pl.read_excel(path, sheet_id=0, infer_schema_length=0, drop_empty_rows=False)
        except ModuleNotFoundError:
            report.error("excel_missing", None, path=str(path))
            return
        except FileNotFoundError:
            report.error("unreadable_table", None, path=str(path), reason="没有这个文件 no such file")
            return
        except (Exception, pl.exceptions.PanicException) as error:  # the readers of workbooks raise errors of their own
            report.error("unreadable_table", None, path=str(path), reason=first_line(error))
            return
    for sheet, frame in sheets.items():
        known = name or list_named(sheet, f"{path}#{sheet}", report)
        if known is not None:
            rows = frame.select(_cell(name) for name in frame.columns).lazy()
            with report.source(f"{path}#{sheet}"):
                short = _is_short(rows, report)
            if short:
                yield _checked(RawTable(known, f"{path}#{sheet}", rows, state=state), report)


def _cell(name: str) -> pl.Expr:
    """A cell of a workbook as text; a day stands there with the time of midnight."""
    return pl.col(name).cast(pl.String).str.replace(r"^(\d{4}-\d{2}-\d{2})[ T]00:00:00(\.0+)?$", "${1}")


def _frame(source: Any, name: str, report: Report) -> pl.LazyFrame | None:
    """A frame of Polars or pandas, or whatever offers its columns as an Arrow stream.

    A lazy frame is the caller's own query: its rows are not counted beforehand.
    """
    if isinstance(source, pl.LazyFrame):
        return source
    with report.source(name):
        try:
            pandas = type(source).__module__.startswith("pandas")
            known = pl.from_pandas(source) if pandas else pl.DataFrame(source)
            return known.lazy() if _is_short(known.lazy(), report) else None
        except (TypeError, *BROKEN) as error:
            report.error("unreadable_table", None, path=name, reason=first_line(error))
    return None


def _checked(table: RawTable, report: Report) -> RawTable:
    """The table; a column of binary floats is refused, since what it holds is not what was written."""
    with report.source(table.origin):
        schema, most = table.frame.collect_schema(), current().columns
        if len(schema) > most:
            report.error("too_many_columns", None, name="columns", count=len(schema), limit=most)
        for column, kind in schema.items():
            if kind.is_float():
                report.error("float_column", None, column=column)
            elif kind.is_nested() or kind in (pl.Object, pl.Binary):
                report.error("odd_column", None, column=column, kind=str(kind))
    return table


def texts(frame: pl.DataFrame) -> pl.DataFrame:
    """Every column as text, as a dossier writes it: dates as 2020-03-31, truths as yes and no."""
    columns = []
    for name, kind in frame.schema.items():
        column = pl.col(name)
        if kind == pl.Boolean:
            columns.append(pl.when(column).then(pl.lit("yes")).when(~column).then(pl.lit("no")).alias(name))
        elif kind == pl.Datetime:
            columns.append(column.dt.date().cast(pl.String))
        else:
            columns.append(column.cast(pl.String))
    return frame.select(columns)
