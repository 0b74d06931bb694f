"""Days that never come, or come in the wrong order; each beside the day that just does."""

from __future__ import annotations

from asked import names, only, states
from inline import policy

BILL = "for_each: receipt, when: {accepted_on: {on_or_after: 2019-06-01}}"


def sanction(start: str, end: str) -> list[str]:
    return names(
        policy(
            f"provisions:\n  hold: {{sanction: 暂缓, cite: C, by: insurance_agency, toward: institution, {BILL}, from: {start}, until: {end}}}\n"
        )
    )


def test_an_end_that_never_lies_after_the_beginning() -> None:
    start = "{count: 10 days, after: accepted_on}"
    assert sanction(start, "{count: 10 days, after: accepted_on}") == ["until_before_from"]
    assert sanction(start, "{count: 11 days, after: accepted_on}") == []
    assert sanction(start, "accepted_on") == ["until_before_from"]
    assert sanction("accepted_on", "settled_on") == []


def test_working_days_and_months_have_their_bounds() -> None:
    assert sanction("{start_of: next month, of: accepted_on}", "accepted_on") == ["until_before_from"]
    assert sanction("accepted_on", "{start_of: month, of: accepted_on}") == ["until_before_from"]
    assert sanction("accepted_on", "{start_of: next month, of: accepted_on}") == []
    assert sanction("{count: 10 working days, after: accepted_on}", "{day_after: accepted_on}") == ["until_before_from"]
    # in 10 working days after acceptance lie 12 calendar days or more: 9 days are always too short, 40 never
    assert sanction("{count: 10 working days, after: accepted_on}", "{count: 9 days, after: accepted_on}") == [
        "until_before_from"
    ]
    assert sanction("{count: 10 working days, after: accepted_on}", "{count: 40 days, after: accepted_on}") == []


def duty(rest: str, **more: str) -> list[str]:
    return names(
        policy(f"provisions:\n  pay: {{obligation: 付款, cite: C, by: institution, {BILL}, {rest}}}\n", **more)
    )


def test_a_deadline_before_the_first_day() -> None:
    first = "not_before: {count: 10 days, after: accepted_on}"
    assert duty(f"{first}, due: {{count: 9 days, after: accepted_on}}") == ["due_before_start"]
    assert duty(f"{first}, due: {{count: 10 days, after: accepted_on}}") == []


def test_a_deadline_that_can_come_before_the_first_day() -> None:
    program = policy(
        f"provisions:\n  pay: {{obligation: 付款, cite: C, by: institution, {BILL}, not_before: delivered_on, due: {{count: 30 days, after: accepted_on}}}}\n"
    )
    item = only(program, "due_may_precede")
    assert item.severity == "hint"
    assert item.witness is not None
    row = item.witness.facts["receipts"]["entries"][0]
    assert row["delivered_on"] > row["accepted_on"]


def test_a_deadline_before_the_document() -> None:
    def fixed(due: str) -> list[str]:
        return names(
            policy(
                f"provisions:\n  plan: {{obligation: 定方案, cite: C, by: institution, due: {due}}}\n",
                in_force="{from: 2020-01-01, until: silent}",
            )
        )

    assert fixed("2019-12-31") == ["due_before_force"]
    assert fixed("2020-01-01") == []


def test_an_escalation_without_end() -> None:
    shape = """
provisions:
  pay: {{obligation: 付款, cite: C, by: institution, for_each: receipt, due: {{count: 30 days, after: accepted_on}}, done: settled_on}}
  hold: {{sanction: 暂缓, cite: C, by: insurance_agency, toward: institution, for_each: receipt, when: {{{test}}}, {rest}}}
questions:
  q: {{asks: 甲, cite: C, by: insurance_agency, per: institution}}
"""
    program = policy(shape.format(test="breach_of: pay", rest="silent: [from, until]"))
    item = only(program, "escalation_without_end")
    assert states(program, item)["hold"] == "due"
    assert names(policy(shape.format(test="breach_of: pay", rest="silent: [from], until: settled_on"))) == []
    assert names(policy(shape.format(test="breach_of: pay", rest="silent: [from], once: yes"))) == []
    assert names(policy(shape.format(test="judge: q", rest="silent: [from, until]"))) == []  # the silence is written
    assert names(policy(shape.format(test="breach_of: pay", rest="silent: [from, until], hedge: 可"))) == []
