"""Slips that YAML accepts but a person did not mean: a full-width colon, a missing space, a swallowed line."""

from __future__ import annotations

import re
from itertools import islice

from vbprules.diagnostics.finding import Report
from vbprules.diagnostics.place import Mark, Source
from vbprules.reading.nodes import Scalar

_WIDE_SPACES = "\u3000\u00a0\u1680\u2000-\u200a\u202f\u205f"
_WIDE_SPACE = re.compile(f"^[{_WIDE_SPACES}]|[{_WIDE_SPACES}]$")
_WORD = r"[A-Za-z_][A-Za-z0-9_]{0,60}"
_WORD_WIDE_COLON = re.compile(rf"({_WORD}) ?：")
_SHORT_WIDE_COLON = re.compile(r"([^\s：:，。；、“”\"'（）()\[\]{}]{1,20}) ?：")
_WORD_COLON = re.compile(rf"({_WORD}):(?=[^ \r\n])(?!//)")
_LONE_COLON = re.compile(r"([^\s:]{1,60}):(?=\S)(?!//)")
_CONTINUED_ITEM = re.compile(r"(?:\r\n|\r|\n) *(- [^\r\n]*)")
_CONTINUED_KEY = re.compile(rf"(?:\r\n|\r|\n) *({_WORD}) ?：")
_LINE_START = re.compile(r" *(?:- +)*")
_LINE_WIDE_COLON = re.compile(r"([^\s：:“”\"'\[\]{},]{1,30}) ?：")
_FLOW_WIDE_COLON = re.compile(rf"[{{\[,] *({_WORD}) ?：")
_DASH = re.compile(r"-(?=[^\s\-])")
_LONG = 400
_FEW = 5


def has_wide_space(text: str) -> bool:
    """Whether a key begins or ends with a space that is not the ordinary one."""
    return _WIDE_SPACE.search(text) is not None


def check_plain(text: str, mark: Mark, raw: str, report: Report, *, own_line: bool, in_list: bool, flow: bool) -> None:
    """A value without quotes: hints where a mapping was plainly meant, an error for a swallowed list item."""
    if own_line or in_list:
        if mark.end_line != mark.line:
            text = re.split(r"[\r\n]", raw, maxsplit=1)[0]
        wide = (_SHORT_WIDE_COLON if own_line else _WORD_WIDE_COLON).match(text)
        if wide is not None:
            report.hint("wide_colon", mark, key=wide.group(1))
        else:
            _missing_space(text, mark, report)
    if mark.end_line == mark.line:
        return
    for line in islice(_CONTINUED_ITEM.finditer(raw), _FEW):
        report.error("swallowed_line", _within(mark, raw, line.start(1), line.end(1)), text=line.group(1))
    for line in islice(_CONTINUED_KEY.finditer(raw), _FEW):
        report.hint("wide_colon", _within(mark, raw, line.start(1), line.end()), key=line.group(1))
    if flow:
        report.hint("joined_lines", mark, text=" ".join(raw[:_LONG].split()))


def _missing_space(text: str, mark: Mark, report: Report) -> None:
    match = _WORD_COLON.match(text)
    if match is not None:
        report.hint("missing_space", mark, text=text[:_LONG], fixed=_spaced(text, match.end()))


def _spaced(text: str, after: int) -> str:
    return f"{text[:after]} {text[after:_LONG].lstrip()}"


def _within(mark: Mark, raw: str, start: int, end: int) -> Mark:
    """The place of a part (of one line, not the first) of the text at `mark`."""
    line, column = Source("", raw[: start + 1]).position(start)
    return Mark(mark.line + line - 1, column, mark.line + line - 1, column + end - start)


def report_lone_key(key: Scalar, before: str, report: Report) -> None:
    """A key in braces without a value, and what was probably meant; `before` is the value that stands before it."""
    text = key.text
    wide = _SHORT_WIDE_COLON.match(text)
    narrow = None if wide or key.quoted else _LONE_COLON.match(text)
    if wide is not None and not key.quoted:
        report.error("wide_colon", key, key=wide.group(1))
    elif narrow is not None:
        report.error("missing_space", key, text=text, fixed=_spaced(text, narrow.end()))
    else:
        report.error("key_without_value", key, key=text, before=before)


def hint_at_lines(source: Source, lines: list[int], report: Report) -> None:
    """Around a syntax error: the first slip in these lines that explains it."""
    for number in lines:
        line = source.line(number)[:_LONG]
        start = _LINE_START.match(line)
        at = start.end() if start else 0
        wide = _LINE_WIDE_COLON.match(line, at) or _FLOW_WIDE_COLON.search(line)
        if wide is not None:
            if not report.has("wide_colon", number):
                mark = Mark(number, wide.start(1) + 1, number, wide.end() + 1)
                report.hint("wide_colon", mark, key=wide.group(1))
            return
        narrow = _WORD_COLON.match(line, at) or _DASH.match(line, at)
        if narrow is not None:
            if not report.has("missing_space", number):
                mark = Mark(number, at + 1, number, len(line) + 1)
                report.hint("missing_space", mark, text=line[at:], fixed=_spaced(line[at:], narrow.end() - at))
            return


def hint_wide_comma(source: Source, number: int, report: Report) -> None:
    """A full-width comma in a line with brackets that did not parse."""
    column = source.line(number)[:_LONG].find("，")
    if column >= 0:
        report.hint("wide_comma", Mark(number, column + 1, number, column + 2))
