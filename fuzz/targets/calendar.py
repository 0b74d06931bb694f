"""A file of local days."""

from __future__ import annotations

from fuzz.files import written
from fuzz.oracle import reported
from fuzz.samples import DAY, dossier, program
from vbprules.diagnostics import Report
from vbprules.evaluation import evaluate
from vbprules.facts.local_calendar import read_local_calendar


def one(data: bytes) -> None:
    report = Report()
    found = read_local_calendar(written(data, "stranger_days.yaml"), report)
    reported(report, found)
    if found is not None:
        evaluate(program(), dossier(), DAY, calendar=found, check=False)
