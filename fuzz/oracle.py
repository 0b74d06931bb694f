"""What may come of any input: a value, or our own located findings, soon. Everything else is a defect."""

from __future__ import annotations

import time
from collections.abc import Iterable

from vbprules.diagnostics import Finding, InputError, Report, render, to_json

SLOW = 6.0  # seconds of this process's own time for one small input


class Broken(AssertionError):
    """An answer that no input may bring about."""


def checked(findings: Iterable[Finding]) -> None:
    """Findings say where they are, and can be shown in both languages."""
    found = list(findings)
    if len(found) > 201:
        raise Broken(f"{len(found)} findings")
    for lang in ("zh", "en"):
        render(found, lang).encode("utf-8")
        to_json(found, lang).encode("utf-8")
        for finding in found:
            if not finding.message(lang) or len(finding.excerpt) > 122:
                raise Broken(f"{finding.code} says nothing, or too much")
    for finding in found:
        mark = finding.mark
        if mark is not None and mark.line and (mark.line < 1 or mark.column < 1):
            raise Broken(f"{finding.code} stands at {mark}")
        if mark is not None and (mark.end_line, mark.end_column) < (mark.line, mark.column):
            raise Broken(f"{finding.code} ends before it begins: {mark}")


def refused(error: InputError) -> None:
    """A refusal has findings, one of them an error."""
    if not any(finding.severity == "error" for finding in error.findings):
        raise Broken("refused without a reason")
    checked(error.findings)


def reported(report: Report, value: object) -> None:
    """A reader that collects findings gives a value or says why not."""
    if value is None and not report.has_errors:
        raise Broken("nothing was read, and no reason is given")
    checked(report.sorted_findings())


class Clock:
    """Time that one input may take."""

    def __enter__(self) -> Clock:
        self.start = time.process_time()
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        taken = time.process_time() - self.start
        if kind is None and taken > SLOW:
            raise Broken(f"took {taken:.1f} s")
