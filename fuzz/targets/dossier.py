"""A dossier: read and judged under a fixed policy."""

from __future__ import annotations

from fuzz.oracle import refused, reported
from fuzz.samples import DAY, program
from vbprules.diagnostics import InputError, Report
from vbprules.evaluation import evaluate
from vbprules.facts.dossier import read_dossier
from vbprules.printing.decision_text import decision_text


def one(data: bytes) -> None:
    report = Report()
    facts = read_dossier(data, report, "stranger.yaml")
    reported(report, facts)
    if report.has_errors:
        return
    try:
        decision = evaluate(program(), facts, DAY, check=False)
    except InputError as error:
        refused(error)
        return
    for lang in ("zh", "en"):
        decision_text(decision, lang, full=True).encode()
    decision.to_json().encode()
