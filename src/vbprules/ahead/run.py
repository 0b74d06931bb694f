"""The front door of looking ahead: what comes if nothing more happens, and what can be done about it by when."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from vbprules.ahead.goals import Goal, allowed, cured, earned, harmful, prevented
from vbprules.ahead.idle import FARTHEST, Idle, horizon, idle
from vbprules.ahead.model import Ahead, Coming
from vbprules.ahead.questions import questions
from vbprules.ahead.steps import Found, Steps, cited, state_text
from vbprules.calendar import LocalCalendar
from vbprules.calendar.chosen import ChosenCalendar
from vbprules.decision.assemble import Assembler
from vbprules.decision.model import Outcome
from vbprules.decision.phrases import text_of
from vbprules.diagnostics import Report
from vbprules.engine.case import Case
from vbprules.engine.checks import check_judged, check_provisions
from vbprules.engine.outcomes import Judge, Judged, State
from vbprules.evaluation import resolved
from vbprules.facts.rows import Dossier
from vbprules.facts.rulings import Rulings
from vbprules.law import as_of_day, build_case
from vbprules.program.ir import Norm, Program
from vbprules.timelines.run import Turn, turns
from vbprules.values.figures import show_date
from vbprules.values.forks import leaves, lift

Progress = Callable[[str, int, int], None]  # what is being done, how much of it is done, of how much
QUIET: Progress = lambda what, done, of: None  # noqa: E731


def what_next(
    policy: str | Path | Program,
    dossier: Dossier | Path | str | Mapping[str, Any],
    as_of: date | str,
    *,
    to: date | str | None = None,
    readings: Mapping[str, str] | None = None,
    rulings: Rulings | Path | str | Mapping[str, Any] | None = None,
    calendar: str | Path | LocalCalendar | None = None,
    only: Collection[str] | None = None,
    progress: Progress = QUIET,
) -> Ahead:
    """What comes from the close of ``as_of`` through ``to`` if nothing more happens, and the smallest changes to it.

    The arguments are those of ``evaluate``. Without ``to`` it is the day after the last deadline or end of a period in
    sight, within about a year. ``only``: provisions or outcomes to look at. Working days are those published by
    ``as_of``, and what is dated later is not looked at. Raises InputError with every finding about the inputs.
    """
    report = Report()
    inputs = resolved(policy, dossier, (as_of,), readings, rulings, calendar, report)
    law, facts, (day,) = inputs.law, inputs.facts, inputs.days
    program, adopted, fixed = law.program, law.rulings, law.fixed_on(day)
    last = None if to is None else as_of_day(to, report)
    check_provisions(only or (), program.policy, report)
    if last is not None and not day <= last:
        report.error("bad_date", None, text=f"{show_date(day)} > {show_date(last)}")
    report.raise_if_errors()
    inputs.check(day, report)
    if adopted is not None:
        facts = replace(facts, determinations=(*facts.determinations, *adopted.determinations))

    look = _Look(program, facts, day, fixed, law.calendar, only or ())
    check_judged(look.opening_judge, report)
    until = last if last is not None else min(horizon(look.opening, day), day + FARTHEST)
    stands, turned, found = look.ahead(until, progress)
    progress("questions", 0, 1)
    asked, waiting = questions(look.outcomes())
    solved = {step.outcome for step in found.steps if step.kind == "prevent"}
    return Ahead(
        policy=program.policy.id,
        policy_sha256=program.policy.digest,
        bundle=program.bundle_label,
        facts_sha256=facts.digest,
        institution=facts.institution.name,
        as_of=show_date(day),
        to=show_date(until),
        to_chosen=last is not None,
        calendar=law.calendar.label,
        readings=fixed,
        rulings=() if adopted is None else adopted.describe(day),
        open_lists=stands.open_lists,
        left_out=stands.left_out,
        steps=found.steps,
        coming=tuple(_coming(turn, solved) for turn in turned),
        unsolved=found.unsolved,
        questions=asked,
        waiting=waiting,
    )


class _Look:
    """One look ahead: the case on any day with nothing more happening after ``day``."""

    def __init__(
        self,
        program: Program,
        facts: Dossier,
        day: int,
        fixed: Mapping[str, str],
        calendar: ChosenCalendar,
        only: Collection[str],
    ) -> None:
        self.program, self.facts, self.day = program, facts, day
        self.fixed, self.calendar, self.only = fixed, calendar, only
        named = {name.partition("@")[0] for name in only}
        self.norms = tuple(norm for norm in program.norms if not named or _names(norm) & named)
        self.opening_judge = Judge(self.case_of(program, idle(facts, day, day + FARTHEST).dossier, day))
        self.opening = [item for item in self.opening_judge.all() if self._wanted(item)]

    def case_of(self, program: Program, dossier: Dossier, day: int, path: Mapping[str, str] | None = None) -> Case:
        return build_case(program, dossier, day, {**self.fixed, **(path or {})}, None, self.calendar.work)

    def ahead(self, until: int, progress: Progress) -> tuple[Idle, list[Turn], Found]:
        """What is held still, what turns, and the steps."""
        stands = idle(self.facts, self.day, until)
        narrowed = replace(self.program, norms=self.norms)
        turned: list[Turn] = []
        for turn in turns(lambda day: self.case_of(narrowed, stands.dossier, day), self.day, until, self.calendar):
            progress("turns", turn.day - self.day, until - self.day)
            if turn.day > self.day and self._wanted(turn.after) and state_text(turn.after) != _before(turn):
                turned.append(turn)
        steps = Steps(
            self.program, stands.dossier, lambda d, day, path: self.case_of(self.program, d, day, path), self.day, until
        )
        goals = list(self._goals(turned, until))
        return stands, turned, steps.found(goals, lambda done, of: progress("steps", done, of))

    def _goals(self, turned: Iterable[Turn], until: int) -> Iterable[Goal]:
        yield from (goal for turn in turned if (goal := prevented(turn)) is not None)
        if until <= self.day:
            return
        for judged in self.opening:
            yield from cured(judged, self.day + 1)
            for goal in (earned(judged, until), allowed(judged, until)):
                if goal is not None:
                    yield goal

    def outcomes(self) -> list[Outcome]:
        assembler = Assembler(self.opening_judge, explain=False)
        return [assembler.outcome(item) for item in self.opening if item.applies]

    def _wanted(self, judged: Judged) -> bool:
        return not self.only or bool({judged.key, *_names(judged.norm)} & set(self.only))


def _names(norm: Norm) -> set[str]:
    """How a provision may be called: by its id, or by that of the whole whose step it is."""
    return {norm.id, *([norm.source.group] if norm.source.group else [])}


def _before(turn: Turn) -> str | None:
    return None if turn.before is None else state_text(turn.before)


def _coming(turn: Turn, solved: Collection[str]) -> Coming:
    after, norm = turn.after, turn.after.norm
    return Coming(
        day=show_date(turn.day),
        outcome=after.key,
        title=text_of(norm.source.title),
        clauses=cited(norm),
        about_institution=norm.about_institution,
        before=_before(turn),
        after=state_text(after),
        harm=turn.before is not None and any(leaf for _, leaf in leaves(lift(_worse, turn.before.state, after.state))),
        solved=after.key in solved,
    )


def _worse(before: State, after: State) -> bool:
    return harmful(after) and not harmful(before) and after.code != "timeliness_unknown"
