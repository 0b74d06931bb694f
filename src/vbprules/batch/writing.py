"""The results of a batch as files: Parquet, CSV or a workbook; complete, or none at all.

What is decided is kept chunk by chunk beside the target, so that a run that is broken off goes on where it was."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, Final, Literal

import polars as pl

from vbprules.batch.kept import OUTCOMES, keep, kept
from vbprules.batch.kept import QUESTIONS as ASKED
from vbprules.batch.made_from import digests_of, made_from, refuse_changed
from vbprules.batch.model import Batch, Progress, Tally
from vbprules.batch.questions import QUESTIONS
from vbprules.batch.run import decisions
from vbprules.batch.summaries import by_institution, by_provision, receipt_of, rejected_rows
from vbprules.diagnostics import InputError, Report
from vbprules.tables.chunks import institutions_of
from vbprules.tables.digests import content_digest
from vbprules.tables.spreadsheets import marked
from vbprules.tables.trouble import writing
from vbprules.tables.unfinished import Work, unfinished

Format = Literal["parquet", "csv", "xlsx"]
Lang = Literal["zh", "en"]
_MOST_ROWS: Final = 1_048_575
_LONGEST: Final = 32_767
_WORKBOOK: Final = "decisions.xlsx"
_RECEIPT: Final = "receipt.json"
SHEETS: Final[Mapping[str, str]] = {
    "outcomes": "结论",
    "institutions": "机构汇总",
    "provisions": "规定汇总",
    "questions": "待答问题",
    "rejected": "未判断",
}
HEADINGS: Final[Mapping[str, str]] = {
    "institution": "机构",
    "provision": "规定",
    "subject": "对象",
    "modality": "种类",
    "mode": "方式",
    "clause": "条款",
    "standing": "把握",
    "state": "状态",
    "by_reading": "按解读",
    "triggered": "触发",
    "amount": "金额",
    "due": "期限",
    "not_before": "最早",
    "from": "自",
    "until": "至",
    "standard": "支付标准",
    "value": "数值",
    "received": "已收",
    "done": "履行日",
    "margin": "差额",
    "reasons_zh": "理由",
    "reasons_en": "英文理由",
    "outcomes": "结论数",
    "settled": "确定",
    "open": "未定",
    "breached": "违反",
    "sanctions_due": "应作出的制裁",
    "sanctions_in_force": "生效中的制裁",
    "sanctions_that_may_be": "可作出的制裁",
    "title_zh": "标题",
    "title_en": "英文标题",
    "institutions": "机构数",
    "kind": "类型",
    "what": "事项",
    "day": "日期",
    "question_zh": "问题",
    "question_en": "英文问题",
    "file": "文件",
    "row": "行",
    "column": "列",
    "code": "编号",
    "message_zh": "说明",
    "message_en": "英文说明",
    "hint_zh": "办法",
    "hint_en": "英文办法",
}


def write_decisions(
    batch: Batch,
    out: Path,
    form: Format,
    *,
    strict: bool = False,
    questions: int = 0,
    lang: Lang = "zh",
    progress: Progress | None = None,
    resumed: Progress | None = None,
) -> Tally:
    """Decide and write ``out``, a new folder: the tables and ``receipt.json``. Outcomes never stand in memory together.

    Work that was broken off, by whatever, is gone on with after its last whole chunk, where everything is the same that
    it is made from; ``resumed`` is told of how many chunks, of all. Frames in memory are never gone on with.

    Raises InputError as `evaluate_tables` does, where a sheet cannot hold the rows or a cell a text, or where a table
    changes meanwhile: then nothing is left behind; OSError where ``out`` is not empty, is another process's work or
    cannot be written: then whole chunks wait in the folder of `unfinished_folder`.
    """
    digests = digests_of(batch)
    with unfinished(out, None if digests is None else made_from(batch, digests, strict, questions)) as work:
        tally = _whole_chunks(batch, work)
        if resumed is not None and work.steps():
            resumed(len(work.steps()), batch.parts.chunks)
        for done in decisions(batch, tally, questions, strict, progress, work.rows, len(work.steps())):
            work.keep(done.number, partial(keep, done))
        work.finish(partial(_write, batch, tally, work.steps(), form, lang, digests or {}))
    return tally


def _whole_chunks(batch: Batch, work: Work) -> Tally:
    """What was counted of the chunks that are there already. What is no whole chunk is taken away, and what follows."""
    tally = Tally()
    for number, step in enumerate(work.steps(), 1):
        found = kept(step, len(institutions_of(batch.parts, number - 1)))
        if found is None:
            work.forget(number)
            break
        tally.add(found)
    return tally


def _write(
    batch: Batch,
    tally: Tally,
    steps: Sequence[Path],
    form: Format,
    lang: Lang,
    digests: Mapping[int, str],
    folder: Path,
) -> None:
    """The results of all chunks, and the receipt. Raises InputError where a table has changed meanwhile."""
    outcomes = _all([step / OUTCOMES for step in steps], dict.fromkeys(batch.texts, pl.String()))
    tables = {
        "outcomes": outcomes,
        "institutions": by_institution(outcomes, batch, tally),
        "provisions": by_provision(outcomes, batch.program),
        "questions": _all([step / ASKED for step in steps], QUESTIONS),
        "rejected": rejected_rows(batch, tally).lazy(),
    }
    with writing(folder):
        if form == "xlsx":
            _workbook(tables, tally, folder / _WORKBOOK, lang)
        for name, table in tables.items():
            if form == "parquet":
                table.sink_parquet(folder / f"{name}.parquet")
            elif form == "csv":
                # without the byte order mark spreadsheets take Chinese for another encoding
                marked(table).sink_csv(folder / f"{name}.csv", include_bom=True)
        receipt = json.dumps(receipt_of(batch, tally), ensure_ascii=False, indent=2)
        (folder / _RECEIPT).write_text(receipt + "\n", encoding="utf-8")
    given = [table for table in batch.parts.tables if table.number in digests]
    refuse_changed(table for table in given if content_digest(table) != digests[table.number])


def _all(paths: Sequence[Path], schema: Mapping[str, pl.DataType]) -> pl.LazyFrame:
    """The rows of files of one schema, one file after the other."""
    return pl.scan_parquet(list(paths), schema=dict(schema)) if paths else pl.LazyFrame(schema=schema)


def _workbook(tables: Mapping[str, pl.LazyFrame], tally: Tally, path: Path, lang: Lang) -> None:
    """A sheet a table. No text of it is ever taken for a formula or a link."""
    import xlsxwriter  # type: ignore[import-untyped]

    report = Report()
    if tally.outcomes > _MOST_ROWS:
        report.error("too_many_rows", None, table="outcomes", rows=tally.outcomes)
        raise InputError(tuple(report.sorted_findings()))
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    held = BytesIO()  # a writer that meets a full disk by itself cannot be told to stop
    with xlsxwriter.Workbook(held, {**plain, "in_memory": True}) as book:
        book.set_properties({"created": datetime(2020, 1, 1, tzinfo=UTC)})  # the same bytes at any time
        for name, table in tables.items():
            frame = table.collect()
            _refuse_long(name, frame)
            if lang == "zh":
                frame = frame.rename(_chinese(frame))
            sheet: Any = SHEETS[name] if lang == "zh" else name
            frame.write_excel(book, worksheet=sheet, autofilter=True, freeze_panes=(1, 0), autofit=frame.height < 5000)
    path.write_bytes(held.getbuffer())


def _refuse_long(name: str, frame: pl.DataFrame) -> None:
    """Raises InputError where a cell of a workbook cannot hold a text: it would be left empty."""
    report = Report()
    for column in frame.select(pl.col(pl.String).str.len_chars()).get_columns():
        length = column.max()
        if isinstance(length, int) and length > _LONGEST:
            row = int(column.arg_max() or 0) + 1
            report.error("cell_too_long", None, table=name, row=row, column=column.name, length=length)
    report.raise_if_errors()


def _chinese(frame: pl.DataFrame) -> dict[str, str]:
    return {name: HEADINGS[name] for name in frame.columns if name in HEADINGS}
