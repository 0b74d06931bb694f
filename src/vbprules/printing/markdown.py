"""Pages as Markdown: the same blocks, for a report or an issue."""

from __future__ import annotations

import re
from typing import Final

from vbprules.printing.page import GLUE, Gap, Heading, Item, Page, Rich, Table, Verbatim
from vbprules.printing.terminal import clean

# Characters that would be read as markup, and starts of a line that would make a list, a heading or a quotation.
_MARKUP: Final = re.compile(r"([\\`*_\[\]<>|#~])")
_START: Final = re.compile(r"^(\d+)([.)])(?=\s|$)|^([-+=])")
# A closing star must follow a word: the marks at the end of strong words stand outside.
_STRONG: Final = re.compile(r"(.*?)([：:，。；？、]*)", re.DOTALL)


def to_markdown(page: Page) -> str:
    """The page as CommonMark with tables."""
    lines: list[str] = []
    for block in page.blocks:
        if isinstance(block, Heading):
            lines += ["", f"{'#' * block.level} {escaped(block.text)}", ""]
            if block.note:
                lines += [f"*{escaped(block.note)}*", ""]
        elif isinstance(block, Item):
            mark = f"{block.marker} " if block.marker not in ("", "·") else ""  # the list has its own dots
            lines.append(f"{'  ' * block.level}- {escaped(mark)}{_rich(block.text)}")
        elif isinstance(block, Verbatim):
            indent = "  " * (block.level + 1)
            lines += ["", f"{indent}```yaml", *(indent + clean(line) for line in block.lines), f"{indent}```", ""]
        elif isinstance(block, Table):
            lines += ["", *_table(block), ""]
        elif isinstance(block, Gap):
            lines.append("")
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
    return text + "\n" if text else ""


def escaped(text: str) -> str:
    """Text that Markdown shows as it is."""
    safe = _MARKUP.sub(r"\\\1", clean(text).replace(GLUE, " "))
    return _START.sub(
        lambda match: f"{match.group(1)}\\{match.group(2)}" if match.group(1) else "\\" + match.group(3), safe
    )


def _rich(text: Rich) -> str:
    """Strong text stays strong; colours have no place here. The stars touch the words, or they would not close."""
    found = []
    for number, span in enumerate(text):
        inner = span.text.strip()
        body = escaped(inner) if number == 0 else _MARKUP.sub(r"\\\1", clean(inner).replace(GLUE, " "))
        if span.style == "strong" and (match := _STRONG.fullmatch(body)) is not None and match.group(1):
            body = f"**{match.group(1)}**{match.group(2)}"
        left = span.text[: len(span.text) - len(span.text.lstrip())].replace(GLUE, " ")
        right = span.text[len(span.text.rstrip()) :].replace(GLUE, " ") if inner else ""
        found.append(left + body + right)
    return "".join(found)


def _table(block: Table) -> list[str]:
    rule = ["---:" if number in block.right else "---" for number in range(len(block.head))]
    rows = [block.head, *block.rows]
    lines = ["| " + " | ".join(escaped(cell) for cell in row) + " |" for row in rows]
    return [lines[0], "| " + " | ".join(rule) + " |", *lines[1:]]
