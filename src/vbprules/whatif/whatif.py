"""What if the facts, the readings, a figure, the day or the policy were another: two decisions and what differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from vbprules import catalog
from vbprules.calendar import LocalCalendar
from vbprules.decision.model import Decision
from vbprules.diagnostics import InputError, Report
from vbprules.evaluation import evaluate
from vbprules.facts.rows import Dossier
from vbprules.facts.rulings import Rulings, adopted_rulings
from vbprules.printing.subjects import Subjects
from vbprules.program.ir import Program
from vbprules.reading import Node
from vbprules.values.figures import show_date
from vbprules.whatif.compare import beside, changes
from vbprules.whatif.corrections import contradictions, corrections
from vbprules.whatif.inputs import (
    Origins,
    Tree,
    check_readings,
    day_of,
    dossier_at,
    facts_tree,
    fit_for,
    laid_over,
    overlaid_program,
    raise_located,
)
from vbprules.whatif.model import Comparison, Overlay, Replaced, Totals
from vbprules.whatif.totals import totals

Facts = Path | str | bytes | Mapping[str, Any] | Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What is laid over a case, as ``what_if`` takes it."""

    facts: Facts | None = None
    places: Mapping[str, Any] = field(default_factory=dict)
    readings: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[str, str] = field(default_factory=dict)
    then: date | str | None = None
    other: str | Path | Program | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One decision with what it was made from. ``recorded``: the dossier with what only another policy speaks of."""

    program: Program
    dossier: Dossier
    recorded: Dossier
    as_of: int
    decision: Decision


def what_if(
    policy: str | Path | Program,
    dossier: Facts,
    as_of: date | str,
    *,
    facts: Facts | None = None,
    places: Mapping[str, Any] | None = None,
    readings: Mapping[str, str] | None = None,
    figures: Mapping[str, str] | None = None,
    then: date | str | None = None,
    other: str | Path | Program | None = None,
    fixed: Mapping[str, str] | None = None,
    rulings: Path | str | Mapping[str, Any] | None = None,
    calendar: str | Path | LocalCalendar | None = None,
    check: bool = True,
) -> Comparison:
    """Compare the decision of a case with the decision made with something changed.

    ``facts`` is merged over the dossier as a case file merges facts over a fixture; ``places`` maps single places
    (``payments.0.day``) to their new value; ``readings`` fixes open questions; ``figures`` maps addresses of figures
    (see ``vbprules figures``) to another figure; ``then`` is another as-of day; ``other`` another policy, whose
    readings and figures the overlay then names. ``fixed`` readings, ``rulings`` and ``calendar`` hold on both sides;
    readings as far as the other policy declares them, rulings for their own policy only.

    Raises InputError with every finding about the inputs, EngineDisagreement if the two engines differ.
    """
    laid = Changes(
        facts=facts,
        places=places or {},
        readings=readings or {},
        figures=figures or {},
        then=then,
        other=other,
    )
    return compared(*two_sides(policy, dossier, as_of, laid, fixed or {}, rulings, calendar, check))


def two_sides(
    policy: str | Path | Program,
    dossier: Facts,
    as_of: date | str,
    laid: Changes,
    fixed: Mapping[str, str],
    rulings: Path | str | Mapping[str, Any] | None,
    calendar: str | Path | LocalCalendar | None,
    check: bool,
) -> tuple[Side, Side, Overlay, tuple[str, ...]]:
    """Both decisions, what was laid over, and what of the dossier another policy knows nothing of.

    Raises as ``what_if`` does.
    """
    report = Report()
    first = _loaded(policy, report)
    second = first if laid.other is None else _loaded(laid.other, report)
    base, source = facts_tree(dossier, "dossier", report)
    origins = Origins(source)
    over: Node | None = None
    if laid.facts is not None:
        over, over_source = facts_tree(laid.facts, "facts", report)
        origins.add(over, over_source)
    tree = laid_over(base, over, laid.places, origins, report)
    day = day_of(as_of, "as_of", report)
    then = day if laid.then is None else day_of(laid.then, "then", report)
    if first is None or second is None:
        raise InputError(origins.located(tuple(report.sorted_findings())))
    changed = overlaid_program(second, laid.figures, report)
    check_readings(first, fixed, report)
    check_readings(second, laid.readings, report)
    adopted = adopted_rulings(rulings, first.policy, first.bundle, report)
    raise_located(report, origins)
    same = first.policy.id == second.policy.id
    chosen = {**{name: option for name, option in fixed.items() if name in second.policy.readings}, **laid.readings}
    before, after = dossier_at(base, origins), dossier_at(tree, origins)
    fitted, left = (after, ()) if same else fit_for(second, after)
    one = Side(first, before, before, day, _decision(first, before, day, fixed, adopted, origins, calendar, check))
    ruled = adopted if same and (laid.other is None or changed.bundle is None) else None
    supposed = _decision(changed, fitted, then, chosen, ruled, origins, calendar, check)
    two = Side(changed, fitted, after, then, supposed)
    overlay = Overlay(
        facts=None if over is None else over_source.name,
        places={path: str(value) for path, value in laid.places.items()},
        readings=dict(sorted(laid.readings.items())),
        figures={address: Replaced(*pair) for address, pair in sorted(changed.overlaid.items())},
        as_of=None if laid.then is None else show_date(then),
        policy=None if laid.other is None else second.policy.id,
    )
    return one, two, overlay, left


def compared(one: Side, two: Side, overlay: Overlay, left_out: tuple[str, ...]) -> Comparison:
    """Everything in which two decisions differ."""
    matched = one.program.policy.id == two.program.policy.id
    entities = {norm.id: norm.entity for side in (two, one) for norm in side.program.norms}
    every = {outcome.id for side in (one, two) for outcome in side.decision.outcomes}
    corrected = (
        *corrections(one.recorded, two.recorded, one.as_of, one.program),
        *(contradictions(one.decision, two.decision) if matched else ()),
    )
    facts_only = bool(corrected) and not (overlay.readings or overlay.figures or overlay.as_of or overlay.policy)
    found = tuple(changes(one.decision, two.decision, entities, facts_only)) if matched else ()
    return Comparison(
        overlay=overlay,
        matched=matched,
        before=one.decision.receipt,
        after=two.decision.receipt,
        titles=(one.decision.title, two.decision.title),
        changes=found,
        unchanged=len(every) - len(found) if matched else 0,
        corrections=corrected,
        totals=(_totals(one), _totals(two)),
        beside=() if matched else tuple(beside((one.program, one.decision), (two.program, two.decision))),
        left_out=left_out,
    )


def _decision(
    program: Program,
    dossier: Dossier,
    day: int,
    readings: Mapping[str, str],
    rulings: Rulings | None,
    origins: Origins,
    calendar: str | Path | LocalCalendar | None,
    check: bool,
) -> Decision:
    on = date.fromordinal(day)
    try:
        return evaluate(
            program, dossier, on, readings=readings, rulings=rulings, calendar=calendar, check=check, explain=False
        )
    except InputError as error:
        raise InputError(origins.located(error.findings), error.lang) from None


def _loaded(policy: str | Path | Program, report: Report) -> Program | None:
    """A policy; None after its findings have gone to ``report``."""
    if isinstance(policy, Program):
        return policy
    try:
        return catalog.load(policy)
    except InputError as error:
        for finding in error.findings:
            report.take(finding)
        return None


def _totals(side: Side) -> Totals:
    return totals(side.decision, Subjects(side.program.policy, side.dossier))
