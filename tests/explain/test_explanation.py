"""Explanations as values: which steps decided, their margins, where they stand in the dossier, what is missing."""

from __future__ import annotations

import pytest
from inline import policy
from pydantic import ValidationError

import vbprules
from vbprules.decision.model import NotApplicable, Outcome, Reason
from vbprules.diagnostics import InputError
from vbprules.explaining import explain_each

LOW = """
readings:
  volume: {asks: 按何量计, cite: C, options: {bought: 采购量, used: 使用量}}
questions:
  grave: {asks: 是否严重, cite: C, by: insurance_department, per: target}
quantities:
  done: {label: 完成量, en: volume done, per: target, is: {reading: volume, bought: purchased, used: used}}
  completion: {label: 完成比例, en: completion, per: target, is: {ratio: [done, set_volume]}}
provisions:
  low:
    sanction: 约谈
    en: interview
    cite: C
    by: insurance_agency
    toward: institution
    for_each: target
    when: [{completion: {below: 80%}}, {set_volume: {at_least: 1000 units}}]
    once: yes
    silent: [from]
  grave:
    sanction: 暂停
    en: suspension
    cite: C
    by: insurance_agency
    toward: institution
    for_each: target
    when: [{completion: {below: 80%}}, {judge: grave}]
    silent: [from, until]
  hospitals_only: {obligation: 公布, cite: C, by: insurance_agency, silent: [due]}
"""
FACTS = """\
institution: {name: 甲院, kind: hospital}
drugs: {complete: yes, entries: [{id: A}]}
products: {complete: yes, entries: [{id: P, drug: A, selected: yes}]}
targets:
  complete: yes
  entries:
    - {drug: A, period: 2020Q1, set_volume: 100000}
    - {drug: A, period: 2020Q2, set_volume: 900}
purchases:
  complete_through: 2020-07-15
  entries:
    - {product: P, day: 2020-02-03, quantity: 50000}
    - {product: P, day: 2020-03-31, quantity: 29000}
    - {product: P, day: 2020-05-04, quantity: 500}
uses: {complete_through: 2020-07-15, entries: [{product: P, day: 2020-02-04, quantity: 60000}]}
acts: none
"""
DAY = "2020-07-15"


def told(outcome: str, facts: str = FACTS, **more: object) -> vbprules.Explanation:
    return vbprules.explain(policy(LOW), facts, outcome, DAY, check=False, **more)  # type: ignore[arg-type]


def below(steps: tuple[Reason, ...], text: str) -> Reason:
    """The one step anywhere in a tree whose English words begin so."""
    found = list(_all(steps, text))
    assert len({step.text.en for step in found}) == 1, [step.text.en for step in found]
    return found[0]


def _all(steps: tuple[Reason, ...], text: str):
    for step in steps:
        if step.text.en.startswith(text):
            yield step
        yield from _all(step.parts, text)


def test_the_steps_that_decided_with_value_threshold_margin_and_unit():
    """50,000 + 29,000 of 100,000 is 79%: one point below 80%; 60,000 used is twenty points below."""
    found = told("low@A@2020Q1", readings={"volume": "bought"})
    assert found.answer.id == "low@A@2020Q1" and isinstance(found.answer, Outcome)
    assert found.answer.state.value == "due"
    completion, volume = found.decisive
    assert (completion.value, completion.comparator, completion.threshold) == ("79%", "below", "80%")
    assert (completion.margin, completion.unit, completion.kind, completion.standing) == (
        "-1%", "share", "comparison", "settled",
    )  # fmt: skip
    assert (volume.value, volume.threshold, volume.margin, volume.unit) == ("100000", "1000", "99000", "units")
    assert [(record.list, record.id, record.line) for record in volume.records] == [("targets", "A@2020Q1", 7)]


def test_only_what_failed_decides_and_what_holds_stays_in_the_tree():
    """500 of 900 is 55.56%, but 900 is less than 1,000."""
    found = told("low@A@2020Q2", readings={"volume": "bought"})
    assert isinstance(found.answer, Outcome) and found.answer.state.value == "not_triggered"
    (volume,) = found.decisive
    assert (volume.value, volume.threshold, volume.margin, volume.truth) == ("900", "1000", "-100", "no")
    beside = below(found.tree, "completion 5/9 below")
    assert (beside.truth, beside.threshold, beside.margin) == ("yes", "80%", "-11/45")


def test_the_rows_of_a_total_with_their_lines():
    found = told("low@A@2020Q1", readings={"volume": "bought"})
    purchased = below(found.tree, "quantity purchased")
    assert [(part.value, part.records[0].line, part.kind) for part in purchased.parts] == [
        ("50000", 12, "row"),
        ("29000", 13, "row"),
    ]


def test_by_reading_and_fixed():
    """79,000 bought of 100,000 and 60,000 used: below under both, so only the figure depends on the reading."""
    found = told("low@A@2020Q1")
    assert isinstance(found.answer, Outcome) and found.answer.state.standing == "settled"
    completion = found.decisive[0]
    assert completion.truth == "yes" and completion.value == "volume=bought: 79%; volume=used: 60%"
    assert completion.margin is None
    done = below(found.tree, "volume done")
    assert [(part.kind, part.value) for part in done.parts] == [("option_figure", "79000"), ("option_figure", "60000")]
    fixed = told("low@A@2020Q1", readings={"volume": "used"})
    assert [(part.kind, part.value) for part in below(fixed.tree, "volume done").parts] == [("operand", "60000")]
    assert fixed.decision.receipt.readings == {"volume": "used"}


def test_what_is_open_says_what_is_missing_where_it_is_missing():
    found = told("grave@A@2020Q1")
    assert isinstance(found.answer, Outcome) and found.answer.would_be
    (step,) = found.decisive
    assert (step.kind, step.truth, step.standing) == ("question", "open", "open")
    assert [need.key for need in step.needs] == ["judgement grave A@2020Q1"]
    assert [need.key for need in found.answer.state.needs] == ["judgement grave A@2020Q1"]
    decided = (
        FACTS
        + "determinations: [{question: grave, subject: A@2020Q1, answer: no, by: insurance_department, day: 2020-07-01, source: 函}]\n"
    )
    (step,) = told("grave@A@2020Q1", decided).decisive
    assert (step.truth, step.needs) == ("no", ())
    assert [(record.list, record.line) for record in step.records] == [("determinations", 17)]


def test_a_decision_tells_what_it_carries():
    decision = vbprules.evaluate(policy(LOW), FACTS, DAY, check=False, readings={"volume": "bought"})
    found = decision.explain("low@A@2020Q1")
    assert not found.whole
    assert found.tree == decision.outcome("low@A@2020Q1").reasons
    assert [(step.value, step.margin) for step in found.decisive] == [("79%", "-1%"), ("100000", "99000")]
    assert [outcome.id for outcome in found.decision.outcomes] == ["low@A@2020Q1"]
    assert vbprules.explanation_text(found, "en").startswith("interview")
    with pytest.raises(KeyError):
        decision.explain("low")  # there are two
    with pytest.raises(KeyError):
        decision.explain("nothing")


def test_it_is_frozen_and_the_same_every_time():
    found = told("low@A@2020Q1")
    assert found == told("low@A@2020Q1")
    with pytest.raises(ValidationError):
        found.whole = False  # type: ignore[misc]


def test_one_outcome_or_a_list_of_them():
    with pytest.raises(InputError) as caught:
        told("low")
    assert caught.value.findings[0].args == (("name", "low"), ("count", "2"), ("choices", "low@A@2020Q1, low@A@2020Q2"))
    each = explain_each(policy(LOW), FACTS, "low", DAY, check=False)
    assert [one.answer.id for one in each] == ["low@A@2020Q1", "low@A@2020Q2"]
    with pytest.raises(InputError):
        told("low@A@2020Q3")


def test_what_does_not_apply():
    body = (
        LOW
        + "  late: {obligation: 另一, cite: C, by: institution, except: [{when: {kind: {in: [hospital]}}, cite: C}], silent: [due]}\n"
    )
    found = vbprules.explain(policy(body), FACTS, "late", DAY, check=False)
    assert isinstance(found.answer, NotApplicable)
    (step,) = found.decisive
    assert (step.kind, step.truth, step.value) == ("member", "yes", "hospital")
    assert [head.kind for head in found.tree] == ["gate"]
    assert [part.kind for part in found.tree[0].parts] == ["in_force", "exempt"]
