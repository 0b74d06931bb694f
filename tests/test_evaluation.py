"""The front door: receipts, rulings, readings, the second opinion, and the same bytes for the same input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from vbprules.catalog import load
from vbprules.decision.model import Decision
from vbprules.diagnostics import InputError
from vbprules.engine import rete, second_opinion
from vbprules.engine.second_opinion import EngineDisagreement
from vbprules.evaluation import evaluate

EXAMPLES = Path(__file__).parents[1] / "examples"
CASES = [
    ("chongqing_2019", "chongqing_district_hospital.yaml", "2020-03-31"),
    ("guizhou_2019", "guizhou_city_hospital.yaml", "2020-04-15"),
    ("hechuan_2025", "hechuan_district_hospital.yaml", "2026-06-30"),
    ("xian_2019", "xian_public_hospital.yaml", "2020-04-10"),
    ("yunnan_2020", "yunnan_county_hospital.yaml", "2021-06-15"),
]
FACTS: dict[str, Any] = {
    "institution": {"name": "某医院", "kind": "hospital", "ownership": "public", "designated": True},
    "receipts": [{"id": "R1", "accepted_on": "2020-03-02", "amount": "1000.00"}],
    "payments": {"complete_through": "2020-04-15"},
    "acts": "none",
}


@pytest.mark.parametrize(("policy", "dossier", "as_of"), CASES)
def test_every_example_is_decided_with_amounts_dates_and_reasons(policy: str, dossier: str, as_of: str) -> None:
    decision = evaluate(policy, EXAMPLES / dossier, as_of)
    own = [outcome for outcome in decision.outcomes if outcome.about_institution]
    assert decision.policy == policy and decision.as_of == as_of and decision.institution
    assert {"obligation", "permission"} <= {outcome.modality for outcome in own}
    assert any(outcome.state.standing == "settled" and outcome.reasons for outcome in own)
    assert all(outcome.clauses for outcome in decision.outcomes)
    for outcome in decision.outcomes:
        if outcome.state.standing == "open":
            assert outcome.state.needs, outcome.id
    assert decision.questions and decision.receipt.policy_sha256 == load(policy).policy.digest


@pytest.mark.parametrize(("policy", "dossier", "as_of"), CASES)
def test_json_is_stable_and_whole(policy: str, dossier: str, as_of: str) -> None:
    first, second = (evaluate(policy, EXAMPLES / dossier, as_of) for _ in range(2))
    assert first.to_json() == second.to_json()
    assert Decision.model_validate_json(first.to_json()) == first


def test_the_same_bytes_in_another_process_hash_seed_locale_and_time_zone() -> None:
    policy, dossier, as_of = CASES[1]
    script = (
        "import sys; from pathlib import Path; from vbprules.evaluation import evaluate;"
        f"sys.stdout.buffer.write(evaluate({policy!r}, Path({str(EXAMPLES / dossier)!r}), {as_of!r}).to_json().encode())"
    )
    outputs = set()
    for seed, zone, locale in (("0", "UTC", "C"), ("1", "Asia/Shanghai", "C.UTF-8"), ("77", "America/New_York", "C")):
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale}
        outputs.add(subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, check=True).stdout)
    assert len(outputs) == 1
    assert json.loads(outputs.pop())["policy"] == policy


@pytest.mark.skipif(not rete.available(), reason="durable_rules cannot be imported on this Python")
def test_the_second_opinion_compares_in_its_own_engine() -> None:
    decision = evaluate("guizhou_2019", FACTS, "2020-04-15")
    assert decision.receipt.second_opinion.startswith("durable_rules")
    assert int(decision.receipt.second_opinion.split(": ")[1].split()[0]) > 50


@pytest.mark.skipif(not rete.available(), reason="durable_rules cannot be imported on this Python")
def test_a_planted_disagreement_is_caught_and_gives_no_decision(monkeypatch: pytest.MonkeyPatch) -> None:
    """The interpreter is made to take `<` for `<=`: on the last day a payment is no longer in time."""
    from vbprules.engine import interpret

    facts = {**FACTS, "payments": {"complete_through": "2020-04-15",
                                   "entries": [{"receipt": "R1", "day": "2020-04-01", "amount": "1000.00"}]}}  # fmt: skip
    assert evaluate("guizhou_2019", facts, "2020-04-15").of("pay_supplier")
    monkeypatch.setattr(interpret, "at_most", interpret.below)
    with pytest.raises(EngineDisagreement):
        evaluate("guizhou_2019", facts, "2020-04-15")
    assert evaluate("guizhou_2019", facts, "2020-04-15", check=False).receipt.second_opinion == "not asked for"


def test_without_the_second_engine_the_receipt_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_opinion.rete, "available", lambda: False)
    assert "not available" in evaluate("guizhou_2019", FACTS, "2020-04-15").receipt.second_opinion


def test_a_fixed_reading_settles_and_stands_in_the_receipt() -> None:
    free = evaluate("guizhou_2019", FACTS, "2020-04-15")
    due = free.outcome("pay_supplier@R1").attributes["due"]
    assert due.standing == "by_reading"
    assert {branch.value for branch in due.branches if "first_day" in branch.readings} >= {"2020-04-01", "2020-03-31"}
    options = load("guizhou_2019").policy.readings
    fixed = {name: reading.preferred or sorted(reading.options)[0] for name, reading in options.items()}
    fixed["payment_term"] = "thirty"
    decision = evaluate("guizhou_2019", FACTS, "2020-04-15", readings=fixed)
    assert decision.receipt.readings == dict(sorted(fixed.items()))
    assert decision.readings == ()
    assert decision.outcome("pay_supplier@R1").attributes["due"].standing == "settled"


def test_rulings_fix_readings_from_their_date_and_are_named() -> None:
    name, reading = next(iter(load("guizhou_2019").policy.readings.items()))
    option = sorted(reading.options)[0]
    rulings = {
        "policy": "guizhou_2019",
        "readings": [{"reading": name, "option": option, "by": "省医保局", "day": "2020-04-01", "source": "答复"}],
    }
    before = evaluate("guizhou_2019", FACTS, "2020-04-15", rulings={**rulings, "readings": [
        {"reading": name, "option": option, "by": "省医保局", "day": "2020-05-01", "source": "答复"}]})  # fmt: skip
    after = evaluate("guizhou_2019", FACTS, "2020-04-15", rulings=rulings)
    assert before.receipt.readings == {} and after.receipt.readings == {name: option}
    assert any("答复" in line for line in after.receipt.rulings)
    assert after.receipt.rulings[-1].startswith("sha256:")


def test_wrong_readings_and_rulings_are_findings() -> None:
    with pytest.raises(InputError) as caught:
        evaluate("guizhou_2019", FACTS, "2020-04-15", readings={"volumes": "both", "volume": "neither"})
    assert len(caught.value.findings) == 2
    with pytest.raises(InputError):
        evaluate("guizhou_2019", FACTS, "2020-04-15", rulings={"policy": "yunnan_2020"})


@pytest.mark.parametrize(
    "change",
    [
        {"acts": [{"of": "late_warnin", "day": "2020-04-01"}]},
        {"acts": [{"of": "late_warning", "day": "2020-04-01", "subject": "R9"}]},
        {"determinations": [{"question": "nothing", "answer": True, "by": "insurance_agency", "day": "2020-04-01"}]},
        {"given": [{"name": "nothing", "value": "1", "source": "x"}]},
        {"payments": {"complete_through": "2020-04-16"}},
        {"payments": {"complete_through": "2020-04-15", "entries": [{"receipt": "R1", "day": "2020-04-01", "amount": "1000.01"}]}},
    ],
)  # fmt: skip
def test_facts_that_cannot_be_are_findings(change: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        evaluate("guizhou_2019", {**FACTS, **change}, "2020-04-15")


def test_binary_floats_are_refused() -> None:
    with pytest.raises(InputError):
        evaluate("guizhou_2019", {**FACTS, "receipts": [{"id": "R1", "amount": 0.1}]}, "2020-04-15")


def test_an_impossible_as_of_date_is_a_finding() -> None:
    with pytest.raises(InputError):
        evaluate("guizhou_2019", FACTS, "2019-02-30")
