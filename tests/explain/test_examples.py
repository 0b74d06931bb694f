"""Every outcome of the five example dossiers explained: what is said agrees with the decision and with itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from graph_checker import read_dot, read_mermaid, roots

from vbprules import catalog
from vbprules.decision.explanation import Explanation, whole_explanation
from vbprules.decision.model import NotApplicable, Outcome, Reason
from vbprules.diagnostics.place import width
from vbprules.evaluation import judged_case
from vbprules.explaining import explain_each
from vbprules.facts.dossier import read_dossier
from vbprules.printing.explanation_graph import explanation_dot, explanation_mermaid
from vbprules.printing.explanation_json import explanations_json
from vbprules.printing.explanation_page import verdict
from vbprules.printing.explanation_text import explanation_markdown, explanation_text
from vbprules.printing.subjects import Subjects

EXAMPLES = Path(__file__).parents[2] / "examples"
CASES = {
    "chongqing_2019": ("chongqing_district_hospital", "2020-03-31"),
    "guizhou_2019": ("guizhou_city_hospital", "2020-04-15"),
    "hechuan_2025": ("hechuan_district_hospital", "2026-06-30"),
    "xian_2019": ("xian_public_hospital", "2020-04-10"),
    "yunnan_2020": ("yunnan_county_hospital", "2021-06-15"),
}


@cache
def explained(policy: str) -> tuple[tuple[Explanation, ...], Subjects]:
    name, day = CASES[policy]
    program, dossier = catalog.load(policy), read_dossier(EXAMPLES / f"{name}.yaml")
    judge, judged, receipt = judged_case(program, dossier, day, check=False)
    return tuple(whole_explanation(judge, item, receipt) for item in judged), Subjects(program.policy, dossier)


def steps(reasons: tuple[Reason, ...]) -> Iterator[Reason]:
    for reason in reasons:
        yield reason
        yield from steps(reason.parts)


def head(found: Explanation, kind: str) -> Reason | None:
    return next((reason for reason in found.tree if reason.kind == kind), None)


@pytest.mark.parametrize("policy", CASES)
def test_the_proof_agrees_with_the_decision(policy):
    for found in explained(policy)[0]:
        answer = found.answer
        gate, trigger = head(found, "gate"), head(found, "trigger")
        assert gate is not None and len(found.decisive) <= 5
        if isinstance(answer, NotApplicable):
            assert gate.truth == "no" and trigger is None and found.decisive
            continue
        assert trigger is not None
        assert trigger.truth == (
            "by_reading" if answer.triggered.branches else answer.triggered.value
        ), answer.id  # fmt: skip
        if answer.state.value in ("not_triggered", "trigger_unknown", "breached_unperformed", "breached_met_late"):
            assert found.decisive, answer.id


@pytest.mark.parametrize("policy", CASES)
def test_the_verdict_names_the_clause_and_the_figures(policy):
    found, subjects = explained(policy)
    for one in found:
        told = verdict(one, "zh", subjects).replace("\u00a0", " ")
        assert told.endswith("。") and told.count("。") == 2
        assert all(f"“{cited.phrase}”" in told and cited.clause in told for cited in one.answer.clauses)
        if isinstance(one.answer, Outcome):
            assert one.decision.as_of in told
            amount = one.answer.attributes.get("amount")
            fixed = amount is not None and amount.standing == "settled" and not one.answer.state.branches
            if amount is not None and fixed and re.fullmatch(r"\d+\.\d\d", amount.value or ""):
                whole, _, fen = (amount.value or "").partition(".")
                assert f"{int(whole):,}.{fen} 元" in told


@pytest.mark.parametrize("policy", CASES)
def test_steps_are_sound(policy):
    """A margin lies on the side that the truth says; what is open says what could settle it; lines are of the file."""
    lines = (EXAMPLES / f"{CASES[policy][0]}.yaml").read_text("utf-8").splitlines()
    less = {"below", "at_most", "before", "on_or_before", "imposed"}
    for found in explained(policy)[0]:
        for step in steps(found.tree):
            if step.margin is not None and step.kind == "comparison" and re.fullmatch(r"-?[\d.]+%?", step.margin):
                negative, zero = step.margin.startswith("-"), float(step.margin.rstrip("%")) == 0
                if not zero and step.comparator != "exactly":
                    assert ((step.comparator in less) == negative) == (step.truth == "yes"), step.text.en
            for record in step.records:
                assert 0 < record.line <= len(lines)
                if step.kind == "row":
                    assert lines[record.line - 1].strip().startswith(("- {", "-", "institution")), record
        for need in (n for step in found.decisive for n in step.needs):
            assert need.asks.zh and need.asks.en


@pytest.mark.parametrize("policy", CASES)
def test_every_form_can_be_read_back(policy):
    found, subjects = explained(policy)
    data = json.loads(explanations_json(found, subjects))["explanations"]
    assert [one["id"] for one in data] == [one.answer.id for one in found]
    for one in found[:: max(1, len(found) // 5)]:
        for full in (False, True):
            mermaid = read_mermaid(explanation_mermaid([one], "zh", subjects=subjects, full=full))
            dot = read_dot(explanation_dot([one], "zh", subjects=subjects, full=full))
            assert mermaid.labels == dot.labels and mermaid.edges == dot.edges and roots(dot) == ["n0"]
            for columns in (60, 100):
                text = explanation_text(one, "zh", subjects=subjects, full=full, columns=columns)
                assert all(width(line) <= columns for line in text.splitlines())
            assert explanation_markdown(one, "en", subjects=subjects, full=full).startswith("# ")


def test_why_the_hospital_is_held_back_and_why_not():
    """R1: paid on the ninth working day after the warning; R2: still unpaid (the dossier's own comments)."""
    name, day = CASES["guizhou_2019"]
    found = explain_each("guizhou_2019", EXAMPLES / f"{name}.yaml", "hold_disbursement", day, check=False)
    by_id = {one.answer.id: one for one in found}
    paid, unpaid = by_id["hold_disbursement@R1"], by_id["hold_disbursement@R2"]
    (late,) = paid.decisive
    assert (late.value, late.comparator, late.truth) == ("2020-02-06", "after", "no")
    assert late.threshold == "first_day=next: 2020-02-07; first_day=same: 2020-02-06"
    assert isinstance(unpaid.answer, Outcome) and unpaid.answer.state.value == "due"
    warned = unpaid.decisive[0]
    assert warned.value == "2020-01-17" and warned.records[0].list == "acts"
    assert "五(三)“预警后10个工作日内仍不回款的”" in verdict(unpaid)
