"""From goals to steps: solved, confirmed, merged over the readings, with everything else that they change."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from vbprules.ahead.additions import NOTHING, Addition, Change, together
from vbprules.ahead.confirm import CaseOf, Confirmed, Confirmer, judged_of, row_of
from vbprules.ahead.goals import Goal, harmful
from vbprules.ahead.model import Effect, Step, Term, Todo, Unsolved
from vbprules.ahead.solve import Solver
from vbprules.ahead.touched import Touched
from vbprules.decision.model import Cited, Text
from vbprules.decision.phrases import text_of
from vbprules.decision.reasons import path_text
from vbprules.engine.outcomes import Judge, Judged
from vbprules.facts.rows import Dossier
from vbprules.language import policy as p
from vbprules.language.vocabulary import BY_NAME, DOERS, INSTITUTION, PARTIES, PERFORMANCES
from vbprules.program import ir
from vbprules.program.ir import Norm, Program
from vbprules.values.figures import DAYS, WORKING_DAYS, show, show_date
from vbprules.values.forks import Assignment, Fork, leaves, under
from vbprules.values.ranges import FALSE, TRUE, Infinity, Range, exactly

Turn = Literal["better", "worse", "other"]
Progress = Callable[[int, int], None]
_BY_AMOUNT: Final = ("purchase", "use")  # what an institution may have too much of
_UNCONFIRMED: Final = "unconfirmed"


@dataclass(frozen=True, slots=True)
class Found:
    steps: tuple[Step, ...]
    unsolved: tuple[Unsolved, ...]


class Steps:
    """Solves goals on the idle dossier ``stands``, known through ``today`` and looked at until ``until``."""

    def __init__(self, program: Program, stands: Dossier, case_of: CaseOf, today: int, until: int) -> None:
        self.program, self.today, self.until = program, today, until
        self.confirmer = Confirmer(stands, case_of)
        self._norms = {norm.id: norm for norm in program.norms}
        self._judges: dict[int, Judge] = {}
        self._case_of, self._stands = case_of, stands
        self._outcomes: dict[tuple[frozenset[str], Change, int, Assignment], Mapping[str, Judged]] = {}
        self._touched = Touched(program)

    def found(self, goals: Sequence[Goal], progress: Progress) -> Found:
        """The steps of all goals, and the goals without one."""
        steps: list[Step] = []
        unsolved: dict[tuple[str, str], Unsolved] = {}
        for number, goal in enumerate(goals):
            progress(number, len(goals))
            peers = [
                other for other in goals if (other.key, other.kind, other.name) == (goal.key, goal.kind, goal.name)
            ]
            made, why = self._of_goal(goal, peers)
            steps += made
            if why:
                unsolved.setdefault((goal.kind, goal.key), self._unsolved(goal, why))
        solved = {(step.kind, step.outcome) for step in steps}
        left = [item for key, item in unsolved.items() if key not in solved or _UNCONFIRMED in item.why]
        return Found(tuple(sorted(steps, key=_order)), tuple(sorted(left, key=lambda item: (item.day, item.outcome))))

    def _of_goal(self, goal: Goal, peers: Sequence[Goal]) -> tuple[list[Step], tuple[str, ...]]:
        judge = self.judge(goal.day)
        node, row = goal.node(judge), row_of(judge.case, goal)
        if node is None or row is None:
            return [], ()
        solver = Solver(judge, self.today)
        told: list[bool] = []
        failed = False
        merged: dict[tuple[Confirmed, ...], list[Assignment]] = {}
        for start in goal.paths:
            for path, ways in leaves(_rooted(start, solver.ways(node, (row,), goal.want, dict(start)))):
                changes = [change for change in ways if change != NOTHING and self._wanted(goal, change, path)]
                kept = [self.confirmer.confirmed(goal, change, path, self.until, peers) for change in changes]
                failed = failed or (bool(changes) and not any(kept))
                sure = tuple(item for item in kept if item is not None)
                if sure:
                    merged.setdefault(sure, []).append(path)
                told.append(bool(sure))
        steps = [self._step(goal, judge, ways, paths, all(told)) for ways, paths in merged.items()]
        if all(told) and steps and goal.kind == "prevent" and not any(step.every_reading for step in steps):
            steps += self._safe(goal, judge, [ways[0].change for ways in merged], peers)
        if failed:
            return steps, (_UNCONFIRMED,)
        missing = goal.kind == "prevent" and not all(told)
        return steps, tuple(sorted(solver.obstacles)) or ("fact",) if missing else ()

    def _safe(self, goal: Goal, judge: Judge, changes: list[Change], peers: Sequence[Goal]) -> list[Step]:
        """One change for every reading, where each reading asks for another."""
        whole = together(changes)
        if whole is None or not self.confirmer.safe(goal, whole, peers):
            return []
        return [self._step(goal, judge, (Confirmed(whole, True, "open", "open"),), [()], True)]

    def judge(self, day: int) -> Judge:
        """The idle dossier as of a day."""
        if day not in self._judges:
            self._judges[day] = Judge(self._case_of(self._stands, day, {}))
        return self._judges[day]

    def _wanted(self, goal: Goal, change: Change, path: Assignment) -> bool:
        """Too much can only be of one list, by the institution's own doing, and more of it is too much as well."""
        if goal.kind != "allow":
            return True
        one = len(change) == 1 and change[0].entity in _BY_AMOUNT and change[0].field != ""
        return one and self.confirmer.is_ceiling(goal, change, path)

    # One step

    def _step(
        self, goal: Goal, judge: Judge, ways: tuple[Confirmed, ...], paths: list[Assignment], whole: bool
    ) -> Step:
        judged = judged_of(judge, goal)
        assert judged is not None
        norm, first = judged.norm, ways[0]
        begins = _begins(judged, paths[0], goal.day)
        last = min(item.last for item in first.change)
        told = () if whole and len(paths) == 1 and not paths[0] else tuple(dict(path) for path in paths)
        common = _common(paths)
        item = first.change[0]
        headroom = show(item.amount - 1, item.unit) if goal.kind == "allow" else None
        return Step(
            kind=goal.kind,
            outcome=goal.key,
            provision=norm.id,
            subject=judged.subject,
            title=text_of(norm.source.title),
            modality=norm.source.modality,
            clauses=cited(norm),
            about_institution=norm.about_institution,
            todo=tuple(self._todo(item, norm, goal) for item in first.change),
            last=self._last(goal, last),
            day=show_date(goal.day),
            begins=show_date(begins),
            readings=told,
            every_reading=first.everywhere,
            less=first.less,
            later=first.later,
            state=state_text(judged, common),
            after=states(_under(self.confirmer.state(goal, first.change), common)),
            headroom=headroom,
            terms=tuple(self._terms(judge, judged, common, last)),
            alternatives=tuple(tuple(self._todo(item, norm, goal) for item in way.change) for way in ways[1:]),
            effects=() if goal.kind == "allow" else tuple(self._effects(first.change, begins, common)),
        )

    def _terms(self, judge: Judge, judged: Judged, path: Mapping[str, str], last: int) -> Iterator[Term]:
        """The terms of the row that end on the last day of the step."""
        found: dict[Term, None] = {}
        for node, rows, value in judge.interpreter.evaluated():
            if not isinstance(node, ir.Count) or rows != (judged.row,) or node.by not in (DAYS, WORKING_DAYS):
                continue
            if not node.forward or _under(value, path) != exactly(last):
                continue
            base, count = (_under(judge.interpreter.value(part, rows), path) for part in (node.base, node.count))
            counted = FALSE if node.counted is None else _under(judge.interpreter.value(node.counted, rows), path)
            if counted in (TRUE, FALSE) and isinstance(base, Range) and base.exact and count.exact:
                unit: Literal["days", "working_days"] = "days" if node.by == DAYS else "working_days"
                found[Term(show_date(base.lo), str(count.lo), unit, counted == TRUE, show_date(last))] = None
        yield from found

    def _last(self, goal: Goal, last: int) -> str | None:
        return None if goal.kind == "cure" or last >= self.until else show_date(last)

    def _todo(self, item: Addition, norm: Norm, goal: Goal) -> Todo:
        performances = item.entity == PERFORMANCES
        return Todo(
            list=PERFORMANCES if performances else BY_NAME[item.entity].list_name,
            refs=dict(item.refs),
            field=item.field,
            unit=item.unit,
            amount=show(item.amount, item.unit),
            fields=dict(item.fields),
            first=show_date(item.first),
            last=self._last(goal, item.last),
            also=item.also,
            of=item.of,
            subject=item.subject,
            by=self._by(item, norm),
        )

    def _by(self, item: Addition, norm: Norm) -> tuple[Text, ...]:
        """Who can do it: whoever owes what is performed; of a list, the party that keeps it going."""
        if item.entity == PERFORMANCES:
            named = self._norms[item.of].source.by if item.of in self._norms else ()
        else:
            named = (DOERS[item.entity],)
            owed = norm.source.modality in (p.OBLIGATION, p.ENTITLEMENT) and norm.by_test is None
            if DOERS[item.entity] == INSTITUTION and owed and INSTITUTION not in norm.source.by:
                named = norm.source.by  # another pays in its place
        parties = self.program.policy.parties
        return tuple(text_of(parties[name].label) if name in parties else Text(*PARTIES[name]) for name in named)

    def _effects(self, change: Change, day: int, path: Mapping[str, str]) -> Iterator[Effect]:
        """Every outcome that is another with the change, as of a day and under some options."""
        lists = frozenset(item.entity for item in change)
        fixed = tuple(sorted(path.items()))
        without, with_it = self._all(lists, NOTHING, day, fixed), self._all(lists, change, day, fixed)
        for key, after in with_it.items():
            before = without.get(key)
            was = "absent" if before is None else state_text(before, path)
            now = state_text(after, path)
            if was == now or (before is None and not _harm(after, path)):
                continue
            harm = (before is not None and _harm(before, path), _harm(after, path))
            yield Effect(
                outcome=key,
                title=text_of(after.norm.source.title),
                clauses=cited(after.norm),
                about_institution=after.norm.about_institution,
                before=was,
                after=now,
                turn=_turn(was, now, harm),
            )

    def _all(self, lists: frozenset[str], change: Change, day: int, path: Assignment) -> Mapping[str, Judged]:
        key = (lists, change, day, path)
        if key not in self._outcomes:
            self._outcomes[key] = self.confirmer.outcomes(self._touched.by(lists), change, day, path)
        return self._outcomes[key]

    def _unsolved(self, goal: Goal, why: Collection[str]) -> Unsolved:
        norm = self._norms[goal.norm]
        return Unsolved(
            kind=goal.kind,
            outcome=goal.key,
            title=text_of(norm.source.title),
            clauses=cited(norm),
            about_institution=norm.about_institution,
            day=show_date(goal.day),
            why=tuple(why),
        )


def cited(norm: Norm) -> tuple[Cited, ...]:
    return tuple(Cited(clause=cite.clause, phrase=cite.phrase) for cite in norm.cites)


def state_text(judged: Judged, path: Mapping[str, str] | None = None) -> str:
    """The state as a decision shows it on one line, by reading where it forks."""
    return states(_under(judged.state, path or {})) if judged.applies else "not_applicable"


def states(value: Any) -> str:
    told = [(path_text(path), state.code) for path, state in leaves(value)]
    codes = {code for _, code in told}
    return codes.pop() if len(codes) == 1 else "; ".join(f"{path}: {code}" for path, code in told)


def _under(value: Any, path: Mapping[str, str]) -> Any:
    return under(value, path) if type(value) is Fork else value


def _common(paths: Sequence[Assignment]) -> dict[str, str]:
    """What all of some assignments agree on."""
    first, *others = (dict(path) for path in paths)
    return {name: option for name, option in first.items() if all(other.get(name) == option for other in others)}


def _rooted(start: Assignment, ways: Any) -> Any:
    """What was found under an assignment, with that assignment in every path to it."""
    for name, option in reversed(start):
        ways = Fork(name, ((option, ways),))
    return ways


def _begins(judged: Judged, path: Assignment, day: int) -> int:
    """The day from which a sanction bites, if that is later than the turn."""
    value = judged.attributes.get("from")
    value = _under(value, dict(path))
    if isinstance(value, Range) and value.exact and not isinstance(value.lo, Infinity):
        return max(day, int(value.lo))
    return day


def _harm(judged: Judged, path: Mapping[str, str]) -> bool:
    return any(harmful(state) for _, state in leaves(_under(judged.state, path)))


def _turn(was: str, now: str, harm: tuple[bool, bool]) -> Turn:
    if harm == (True, False) or now == "met" or (was.startswith("breached") and now == "breached_met_late"):
        return "better"
    return "worse" if harm == (False, True) and "timeliness_unknown" not in now else "other"


def _order(step: Step) -> tuple[object, ...]:
    kinds = ("prevent", "cure", "earn", "allow")
    return kinds.index(step.kind), step.last or "9999", step.begins, step.outcome, str(step.readings)
