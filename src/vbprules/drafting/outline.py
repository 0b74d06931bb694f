"""The clauses of a document by the labels at the beginning of its lines: 一、 （一） 1． （1） 第一条 附件 附则."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from vbprules.drafting.lines import Line, joined
from vbprules.fidelity.phrases import read_figures
from vbprules.language.keys import LONGEST_PHRASE

COVER, ANNEX, CLOSING = "封面", "附件", "附则"
_DIGITS: Final = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"零": 0}
_ZH: Final = "[一二三四五六七八九十百零〇]{1,5}"
_MARKERS: Final = (  # the outer ones first
    re.compile(rf"第({_ZH})章"),
    re.compile(rf"第({_ZH})条"),
    re.compile(rf"({_ZH})、"),
    re.compile(rf"[（(]({_ZH})[）)]"),
    re.compile(r"([0-9０-９]{1,2})[.．、](?![0-9０-９])"),
    re.compile(r"[（(]([0-9０-９]{1,2})[）)]"),
)
_CHAPTER, _ARTICLE, _FIRST, _SECOND, _THIRD, _FOURTH = range(6)
_ANNEX: Final = re.compile(r"附件[0-9０-９]{0,2}")
_ANNEX_LIST: Final = re.compile(r"附件[:：].+")
_LAST: Final = re.compile(
    r"本(?:实施|工作)?(?:方案|办法|细则|规定|意见|通知|措施|规则)(?:自|由|从|执行|有效期|在执行).*"
)
_SENT: Final = re.compile(r"(?:主送|抄送)[:：].*")
_SHORT: Final = 20  # characters of a line that is a heading: a wrapped line is longer


@dataclass(frozen=True, slots=True)
class Item:
    """One clause: its number, how it begins, its heading, and its own text up to the next clause.

    ``body`` leaves out a heading without figures.
    """

    no: str
    starts: str
    heading: str
    body: str
    lines: tuple[Line, ...]


def outline(lines: Sequence[Line]) -> tuple[Item, ...]:
    """The clauses in the order of the text. A label counts only if it goes on from the one before it."""
    starts = list(_Scan(lines).starts())
    found: list[Item] = []
    for position, (at, no) in enumerate(starts):
        end = starts[position + 1][0] if position + 1 < len(starts) else len(lines)
        found.append(_item(no, lines[at:end]))
    return tuple(found)


def _item(no: str, lines: Sequence[Line]) -> Item:
    """A short first line, or a short first sentence, is the heading where more follows."""
    text = joined(lines)
    label = next((match.end() for marker in _MARKERS if (match := marker.match(text))), 0)
    alone = len(lines[0].text) if "。" not in lines[0].text and len(lines) > 1 else 0
    end = alone if label < alone <= _SHORT else text.find("。") + 1
    if not label < end <= LONGEST_PHRASE:
        end = 0
    starts = text[: end or LONGEST_PHRASE]
    heading = starts[label:].rstrip("。：:") or starts
    telling = not text[end:] or bool(read_figures(text[label:end]))  # the heading itself has something to look at
    return Item(no, starts, heading, text[label:] if telling else text[end:], tuple(lines))


class _Scan:
    """Goes through the lines once and remembers which label came last on each level."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.annexed = any(_ANNEX.fullmatch(line.text) for line in lines)
        self.prefix = ""  # of the annex
        self.rows = 0
        self.last = [0] * len(_MARKERS)
        self.labels = [""] * len(_MARKERS)
        self.arabic = 0  # some documents number 1． 2． … through all clauses
        self.closed = False

    def starts(self) -> Iterator[tuple[int, str]]:
        """Where each clause begins, and its number."""
        begun = False
        for at, line in enumerate(self.lines):
            no = self._no(line, begun)
            if no and not begun:
                begun = True
                if at:
                    yield 0, COVER
            if no:
                yield at, no

    def _no(self, line: Line, begun: bool) -> str:
        if begun and self._opens_annex(line):
            number = "".join(character for character in _ascii(line.text[:4]) if character.isdigit())
            self.prefix, self.rows = f"{ANNEX}{number}", 0
            self.last, self.arabic = [0] * len(_MARKERS), 0
            return self.prefix
        if begun and not self.closed and self._closes(line):
            self.closed = True
            return CLOSING
        if self.prefix and (row := self._row(line)):
            return row
        return self._labelled(line)

    def _opens_annex(self, line: Line) -> bool:
        if self.annexed:
            return _ANNEX.fullmatch(line.text) is not None
        return not self.prefix and line.opens and _ANNEX_LIST.fullmatch(line.text) is not None

    def _closes(self, line: Line) -> bool:
        if _SENT.fullmatch(line.text):
            return True
        return line.opens and not self.prefix and _LAST.fullmatch(line.text) is not None

    def _row(self, line: Line) -> str:
        """A row of a table: a line of cells, or the number of the next row alone on a line."""
        head = "序号" in line.text or line.text in ("序", "号")
        alone = line.text.isdecimal() and int(line.text) == self.rows + 1
        if head or not (line.row or alone):
            return ""
        self.rows += 1
        return f"{self.prefix}{self.rows}" if self.prefix == ANNEX else f"{self.prefix}({self.rows})"

    def _labelled(self, line: Line) -> str:
        for level, marker in enumerate(_MARKERS):
            match = marker.match(line.text)
            if match is None:
                continue
            number = _number(match.group(1))
            if level == _THIRD and number == self.arabic + 1:
                self.arabic = number
            elif number != self.last[level] + 1:
                return ""
            if level == _THIRD:
                self.arabic = max(self.arabic, number) if number > 1 else number
            self._take(level, number, match.group(1))
            return self._path(level)
        return ""

    def _take(self, level: int, number: int, label: str) -> None:
        self.last[level], self.labels[level] = number, label
        for below in range(level + 1, len(_MARKERS)):
            if (level, below) != (_CHAPTER, _ARTICLE):  # articles are numbered through the chapters
                self.last[below] = 0

    def _path(self, level: int) -> str:
        if level == _CHAPTER:
            return f"{self.prefix}第{self.labels[level]}章"
        article = f"第{self.labels[_ARTICLE]}条" if self.last[_ARTICLE] else ""
        if level == _ARTICLE:
            return self.prefix + article
        parts = [article]
        for each in range(_FIRST, level + 1):
            if self.last[each]:
                label = _ascii(self.labels[each])
                plain = each in (_FIRST, _THIRD) and not (self.prefix or (article and each == _FIRST))
                parts.append(label if plain else f"({label})")
        return self.prefix + "".join(parts)


def _ascii(text: str) -> str:
    return "".join(str(int(character)) if character.isdecimal() else character for character in text)


def _number(label: str) -> int:
    """``十二`` → 12, ``二十`` → 20, ``7`` → 7."""
    if label.isdecimal():
        return int(label)
    total, digit = 0, 0
    for character in label:
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit
