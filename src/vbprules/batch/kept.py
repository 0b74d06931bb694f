"""A chunk's decisions on disk, so that a batch that was broken off goes on after it.

Everything is Parquet and JSON, and read back as what a stranger wrote: whatever is not as it was written is no chunk.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar, get_args

from vbprules.batch.model import Done, Tally
from vbprules.diagnostics import Finding, Mark
from vbprules.diagnostics.catalogue import BY_CODE
from vbprules.diagnostics.finding import Severity
from vbprules.tables.digests import digest_of
from vbprules.tables.trouble import writing

OUTCOMES: Final = "outcomes.parquet"
QUESTIONS: Final = "questions.parquet"
_COUNTS: Final = "counts.json"
_Item = TypeVar("_Item")


def keep(done: Done, folder: Path) -> None:
    """Write what was decided of a chunk into an empty folder."""
    with writing(folder):
        done.outcomes.write_parquet(folder / OUTCOMES)
        done.questions.write_parquet(folder / QUESTIONS)
    tally = done.tally
    counts = {
        "institutions": tally.institutions,
        "outcomes": tally.outcomes,
        "rejected": [[name, [_plain(finding) for finding in found]] for name, found in tally.rejected.items()],
        "one_by_one": tally.one_by_one,
        "provisions": sorted(tally.provisions),
        "asked": tally.asked,
        "sha256": [digest_of(folder / OUTCOMES).hex(), digest_of(folder / QUESTIONS).hex()],
    }
    with writing(folder):
        (folder / _COUNTS).write_text(json.dumps(counts, ensure_ascii=False) + "\n", "utf-8")


def kept(folder: Path, institutions: int) -> Tally | None:
    """What was counted of a chunk of so many institutions; None where the folder does not hold it whole."""
    try:
        data = json.loads((folder / _COUNTS).read_text("utf-8"))
        digests = [digest_of(folder / OUTCOMES).hex(), digest_of(folder / QUESTIONS).hex()]
        if _list(data["sha256"], _text) != digests or _number(data["institutions"]) != institutions:
            return None
        return Tally(
            institutions,
            _number(data["outcomes"]),
            dict(_list(data["rejected"], _rejected)),
            _number(data["one_by_one"]),
            set(_list(data["provisions"], _text)),
            _number(data["asked"]),
        )
    except (OSError, ValueError, KeyError, TypeError, StopIteration, RecursionError):
        return None


def _plain(finding: Finding) -> dict[str, Any]:
    mark = finding.mark
    return {
        "code": finding.code,
        "severity": finding.severity,
        "file": finding.file,
        "mark": None if mark is None else [mark.line, mark.column, mark.end_line, mark.end_column],
        "excerpt": finding.excerpt,
        "args": finding.args,
        "words": finding.words,
        "sure": finding.sure,
    }


def _rejected(data: Any) -> tuple[str, tuple[Finding, ...]]:
    name, found = data
    return _text(name), tuple(_list(found, _finding))


def _finding(data: Any) -> Finding:
    code, sure = _text(data["code"]), data["sure"]
    if code not in BY_CODE or not isinstance(sure, bool):
        raise ValueError(code)
    severity = next(known for known in get_args(Severity) if known == data["severity"])
    mark = None if data["mark"] is None else Mark(*_list(data["mark"], _number))
    args, words = (tuple(_list(data[name], _pair)) for name in ("args", "words"))
    return Finding(code, severity, _text(data["file"]), mark, _text(data["excerpt"]), args, words, sure)


def _pair(data: Any) -> tuple[str, str]:
    name, value = data
    return _text(name), _text(value)


def _list(data: Any, read: Callable[[Any], _Item]) -> list[_Item]:
    if not isinstance(data, list):
        raise TypeError(type(data))
    return [read(item) for item in data]


def _number(data: Any) -> int:
    if type(data) is not int or data < 0:
        raise TypeError(type(data))
    return data


def _text(data: Any) -> str:
    if not isinstance(data, str):
        raise TypeError(type(data))
    return data
