"""The front door to why and why not: one outcome of a case with its whole proof."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from vbprules import catalog
from vbprules.calendar import LocalCalendar
from vbprules.decision.explanation import Explanation, whole_explanation
from vbprules.diagnostics import Report, Source, suggest
from vbprules.engine.outcomes import Judged
from vbprules.evaluation import judged_case
from vbprules.facts.rows import Dossier
from vbprules.facts.rulings import Rulings
from vbprules.language.vocabulary import BY_NAME
from vbprules.program.ir import Program


def explain(
    policy: str | Path | Program,
    dossier: Dossier | Path | str | Mapping[str, Any],
    outcome: str,
    as_of: date | str,
    *,
    readings: Mapping[str, str] | None = None,
    rulings: Rulings | Path | str | Mapping[str, Any] | None = None,
    calendar: str | Path | LocalCalendar | None = None,
    instruments: Sequence[str | Path | Program] = (),
    check: bool = True,
) -> Explanation:
    """Why one outcome of a case is what it is, and why it is not otherwise.

    ``outcome`` is ``provision@subject``, or the provision alone where it has one outcome. The other parameters are
    those of `evaluate`; the whole case is decided, and by both engines.

    Raises InputError with every finding about the inputs, also if there is no such outcome or several;
    EngineDisagreement if the two engines differ.
    """
    found = explain_each(
        policy,
        dossier,
        outcome,
        as_of,
        readings=readings,
        rulings=rulings,
        calendar=calendar,
        instruments=instruments,
        check=check,
    )
    if len(found) > 1:
        report = Report()
        report.use(Source("OUTCOME", ""))
        names = [item.answer.id for item in found]
        report.error("several_outcomes", None, name=outcome, count=str(len(names)), choices=names)
        report.raise_if_errors()
    return found[0]


def explain_each(
    policy: str | Path | Program,
    dossier: Dossier | Path | str | Mapping[str, Any],
    outcome: str,
    as_of: date | str,
    *,
    readings: Mapping[str, str] | None = None,
    rulings: Rulings | Path | str | Mapping[str, Any] | None = None,
    calendar: str | Path | LocalCalendar | None = None,
    instruments: Sequence[str | Path | Program] = (),
    check: bool = True,
) -> tuple[Explanation, ...]:
    """The same for every outcome of a provision, in the order of the dossier; at least one.

    A sanction of several steps stands for all of them.
    """
    program = policy if isinstance(policy, Program) else catalog.load(policy)
    judge, judged, receipt = judged_case(program, dossier, as_of, readings, rulings, calendar, check, instruments)
    report = Report()
    report.use(Source("OUTCOME", ""))
    wanted = chosen(program, judged, outcome.strip(), report)
    report.raise_if_errors()
    return tuple(whole_explanation(judge, item, receipt) for item in wanted)


def chosen(program: Program, judged: Sequence[Judged], outcome: str, report: Report) -> list[Judged]:
    """What was judged under a name. A name that means nothing goes to ``report``, with what may be meant."""
    provision, at, subject = outcome.partition("@")
    norms = [norm for norm in program.norms if norm.id == provision or norm.id.startswith(provision + ".")]
    if not norms or not provision:
        known = [norm.id for norm in program.norms]
        near = suggest(provision, known) or next((name for name in known if provision and provision in name), "")
        report.error("unknown_provision", None, name=provision, suggestion=near)
        return []
    ids = {norm.id for norm in norms}
    all_of_it = [item for item in judged if item.norm.id in ids]
    found = [item for item in all_of_it if not at or item.subject == subject]
    if not all_of_it:
        entity = BY_NAME[norms[0].entity]
        each = f"{entity.zh} {entity.en}"
        report.error("nothing_judged", None, name=provision, entity=each, list=entity.list_name)
    elif not found:
        subjects = list(dict.fromkeys(item.subject for item in all_of_it))
        near = suggest(subject, subjects)
        choices = [name or provision for name in subjects]
        report.error("no_such_outcome", None, name=outcome, choices=choices, suggestion=near and f"{provision}@{near}")
    return found
