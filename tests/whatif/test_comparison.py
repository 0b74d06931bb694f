"""What differs between a case and the same case with something changed. Every expected value is worked out by hand."""

from __future__ import annotations

import json

import pytest
from inline import policy

import vbprules
from vbprules.decision.model import Attribute
from vbprules.diagnostics import InputError
from vbprules.whatif.compare import difference
from vbprules.whatif.model import Money, OutcomeChange

LAW = policy(
    """
    parties:
      hospital: {label: 医院, is: {kind: {in: [hospital]}}, cite: C}
    readings:
      volume: {asks: 按哪个量, cite: C, options: {bought: 采购量, used: 使用量}, preferred: bought}
    questions:
      abnormal: {asks: 是否异常, cite: C, by: insurance_department, per: institution}
    quantities:
      done: {label: 完成量, per: target, is: {reading: volume, bought: purchased, used: used}}
      completion: {label: 完成比例, per: target, is: {ratio: [done, set_volume]}}
    provisions:
      pay:
        obligation: 30天内付款
        cite: C
        by: hospital
        for_each: receipt
        due: {count: 30 days, after: accepted_on}
        done: settled_on
      low:
        sanction: 低于80%约谈
        cite: C
        by: insurance_agency
        toward: hospital
        for_each: target
        when: {completion: {below: 80%}}
        once: yes
        silent: [from]
      advance:
        entitlement: 预付30%
        cite: C
        by: insurance_fund
        toward: hospital
        for_each: agreement
        amount: {exactly: {share: 30%, of: amount}}
        silent: [due]
      cut:
        sanction: 异常的扣减
        cite: C
        by: insurance_agency
        toward: hospital
        when: {judge: abnormal}
        silent: [from, until]
    """
)
FACTS = {
    "institution": {"name": "甲医院", "kind": "hospital"},
    "drugs": {"complete": "yes", "entries": [{"id": "A"}]},
    "products": {"complete": "yes", "entries": [{"id": "P", "drug": "A", "selected": "yes"}]},
    "agreements": {"complete": "yes", "entries": [{"id": "H", "signed_on": "2020-01-05", "amount": "1000000.00"}]},
    "targets": {"complete": "yes", "entries": [{"drug": "A", "period": "2020Q1", "set_volume": "100000"}]},
    "purchases": {
        "complete_through": "2020-04-15",
        "entries": [{"product": "P", "day": "2020-02", "quantity": "79000"}],
    },
    "uses": {"complete_through": "2020-04-15", "entries": [{"product": "P", "day": "2020-02", "quantity": "85000"}]},
    "receipts": {
        "complete": "yes",
        "entries": [{"id": "R", "agreement": "H", "accepted_on": "2020-02-03", "amount": "500.00"}],
    },
    "payments": {"complete_through": "2020-04-15", "entries": []},
    "acts": "none",
    "performances": "none",
}
AS_OF = "2020-04-15"


def compare(dossier=FACTS, as_of=AS_OF, **laid):
    return vbprules.what_if(LAW, dossier, as_of, check=False, **laid)


def one(found: vbprules.Comparison, id: str) -> OutcomeChange:
    return next(item for item in found.changes if item.id == id)


def states(item: OutcomeChange) -> tuple[str | None, str | None]:
    state = next(part for part in item.attributes if part.name == "state")
    assert state.before is not None and state.after is not None
    return state.before.value, state.after.value


def test_nothing_changed_is_no_difference():
    found = compare()
    assert (found.changes, found.unchanged, found.differs, found.corrections) == ((), 4, False, ())
    assert found.overlay.empty
    assert found.before == found.after
    assert found.totals[0] == found.totals[1]


def test_a_longer_term_makes_the_breach_an_open_duty():
    # accepted on 3 February 2020 (a leap year): 30 days end on 4 March, 90 days on 3 May
    found = compare(figures={"pay.due.count": "90 days"})
    item = one(found, "pay@R")
    assert states(item) == ("breached_unperformed", "open")
    due = next(part for part in item.attributes if part.name == "due")
    assert (due.before.value, due.after.value, due.difference) == ("2020-03-04", "2020-05-03", "+60 days")
    assert (item.kinds, item.was_settled, item.entity) == (("state", "figure"), True, "receipt")
    assert [item.id for item in found.changes] == ["pay@R"]
    assert (found.totals[0].breaches, found.totals[1].breaches) == (1, 0)
    assert (found.totals[0].to_perform, found.totals[1].to_perform) == (0, 1)
    assert found.after.figures == {"pay.due.count": "90 days"}
    assert found.before.figures == {}
    pair = found.overlay.figures["pay.due.count"]
    assert (pair.written, pair.taken) == ("30 days", "90 days")
    assert found.before.policy_sha256 == found.after.policy_sha256


def test_a_lower_bound_settles_what_hung_on_the_reading():
    # bought 79%, used 85%: below 80% by what was bought only; below 75% by neither
    found = compare(figures={"low.when.completion.below": "75%"})
    item = one(found, "low@A@2020Q1")
    state = item.attributes[0]
    assert [(b.readings, b.value) for b in state.before.branches] == [
        ({"volume": "bought"}, "due"),
        ({"volume": "used"}, "not_triggered"),
    ]
    assert (state.after.value, state.after.standing) == ("not_triggered", "settled")
    assert item.kinds == ("state", "standing")
    assert not item.was_settled
    assert (found.totals[0].by_reading, found.totals[1].by_reading) == (1, 0)


def test_a_reading_settles_it_the_other_way():
    found = compare(readings={"volume": "bought"})
    state = one(found, "low@A@2020Q1").attributes[0]
    assert (state.after.value, state.after.standing) == ("due", "settled")
    assert (found.totals[0].sanctions, found.totals[1].sanctions) == (0, 1)
    assert found.after.readings == {"volume": "bought"}
    assert found.before.readings == {}


def test_another_share_is_another_sum():
    found = compare(figures={"advance.amount.exactly.share": "50%"})
    item = one(found, "advance@H")
    assert item.kinds == ("figure",)
    amount = item.attributes[0]
    assert (amount.name, amount.before.value, amount.after.value) == ("amount", "300000.00", "500000.00")
    assert amount.difference == "+200000.00"
    assert found.totals[0].entitled.total == "300000.00"
    assert found.totals[1].entitled.total == "500000.00"


def test_a_place_of_the_facts_is_a_correction():
    found = compare(places={"targets.0.set_volume": 98000})
    # 79,000 of 98,000 is more than 80% (78,400)
    assert one(found, "low@A@2020Q1").attributes[0].after.value == "not_triggered"
    corrected = found.corrections
    assert [(item.kind, item.where, item.before, item.after) for item in corrected] == [
        ("changed", "targets A@2020Q1.set_volume", "100000", "98000")
    ]
    assert found.before.facts_sha256 != found.after.facts_sha256


def test_a_payment_inside_a_complete_list_is_a_correction_and_one_after_it_is_none():
    paid = {"receipt": "R", "day": "2020-03-01", "amount": "500.00"}
    inside = compare(places={"payments.entries": [paid]})
    assert states(one(inside, "pay@R")) == ("breached_unperformed", "met")
    assert [(item.kind, item.where) for item in inside.corrections] == [("added_inside", "payments payment1")]
    assert one(inside, "pay@R").corrected
    short = {**FACTS, "payments": {"complete_through": "2020-03-10", "entries": []}}
    later = compare(short, places={"payments.entries": [{**paid, "day": "2020-03-20"}]})
    assert states(one(later, "pay@R")) == ("breached_unrecorded", "breached_met_late")
    assert later.corrections == ()
    assert not one(later, "pay@R").corrected
    both = compare(places={"payments.entries": [paid]}, figures={"advance.amount.exactly.share": "50%"})
    assert both.corrections == inside.corrections
    assert not any(item.corrected for item in both.changes)  # the figure may be the cause as well


def test_statements_withdrawn_and_answers_changed_are_corrections():
    yes = {"question": "abnormal", "answer": "yes", "by": "insurance_department", "day": "2020-03-01"}
    base = {**FACTS, "determinations": [yes]}
    found = compare(base, places={"determinations.0.answer": "no", "payments.complete_through": "2020-02-10"})
    assert [(item.kind, item.where, item.before, item.after) for item in found.corrections] == [
        ("completeness", "payments", "2020-04-15", "2020-02-10"),
        ("answer", "abnormal", "yes", "no"),
    ]
    assert states(one(found, "cut")) == ("due", "not_triggered")
    assert states(one(found, "pay@R"))[1] == "timeliness_unknown"


def test_an_act_of_which_more_is_said_is_no_correction():
    act = {"of": "low", "day": "2020-04"}
    base = {**FACTS, "acts": {"complete_through": "2020-04-15", "entries": [act]}}
    more = {"acts.0.day": "2020-04-10", "acts.0.subject": "A@2020Q1"}
    assert compare(base, places=more).corrections == ()
    (item,) = compare(base, places={"acts.0.day": "2020-03-10"}).corrections[:1]
    assert (item.kind, item.where) == ("removed", "acts low")


def test_an_answer_is_an_addition_that_takes_its_need_away():
    answer = {"question": "abnormal", "answer": "yes", "by": "insurance_department", "day": "2020-03-01"}
    found = compare(facts={"determinations": [answer]})
    assert found.corrections == ()
    item = one(found, "cut")
    assert states(item) == ("trigger_unknown", "due")
    gone = {need.kind for part in item.attributes for need in part.needs_gone}
    assert "judgement" in gone
    assert item.kinds == ("state", "standing", "needs")


def test_another_day():
    # on 4 March the 30 days are not over; on 5 March they are
    facts = {**FACTS, "purchases": "none", "uses": "none", "payments": "none"}
    found = compare(facts, "2020-03-04", then="2020-03-05")
    assert states(one(found, "pay@R")) == ("open", "breached_unperformed")
    assert (found.before.as_of, found.after.as_of, found.overlay.as_of) == ("2020-03-04", "2020-03-05", "2020-03-05")


def test_an_outcome_appears_with_its_row_and_disappears_with_the_reason():
    second = {"id": "S", "agreement": "H", "accepted_on": "2020-04-01", "amount": "7.00"}
    facts = {**FACTS, "receipts": {"entries": [*FACTS["receipts"]["entries"]]}}
    found = compare(facts, facts={"receipts": {"entries": [*FACTS["receipts"]["entries"], second]}})
    item = one(found, "pay@S")
    assert (item.kinds, item.reason) == (("appeared",), None)
    assert item.attributes[0].after.value == "open"
    assert found.corrections == ()
    clinic = compare(places={"institution.kind": "clinic"})
    gone = one(clinic, "pay@R")
    assert gone.kinds == ("disappeared",)
    assert gone.reason is not None
    assert [(item.where, item.before, item.after) for item in clinic.corrections] == [
        ("institution.kind", "hospital", "clinic")
    ]


def test_another_policy_stands_beside_and_is_not_matched():
    other = policy(
        """
        provisions:
          pay: {obligation: 60天内付款, cite: C, by: institution, for_each: receipt, due: {count: 60 days, after: accepted_on}, done: settled_on}
        """
    )
    # both small policies are called alike: the same policy in two versions is matched by the ids of its provisions
    found = compare(other=other)
    assert found.matched
    # 60 days after 3 February 2020 end on 3 April
    due = next(part for part in one(found, "pay@R").attributes if part.name == "due")
    assert (due.after.value, due.difference) == ("2020-04-03", "+30 days")
    assert one(found, "pay@R").kinds == ("figure", "text")
    assert one(found, "pay@R").texts == ("title", "by")
    assert {item.id for item in found.changes if item.kinds == ("disappeared",)} == {
        "low@A@2020Q1", "advance@H", "cut"}  # fmt: skip
    facts = {**FACTS, "acts": [{"of": "low", "day": "2020-04-01", "subject": "A@2020Q1"}]}
    beside = vbprules.what_if(LAW, facts, AS_OF, other="yunnan_2020", check=False)
    assert not beside.matched
    assert (beside.changes, beside.unchanged) == ((), 0)
    assert beside.differs
    assert beside.corrections == ()
    assert beside.left_out == ("acts low",)
    group = next(item for item in beside.beside if (item.modality, item.entity) == ("obligation", "receipt"))
    assert [(item.provision, item.states) for item in group.before] == [("pay", {"breached_unperformed": 1})]
    assert "pay" not in {item.provision for item in group.after}


@pytest.mark.parametrize(
    ("unit", "before", "after", "wanted"),
    [
        ("date", "2020-02-28", "2020-03-01", "+2 days"),
        ("date", "2020-03-01", "2020-02-29", "-1 day"),
        ("money", "100.00", "70.50", "-29.50"),
        ("money", "at_least 100.00", "at_least 130.00", "+30.00"),
        ("money", "at_least 100.00", "130.00", None),
        ("share", "70%", "75.5%", "+5.5%"),
        ("share", "1/3", "1/2", "+1/6"),
        ("days", "30 days", "31 days", "+1 day"),
        ("months", "1 month", "3 months", "+2 months"),
        ("days", "30 days", "30 working days", None),
        ("money", "100.00", "100.00", None),
        ("truth", "yes", "no", None),
    ],
)
def test_differences(unit, before, after, wanted):
    one, two = (Attribute(standing="settled", unit=unit, value=value) for value in (before, after))
    assert difference(one, two) == wanted


def test_no_difference_of_what_is_not_settled():
    known = Attribute(standing="settled", unit="money", value="1.00")
    unknown = Attribute(standing="open", unit="money", value="2.00")
    assert difference(known, unknown) is None
    assert difference(known, None) is None


def test_money_that_is_not_settled_is_counted_not_added():
    facts = {**FACTS, "agreements": {"complete": "yes", "entries": [
        {"id": "H", "signed_on": "2020-01-05", "amount": "1000000.00"},
        {"id": "J", "signed_on": "2020-01-06"},
    ]}}  # fmt: skip
    assert compare(facts).totals[0].entitled == Money("300000.00", 1, 1)


def test_every_slip_at_once_each_in_its_text():
    with pytest.raises(InputError) as caught:
        compare(
            places={"payment.0.day": "2020-01-01", "receipts.7.amount": "1.00"},
            figures={"low.when.completion.belov": "75%", "pay.due.count": "75%"},
            readings={"volum": "bought"},
            then="2020-02-30",
        )
    told = {finding.file: (finding.code, dict(finding.args)) for finding in caught.value.findings}
    assert {name: code for name, (code, _) in told.items()} == {
        "set payment.0.day": "C112",
        "set receipts.7.amount": "C112",
        "figure low.when.completion.belov": "E191",
        "figure pay.due.count": "E192",
        "reading volum": "R102",
        "then": "E112",
    }
    assert told["set payment.0.day"][1]["suggestion"] == "payments"
    assert told["figure low.when.completion.belov"][1]["suggestion"] == "low.when.completion.below"
    assert told["figure pay.due.count"][1]["example"] == "30 days"


def test_a_value_that_the_facts_refuse_is_told_in_its_own_text():
    with pytest.raises(InputError) as caught:
        compare(places={"targets.0.set_volume": "many"})
    (finding,) = caught.value.findings
    assert (finding.file, finding.mark.line, finding.mark.column, finding.excerpt) == (
        "set targets.0.set_volume", 1, 1, "many")  # fmt: skip


def test_what_the_compiler_refuses_is_told_in_its_own_text():
    # in a comparison with days no working days can stand
    law = policy(
        """
        provisions:
          long: {obligation: 长期, cite: C, by: institution, for_each: target, silent: [due], when: {period_days: {at_least: 90 days}}}
        quantities:
          period_days: {label: 天数, per: target, is: {difference: [period_end, period_start]}, cite: C}
        """
    )
    with pytest.raises(InputError) as caught:
        vbprules.what_if(law, FACTS, AS_OF, figures={"long.when.period_days.at_least": "60 working days"}, check=False)
    (finding,) = caught.value.findings
    assert (finding.file, finding.excerpt) == ("figure long.when.period_days.at_least", "60 working days")


def test_the_same_comparison_gives_the_same_bytes():
    first, second = (compare(figures={"pay.due.count": "90 days"}).to_json() for _ in range(2))
    assert first == second
    data = json.loads(first)
    assert data["overlay"]["figures"] == {"pay.due.count": {"written": "30 days", "taken": "90 days"}}
    assert vbprules.Comparison.model_validate_json(first).to_json() == first
