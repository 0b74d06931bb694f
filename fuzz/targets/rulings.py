"""Rulings of an agency: read against a fixed policy, and used."""

from __future__ import annotations

from fuzz.oracle import refused, reported
from fuzz.samples import DAY, dossier, program
from vbprules.diagnostics import InputError, Report
from vbprules.evaluation import evaluate
from vbprules.facts.rulings import read_rulings


def one(data: bytes) -> None:
    report = Report()
    text = data.decode("utf-8", "replace") + "\n"
    found = read_rulings(text, program().policy, report)
    reported(report, found)
    if report.has_errors:
        return
    try:
        evaluate(program(), dossier(), DAY, rulings=found, check=False)
    except InputError as error:
        refused(error)
