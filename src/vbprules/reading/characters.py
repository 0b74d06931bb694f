"""Characters that have no place in a file for people: found, located, and replaced by harmless ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vbprules.diagnostics.finding import Report
from vbprules.diagnostics.place import Mark, Source

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_CLASSES = {
    "tab": "\t",
    "bidi_character": _BIDI,
    "invisible_character": "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff",
    "control_character": "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff",
    "lone_surrogate": "\ud800-\udfff",
    "damaged_character": "\ufffd",
}
_SUSPECT = re.compile("|".join(f"(?P<{name}>[{characters}]+)" for name, characters in _CLASSES.items()))
BLANKS = frozenset("\t\x0b\x0c\x85\u2028\u2029")
_ENOUGH = 1_000
FILLER = "\ufffd"


def checked_characters(source: Source, report: Report) -> tuple[str, set[int]]:
    """The text with suspect characters replaced one by one, and the lines that had any.

    One finding per line and kind. The replacement keeps every position.
    """
    text = source.text
    if _SUSPECT.search(text) is None:
        return text, set()
    seen: set[tuple[int, str]] = set()
    for match in _SUSPECT.finditer(text):
        kind = match.lastgroup or ""
        line, column = source.position(match.start())
        if (line, kind) in seen:
            continue
        seen.add((line, kind))
        mark = Mark(line, column, line, column + len(match.group()))
        report.error(kind, mark, char=code_point(match.group()))
        if len(seen) >= _ENOUGH:
            break
    clean = _SUSPECT.sub(lambda m: "".join(" " if c in BLANKS else FILLER for c in m.group()), text)
    return clean, {line for line, _ in seen}


def suspect_in(text: str) -> tuple[str, str] | None:
    """Kind and code point of the first suspect character of a value (after escapes were resolved)."""
    if text.isascii() and text.isprintable():  # of most texts that is all there is to ask
        return None
    match = _SUSPECT.search(text)
    return None if match is None else (match.lastgroup or "", code_point(match.group()))


def runs_of(kind: str, line: str) -> Iterator[tuple[int, int]]:
    """Where the suspect characters of a kind stand in a line."""
    yield from (match.span() for match in _SUSPECT.finditer(line) if match.lastgroup == kind)


def harmless(text: str) -> str:
    """The text with suspect characters replaced."""
    return _SUSPECT.sub(lambda m: FILLER * len(m.group()), text)


def code_point(characters: str) -> str:
    """The first character as U+XXXX."""
    return f"U+{ord(characters[0]):04X}"
