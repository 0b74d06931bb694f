"""Confirming an addition: the dossier with it is judged again, by the same engine; nothing is taken on trust."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from vbprules.ahead.additions import Change, carried_out
from vbprules.ahead.goals import Goal
from vbprules.engine.case import Case
from vbprules.engine.outcomes import Judge, Judged
from vbprules.facts.rows import Dossier, Row
from vbprules.program.ir import Norm
from vbprules.values.forks import Assignment
from vbprules.values.ranges import FALSE, TRUE

_KEPT: Final = 256  # cases at a time: outcomes that share a condition are confirmed one after another
_FAR_MORE: Final = 1000
CaseOf = Callable[[Dossier, int, Mapping[str, str]], Case]  # as of a day, with some readings fixed
Else = Literal["comes", "open"]  # without it, or with less, or later: it comes, or is no longer settled


@dataclass(frozen=True, slots=True)
class Confirmed:
    """``everywhere``: the addition is enough under every reading. ``less``, ``later``: one unit less, one day later.

    ``later`` is None where no day of the horizon is too late.
    """

    change: Change
    everywhere: bool
    less: Else
    later: Else | None


class Confirmer:
    """Judges single outcomes on the idle dossier with additions."""

    def __init__(self, dossier: Dossier, case_of: CaseOf) -> None:
        self.dossier, self.case_of = dossier, case_of
        self._judges: dict[tuple[Change, tuple[int, ...], int, Assignment], Judge] = {}

    def confirmed(
        self, goal: Goal, change: Change, path: Assignment, until: int, peers: Sequence[Goal]
    ) -> Confirmed | None:
        """The change if it does what it says under ``path``, and if nothing of it could be spared.

        ``peers`` are the goals of the same outcome that other readings make, on other days.
        """
        last = tuple(item.last for item in change)
        if not change or not all(self._holds(goal, change, days, path) for days in (last, self._first(change))):
            return None
        spared = [self._without(goal, change, index, path) for index in range(len(change))]
        if any(found is None for found in spared):
            return None
        later: Else | None = None
        bound = min(last)
        if goal.kind in ("prevent", "earn", "allow") and bound < until:
            later = self._later(goal, change, bound, path)
            if later is None:
                return None
        everywhere = all(self._holds(peer, change, last, ()) for peer in peers)
        less: Else = "comes" if all(found == "comes" for found in spared) else "open"
        return Confirmed(change, everywhere, less, later)

    def is_ceiling(self, goal: Goal, change: Change, path: Assignment) -> bool:
        """Far more of it makes the condition so as well: it is no band that more would leave again."""
        return self._holds(goal, _more(change), tuple(item.last for item in change), path)

    def safe(self, goal: Goal, change: Change, peers: Sequence[Goal]) -> bool:
        """A change that is enough under every reading; a unit less, or a day later, is not enough under all of them."""

        def enough(some: Change, late: int = 0) -> bool:
            bound = min((item.last for item in some), default=0)
            days = tuple(item.last + late if item.last == bound else item.last for item in some)
            return all(self._holds(peer, some, days, ()) for peer in peers)

        spared = any(enough(_less(change, index)) for index in range(len(change)))
        return enough(change) and not spared and not enough(change, late=1)

    def _first(self, change: Change) -> tuple[int, ...]:
        return tuple(item.first for item in change)

    def _without(self, goal: Goal, change: Change, index: int, path: Assignment) -> Else | None:
        """What is so with one unit less of one addition; None if that is enough as well."""
        smaller = _less(change, index)
        return self._otherwise(goal, smaller, tuple(item.last for item in smaller), path)

    def _later(self, goal: Goal, change: Change, bound: int, path: Assignment) -> Else | None:
        days = tuple(item.last + 1 if item.last == bound else item.last for item in change)
        return self._otherwise(goal, change, days, path)

    def _otherwise(self, goal: Goal, change: Change, days: tuple[int, ...], path: Assignment) -> Else | None:
        value = self._value(goal, change, days, path)[0]
        if value == (TRUE if goal.want else FALSE):
            return None
        return "comes" if value == (FALSE if goal.want else TRUE) else "open"

    def _holds(self, goal: Goal, change: Change, days: tuple[int, ...], path: Assignment) -> bool:
        value, sound = self._value(goal, change, days, path)
        return sound and value == (TRUE if goal.want else FALSE)

    def _value(self, goal: Goal, change: Change, days: tuple[int, ...], path: Assignment) -> tuple[Any, bool]:
        """The goal's condition with a change, and whether the facts are free of contradiction."""
        judge = self._judge(change, days, goal.day, path)
        row, node = row_of(judge.case, goal), goal.node(judge)
        if row is None or node is None:
            return None, False
        value = judge.interpreter.value(node, (row,))
        return value, not judge.interpreter.faults

    def _judge(self, change: Change, days: tuple[int, ...], day: int, path: Assignment = ()) -> Judge:
        """The case with a change; with the readings of ``path`` fixed, which is quicker than to look under all."""
        key = (change, days, day, path)
        if key not in self._judges:
            if len(self._judges) >= _KEPT:
                del self._judges[next(iter(self._judges))]
            self._judges[key] = Judge(self.case_of(carried_out(self.dossier, change, days), day, dict(path)))
        return self._judges[key]

    def state(self, goal: Goal, change: Change) -> Any:
        """The state of the outcome with a change, forked."""
        found = judged_of(self._judge(change, tuple(item.last for item in change), goal.day), goal)
        return None if found is None else found.state

    def outcomes(self, norms: Iterable[Norm], change: Change, day: int, path: Assignment) -> Mapping[str, Judged]:
        """Every outcome of some provisions with a change, as of a day and with some readings fixed."""
        judge = self._judge(change, tuple(item.last for item in change), day, path)
        found = (judge.judge(norm, row) for norm in norms for row in judge.case.rows(norm.entity))
        return {item.key: item for item in found}


def _less(change: Change, index: int) -> Change:
    """With one unit less of one addition."""
    item = change[index]
    rest = [replace(item, amount=item.amount - 1)] if item.amount > 1 else []
    return (*change[:index], *rest, *change[index + 1 :])


def _more(change: Change) -> Change:
    return tuple(replace(item, amount=item.amount * _FAR_MORE) for item in change)


def judged_of(judge: Judge, goal: Goal) -> Judged | None:
    """The outcome of a goal on a case."""
    row = row_of(judge.case, goal)
    norm = next((norm for norm in judge.case.program.norms if norm.id == goal.norm), None)
    return None if row is None or norm is None else judge.judge(norm, row)


def row_of(case: Case, goal: Goal) -> Row | None:
    return next((row for row in case.rows(goal.entity) if row.id == goal.row), None)
