"""``governed_by``: the day by which a norm falls under the document, beside the row's own. In force from 2020-03-20.

Start: the earlier of that day and the as-of day is held against the first day; end: the day itself.
"""

from __future__ import annotations

import pytest
from inline import program_of, text_of

from vbprules.catalog import check
from vbprules.decision.model import Decision
from vbprules.diagnostics import Report
from vbprules.evaluation import evaluate

READING = "readings:\n  old: {asks: 已在手的货款, en: goods in hand, cite: C, options: {accepted: 验收, due: 到期}}\n"
PAY = "  pay: {obligation: 付款, en: Pay, cite: C, by: institution, for_each: receipt, due: contract_due, done: settled_on%s}\n"
BY_READING = ", governed_by: {reading: old, accepted: accepted_on, due: {latest: [accepted_on, contract_due]}}"
IN_FORCE = "{from: 2020-03-20, until: silent}"


def decide(
    extra: str, accepted: str | None, due: str | None, as_of: str, force: str = IN_FORCE, issued: str = "2020-03-01"
) -> Decision:
    receipt = {"id": "R", "amount": "1000.00"}
    receipt |= {key: value for key, value in (("accepted_on", accepted), ("due_on", due)) if value is not None}
    facts = {
        "institution": {"kind": "hospital"},
        "receipts": {"complete": "yes", "entries": [receipt]},
        "payments": "none",
    }
    text = text_of(READING + "provisions:\n" + PAY % extra, issued=issued, in_force=force)
    return evaluate(program_of(text), facts, as_of)


def state(found: Decision) -> object:
    outcomes = found.of("pay")
    if not outcomes:
        return "not_applicable"
    item = outcomes[0].state
    return {b.readings["old"]: b.value for b in item.branches} if item.branches else item.value


@pytest.mark.parametrize(
    ("accepted", "due", "expected"),
    [
        ("2020-03-19", "2020-03-19", "not_applicable"),
        ("2020-03-19", "2020-03-20", {"accepted": "not_triggered", "due": "breached_unperformed"}),
        ("2020-03-20", "2020-03-20", "breached_unperformed"),
        ("2020-03-20", "2020-03-19", "breached_unperformed"),
    ],
)
def test_the_first_day(accepted: str, due: str, expected: object) -> None:
    assert state(decide(BY_READING, accepted, due, "2020-06-01")) == expected


def test_without_the_key_the_row_s_own_day_governs() -> None:
    assert state(decide("", "2020-03-19", "2020-06-30", "2020-07-15")) == "not_applicable"
    assert state(decide("", "2020-03-20", "2020-06-30", "2020-07-15")) == "breached_unperformed"


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [("2020-03-19", "not_applicable"), ("2020-03-20", {"accepted": "not_triggered", "due": "open"})],
)
def test_a_day_still_to_come_counts_once_the_document_is_in_force(as_of: str, expected: object) -> None:
    assert state(decide(BY_READING, "2020-03-01", "2020-06-30", as_of)) == expected


def test_the_end_is_held_against_the_named_day() -> None:
    ended = "{from: 2020-03-20, until: 2020-04-30}"
    governed = ", governed_by: contract_due"
    assert state(decide(governed, "2020-03-25", "2020-04-30", "2020-06-01", ended)) == "breached_unperformed"
    assert state(decide(governed, "2020-03-25", "2020-05-01", "2020-06-01", ended)) == "not_applicable"
    assert state(decide("", "2020-03-25", "2020-05-01", "2020-06-01", ended)) == "breached_unperformed"


def test_a_day_that_nobody_recorded_is_asked_for() -> None:
    found = decide(BY_READING, "2020-03-19", None, "2020-06-01")
    assert state(found) == {"accepted": "not_triggered", "due": "trigger_unknown"}
    (branch,) = (item for item in found.of("pay")[0].state.branches if item.readings == {"old": "due"})
    assert "fact due_on R" in {need.key for need in branch.needs}


def test_an_accepted_day_that_nobody_recorded_matters_under_one_option_only() -> None:
    found = decide(BY_READING, None, "2020-04-01", "2020-06-01")
    assert state(found) == {"accepted": "trigger_unknown", "due": "breached_unperformed"}


def test_an_unknown_first_day_of_the_document_stays_a_need() -> None:
    found = decide(BY_READING, "2020-03-01", "2020-06-30", "2020-07-15", "{from: issued, until: silent}", "not_stated")
    assert state(found) == "trigger_unknown"
    assert {need.key for need in found.of("pay")[0].state.needs} == {"fact document.issued"}


def test_chinese_word_and_steps() -> None:
    text = text_of(
        "provisions:\n  late: {sanction: 处理, en: Measures, cite: C, by: departments, toward: institution, for_each: receipt, "
        "适用日: contract_due, when: {amount: {above: 0 yuan}}, steps: {talk: {does: 约谈, en: talk, once: yes, silent: [from]}}}\n",
        in_force=IN_FORCE,
    )
    facts = {"institution": {"kind": "hospital"}, "receipts": {"complete": "yes", "entries": [
        {"id": "R", "amount": "1000.00", "accepted_on": "2020-03-01", "due_on": "2020-03-20"}]}}  # fmt: skip
    assert evaluate(program_of(text), facts, "2020-06-01").of("late.talk")[0].triggered


def test_only_a_date_can_govern() -> None:
    report = Report()
    check(text_of("provisions:\n" + PAY % ", governed_by: amount").encode(), "inline.yaml", report)
    (finding,) = report.sorted_findings()
    assert finding.message("en") == "wrong unit: expected date, found money"
