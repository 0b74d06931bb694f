"""The first day on which a running total reaches a figure, and what it counts by then."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from inline import case_of, needs_of, policy, value_of

from vbprules.values.forks import Fork
from vbprules.values.ranges import INF, Range

BY_DUE = policy(
    """
quantities:
  in_time: {label: 期内付, per: receipt, is: {sum: amount, over: payment, through: delivered_on}}
  on: {label: 到, per: receipt, is: {first_day: in_time, reaches: amount}}
"""
)
BY_READING = policy(
    """
readings: {whose: {asks: 谁付的算, cite: C, options: {any: 都算, own: 医院自付}}}
terms:
  counts: {label: 算数, per: payment, is: {reading: whose, any: {amount: {above: 0.00 yuan}}, own: {payer: {in: [hospital]}}}}
quantities:
  got: {label: 付, per: receipt, is: {sum: amount, over: payment, where: counts}}
  on: {label: 到, per: receipt, is: {first_day: got, reaches: amount}}
"""
)


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def reached(program: Any, payments: list[dict[str, Any]], **receipt: str) -> Any:
    """When the 100 yuan of a receipt are reached, of the payments that are recorded up to 2020-05-01."""
    facts = {
        "receipts": {"complete": "yes", "entries": [{"id": "R", "amount": "100.00", **receipt}]},
        "payments": {"complete_through": "2020-05-01", "entries": payments},
    }
    return value_of(case_of(program, facts, "2020-05-01"), "on", "receipt", "R")


def paid(on: str, amount: str = "100.00", **more: Any) -> dict[str, Any]:
    return {"receipt": "R", "day": on, "amount": amount, **more}


@pytest.mark.parametrize(
    ("due", "first", "last"),
    [
        ("2020-04-10", "2020-04-10", "2020-04-10"),
        ("2020-04-09", "2020-05-02", None),
        ("2020-03-19", "2020-05-02", None),
    ],
)
def test_what_comes_after_the_window_does_not_reach_it(due: str, first: str, last: str | None) -> None:
    """60 of 100 yuan on 03-20, 40 on 04-10: on time where the window ends that day, never where it ends before."""
    value = reached(BY_DUE, [paid("2020-03-20", "60.00"), paid("2020-04-10", "40.00")], delivered_on=due)
    assert value == Range(day(first), INF if last is None else day(last))


def test_a_total_that_a_reading_divides_is_searched_under_each_option() -> None:
    value = reached(BY_READING, [paid("2020-03-20", payer="fund"), paid("2020-04-10", payer="hospital")])
    assert isinstance(value, Fork) and value.reading == "whose"
    each = {option: Range(day(on), day(on)) for option, on in (("any", "2020-03-20"), ("own", "2020-04-10"))}
    assert dict(value.branches) == each


@pytest.mark.parametrize("later", [[], [paid("2020-04-20", "1.00", payer="fund")]], ids=["one total", "two readings"])
def test_a_row_that_may_belong_elsewhere_reaches_it_perhaps_only(later: list[dict[str, Any]]) -> None:
    """Of the payment of 03-20 it is not recorded for which receipt it was."""
    loose = {"id": "p", "day": "2020-03-20", "amount": "100.00", "payer": "hospital"}
    value = reached(BY_READING, [loose, paid("2020-04-10", payer="hospital"), *later])
    assert value == Range(day("2020-03-20"), day("2020-04-10"))


def test_whose_it_is_is_asked() -> None:
    loose = {"id": "p", "day": "2020-03-20", "amount": "100.00", "payer": "hospital"}
    facts = {
        "receipts": {"complete": "yes", "entries": [{"id": "R", "amount": "100.00"}]},
        "payments": {"complete_through": "2020-05-01", "entries": [loose]},
    }
    case = case_of(BY_READING, facts, "2020-05-01")
    assert "fact receipt p" in needs_of(case, "on", "receipt", "R")
