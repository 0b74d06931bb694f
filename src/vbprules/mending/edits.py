"""The edits that mend a finding, where nothing is left to decide.

A figure, a clause, a condition is never touched: whether the text or the rule is right is a question of law. See
docs/fixing.md for every code and why.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final

from vbprules.diagnostics import CATALOGUE, NAMES, Edit, Finding, Mark, Source
from vbprules.reading.characters import BLANKS, runs_of

_WORDS: Final = ("key", "name", "value", "text", "clause")  # what a finding calls the word that is wrong
_WORD: Final = re.compile("[a-z0-9_.]+")


def with_edits(findings: Iterable[Finding], sources: Mapping[str, Source]) -> list[Finding]:
    """The findings with what mends them."""
    return [
        replace(finding, edits=edits_of(finding, sources[finding.file])) if finding.file in sources else finding
        for finding in findings
    ]


def edits_of(finding: Finding, source: Source) -> tuple[Edit, ...]:
    """The edits that mend a finding about a source; none where it is for the author to say what is meant."""
    if finding.mark is None or finding.mark.line < 1:
        return ()
    name = NAMES[finding.code]
    mend = _MENDS.get(name, _instead if finding.sure and name not in _NEVER else None)
    return () if mend is None else mend(finding, finding.mark, source, dict(finding.args))


def _instead(finding: Finding, mark: Mark, source: Source, args: Mapping[str, str]) -> tuple[Edit, ...]:
    """The word that is suggested for the one that stands there, if it stands there once."""
    stretch, start = _stretch(source, mark)
    wrong = next((args[name] for name in _WORDS if name in args), "")
    found = list(re.finditer(rf"(?<!\w){re.escape(wrong)}(?!\w)", stretch)) if wrong else []
    odd = args["suggestion"].isascii() and _WORD.fullmatch(args["suggestion"]) is None  # itself to be mended
    if len(found) != 1 or odd:
        return ()
    return (Edit(_mark(source, start + found[0].start(), start + found[0].end()), args["suggestion"]),)


def _lookalike(finding: Finding, mark: Mark, source: Source, args: Mapping[str, str]) -> tuple[Edit, ...]:
    """The plain letters for those that look like them."""
    stretch, start = _stretch(source, mark)
    return tuple(
        Edit(_mark(source, start + found.start(), start + found.end()), args["suggestion"])
        for found in re.finditer(re.escape(args["text"]), stretch)
    )


def _without(finding: Finding, mark: Mark, source: Source, args: Mapping[str, str]) -> tuple[Edit, ...]:
    """The line without the characters that nobody sees; one that parted words leaves a space."""
    line = source.line(mark.line)
    return tuple(
        Edit(Mark(mark.line, start + 1, mark.line, end + 1), " " if BLANKS.intersection(line[start:end]) else "")
        for start, end in runs_of(NAMES[finding.code], line)
    )


def _untabbed(finding: Finding, mark: Mark, source: Source, args: Mapping[str, str]) -> tuple[Edit, ...]:
    """A space for a tab between words. How deep a tab indents is for the author to say."""
    line = source.line(mark.line)
    runs = list(runs_of("tab", line))
    if any(not line[:start].strip() for start, _ in runs):
        return ()
    return tuple(Edit(Mark(mark.line, start + 1, mark.line, end + 1), " ") for start, end in runs)


def _narrow_space(finding: Finding, mark: Mark, source: Source, args: Mapping[str, str]) -> tuple[Edit, ...]:
    """A key without the wide spaces beside it."""
    stretch, start = _stretch(source, mark)
    inner = stretch.strip()
    if not inner or any(char.isspace() for char in inner):
        return ()
    left = len(stretch) - len(stretch.lstrip())
    edits = []
    if left:
        edits.append(Edit(_mark(source, start, start + left), ""))
    if left + len(inner) < len(stretch):
        edits.append(Edit(_mark(source, start + left + len(inner), start + len(stretch)), ""))
    return tuple(edits)


def _narrow_colon(finding: Finding, mark: Mark, source: Source, args: Mapping[str, str]) -> tuple[Edit, ...]:
    """``键： 值`` in braces, where a key without a value can be nothing else."""
    stretch, start = _stretch(source, mark)
    found = re.match(rf"{re.escape(args['key'])}(\s*：\s*)", stretch)
    if finding.severity != "error" or found is None:
        return ()
    return (Edit(_mark(source, start + found.start(1), start + found.end(1)), ": "),)


def _spaced(finding: Finding, mark: Mark, source: Source, args: Mapping[str, str]) -> tuple[Edit, ...]:
    """``键:值`` in braces, where a key without a value can be nothing else."""
    stretch, start = _stretch(source, mark)
    if finding.severity != "error" or stretch != args["text"] or args["fixed"].endswith("…"):
        return ()
    return (Edit(_mark(source, start, start + len(stretch)), args["fixed"]),)


_Mend = Callable[[Finding, Mark, Source, Mapping[str, str]], tuple[Edit, ...]]
_MENDS: Final[Mapping[str, _Mend]] = {
    "invisible_character": _without,
    "bidi_character": _without,
    "control_character": _without,
    "tab": _untabbed,
    "wide_space": _narrow_space,
    "wide_colon": _narrow_colon,
    "missing_space": _spaced,
    "confusable_character": _lookalike,
}
# A figure, a clause, a word that makes a duty of a power: never, however near.
_NEVER: Final = frozenset({"unknown_figure", "unknown_clause", "bad_hedge", "confusable_digit"})
_ABOUT_POLICIES: Final = "YPEL"


def mended_codes() -> frozenset[str]:
    """The codes of findings about policies that may be mended: where it is sure what was meant."""
    suggested = {name for name, entry in CATALOGUE.items() if "$suggestion" in f"{entry.hint_zh}{entry.zh}"}
    codes = {CATALOGUE[name].code for name in (suggested | _MENDS.keys()) - _NEVER}
    return frozenset(code for code in codes if code[0] in _ABOUT_POLICIES)


def _stretch(source: Source, mark: Mark) -> tuple[str, int]:
    """The marked text and where it begins."""
    start, end = source.offset(mark.line, mark.column), source.offset(mark.end_line, mark.end_column)
    return source.text[start:end], start


def _mark(source: Source, start: int, end: int) -> Mark:
    return Mark(*source.position(start), *source.position(end))
