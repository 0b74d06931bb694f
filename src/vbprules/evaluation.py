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
from vbprules.diagnostics import Report, Source, suggest
from vbprules.engine.case import Case
from vbprules.engine.checks import check_facts, check_judged
from vbprules.engine.lent import lent
from vbprules.engine.outcomes import Judge, Judged
from vbprules.engine.second_opinion import second_opinion
from vbprules.facts.dossier import read_dossier
from vbprules.facts.local_calendar import adopted_calendar
from vbprules.facts.rows import Dossier
from vbprules.facts.rulings import Rulings, adopted_rulings, check_reading
from vbprules.facts.statements import statements_of
from vbprules.language.versions import NEWEST
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
    instruments: Sequence[str | Path | Program] = (),
    check: bool = True,
    explain: bool = True,
) -> Decision:
    """Decide one institution's case under one policy as of the close of a day.

    ``policy`` is a shipped policy's id, a path, or a loaded Program; ``dossier`` a path, YAML text, a mapping or a
    Dossier. ``readings`` fixes open questions of the text; ``rulings`` fixes those an agency has adopted.
    ``calendar`` pins the working days: "original", "latest", a version of one year, or a file of local days; by default
    the versions published by the as-of date count. ``instruments`` are policies that set what this one leaves to them
    (``set_by``); where one settles such a figure beyond doubt, it counts as given. Their readings are named
    ``policy:reading``. The receipt names what was used. With ``check`` the second engine
    must agree where it can be imported. ``explain=False`` leaves out the reasons.

    Raises InputError with every finding about the inputs, EngineDisagreement if the two engines differ.
    """
    judge, judged, receipt = judged_case(policy, dossier, as_of, readings, rulings, calendar, check, instruments)
    return Assembler(judge, explain).decision(judged, receipt)


def judged_case(
    policy: str | Path | Program,
    dossier: Dossier | Path | str | Mapping[str, Any],
    as_of: date | str,
    readings: Mapping[str, str] | None = None,
    rulings: Rulings | Path | str | Mapping[str, Any] | None = None,
    calendar: str | Path | LocalCalendar | None = None,
    check: bool = True,
    instruments: Sequence[str | Path | Program] = (),
) -> tuple[Judge, list[Judged], Receipt]:
    """Everything judged on one case, and what it was judged from. Parameters and errors are those of `evaluate`."""
    report = Report()
    inputs = resolved(policy, dossier, (as_of,), readings, rulings, calendar, report, instruments)
    report.raise_if_errors()
    program, facts, adopted, (day,) = inputs.program, inputs.facts, inputs.rulings, inputs.days
    case = inputs.case_on(day)
    with report.source(facts.source or Source("dossier", "")):
        check_facts(case, report)
    report.raise_if_errors()
    judge = Judge(case)
    judged = list(judge.all())
    check_judged(judge, report)
    opinion = second_opinion(judge, judged) if check else "not asked for"
    receipt = Receipt(
        policy=program.policy.id,
        policy_sha256=program.policy.digest,
        language=NEWEST,
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
        instruments={lender.program.policy.id: lender.program.policy.digest for lender in inputs.lenders},
        bundle=program.bundle_label,
    )
    return judge, judged, receipt


@dataclass(frozen=True, slots=True)
class Lender:
    """A policy that sets figures for another, under readings of its own."""

    program: Program
    readings: Mapping[str, str]


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
    lenders: tuple[Lender, ...] = ()

    def calendar_on(self, day: int) -> ChosenCalendar:
        """The working days as they are known at the close of a day."""
        return self.calendar.seen_on(day)

    def case_on(self, day: int) -> Case:
        """The case as of the close of a day."""
        work = self.calendar_on(day).work
        case = build_case(self.program, self.facts, day, self.readings, self.rulings, work)
        if not self.lenders:
            return case
        given = list(case.dossier.given)
        for lender in self.lenders:  # what the dossier itself gives comes first
            judge = Judge(build_case(lender.program, self.facts, day, lender.readings, None, work))
            given += lent(self.program, judge)
        return replace(case, dossier=replace(case.dossier, given=tuple(given)))

    def check(self, last: int, report: Report) -> None:
        """Report what is wrong with the facts as known on ``last`` or the last day stated. Raises InputError."""
        with report.source(self.facts.source or Source("dossier", "")):
            check_facts(self.case_on(self.facts.last_stated(last)), report)
        report.raise_if_errors()


def resolved(
    policy: str | Path | Program,
    dossier: Dossier | Path | str | Mapping[str, Any],
    days: Sequence[date | str],
    readings: Mapping[str, str] | None,
    rulings: Rulings | Path | str | Mapping[str, Any] | None,
    calendar: str | Path | LocalCalendar | None,
    report: Report,
    instruments: Sequence[str | Path | Program] = (),
) -> Inputs:
    """Everything that callers name, read. Its slips go to ``report``; raises InputError about the policy alone."""
    program = policy if isinstance(policy, Program) else catalog.load(policy)
    facts = dossier if isinstance(dossier, Dossier) else read_dossier(dossier, report)
    found = tuple(as_of_day(day, report) for day in days)
    adopted = adopted_rulings(rulings, program.policy, program.bundle, report)
    lenders, fixed = _lenders(program, instruments, dict(readings or {}), report)
    for name, option in fixed.items():
        check_reading(program.policy, name, option, None, report)
    chosen = adopted_calendar(calendar, (program.bundle,), found[-1], report)
    return Inputs(program, facts, found, fixed, adopted, chosen, lenders)


def _lenders(
    program: Program, instruments: Sequence[str | Path | Program], readings: Mapping[str, str], report: Report
) -> tuple[tuple[Lender, ...], dict[str, str]]:
    """The instruments with their readings, and the readings that are left to the policy itself."""
    left = dict(readings)
    lenders = []
    for item in instruments:
        lender = item if isinstance(item, Program) else catalog.load(item)
        id, known = lender.policy.id, program.policy.instruments
        if lender.bundle is not None:
            report.error("bundle_not_here", None, name=lender.bundle.name)
        if id not in known:
            report.error("unknown_instrument", None, name=id, suggestion=suggest(id, known))
        own = {name: left.pop(name) for name in readings if name.startswith(f"{id}:")}
        own = {name.partition(":")[2]: option for name, option in own.items()}
        for name, option in own.items():
            check_reading(lender.policy, name, option, None, report)
        lenders.append(Lender(lender, own))
    return tuple(lenders), left


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
