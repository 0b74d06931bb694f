"""Short ways to read and to look at what was found."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TypeAlias

from vbprules.diagnostics import Report
from vbprules.reading import Limits, Mapping, Node, Scalar, Sequence, read

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"
Input: TypeAlias = "str | int | bool | Decimal | dt.date | list[Input] | dict[str, Input] | None"


def load(data: str | bytes, limits: Limits | None = None, name: str = "f.yaml") -> tuple[Node | None, Report]:
    report = Report()
    return read(data, name, report, limits or Limits()), report


def found(report: Report) -> list[tuple[str, str, int, int]]:
    """Code, severity, line and column of each finding."""
    return [
        (f.code, f.severity, f.mark.line if f.mark else 0, f.mark.column if f.mark else 0)
        for f in report.sorted_findings()
    ]


def plain(node: Node | None) -> Plain:
    """The tree without its marks."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    assert isinstance(node, Mapping)
    return {key.text: plain(value) for key, value in node.entries}
