"""What once was wrong: each a small dossier that broke a law of SEMANTICS 7, named by what must hold instead."""

from __future__ import annotations

from typing import Any

import pytest
from inline import case_of, decide, needs, needs_of, outcome, policy, program_of, shown, text_of, value_of

from vbprules.diagnostics import InputError
from vbprules.values.ranges import FALSE, INF, NEG, OPEN, TRUE, Range

PAY = policy(
    """
provisions:
  pay: {obligation: 付款, cite: C, by: institution, for_each: receipt, due: {count: 30 days, after: accepted_on}, done: settled_on}
"""
)


def paid(
    payments: Any, amount: str = "100.00", as_of: str = "2020-05-01", accepted: str = "2020-03-02"
) -> tuple[Any, list[str]]:
    """State and needs of a receipt due on 2020-04-01, given its payments."""
    receipts = {"complete": "yes", "entries": [{"id": "R", "accepted_on": accepted, "amount": amount}]}
    found = outcome(PAY, {"receipts": receipts, "payments": payments}, as_of, "pay@R")
    return shown(found.state), needs(found.state)


GOT = policy(
    """
quantities:
  on: {label: 到, per: receipt, is: {first_day: paid, reaches: amount}}
provisions:
  pay: {obligation: 付款, cite: C, by: institution, for_each: receipt, due: {count: 30 days, after: accepted_on}, done: on}
"""
)


def got(payments: Any) -> tuple[Any, list[str]]:
    """The same of a receipt on which more may be paid than is owed."""
    receipts = {"complete": "yes", "entries": [{"id": "R", "accepted_on": "2020-03-02", "amount": "100.00"}]}
    found = outcome(GOT, {"receipts": receipts, "payments": payments}, "2020-05-01", "pay@R")
    return shown(found.state), needs(found.state)


def known(*rows: dict[str, str]) -> dict[str, Any]:
    return {
        "complete_through": "2020-05-01",
        "entries": [{"id": f"p{n}", "receipt": "R", **row} for n, row in enumerate(rows)],
    }


def perhaps(*rows: dict[str, str]) -> list[dict[str, str]]:
    return [{"id": f"p{n}", "receipt": "R", **row} for n, row in enumerate(rows)]


# The day on which a sum is paid


@pytest.mark.parametrize(
    "day", [{}, {"day": "unknown"}, {"day": "at_most 2020-04-20"}, {"day": "2020-03-20..2020-04-20"}, {"day": "2020Q2"}]
)
def test_a_payment_of_uncertain_day_may_have_been_in_time(day: dict[str, str]) -> None:
    if day.get("day") == "2020Q2":  # from 04-01 on, which is the last day
        assert paid(known({"amount": "100.00", **day}))[0] != "settled breached_met_late"
        return
    assert paid(known({"amount": "100.00", **day})) == ("open timeliness_unknown", ["fact day p0"])


@pytest.mark.parametrize("day", [{}, {"day": "at_most 2020-04-20"}, {"day": "2020-03-20..2020-04-20"}])
def test_a_part_paid_on_an_uncertain_day_proves_no_delay(day: dict[str, str]) -> None:
    """Everything on record is part of what was owed: but from the first day on which it can have been paid."""
    state, asked = paid(perhaps({"amount": "60.00", **day}))
    assert state == "open timeliness_unknown"
    assert "list payments R through 2020-04-01" in asked and "fact day p0" in asked


def test_a_part_paid_late_proves_the_delay_whatever_else_is_recorded() -> None:
    late = {"amount": "60.00", "day": "2020-04-10"}
    assert paid(perhaps(late))[0] == "open breached_unrecorded"
    for more in ({"amount": "0..40.00", "day": "2020-03-20"}, {"amount": "10.00"}, {"day": "2020-03-20"}):
        assert paid(perhaps(late, more))[0] == "open breached_unrecorded", more


def test_a_sum_owed_is_not_paid_twice() -> None:
    """Paid in full on day 33: the list may be open, and it was late all the same."""
    assert paid(perhaps({"amount": "100.00", "day": "2020-04-03"})) == ("settled breached_met_late", [])
    with pytest.raises(InputError) as error:
        paid(perhaps({"amount": "300.00", "day": "2020-03-20"}))
    assert [finding.code for finding in error.value.findings] == ["D111"]


def test_nothing_owed_is_paid() -> None:
    assert paid("none", amount="0.00") == ("settled met", [])
    assert paid([], amount="0.00") == ("settled met", [])


def test_the_last_day_of_a_month_that_is_not_over() -> None:
    """A recorded payment in the running month has happened by the as-of date."""
    assert paid(perhaps({"amount": "100.00", "day": "2020-03"}), as_of="2020-04-01")[0] == "settled met"


def test_a_condition_inside_a_running_total_is_no_part_of_it() -> None:
    """Which prepayments count hangs on a list that is open: so does the day, and that list is asked for."""
    program = policy(
        """
terms:
  small: {label: 小, per: agreement, is: {some: {agreement_line: {quantity: {below: 5 units}}}}}
quantities:
  got: {label: 付, per: agreement, is: {sum: amount, over: prepayment, where: small}}
  on: {label: 到, per: agreement, is: {first_day: got, reaches: 10.00 yuan}}
provisions:
  x: {obligation: 清, cite: C, by: institution, for_each: agreement, due: 2020-03-01, done: on}
"""
    )

    def found(lines: Any) -> Any:
        facts = {
            "agreements": {"complete": "yes", "entries": [{"id": "G", "signed_on": "2020-01-01"}]},
            "agreement_lines": lines,
            "prepayments": {"complete": "yes", "entries": [{"agreement": "G", "day": "2020-02-01", "amount": "10.00"}]},
        }
        return outcome(program, facts, "2020-05-01", "x@G").state

    assert shown(found([])) == "open timeliness_unknown"
    assert "list agreement_lines G" in needs(found([]))
    assert shown(found([{"agreement": "G", "quantity": 1}])) == "settled met"
    assert shown(found("none")) == "settled breached_unperformed"


def test_what_no_longer_matters_by_now_mattered_on_the_way() -> None:
    """The total has long passed the target; when it did hangs on the first amount, which is asked for."""
    first = {"amount": "0..40.00", "day": "2020-03-20"}
    rest = [{"amount": "60.00", "day": "2020-03-25"}, {"amount": "50.00", "day": "2020-04-10"}]
    state, asked = got(known(first, *rest))
    assert state == "open timeliness_unknown" and asked == ["fact amount p0"]
    assert got(known({**first, "amount": "40.00"}, *rest))[0] == "settled met"
    assert got(known({**first, "amount": "39.00"}, *rest))[0] == "settled breached_met_late"
    assert got(known(first, {"amount": "0..9.00", "day": "2020-04-05"}, *rest))[1] == ["fact amount p0"]
    assert got(known(first, {"amount": "9.00", "day": "2020-04-05..2020-04-20"}, *rest))[1] == ["fact amount p0"]


def test_a_total_over_a_list_that_is_open_asks_for_that_list_too() -> None:
    """What products there are is open, so what was bought of them may be more."""
    program = policy(
        """
quantities:
  bought: {label: 购, per: product, is: {sum: quantity, over: purchase}}
  all: {label: 购, per: drug, is: {sum: bought, over: product}}
  on: {label: 到, per: drug, is: {first_day: all, reaches: 10 units}}
terms:
  t: {label: 达, per: drug, is: {on: {on_or_before: 2020-03-31}}}
"""
    )
    facts = {
        "drugs": {"complete": "yes", "entries": [{"id": "A"}]},
        "products": [{"id": "P", "drug": "A"}],
        "purchases": {"complete": "yes", "entries": [{"product": "P", "day": "2020-02-01", "quantity": 5}]},
    }
    case = case_of(program, facts, "2020-05-01")
    assert value_of(case, "t", "drug", "A") == OPEN and needs_of(case, "t", "drug", "A") == ["list products A"]


# Totals and extremes


SUMS = policy(
    """
quantities:
  low: {label: 低, per: agreement, is: {lowest: amount, over: prepayment, where: separate_account}}
  high: {label: 高, per: agreement, is: {highest: amount, over: prepayment, where: separate_account}}
  first: {label: 首, per: agreement, is: {lowest: day, over: prepayment, where: separate_account}}
  net: {label: 净, per: agreement, is: {sum: {difference: [amount, 100.00 yuan]}, over: prepayment}}
  net_some: {label: 净, per: agreement, is: {sum: {difference: [amount, 100.00 yuan]}, over: prepayment, where: separate_account}}
  total: {label: 和, per: agreement, is: {sum: amount, over: prepayment}}
  tranches: {label: 批, per: agreement, is: {highest: tranche, over: prepayment}}
  product: {label: 积, per: agreement, is: {product: [{difference: [amount, task_amount]}, tranches]}}
  average: {label: 均, per: agreement, is: {ratio: [task_amount, tranches]}}
terms:
  low_50: {label: 低, per: agreement, is: {low: {below: 50.00 yuan}}}
  high_200: {label: 高, per: agreement, is: {high: {above: 200.00 yuan}}}
provisions:
  d: {definition: 均, cite: C, by: institution, for_each: agreement, value: {exactly: average}}
"""
)


def total(name: str, prepayments: Any, as_of: str = "2020-05-01", **cells: str) -> tuple[Any, list[str]]:
    facts = {"agreements": {"complete": "yes", "entries": [{"id": "G", **cells}]}, "prepayments": prepayments}
    case = case_of(SUMS, facts, as_of)
    return value_of(case, name, "agreement", "G"), needs_of(case, name, "agreement", "G")


def prepaid(*rows: dict[str, str]) -> dict[str, Any]:
    return {"complete": "yes", "entries": [{"id": f"e{n}", "agreement": "G", **row} for n, row in enumerate(rows)]}


@pytest.mark.parametrize(("name", "truth"), [("low_50", OPEN), ("high_200", OPEN)])
def test_the_extreme_of_perhaps_nothing_is_undefined(name: str, truth: Range) -> None:
    """Where it is open whether any row counts, a comparison is open: with no row it is undefined."""
    row = {"day": "2020-01-01", "amount": "100.00"}
    assert total(name, prepaid(row)) == (truth, ["fact separate_account e0"])
    assert total(name, prepaid({**row, "separate_account": "no"})) == (OPEN, [f"undefined {name.partition('_')[0]} G"])
    assert total(name, prepaid({**row, "separate_account": "yes"})) == (FALSE, [])


def test_the_first_of_no_days_is_still_to_come() -> None:
    future = Range(737547, INF)  # the day after 2020-05-01
    assert total("first", prepaid())[0] == future
    assert total("first", prepaid({"day": "2020-02-01", "separate_account": "no"}))[0] == future
    open_row = total("first", prepaid({"day": "2020-02-01"}))[0]
    assert open_row == Range(737456, INF)


def test_the_first_of_days_to_come_is_no_later_than_tomorrow() -> None:
    """A finding dated in the future perhaps counts; if it does not, the first is to come at any time from tomorrow."""
    program = policy(
        "quantities: {f: {label: 首, is: {lowest: finding_on, over: target, where: {set_volume: {below: 5 units}}}}}\n"
    )

    def found(**cells: str) -> Range:
        target = {"drug": "A", "period": "2020Q1", "finding_on": "2020-06-01", **cells}
        value = value_of(case_of(program, {"targets": {"complete": "yes", "entries": [target]}}, "2020-05-01"), "f")
        assert isinstance(value, Range)
        return value

    perhaps_counts, does_not = found(), found(set_volume="9")
    assert perhaps_counts.lo <= does_not.lo and does_not.hi <= perhaps_counts.hi


def test_no_row_under_a_reading_is_no_row_at_all() -> None:
    """Fixing a reading is restricting to it, also where one option leaves no row."""
    program = policy(
        """
readings: {r: {asks: 何, cite: C, options: {a: 甲, b: 乙}}}
quantities:
  first: {label: 首, is: {lowest: day, over: prepayment, where: {amount: {below: {reading: r, a: 50.00 yuan, b: 500.00 yuan}}}}}
terms:
  t: {label: 首, is: {first: {on_or_before: as_of}}}
"""
    )
    facts = {"prepayments": {"complete": "yes", "entries": [{"amount": "100.00", "day": "2020-02-01"}]}}
    free = value_of(case_of(program, facts, "2020-05-01"), "t")
    assert dict(free.branches) == {"a": FALSE, "b": TRUE}
    for option, truth in (("a", FALSE), ("b", TRUE)):
        assert value_of(case_of(program, facts, "2020-05-01", {"r": option}), "t") == truth


def test_a_difference_may_lower_a_total() -> None:
    row = {"day": "2020-01-01"}
    assert total("net", prepaid({**row, "amount": "150.00"}))[0] == Range(5000, 5000)
    assert total("net", [{"agreement": "G", **row, "amount": "150.00"}])[0] == Range(NEG, INF)
    assert total("net_some", prepaid({**row, "amount": "10.00"}))[0] == Range(-9000, 0)


def test_a_product_with_a_negative_factor() -> None:
    entry = {"day": "2020-01-01", "tranche": "2..4"}
    assert total("product", prepaid(entry), amount="0..3.00", task_amount="1.00..5.00")[0] == Range(-2000, 800)


@pytest.mark.parametrize("day", [{}, {"day": "at_least 2020-01-01"}, {"day": "2020-05"}])
def test_a_row_that_may_lie_after_the_as_of_date_counts_perhaps(day: dict[str, str]) -> None:
    """Less is known of an absent day than of any range, so nothing narrower may count less."""
    assert total("total", prepaid({"amount": "10.00", **day}))[0] == Range(0, 1000)


def test_an_average_asks_for_what_it_is_divided_by() -> None:
    facts = {
        "agreements": {"complete": "yes", "entries": [{"id": "G", "task_amount": "100.00"}]},
        "prepayments": prepaid({"day": "2020-01-01", "tranche": "2..4"}),
    }
    value = outcome(SUMS, facts, "2020-05-01", "d@G").attributes["value"]
    assert shown(value) == "open 25.00..50.00" and needs(value) == ["fact tranche e0"]


# Acts, states


ACTS = policy(
    """
provisions:
  warn: {sanction: 警告, cite: C, by: insurance_agency, for_each: receipt, once: yes, silent: [from]}
  hold: {sanction: 暂停, cite: C, by: insurance_agency, for_each: receipt, silent: [from, until]}
  window: {sanction: 暂停, cite: C, by: insurance_agency, for_each: receipt, from: 2020-01-01, until: 2020-02-01}
  urge: {obligation: 鼓励, cite: C, by: institution, hedge: 鼓励, due: 2020-01-01}
  fine: {sanction: 罚, cite: C, by: insurance_agency, when: {breach_of: urge}, once: yes, silent: [from]}
  ban: {prohibition: 不得, cite: C, by: institution}
  punish: {sanction: 罚, cite: C, by: insurance_agency, when: {breach_of: ban}, once: yes, silent: [from]}
  pay: {obligation: 付款, cite: C, by: institution, for_each: receipt, due: {count: 30 days, after: accepted_on}, done: settled_on}
  quarterly: {sanction: 罚, cite: C, by: insurance_agency, for_each: quarter, when: {breach_of: pay}, once: yes, silent: [from]}
  yes_or_no: {sanction: 罚, cite: C, by: insurance_agency, when: {judge: q}, once: yes, silent: [from]}
  both: {sanction: 两措施, cite: C, by: insurance_agency, for_each: receipt, steps: {one: {does: 甲, once: yes, silent: [from]}, two: {does: 乙, once: yes, silent: [from]}}}
questions: {q: {asks: 否, cite: C, by: insurance_agency, per: institution}}
"""
)
RECEIPT = {"complete": "yes", "entries": [{"id": "R", "accepted_on": "2020-01-05", "amount": "100.00"}]}


def acted(id: str, acts: Any = "none", as_of: str = "2020-05-01", **more: Any) -> tuple[Any, list[str]]:
    found = outcome(ACTS, {"receipts": RECEIPT, "acts": acts, "performances": "none", **more}, as_of, id)
    return shown(found.state), needs(found.state)


def acts(*rows: dict[str, str]) -> dict[str, Any]:
    return {"complete": "yes", "entries": list(rows)}


def test_an_act_without_a_subject_is_perhaps_about_this_row() -> None:
    state, asked = acted("warn@R", acts({"of": "warn", "day": "2020-04-01"}))
    assert state == "open due_unrecorded" and asked


def test_an_act_on_the_whole_of_an_uncertain_day() -> None:
    state, asked = acted("both.one@R", acts({"of": "both", "subject": "R", "day": "2020-05"}))
    assert state == "open due_unrecorded" and asked
    assert acted("both.one@R", acts({"of": "both", "subject": "R", "day": "2020-04"}))[0] == "settled in_force"


@pytest.mark.parametrize(
    ("lifted", "state"),
    [
        ("2020-04-10", "settled ended"),
        ("2020-05-01", "settled ended"),
        ("2020-06-01", "settled in_force"),
        ("2020-05", "open in_force"),
        (None, "settled in_force"),
    ],
)
def test_lifting(lifted: str | None, state: str) -> None:
    """A lifting counts from its day; on an uncertain day it is asked for."""
    row = {"of": "hold", "subject": "R", "day": "2020-04-01"} | ({"lifted_on": lifted} if lifted else {})
    found, asked = acted("hold@R", acts(row))
    assert found == state and bool(asked) == state.startswith("open")


def test_lifted_and_imposed_again() -> None:
    first = {"of": "hold", "subject": "R", "day": "2020-01-01", "lifted_on": "2020-02-01"}
    second = {"of": "hold", "subject": "R", "day": "2020-03-01"}
    assert acted("hold@R", acts(first, second))[0] == acted("hold@R", acts(second, first))[0] == "settled in_force"


def test_an_act_without_a_subject_may_be_another_one_that_still_stands() -> None:
    lifted = {"of": "hold", "subject": "R", "day": "2020-01-01", "lifted_on": "2020-02-01"}
    loose = {"of": "hold", "day": "2020-03-01"}
    assert acted("hold@R", acts(lifted, loose)) == ("open in_force", ["fact acts.subject hold"])
    assert acted("hold@R", acts(lifted, {**loose, "lifted_on": "2020-04-01"}))[0] == "settled ended"


def test_an_act_without_a_subject_may_be_the_one_that_was_lifted() -> None:
    """A sanction that takes effect by itself is not surely in force where it may have been lifted."""
    program = policy("""
provisions:
  hold: {sanction: 暂缓, cite: C, by: insurance_agency, for_each: receipt, takes_effect: by_itself, silent: [from, until]}
""")
    loose = {"of": "hold", "day": "2020-01-01", "lifted_on": "2020-02-01"}
    found = outcome(program, {"receipts": RECEIPT, "acts": acts(loose)}, "2020-05-01", "hold@R")
    assert (shown(found.state), needs(found.state)) == ("open in_force", ["fact acts.subject hold"])
    named = outcome(program, {"receipts": RECEIPT, "acts": acts({**loose, "subject": "R"})}, "2020-05-01", "hold@R")
    assert shown(named.state) == "settled ended"


def test_an_act_that_may_lie_ahead_may_leave_none_that_stands() -> None:
    lifted = {"of": "hold", "subject": "R", "day": "2020-01-01", "lifted_on": "2020-02-01"}
    ahead = {"of": "hold", "subject": "R", "day": "2020-04-20..2020-05-20"}
    assert acted("hold@R", acts(lifted, ahead)) == ("open in_force", ["fact acts.day hold"])


def test_the_day_of_an_act_that_surely_does_not_lie_ahead_is_not_asked_for() -> None:
    own = {"of": "hold", "subject": "R", "day": "2020-04-20..2020-05-01", "lifted_on": "2020-05-01"}
    loose = {"of": "hold", "day": "2020-03-01"}
    assert acted("hold@R", acts(own, loose)) == ("open in_force", ["fact acts.subject hold"])


def test_the_order_of_liftings_does_not_matter() -> None:
    rows = [{"of": "hold", "subject": "R", "day": "2020-01-01", "lifted_on": end} for end in ("2020-05", "2020-04-10")]
    assert acted("hold@R", acts(*rows)) == acted("hold@R", acts(*reversed(rows)))


def test_a_warning_is_not_lifted() -> None:
    """What does not last is settled with its act, so nothing recorded later may unsettle it."""
    row = {"of": "warn", "subject": "R", "day": "2020-04-01"}
    assert acted("warn@R", [row])[0] == "settled in_force"
    assert acted("warn@R", [{**row, "lifted_on": "2020-04-10"}])[0] == "settled in_force"


def test_after_the_window_it_matters_whether_it_was_imposed() -> None:
    assert acted("window@R", []) == ("open no_longer_due", ["list acts through 2020-05-01"])
    assert acted("window@R")[0] == "settled no_longer_due"
    assert acted("window@R", [{"of": "window", "subject": "R", "day": "2020-01-10"}])[0] == "settled ended"


def test_what_is_only_encouraged_is_never_breached() -> None:
    assert acted("urge")[0] == "settled available"
    assert acted("fine")[0] == "settled not_triggered"


def test_a_breach_found_by_a_determination_has_its_consequence() -> None:
    found = [{"question": "ban", "answer": "yes", "by": "insurance_agency", "day": "2020-02-01"}]
    assert acted("ban", determinations=found)[0] == "settled breached"
    assert acted("punish", determinations=found)[0] == "settled due"
    assert acted("punish")[0] == "open trigger_unknown"


def test_a_breach_belongs_to_its_period() -> None:
    """A receipt of the first quarter says nothing of the third."""
    targets = {
        "complete": "yes",
        "entries": [
            {"drug": "A", "period": "2020Q1", "set_volume": 1},
            {"drug": "A", "period": "2020Q3", "set_volume": 1},
        ],
    }
    assert acted("quarterly@2020Q3", payments="none", targets=targets, as_of="2020-12-01")[0] == "settled not_triggered"
    assert acted("quarterly@2020Q1", payments="none", targets=targets, as_of="2020-12-01")[0] == "settled due"


# Determinations and given figures


def answer(text: str, day: str, by: str = "insurance_agency", **more: str) -> dict[str, str]:
    return {"question": "q", "answer": text, "by": by, "day": day, **more}


def test_an_answer_holds_until_it_is_replaced() -> None:
    both = [answer("yes", "2020-02-01"), answer("no", "2020-06-01", replaces="1")]
    assert [
        acted("yes_or_no", determinations=both, as_of=day)[0] for day in ("2020-01-31", "2020-03-01", "2020-06-01")
    ] == [
        "open trigger_unknown",
        "settled due",
        "settled not_triggered",
    ]


def test_somebody_elses_answer_settles_nothing() -> None:
    assert acted("yes_or_no", determinations=[answer("yes", "2020-02-01", by="doctor")]) == (
        "open trigger_unknown",
        ["judgement q"],
    )
    assert (
        acted("yes_or_no", determinations=[answer("no", "2020-02-01", by="doctor"), answer("yes", "2020-02-01")])[0]
        == "settled due"
    )


def test_two_answers_of_one_decider_contradict_each_other() -> None:
    with pytest.raises(InputError) as error:
        acted("yes_or_no", determinations=[answer("yes", "2020-02-01"), answer("no", "2020-03-01")])
    assert [finding.code for finding in error.value.findings] == ["D109"]


@pytest.mark.parametrize("order", [1, -1])
def test_two_figures_for_one_thing_contradict_each_other(order: int) -> None:
    program = policy("provisions: {x: {obligation: 清, cite: C, by: institution, due: {silent: 无}}}\n")
    given = [{"name": "x.due", "value": value, "source": "合同"} for value in ("2020-01-01", "2020-02-01")][::order]
    with pytest.raises(InputError):
        decide(program, {"given": given}, "2020-05-01")
    assert shown(outcome(program, {"given": given[:1]}, "2020-05-01", "x").attributes["due"]).startswith("settled")


# What is not visible yet, what is not there


def test_what_happens_after_the_as_of_date_is_invisible() -> None:
    program = policy("provisions: {q: {obligation: 清, cite: C, by: institution, for_each: quarter, silent: [due]}}\n")
    later = {"purchases": [{"product": "P", "day": "2020-06-20", "quantity": 1}]}
    assert decide(program, later, "2020-05-01").outcomes == ()
    receipts = {"receipts": [{"id": "R", "accepted_on": "2020-06-01", "amount": "1.00"}]}
    assert decide(PAY, receipts, "2020-05-01").outcomes == () and decide(PAY, receipts, "2020-06-01").outcomes != ()


def test_a_line_of_an_unknown_agreement_falls_under_the_document_perhaps() -> None:
    program = policy(
        "provisions: {x: {obligation: 清, cite: C, by: institution, for_each: agreement_line, requires: {quantity: {above: 5 units}}}}\n",
        in_force="{from: 2020-01-01, until: silent}",
    )
    line = {"id": "L", "quantity": "3"}
    found = outcome(program, {"agreement_lines": [line]}, "2020-05-01", "x@L")
    assert shown(found.state) == "open trigger_unknown" and needs(found.state) == ["fact agreement L"]
    early = {"agreements": [{"id": "G", "start": "2019-03-01"}], "agreement_lines": [{**line, "agreement": "G"}]}
    assert decide(program, early, "2020-05-01").outcomes == ()


def test_a_target_whose_period_crosses_the_edge_of_a_window() -> None:
    """Its period is known, so whether it counts is known: by its last day."""
    program = policy("quantities: {s: {label: 和, per: drug, is: {sum: set_volume, over: target, from: 2019-12-30}}}\n")

    def found(period: str) -> Any:
        facts = {
            "drugs": {"complete": "yes", "entries": [{"id": "A"}]},
            "targets": {"complete": "yes", "entries": [{"drug": "A", "period": period, "set_volume": 10}]},
        }
        return value_of(case_of(program, facts, "2020-05-01"), "s", "drug", "A")

    assert [found(period) for period in ("2019Q3", "2019Q4", "2020Q1")] == [Range(0, 0), Range(10, 10), Range(10, 10)]


# Two records of one figure


def test_two_records_of_one_figure() -> None:
    """The direct record counts where it is exact; where the two differ, the decision says so."""
    program = policy(
        """
terms: {t: {label: 达, per: agreement, is: {agreed_amount: {at_least: 10.00 yuan}}}}
provisions: {x: {permission: 可, cite: C, by: institution, for_each: agreement, when: t}}
"""
    )

    def found(**cells: str) -> tuple[Any, bool]:
        agreement = {"id": "G", "signed_on": "2020-01-01", **cells}
        facts = {
            "agreements": {"complete": "yes", "entries": [agreement]},
            "agreement_lines": {"complete": "yes", "entries": [{"agreement": "G", "amount": "20.00"}]},
        }
        decision = decide(program, facts, "2020-05-01")
        return shown(decision.outcome("x@G").state), any("两处记录不一致" in note.zh for note in decision.notes)

    assert found() == ("settled available", False)
    assert found(amount="20.00") == ("settled available", False)
    assert found(amount="at_most 30.00") == ("settled available", False)
    assert found(amount="5.00") == ("settled not_triggered", True)
    assert found(amount="at_most 8.00") == ("settled not_triggered", True)


def test_codes_under_an_open_condition() -> None:
    program = policy(
        """
quantities:
  k: {label: 类, per: product, is: {if: listed, then: class, else: category}}
terms:
  t: {label: 类, per: product, is: {k: {is: other}}}
"""
    )

    def found(**cells: str) -> tuple[Any, list[str]]:
        case = case_of(program, {"products": [{"id": "P", **cells}]}, "2020-05-01")
        return value_of(case, "t", "product"), needs_of(case, "t", "product")

    assert found(**{"class": "other", "category": "other"})[0] == TRUE
    assert found(**{"class": "other", "category": "narcotic", "listed": "no"}) == (FALSE, [])
    truth, asked = found(**{"class": "other", "category": "narcotic"})
    assert truth == OPEN and "fact listed P" in asked


def test_a_split_price_asks_for_the_price() -> None:
    program = policy(
        "provisions: {p: {price: 标准, cite: C, by: insurance_agency, for_each: product, standard: 30.00 yuan}}\n"
    )
    for cells in ({"price": "23.00..37.00"}, {}):
        found = outcome(program, {"products": [{"id": "P", **cells}]}, "2020-05-01", "p@P")
        assert needs(found.attributes["base"]) == needs(found.attributes["excess"]) == ["fact price P"]
    exact = outcome(program, {"products": [{"id": "P", "price": "37.00"}]}, "2020-05-01", "p@P")
    assert shown(exact.attributes["base"]) == "settled 30.00" and shown(exact.attributes["excess"]) == "settled 7.00"


def test_an_earliest_day_without_a_performance() -> None:
    """``early`` is told where something was surely done early; it is never open with nothing to ask."""
    program = policy(
        "provisions: {x: {obligation: 清, cite: C, by: institution, not_before: 2020-03-01, silent: [due]}}\n"
    )
    for performances in ([], "none", [{"of": "x", "day": "2020-02-01"}], [{"of": "x", "day": "2020-04-01"}]):
        found = outcome(program, {"performances": performances}, "2020-05-01", "x")
        for name, attribute in found.attributes.items():
            assert attribute.standing != "open" or needs(attribute), (performances, name)


def test_what_was_lifted_had_been_imposed() -> None:
    """An act on a day that may still lie ahead, with a lifting that lies behind: imposed, and ended."""
    row = {"of": "hold", "subject": "R", "day": "2020-04-20..2020-05-20", "lifted_on": "2020-04-28"}
    assert acted("hold@R", acts(row)) == ("settled ended", [])
    assert acted("hold@R", acts({**row, "lifted_on": "2020-05-10"}))[0].startswith("open")


def test_before_the_document_is_in_force_a_running_period_is_not_governed_by_it() -> None:
    """A year is governed by its last day, but as things stand today at the latest."""
    program = policy(
        "provisions: {x: {obligation: 报, cite: C, by: institution, for_each: year, silent: [due]}}\n",
        in_force="{from: 2020-04-13, until: silent}",
    )
    assert {item.id for item in decide(program, {}, "2020-04-12").not_applicable} == {"x@2019", "x@2020"}
    assert [item.id for item in decide(program, {}, "2020-04-13").outcomes] == ["x@2020"]


def test_years_run_from_the_issue_that_a_source_gives() -> None:
    text = text_of(
        "provisions: {x: {obligation: 报, cite: C, by: institution, for_each: year, silent: [due]}}\n",
        issued="not_stated",
        in_force="{from: issued, until: silent}",
    )
    given = {"given": [{"name": "document.issued", "value": "2020-04-13", "source": "网站"}]}
    found = decide(program_of(text), given, "2022-02-01").outcomes
    assert [item.id for item in found] == ["x@2020", "x@2021", "x@2022"]


@pytest.mark.parametrize(
    ("list_name", "of", "wanted"), [("acts", "pay", "performances"), ("performances", "warn", "acts")]
)
def test_a_record_in_the_wrong_list_is_told(list_name: str, of: str, wanted: str) -> None:
    """Both lists may be stated complete, each for itself: a record must stand in the one that speaks of it."""
    program = policy(
        """
provisions:
  pay: {obligation: 付款, cite: C, by: institution, due: 2020-03-31}
  warn: {sanction: 预警, cite: C, by: insurance_agency, toward: institution, once: yes, silent: [from]}
"""
    )
    with pytest.raises(InputError) as error:
        decide(program, {list_name: [{"of": of, "day": "2020-03-01"}]}, "2020-05-01")
    [finding] = error.value.findings
    assert (finding.code, dict(finding.args)["wanted"]) == ("D114", wanted)


def test_a_payment_of_which_nobody_knows_for_what_pays_nothing_surely() -> None:
    """In a running total as in every other: a row whose reference is missing belongs perhaps."""
    receipts = {"complete": "yes", "entries": [{"id": "R", "accepted_on": "2020-03-02", "amount": "100.00"}]}
    for payments, wanted in (
        ([{"id": "p", "receipt": "R", "day": "2020-03-20", "amount": "100.00"}], "settled met"),
        ([{"id": "p", "day": "2020-03-20", "amount": "100.00"}], "open"),
    ):
        facts = {"receipts": receipts, "payments": {"complete_through": "2020-05-01", "entries": payments}}
        state = shown(outcome(GOT, facts, "2020-05-01", "pay@R").state)
        assert str(state).startswith(wanted), (payments, state)


@pytest.mark.parametrize(("part", "state"), [("0.00", "open timeliness_unknown"), ("0.01", "open breached_unrecorded")])
def test_a_single_fen_paid_late_proves_the_delay(part: str, state: str) -> None:
    assert paid(perhaps({"amount": part, "day": "2020-04-10"}))[0] == state
