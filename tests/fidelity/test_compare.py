"""A figure against the words it cites: value, unit, strictness and direction."""

from __future__ import annotations

import pytest
from profiles import share
from sample import findings, with_changes

from vbprules.catalog import check, load, shipped_policies
from vbprules.diagnostics import Report, render
from vbprules.fidelity.compare import compare_figures
from vbprules.program.figures import figures_of, with_figures
from vbprules.reading import Mark, Scalar

OTHERS = {
    "share": "37%",
    "money": "777.00 yuan",
    "days": "41 days",
    "working_days": "13 working days",
    "months": "7 months",
    "years": "5 years",
    "count": "17",
    "number": "17",
    "units": "17 units",
    "date": "2018-07-04",
}


def test_a_faithful_policy_has_no_findings() -> None:
    assert findings(with_changes()) == []


@pytest.mark.parametrize("policy_id", sorted(shipped_policies()))
def test_the_shipped_policies_are_faithful(policy_id: str) -> None:
    path, report = shipped_policies()[policy_id], Report()
    program = check(path.read_bytes(), path.name, report)
    assert program is not None
    compare_figures(program, report)
    assert report.findings == [], render(report.findings, "en")


@pytest.mark.parametrize("policy_id", sorted(shipped_policies()))
def test_no_figure_of_a_shipped_policy_can_be_another_unnoticed(policy_id: str) -> None:
    program = load(policy_id)
    declared = {item.address for item in program.policy.not_in_text}
    unnoticed = []
    for figure in share(figures_of(program), 3):
        if figure.address.startswith("document.") or figure.address in declared:
            continue
        changed = with_figures(program, {figure.address: Scalar(OTHERS[figure.unit], Mark(0, 0, 0, 0))}, Report())
        report = Report()
        compare_figures(changed, report)
        if not report.findings:
            unnoticed.append(figure.address)
    assert unnoticed == []


WRONG_VALUES = [
    ("at_least: 30%", "at_least: 35%", "30%", "35%", "二(二)“按不低于合同金额的30％预付”"),
    ("below: 80%", "below: 85%", "80%", "85%", "二(三)“完成比例低于80％的”"),
    ("count: 30 days", "count: 60 days", "30天", "60 days", "二(一)“自验收合格之日起 30天内”"),
    ("10 working days", "15 working days", "10个工作日", "15 working days", "二(一)“预警后10个工作日内仍未付清的”"),
    ("at_most: 3}", "at_most: 5}", "3家", "5", "二(三)“配送企业不超过3家”"),
]


@pytest.mark.parametrize(("old", "new", "written", "encoded", "cite"), WRONG_VALUES)
def test_another_value_is_an_error(old: str, new: str, written: str, encoded: str, cite: str) -> None:
    found = findings(with_changes((old, new)))
    message = f'the phrase says "{written}", the rule says "{encoded}": {cite}'
    assert ("F101", message) in found


@pytest.mark.parametrize(
    ("old", "new", "written", "encoded"),
    [
        ("count: 30 days", "count: 30 working days", "30天", "30 working days"),
        ("count: 30 days", "count: 30 months", "30天", "30 months"),
    ],
)
def test_another_unit_of_time_is_an_error(old: str, new: str, written: str, encoded: str) -> None:
    found = findings(with_changes((old, new)))
    cite = "二(一)“自验收合格之日起 30天内”"
    assert ("F102", f'the unit differs: the phrase says "{written}", the rule says "{encoded}": {cite}') in found


STRICTNESS = [
    ("{completion: {below: 80%}}", "{completion: {at_most: 80%}}", "低于80%", "at_most: 80%"),
    ("amount: {at_least: 30%", "amount: {exactly: 30%", "不低于30%", "exactly: 30%"),
    ("suppliers: {at_most: 3}", "suppliers: {below: 3}", "不超过3家", "below: 3"),
    ("{completion: {below: 80%}}", "{not: {completion: {above: 80%}}}", "低于80%", "not above: 80%"),
]


@pytest.mark.parametrize(("old", "new", "written", "rule"), STRICTNESS)
def test_strict_for_inclusive_is_an_error(old: str, new: str, written: str, rule: str) -> None:
    message = f'the phrase says "{written}", the rule says `{rule}`: at the very figure they differ'
    assert findings(with_changes((old, new))) == [("F103", message)]


DIRECTIONS = [
    ("{completion: {below: 80%}}", "{completion: {at_least: 80%}}", "低于80%", "at_least: 80%"),
    ("requires: {suppliers: {at_most: 3}}", "requires: {suppliers: {above: 3}}", "不超过3家", "above: 3"),
    ("requires: {suppliers: {at_most: 3}}", "forbids: {suppliers: {at_most: 3}}", "不超过3家", "at_most: 3"),
]


@pytest.mark.parametrize(("old", "new", "written", "rule"), DIRECTIONS)
def test_the_other_side_of_the_line_is_an_error(old: str, new: str, written: str, rule: str) -> None:
    message = f'the phrase says "{written}", the rule says `{rule}`: the other side of the line'
    assert findings(with_changes((old, new))) == [("F104", message)]


EQUAL = [
    # Both ends of a range, each with its own word.
    (
        "cite: 二(三)“完成比例低于80％的”, by: insurance_agency, toward: hospital, for_each: target,\n      when: {completion: {below: 80%}}",
        "cite: 二(三)“不低于60%，不超过80%的”, by: insurance_agency, toward: hospital, for_each: target,\n      when: {completion: {between: 60–80%}}",
    ),
    # Stated by its breach, under a negation, as what is forbidden: the same line, the same side.
    ("{completion: {below: 80%}}", "{not: {completion: {at_least: 80%}}}"),
    ("requires: {suppliers: {at_most: 3}}", "forbids: {suppliers: {above: 3}}"),
    ("requires: {suppliers: {at_most: 3}}", "requires: {not: {suppliers: {above: 3}}}"),
    ("count: 30 days", "count: 30 calendar days"),
]


@pytest.mark.parametrize(("old", "new"), EQUAL)
def test_the_same_line_said_otherwise_is_no_error(old: str, new: str) -> None:
    assert findings(with_changes((old, new))) == []


def test_a_sanction_may_state_a_requirement_by_its_breach() -> None:
    text = with_changes(("二(三)“完成比例低于80％的”", "二(三)“完成比例不低于80％”"))
    assert findings(text) == []
    breach = text.replace("{completion: {below: 80%}}", "{completion: {at_most: 80%}}")
    assert [code for code, _ in findings(breach)] == ["F103"]


def test_two_readings_of_strictness_are_no_error_where_one_follows_the_phrase() -> None:
    reading = """readings:
  line: {asks: 是否含80%, en: is 80% included, cite: 二(三)“完成比例低于80％的”, options: {out: 不含, in_line: 含}}
parties:"""
    both = "{reading: line, out: {completion: {below: 80%}}, in_line: {completion: {at_most: 80%}}}"
    neither = "{reading: line, out: {completion: {at_most: 80%}}, in_line: {completion: {above: 80%}}}"
    change = ("{completion: {below: 80%}}", both)
    assert findings(with_changes(("parties:", reading), change)) == []
    assert "F103" in {code for code, _ in findings(with_changes(("parties:", reading), (change[0], neither)))}


def test_a_figure_in_no_phrase_is_a_warning_that_names_the_phrases() -> None:
    found = findings(with_changes(("二(三)“完成比例低于80％的”", "二(三)“予以约谈”")))
    assert found == [("F105", 'no phrase that is cited has "80%" (二(三)“予以约谈”)')]


def test_what_draws_no_line_needs_no_phrase() -> None:
    change = ("when: {completion: {below: 80%}}", "when: [{completion: {below: 80%}}, {set_volume: {above: 0 units}}]")
    assert findings(with_changes(change)) == []


def test_a_figure_that_is_not_from_the_text_is_declared_with_its_reason() -> None:
    change = ("{completion: {below: 80%}}", "[{completion: {below: 80%}}, {set_volume: {above: 12 units}}]")
    declared = "not_in_text:\n  - {figure: interview.when.2.set_volume.above, why: 示例, en: example}\nprovisions:"
    assert [code for code, _ in findings(with_changes(change))] == ["F105"]
    assert findings(with_changes(change, ("provisions:", declared))) == []


def test_a_needless_declaration_and_an_unknown_address_are_said() -> None:
    needless = "not_in_text:\n  - {figure: interview.when.completion.below, why: 示例, en: example}\nprovisions:"
    unknown = needless.replace("interview.when.completion.below", "interview.when.completion.belo")
    assert [code for code, _ in findings(with_changes(("provisions:", needless)))] == ["F107"]
    assert findings(with_changes(("provisions:", unknown))) == [
        ("E191", 'the policy has no figure at "interview.when.completion.belo"')
    ]


def test_a_figure_of_a_phrase_that_nothing_carries_is_a_warning() -> None:
    change = ("{completion: {below: 80%}}", "{completion: {below: set_share}}")
    quantity = (
        "  suppliers:",
        "  set_share: {label: 线, en: line, per: target, is: {ratio: [used, set_volume]}}\n  suppliers:",
    )
    assert findings(with_changes(change, quantity)) == [
        ("F106", 'no rule carries "80%" of the phrase 二(三)“完成比例低于80％的”')
    ]


def test_the_figure_of_a_named_quantity_is_held_to_the_provision_that_uses_it() -> None:
    quantity = ("  suppliers:", "  line: {label: 线, en: line, is: 80%}\n  suppliers:")
    assert findings(with_changes(quantity, ("{completion: {below: 80%}}", "{completion: {below: line}}"))) == []
    wrong = findings(with_changes(quantity, ("{completion: {below: 80%}}", "{completion: {at_most: line}}")))
    assert [code for code, _ in wrong] == ["F103"]
