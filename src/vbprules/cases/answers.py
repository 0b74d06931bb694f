"""What a case looks its expectations up in: a whole decision, or single outcomes judged when they are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from vbprules import catalog
from vbprules.calendar import ChosenCalendar
from vbprules.cases.model import CaseItem
from vbprules.decision.assemble import Assembler
from vbprules.decision.model import Decision, NotApplicable, Outcome
from vbprules.diagnostics import Report
from vbprules.engine.case import subject_of
from vbprules.engine.outcomes import Judge, Judged
from vbprules.facts.dossier import dossier_of
from vbprules.facts.local_calendar import choose_calendar
from vbprules.facts.rows import Dossier
from vbprules.law import Law, as_of_day
from vbprules.program.ir import Norm, Program

Answer = Outcome | NotApplicable


class Answers(Protocol):
    """Answers by name."""

    def named(self, name: str) -> tuple[Answer, ...]:
        """The answers with this id (``provision@subject``); where there is none, all those of the provision."""

    def present(self, provision: str) -> bool:
        """Whether the provision, or a step of it, has any answer."""


class DecisionAnswers:
    """The answers of a whole decision."""

    def __init__(self, decision: Decision) -> None:
        self._by_name: dict[str, list[Answer]] = {}
        answers: list[Answer] = [*decision.outcomes, *decision.not_applicable]
        for answer in answers:
            self._by_name.setdefault(answer.id, []).append(answer)
            if answer.id != answer.provision:
                self._by_name.setdefault(answer.provision, []).append(answer)

    def named(self, name: str) -> tuple[Answer, ...]:
        return tuple(self._by_name.get(name, ()))

    def present(self, provision: str) -> bool:
        return any(name == provision or name.startswith(provision + ".") for name in self._by_name)


@dataclass(frozen=True)
class Trial:
    """A case whose facts are read once, to be judged under any version of its policy."""

    item: CaseItem
    dossier: Dossier
    as_of: int
    calendar: ChosenCalendar
    lenders: tuple[Law, ...] = ()

    @classmethod
    def of(cls, item: CaseItem) -> Trial:
        """Raises InputError if the facts have errors."""
        report = Report()
        report.use(item.source)
        dossier = dossier_of(item.facts, report)
        as_of = as_of_day(item.as_of, report)
        calendar = choose_calendar(item.calendar, as_of, report)
        report.raise_if_errors()
        lenders = tuple(Law(catalog.load(name), {}, None, calendar) for name in item.instruments)
        return cls(item, dossier, as_of, calendar, lenders)

    def under(self, program: Program) -> JudgedAnswers:
        """The answers under a version of the policy; with reasons only where the case asserts some."""
        explain = any("reason" in expected.values for expected in self.item.expect)
        law = Law(program, self.item.readings, None, self.calendar, self.lenders)
        return JudgedAnswers(program, Judge(law.case_of(self.dossier, self.as_of)), explain)


class JudgedAnswers:
    """Answers judged one by one. They are those of a whole decision, without the second opinion."""

    def __init__(self, program: Program, judge: Judge, explain: bool = True) -> None:
        self.program, self.judge, self.explain = program, judge, explain
        self._judged: dict[tuple[str, str], Judged] = {}
        self._answers: dict[tuple[str, str], Answer] = {}

    @cached_property
    def _norms(self) -> Mapping[str, Norm]:
        return {norm.id: norm for norm in self.program.norms}

    @cached_property
    def _assembler(self) -> Assembler:
        return Assembler(self.judge, self.explain)

    def judged(self, name: str) -> tuple[Judged, ...]:
        """What was judged under this name: one row where it names one, else every row."""
        provision, _, subject = name.partition("@")
        norm = self._norms.get(provision)
        if norm is None:
            return ()
        rows = [row for row in self.judge.case.rows(norm.entity) if not subject or subject_of(row) == subject]
        found: list[Judged] = []
        for row in rows:
            key = (provision, subject_of(row))
            if key not in self._judged:
                self._judged[key] = self.judge.judge(norm, row)
            found.append(self._judged[key])
        return tuple(found)

    def named(self, name: str) -> tuple[Answer, ...]:
        return tuple(self.answer(item) for item in self.judged(name))

    def answer(self, judged: Judged) -> Answer:
        """What was judged, as a case sees it."""
        key = (judged.norm.id, judged.subject)
        if key not in self._answers:
            self._answers[key] = self._assembler.answer(judged)
        return self._answers[key]

    def present(self, provision: str) -> bool:
        names = [name for name in self._norms if name == provision or name.startswith(provision + ".")]
        return any(self.judge.case.rows(self._norms[name].entity) for name in names)
