"""Pages on a terminal: wrapped and aligned by the columns that characters take, coloured where that is wanted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from vbprules.diagnostics.place import shown, width
from vbprules.printing.page import GLUE, Gap, Heading, Item, Page, Rich, Span, Style, Table, Verbatim

_RESET: Final = "\x1b[0m"
_CODES: Final[dict[Style, str]] = {
    "strong": "\x1b[1m",
    "dim": "\x1b[2m",
    "bad": "\x1b[1;31m",
    "warn": "\x1b[33m",
    "good": "\x1b[32m",
    "info": "\x1b[36m",
    "fork": "\x1b[35m",
}
# Marks that do not begin a line, and marks that do not end one.
_CLOSING: Final = frozenset("，。、；：？！”’）》〉】〕％%,.;:?!)]}／/…")
_OPENING: Final = frozenset("“‘（《〈【〔([{★")
_WORD: Final = re.compile(r"[^\S\u00a0]+|[\s\S]")
_INDENT: Final = 2


def to_terminal(page: Page, columns: int = 100, color: bool = False) -> str:
    """The page as lines of at most ``columns``, ended by a line break."""
    lines: list[str] = []
    for block in page.blocks:
        if isinstance(block, Gap):
            if lines and lines[-1]:
                lines.append("")
        elif isinstance(block, Heading):
            lines += _heading(block, columns, color, bool(lines) and bool(lines[-1]))
        elif isinstance(block, Item):
            lines += _item(block, columns, color)
        elif isinstance(block, Verbatim):
            lines += [" " * (_INDENT * block.level) + _painted(clean(line), "info", color) for line in block.lines]
        else:
            lines += _table(block, columns, color)
    return "\n".join(line.rstrip() for line in lines) + "\n" if lines else ""


def clean(text: str) -> str:
    """Text that somebody else wrote, harmless on a terminal: no control characters, no line breaks."""
    return shown(text)


def padded(text: str, columns: int, right: bool = False) -> str:
    """Text filled with spaces to a width in columns."""
    space = " " * max(0, columns - width(text))
    return space + text if right else text + space


def fitted(text: str, columns: int) -> str:
    """As much of a text as fits a width in columns."""
    used = 0
    for number, character in enumerate(text):
        used += width(character)
        if used > columns:
            return text[:number]
    return text


def _painted(text: str, style: Style, color: bool) -> str:
    return f"{_CODES[style]}{text}{_RESET}" if color and style and text else text


def _heading(block: Heading, columns: int, color: bool, gap: bool) -> list[str]:
    lines = [""] if gap else []
    if block.level == 1:
        lines += _wrapped((Span(block.text, "strong"),), columns, "", "", color)
    else:
        text = f"── {clean(block.text)} "
        lines.append(_painted(text + "─" * max(3, columns - width(text)), "strong", color))
    if block.note:
        lines += _wrapped((Span(block.note, "dim"),), columns, "", "", color)
    return lines


def _item(block: Item, columns: int, color: bool) -> list[str]:
    indent = " " * (_INDENT * block.level)
    if not block.marker:
        return _wrapped(block.text, columns, indent, indent + " " * (_INDENT if block.level else 0), color)
    first = indent + _painted(block.marker, block.style, color) + " "
    return _wrapped(block.text, columns, first, indent + " " * (width(block.marker) + 1), color)


def _wrapped(text: Rich, columns: int, first: str, rest: str, color: bool) -> list[str]:
    """Lines of at most ``columns``; ``first`` and ``rest`` stand before the first line and the others."""
    room = max(20, columns - width(rest))
    lines: list[list[Span]] = [[]]
    used = 0
    for unit in _units(text):
        size = sum(width(span.text) for span in unit)
        blank = all(not span.text.strip(" ") for span in unit)
        if used and used + size > room:
            lines.append([])
            used = 0
        if blank and not used:
            continue
        for piece in _cut(unit, room) if size > room else [unit]:
            taken = sum(width(span.text) for span in piece)
            if used and used + taken > room:
                lines.append([])
                used = 0
            lines[-1] += piece
            used += taken
    done = [
        "".join(_painted(part.text.replace(GLUE, " "), part.style, color) for part in _merged(line)) for line in lines
    ]
    return [(first if number == 0 else rest) + line for number, line in enumerate(done)]


def _units(text: Rich) -> Iterator[list[Span]]:
    """Pieces between which a line may break: words of narrow characters, single wide ones with the marks that cling."""
    held: list[Span] = []
    clings = False  # the next character belongs to what is held
    wide_before = False
    for span in text:
        for part in _WORD.findall(clean(span.text)):
            if part.isspace() and part != GLUE:
                if held:
                    yield held
                yield [Span(part, span.style)]
                held, clings, wide_before = [], False, False
                continue
            wide = unicodedata.east_asian_width(part) in "WF"
            free = held and not clings and (wide or wide_before) and part not in _CLOSING and part != GLUE
            if free:
                yield held
                held = []
            held = [*held, Span(part, span.style)]
            clings = part in _OPENING or part == GLUE
            wide_before = wide or (wide_before and part in _CLOSING)
    if held:
        yield held


def _cut(unit: list[Span], room: int) -> Iterator[list[Span]]:
    """A word too long for any line, cut where the line is full."""
    piece: list[Span] = []
    used = 0
    for span in unit:
        for character in span.text:
            if used + width(character) > room and piece:
                yield piece
                piece, used = [], 0
            piece.append(Span(character, span.style))
            used += width(character)
    if piece:
        yield piece


def _merged(line: list[Span]) -> list[Span]:
    """Neighbours of one style as one stretch, without blanks at the end of the line."""
    found: list[Span] = []
    for span in line:
        if found and found[-1].style == span.style:
            found[-1] = Span(found[-1].text + span.text, span.style)
        else:
            found.append(span)
    while found and not found[-1].text.strip(" "):
        found.pop()
    return [*found[:-1], found[-1]._replace(text=found[-1].text.rstrip(" "))] if found else []


def _table(block: Table, columns: int, color: bool) -> list[str]:
    """Columns as wide as their widest cell; the widest column of words gives way where the table is too wide."""
    indent = " " * (_INDENT * block.level)
    rows = [tuple(clean(cell).replace(GLUE, " ") for cell in row) for row in (block.head, *block.rows)]
    sizes = [max(width(row[number]) for row in rows) for number in range(len(block.head))]
    excess = sum(sizes) + 2 * (len(sizes) - 1) + len(indent) - columns
    if excess > 0:
        words = [number for number in range(len(sizes)) if number not in block.right] or list(range(len(sizes)))
        widest = max(words, key=lambda number: sizes[number])
        sizes[widest] = max(16, sizes[widest] - excess)
    lines = []
    for index, row in enumerate(rows):
        cells = [
            [cell] if width(cell) <= size else _wrapped((Span(cell),), size, "", "", False)
            for cell, size in zip(row, sizes, strict=True)
        ]
        for depth in range(max(len(cell) for cell in cells)):
            parts = [
                padded(cell[depth] if depth < len(cell) else "", size, right=number in block.right)
                for number, (cell, size) in enumerate(zip(cells, sizes, strict=True))
            ]
            lines.append(indent + _painted("  ".join(parts).rstrip(), "dim" if index == 0 else "", color))
    return lines
