"""The front door: evaluate a policy on a dossier and get a Decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from vbprules import catalog
from vbprules.calendar import ChosenCalendar, LocalCalendar, WorkCalendar, work_calendar
from vbprules.decision.assemble import Assembler
from vbprules.decision.model import Decision, Receipt
from vbprules.diagnostics import Report, Source
from vbprules.engine.case import Case
from vbprules.engine.checks import check_facts
from vbprules.engine.outcomes import Judge, Judged
from vbprules.engine.second_opinion import second_opinion
from vbprules.facts.dossier import read_dossier
from vbprules.facts.local_calendar import choose_calendar
from vbprules.facts.rows import Dossier
from vbprules.facts.rulings import Rulings, check_reading, read_rulings
from vbprules.facts.statements import statements_of
from vbprules.language.policy import LANGUAGE_VERSION
from vbprules.program.ir import Program
from vbprules.values.figures import parse_date, show_date

_ENGINE = "vbprules-interpreter 1"


def evaluate(
    policy: str | Path | Program,
    dossier: Dossier | Path | str | Mapping[str, Any],
    as_of: date | str,
    *,
    readings: Mapping[str, str] | None = None,
    rulings: Rulings | Path | str | Mapping[str, Any] | None = None,
    calendar: str | Path | LocalCalendar | None = None,
    check: bool = True,
    explain: bool = True,
) -> Decision:
    """Decide one institution's case under one policy as of the close of a day.

    ``policy`` is a shipped policy's id, a path, or a loaded Program; ``dossier`` a path, YAML text, a mapping or a
    Dossier. ``readings`` fixes open questions of the text; ``rulings`` fixes those an agency has adopted.
    ``calendar`` pins the working days: "original", "latest", a version of one year, or a file of local days; by default
    the versions published by the as-of date count. The receipt names what was used. With ``check`` the second engine
    must agree where it can be imported. ``explain=False`` leaves out the reasons.

    Raises InputError with every finding about the inputs, EngineDisagreement if the two engines differ.
    """
    judge, judged, receipt = judged_case(policy, dossier, as_of, readings, rulings, calendar, check)
    return Assembler(judge, explain).decision(judged, receipt)


def judged_case(
    policy: str | Path | Program,
    dossier: Dossier | Path | str | Mapping[str, Any],
    as_of: date | str,
    readings: Mapping[str, str] | None = None,
    rulings: Rulings | Path | str | Mapping[str, Any] | None = None,
    calendar: str | Path | LocalCalendar | None = None,
    check: bool = True,
) -> tuple[Judge, list[Judged], Receipt]:
    """Everything judged on one case, and what it was judged from. Parameters and errors are those of `evaluate`."""
    report = Report()
    inputs = resolved(policy, dossier, (as_of,), readings, rulings, calendar, report)
    report.raise_if_errors()
    program, facts, adopted, (day,) = inputs.program, inputs.facts, inputs.rulings, inputs.days
    case = inputs.case_on(day)
    with report.source(facts.source or Source("dossier", "")):
        check_facts(case, report)
    report.raise_if_errors()
    judge = Judge(case)
    judged = list(judge.all())
    with report.source(facts.source or Source("dossier", "")):
        for (code, _), (row, args) in judge.interpreter.problems.items():
            if code != "contradiction":  # of two records that differ the direct one counts: a note says so
                report.error(code, row.mark, **args)
    report.raise_if_errors()
    opinion = second_opinion(judge, judged) if check else "not asked for"
    receipt = Receipt(
        policy=program.policy.id,
        policy_sha256=program.policy.digest,
        language=LANGUAGE_VERSION,
        facts_sha256=facts.digest,
        as_of=show_date(day),
        calendar=inputs.calendar_on(day).label,
        readings=dict(sorted(case.fixed.items())),
        rulings=() if adopted is None else adopted.describe(day),
        assumptions=tuple(
            sorted(
                f"{d.question}@{d.subject}" if d.subject else d.question
                for d in facts.determinations
                if d.by == "assumption"
            )
        ),
        engine=_ENGINE,
        second_opinion=opinion,
        figures={address: taken for address, (_, taken) in sorted(program.overlaid.items())},
    )
    return judge, judged, receipt


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a case is decided from, read once, on whatever day. ``days`` are those that the caller named.

    ``calendar`` holds what was asked for; which of its versions and local days count is a matter of the day.
    """

    program: Program
    facts: Dossier
    days: tuple[int, ...]
    readings: Mapping[str, str]
    rulings: Rulings | None
    calendar: ChosenCalendar

    def calendar_on(self, day: int) -> ChosenCalendar:
        """The working days as they are known at the close of a day."""
        return self.calendar.seen_on(day)

    def case_on(self, day: int) -> Case:
        """The case as of the close of a day."""
        work = self.calendar_on(day).work
        return build_case(self.program, self.facts, day, self.readings, self.rulings, work)


def resolved(
    policy: str | Path | Program,
    dossier: Dossier | Path | str | Mapping[str, Any],
    days: Sequence[date | str],
    readings: Mapping[str, str] | None,
    rulings: Rulings | Path | str | Mapping[str, Any] | None,
    calendar: str | Path | LocalCalendar | None,
    report: Report,
) -> Inputs:
    """Everything that callers name, read. Its slips go to ``report``; raises InputError about the policy alone."""
    program = policy if isinstance(policy, Program) else catalog.load(policy)
    facts = dossier if isinstance(dossier, Dossier) else read_dossier(dossier, report)
    found = tuple(as_of_day(day, report) for day in days)
    adopted = (
        rulings if isinstance(rulings, Rulings) or rulings is None else read_rulings(rulings, program.policy, report)
    )
    fixed = dict(readings or {})
    for name, option in fixed.items():
        check_reading(program.policy, name, option, None, report)
    chosen = choose_calendar(calendar, found[-1], report)
    return Inputs(program, facts, found, fixed, adopted, chosen)


def build_case(
    program: Program,
    facts: Dossier,
    as_of: int,
    readings: Mapping[str, str],
    rulings: Rulings | None = None,
    calendar: WorkCalendar | None = None,
) -> Case:
    """A case: the caller's readings win over the rulings; the rulings' determinations join the dossier's.

    Without a ``calendar`` the arrangements published by the as-of date count.
    What the dossier states of another policy that ships, by its name (``plan_2025:irregular``), is left out.
    """
    fixed = {**(rulings.visible(as_of) if rulings else {}), **readings}
    facts = statements_of(facts, program.policy.id, catalog.shipped_policies())
    if rulings is not None and rulings.determinations:
        facts = replace(facts, determinations=(*facts.determinations, *rulings.determinations))
    return Case(program, facts, as_of, calendar or work_calendar(as_of=as_of), fixed)


def as_of_day(day: date | str, report: Report) -> int:
    """The ordinal of the day as of which to decide. A slip goes to ``report``."""
    if isinstance(day, date):
        return day.toordinal()
    try:
        found = parse_date(day)
    except ValueError:
        found = None
    if found is None:
        report.error("bad_date", None, text=day)
        return 1
    return found
