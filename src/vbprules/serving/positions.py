"""Places as the protocol counts them: from 0, columns in units of the encoding agreed on, UTF-16 unless asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from vbprules.diagnostics import Mark, Source
from vbprules.serving.places import Place

_SIZES: Final[Mapping[str, Callable[[str], int]]] = {
    "utf-8": lambda character: len(character.encode("utf-8", "surrogatepass")),
    "utf-16": lambda character: 2 if ord(character) > 0xFFFF else 1,
    "utf-32": lambda character: 1,
}


def to_protocol(source: Source, place: Place, encoding: str) -> tuple[int, int]:
    """A line and column (from 1, in characters) for the protocol; a place behind a line is its end."""
    line, column = max(place[0], 1), max(place[1], 1)
    size = _SIZES[encoding]
    return line - 1, sum(map(size, source.line(line)[: column - 1]))


def from_protocol(source: Source, line: int, units: int, encoding: str) -> Place:
    """The line and column of a place of the protocol; within a character it is that, behind a line its end."""
    size, text = _SIZES[encoding], source.line(line + 1)
    passed = 0
    for column, character in enumerate(text, 1):
        passed += size(character)
        if passed > units:
            return line + 1, column
    return line + 1, len(text) + 1


def stretch(source: Source, mark: Mark, encoding: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Start and end of a mark for the protocol."""
    start = to_protocol(source, (mark.line, mark.column), encoding)
    end = to_protocol(source, (mark.end_line, mark.end_column), encoding)
    return start, max(start, end)
