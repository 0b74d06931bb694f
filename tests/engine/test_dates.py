"""Terms in time: calendar days, working days across unpublished years, the first-day convention, month ends."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inline import case_of, day, judged, needs_of, outcome, policy, shown, value_of
from profiles import examples

from vbprules.calendar import WorkCalendar, work_calendar
from vbprules.engine.terms import term
from vbprules.program.ir import Program
from vbprules.values.figures import DAYS, WORKING_DAYS
from vbprules.values.ranges import FALSE, INF, NEG, TRUE, Range, exactly


def dated(expression: str, conventions: str = "") -> Program:
    """A policy with one date per agreement, from the day it was signed."""
    return policy(f"quantities: {{d: {{label: 日, per: agreement, is: {expression}}}}}\n", conventions)


def found(program: Program, signed_on: str | None, as_of: str = "2027-12-31", **cells: str) -> Any:
    row = {"id": "G", **({"signed_on": signed_on} if signed_on else {}), **cells}
    return value_of(case_of(program, {"agreements": [row]}, as_of), "d", "agreement", "G")


def days(low: str, high: str) -> Range:
    return Range(NEG if low == "-" else day(low), INF if high == "-" else day(high))


# From the notices for 2020 to 2026


@pytest.mark.parametrize(
    ("expression", "signed_on", "last"),
    [
        ("{count: 30 days, after: signed_on}", "2020-03-02", "2020-04-01"),
        ("{count: 30 days, after: signed_on}", "2020-02-01", "2020-03-02"),
        ("{count: 10 working days, after: signed_on}", "2020-01-17", "2020-02-07"),
        ("{count: 1 working days, after: signed_on}", "2020-01-23", "2020-02-03"),
        ("{count: 1 working days, after: signed_on}", "2020-01-18", "2020-01-19"),
        ("{count: 5 working days, before: signed_on}", "2020-02-03", "2020-01-19"),
        ("{count: 5 working days, before: signed_on}", "2025-08-20", "2025-08-13"),
        ("{count: 5 working days, after: signed_on}", "2025-08-20", "2025-08-27"),
        ("{count: 5 days, before: signed_on}", "2020-03-02", "2020-02-26"),
        ("{count: 1 months, after: signed_on}", "2020-01-31", "2020-02-29"),
        ("{count: 1 months, after: signed_on}", "2019-01-31", "2019-02-28"),
        ("{count: 6 months, after: signed_on}", "2020-08-31", "2021-02-28"),
        ("{count: 1 months, before: signed_on}", "2020-03-31", "2020-02-29"),
        ("{count: 3 years, after: signed_on}", "2020-02-29", "2023-02-28"),
        ("{count: 1 years, after: signed_on}", "2020-03-01", "2021-03-01"),
        ("{day_after: signed_on}", "2020-02-29", "2020-03-01"),
        ("{day_before: signed_on}", "2020-03-01", "2020-02-29"),
        ("{start_of: month, of: signed_on}", "2020-02-29", "2020-02-01"),
        ("{start_of: next month, of: signed_on}", "2020-12-31", "2021-01-01"),
        ("{end_of: month, of: signed_on}", "2020-02-01", "2020-02-29"),
        ("{end_of: quarter, of: signed_on}", "2020-02-01", "2020-03-31"),
        ("{end_of: previous quarter, of: signed_on}", "2020-02-01", "2019-12-31"),
        ("{end_of: year, of: signed_on}", "2020-02-01", "2020-12-31"),
        ("{start_of: next year, of: signed_on}", "2020-02-01", "2021-01-01"),
        ("{day: 25, of: month, at: signed_on}", "2020-02-01", "2020-02-25"),
        ("{day: 31, of: month, at: signed_on}", "2020-02-01", "2020-02-29"),
        ("{earliest: [signed_on, 2020-01-15]}", "2020-02-01", "2020-01-15"),
        ("{latest: [signed_on, 2020-01-15]}", "2020-02-01", "2020-02-01"),
        ("{count: payment_days, after: signed_on}", "2020-03-02", "2020-04-01"),
    ],
)
def test_the_last_day(expression: str, signed_on: str, last: str) -> None:
    assert found(dated(expression), signed_on, payment_days="30") == days(last, last)


# The convention of the first day


@pytest.mark.parametrize(
    ("expression", "signed_on", "next_day", "same_day"),
    [
        ("{count: 30 days, after: signed_on}", "2020-03-02", "2020-04-01", "2020-03-31"),
        ("{count: 10 working days, after: signed_on}", "2020-01-17", "2020-02-07", "2020-02-06"),
        ("{count: 10 working days, after: signed_on}", "2020-01-26", "2020-02-14", "2020-02-14"),
        ("{count: 1 months, after: signed_on}", "2020-03-02", "2020-04-02", "2020-04-01"),
        ("{count: 3 years, after: signed_on}", "2020-03-02", "2023-03-02", "2023-03-01"),
        ("{count: 5 days, before: signed_on}", "2020-03-02", "2020-02-26", "2020-02-26"),
        ("{day_after: signed_on}", "2020-03-02", "2020-03-03", "2020-03-03"),
        ("{end_of: month, of: signed_on}", "2020-03-02", "2020-03-31", "2020-03-31"),
    ],
)
def test_the_first_day(expression: str, signed_on: str, next_day: str, same_day: str) -> None:
    """A term counted forward from a day that itself counts ends one day sooner; nothing else consults the convention."""
    assert found(dated(expression), signed_on) == days(next_day, next_day)
    assert found(dated(expression, "{first_day: next_day}"), signed_on) == days(next_day, next_day)
    assert found(dated(expression, "{first_day: same_day}"), signed_on) == days(same_day, same_day)


def test_the_first_day_by_reading() -> None:
    """The convention left open by the text: one assignment for the whole policy; terms that agree do not fork."""
    program = policy(
        """
readings: {first: {asks: 何, cite: C, options: {next: 次日, same: 当日}}}
provisions:
  pay: {obligation: 付, cite: C, by: institution, for_each: receipt, due: {count: 30 days, after: accepted_on}, done: settled_on}
  work: {obligation: 付, cite: C, by: institution, for_each: receipt, due: {count: 10 working days, after: delivered_on}, done: settled_on}
""",
        "{first_day: {reading: first, next: next_day, same: same_day}}",
    )
    facts = {
        "receipts": [{"id": "R", "accepted_on": "2020-03-02", "delivered_on": "2020-01-26", "amount": "1.00"}],
        "payments": "none",
    }
    due = outcome(program, facts, "2020-05-01", "pay@R").attributes["due"]
    assert shown(due) == {"first=next": "settled 2020-04-01", "first=same": "settled 2020-03-31"}
    assert shown(outcome(program, facts, "2020-05-01", "work@R").attributes["due"]) == "settled 2020-02-14"
    assert shown(outcome(program, facts, "2020-05-01", "pay@R").state) == "settled breached_unperformed"
    on_the_day = outcome(program, facts, "2020-04-01", "pay@R").state
    assert shown(on_the_day) == {"first=next": "settled open", "first=same": "settled breached_unperformed"}


# Uncertain days and counts


@pytest.mark.parametrize(
    ("expression", "signed_on", "low", "high"),
    [
        ("{count: 30 days, after: signed_on}", "2020-03", "2020-03-31", "2020-04-30"),
        ("{count: 30 days, after: signed_on}", "at_least 2020-03-02", "2020-04-01", "-"),
        ("{count: 30 days, after: signed_on}", "at_most 2020-03-02", "-", "2020-04-01"),
        ("{count: 30 days, after: signed_on}", None, "-", "-"),
        ("{count: 10 working days, after: signed_on}", "2020-01-17..2020-01-20", "2020-02-07", "2020-02-11"),
        ("{count: 1 months, after: signed_on}", "2020-01-29..2020-01-31", "2020-02-29", "2020-02-29"),
        ("{count: 5 working days, before: signed_on}", "2020-02-03..2020-02-04", "2020-01-19", "2020-01-20"),
        ("{end_of: month, of: signed_on}", "2020-02-10..2020-03-10", "2020-02-29", "2020-03-31"),
        ("{end_of: month, of: signed_on}", "2020-02", "2020-02-29", "2020-02-29"),
        ("{day: 25, of: month, at: signed_on}", "2020-02", "2020-02-25", "2020-02-25"),
    ],
)
def test_uncertain_days(expression: str, signed_on: str | None, low: str, high: str) -> None:
    """Every term is monotone: the ends of the day give the ends of the term."""
    assert found(dated(expression), signed_on) == days(low, high)


def test_uncertain_counts() -> None:
    program = dated("{count: payment_days, after: signed_on}")
    assert found(program, "2020-03-02", payment_days="30..60") == days("2020-04-01", "2020-05-01")
    assert found(program, "2020-03", payment_days="30..60") == days("2020-03-31", "2020-05-30")
    assert found(program, "2020-03-02", payment_days="at_least 30") == days("2020-04-01", "-")
    case = case_of(program, {"agreements": [{"id": "G", "signed_on": "2020-03"}]}, "2020-05-01")
    assert needs_of(case, "d", "agreement", "G") == ["fact payment_days G", "fact signed_on G"]


# Years whose calendar is not published (2026 is the last one known)


@pytest.mark.parametrize(
    ("expression", "signed_on", "low", "high"),
    [
        ("{count: 5 working days, after: signed_on}", "2026-12-24", "2026-12-31", "2026-12-31"),
        ("{count: 5 working days, after: signed_on}", "2026-12-25", "2027-01-01", "-"),
        ("{count: 5 working days, after: signed_on}", "2026-12-24..2026-12-25", "2026-12-31", "-"),
        ("{count: 5 working days, after: signed_on}", "2026-12-30", "2027-01-04", "-"),
        ("{count: 5 working days, after: signed_on}", "2027-06-01", "2027-06-06", "-"),
        ("{count: 5 working days, before: signed_on}", "2027-01-05", "-", "2026-12-31"),
        ("{count: 5 working days, before: signed_on}", "2027-06-01", "-", "2027-05-27"),
        ("{count: 5 working days, before: signed_on}", "2026-12-31", "2026-12-24", "2026-12-24"),
        ("{count: 5 working days, before: signed_on}", "2026-12-31..2027-01-05", "-", "2026-12-31"),
        ("{count: 5 working days, before: signed_on}", "at_least 2026-12-31", "-", "-"),
        ("{count: 5 working days, after: signed_on}", "2018-12-20", "2018-12-25", "2019-01-08"),
        ("{count: 5 working days, after: signed_on}", "2018-12-20..2019-01-02", "2018-12-25", "2019-01-09"),
        ("{count: 5 working days, after: signed_on}", "at_most 2019-01-02", "-", "2019-01-09"),
        ("{count: 1 working days, before: signed_on}", "2019-01-02", "2018-12-29", "2018-12-31"),
    ],
)
def test_unpublished_years_keep_the_sound_half(expression: str, signed_on: str, low: str, high: str) -> None:
    """Each day still to be counted takes at least a calendar day; how long a break may be no notice limits.

    But a term from a day before all published years ends no later than from their first day: so a day known as "at
    most" tells when the term has ended, and goes on telling it when more is known of the day.
    """
    if signed_on == "2019-01-02":  # the days before are those of 2018, of which no notice is known
        value = found(dated(expression), signed_on)
        assert value.lo == NEG and value.hi <= day("2019-01-01")
        return
    assert found(dated(expression), signed_on) == days(low, high)


def test_an_unpublished_year_is_named_and_often_does_not_matter() -> None:
    program = policy(
        """
provisions:
  pay: {obligation: 付, cite: C, by: institution, for_each: receipt, due: {count: 5 working days, before: due_on}, done: settled_on}
"""
    )
    facts = {
        "receipts": [{"id": "R", "accepted_on": "2026-11-06", "due_on": "2027-01-05", "amount": "1.00"}],
        "payments": "none",
    }
    before = outcome(program, facts, "2026-12-28", "pay@R")
    assert shown(before.state) == "open deadline_unknown"
    assert [need.key for need in before.state.needs if need.kind == "calendar"] == ["calendar 2027"]
    assert shown(outcome(program, facts, "2027-01-01", "pay@R").state) == "settled breached_unperformed"


CALENDAR = work_calendar(as_of=day("2026-12-31"))
FIRST, LAST = day("2018-12-01"), day("2027-02-28")


def later_years() -> st.SearchStrategy[WorkCalendar]:
    """The same calendar with 2027 and 2028 published in any way whatever."""
    return st.sets(st.integers(day("2027-01-01"), day("2028-12-31")), max_size=60).map(
        lambda off: WorkCalendar.build(
            "more", {*CALENDAR.years, 2027, 2028}, {**dict.fromkeys(CALENDAR.working, True), **_rest(off)}
        )
    )


def _rest(off: set[int]) -> dict[int, bool]:
    stated = {d: False for year in CALENDAR.years for d in _year(year) if d not in set(CALENDAR.working)}
    return {**stated, **dict.fromkeys(off, False)}


def _year(year: int) -> range:
    return range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)


@examples(30)
@given(
    later_years(),
    st.integers(day("2026-12-01"), LAST),
    st.integers(0, 12),
    st.booleans(),
    st.sampled_from([TRUE, FALSE]),
)
def test_publication_only_narrows(
    calendar: WorkCalendar, start: int, count: int, forward: bool, counted: Range
) -> None:
    """Whatever the notice for 2027 will say, the term it gives lies in the range given without it."""
    now, _ = term(CALENDAR, "working_days", forward, exactly(start), exactly(count), counted)
    later, _ = term(calendar, "working_days", forward, exactly(start), exactly(count), counted)
    assert now.lo <= later.lo and later.hi <= now.hi


@examples(100)
@given(
    st.integers(FIRST, LAST), st.integers(0, 40), st.integers(0, 40), st.integers(0, 12), st.booleans(), st.sampled_from([TRUE, FALSE]),
    st.sampled_from(["days", "working_days", "months", "years"]),
)  # fmt: skip
def test_terms_are_monotone(
    start: int, width: int, inside: int, count: int, forward: bool, counted: Range, by: str
) -> None:
    """A narrower day gives a narrower term, across unpublished years too."""
    day_inside = start + min(inside, width)
    narrow, _ = term(CALENDAR, by, forward, exactly(day_inside), exactly(count), counted)
    for base in (Range(start, start + width), Range(NEG, start + width), Range(start, INF)):
        wide, _ = term(CALENDAR, by, forward, base, exactly(count), counted)
        assert wide.lo <= narrow.lo and narrow.hi <= wide.hi, base


# Deadlines: the last day is not over


@pytest.mark.parametrize(
    ("as_of", "state"),
    [
        ("2020-03-31", "open"),
        ("2020-04-01", "open"),
        ("2020-04-02", "breached_unperformed"),
        ("2021-01-01", "breached_unperformed"),
    ],
)
def test_nobody_is_in_breach_on_the_last_day(as_of: str, state: str) -> None:
    program = policy(
        "provisions:\n  pay: {obligation: 付, cite: C, by: institution, for_each: receipt, due: {count: 30 days, after: accepted_on}, done: settled_on}\n"
    )
    facts = {"receipts": [{"id": "R", "accepted_on": "2020-03-02", "amount": "1.00"}], "payments": "none"}
    found = outcome(program, facts, as_of, "pay@R")
    assert shown(found.state) == f"settled {state}"
    assert ("breached_on" in found.attributes) == (state != "open")
    if state != "open":
        assert shown(found.attributes["breached_on"]) == "settled 2020-04-02"


# The timeline: between critical dates nothing changes

TIMELINE = """
readings: {first: {asks: 何, cite: C, options: {next: 次日, same: 当日}}}
quantities:
  completion: {label: 比例, per: target, is: {ratio: [purchased, set_volume]}}
provisions:
  pay: {obligation: 付, cite: C, by: institution, for_each: receipt, due: {count: 30 days, after: accepted_on}, done: settled_on, sanctioned_by: [warn]}
  warn: {sanction: 预警, cite: C, by: insurance_agency, for_each: receipt, when: {overdue: pay}, once: yes, silent: [from]}
  hold: {sanction: 缓支, cite: C, by: insurance_agency, for_each: receipt, when: {imposed: warn},
         from: {day_after: {count: 10 working days, after: {date_of: warn}}}, until: {day_after: settled_on}}
  low: {sanction: 预警, cite: C, by: insurance_agency, for_each: target, when: {completion: {below: 80%}}, from: {start_of: next month, of: period_end}, until: 2020-05-20}
  met: {obligation: 采购, cite: C, by: institution, for_each: target, requires: {purchased: {at_least: set_volume}}, due: period_end}
"""


def test_states_change_on_critical_dates_only() -> None:
    """State at D = state at the last critical date ≤ D: entries, period ends, deadlines, windows, and the days after."""
    program = policy(TIMELINE, "{first_day: {reading: first, next: next_day, same: same_day}}")
    facts = {
        "receipts": {"complete": "yes", "entries": [{"id": "R", "accepted_on": "2020-01-10", "amount": "100.00"}]},
        "payments": {"complete": "yes", "entries": [{"receipt": "R", "day": "2020-01-20", "amount": "40.00"}, {"receipt": "R", "day": "2020-04-10", "amount": "60.00"}]},
        "acts": {"complete": "yes", "entries": [{"of": "warn", "subject": "R", "day": "2020-02-20"}, {"of": "hold", "subject": "R", "day": "2020-03-10"}]},
        "products": {"complete": "yes", "entries": [{"id": "P", "drug": "A", "selected": "yes"}]},
        "drugs": {"complete": "yes", "entries": [{"id": "A"}]},
        "targets": {"complete": "yes", "entries": [{"drug": "A", "period": "2020Q1", "set_volume": 10}]},
        "purchases": {"complete": "yes", "entries": [{"product": "P", "day": "2020-01-15", "quantity": 5}, {"product": "P", "day": "2020-02-25", "quantity": 2}]},
        "performances": "none",
    }  # fmt: skip
    entries = ["2020-01-10", "2020-01-15", "2020-01-20", "2020-02-20", "2020-02-25", "2020-03-10", "2020-04-10"]
    others = ["2020-03-31", "2020-02-08", "2020-02-09", "2020-03-04", "2020-03-05", "2020-04-01", "2020-05-20"]
    critical = {day(text) + step for text in (*entries, *others) for step in (0, 1)}
    before: dict[str, Any] = {}
    changed = 0
    for today in range(day("2020-01-01"), day("2020-06-30")):
        states = {key: item.state for key, item in judged(program, facts, date.fromordinal(today).isoformat()).items()}
        if before and states != before:
            changed += 1
            assert today in critical, (date.fromordinal(today), states, before)
        before = states
    assert changed >= 8


@given(st.integers(-3, 400), st.integers(0, 30), st.sampled_from([WORKING_DAYS, DAYS]))
def test_a_first_day_that_counts_is_a_term_from_the_day_before(offset: int, count: int, by: str) -> None:
    """In unpublished years too, whatever is known of their end."""
    base = day("2026-12-20") + offset
    counted = term(CALENDAR, by, True, Range(base, base), Range(count, count), TRUE)
    before = term(CALENDAR, by, True, Range(base - 1, base - 1), Range(count, count), FALSE)
    assert counted == before


def test_a_term_of_days_that_nobody_knows_has_no_end() -> None:
    base = day("2027-03-01")
    found, year = term(CALENDAR, WORKING_DAYS, True, Range(base, base), Range(5, INF), FALSE)
    assert (found.lo, found.hi, year) == (base + 5, INF, 2027)
    found, _ = term(CALENDAR, WORKING_DAYS, True, Range(base, INF), Range(5, 5), FALSE)
    assert found.hi == INF


def test_the_day_before_published_years_may_be_the_first_of_the_term() -> None:
    """31 December 2018 is in no published year: the term of one working day ends on it, or else on 2 January 2019."""
    found, missing = term(work_calendar(), WORKING_DAYS, True, exactly(day("2018-12-31")), exactly(1), TRUE)
    assert (found, missing) == (Range(day("2018-12-31"), day("2019-01-02")), 2018)
