"""The lines of a messy extraction: without markdown, without blank lines, each with its number in the file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_MARKDOWN: Final = re.compile(r"^\s*(?:#{1,6}\s+|>\s*)|\*\*")
_RULE: Final = re.compile(r"\s*(?:-{3,}|_{3,}|\*{3,}|[|:\-\s]{4,})\s*")
_PAGE: Final = re.compile(r"(?:[-—–_]\s*[0-9０-９]{1,3}\s*[-—–_]|第\s*[0-9]{1,3}\s*页(?:\s*共\s*[0-9]{1,3}\s*页)?)")
_SPACE: Final = re.compile(r"\s+")
_ENDS: Final = tuple("。；;：:！？）)”》")


@dataclass(frozen=True, slots=True)
class Line:
    """One line with its number. ``cells``: of a table's row, else the line alone. ``opens``: the one before ended."""

    number: int
    text: str  # without spaces
    cells: tuple[str, ...]
    opens: bool

    @property
    def row(self) -> bool:
        return len(self.cells) > 1


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines that say something, in order. Page numbers between dashes and rules of markdown are left out."""
    found: list[Line] = []
    opens = True
    for number, raw in enumerate(text.splitlines(), 1):
        if _RULE.fullmatch(raw) or _PAGE.fullmatch(raw.strip()):
            continue
        cells = _cells(_MARKDOWN.sub("", raw))
        written = squeezed("".join(cells))
        if written:
            found.append(Line(number, written, cells, opens))
            opens = written.endswith(_ENDS)
    return tuple(found)


def squeezed(text: str) -> str:
    """Without spaces: an extraction has them anywhere, Chinese needs none."""
    return _SPACE.sub("", text)


def joined(lines: Iterable[Line]) -> str:
    return "".join(line.text for line in lines)


def _cells(text: str) -> tuple[str, ...]:
    if text.strip().startswith("|"):
        parts = text.strip().strip("|").split("|")
    elif "\t" in text.strip("\n"):
        parts = text.split("\t")
    else:
        return (text.strip(),)
    return tuple(part.strip() for part in parts)
