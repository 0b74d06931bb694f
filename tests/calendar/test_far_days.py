"""Days beyond the calendar of `datetime`: the same calendar goes on, 400 years being 146,097 days."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vbprules import read_dossier
from vbprules.calendar import add_months, end_of, far, months_after, start_of
from vbprules.catalog import check
from vbprules.diagnostics import Report
from vbprules.evaluation import evaluate

SEED = Path(__file__).parents[2] / "fuzz" / "corpus"
LAST = date.max.toordinal()
DAYS = st.integers(1, LAST)
ANY_DAYS = st.integers(-(10**15), 10**15)
MONTHS = st.integers(-(10**13), 10**13)


def test_known_days() -> None:
    leap_day = date(2020, 2, 29).toordinal()
    assert months_after(leap_day, 12) == date(2021, 2, 28).toordinal()
    assert months_after(leap_day, 4_800) == date(2420, 2, 29).toordinal()
    assert months_after(LAST, 12) == LAST + 366  # from 9999-12-31 to the same day of the year 10000, a leap year


@given(DAYS, st.integers(-200, 200))
def test_within_the_calendar_it_is_the_same(day: int, months: int) -> None:
    try:
        expected = add_months(day, months)
    except ValueError:
        return
    assert months_after(day, months) == expected


@given(ANY_DAYS, MONTHS)
def test_four_hundred_years_are_a_cycle(day: int, months: int) -> None:
    assert months_after(day + 146_097, months) == months_after(day, months) + 146_097
    assert months_after(day, months + 4_800) == months_after(day, months) + 146_097


@given(ANY_DAYS, ANY_DAYS, MONTHS)
def test_it_is_monotone(one: int, other: int, months: int) -> None:
    first, second = sorted((one, other))
    assert months_after(first, months) <= months_after(second, months)


@given(DAYS)
def test_edges_of_periods_are_the_same(day: int) -> None:
    assert far(lambda near: start_of("year", near), day) == start_of("year", day)
    assert far(lambda near: end_of("month", near), day) == end_of("month", day)


@pytest.mark.parametrize(
    "due",
    [
        "{count: 999999999999999 years, after: accepted_on}",
        "{count: 999999999999999 months, after: accepted_on}",
        "{day_after: {count: 8000 years, after: accepted_on}}",
        "{end_of: next year, of: {count: 7979 years, after: accepted_on}}",
    ],
)
def test_a_duty_due_in_far_years_is_open(due: str) -> None:
    """Goods accepted on 2020-03-02 and unpaid: a last day thousands of years on has not passed."""
    text = (SEED / "policy" / "sample_2020.yaml").read_text("utf-8")
    changed = text.replace("due: {count: 30 days, after: accepted_on}", f"due: {due}")
    program = check(changed.encode(), "sample_2020.yaml", Report())
    assert program is not None
    facts = {"institution": {"ownership": "public"}, "payments": "none"}
    receipts = {"complete": True, "entries": [{"id": "R7", "accepted_on": "2020-03-02", "amount": "1000.00"}]}
    decision = evaluate(program, read_dossier({**facts, "receipts": receipts}), "2020-07-15")
    assert [o.state.value for o in decision.outcomes if o.provision == "pay_supplier"] == ["open"]


def test_terms_before_the_first_year() -> None:
    """Nine thousand years before 2020-03-02 is a day too, long before every other."""
    assert months_after(date(2020, 3, 2).toordinal(), -12 * 9_000) < 0
