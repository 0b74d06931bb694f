"""Findings as text for people and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable

from vbprules.diagnostics.finding import Finding
from vbprules.diagnostics.place import caret_index, shown, width
from vbprules.diagnostics.suggest import suggest

__all__ = ["render", "suggest", "to_json"]

_WORDS = {
    "zh": {"error": "错误", "warning": "警告", "hint": "提示", "advice": "建议："},
    "en": {"error": "error", "warning": "warning", "hint": "hint", "advice": "help: "},
}
_COLORS = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m", "hint": "\x1b[1;36m"}
_BOLD, _RESET = "\x1b[1m", "\x1b[0m"


def render(findings: Iterable[Finding], lang: str = "zh", color: bool = False) -> str:
    """Each finding: place, severity, code and message; the source line with carets; what to do."""
    return "\n".join(_one(finding, lang, color) for finding in findings)


def _one(finding: Finding, lang: str, color: bool) -> str:
    words = _WORDS["en" if lang == "en" else "zh"]
    word = words[finding.severity]
    place = finding.place
    if color:
        word, place = f"{_COLORS[finding.severity]}{word}{_RESET}", f"{_BOLD}{place}{_RESET}"
    lines = [
        f"{place}: {word} {finding.code} {finding.message(lang)}"
        if place
        else f"{word} {finding.code} {finding.message(lang)}"
    ]
    if finding.excerpt and finding.mark is not None:
        line, carets = _pointed(finding)
        lines.append(f"    {line}".rstrip())
        lines.append(f"    {_COLORS[finding.severity]}{carets}{_RESET}" if color else f"    {carets}")
    hint = finding.hint(lang)
    if hint:
        lines.append(f"  {words['advice']}{hint}")
    return "\n".join(lines)


def _pointed(finding: Finding) -> tuple[str, str]:
    """The excerpt as shown and the caret line under it."""
    mark = finding.mark
    assert mark is not None
    start = min(caret_index(mark.column), len(finding.excerpt))
    length = mark.end_column - mark.column if mark.end_line == mark.line else 1
    target = finding.excerpt[start : start + max(1, length)]
    padding = " " * width(shown(finding.excerpt[:start]))
    return shown(finding.excerpt), padding + "^" * max(1, width(shown(target)))


def to_json(findings: Iterable[Finding], lang: str = "zh") -> str:
    """A JSON array with one object per finding."""
    return json.dumps([finding.as_dict(lang) for finding in findings], ensure_ascii=False, indent=2)
