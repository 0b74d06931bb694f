"""A made province written into a folder: each chunk as it is made, the folder put in its place only when it is whole.

CSV files grow chunk by chunk. Parquet and workbooks are put together from the chunks' own files, streamed; a workbook
holds every cell as text, since its numbers are binary floats.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any, Final, Literal

import polars as pl

from vbprules import __version__
from vbprules.diagnostics import Report, Source
from vbprules.synth.plan import Plan
from vbprules.synth.province import chunks, spans
from vbprules.synth.tables import ORDER
from vbprules.tables.folders import is_free, whole_folder
from vbprules.tables.sources import texts
from vbprules.tables.trouble import writing

Form = Literal["parquet", "csv", "xlsx"]
FORMS: Final[tuple[Form, ...]] = ("parquet", "csv", "xlsx")
WORKBOOK, NOTE = "province.xlsx", "made.json"
SHEET_ROWS: Final = 1_048_576 - 1  # below the line of headings
_ROW_GROUP: Final = 250_000
_PARTS: Final = ".parts"
Progress = Callable[[int, int], None]


def write_province(
    plan: Plan, folder: Path, form: Form, report: Report, progress: Progress = lambda done, of: None
) -> Mapping[str, int]:
    """Write the tables of a province into a new folder; the number of rows of each, by list.

    ``progress`` is told how many of all institutions are made. Errors go to ``report`` and are raised as InputError:
    the folder exists, a list is too long for a sheet, a workbook cannot be written. Then nothing is left behind.
    """
    with report.source(Source(str(folder), "")):
        if not is_free(folder):
            report.error("folder_exists", None, path=str(folder))
            report.raise_if_errors()
        with whole_folder(folder) as draft, writing(folder):
            counts = _write(plan, draft, form, report, progress)
            (draft / NOTE).write_text(_note(plan, counts) + "\n", "utf-8", newline="\n")
    return counts


def _write(plan: Plan, folder: Path, form: Form, report: Report, progress: Progress) -> dict[str, int]:
    counts: dict[str, int] = {}
    stops = [0, *(stop for _, stop in spans(plan))]
    for number, tables in enumerate(chunks(plan)):
        for name, frame in tables.items():
            _add(folder, form, name, number, frame)
            counts[name] = counts.get(name, 0) + frame.height
            if form == "xlsx" and counts[name] > SHEET_ROWS:
                report.error("sheet_full", None, list=name, limit=SHEET_ROWS)
                report.raise_if_errors()
        progress(stops[number], plan.institutions)
    counts = {name: counts[name] for name in ORDER if name in counts}
    if form == "parquet":
        for name in counts:
            _parts(folder, name).sink_parquet(folder / f"{name}.parquet", row_group_size=_ROW_GROUP)
    elif form == "xlsx":
        _workbook(folder, counts, report)
    shutil.rmtree(folder / _PARTS, ignore_errors=True)
    return counts


def _add(folder: Path, form: Form, name: str, number: int, frame: pl.DataFrame) -> None:
    """A chunk's rows: at the end of the CSV file, or as a file of their own."""
    if form == "csv":
        path = folder / f"{name}.csv"
        new = not path.exists()
        with path.open("ab") as file:
            frame.write_csv(file, include_header=new)
        return
    parts = folder / _PARTS / name
    parts.mkdir(parents=True, exist_ok=True)
    frame.write_parquet(parts / f"{number:06d}.parquet", compression="lz4")


def _parts(folder: Path, name: str) -> pl.LazyFrame:
    return pl.scan_parquet(sorted((folder / _PARTS / name).iterdir()))


def _workbook(folder: Path, counts: Mapping[str, int], report: Report) -> None:
    try:
        xlsxwriter: Any = import_module("xlsxwriter")
    except ImportError:
        report.error("no_workbooks", None)
        report.raise_if_errors()
        raise
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    held = BytesIO()  # a writer that meets a full disk by itself cannot be told to stop
    with xlsxwriter.Workbook(held, options) as book:
        book.set_properties({"created": datetime(2020, 1, 1, tzinfo=UTC)})  # the same bytes at any time
        bold = book.add_format({"bold": True})
        for name in counts:
            frame = _parts(folder, name).collect()
            sheet: Any = book.add_worksheet(name)
            for column, heading in enumerate(frame.columns):
                sheet.write_string(0, column, heading, bold)
            for row, cells in enumerate(texts(frame).iter_rows(), 1):
                for column, text in enumerate(cells):
                    if text is not None:
                        sheet.write_string(row, column, text)
            sheet.freeze_panes(1, 0)
    (folder / WORKBOOK).write_bytes(held.getbuffer())


def _note(plan: Plan, counts: Mapping[str, int]) -> str:
    """What was made, beside the tables: so that nobody takes them for facts."""
    found = {
        "note": "虚构数据：机构、药品、企业都不存在。 Made data: no institution, drug or company of these exists.",
        "made_by": f"vbprules {__version__}",
        "seed": plan.seed,
        "institutions": plan.institutions,
        "drugs": plan.drugs,
        "from": plan.first.isoformat(),
        "to": plan.last.isoformat(),
        "gaps": str(plan.gaps),
        "policy": None if plan.words is None else plan.words.policy,
        "rows": dict(counts),
    }
    return json.dumps(found, ensure_ascii=False, indent=2)
