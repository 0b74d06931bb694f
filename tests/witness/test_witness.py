"""Witnesses: small dossiers that meet a threshold exactly or miss it by one step, confirmed by evaluation."""

from __future__ import annotations

import pytest
from inline import policy

from vbprules.evaluation import evaluate
from vbprules.program.ir import Program
from vbprules.witness.witness import Witness, satisfying, witness

LADDER = """
parties:
  agency: {label: 经办}
  hospital: {label: 医院, is: {kind: {in: [hospital]}}}
quantities:
  completion: {label: 完成比例, per: target, is: {ratio: [purchased, set_volume]}}
provisions:
  pay:
    obligation: 付款
    cite: C
    by: hospital
    for_each: receipt
    due: {count: 30 days, after: accepted_on}
    done: settled_on
  warning:
    sanction: 预警
    cite: C
    by: agency
    toward: hospital
    for_each: target
    when: {completion: {below: 80%}}
    silent: [from, until]
  bonus:
    entitlement: 奖励
    cite: C
    by: agency
    toward: hospital
    for_each: target
    when: {completion: {at_least: 95%}}
    silent: [due, amount]
  never:
    obligation: 不可能
    cite: C
    by: hospital
    when: {all: [designated, {not: designated}]}
    silent: [due]
"""


def decided(program: Program, norm: str, found: Witness) -> tuple[str | None, str | None]:
    decision = evaluate(program, found.dossier, found.as_of, readings=found.readings, check=False)
    outcome = decision.outcome(f"{norm}@{found.subject}" if found.subject else norm)
    return outcome.triggered.value, outcome.state.value


def bought(found: Witness) -> int:
    """Whole quantity that the witness purchases."""
    entries = found.dossier["purchases"]
    rows = entries["entries"] if isinstance(entries, dict) else entries
    return sum(int(row["quantity"]) for row in rows)


@pytest.mark.parametrize(
    ("norm", "wanted", "triggered"),
    [
        ("warning", "triggered", "yes"),
        ("warning", "not_triggered", "no"),
        ("warning", "due", "yes"),
        ("warning", "in_force", "yes"),
        ("bonus", "triggered", "yes"),
        ("bonus", "not_triggered", "no"),
    ],
)
def test_a_witness_decides_as_wanted(norm: str, wanted: str, triggered: str) -> None:
    program = policy(LADDER)
    found = witness(program, norm, wanted)
    assert found is not None
    truth, state = decided(program, norm, found)
    assert truth == triggered
    assert state == found.state
    if wanted in ("due", "in_force"):
        assert state == wanted


def test_thresholds_are_met_exactly_or_missed_by_one_step() -> None:
    program = policy(LADDER)
    inside, outside = witness(program, "warning"), witness(program, "warning", "not_triggered")
    assert inside is not None
    assert outside is not None
    assert bought(outside) == 80_000  # 80% of 100,000 is not below 80%
    assert bought(inside) == 79_900
    reached = witness(program, "bonus")
    assert reached is not None
    assert bought(reached) == 95_000


@pytest.mark.parametrize("state", ["met", "open", "breached_unperformed", "breached_met_late"])
def test_states_of_an_obligation(state: str) -> None:
    program = policy(LADDER)
    found = witness(program, "pay", state)
    assert found is not None
    assert decided(program, "pay", found) == ("yes", state)


def test_what_cannot_be_has_no_witness() -> None:
    assert witness(policy(LADDER), "never") is None
    assert witness(policy(LADDER), "never", "no_such_state") is None
    with pytest.raises(KeyError):
        witness(policy(LADDER), "unheard")


def test_conditions_of_two_norms_at_once() -> None:
    program = policy(LADDER)
    norms = {norm.id: norm for norm in program.norms}
    both = [(norms["warning"].when, True), (norms["bonus"].when, True)]
    assert satisfying(program, "target", both) is None
    neither = [(norms["warning"].when, False), (norms["bonus"].when, False)]
    found = satisfying(program, "target", neither)
    assert found is not None
    assert decided(program, "warning", found)[0] == "no"
    assert decided(program, "bonus", found)[0] == "no"
