"""A matrix for a terminal, as Markdown, as one HTML page, and as an Excel file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from importlib import import_module
from io import BytesIO
from typing import Any, Final

from vbprules.comparing.matrix import CellNorm, Matrix, MatrixRow
from vbprules.comparing.words import NONE, SILENT
from vbprules.decision.model import Text
from vbprules.decision.words import MODALITIES
from vbprules.printing.markdown import escaped
from vbprules.printing.page import Lang, Page, dim, strong

_STYLE: Final = """
body { font: 14px/1.5 "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; margin: 1.5rem; }
table { border-collapse: collapse; } th, td { border: 1px solid #bbb; padding: .4rem .6rem; vertical-align: top;
  text-align: left; } th { background: #eee; } td p { margin: 0 0 .4rem; } .by { opacity: .7; } .none { opacity: .5; }
@media (prefers-color-scheme: dark) { body { background: #1b1b1b; color: #ddd; } th { background: #333; } }
"""


class MatrixPage:
    """The forms of one matrix in one language."""

    def __init__(self, found: Matrix, lang: Lang) -> None:
        self.found, self.lang = found, lang

    def say(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    # A terminal: one row after the other, since columns would be too narrow

    def page(self) -> Page:
        page = Page()
        page.heading(self._title(), level=1)
        for row in self.found.rows:
            page.heading(self._row(row), row.matter, level=2)
            for law, cell in zip(self.found.policies, row.cells, strict=True):
                if not cell:
                    page.item(strong(law.region or law.id), "  ", NONE, marker="·")
                    continue
                page.item(strong(law.region or law.id), "  ", dim(law.id), marker="·")
                for norm in cell:
                    page.item(strong(norm.title.lang(self.lang)), "  ", dim(self._clause(norm)), level=1)
                    for text in self._lines(norm):
                        page.item(text, level=2)
        page.item(dim(self._key()))
        return page

    def markdown(self) -> str:
        """A table with a column for each policy."""
        head = [self.say("事项", "matter"), *(law.region or law.id for law in self.found.policies)]
        lines = [f"# {escaped(self._title())}", "", _row_of(map(escaped, head)), _row_of("---" for _ in head)]
        for row in self.found.rows:
            cells = [escaped(self._row(row)), *("<br>".join(map(_in_cell, self._cell(cell))) for cell in row.cells)]
            lines.append(_row_of(cells))
        return "\n".join([*lines, "", escaped(self._key())]) + "\n"

    def html(self) -> str:
        """A page that stands alone: no script, nothing loaded, every text escaped."""
        heads = "".join(
            f"<th>{escape(law.region or law.id)}<br>"
            f'<small class="by">{escape(law.number)} {escape(law.id)}</small></th>'
            for law in self.found.policies
        )
        rows = "".join(
            f"<tr><th>{escape(self._row(row))}</th>{''.join(map(self._html_cell, row.cells))}</tr>\n"
            for row in self.found.rows
        )
        title = escape(self._title())
        return (
            f'<!doctype html>\n<html lang="{"zh-CN" if self.lang == "zh" else "en"}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
            f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n<table>\n"
            f"<thead><tr><th>{escape(self.say('事项', 'matter'))}</th>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n"
            f"</table>\n<p>{escape(self._key())}</p>\n</body>\n</html>\n"
        )

    def _html_cell(self, cell: Sequence[CellNorm]) -> str:
        if not cell:
            return f'<td class="none">{NONE}</td>'
        told = []
        for norm in cell:
            lines = "<br>".join(escape(line) for line in self._lines(norm))
            head = f"<b>{escape(norm.title.lang(self.lang))}</b>"
            told.append(f'<p>{head} <span class="by">{escape(self._clause(norm))}</span><br>{lines}</p>')
        return f"<td>{''.join(told)}</td>"

    def xlsx(self) -> bytes:
        """A workbook of one sheet: every cell a string, nothing taken for a formula. ImportError without xlsxwriter."""
        xlsxwriter: Any = import_module("xlsxwriter")
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        held = BytesIO()
        with xlsxwriter.Workbook(held, {**options, "in_memory": True}) as book:
            sheet: Any = book.add_worksheet(self.say("比较", "compared"))
            wrapped = book.add_format({"text_wrap": True, "valign": "top"})
            bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
            heads = [f"{law.region or law.id}\n{law.number}\n{law.id}" for law in self.found.policies]
            for column, text in enumerate([self.say("事项", "matter"), *heads]):
                sheet.write_string(0, column, text, bold)
            for number, row in enumerate(self.found.rows, 1):
                sheet.write_string(number, 0, self._row(row), bold)
                for column, cell in enumerate(row.cells, 1):
                    sheet.write_string(number, column, "\n".join(self._cell(cell)), wrapped)
            sheet.set_column(0, len(heads), 40)
            sheet.freeze_panes(1, 1)
        return held.getvalue()

    # Words

    def _cell(self, cell: Sequence[CellNorm]) -> list[str]:
        if not cell:
            return [NONE]
        told: list[str] = []
        for norm in cell:
            told.append(f"{norm.title.lang(self.lang)} [{self._clause(norm)}]")
            told += self._lines(norm)
        return told

    def _lines(self, norm: CellNorm) -> Iterator[str]:
        if norm.may or norm.hedge:
            may = self.say("裁量（可以）", "discretionary (may)") if norm.may else ""
            yield " ".join(part for part in (may, f"“{norm.hedge}”" if norm.hedge else "") if part)
        for line in norm.lines:
            told = SILENT[self.lang == "en"] if line.silent else self._joined(line.texts)
            if told:
                yield f"{line.label.lang(self.lang)}{self.say('：', ': ')}{told}"

    def _joined(self, texts: Sequence[Text]) -> str:
        return self.say("；", "; ").join(text.lang(self.lang) for text in texts)

    def _clause(self, norm: CellNorm) -> str:
        return self.say("、", ", ").join(norm.clauses)

    def _row(self, row: MatrixRow) -> str:
        return f"{row.title.lang(self.lang)} · {MODALITIES[row.modality][self.lang == 'en']}"

    def _title(self) -> str:
        if self.found.asked:
            return self.say(f"各地比较：{self.found.asked}", f"Side by side: {self.found.asked}")
        return self.say("各地比较", "Side by side")

    def _key(self) -> str:
        return self.say(
            "“—”：该文件没有这样的规定；“文件未写”：有规定而没有写这一项。同一行不等于同一规定，只是并列。",
            '"—": the document has no such norm; "silent": it has the norm and leaves this open.'
            " One row does not make norms the same: they stand side by side.",
        )


def _row_of(cells: Any) -> str:
    return "| " + " | ".join(cells) + " |"


def _in_cell(text: str) -> str:
    return escaped(text).replace("\n", " ")
