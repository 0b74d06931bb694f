"""The front door: evaluate a policy on a dossier and get a Decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from vbprules import catalog
from vbprules.calendar import LocalCalendar
from vbprules.decision.assemble import Assembler
from vbprules.decision.model import Decision, Receipt
from vbprules.diagnostics import Report, Source
from vbprules.engine.case import Case
from vbprules.engine.checks import check_facts, check_judged
from vbprules.engine.outcomes import Judge, Judged
from vbprules.engine.second_opinion import second_opinion
from vbprules.facts.dossier import read_dossier
from vbprules.facts.rows import Dossier
from vbprules.facts.rulings import Rulings
from vbprules.language.versions import NEWEST
from vbprules.law import Law, as_of_day, law_of
from vbprules.program.ir import Program
from vbprules.values.figures import show_date

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
    law, facts, (day,) = inputs.law, inputs.facts, inputs.days
    program, adopted = law.program, law.rulings
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
        calendar=law.calendar_on(day).label,
        readings=law.fixed_on(day),
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
        instruments=law.instruments,
        bundle=program.bundle_label,
    )
    return judge, judged, receipt


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a case is decided from, read once, on whatever day. ``days`` are those that the caller named."""

    law: Law
    facts: Dossier
    days: tuple[int, ...]

    def case_on(self, day: int) -> Case:
        """The case as of the close of a day."""
        return self.law.case_of(self.facts, day)

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
    """Everything that callers name, read. Its slips go to ``report``; raises InputError about the policies alone."""
    program = policy if isinstance(policy, Program) else catalog.load(policy)
    facts = dossier if isinstance(dossier, Dossier) else read_dossier(dossier, report)
    with report.source(Source("--as-of", "")):
        found = tuple(as_of_day(day, report) for day in days)
    law = law_of(program, readings, rulings, calendar, found[-1], report, instruments)
    return Inputs(law, facts, found)
