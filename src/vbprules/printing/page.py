"""A page before it is printed: headings, items, tables. What prints it decides on width, colour and markup."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Lang = Literal["zh", "en"]
Style = Literal["", "strong", "dim", "bad", "warn", "good", "info", "fork"]

GLUE = "\u00a0"  # a space at which no line breaks; printed as an ordinary one
DOT = f"{GLUE}· "  # between facts; it does not begin a line
ARROW = f"{GLUE}→ "
_TIGHT = frozenset("“”‘’（）《》〈〉〔〕，。、；：？！／…" + GLUE + " ")  # no space beside these


class Span(NamedTuple):
    """A stretch of text in one style."""

    text: str
    style: Style = ""


Rich = tuple[Span, ...]


def strong(text: str) -> Span:
    return Span(text, "strong")


def dim(text: str) -> Span:
    return Span(text, "dim")


def rich(*parts: str | Span | Rich) -> Rich:
    """Text from pieces; empty ones are dropped."""
    found: list[Span] = []
    for part in parts:
        if isinstance(part, Span):
            found.append(part)
        elif isinstance(part, str):
            found.append(Span(part))
        else:
            found.extend(part)
    return tuple(span for span in found if span.text)


def joined(parts: Iterable[str | Span | Rich], separator: str) -> Rich:
    """The pieces that are not empty, with a separator between them."""
    kept = [text for part in parts if (text := rich(part))]
    return rich(*(piece for number, text in enumerate(kept) for piece in ((separator, text) if number else (text,))))


def set_zh(*parts: str) -> str:
    """Chinese text from pieces, with a space beside Latin letters and figures only."""
    text = ""
    for part in parts:
        if text and part and (_narrow(text[-1]) or _narrow(part[0])) and not {text[-1], part[0]} & _TIGHT:
            text += GLUE
        text += part
    return text


def _narrow(character: str) -> bool:
    return unicodedata.east_asian_width(character) not in "WF"


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    note: str = ""
    level: int = 2


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list. ``marker`` stands before it on a terminal; deeper levels are indented."""

    text: Rich
    level: int = 0
    marker: str = ""
    style: Style = ""  # of the marker


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Lines to copy as they are."""

    lines: tuple[str, ...]
    level: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int] = frozenset()  # columns of figures
    level: int = 0


@dataclass(frozen=True, slots=True)
class Gap:
    """An empty line."""


Block = Heading | Item | Verbatim | Table | Gap


@dataclass(slots=True)
class Page:
    blocks: list[Block] = field(default_factory=list)

    def heading(self, text: str, note: str = "", level: int = 2) -> None:
        self.blocks.append(Heading(text, note, level))

    def item(self, *parts: str | Span | Rich, level: int = 0, marker: str = "", style: Style = "") -> None:
        text = rich(*parts)
        if text:
            self.blocks.append(Item(text, level, marker, style))

    def verbatim(self, lines: Sequence[str], level: int = 0) -> None:
        self.blocks.append(Verbatim(tuple(lines), level))

    def table(
        self, head: Sequence[str], rows: Sequence[Sequence[str]], right: Iterable[int] = (), level: int = 0
    ) -> None:
        self.blocks.append(Table(tuple(head), tuple(tuple(row) for row in rows), frozenset(right), level))

    def gap(self) -> None:
        self.blocks.append(Gap())
