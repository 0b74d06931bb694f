"""Norms on one matter: compared where they are alike, in conflict where both bind and differ, never netted."""

from __future__ import annotations

from two_documents import BILL, HOSPITAL, conflicts, document, joint

HOSPITALS = "parties:\n  hospital: {label: 医院, en: hospital, is: {kind: {in: [hospital]}}, cite: C}\n"


def paying(id: str, days: int, more: str = "", matter: str = "payment_of_goods"):
    """A duty to pay within so many days of acceptance; without the first day, 2020-03-02."""
    return document(
        id,
        f"{HOSPITALS}provisions:\n  pay: {{obligation: 付款, en: Pay, cite: C, matter: {matter}, by: hospital, toward: supplier, "
        f"for_each: receipt, due: {{count: {days} days, after: accepted_on}}, done: settled_on{more}}}\n",
    )


def advancing(id: str, amount: str, more: str = "silent: [due]"):
    return document(
        id,
        f"provisions:\n  advance: {{entitlement: 预付, en: Advance, cite: C, matter: prepayment, by: insurance_fund, toward: institution, "
        f"for_each: agreement, amount: {amount}, {more}}}\n",
    )


AGREED = {
    **HOSPITAL,
    "agreements": {"complete": "yes", "entries": [{"id": "H", "signed_on": "2020-01-05", "amount": "1000.00"}]},
}


def test_two_last_days_for_one_payment() -> None:
    found = joint(paying("a", 30), paying("b", 60))
    assert conflicts(found) == [("figures", "due", ("2020-04-01", "2020-05-01"))]
    assert found.conflicts[0].standing == "settled"
    assert [side.outcome for side in found.conflicts[0].sides] == ["a:pay@R1", "b:pay@R1"]
    assert found.outcome("a:pay@R1").state.value == found.outcome("b:pay@R1").state.value == "breached_unperformed"


def test_the_same_day_is_no_conflict() -> None:
    found = joint(paying("a", 30), paying("b", 30))
    assert conflicts(found) == []
    assert [(item.attribute, item.verdict) for item in found.overlaps[0].comparisons] == [("due", "same")]


def test_another_matter_or_none_is_not_compared() -> None:
    assert joint(paying("a", 30), paying("b", 60, matter="direct_payment")).overlaps == ()


def test_floors_differ_and_figures_exclude_each_other() -> None:
    half, third = advancing("a", "{at_least: 50%, of: amount}"), advancing("b", "{at_least: 30%, of: amount}")
    assert conflicts(joint(half, third, facts=AGREED)) == [
        ("figures", "amount", ("at_least 500.00", "at_least 300.00"))
    ]
    exact = advancing("b", "{exactly: 30%, of: amount}")
    assert conflicts(joint(half, exact, facts=AGREED)) == [("disjoint", "amount", ("at_least 500.00", "300.00"))]
    more = advancing("b", "{exactly: 60%, of: amount}")
    assert conflicts(joint(half, more, facts=AGREED)) == [("figures", "amount", ("at_least 500.00", "600.00"))]


def test_an_amount_that_is_not_settled_is_no_conflict() -> None:
    unknown = {**HOSPITAL, "agreements": {"complete": "yes", "entries": [{"id": "H", "signed_on": "2020-01-05"}]}}
    found = joint(
        advancing("a", "{at_least: 50%, of: amount}"), advancing("b", "{exactly: 30%, of: amount}"), facts=unknown
    )
    assert conflicts(found) == []
    assert [(item.attribute, item.verdict) for item in found.overlaps[0].comparisons] == [("amount", "unknown")]


def test_discretion_conflicts_with_no_figure() -> None:
    found = joint(paying("a", 30), paying("b", 60, ", hedge: 可"))
    assert conflicts(found) == []
    assert found.overlaps[0].comparisons[0].verdict == "different"


def test_too_early_for_one_and_too_late_for_the_other() -> None:
    late = paying("b", 60, ", not_before: {count: 40 days, after: accepted_on}")
    found = joint(paying("a", 30), late)
    assert ("days", "due", ("2020-04-01", "2020-04-11")) in conflicts(found)
    assert ("days", "due", ("2020-04-11", "2020-04-01")) in conflicts(joint(paying("c", 30), late))


def test_two_standards_for_one_dispensing() -> None:
    def standard(id: str, value: str):
        return document(
            id,
            f"provisions:\n  split: {{price: 支付标准, en: Standard, cite: C, matter: payment_standard, by: insurance_fund, "
            f"for_each: dispensing, standard: {value}}}\n",
        )

    facts = {
        **HOSPITAL,
        "drugs": {"complete": "yes", "entries": [{"id": "A", "selected_price": "2.00"}]},
        "products": {"complete": "yes", "entries": [{"id": "P", "drug": "A", "price": "5.50"}]},
        "dispensings": [{"id": "D", "product": "P", "day": "2020-03-01", "price": "5.50"}],
    }
    found = joint(standard("a", "selected_price"), standard("b", "price"), facts=facts)
    assert conflicts(found) == [("disjoint", "standard", ("2.00", "5.50"))]
    assert found.outcome("a:split@D").attributes["excess"].value == "3.50"


LEAVE = (
    "provisions:\n  buy: {permission: 可采购, en: May buy, cite: C, matter: nonselected_purchase, by: institution}\n"
)
BAN = "provisions:\n  ban: {prohibition: 不得采购, en: No purchase, cite: C, matter: nonselected_purchase, by: institution}\n"
LIMIT = "provisions:\n  cap: {prohibition: 不得超过, en: Cap, cite: C, matter: nonselected_purchase, by: institution, requires: joined}\n"


def test_leave_against_a_ban_but_not_against_a_limit() -> None:
    found = joint(document("a", LEAVE), document("b", BAN), facts=HOSPITAL)
    assert conflicts(found) == [("permitted_and_prohibited", None, ("", ""))]
    assert conflicts(joint(document("a", LEAVE), document("b", LIMIT), facts=HOSPITAL)) == []


def test_a_duty_of_another_bearer_is_only_shown() -> None:
    fund = document(
        "b",
        "provisions:\n  pay: {obligation: 基金付款, en: Fund pays, cite: C, matter: payment_of_goods, by: insurance_fund, toward: supplier, "
        "for_each: receipt, due: accepted_on}\n",
    )
    found = joint(paying("a", 30), fund)
    assert [item.unlike for item in found.overlaps] == [("bearer",)]
    assert (found.overlaps[0].comparisons, found.conflicts) == ((), ())


def test_what_one_leaves_unsaid_is_a_gap_with_both_clauses() -> None:
    silent = document(
        "b",
        f"{HOSPITALS}provisions:\n  pay: {{obligation: 及时付款, en: Pay soon, cite: C, matter: payment_of_goods, by: hospital, "
        "for_each: receipt, done: settled_on, silent: [due]}\n",
    )
    (gap,) = joint(paying("a", 30), silent).gaps
    assert (gap.kind, gap.attribute, gap.silent) == ("attribute", "due", "b")
    assert gap.silent_side is not None
    assert (gap.sets[0].outcome, gap.silent_side.outcome) == ("a:pay@R1", "b:pay@R1")
    assert [str(cited) for cited in (*gap.sets[0].clauses, *gap.silent_side.clauses)] == ["一“甲”", "一“甲”"]


def test_a_matter_of_one_document_only() -> None:
    found = joint(paying("a", 30), document("b", LEAVE))
    assert [(gap.kind, gap.matters[0].id, gap.silent) for gap in found.gaps] == [
        ("matter", "payment_of_goods", "b"),
        ("matter", "nonselected_purchase", "a"),
    ]


READS = "readings:\n  r: {asks: 几天, en: how long, cite: C, options: {short: 三十天, long: 六十天}}\n"


def test_readings_of_two_documents_are_independent() -> None:
    due = "{reading: r, short: {count: 30 days, after: accepted_on}, long: {count: 60 days, after: accepted_on}}"
    norm = (
        f"{READS}{HOSPITALS}provisions:\n  pay: {{obligation: 付款, en: Pay, cite: C, matter: payment_of_goods, by: hospital, "
        f"for_each: receipt, due: {due}, done: settled_on}}\n"
    )
    first, second = document("a", norm), document("b", norm)
    (compared,) = joint(first, second).overlaps[0].comparisons
    assert compared.verdict == "by_reading"
    assert {tuple(sorted(item.readings.items())): item.verdict for item in compared.branches} == {
        (("a:r", "short"), ("b:r", "short")): "same",
        (("a:r", "long"), ("b:r", "long")): "same",
        (("a:r", "short"), ("b:r", "long")): "different",
        (("a:r", "long"), ("b:r", "short")): "different",
    }
    fixed = joint(first, second, readings={"a:r": "short", "b:r": "long"})
    assert conflicts(fixed) == [("figures", "due", ("2020-04-01", "2020-05-01"))]
    assert (fixed.decision("a").receipt.readings, fixed.decision("b").receipt.readings) == (
        {"r": "short"},
        {"r": "long"},
    )


def test_a_norm_that_binds_under_one_reading_only() -> None:
    when = "{reading: r, short: always, long: {not: always}}"
    first = document(
        "a",
        f"{READS}{HOSPITALS}provisions:\n  pay: {{obligation: 付款, en: Pay, cite: C, matter: payment_of_goods, by: hospital, "
        f"for_each: receipt, when: {when}, due: accepted_on, done: settled_on}}\n",
    )
    found = joint(first, paying("b", 60))
    (item,) = found.conflicts
    assert item.standing == "by_reading"
    assert item.sides[0].under == ({"a:r": "short"},)
    assert item.sides[1].under == ()
    assert joint(first, paying("b", 60), readings={"r": "long"}).overlaps == ()


def test_nothing_is_recorded_nothing_overlaps() -> None:
    assert joint(paying("a", 30), paying("b", 60), facts={**BILL, "receipts": "none"}).overlaps == ()
