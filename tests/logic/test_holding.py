"""Conditions that never or always hold, rules that nothing reaches; each beside one that just escapes."""

from __future__ import annotations

from asked import bands, names, only, states
from inline import case_of, policy, value_of

from vbprules.values.ranges import FALSE, TRUE

TERM = """
quantities:
  completion: {label: 完成比例, per: target, is: {ratio: [purchased, set_volume]}}
terms:
"""


def term(condition: str, per: str = "target") -> list[str]:
    return names(policy(f"{TERM}  x: {{label: 甲, per: {per}, cite: C, is: {condition}}}\n"))


def test_below_one_figure_and_at_least_a_greater() -> None:
    assert term("{completion: {below: 70%, at_least: 70%}}") == ["never_holds"]
    assert term("{completion: {at_most: 70%, at_least: 70%}}") == []  # exactly 70%


def test_one_or_the_other_of_two_that_leave_nothing_out() -> None:
    assert term("{any: [{completion: {below: 70%}}, {completion: {at_least: 70%}}]}") == ["always_holds"]
    assert term("{any: [{completion: {below: 70%}}, {completion: {above: 70%}}]}") == []


def test_quantities_are_not_negative() -> None:
    assert term("{set_volume: {below: 0 units}}") == ["never_holds"]
    assert term("{set_volume: {at_most: 0 units}}") == []
    assert term("{set_volume: {at_least: 0 units}}") == ["always_holds"]


def test_whole_days() -> None:
    inside = "[{accepted_on: {after: 2020-01-01}}, {accepted_on: {before: 2020-01-02}}]"
    assert term(inside, "receipt") == ["never_holds"]
    assert term(inside.replace("before", "on_or_before"), "receipt") == []


def test_days_that_follow_from_days() -> None:
    head = "quantities:\n  last: {label: 末日, per: receipt, is: {count: 30 days, after: accepted_on}}\nterms:\n"
    shape = "  x: {{label: 甲, per: receipt, cite: C, is: [{{delivered_on: {{on_or_after: last}}}}, {{delivered_on: {{{}: accepted_on}}}}]}}\n"
    assert names(policy(head + shape.format("before"))) == ["never_holds"]
    assert names(policy(head + shape.format("after"))) == []


def test_shares_of_one_amount() -> None:
    head = "quantities:\n  half: {label: 半, per: agreement, is: {share: 50%, of: amount}}\n  most: {label: 多, per: agreement, is: {share: 60%, of: amount}}\nterms:\n"
    shape = "  x: {{label: 甲, per: agreement, cite: C, is: {{{}: {{above: {}}}}}}}\n"
    assert names(policy(head + shape.format("half", "most"))) == ["never_holds"]
    assert names(policy(head + shape.format("most", "half"))) == []  # but for an amount of nothing


def test_the_lesser_of_two() -> None:
    head = "quantities:\n  lower: {label: 低, per: target, is: {least: [purchased, used]}}\nterms:\n"
    shape = "  x: {{label: 甲, per: target, cite: C, is: [{{lower: {{at_least: 100 units}}}}, {{used: {{{}: 100 units}}}}]}}\n"
    assert names(policy(head + shape.format("below"))) == ["never_holds"]
    assert names(policy(head + shape.format("at_most"))) == []


def test_codes() -> None:
    assert term("[{kind: {in: [hospital, clinic]}}, {kind: {in: [pharmacy]}}]", "institution") == ["never_holds"]
    assert term("[{kind: {in: [hospital, clinic]}}, {kind: {not_in: [hospital]}}]", "institution") == []
    grades = "primary, secondary, tertiary, ungraded"
    assert term(f"{{grade: {{in: [{grades}]}}}}", "institution") == ["always_holds"]
    assert term("{grade: {in: [primary, secondary, tertiary]}}", "institution") == []


def test_two_records_of_one_fact_agree_with_themselves() -> None:
    assert term("[is_selected, {not: is_selected}]", "product") == ["never_holds"]


def test_only_under_every_reading() -> None:
    head = "readings:\n  r: {asks: 甲, cite: C, options: {a: 甲, b: 乙}}\nterms:\n"
    shape = "  x: {{label: 甲, per: target, cite: C, is: [{{set_volume: {{below: 10 units}}}}, {{reading: r, a: {{set_volume: {{at_least: 10 units}}}}, b: {{set_volume: {{{}: 10 units}}}}}}]}}\n"
    assert names(policy(head + shape.format("above"))) == ["never_holds"]
    assert names(policy(head + shape.format("below"))) == []


def test_a_part_of_a_condition() -> None:
    program = bands("low 低 {any: [{judge: q}, {completion: {below: 50%, above: 60%}}]}", head=_asked())
    item = only(program, "never_holds")
    assert item.args["name"] == "low.when"
    program = bands("low 低 {any: [{judge: q}, {completion: {below: 60%, above: 50%}}]}", head=_asked())
    assert names(program) == []


def _asked() -> str:
    return """
questions:
  q: {asks: 甲, cite: C, by: insurance_agency, per: institution}
quantities:
  completion: {label: 完成比例, per: target, is: {ratio: [purchased, set_volume]}}
provisions:
"""


def test_a_ratio_of_nothing_is_neither() -> None:
    """Where the volume is 0 there is no ratio: below or at least together are true of every other record only."""
    program = policy(f"{TERM}  x: {{label: 甲, per: target, cite: C, is: {{completion: {{at_least: 0%}}}}}}\n")
    item = only(program, "always_holds")
    assert item.witness is not None
    case = case_of(program, item.witness.facts, item.witness.as_of)
    assert value_of(case, "x", "target") == TRUE


def test_what_never_holds_is_shown_by_a_record_where_it_does_not() -> None:
    program = policy(
        f"{TERM}  x: {{label: 甲, per: target, cite: C, is: {{completion: {{below: 50%, above: 50%}}}}}}\n"
    )
    item = only(program, "never_holds")
    assert item.witness is not None
    case = case_of(program, item.witness.facts, item.witness.as_of)
    assert value_of(case, "x", "target") == FALSE
    assert item.mark is not None and item.mark.line > 0


HOSPITAL = "parties:\n  hospital: {label: 医院, is: {kind: {in: [hospital]}}}\nprovisions:\n"
RULE = "sanction: 约谈, cite: C, by: insurance_agency, once: yes, silent: [from]"


def test_a_rule_whose_condition_its_party_cannot_meet() -> None:
    program = policy(f"{HOSPITAL}  talk: {{{RULE}, toward: hospital, when: {{kind: {{in: [pharmacy]}}}}}}\n")
    item = only(program, "never_applies")
    assert item.provisions == ("talk",) or item.args["name"] == "talk"
    assert item.witness is not None
    assert item.witness.facts["institution"] == {"kind": "pharmacy"}
    assert (
        names(policy(f"{HOSPITAL}  talk: {{{RULE}, toward: hospital, when: {{kind: {{in: [pharmacy, hospital]}}}}}}\n"))
        == []
    )


def test_an_exception_that_leaves_nothing() -> None:
    rule = "obligation: 报送, cite: C, by: institution, silent: [due], when: {ownership: {in: [public]}}"
    swallowed = f"provisions:\n  file: {{{rule}, except: [{{when: {{ownership: {{not_in: [private]}}}}, cite: C, instead: none}}]}}\n"
    program = policy(swallowed)
    item = only(program, "exception_swallows")
    assert dict(item.args) == {"name": "file"}
    assert states(program, item) == {}
    assert names(policy(swallowed.replace("not_in: [private]", "in: [military]"))) == []
    assert (
        names(
            policy(
                swallowed.replace("instead: none", "instead: {set_by: elsewhere}")
                + "instruments:\n  elsewhere: {title: 另文}\n"
            )
        )
        == []
    )


def test_a_rule_that_can_begin_only_after_the_document_has_ended() -> None:
    body = "provisions:\n  late: {{permission: 可, cite: C, by: institution, for_each: receipt, when: {{accepted_on: {{on_or_after: {}}}}}}}\n"
    ended = "{from: 2019-01-01, until: 2019-12-31}"
    assert names(policy(body.format("2020-01-01"), in_force=ended)) == ["never_applies"]
    assert names(policy(body.format("2019-12-31"), in_force=ended)) == []
