"""A policy: read, compiled, its figures compared, evaluated on a small dossier, printed."""

from __future__ import annotations

from fuzz.oracle import refused, reported
from fuzz.samples import DAY, dossier
from vbprules import catalog
from vbprules.checking import report_further
from vbprules.diagnostics import InputError, Report, Source
from vbprules.evaluation import evaluate
from vbprules.printing.decision_text import decision_markdown, decision_text


def one(data: bytes) -> None:
    report = Report()
    program = catalog.check(data, "stranger.yaml", report)
    source = report.current or Source("stranger.yaml", "")
    if program is not None:
        report_further(program, source, report, logic=False)
    reported(report, program)
    if program is None or report.has_errors:
        return
    try:
        decision = evaluate(program, dossier(), DAY, check=False)
    except InputError as error:
        refused(error)
        return
    for lang in ("zh", "en"):
        decision_text(decision, lang, full=True).encode()
        decision_markdown(decision, lang, full=True).encode()
    decision.to_json().encode()
