"""Places in a source text, and safe display of text that somebody else wrote."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from dataclasses import dataclass, field

BEFORE = 60
AFTER = 60
_BREAK = re.compile(r"\r\n|\r|\n")
_UNSAFE_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_PLAIN = re.compile(r"[\x20-\x7e\u00a1-\u00ac\u2010-\u2027\u3000-\u303f\u3041-\u3096\u4e00-\u9fa5\uff01-\uff5e]*")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text: 1-based, columns count characters, the end is exclusive. Line 0: no place in a file."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Source:
    """A named text whose lines can be shown."""

    name: str
    text: str = field(repr=False)
    _starts: array[int] | None = field(default=None, init=False, repr=False, compare=False)

    def _line_starts(self) -> array[int]:
        if self._starts is None:
            starts = array("L", [0])
            starts.extend(match.end() for match in _BREAK.finditer(self.text))
            object.__setattr__(self, "_starts", starts)
            return starts
        return self._starts

    def line(self, n: int) -> str:
        """Line `n` (1-based) without its line break; empty when there is no such line."""
        starts = self._line_starts()
        if not 1 <= n <= len(starts):
            return ""
        end = starts[n] if n < len(starts) else len(self.text)
        return self.text[starts[n - 1] : end].rstrip("\r\n")

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column (1-based) of a character offset."""
        starts = self._line_starts()
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """The character offset of a line and column; the length of the text beyond its last line."""
        starts = self._line_starts()
        return starts[line - 1] + column - 1 if line <= len(starts) else len(self.text)


def shown(text: str) -> str:
    """The text with control, invisible, direction-changing and unpaired characters written as escapes."""
    if _PLAIN.fullmatch(text):
        return text
    return "".join(_shown_character(character) for character in text)


def _shown_character(character: str) -> str:
    if character in "\n\r\t":
        return {"\n": "\\n", "\r": "\\r", "\t": "\\t"}[character]
    if unicodedata.category(character) not in _UNSAFE_CATEGORIES:
        return character
    code = ord(character)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def width(text: str) -> int:
    """Columns that a terminal uses: two for East Asian wide characters, none for combining ones."""
    total = 0
    for character in text:
        if unicodedata.combining(character):
            continue
        total += 2 if unicodedata.east_asian_width(character) in "WF" else 1
    return total


def clipped(text: str, limit: int) -> str:
    """At most `limit` characters, then an ellipsis."""
    return text if len(text) <= limit else text[:limit] + "…"


def excerpt_at(line: str, column: int) -> str:
    """The part of a line around a column, with ellipses where it was cut."""
    start = max(0, column - 1 - BEFORE)
    end = start + BEFORE + AFTER
    return ("…" if start else "") + line[start:end] + ("…" if end < len(line) else "")


def caret_index(column: int) -> int:
    """Where `column` of the line stands in its excerpt (0-based)."""
    return column - 1 if column - 1 <= BEFORE else BEFORE + 1
