"""The twenty worked examples of the semantics: each is a case of a policy, run with the others; 19 is written out here."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from vbprules.cases.compare import run_case
from vbprules.cases.files import read_cases
from vbprules.cases.model import CaseItem
from vbprules.catalog import check
from vbprules.diagnostics import Report
from vbprules.evaluation import evaluate

CASES = Path(__file__).parent / "cases"
EXAMPLES = {
    1: ("guizhou_2019", "例一 "),
    2: ("guizhou_2019", "例二 "),
    3: ("guizhou_2019", "例三 "),
    4: ("guizhou_2019", "例四 "),
    5: ("guizhou_2019", "例五 "),
    6: ("guizhou_2019", "例六 "),
    7: ("guizhou_2019", "例七 "),
    8: ("guizhou_2019", "例八 "),
    9: ("guizhou_2019", "例九 "),
    10: ("guizhou_2019", "例十 "),
    11: ("guizhou_2019", "例十一 "),
    12: ("guizhou_2019", "例十二 "),
    13: ("xian_2019", "例13"),
    14: ("xian_2019", "例14"),
    15: ("hechuan_2025", "触发日四解"),
    16: ("hechuan_2025", "2027"),
    17: ("chongqing_2019", "折算"),
    18: ("yunnan_2020", "例18"),
    20: ("yunnan_2020", "例20"),
}


@cache
def cases_of(policy: str) -> tuple[CaseItem, ...]:
    return tuple(read_cases(CASES / f"{policy}.yaml"))


@pytest.mark.parametrize("number", sorted(EXAMPLES))
def test_the_example_is_a_case_and_holds(number: int) -> None:
    policy, name = EXAMPLES[number]
    found = [case for case in cases_of(policy) if name in case.name]
    assert found, f"no case of {policy} is named {name}"
    for case in found:
        assert case.expect or case.must_not
        assert run_case(case)[1] == []


POLICY = """
language: 1
policy: grounds
document: {title: 试, number: 试一号, issued: 2019-01-01, in_force: {from: silent}}
clauses: [{no: 一, starts: 甲, text: 甲}]
lists:
  grounds: {KIND: [cost, variety], cite: 一“甲”}
provisions:
  no_pretext: {prohibition: 不得以所列理由限制, cite: 一“甲”, by: institution, for_each: conduct, forbids: {ground: {in: grounds}}}
"""
FACTS = {
    "drugs": [{"id": "A"}],
    "conducts": [{"id": "C", "drug": "A", "day": "2019-06-01", "ground": "drug_share"}],
}


@pytest.mark.parametrize(
    ("kind", "state", "needs"),
    [("open", "breach_unknown", ["judgement grounds drug_share"]), ("closed", "observed", [])],
)
def test_example_19_a_ground_outside_an_open_list_needs_a_judgement(kind: str, state: str, needs: list[str]) -> None:
    report = Report()
    program = check(POLICY.replace("KIND", kind).encode(), "grounds.yaml", report)
    report.raise_if_errors()
    assert program is not None
    outcome = evaluate(program, FACTS, "2019-12-31").outcome("no_pretext@C")
    assert outcome.state.value == state
    assert [need.key for need in outcome.state.needs] == needs
