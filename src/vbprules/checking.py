"""What is said of a policy beyond what stops it from compiling: its figures, and what its conditions can be together.

The command ``check`` and editors say the same, because both ask here.
"""

from __future__ import annotations

from typing import Final

from vbprules.diagnostics import Report, Source
from vbprules.fidelity.compare import compare_figures
from vbprules.fidelity.source_check import check_source
from vbprules.program.ir import Program

_UNCOVERED: Final = "P113"  # a clause still to be encoded is no reason to say nothing of the figures written so far


def report_further(
    program: Program, policy: Source, report: Report, text: Source | None = None, logic: bool = True
) -> None:
    """Add to the findings of a policy, unless the report has errors that make them idle.

    Figures are compared with ``text``, the document's own, or with the phrases alone. What conditions can be together
    (``logic``) takes some seconds.
    """
    compiles = not report.has_errors
    report_figures(program, policy, report, text)
    if logic and compiles:
        report_conditions(program, policy, report)


def report_figures(program: Program, policy: Source, report: Report, text: Source | None = None) -> None:
    """What the figures of a policy are against the text, or against the phrases cited."""
    if any(finding.severity == "error" and finding.code != _UNCOVERED for finding in report.findings):
        return
    with report.source(policy):
        if text is None:
            compare_figures(program, report)
        else:
            check_source(program, text, report)


def report_conditions(program: Program, policy: Source, report: Report) -> None:
    """What the conditions of a policy without errors can be together: gaps, overlaps, what never holds …"""
    from vbprules.logic.report import report_logic

    with report.source(policy):
        report_logic(program, report)
