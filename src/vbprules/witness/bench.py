"""Evaluates nodes on a dossier that is being written, and counts how often."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vbprules.calendar import Period, WorkCalendar, work_calendar
from vbprules.diagnostics import Report
from vbprules.engine.case import Case, period_row
from vbprules.engine.interpret import Interpreter
from vbprules.facts.dossier import read_dossier
from vbprules.facts.rows import Row
from vbprules.language.vocabulary import INSTITUTION
from vbprules.program.ir import IR, Place, Program
from vbprules.values.ranges import FALSE, TRUE, Infinity, Number, Range
from vbprules.witness.draft import Draft, Handle, is_virtual

Rows = tuple[Handle, ...]


class Spent(Exception):
    """The search has evaluated as often as it may."""


class Bench:
    """One program under fixed readings. ``left`` evaluations may still be made."""

    def __init__(self, program: Program, readings: Mapping[str, str], effort: int) -> None:
        self.program, self.readings, self.left = program, readings, effort
        self._last: tuple[Draft | None, Interpreter | None] = (None, None)

    def judged(self, draft: Draft) -> Interpreter | None:
        """What evaluates a draft, which is not changed afterwards; None where its facts cannot be read."""
        if self._last[0] is not draft:
            if self.left <= 0:
                raise Spent
            self.left -= 1
            report = Report()
            dossier = read_dossier(draft.mapping(), report)
            case = Case(self.program, dossier, draft.judged_on, self.calendar(draft), self.readings)
            self._last = (draft, None if report.has_errors else Interpreter(case))
        return self._last[1]

    @staticmethod
    def calendar(draft: Draft) -> WorkCalendar:
        return work_calendar(as_of=draft.judged_on)

    def value(self, node: IR, rows: Rows, draft: Draft) -> Any:
        """The value of a node; None where the facts contradict each other or a row is not there."""
        interpreter = self.judged(draft)
        if interpreter is None:
            return None
        found = [row_of(interpreter.case, at) for at in rows]
        if any(row is None for row in found):
            return None
        value = interpreter.value(node, tuple(row for row in found if row is not None))
        return None if interpreter.faults else value

    def number(self, node: IR, rows: Rows, draft: Draft) -> int | Any:
        """The exact number that a node is worth; None where it is not exact."""
        value = self.value(node, rows, draft)
        return exact(value)

    def holds(self, node: IR, rows: Rows, draft: Draft) -> bool | None:
        """Whether a condition holds; None where that is open."""
        value = self.value(node, rows, draft)
        return True if value == TRUE else False if value == FALSE else None


def exact(value: Any) -> Any:
    """A finite number; None for anything else."""
    if not isinstance(value, Range) or not value.exact or isinstance(value.lo, Infinity):
        return None
    return value.lo


def row_of(case: Case, at: Handle) -> Row | None:
    if at.entity == INSTITUTION:
        return case.dossier.institution
    if is_virtual(at.entity):
        period = Period.parse(at.id)
        found = next((row for row in case.rows(at.entity) if row.id == at.id), None)
        return found or (None if period is None else period_row(at.entity, period))
    return next((row for row in case.dossier.rows.get(at.entity, ()) if row.id == at.id), None)


def resolved(place: Place, rows: Rows, draft: Draft) -> Handle | None:
    """The row at which a node looks."""
    if place.entity == INSTITUTION:
        return Handle(INSTITUTION, INSTITUTION)
    at = rows[place.scope]
    return draft.follow(at, place.hops) if place.hops else at


__all__ = ["Bench", "Number", "Rows", "Spent", "exact", "resolved", "row_of"]
