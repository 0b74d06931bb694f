"""渝府办发〔2019〕29号 and 合川府办发〔2025〕22号 on one hospital. Expected values come from the two texts and the calendar.

The receipt falls due by contract on Wednesday 2025-08-20. 逾期前5个工作日 has four readings: five working days before
that day (08-13), five before the first overdue day (08-14), the first overdue day (08-21), five after the due day (08-27).
No holiday lies between. 二(七) of the municipal plan has no days of its own; the contract has. Neither document's clauses
on its rank reach the other: the municipal plan is neither later than the district's nor a district document.
"""

from __future__ import annotations

from typing import Any

import pytest
from two_documents import claims

from vbprules.together.joint import evaluate_together
from vbprules.together.model import JointDecision, Overlap

CITY, DISTRICT = "chongqing_2019", "hechuan_2025"
IN_FORCE = {"lapse": "continues"}  # the municipal plan sets no end; its stages end in March 2020


def hospital(**institution: str) -> dict[str, Any]:
    known = {"kind": "hospital", "ownership": "public", "level": "district", "designated": "yes", "joined": "no"}
    receipts = [
        {"id": "R0", "agreement": "H", "product": "P", "accepted_on": "2025-06-20", "due_on": "2025-08-20",
         "amount": "50000.00", "centrally_procured": "yes"},
        {"id": "R1", "agreement": "H", "product": "P", "accepted_on": "2025-07-10", "due_on": "2025-08-20",
         "amount": "100000.00", "centrally_procured": "yes"},
    ]  # fmt: skip
    return {
        "institution": {**known, **institution},
        "products": {"complete": "yes", "entries": [{"id": "P", "drug": "A", "class": "selected", "selected": "yes"}]},
        "suppliers": {"complete": "yes", "entries": [{"id": "S", "kind": "distributor"}]},
        "agreements": {
            "complete": "yes",
            "entries": [{"id": "H", "supplier": "S", "signed_on": "2025-06-10", "start": "2025-06-10", "end": "2026-06-09",
                         "amount": "1000000.00"}],
        },
        "receipts": {"complete": "yes", "entries": receipts},
        "payments": "none",
        "prepayments": "none",
        "acts": "none",
        "performances": "none",
    }  # fmt: skip


def decide(facts: dict[str, Any], as_of: str, readings: dict[str, str] | None = None) -> JointDecision:
    chosen = IN_FORCE if readings is None else readings
    return evaluate_together([CITY, DISTRICT], facts, as_of, readings=chosen, check=False, explain=False)


def on(found: JointDecision, matter: str) -> list[Overlap]:
    return [item for item in found.overlaps if matter in {one.id for one in item.matters}]


def pairs(overlaps: list[Overlap]) -> set[tuple[str, str]]:
    return {(item.sides[0].outcome, item.sides[1].outcome) for item in overlaps}


@pytest.fixture(scope="module")
def both() -> JointDecision:
    return decide(hospital(), "2025-09-25")


def test_no_clause_ranks_the_two(both) -> None:
    relation = both.relation(DISTRICT, CITY)
    assert (relation.ranking, relation.over) == ("unranked", None)
    told = {claim.relation: claim for claim in claims(both)}
    assert {claim.policy for claim in told.values()} == {DISTRICT}
    assert [str(cited) for cited in told["yields_to"].clauses] == ["附则“如遇国家和市级政策调整”"]
    assert [text.en for text in told["yields_to"].why] == [
        "it names later documents; this one was issued on 2025-06-27, the other on 2019-03-08"
    ]
    assert [str(cited) for cited in told["displaces"].clauses] == ["附则“以本方案为准”"]
    assert told["displaces"].reaches == "no"
    assert told["displaces"].why[0].zh == "该条指区县级文件，另一文件为省级（含直辖市）"


def test_the_unpaid_receipt_under_both(both) -> None:
    pay = both.outcome(f"{CITY}:pay_by_contract@R1")
    assert (pay.state.value, pay.attributes["due"].value) == ("breached_unperformed", "2025-08-20")
    assert {cited.clause for cited in pay.clauses} == {"二(七)"}
    day = both.outcome(f"{DISTRICT}:direct_payment_day@R1")
    unmoved = {b.readings["five_days"]: b.value for b in day.attributes["value"].branches}
    assert unmoved == {"before_due": "2025-08-13", "before_overdue": "2025-08-14", "on_overdue": "2025-08-21", "after_due": "2025-08-27"}  # fmt: skip
    direct = both.outcome(f"{DISTRICT}:direct_payment@R1")
    assert (direct.mode, direct.state.value, direct.attributes["amount"].value) == ("may", "available", "100000.00")
    assert {cited.clause for cited in direct.clauses} == {"二(二)5"}


def test_payment_is_laid_side_by_side_and_not_netted(both) -> None:
    found = [item for item in on(both, "payment_of_goods") if item.subject == "R1"]
    assert pairs(found) == {
        (f"{CITY}:pay_by_contract@R1", f"{DISTRICT}:direct_payment_day@R1"),
        (f"{CITY}:pay_by_contract@R1", f"{DISTRICT}:direct_payment@R1"),
        (f"{CITY}:pay_by_contract@R1", f"{DISTRICT}:direct_payment_duty@R1"),
    }
    assert all(
        "bearer" in item.unlike and item.comparisons == () for item in found
    )  # the hospital owes, the fund may pay
    assert {item.ranking for item in found} == {"unranked"}
    assert both.conflicts == ()


def test_goods_accepted_before_the_district_plan_are_under_it_by_reading(both) -> None:
    """The district plan has no transition: accepted on 2025-06-20, trigger days from 2025-08-13 on."""
    assert both.outcome(f"{CITY}:pay_by_contract@R0").state.value == "breached_unperformed"
    found = [item for item in on(both, "payment_of_goods") if item.subject == "R0"]
    assert found
    assert {under.get(f"{DISTRICT}:old_goods") for item in found for under in item.sides[1].under} == {"trigger"}
    alone = decide(hospital(), "2025-09-25", {**IN_FORCE, f"{DISTRICT}:old_goods": "accepted"})
    assert not [item for item in on(alone, "payment_of_goods") if item.subject == "R0"]
    outside = {item.id: item.reason.zh for item in alone.decision(DISTRICT).not_applicable}
    assert outside["direct_payment@R0"] == "不在文件有效期内"


def test_prepayment_is_set_by_the_city_alone(both) -> None:
    half = both.outcome(f"{CITY}:prepayment@H").attributes["amount"]
    by_base = {branch.readings["prepay_base"]: branch.value for branch in half.branches}
    assert by_base["contract"] == "at_least 500000.00"
    gaps = [gap for gap in both.gaps if gap.kind == "matter" and gap.matters[0].id == "prepayment"]
    assert [(gap.silent, [side.outcome for side in gap.sets]) for gap in gaps] == [(DISTRICT, [f"{CITY}:prepayment@H"])]
    assert [str(cited) for cited in gaps[0].sets[0].clauses] == ["二(七)“不低于采购金额的50%提前预付”"]


def test_the_choice_of_distributor_stands_in_both(both) -> None:
    found = on(both, "distributor_choice")
    assert (f"{CITY}:choose_distributor@S", f"{DISTRICT}:maker_chooses@S") in pairs(found)
    assert (f"{CITY}:choose_distributor@S", f"{DISTRICT}:institution_chooses") in pairs(found)
    by_pair = {item.sides[1].outcome: item.unlike for item in found}
    assert by_pair[f"{DISTRICT}:maker_chooses@S"] == ()
    assert by_pair[f"{DISTRICT}:institution_chooses"] == ("modality", "bearer", "entity")


def test_measures_of_both_documents_stand(both) -> None:
    findings = [
        {"question": f"{CITY}:irregular", "answer": "yes", "by": "health_commission", "day": "2025-09-01"},
        {"question": f"{DISTRICT}:irregular", "answer": "yes", "by": "unnamed_authority", "day": "2025-09-02"},
    ]
    found = decide({**hospital(), "determinations": findings}, "2025-09-25")
    city, notice = (
        found.outcome(f"{CITY}:irregular_discipline"),
        found.outcome(f"{DISTRICT}:irregular_purchasing.notice"),
    )
    assert (city.state.value, notice.state.value) == ("due", "may_be_imposed")
    assert len(on(found, "irregular_purchase")) == 6  # each of the district's six measures beside the city's discipline
    assert found.conflicts == ()


def test_whether_the_city_plan_goes_on_is_a_reading() -> None:
    found = decide(hospital(), "2025-09-25", readings={})
    force = {item.policy: item.in_force for item in found.documents}
    assert {b.readings["lapse"]: b.value for b in force[CITY].branches} == {"continues": "yes", "stages": "no"}
    assert (force[DISTRICT].standing, force[DISTRICT].value) == ("settled", "yes")
    pair = next(item for item in on(found, "payment_of_goods") if item.subject == "R1")
    assert (pair.sides[0].in_play, pair.sides[0].under) == ("by_reading", ({f"{CITY}:lapse": "continues"},))
    assert (pair.sides[1].in_play, pair.sides[1].under) == ("settled", ())
    ended = decide(hospital(), "2025-09-25", readings={"lapse": "stages"})
    assert ended.overlaps == ()


def test_a_municipal_hospital_is_under_the_city_alone() -> None:
    found = decide(hospital(level="city"), "2025-09-25")
    assert found.outcome(f"{CITY}:pay_by_contract@R1").attributes["due"].value == "2025-08-20"
    assert found.decision(DISTRICT).of("institution_chooses") == ()
    assert found.decision(DISTRICT).outcome("direct_payment@R1").state.value == "not_triggered"
    # what both say of makers does not turn on the hospital
    assert pairs(list(found.overlaps)) == {(f"{CITY}:choose_distributor@S", f"{DISTRICT}:maker_chooses@S")}


@pytest.mark.parametrize(("as_of", "in_force"), [("2025-06-26", "no"), ("2025-06-27", "yes")])
def test_the_day_the_district_plan_begins(as_of: str, in_force: str) -> None:
    found = decide(hospital(), as_of)
    assert next(item for item in found.documents if item.policy == DISTRICT).in_force.value == in_force
    assert bool(found.overlaps) == (in_force == "yes")
    assert found.relation(CITY, DISTRICT).ranking == "unranked"


def test_a_later_municipal_policy_would_go_first(tmp_path) -> None:
    from vbprules.catalog import load, shipped_policies

    text = shipped_policies()[CITY].read_text("utf-8")
    text = text.replace("policy: chongqing_2019", "policy: later_city").replace(
        "issued: 2019-03-08", "issued: 2025-06-28"
    )
    path = tmp_path / "later_city.yaml"
    path.write_text(text, "utf-8")
    found = evaluate_together([load(path), DISTRICT], hospital(), "2025-09-25", check=False, explain=False)
    assert found.relation("later_city", DISTRICT).over == "later_city"
    assert {item.over for item in found.overlaps} == {"later_city"}
    assert found.outcome(f"{DISTRICT}:direct_payment@R1").state.value == "available"  # ranked behind, and still there
