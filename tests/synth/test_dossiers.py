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
def test_acts_of_any_policy_are_by_whom_it_names(policy: str) -> None:
    """Where the document names nobody who imposes a sanction or owes a duty, nobody is recorded."""
    program = load(policy)
    tables = made(Plan(3, 2, date(2020, 1, 1), date(2020, 6, 30), seed=8, words=words_of(program)))
    named = {"sanction": set(), "duty": set()}
    for item in program.policy.provisions.values():
        named["sanction" if item.modality == "sanction" else "duty"].add((item.id, item.by[0] if item.by else None))
    for kind, name in (("sanction", "acts"), ("duty", "performances")):
        if name in tables:
            assert set(tables[name].select("of", "by").rows()) <= named[kind]
