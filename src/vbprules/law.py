"""The law that cases are decided by: a policy, with readings, rulings, calendar and instruments that a caller names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from vbprules import catalog
from vbprules.calendar import ChosenCalendar, LocalCalendar, WorkCalendar, work_calendar
from vbprules.diagnostics import Report, Source, suggest
from vbprules.engine.case import Case
from vbprules.engine.lent import lent
from vbprules.engine.outcomes import Judge
from vbprules.facts.local_calendar import adopted_calendar
from vbprules.facts.rows import Dossier
from vbprules.facts.rulings import Rulings, adopted_rulings, check_reading
from vbprules.facts.statements import statements_of
from vbprules.program.ir import Program
from vbprules.values.figures import parse_date


@dataclass(frozen=True, slots=True)
class Law:
    """Everything but facts and a day that a case is decided from, read once.

    ``calendar`` holds what was asked for; which of its versions and local days count is a matter of the day.
    ``lenders``: the instruments that set figures for this one. They know no rulings and no instruments of their own.
    """

    program: Program
    readings: Mapping[str, str]
    rulings: Rulings | None
    calendar: ChosenCalendar
    lenders: tuple[Law, ...] = ()

    def calendar_on(self, day: int) -> ChosenCalendar:
        """The working days as they are known at the close of a day."""
        return self.calendar.seen_on(day)

    def own_case(self, facts: Dossier, day: int) -> Case:
        """The case as of the close of a day, as far as this policy alone says."""
        work = self.calendar_on(day).work
        return build_case(self.program, facts, day, self.readings, self.rulings, work)

    def case_of(self, facts: Dossier, day: int) -> Case:
        """The case as of the close of a day, with what the instruments settle; what the dossier gives comes first."""
        case = self.own_case(facts, day)
        if not self.lenders:
            return case
        given = list(case.dossier.given)
        for lender in self.lenders:
            given += lent(self.program, Judge(lender.own_case(facts, day)))
        return replace(case, dossier=replace(case.dossier, given=tuple(given)))

    @property
    def named(self) -> dict[str, str]:
        """The readings that the caller named, those of an instrument with its id: ``plan_2019:grain``."""
        theirs = {f"{law.program.policy.id}:{name}": o for law in self.lenders for name, o in law.readings.items()}
        return dict(sorted({**self.readings, **theirs}.items()))

    def fixed_on(self, day: int) -> dict[str, str]:
        """The readings that are fixed at the close of a day, by name as in ``named``."""
        ruled = self.rulings.visible(day) if self.rulings is not None else {}
        return dict(sorted({**ruled, **self.named}.items()))

    @property
    def instruments(self) -> dict[str, str]:
        """The instruments by id, each with the SHA-256 of its file."""
        return {lender.program.policy.id: lender.program.policy.digest for lender in self.lenders}


def law_of(
    policy: str | Path | Program,
    readings: Mapping[str, str] | None,
    rulings: Rulings | Path | str | Mapping[str, Any] | None,
    calendar: str | Path | LocalCalendar | None,
    day: int,
    report: Report,
    instruments: Sequence[str | Path | Program] = (),
) -> Law:
    """The law that a caller names, for cases up to ``day``. Its slips go to ``report``; raises InputError about the
    policies alone."""
    program = policy if isinstance(policy, Program) else catalog.load(policy)
    adopted = adopted_rulings(rulings, program.policy, program.bundle, report)
    chosen = adopted_calendar(calendar, (program.bundle,), day, report)
    with report.source(Source("--reading", "")):
        lenders, fixed = _lenders(program, instruments, dict(readings or {}), chosen, report)
        for name, option in fixed.items():
            check_reading(program.policy, name, option, None, report)
    return Law(program, fixed, adopted, chosen, lenders)


def _lenders(
    program: Program,
    instruments: Sequence[str | Path | Program],
    readings: Mapping[str, str],
    calendar: ChosenCalendar,
    report: Report,
) -> tuple[tuple[Law, ...], dict[str, str]]:
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
        lenders.append(Law(lender, own, None, calendar))
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
