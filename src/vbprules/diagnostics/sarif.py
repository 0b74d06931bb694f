"""Findings as SARIF 2.1.0, for code hosts and editors that show results of checks."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from vbprules.diagnostics.catalogue import BY_CODE, NAMES
from vbprules.diagnostics.finding import Finding
from vbprules.diagnostics.place import shown

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Final = {"error": "error", "warning": "warning", "hint": "note"}


def to_sarif(findings: Iterable[Finding], lang: str, version: str) -> str:
    """One run with its results in order; rules are those that occur, each with its texts in both languages."""
    findings = list(findings)
    codes = sorted({finding.code for finding in findings})
    run = {
        "tool": {"driver": {"name": "vbprules", "version": version, "rules": [_rule(code, lang) for code in codes]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, codes.index(finding.code), lang) for finding in findings],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rule(code: str, lang: str) -> dict[str, Any]:
    entry = BY_CODE[code]
    text, hint = (entry.en, entry.hint_en) if lang == "en" else (entry.zh, entry.hint_zh)
    return {
        "id": code,
        "name": NAMES[code],
        "shortDescription": {"text": entry.template(text)},
        "help": {"text": entry.template(hint)},
    }


def _result(finding: Finding, index: int, lang: str) -> dict[str, Any]:
    message = finding.message(lang)
    hint = finding.hint(lang)
    found: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{message}\n{hint}" if hint else message},
    }
    if finding.file:
        place: dict[str, Any] = {"artifactLocation": {"uri": _uri(finding.file)}}
        mark = finding.mark
        if mark is not None and mark.line >= 1:
            place["region"] = {
                "startLine": mark.line,
                "startColumn": mark.column,
                "endLine": max(mark.end_line, mark.line),
                "endColumn": mark.end_column if mark.end_line > mark.line else max(mark.end_column, mark.column),
            }
        found["locations"] = [{"physicalLocation": place}]
        if finding.edits:
            found["fixes"] = [_fix(finding)]
    return found


def _fix(finding: Finding) -> dict[str, Any]:
    replacements = [
        {
            "deletedRegion": {
                "startLine": edit.mark.line,
                "startColumn": edit.mark.column,
                "endLine": edit.mark.end_line,
                "endColumn": edit.mark.end_column,
            },
            "insertedContent": {"text": edit.text},
        }
        for edit in finding.edits
    ]
    return {"artifactChanges": [{"artifactLocation": {"uri": _uri(finding.file)}, "replacements": replacements}]}


def _uri(name: str) -> str:
    """A path as a URI reference: relative where it was, and below the working directory made so."""
    path = Path(name)
    if path.is_absolute():
        try:
            path = path.relative_to(Path.cwd())
        except ValueError:
            return "file://" + quote(path.as_posix())
    return quote(shown(path.as_posix()))
