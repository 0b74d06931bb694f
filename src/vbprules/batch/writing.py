"""The results of a batch as files: Parquet, CSV or a workbook; complete, or none at all."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal

import polars as pl

from vbprules.batch.model import Batch, Progress, Tally
from vbprules.batch.questions import QUESTIONS
from vbprules.batch.run import decisions
from vbprules.batch.summaries import by_institution, by_provision, receipt_of, rejected_rows
from vbprules.columnar.results import TEXTS
from vbprules.diagnostics import InputError, Report
from vbprules.tables.folders import is_free, whole_folder
from vbprules.tables.spreadsheets import marked

Format = Literal["parquet", "csv", "xlsx"]
Lang = Literal["zh", "en"]
_MOST_ROWS: Final = 1_048_575
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
) -> Tally:
    """Decide and write ``out``, a new folder: the tables and ``receipt.json``. Outcomes never stand in memory together.

    Raises InputError as `evaluate_tables` does, or where a sheet cannot hold the rows; OSError where ``out`` is not
    empty or cannot be written. Then nothing is left behind.
    """
    if not is_free(out):
        raise FileExistsError(17, "这里已有文件，不覆盖 there are files already", str(out))
    with whole_folder(out) as work:
        tally = _write(batch, work, form, strict, questions, lang, progress)
        shutil.rmtree(work / "parts")
    return tally


def _write(
    batch: Batch, work: Path, form: Format, strict: bool, questions: int, lang: Lang, progress: Progress | None
) -> Tally:
    parts = work / "parts"
    parts.mkdir()
    tally = Tally()
    asked = [pl.DataFrame(schema=QUESTIONS)]
    pl.DataFrame(schema=dict.fromkeys(TEXTS, pl.String)).write_parquet(parts / "00000.parquet")
    for number, (decided, questioned) in enumerate(decisions(batch, tally, questions, strict, progress), 1):
        decided.outcomes.write_parquet(parts / f"{number:05d}.parquet")
        asked.append(questioned)
    outcomes = pl.scan_parquet(parts / "*.parquet")
    tables = {
        "outcomes": outcomes,
        "institutions": by_institution(outcomes, batch, tally),
        "provisions": by_provision(outcomes, batch.program),
        "questions": pl.concat(asked).lazy(),
        "rejected": rejected_rows(batch, tally).lazy(),
    }
    if form == "xlsx":
        _workbook(tables, tally, work / _WORKBOOK, lang)
    for name, table in tables.items():
        if form == "parquet":
            table.sink_parquet(work / f"{name}.parquet")
        elif form == "csv":
            # without the byte order mark spreadsheets take Chinese for another encoding
            marked(table).sink_csv(work / f"{name}.csv", include_bom=True)
    receipt = json.dumps(receipt_of(batch, tally), ensure_ascii=False, indent=2)
    (work / _RECEIPT).write_text(receipt + "\n", encoding="utf-8")
    return tally


def _workbook(tables: Mapping[str, pl.LazyFrame], tally: Tally, path: Path, lang: Lang) -> None:
    """A sheet a table. No text of it is ever taken for a formula or a link."""
    import xlsxwriter  # type: ignore[import-untyped]

    report = Report()
    if tally.outcomes > _MOST_ROWS:
        report.error("too_many_rows", None, table="outcomes", rows=tally.outcomes)
        raise InputError(tuple(report.sorted_findings()))
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, plain) as book:
        for name, table in tables.items():
            frame = table.collect()
            if lang == "zh":
                frame = frame.rename(_chinese(frame))
            sheet: Any = SHEETS[name] if lang == "zh" else name
            frame.write_excel(book, worksheet=sheet, autofilter=True, freeze_panes=(1, 0), autofit=frame.height < 5000)


def _chinese(frame: pl.DataFrame) -> dict[str, str]:
    return {name: HEADINGS[name] for name in frame.columns if name in HEADINGS}
