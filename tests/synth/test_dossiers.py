"""One institution's rows are a dossier that policies judge without a finding."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from one_dossier import dossier

from vbprules import evaluate, load, shipped_policies
from vbprules.diagnostics import Report
from vbprules.facts.dossier import read_dossier
from vbprules.synth.plan import Plan
from vbprules.synth.policy_words import words_of
from vbprules.synth.province import made


@pytest.mark.parametrize(
    ("policy", "last"),
    [
        ("guizhou_2019", date(2020, 12, 31)),
        ("guizhou_2019", date(2020, 8, 20)),  # while a quarter runs
        ("yunnan_2020", date(2020, 12, 31)),
        ("hechuan_2025", date(2025, 12, 31)),
    ],
)
def test_made_institutions_are_judged_without_findings(policy: str, last: date) -> None:
    plan = Plan(18, 3, date(last.year, 1, 1), last, seed=8, gaps=Fraction(4, 100), words=words_of(load(policy)))
    tables = made(plan)
    outcomes = 0
    for institution in tables["institutions"].get_column("id"):
        report = Report()
        facts = read_dossier(dossier(tables, institution), report)
        assert report.findings == [], institution
        outcomes += len(evaluate(policy, facts, last, check=False, explain=False).outcomes)
    assert outcomes > 18


def test_names_of_a_policy() -> None:
    """From the text of the policy: who warns, on what, and what its lists of conduct hold."""
    words = words_of(load("guizhou_2019"))
    assert words.policy == "guizhou_2019"
    assert [word.name for word in words.sanctions["receipt"]] == ["late_warning", "hold_disbursement"]
    assert set(words.codes["ground"]) == {"cost_control", "drug_share", "variety_count"}
    assert "pay_supplier" in {word.name for word in words.duties["receipt"]}


@pytest.mark.parametrize("policy", shipped_policies())
def test_names_are_of_what_somebody_does(policy: str) -> None:
    """A duty that the document lays on nobody in particular has no records."""
    words = words_of(load(policy))
    assert all(word.by for each in (words.sanctions, words.duties) for found in each.values() for word in found)
