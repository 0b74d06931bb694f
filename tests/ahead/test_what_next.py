"""What must be done by when: real dossiers, figures from the text and the calendar, confirmed by evaluate."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from vbprules import InputError, evaluate, what_next
from vbprules.ahead.model import Ahead, Step

HOSPITAL = {"name": "甲医院", "kind": "hospital", "ownership": "public", "grade": "secondary", "designated": "yes"}
SELECTED = {"id": "AS", "drug": "A", "name": "阿托伐他汀钙片", "selected": "yes"}
ONE_DRUG = {
    "institution": HOSPITAL,
    "drugs": {"complete": "yes", "entries": [{"id": "A", "counting_unit": "片"}]},
    "products": {"complete": "yes", "entries": [SELECTED]},
}


def whole(through: str, *entries: dict[str, Any]) -> dict[str, Any]:
    return {"complete_through": through, "entries": list(entries)}


def bill(day: str, warned: str, accepted: str = "2019-12-05") -> dict[str, Any]:
    """120,000 yuan for goods accepted on a day, unpaid, with a warning; everything complete through ``day``."""
    return {
        **ONE_DRUG,
        "receipts": whole(day, {"id": "R2", "product": "AS", "accepted_on": accepted, "amount": "120000.00"}),
        "payments": whole(day),
        "acts": whole(day, {"of": "late_warning", "subject": "R2", "day": warned, "by": "provincial_insurance"}),
    }


def tablets(day: str, bought: int, used: int) -> dict[str, Any]:
    """A set volume of 100,000 tablets in the first quarter of 2020."""
    return {
        **ONE_DRUG,
        "targets": {"complete": "yes", "entries": [{"drug": "A", "period": "2020Q1", "set_volume": "100000"}]},
        "purchases": whole(day, {"product": "AS", "day": "2020-02-10", "quantity": str(bought)}),
        "uses": whole(day, {"product": "AS", "day": "2020-02-10", "quantity": str(used)}),
        "acts": whole(day),
    }


def by_last(ahead: Ahead, outcome: str, kind: str = "prevent") -> dict[str | None, Step]:
    return {step.last: step for step in ahead.of(outcome) if step.kind == kind}


def then(facts: dict[str, Any], through: str, *more: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    """The facts with entries added and every list complete through a later day."""
    found = copy.deepcopy(facts)
    for node in found.values():
        if "complete_through" in node:
            node["complete_through"] = through
    for name, entry in more:
        found[name]["entries"].append(entry)
    return found


def state(policy: str, facts: dict[str, Any], day: str, outcome: str, readings: dict[str, str]) -> str | None:
    found = evaluate(policy, facts, day, readings=readings, check=False, explain=False)
    return found.outcome(outcome).state.value


# ── 五(三): ten working days after the warning ───────────────────────────────────────────────────────────────────────


def test_pay_by_the_tenth_working_day_or_disbursement_is_held_back():
    # warned on Friday 10 January 2020: 13–17, Sunday 19 (make-up), 20–23 are ten working days, the last the 23rd;
    # with the day itself counted the 22nd
    facts = bill("2020-01-15", "2020-01-10")
    ahead = what_next("guizhou_2019", facts, "2020-01-15", only=["hold_disbursement"])
    steps = by_last(ahead, "hold_disbursement@R2")
    assert set(steps) == {"2020-01-22", "2020-01-23"}
    for last, begins, option in (("2020-01-22", "2020-01-23", "same"), ("2020-01-23", "2020-01-24", "next")):
        step = steps[last]
        (todo,) = step.todo
        assert (todo.list, todo.refs, todo.field, todo.amount) == ("payments", {"receipt": "R2"}, "amount", "120000.00")
        assert (todo.first, todo.last, step.begins) == ("2020-01-16", last, begins)
        assert [text.zh for text in todo.by] == ["本机构"]
        assert all(readings["first_day"] == option for readings in step.readings)
        assert {cited.clause for cited in step.clauses} == {"五(三)"}
        assert (step.state, step.after, step.later) == ("due", "not_triggered", "comes")
        assert step.less == "open"  # whether a part is 回款 the text does not say
        (term,) = step.terms
        assert (term.after, term.count, term.unit, term.last) == ("2020-01-10", "10", "working_days", last)
        assert term.counted == (option == "same")
        # confirmed by evaluating the changed dossier
        readings = {"first_day": option, "payment_term": "thirty"}
        pay = {"receipt": "R2", "day": last, "amount": "120000.00"}
        assert state("guizhou_2019", then(facts, begins, ("payments", pay)), begins, "hold_disbursement@R2",
                     readings) == "not_triggered"  # fmt: skip
        for other in ({**pay, "day": begins}, None):
            changed = then(facts, begins, *([("payments", other)] if other else []))
            assert state("guizhou_2019", changed, begins, "hold_disbursement@R2", readings) in ("due", "no_longer_due")
        assert state("guizhou_2019", then(facts, begins), begins, "hold_disbursement@R2", readings) == "due"
        part = then(facts, begins, ("payments", {**pay, "amount": "119999.99"}))
        assert state("guizhou_2019", part, begins, "hold_disbursement@R2", readings) == "trigger_unknown"
    assert steps["2020-01-22"].every_reading
    assert not steps["2020-01-23"].every_reading


@pytest.mark.parametrize(
    ("day", "counted", "not_counted"),
    [
        # warned on 17 January: as published in 2019 the holiday ends on the 30th, Saturday 1 February is worked:
        # 19–23, 31, 1, 3, 4, 5
        ("2020-01-20", "2020-02-04", "2020-02-05"),
        # from 27 January it is known to end on 2 February: 19–23, 3–7
        ("2020-01-28", "2020-02-06", "2020-02-07"),
    ],
)
def test_the_extended_spring_festival_counts_once_it_is_published(day, counted, not_counted):
    ahead = what_next("guizhou_2019", bill(day, "2020-01-17"), day, only=["hold_disbursement"])
    assert set(by_last(ahead, "hold_disbursement@R2")) == {counted, not_counted}
    fixed = what_next("guizhou_2019", bill(day, "2020-01-17"), day, only=["hold_disbursement"],
                      readings={"first_day": "next"})  # fmt: skip
    assert set(by_last(fixed, "hold_disbursement@R2")) == {not_counted}


def test_paying_one_bill_shows_all_that_it_changes():
    # accepted on 2 March 2020: 30 days end on 1 April, with the first day counted on 31 March
    day = "2020-03-20"
    facts = {
        **ONE_DRUG,
        "receipts": whole(day, {"id": "R7", "product": "AS", "accepted_on": "2020-03-02", "amount": "1000.00"}),
        "payments": whole(day),
        "acts": whole(day),
    }
    ahead = what_next("guizhou_2019", facts, day, readings={"payment_term": "thirty", "shorter_term": "thirty"})
    steps = by_last(ahead, "pay_supplier@R7")
    assert set(steps) == {"2020-03-31", "2020-04-01"}
    assert [steps[last].begins for last in ("2020-03-31", "2020-04-01")] == ["2020-04-01", "2020-04-02"]
    assert steps["2020-03-31"].every_reading
    assert (steps["2020-04-01"].less, steps["2020-04-01"].later) == ("comes", "comes")
    effects = {item.outcome: (item.before, item.after, item.turn) for item in steps["2020-04-01"].effects}
    assert effects["pay_supplier@R7"] == ("breached_unperformed", "met", "better")
    assert effects["late_warning@R7"] == ("due", "not_triggered", "better")
    # a warning is due only where it is unpaid at the close of a day after the term: a day more
    assert set(by_last(ahead, "late_warning@R7")) == {"2020-04-01", "2020-04-02"}


def test_what_is_late_can_still_be_mended_and_lifts_the_sanction():
    day = "2020-02-20"
    facts = bill(day, "2020-01-10")
    readings = {"payment_term": "thirty", "shorter_term": "thirty"}
    ahead = what_next("guizhou_2019", facts, day, readings=readings)
    cures = {step.outcome: step for step in ahead.steps if step.kind == "cure"}
    held = cures["hold_disbursement@R2"]
    assert (held.state, held.after, held.last) == ("due", "no_longer_due", None)
    assert cures["pay_supplier@R2"].after == "breached_met_late"
    assert held.todo == cures["pay_supplier@R2"].todo
    assert held.todo[0].amount == "120000.00"
    assert not by_last(ahead, "pay_supplier@R2")  # the breach itself is settled


# ── 五(三): eighty percent of the quarter ────────────────────────────────────────────────────────────────────────────


def test_buy_8000_more_tablets_by_the_end_of_the_quarter():
    facts = tablets("2020-03-15", 72000, 80000)
    readings = {"volume": "purchased", "grain": "each"}
    ahead = what_next("guizhou_2019", facts, "2020-03-15", readings=readings, only=["quarterly_warning"])
    (step,) = [step for step in ahead.of("quarterly_warning") if {"warning_below_70": "also"} in step.readings
               or not step.readings]  # fmt: skip
    (todo,) = step.todo
    assert (todo.list, todo.refs, todo.amount, todo.last) == ("purchases", {"product": "AS"}, "8000", "2020-03-31")
    assert (step.begins, step.less, step.later) == ("2020-04-01", "comes", "comes")
    assert (step.state, step.after) == ("due", "not_triggered")
    fixed = {**readings, "warning_below_70": "also"}
    for quantity, day, expected in (("8000", "2020-03-31", "not_triggered"), ("7999", "2020-03-31", "due"),
                                    ("8000", "2020-04-01", "due")):  # fmt: skip
        more = {"product": "AS", "day": day, "quantity": quantity}
        changed = then(facts, "2020-04-01", ("purchases", more))
        assert state("guizhou_2019", changed, "2020-04-01", "quarterly_warning@2020Q1", fixed) == expected


def test_under_other_readings_other_amounts_and_one_that_is_enough_under_all():
    ahead = what_next("guizhou_2019", tablets("2020-03-15", 72000, 75000), "2020-03-15", only=["quarterly_warning"])
    told = {
        frozenset((item.list, item.amount) for item in step.todo): step
        for step in ahead.of("quarterly_warning")
        if step.kind == "prevent"
    }
    # at least 80,000 of both; of purchases; of use; or 160,000 together (147,000 so far), bought or used
    assert set(told) == {
        frozenset({("purchases", "8000"), ("uses", "5000")}),
        frozenset({("purchases", "8000")}),
        frozenset({("uses", "5000")}),
        frozenset({("purchases", "13000")}),
    }
    both = told[frozenset({("purchases", "8000"), ("uses", "5000")})]
    assert both.every_reading
    (other,) = told[frozenset({("purchases", "13000")})].alternatives
    assert [(item.list, item.amount) for item in other] == [("uses", "13000")]


def test_at_eighty_percent_there_is_nothing_to_do():
    ahead = what_next("guizhou_2019", tablets("2020-03-15", 80000, 80000), "2020-03-15")
    assert not [step for step in ahead.steps if step.provision in ("quarterly_warning", "below_70.settlement")]


def test_lists_that_are_not_complete_are_not_guessed():
    facts = tablets("2020-03-15", 72000, 80000)
    facts["purchases"] = {"entries": facts["purchases"]["entries"]}
    ahead = what_next("guizhou_2019", facts, "2020-03-15", readings={"volume": "purchased"})
    assert "purchases" in ahead.open_lists
    assert not [step for step in ahead.of("quarterly_warning") if step.kind == "prevent"]


def test_what_is_dated_later_is_not_looked_at():
    facts = tablets("2020-04-10", 72000, 80000)
    facts["purchases"]["entries"].append({"product": "AS", "day": "2020-03-20", "quantity": "9000"})
    readings = {"volume": "purchased", "grain": "each", "warning_below_70": "also"}
    ahead = what_next("guizhou_2019", facts, "2020-03-15", readings=readings, only=["quarterly_warning"])
    assert ahead.left_out == 1
    (step,) = ahead.of("quarterly_warning")
    assert step.todo[0].amount == "8000"


# ── Other documents ──────────────────────────────────────────────────────────────────────────────────────────────────


def agreement(end: str = "2020-12-30", **more: str) -> dict[str, Any]:
    return {"complete": "yes", "entries": [{"id": "G1", "supplier": "S", "signed_on": "2019-03-20",
                                            "start": "2019-03-20", "end": end, **more}]}  # fmt: skip


def line(**more: str) -> dict[str, Any]:
    return {"complete": "yes", "entries": [{"id": "L1", "agreement": "G1", "product": "AS", **more}]}


def test_chongqing_the_agreed_quantity_within_the_term():
    # 10,000 agreed until 19 March 2020, 7,500 bought: 2,500 are missing
    day = "2020-02-29"
    facts = {
        **ONE_DRUG,
        "agreements": agreement("2020-03-19"),
        "agreement_lines": line(quantity="10000"),
        "purchases": whole(day, {"product": "AS", "day": "2019-06-01", "quantity": "7500"}),
    }
    ahead = what_next("chongqing_2019", facts, day, only=["contract_volume"])
    (step,) = [step for step in ahead.steps if step.kind == "prevent"]
    assert (step.outcome, step.last, step.begins) == ("contract_volume@L1", "2020-03-19", "2020-03-20")
    assert [(item.list, item.amount) for item in step.todo] == [("purchases", "2500")]
    assert (step.less, step.later, step.after) == ("comes", "comes", "met")


def test_chongqing_no_more_than_the_selected_quantity_after_conversion():
    # 6,000 selected; 2,000 others at 2 to 1 count as 4,000, and each more counts twice: 1,000 more are 6,000
    day = "2020-02-29"
    other = {"id": "AO", "drug": "A", "selected": "no", "conversion": "2"}
    facts = {
        **ONE_DRUG,
        "products": {"complete": "yes", "entries": [SELECTED, other]},
        "agreements": agreement("2020-03-19"),
        "agreement_lines": line(quantity="10000"),
        "purchases": whole(day, {"product": "AS", "day": "2019-06-01", "quantity": "6000"},
                           {"product": "AO", "day": "2019-06-01", "quantity": "2000"}),
    }  # fmt: skip
    ahead = what_next("chongqing_2019", facts, day, only=["nonselected_cap"], to="2020-03-25")
    told = {tuple(sorted(item.items())): step for step in ahead.steps if step.kind == "allow"
            for item in step.readings or ({},)}  # fmt: skip
    assert told
    bought = next(step for key, step in told.items() if ("cap_base", "bought") in key)
    contract = next(step for key, step in told.items() if ("cap_base", "contract") in key)
    assert (bought.headroom, contract.headroom) == ("1000", "3000")
    assert bought.todo[0].refs == {"product": "AO"}
    assert bought.todo[0].amount == "1001"


def test_chongqing_and_xian_pay_by_the_contract():
    day = "2020-04-01"
    receipt = {"id": "R", "agreement": "G1", "product": "AS", "accepted_on": "2020-03-12", "amount": "500.00",
               "centrally_procured": "yes"}  # fmt: skip
    facts = {
        **ONE_DRUG,
        "agreements": agreement(payment_days="20", payment_from="acceptance"),
        "receipts": whole(day, receipt),
        "payments": whole(day, {"receipt": "R", "day": "2020-03-20", "amount": "100.00", "payer": "hospital"}),
        "acts": whole(day),
    }
    for policy, provision in (("chongqing_2019", "pay_by_contract"), ("xian_2019", "settle_with_supplier")):
        # 12 March, with that day counted, and 20 days: 31 March, past; else 1 April, which closes today
        facts["agreements"]["entries"][0]["payment_days"] = "30"
        ahead = what_next(policy, facts, day, only=[provision])
        lasts = set(by_last(ahead, f"{provision}@R"))
        assert "2020-04-11" in lasts  # 30 days after 12 March
        assert lasts <= {"2020-04-10", "2020-04-11"}
        assert {item.amount for step in ahead.steps for item in step.todo} == {"400.00"}


def test_xian_half_of_the_agreed_quantity_earns_the_second_prepayment():
    # 10,000 agreed; 4,000 bought: 1,000 more are half
    day = "2019-08-01"
    facts = {
        **ONE_DRUG,
        "agreements": agreement("2020-03-19", amount="1000000.00"),
        "agreement_lines": line(quantity="10000"),
        "purchases": whole(day, {"product": "AS", "day": "2019-06-01", "quantity": "4000"}),
    }
    ahead = what_next("xian_2019", facts, day, to="2020-03-25", only=["second_prepayment"])
    steps = [step for step in ahead.steps if step.kind == "earn"]
    amounts = {item.amount for step in steps for item in step.todo}
    assert amounts <= {"1000", "1001"}  # 达到 50%后: half, or more than half
    assert "1000" in amounts
    assert {step.last for step in steps} == {"2020-03-19"}
    assert {step.after for step in steps} <= {"open", "open_unrecorded", "trigger_unknown"}


def test_yunnan_prepayment_continues_once_the_quantity_is_completed():
    day = "2021-02-01"
    facts = {
        **ONE_DRUG,
        "agreements": agreement("2021-06-30"),
        "agreement_lines": line(quantity="10000"),
        "purchases": whole(day, {"product": "AS", "day": "2020-12-01", "quantity": "9400"}),
        "given": [{"name": "document.issued", "value": "2020-04-10", "source": "示例"}],
    }
    facts["agreements"]["entries"][0] |= {"signed_on": "2020-11-20", "start": "2020-11-20"}
    ahead = what_next("yunnan_2020", facts, day, to="2021-07-05", only=["further_prepay"])
    (step,) = [step for step in ahead.steps if step.kind == "earn"]
    assert [(item.list, item.amount, item.last) for item in step.todo] == [("purchases", "600", "2021-06-30")]
    assert (step.less, step.later) == ("comes", "comes")


def test_the_national_document_prepayment_before_execution():
    # 10,000 tablets at 0.60 are 6,000 yuan: 30% is 1,800, of which 1,000 came; the agreement starts on 20 April
    day = "2019-04-01"
    facts = {
        **ONE_DRUG,
        "drugs": {"complete": "yes", "entries": [{"id": "A", "selected_price": "0.60"}]},
        "agreements": agreement(),
        "agreement_lines": line(quantity="10000"),
        "prepayments": whole(day, {"agreement": "G1", "day": "2019-03-25", "amount": "1000.00"}),
    }
    facts["agreements"]["entries"][0]["start"] = "2019-04-20"
    ahead = what_next("nhsa_2019_18", facts, day, readings={"execution": "contract"}, only=["prepayment"])
    (step,) = [step for step in ahead.steps if step.kind == "prevent"]
    (todo,) = step.todo
    assert (todo.list, todo.refs, todo.amount, todo.last) == (
        "prepayments",
        {"agreement": "G1"},
        "800.00",
        "2019-04-19",
    )
    assert [text.zh for text in todo.by] == ["医保经办机构"]
    assert step.begins == "2019-04-20"


def test_hechuan_pay_before_the_fund_may_pay_directly():
    # due on 20 August 2025; five working days before it: 13 August (13, 14, 15, 18, 19)
    day = "2025-08-01"
    receipt = {"id": "R", "product": "AS", "accepted_on": "2025-07-20", "due_on": "2025-08-20", "amount": "900.00",
               "centrally_procured": "yes"}  # fmt: skip
    facts = {**ONE_DRUG, "receipts": whole(day, receipt), "payments": whole(day), "acts": whole(day),
             "agreements": agreement("2026-07-01")}  # fmt: skip
    ahead = what_next("hechuan_2025", facts, day, to="2025-09-10")
    coming = {item.outcome for item in ahead.coming}
    assert "direct_payment@R" in coming


# ── Slips, order, the same bytes ─────────────────────────────────────────────────────────────────────────────────────


def test_slips_are_findings():
    for wrong in ({"only": ["quarterly_warnin"]}, {"to": "2020-01-01"}, {"to": "2020-02-30"},
                  {"readings": {"volume": "sold"}}):  # fmt: skip
        with pytest.raises(InputError):
            what_next("guizhou_2019", tablets("2020-03-15", 1, 1), "2020-03-15", **wrong)


def test_json_is_stable_and_in_order():
    facts = bill("2020-01-15", "2020-01-10")
    first, second = (what_next("guizhou_2019", facts, "2020-01-15").to_json() for _ in range(2))
    assert first == second
    assert Ahead.model_validate_json(first).to_json() == first
    lasts = [step["last"] for step in json.loads(first)["steps"] if step["kind"] == "prevent"]
    assert lasts == sorted(lasts)
