"""The front door of timelines: every change of every outcome between two days, with its cause and clause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from vbprules.calendar import LocalCalendar
from vbprules.decision.assemble import Assembler
from vbprules.decision.model import Attribute, NotApplicable, Outcome
from vbprules.decision.shown import show
from vbprules.diagnostics import Report
from vbprules.evaluation import resolved
from vbprules.facts.rows import Dossier
from vbprules.facts.rulings import Rulings
from vbprules.law import Law
from vbprules.program.ir import Program
from vbprules.timelines.causes import causes
from vbprules.timelines.model import Event, Shift, Timeline
from vbprules.timelines.run import SHOWN, Turn, turns
from vbprules.values.figures import show_date

Answer = Outcome | NotApplicable
_STATE: Final = "state"


def timeline(
    policy: str | Path | Program,
    dossier: Dossier | Path | str | Mapping[str, Any],
    first: date | str,
    last: date | str,
    *,
    readings: Mapping[str, str] | None = None,
    rulings: Rulings | Path | str | Mapping[str, Any] | None = None,
    calendar: str | Path | LocalCalendar | None = None,
    instruments: Sequence[str | Path | Program] = (),
) -> Timeline:
    """Every change from the day after ``first`` to ``last``, both as of the close of the day.

    The arguments are those of ``evaluate``; without a ``calendar`` every day counts by what was published by then.
    Raises InputError with every finding about the inputs.
    """
    report = Report()
    inputs = resolved(policy, dossier, (first, last), readings, rulings, calendar, report, instruments)
    law, facts, (begin, end) = inputs.law, inputs.facts, inputs.days
    if begin > end:
        report.error("bad_date", None, text=f"{show_date(begin)} > {show_date(end)}")
    report.raise_if_errors()
    inputs.check(end, report)

    opening: dict[str, str] = {}
    events: list[Event] = []
    known: dict[str, Answer] = {}
    assembler: Assembler | None = None
    for turn in turns(inputs.case_on, begin, end, law.calendar):
        if assembler is None or assembler.judge is not turn.judge:
            assembler = Assembler(turn.judge, explain=False)
        before, after = known.get(turn.after.key), assembler.answer(turn.after)
        known[turn.after.key] = after
        if turn.day == begin:
            opening[after.id] = _told(after)[_STATE][1]
        else:
            event = _event(turn, before, after, law)
            events += [event] if event.shifts else []
    return Timeline(
        policy=law.program.policy.id,
        policy_sha256=law.program.policy.digest,
        bundle=law.program.bundle_label,
        facts_sha256=facts.digest,
        institution=facts.institution.name,
        first=show_date(begin),
        last=show_date(end),
        readings=law.named,
        calendars=dict(_calendars(law, begin, end)),
        opening=opening,
        events=tuple(events),
    )


def _calendars(law: Law, begin: int, end: int) -> Iterator[tuple[str, str]]:
    """The working days in use, as receipts name them, by the first day on which each counts."""
    last = ""
    for day in sorted({begin, *(day for day in law.calendar.published() if begin < day <= end)}):
        label = law.calendar_on(day).label
        if label != last:
            yield show_date(day), label
        last = label


def _event(turn: Turn, before: Answer | None, after: Answer, law: Law) -> Event:
    published = law.calendar_on(turn.day).newer_than(law.calendar_on(turn.day - 1))
    outcome = after if isinstance(after, Outcome) else None
    return Event(
        day=show_date(turn.day),
        outcome=after.id,
        provision=after.provision,
        subject=after.subject,
        title=after.title,
        clauses=after.clauses,
        about_institution=outcome is not None and outcome.about_institution,
        standing="settled" if outcome is None else outcome.standing,
        shifts=tuple(_shifts(before, after)),
        causes=causes(turn.judge, turn.after, published),
    )


def _shifts(before: Answer | None, after: Answer) -> Iterator[Shift]:
    old, new = {} if before is None else _told(before), _told(after)
    for key in (_STATE, *SHOWN):
        was, now = old.get(key), new.get(key)
        if was != now:
            unit = (now or was or ("", ""))[0]
            yield Shift(key, unit, None if was is None else was[1], None if now is None else now[1])


def _told(answer: Answer) -> dict[str, tuple[str, str]]:
    """Unit and value of the state and of every attribute that is known."""
    if isinstance(answer, NotApplicable):
        return {_STATE: ("state", "not_applicable")}
    known = {name: item for name, item in answer.attributes.items() if name in SHOWN and _is_known(item)}
    return {name: (item.unit, show(item)) for name, item in {_STATE: answer.state, **known}.items()}


def _is_known(attribute: Attribute) -> bool:
    return attribute.standing in ("settled", "by_reading")
