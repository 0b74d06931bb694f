"""Confirming an addition: the dossier with it is judged again, by the same engine; nothing is taken on trust."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from vbprules.ahead.additions import Addition, Change, carried_out
from vbprules.ahead.goals import Goal, harmful
from vbprules.engine.case import Case
from vbprules.engine.outcomes import Judge, Judged
from vbprules.facts.rows import Dossier, Row
from vbprules.values.forks import Assignment, Fork, leaves, under
from vbprules.values.ranges import FALSE, TRUE

CaseOf = Callable[[Dossier, int], Case]
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
    after: Any  # the state with it, forked


class Confirmer:
    """Judges single outcomes on the idle dossier with additions."""

    def __init__(self, dossier: Dossier, case_of: CaseOf) -> None:
        self.dossier, self.case_of = dossier, case_of
        self._known: dict[tuple[Goal, Change, tuple[int, ...]], tuple[Any, Any, bool]] = {}

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
        everywhere = all(self._holds(peer, change, last, known) for peer in peers for known in peer.paths)
        later: Else | None = None
        bound = min(last)
        if goal.kind in ("prevent", "earn", "allow") and bound < until:
            later = self._later(goal, change, bound, path)
            if later is None:
                return None
        less: Else = "comes" if all(found == "comes" for found in spared) else "open"
        return Confirmed(change, everywhere, less, later, self._judged(goal, change, last)[1])

    def _first(self, change: Change) -> tuple[int, ...]:
        return tuple(item.first for item in change)

    def _without(self, goal: Goal, change: Change, index: int, path: Assignment) -> Else | None:
        """What is so with one unit less of one addition; None if that is enough as well."""
        item = change[index]
        rest = [replace(item, amount=item.amount - 1)] if item.amount > 1 else []
        smaller: tuple[Addition, ...] = (*change[:index], *rest, *change[index + 1 :])
        return self._otherwise(goal, smaller, tuple(item.last for item in smaller), path)

    def _later(self, goal: Goal, change: Change, bound: int, path: Assignment) -> Else | None:
        days = tuple(item.last + 1 if item.last == bound else item.last for item in change)
        return self._otherwise(goal, change, days, path)

    def _otherwise(self, goal: Goal, change: Change, days: tuple[int, ...], path: Assignment) -> Else | None:
        value, state, _ = self._judged(goal, change, days)
        value, state = _one(value, path), _one(state, path)
        want = TRUE if goal.want else FALSE
        if value == want:
            return None
        if goal.kind == "prevent":
            return "comes" if all(harmful(leaf) for _, leaf in leaves(state)) else "open"
        return "comes" if value == (FALSE if goal.want else TRUE) else "open"

    def _holds(self, goal: Goal, change: Change, days: tuple[int, ...], path: Assignment) -> bool:
        value, state, sound = self._judged(goal, change, days)
        want = TRUE if goal.want else FALSE
        is_so = sound and all(leaf == want for _, leaf in leaves(_one(value, path)))
        if goal.kind == "prevent":
            is_so = is_so and not any(harmful(leaf) for _, leaf in leaves(_one(state, path)))
        return is_so

    def _judged(self, goal: Goal, change: Change, days: tuple[int, ...]) -> tuple[Any, Any, bool]:
        """The goal's condition and the outcome's state with a change, and whether the facts are free of contradiction."""
        key = (goal, change, days)
        if key not in self._known:
            judge = Judge(self.case_of(carried_out(self.dossier, change, days), goal.day))
            found = judged_of(judge, goal)
            node = goal.node(judge)
            if found is None or node is None:
                self._known[key] = (None, None, False)
            else:
                value = judge.interpreter.value(node, (found.row,))
                self._known[key] = (value, found.state, not _contradicts(judge))
        return self._known[key]

    def everything(self, change: Change, day: int) -> Mapping[str, Judged]:
        """Every outcome with a change, as of a day."""
        days = tuple(item.last for item in change)
        return {item.key: item for item in Judge(self.case_of(carried_out(self.dossier, change, days), day)).all()}


def judged_of(judge: Judge, goal: Goal) -> Judged | None:
    """The outcome of a goal on a case."""
    row = row_of(judge.case, goal)
    norm = next((norm for norm in judge.case.program.norms if norm.id == goal.norm), None)
    return None if row is None or norm is None else judge.judge(norm, row)


def row_of(case: Case, goal: Goal) -> Row | None:
    return next((row for row in case.rows(goal.entity) if row.id == goal.row), None)


def _one(value: Any, path: Assignment) -> Any:
    return under(value, dict(path)) if type(value) is Fork else value


def _contradicts(judge: Judge) -> bool:
    return any(code != "contradiction" for code, _ in judge.interpreter.problems)
