"""The twenty worked examples of SEMANTICS 8, each on a policy of its own: value, standing, needs."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from inline import case_of, day, decide, needs, needs_of, outcome, policy, shown, value_of

from vbprules.values.forks import under
from vbprules.values.ranges import INF, NEG, Range, exactly

# ── 1–5: a quarterly ladder ──────────────────────────────────────────────────────────────────────────────────────────

LADDER = policy(
    """
readings: {volume: {asks: 何量, cite: C, options: {both: 两者, purchased: 采购, used: 使用}, preferred: both}}
quantities:
  done: {label: 完成, per: target, is: {reading: volume, both: {least: [purchased, used]}, purchased: purchased, used: used}}
  completion: {label: 比例, per: target, is: {ratio: [done, set_volume]}}
provisions:
  warning: {sanction: 预警, cite: C, by: insurance_agency, for_each: target, when: {completion: {below: 80%}}, once: yes, silent: [from]}
  suspension:
    sanction: 暂停
    cite: C
    by: insurance_agency
    for_each: target
    when: {completion: {below: 70%}}
    from: {reading: volume, both: {start_of: next month, of: period_end}, purchased: {start_of: next month, of: period_end}, used: {start_of: next quarter, of: {day_after: period_end}}}
    silent: [until]
"""
)


def quarter(set_volume: str | None, purchases: Any, uses: Any) -> dict[str, Any]:
    target = {"drug": "A", "period": "2020Q1"} | ({"set_volume": set_volume} if set_volume else {})
    return {
        "drugs": {"complete": "yes", "entries": [{"id": "A"}]},
        "products": {"complete": "yes", "entries": [{"id": "P", "drug": "A", "selected": "yes"}]},
        "targets": {"complete": "yes", "entries": [target]},
        "purchases": purchases,
        "uses": uses,
        "acts": "none",
    }


def bought(quantity: int, through: str | None = "2020-04-10", on: str = "2020-02-01") -> dict[str, Any]:
    return ({"complete_through": through} if through else {}) | {
        "entries": [{"product": "P", "day": on, "quantity": quantity}]
    }


def ladder(facts: dict[str, Any], id: str, as_of: str = "2020-04-10") -> Any:
    return outcome(LADDER, facts, as_of, f"{id}@A@2020Q1")


def completion(facts: dict[str, Any], as_of: str = "2020-04-10", **chosen: str) -> Range:
    found = under(value_of(case_of(LADDER, facts, as_of), "completion", "target"), chosen)
    assert isinstance(found, Range)
    return found


def share(low: str, high: str | None = None) -> Range:
    return Range(Fraction(low), INF if high is None else Fraction(high))


def test_example_1_uses_known_through_february_only() -> None:
    facts = quarter("100000", bought(60_000), bought(60_000, "2020-02-29"))
    assert completion(facts, volume="purchased") == share("0.6", "0.6")
    assert completion(facts, volume="used") == share("0.6")
    assert completion(facts, volume="both") == share("0.6", "0.6")
    state = ladder(facts, "suspension").triggered
    assert shown(state) == {"volume=both": "settled yes", "volume=purchased": "settled yes", "volume=used": "open open"}
    assert needs(state) == ["list uses A@2020Q1 through 2020-03-31"]
    assert [branch.preferred for branch in state.branches] == [True, False, False]


def test_example_2_exactly_eighty_percent() -> None:
    found = ladder(quarter("100000", bought(80_000), bought(80_000)), "warning")
    assert shown(found.state) == "settled not_triggered" and shown(found.triggered) == "settled no"
    assert shown(ladder(quarter("100000", bought(79_999), bought(79_999)), "warning").state) == "settled due"


def test_example_3_bought_and_used_differ() -> None:
    facts = quarter("100000", bought(85_000), bought(65_000))
    assert [completion(facts, volume=v) for v in ("both", "purchased", "used")] == [
        share(x, x) for x in ("0.65", "0.85", "0.65")
    ]
    found = ladder(facts, "suspension")
    assert shown(found.triggered) == {
        "volume=both": "settled yes",
        "volume=purchased": "settled no",
        "volume=used": "settled yes",
    }
    below = ladder(quarter("100000", bought(65_000), bought(60_000)), "suspension")
    assert shown(below.triggered) == "settled yes"  # each attribute has its own readings
    assert shown(below.attributes["from"]) == {
        "volume=both": "settled 2020-04-01",
        "volume=purchased": "settled 2020-04-01",
        "volume=used": "settled 2020-07-01",
    }


def test_example_4_no_denominator() -> None:
    zero = ladder(quarter("0", bought(0), bought(0)), "warning").triggered
    assert shown(zero) == "open open" and needs(zero) == ["undefined completion A@2020Q1"]
    unknown = ladder(quarter(None, bought(5), bought(5)), "warning").triggered
    assert shown(unknown) == "open open" and needs(unknown) == ["fact set_volume A@2020Q1"]
    assert completion(quarter(None, bought(5), bought(5)), volume="both") == Range(NEG, INF)


def test_example_5_a_running_quarter() -> None:
    """85% so far: no warning whatever comes; 50% so far: pending."""
    enough = quarter("100000", bought(85_000, "2020-02-15"), bought(85_000, "2020-02-15"))
    assert completion(enough, "2020-02-15", volume="both") == share("0.85")
    assert shown(ladder(enough, "warning", "2020-02-15").state) == "settled not_triggered"
    half = ladder(
        quarter("100000", bought(50_000, "2020-02-15"), bought(50_000, "2020-02-15")), "warning", "2020-02-15"
    )
    assert shown(half.triggered) == "open open" and needs(half.triggered) == ["time after 2020-03-31"]


# ── 6–12: payment, warning, withholding, lifting ─────────────────────────────────────────────────────────────────────

PAYMENT = policy(
    """
readings: {first: {asks: 首日, cite: C, options: {next: 次日, same: 当日}, preferred: next}}
provisions:
  pay: {obligation: 付款, cite: C, by: institution, for_each: receipt, due: {count: 30 days, after: accepted_on}, done: settled_on, sanctioned_by: [warning, withholding]}
  warning: {sanction: 预警, cite: C, by: insurance_agency, for_each: receipt, when: {overdue: pay}, once: yes, silent: [from]}
  withholding:
    sanction: 暂缓
    cite: C
    by: insurance_agency
    for_each: receipt
    when: [{imposed: warning}, {settled_on: {after: {count: 10 working days, after: {date_of: warning}}}}]
    from: {day_after: {count: 10 working days, after: {date_of: warning}}}
    until: {day_after: settled_on}
""",
    "{first_day: {reading: first, next: next_day, same: same_day}}",
)


def owed(payments: Any, as_of: str, id: str = "pay", accepted: str = "2020-03-02", acts: Any = "none") -> Any:
    receipts = {"complete": "yes", "entries": [{"id": "R7", "accepted_on": accepted, "amount": "100.00"}]}
    return outcome(PAYMENT, {"receipts": receipts, "payments": payments, "acts": acts}, as_of, f"{id}@R7")


def test_example_6_nothing_recorded_and_the_list_open() -> None:
    found = owed([], "2020-05-01")
    assert shown(found.state) == "open timeliness_unknown"
    assert needs(found.state) == ["list payments R7 through 2020-04-01"]


def test_example_7_complete_through_the_deadline() -> None:
    found = owed({"complete_through": "2020-04-15", "entries": []}, "2020-05-01")
    assert found.state.value in ("breached_unrecorded", "breached_unperformed") and not found.state.branches
    assert shown(found.attributes["due"]) == {"first=next": "settled 2020-04-01", "first=same": "settled 2020-03-31"}
    assert shown(owed("none", "2020-05-01").state) == "settled breached_unperformed"
    assert found.consequence is not None and found.consequence.en.startswith("consequence")


def test_example_8_paid_in_full_three_days_late() -> None:
    found = owed([{"receipt": "R7", "day": "2020-04-03", "amount": "100.00"}], "2020-05-01")
    assert shown(found.state) == "settled breached_met_late" and shown(found.attributes["done"]) == "settled 2020-04-03"


def test_example_9_accepted_some_day_in_march() -> None:
    found = owed({"complete_through": "2020-05-20", "entries": []}, "2020-05-20", accepted="2020-03")
    assert shown(found.state) == "settled breached_unperformed"
    assert shown(found.attributes["due"]) == {
        "first=next": "open 2020-03-31..2020-04-30",
        "first=same": "open 2020-03-30..2020-04-29",
    }
    assert needs(found.attributes["breached_on"]) == ["fact accepted_on R7"]


def test_example_10_no_warning_recorded() -> None:
    """Due, no act on record; what hangs on the warning needs the acts, or is not triggered."""
    assert shown(owed("none", "2020-05-01", "warning", acts=[]).state) == "open due_unrecorded"
    assert shown(owed("none", "2020-05-01", "warning").state) == "settled due"
    later = owed("none", "2020-05-01", "withholding", acts=[])
    assert shown(later.state) == "open trigger_unknown" and "list acts through 2020-05-01" in needs(later.state)
    assert shown(owed("none", "2020-05-01", "withholding").state) == "settled not_triggered"


def test_example_11_ten_working_days_over_the_spring_festival() -> None:
    acts = {"complete": "yes", "entries": [{"of": "warning", "subject": "R7", "day": "2020-01-17"}]}
    found = owed("none", "2020-03-01", "withholding", accepted="2019-12-01", acts=acts)
    assert shown(found.triggered) == "settled yes" and shown(found.state) == "settled due"
    assert shown(found.attributes["from"]) == {"first=next": "settled 2020-02-08", "first=same": "settled 2020-02-07"}
    recorded = {
        "complete": "yes",
        "entries": [*acts["entries"], {"of": "withholding", "subject": "R7", "day": "2020-02-10"}],
    }
    assert (
        shown(owed("none", "2020-03-01", "withholding", accepted="2019-12-01", acts=recorded).state)
        == "settled in_force"
    )


LIFT = policy(
    """
readings: {through: {asks: 计到何季, cite: C, options: {failed: 该季, later: 至今}}}
quantities:
  to_this: {label: 至该季, per: target, is: {sum: set_volume, over: target, in: drug, through: period_end}}
  to_all: {label: 全部, per: target, is: {sum: set_volume, over: target, in: drug}}
  reached: {label: 达到日, per: target, is: {first_day: {sum: quantity, over: purchase, in: drug, where: is_selected},
    reaches: {reading: through, failed: to_this, later: to_all}}}
provisions:
  suspension: {sanction: 暂停, cite: C, by: insurance_agency, for_each: target, when: {purchased: {below: {share: 70%, of: set_volume}}},
    from: {start_of: next month, of: period_end}, until: reached}
"""
)


def test_example_12_the_day_on_which_the_total_is_reached() -> None:
    entries = [("2020-02-01", 65_000), ("2020-05-20", 35_000), ("2020-07-20", 70_000)]
    rows = [{"product": "P", "day": on, "quantity": quantity} for on, quantity in entries]

    def until(purchases: Any) -> Any:
        facts = quarter("100000", purchases, "none")
        second = {"drug": "A", "period": "2020Q2", "set_volume": "100000"}
        facts["targets"] = {"complete": "yes", "entries": [*facts["targets"]["entries"], second]}
        return outcome(LIFT, facts, "2020-07-25", "suspension@A@2020Q1")

    complete = until({"complete_through": "2020-07-25", "entries": rows})
    assert shown(complete.attributes["until"]) == {
        "through=failed": "settled 2020-05-20",
        "through=later": "open at_least 2020-07-26",
    }
    assert needs(complete.attributes["until"]) == ["time after 2020-07-25"]
    assert shown(complete.state) == {"through=failed": "settled no_longer_due", "through=later": "settled due"}
    through_quarter = until({"complete_through": "2020-03-31", "entries": rows})
    assert shown(through_quarter.attributes["until"]) == {
        "through=failed": "open 2020-04-01..2020-05-20",
        "through=later": "open at_least 2020-04-01",
    }
    assert needs(through_quarter.attributes["until"]) == [
        "list purchases A@2020Q1 through 2020-07-25",
        "time after 2020-07-25",
    ]


# ── 13, 14: prepayment ───────────────────────────────────────────────────────────────────────────────────────────────

PREPAYMENT = policy(
    """
readings:
  base: {asks: 基数, cite: C, options: {agreed: 约定, bought: 已购, unpaid: 未付, to_buy: 未购}, preferred: agreed}
  reached: {asks: 达到或超过, cite: C, options: {at_least: 达到, above: 超过}}
quantities:
  half_bought: {label: 采购比例, per: agreement_line, is: {ratio: [purchased, quantity]}}
  half: {label: 采购比例, per: agreement, is: {lowest: half_bought, over: agreement_line}}
provisions:
  second:
    entitlement: 再预付
    cite: C
    by: insurance_fund
    toward: institution
    for_each: agreement
    when: {half: {reading: reached, at_least: {at_least: 50%}, above: {above: 50%}}}
    amount:
      reading: base
      agreed: {exactly: 40%, of: agreed_amount}
      bought: {exactly: 40%, of: purchased_amount}
      unpaid: {exactly: 40%, of: {difference: [agreed_amount, prepaid]}}
      to_buy: {exactly: 40%, of: {difference: [agreed_amount, purchased_amount]}}
    silent: [due]
"""
)


def prepayment(quantity: int, complete: bool = True) -> Any:
    entries = [{"product": "P", "day": "2019-09-10", "quantity": quantity, "amount": f"{quantity * 100}.00"}]
    facts = {
        "products": {"complete": "yes", "entries": [{"id": "P", "selected": "yes"}]},
        "agreements": {"complete": "yes", "entries": [{"id": "G", "signed_on": "2019-02-20", "start": "2019-03-25", "end": "2020-03-24", "amount": "1000000.00"}]},
        "agreement_lines": {"complete": "yes", "entries": [{"id": "L", "agreement": "G", "product": "P", "quantity": "10000"}]},
        "purchases": {"complete": "yes", "entries": entries} if complete else entries,
        "prepayments": {"complete": "yes", "entries": [{"agreement": "G", "day": "2019-04-02", "amount": "500000.00"}]},
    }  # fmt: skip
    return outcome(PREPAYMENT, facts, "2020-04-08", "second@G")


def test_example_13_the_base_of_forty_percent() -> None:
    found = prepayment(6_000)
    assert shown(found.triggered) == "settled yes"
    assert shown(found.attributes["amount"]) == {
        "base=agreed": "settled 400000.00",
        "base=bought": "settled 240000.00",
        "base=to_buy": "settled 160000.00",
        "base=unpaid": "settled 200000.00",
    }
    assert [branch.preferred for branch in found.attributes["amount"].branches] == [True, False, False, False]
    assert found.attributes["due"].standing == "silent"


def test_example_14_exactly_half_with_an_open_list() -> None:
    found = prepayment(5_000, complete=False)
    assert shown(found.triggered) == {"reached=at_least": "settled yes", "reached=above": "open open"}
    assert needs(found.triggered) == ["list purchases L through 2020-03-24"]
    assert shown(prepayment(5_000).triggered) == {"reached=at_least": "settled yes", "reached=above": "settled no"}


# ── 15, 16: direct payment, working days before a due day ────────────────────────────────────────────────────────────

DIRECT = policy(
    """
readings: {which: {asks: 何日, cite: C, options: {a: 到期前第五个工作日, b: 其次日, c: 到期次日, d: 到期后第五个工作日}}}
quantities:
  trigger_day:
    label: 触发日
    per: receipt
    is: {reading: which, a: {count: 5 working days, before: due_on}, b: {day_after: {count: 5 working days, before: due_on}},
         c: {day_after: due_on}, d: {count: 5 working days, after: due_on}}
provisions:
  direct: {permission: 直接支付, cite: C, by: insurance_agency, for_each: receipt,
           when: [{settled_on: {after: as_of}}, {trigger_day: {on_or_before: as_of}}], from: trigger_day}
"""
)


def direct(due_on: str | None, as_of: str, accepted: str = "2025-01-02") -> Any:
    receipt = {"id": "R1", "accepted_on": accepted, "amount": "100.00"} | ({"due_on": due_on} if due_on else {})
    return outcome(DIRECT, {"receipts": [receipt], "payments": "none"}, as_of, "direct@R1")


def test_example_15_five_working_days_around_the_due_day() -> None:
    found = direct("2025-08-20", "2025-09-25")
    assert shown(found.triggered) == "settled yes"
    assert shown(found.attributes["from"]) == {
        "which=a": "settled 2025-08-13",
        "which=b": "settled 2025-08-14",
        "which=c": "settled 2025-08-21",
        "which=d": "settled 2025-08-27",
    }
    missing = direct(None, "2025-09-25").triggered
    assert needs(missing) == ["fact due_on R1"]


def test_example_16_a_year_that_is_not_published() -> None:
    middle = direct("2027-01-05", "2026-12-28").triggered
    assert shown(middle) == {
        "which=a": "open open",
        "which=b": "open open",
        "which=c": "settled no",
        "which=d": "settled no",
    }
    assert needs(middle) == ["calendar 2027"]
    later = direct("2027-01-05", "2027-01-01").triggered
    assert shown(later)["which=a"] == "settled yes"  # type: ignore[index]


# ── 17, 18: what another instrument or nobody says ───────────────────────────────────────────────────────────────────


def test_example_17_no_conversion_ratio() -> None:
    program = policy(
        """
provisions:
  cap: {prohibition: 非中选上限, cite: C, by: institution, for_each: target, forbids: {nonselected_converted: {above: selected_purchased}}}
"""
    )
    facts = quarter("100000", "none", "none")
    facts["products"]["entries"].append({"id": "N", "drug": "A", "selected": "no"})
    rows = [
        {"product": "P", "day": "2020-02-01", "quantity": 60_000},
        {"product": "N", "day": "2020-02-01", "quantity": 100_000},
    ]
    facts["purchases"] = {"complete": "yes", "entries": rows}
    found = outcome(program, facts, "2020-04-10", "cap@A@2020Q1")
    assert shown(found.state) == "open breach_unknown" and needs(found.state) == ["fact conversion N"]
    for ratio, state in (("0.5", "observed"), ("0.6", "observed"), ("0.600001", "breached")):
        facts["products"]["entries"][1]["conversion"] = ratio
        assert shown(outcome(program, facts, "2020-04-10", "cap@A@2020Q1").state) == f"settled {state}"


def test_example_18_an_unknown_day_of_issue() -> None:
    program = policy(
        """
readings: {base: {asks: 基数, cite: C, options: {contract: 合同, task: 任务}}}
provisions:
  prepay: {entitlement: 预付, cite: C, by: insurance_fund, for_each: agreement, silent: [due],
           amount: {reading: base, contract: {at_least: 30%, of: amount}, task: {at_least: 30%, of: task_amount}}}
""",
        issued="not_stated",
        in_force="{from: issued, until: silent}",
    )
    row = {"id": "G", "signed_on": "2020-03-01", "amount": "2000000.00", "task_amount": "2400000.00"}
    found = outcome(program, {"agreements": [row]}, "2020-05-01", "prepay@G")
    assert shown(found.state) == "open trigger_unknown" and found.would_be
    assert needs(found.state) == ["fact document.issued"]
    assert shown(found.attributes["amount"]) == {
        "base=contract": "settled at_least 600000.00",
        "base=task": "settled at_least 720000.00",
    }
    given = [{"name": "document.issued", "value": "2020-01-20", "source": "公报"}]
    assert not outcome(program, {"agreements": [row], "given": given}, "2020-05-01", "prepay@G").would_be
    late = [{"name": "document.issued", "value": "2020-04-01", "source": "公报"}]
    assert decide(program, {"agreements": [row], "given": late}, "2020-05-01").outcomes == ()


# ── 19, 20: judgements ───────────────────────────────────────────────────────────────────────────────────────────────

GROUNDS = policy(
    """
questions:
  suspected: {asks: 是否涉嫌, cite: C, by: insurance_agency, per: conduct}
  no_ground: {asks: 有无合理理由, cite: C, by: insurance_agency, per: conduct}
lists:
  closed_list: {closed: [total_cost], cite: C}
  open_list: {open: [total_cost], cite: C}
provisions:
  closed: {prohibition: 不得以此为由, cite: C, by: institution, for_each: conduct, forbids: {ground: {in: closed_list}}}
  open: {prohibition: 不得以此为由, cite: C, by: institution, for_each: conduct, forbids: {ground: {in: open_list}}}
  refuse: {sanction: 不予支付, cite: C, by: insurance_fund, hedge: 可, for_each: conduct, when: [{judge: suspected}, {judge: no_ground}], silent: [from, until]}
"""
)


def conduct(id: str, ground: str | None = "drug_share", acts: Any = "none", **answers: str) -> Any:
    row = {"id": "C", "day": "2020-03-01"} | ({"ground": ground} if ground else {})
    determinations = [{"question": q, "subject": "drug_share" if q == "open_list" else "C", "answer": a, "by": "insurance_agency", "day": "2020-04-01"}
                      for q, a in answers.items()]  # fmt: skip
    facts = {"conducts": [row], "determinations": determinations, "acts": acts}
    return outcome(GROUNDS, facts, "2020-05-01", f"{id}@C")


def test_example_19_a_ground_that_the_list_does_not_name() -> None:
    assert shown(conduct("closed").state) == "settled observed"
    found = conduct("open").state
    assert shown(found) == "open breach_unknown" and needs(found) == ["judgement open_list drug_share"]
    assert shown(conduct("open", open_list="yes").state) == "settled breached"
    assert shown(conduct("open", open_list="no").state) == "settled observed"
    assert [shown(conduct(id, "total_cost").state) for id in ("closed", "open")] == ["settled breached"] * 2
    assert needs(conduct("open", None).state) == ["fact ground C"]


def test_example_20_two_judgements_and_discretion() -> None:
    found = conduct("refuse")
    assert shown(found.state) == "open trigger_unknown" and found.mode == "may"
    assert needs(found.triggered) == ["judgement no_ground C", "judgement suspected C"]
    assert needs(conduct("refuse", suspected="yes").triggered) == ["judgement no_ground C"]
    assert shown(conduct("refuse", suspected="no").state) == "settled not_triggered"
    both = {"suspected": "yes", "no_ground": "yes"}
    assert shown(conduct("refuse", **both).state) == "settled may_be_imposed"
    assert shown(conduct("refuse", acts=[], **both).state) == "open may_be_imposed_unrecorded"
    act = {"complete": "yes", "entries": [{"of": "refuse", "subject": "C", "day": "2020-04-20"}]}
    assert shown(conduct("refuse", acts=act, **both).state) == "settled in_force"


# ── Exactness ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("quantity", "state"), [(20_000_000, "settled due"), (20_000_001, "settled not_triggered")])
def test_one_unit_in_twenty_million(quantity: int, state: str) -> None:
    """80% of 25,000,001 is 20,000,000.8: one unit decides, and no float is near."""
    facts = quarter("25000001", bought(quantity), bought(quantity))
    assert shown(ladder(facts, "warning").state) == state
    assert completion(facts, volume="both") == exactly(Fraction(quantity, 25_000_001))


def test_needs_of_an_open_condition_are_the_same_bytes_every_time() -> None:
    facts = quarter(None, [], [])
    asked = {tuple(needs_of(case_of(LADDER, facts, "2020-04-10"), "completion", "target")) for _ in range(3)}
    assert len(asked) == 1
    assert day("2020-04-10") == 737525
