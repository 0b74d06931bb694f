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
    errors = [finding for finding in report.findings if finding.severity == "error"]
    if any(finding.code != _UNCOVERED for finding in errors):
        return
    with report.source(policy):
        if text is None:
            compare_figures(program, report)
        else:
            check_source(program, text, report)
        if logic and not errors:
            from vbprules.logic.report import report_logic

            report_logic(program, report)
