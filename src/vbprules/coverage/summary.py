"""Coverage at the end of a pytest session, for the case files that it collected."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from vbprules.cases.files import CaseFile, read_case_file
from vbprules.coverage.html import html_page
from vbprules.coverage.page import CoveragePage
from vbprules.coverage.report import coverage
from vbprules.diagnostics import InputError, Report
from vbprules.printing.page import Lang
from vbprules.printing.terminal import to_terminal


def write_coverage(reporter: Any, paths: Sequence[str], place: str, lang: Lang, columns: int) -> None:
    """Write the coverage of each policy; with ``place``, also as an HTML file there. Broken files are passed over."""
    by_policy: dict[str, list[CaseFile]] = {}
    for path in paths:
        report = Report()
        file = read_case_file(Path(path), report)
        if not report.has_errors:
            by_policy.setdefault(file.policy, []).append(file)
    found = []
    for policy, files in by_policy.items():
        try:
            found.append(coverage(policy, files))
        except InputError:
            continue  # the session has said why
    if not found:
        return
    reporter.section("条款覆盖 coverage of the law")
    for item in found:
        reporter.write(to_terminal(CoveragePage(item, lang).page(), columns, reporter.hasmarkup))
    if place:
        try:
            Path(place).write_text(html_page(found, lang), "utf-8")
        except OSError as error:
            reporter.write_line(f"写不了 cannot write {place}: {error.strerror or error}")
        else:
            reporter.write_line(place)
