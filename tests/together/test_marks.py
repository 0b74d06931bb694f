"""What the policies are marked with: the same subject in every text that has it, and nothing that merely sounds alike."""

from __future__ import annotations

from typing import Any

import pytest

from vbprules.catalog import load
from vbprules.language.vocabulary import MATTERS
from vbprules.together.joint import evaluate_together
from vbprules.together.model import JointDecision

PROVINCES = ("chongqing_2019", "guizhou_2019", "xian_2019", "yunnan_2020")
STATE = "state_council_2021_2"
# Which of the texts say anything on a matter; read off the documents.
TOLD = {
    "payment_of_goods": {*PROVINCES, "hechuan_2025", STATE},  # 二(七), 五(三), 三(三)2, 四(四), 二(二)5
    "payment_monitoring": {*PROVINCES, "hechuan_2025"},  # 严查; 预警和缓支; 监测回款时间; 全面监测支付情况; 监测预警
    "direct_payment": {"chongqing_2019", "guizhou_2019", "xian_2019", "hechuan_2025", STATE},
    "prepayment": {*PROVINCES, "nhsa_2019_18", STATE},
    "payment_standard": {*PROVINCES, "nhsa_2019_18", STATE},
    "agreed_volume": {"chongqing_2019", "guizhou_2019", "xian_2019", STATE},  # Yunnan has the consequence, not the duty
    "volume_shortfall": set(PROVINCES),
    "nonselected_purchase": {*PROVINCES, STATE},
    "distributor_choice": {"chongqing_2019", "guizhou_2019", "yunnan_2020", "hechuan_2025", STATE},
    "irregular_purchase": {*PROVINCES, "hechuan_2025", STATE},
    "total_budget": {"chongqing_2019", "guizhou_2019", "yunnan_2020", "hechuan_2025"},
    "participation": {*PROVINCES, "hechuan_2025", STATE},
    "agreement_signing": {*PROVINCES, STATE},
    "priority_use": {*PROVINCES, STATE},
    "barred_grounds": set(PROVINCES),
    "platform_purchase": {"guizhou_2019", "yunnan_2020", "hechuan_2025"},
    "listing": {"chongqing_2019", "guizhou_2019", "yunnan_2020"},
    "supply_duty": {"chongqing_2019", "guizhou_2019", "yunnan_2020", STATE},
    "supplier_failure": {"chongqing_2019", "guizhou_2019", "yunnan_2020", "hechuan_2025", STATE},
    "assessment": {*PROVINCES, "hechuan_2025", STATE},
    "agreement_management": {"guizhou_2019", "xian_2019", "yunnan_2020", "hechuan_2025"},
    "retained_surplus": {*PROVINCES, STATE},  # Hechuan's 集采结余留用资金 is other money
    "staff_discipline": set(PROVINCES),
}


def marked(policy: str, matter: str) -> set[str]:
    return {norm.id for norm in load(policy).policy.provisions.values() if matter in norm.matters}


@pytest.mark.parametrize("matter", MATTERS)
def test_a_matter_is_marked_wherever_a_text_has_it(matter: str) -> None:
    policies = (*PROVINCES, "hechuan_2025", "nhsa_2019_18", STATE)
    assert {policy for policy in policies if marked(policy, matter)} == TOLD[matter]


def test_the_surplus_of_medical_services_is_not_the_insurance_surplus() -> None:
    assert marked("chongqing_2019", "retained_surplus") == {"surplus_mechanism"}
    assert marked("guizhou_2019", "retained_surplus") == {"share_surplus"}
    assert marked("yunnan_2020", "retained_surplus") == {"surplus_retention", "overrun_sharing"}
    assert "surplus_to_staff" not in marked("xian_2019", "retained_surplus")


def test_the_duty_to_pay_is_marked_in_each() -> None:
    assert marked("guizhou_2019", "payment_of_goods") == {"settle_by_contract", "pay_supplier"}
    assert marked("xian_2019", "payment_of_goods") == {"settle_with_supplier"}
    assert marked("yunnan_2020", "payment_of_goods") == {"settle_by_agreement"}


def both(first: str, second: str, more: dict[str, Any], as_of: str, readings: dict[str, str]) -> JointDecision:
    facts = {
        "institution": {"kind": "hospital", "ownership": "public", "level": "city", "designated": "yes", "joined": "yes"},
        "drugs": {"complete": "yes", "entries": [{"id": "A", "selected": "yes"}]},
        "products": {"complete": "yes", "entries": [{"id": "P", "drug": "A", "class": "selected", "selected": "yes"}]},
        "acts": "none",
        "performances": "none",
        **more,
    }  # fmt: skip
    return evaluate_together([first, second], facts, as_of, readings=readings, check=False, explain=False)


def test_the_contract_term_beside_thirty_days() -> None:
    """Accepted 2020-03-02: thirty days end on 04-01, the day itself counted on 03-31; the contract says 04-20."""
    receipts = [{"id": "R", "product": "P", "accepted_on": "2020-03-02", "due_on": "2020-04-20", "amount": "1000.00",
                 "centrally_procured": "yes"}]  # fmt: skip
    more = {"receipts": {"complete": "yes", "entries": receipts}, "payments": "none"}
    found = both("chongqing_2019", "guizhou_2019", more, "2020-05-10", {"lapse": "continues"})
    dues = {
        item.sides[1].outcome.partition(":")[2]: item.comparisons
        for item in found.overlaps
        if item.sides[0].outcome == "chongqing_2019:pay_by_contract@R" and not item.unlike
    }
    assert set(dues) == {"settle_by_contract@R", "pay_supplier@R"}
    assert [(item.attribute, item.verdict) for item in dues["settle_by_contract@R"]] == [("due", "same")]
    (thirty,) = dues["pay_supplier@R"]
    assert thirty.verdict == "by_reading"
    told = {
        (branch.readings["guizhou_2019:payment_term"], branch.readings.get("guizhou_2019:first_day", "any")): branch.verdict
        for branch in thirty.branches
    }  # fmt: skip
    assert told[("thirty", "any")] == "different"  # 03-31 or 04-01, never 04-20
    assert told[("contract", "any")] == "same"  # the longer term of the contract


def test_a_barred_ground_is_barred_under_both() -> None:
    conduct = [{"id": "C", "product": "P", "day": "2020-05-06", "kind": "restrict_use", "ground": "drug_share",
                "affects_supply_or_use": "yes"}]  # fmt: skip
    more = {"conducts": {"complete": "yes", "entries": conduct}}
    found = both(
        "chongqing_2019", "guizhou_2019", more, "2020-06-01", {"lapse": "continues", "supply_basis": "preamble"}
    )
    pairs = [item.sides for item in found.overlaps if "barred_grounds" in {one.id for one in item.matters}]
    assert [(one.outcome, other.outcome) for one, other in pairs] == [
        ("chongqing_2019:no_barred_grounds@C", "guizhou_2019:no_pretext@C")
    ]
    assert found.outcome("chongqing_2019:no_barred_grounds@C").state.value == "breached"
    assert found.outcome("guizhou_2019:no_pretext@C").state.value == "breached"
    assert found.conflicts == ()
