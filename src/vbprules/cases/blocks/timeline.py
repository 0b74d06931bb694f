"""The block ``timeline``: the changes of single outcomes between two days, each on its day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from vbprules.cases.blocks import reading as r
from vbprules.cases.blocks.keys import CHANGE, TIMELINE
from vbprules.cases.expectations import well_formed
from vbprules.cases.model import CaseItem, facts_of
from vbprules.cases.policy_check import PolicyCheck
from vbprules.cases.trees import Change, each_item, each_value, keyed, one_or_each, worded
from vbprules.cases.values import Came, Mismatch, clause_form, compare_parts, compare_set, compare_value
from vbprules.cases.words import CHINESE
from vbprules.language.shape import Shape
from vbprules.reading import Node, Scalar
from vbprules.timelines.build import timeline
from vbprules.timelines.model import Event, Timeline
from vbprules.timelines.run import SHOWN

STATE: Final = "state"
NO_CHANGE: Final = "no change"

ENGLISH: Final[Change] = keyed(
    {
        "changes": each_value(
            each_item(keyed({key: one_or_each(worded(CHINESE[key])) for key in CHANGE if key in CHINESE}))
        )
    }
)


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes that one outcome is to have, by their day, in order."""

    outcome: Scalar
    rows: Mapping[str, r.Row]


@dataclass(frozen=True, slots=True)
class ExpectedTimeline:
    """Changes from the day after ``first`` to ``last``."""

    first: str
    last: str
    changes: tuple[Changes, ...]


def read(node: Node, around: r.Around) -> ExpectedTimeline:
    """Slips go to the report: days that cannot be, rows out of order or outside, values of the wrong form."""
    report = around.report
    s = Shape(node, report, "timeline", TIMELINE)
    first = r.day(s.require("from"), report, "timeline.from")
    last = r.day(s.get("to"), report, "timeline.to") if "to" in s else around.as_of
    if first and last and first > last:
        report.error("span_backward", s.get("from"), first=first, last=last)
    found = tuple(
        Changes(name, dict(_rows(value, around, (first, last))))
        for name, value in r.outcomes(s.require("changes"), report, "timeline.changes")
    )
    return ExpectedTimeline(first, last, found)


def _rows(node: Node, around: r.Around, span: tuple[str, str]) -> Iterator[tuple[str, r.Row]]:
    report = around.report
    before = ""
    for row in r.rows(node, report, "timeline.changes", CHANGE):
        if "day" not in row.values:
            report.error("missing_key", row.at, key="day", where="timeline.changes")
            continue
        day = r.day(row.get("day"), report, "day")
        if not day or not all(span):
            continue
        if not span[0] <= day <= span[1]:
            report.error("change_outside", row.get("day"), date=day, first=span[0], last=span[1])
        elif day <= before:
            report.error("change_order", row.get("day"), date=day, before=before)
        before = day
        for key, value in row.values.items():
            if key == "cause":
                r.texts(value, report, key)
            elif key != "day":
                well_formed(Scalar(key, value.mark), value, report)
        if row.values.keys() <= {"day"}:
            report.error("empty_row", row.at, where="timeline.changes", choices=", ".join(CHANGE))
        yield day, row


def check(case: CaseItem, block: ExpectedTimeline, policy: PolicyCheck) -> None:
    for item in block.changes:
        norm = policy.provision(item.outcome.text.partition("@")[0], item.outcome)
        for row in item.rows.values():
            for key, value in row.values.items():
                if key not in ("day", "cause"):
                    policy.value(norm, key, value)


def run(case: CaseItem, block: ExpectedTimeline, second_opinion: bool) -> Iterator[Mismatch]:
    """Changes of state must be just those expected; dates and amounts are looked up on their day."""
    found = timeline(
        case.policy,
        facts_of(case),
        block.first,
        block.last,
        readings=case.readings,
        calendar=case.calendar,
        instruments=case.instruments,
    )
    for item in block.changes:
        names = _named(found, item.outcome.text)
        if len(names) == 1:
            yield from _compared(found, names[0], item)
        else:
            actual = ", ".join(names[:6]) or "absent"
            yield Mismatch(item.outcome.text, "", "an outcome", actual, item.outcome.mark.line)


def _named(found: Timeline, name: str) -> list[str]:
    """The outcomes of a name that are there at some time: itself, or where it is a provision all that it has."""
    known = [*found.opening, *(event.outcome for event in found.events)]
    if name in known:
        return [name]
    return list(dict.fromkeys(one for one in known if one.partition("@")[0] == name))


def _compared(found: Timeline, name: str, expected: Changes) -> Iterator[Mismatch]:
    events = {event.day: event for event in found.events if event.outcome == name}
    clauses = next((event.clauses for event in events.values()), ())
    for day in sorted({*events, *expected.rows}):
        row, event = expected.rows.get(day), events.get(day)
        if row is not None and day == found.first:
            differing = list(_opening(found, name, row))
        elif row is None:
            differing = list(_unexpected(name, event, expected.outcome.mark.line))
        else:
            differing = list(_row(name, row, event))
        yield from (replace(item, about=day, clauses=event.clauses if event else clauses) for item in differing)


def _opening(found: Timeline, name: str, row: r.Row) -> Iterator[Mismatch]:
    """The state in which an outcome stands at the close of the first day."""
    state, told = row.get(STATE), found.opening.get(name)
    if state is not None:
        yield from compare_value(name, STATE, state, None if told is None else Came.told(told, STATE), state.mark.line)


def _unexpected(name: str, event: Event | None, line: int) -> Iterator[Mismatch]:
    if event is not None and event.state is not None:
        yield Mismatch(name, STATE, NO_CHANGE, event.state.after or "absent", line)


def _row(name: str, row: r.Row, event: Event | None) -> Iterator[Mismatch]:
    shifts = {} if event is None else {shift.key: shift for shift in event.shifts}
    for key, node in row.values.items():
        line = node.mark.line
        if key == STATE or key in SHOWN:
            shift = shifts.get(key)
            if shift is None:
                wanted = node.text if isinstance(node, Scalar) else "…"
                yield Mismatch(name, key, wanted, NO_CHANGE, line)
            else:
                came = None if shift.after is None else Came.told(shift.after, shift.unit)
                yield from compare_value(name, key, node, came, line)
        elif event is not None and key == "cause":
            yield from compare_parts(name, key, node, event.causes, line)
        elif event is not None and key == "clause":
            yield from compare_set(name, key, node, [c.clause for c in event.clauses], line, clause_form)
    if event is not None and STATE not in row.values and event.state is not None:
        yield from _unexpected(name, event, row.line)
