"""What the targets take for granted: a small policy, a dossier for it, a day."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from vbprules import catalog
from vbprules.diagnostics import Report
from vbprules.facts.dossier import read_dossier
from vbprules.facts.rows import Dossier
from vbprules.program.ir import Program

HERE = Path(__file__).parent
CORPUS = HERE / "corpus"
POLICY = CORPUS / "policy" / "sample_2020.yaml"
DAY = "2020-07-15"


@cache
def program() -> Program:
    report = Report()
    found = catalog.check(POLICY.read_bytes(), "sample_2020.yaml", report)
    report.raise_if_errors()
    assert found is not None
    return found


@cache
def dossier() -> Dossier:
    return read_dossier(CORPUS / "dossier" / "full.yaml")
