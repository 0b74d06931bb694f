"""Lists: totals and extremes over the rows that belong to a row, and the first day on which a total is reached.

What is recorded is a lower bound. A row counts surely if it is surely linked, by the as-of date and inside the window;
rows not recorded may count where the list is not complete through the window, or the window is not over.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

from vbprules.engine.case import Case
from vbprules.engine.combine import COMBINE
from vbprules.engine.steps import Steps
from vbprules.facts.rows import UNKNOWN_CODE, Row
from vbprules.language.vocabulary import INSTITUTION, is_dated
from vbprules.program import ir
from vbprules.program.ir import IR, Place, Program
from vbprules.values.figures import CODE, DATE, DAYS, TEXT, TRUTH
from vbprules.values.forks import Fork, fork, leaves, lift, under
from vbprules.values.ranges import FALSE, INF, NEG, OPEN, TRUE, UNKNOWN, UNKNOWN_AMOUNT, Number, Range, both

Rows = tuple[Row, ...]
_BEFORE: Final = 0  # before every day that can be written


class Running(NamedTuple):
    """In the search for a first day nothing after ``day`` counts; with ``earliest`` a row counts from its first day."""

    day: int
    earliest: bool


def unknown(unit: str) -> Any:
    if unit == TRUTH:
        return OPEN
    if unit in (CODE, TEXT):
        return UNKNOWN_CODE
    return UNKNOWN if unit in (DATE, DAYS) else UNKNOWN_AMOUNT


class Lists(ABC):
    """Evaluates folds and first days; what they are made of is evaluated by the interpreter."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.problems: dict[tuple[str, str], tuple[Row, dict[str, str]]] = {}
        self._steps: dict[tuple[ir.Fold, Row, Range | None, Range | None], Steps | None] = {}
        self._alone: dict[IR, bool] = {}
        self._folds: dict[tuple[ir.Fold, Row, Range | None, Range | None, bool], Any] = {}
        self._is_closed: dict[ir.Fold, bool] = {}
        self._running: Running | None = None
        self._so_far = False  # windows that are not over count as they stand

    def problem(self, code: str, row: Row, **args: str) -> None:
        """Note, once a row, that facts contradict each other; whoever evaluates the case reports it."""
        self.problems.setdefault((code, row.id), (row, args))

    @property
    def faults(self) -> dict[tuple[str, str], tuple[Row, dict[str, str]]]:
        """The problems with which facts cannot be used. Of two records that differ the direct one counts."""
        return {key: found for key, found in self.problems.items() if key[0] != "contradiction"}

    @abstractmethod
    def value(self, node: IR, rows: Rows) -> Any:
        """The value of a node with ``rows[0]`` the innermost row."""

    def row(self, place: Place, rows: Rows) -> Row | None:
        if place.entity == INSTITUTION:
            return self.case.dossier.institution
        return rows[place.scope].follow(place.hops) if place.hops else rows[place.scope]

    @contextmanager
    def so_far(self) -> Iterator[None]:
        """Within it, windows that are not over count as they stand."""
        kept, self._so_far = self._so_far, True
        try:
            yield
        finally:
            self._so_far = kept

    def _fold(self, node: ir.Fold, rows: Rows) -> Any:
        origin = self.row(node.origin, rows)
        if origin is None:
            return unknown(node.unit)
        start = None if node.start is None else self._in_full(node.start, rows)
        end = None if node.end is None else self._in_full(node.end, rows)
        return lift(lambda s, e: self._shared(node, origin, rows, s, e), start, end)

    def _shared(self, node: ir.Fold, origin: Row, rows: Rows, start: Range | None, end: Range | None) -> Any:
        """Rows that fold the same list over the same window share the work, unless a row outside is looked at."""
        if self._running is not None or not self._closed(node):
            return self._folded(node, origin, rows, start, end)
        key = (node, origin, start, end, self._so_far)
        if key not in self._folds:
            self._folds[key] = self._folded(node, origin, rows, start, end)
        return self._folds[key]

    def _closed(self, node: ir.Fold) -> bool:
        """Neither the items nor ``where`` look at a row outside the fold."""
        known = self._is_closed.get(node)
        if known is None:
            parts = [part for part in (node.item, node.where) if part is not None]
            known = self._is_closed[node] = not any(looks_outside(part, 1) for part in parts)
        return known

    def window_open(self, node: ir.Fold, start: Range | None, end: Range | None) -> tuple[bool, bool]:
        """Whether rows not recorded could lie in the window: since the list is open, or since it is not over."""
        through, today = self.case.complete_through(node.child), self.case.as_of
        if not is_dated(node.child):
            return through < today, False
        if self._running is not None:
            return False, False  # the search for a first day accounts for what is not recorded
        last = today if end is None else min(end.hi, today)
        unseen = through < last and (start is None or start.lo <= last)
        unfinished = not node.so_far and not self._so_far and end is not None and today <= end.hi
        return unseen, unfinished

    def members(self, node: ir.Fold, origin: Row, start: Range | None, end: Range | None) -> list[tuple[Row, bool]]:
        """The recorded rows that may count, and whether they surely do: linked, by the as-of date, in the window."""
        found = []
        today, running = self.case.as_of, self._running
        dated = is_dated(node.child)
        for row, sure in self.case.linked(node.link, node.child, origin):
            day = row.day
            if day is not None:
                if dated:
                    if day.lo > today:
                        continue
                    sure = sure and day.hi <= today
                if (start is not None and day.hi < start.lo) or (end is not None and day.lo > end.hi):
                    continue
                if start is not None or end is not None:
                    inside = (start is None or day.lo >= start.hi) and (end is None or day.hi <= end.lo)
                    sure = sure and inside
                if dated and running is not None:
                    if day.lo > running.day:
                        continue
                    sure = sure and (running.earliest or day.hi <= running.day)
            found.append((row, sure))
        return found

    def folded_rows(self, node: ir.Fold, rows: Rows) -> Iterator[Rows]:
        """The recorded rows that a fold may count, each as the innermost of the rows in sight."""
        origin = self.row(node.origin, rows)
        if origin is None:
            return
        start = None if node.start is None else self._in_full(node.start, rows)
        end = None if node.end is None else self._in_full(node.end, rows)
        found: dict[Row, None] = {}
        for _, (first, last) in leaves(lift(lambda s, e: (s, e), start, end)):
            found |= {row: None for row, _ in self.members(node, origin, first, last)}
        yield from ((row, *rows) for row in found)

    def linked_days(self, node: ir.Fold, rows: Rows) -> Iterator[Range]:
        """The days of the recorded rows that belong to a fold's row, inside its window or not."""
        origin = self.row(node.origin, rows)
        for row, _ in () if origin is None else self.case.linked(node.link, node.child, origin):
            if row.day is not None:
                yield row.day

    def _folded(self, node: ir.Fold, origin: Row, rows: Rows, start: Range | None, end: Range | None) -> Any:
        if self._running is not None and node.kind == "sum" and is_dated(node.child):
            steps = self._steps_of(node, origin, rows, start, end)
            if steps is not None:
                return steps.total(self._running.day, self._running.earliest)
        unseen, unfinished = self.window_open(node, start, end)
        counted: list[Any] = []
        items: list[Any] = []
        for sure, where, inner in self._counted(node, origin, rows, start, end):
            counted.append(where if sure else lift(lambda w: both((w, OPEN)), where))
            items.append(TRUE if node.item is None else self.value(node.item, inner))
        combine, more = COMBINE[node.kind], unseen or unfinished
        size, empty = len(items), UNKNOWN
        if node.kind == "lowest" and node.unit == DATE:
            empty = Range(self.case.as_of + 1, INF)  # none so far: the first of them is still to come

        def leaf(*values: Any) -> Any:
            return combine(values[:size], values[size:], more, node.unit, node.signed, empty)

        return lift(leaf, *counted, *items)

    def _counted(
        self, node: ir.Fold, origin: Row, rows: Rows, start: Range | None, end: Range | None
    ) -> Iterator[tuple[bool, Any, Rows]]:
        """The recorded rows that may count: whether they surely lie in the window, and whether ``where`` holds."""
        for row, sure in self.members(node, origin, start, end):
            inner = (row, *rows)
            where = TRUE if node.where is None else self._in_full(node.where, inner)
            if where != FALSE:
                yield sure, where, inner

    def _steps_of(self, node: ir.Fold, origin: Row, rows: Rows, start: Range | None, end: Range | None) -> Steps | None:
        """The running total as steps; None where a reading divides it or a row's value is itself a running total."""
        key = (node, origin, start, end)
        if key in self._steps:
            return self._steps[key]
        if node.item is None or not all(self._of_the_row_alone(part) for part in (node.item, node.where) if part):
            return None
        kept, self._running = self._running, None
        try:
            entries = list(self._entries(node, origin, rows, start, end))
        finally:
            self._running = kept
        divided = any(type(value) is Fork or type(where) is Fork for _, where, value in entries)
        sure_entries = ((day, where == TRUE, value) for day, where, value in entries)
        found = self._steps[key] = None if divided else Steps(sure_entries)
        return found

    def _entries(
        self, node: ir.Fold, origin: Row, rows: Rows, start: Range | None, end: Range | None
    ) -> Iterator[tuple[Range, Any, Any]]:
        assert node.item is not None
        for sure, where, inner in self._counted(node, origin, rows, start, end):
            yield inner[0].day or UNKNOWN, where if sure or type(where) is Fork else OPEN, self.value(node.item, inner)

    def _of_the_row_alone(self, node: IR) -> bool:
        known = self._alone.get(node)
        if known is None:
            known = self._alone[node] = of_the_row_alone(node, self.case.program)
        return known

    def _in_full(self, node: IR, rows: Rows) -> Any:
        """A condition on a row is no part of a running total: it is judged on everything that is known."""
        kept, self._running = self._running, None
        try:
            return self.value(node, rows)
        finally:
            self._running = kept

    def _first_day(self, node: ir.FirstDay, rows: Rows) -> Any:
        target = self.value(node.reaches, rows)
        readings = sorted(node.of.readings - set(self.case.fixed))
        return self._explore(readings, {}, lambda chosen: lift(lambda t: self._hit(node, rows, t, chosen), target))

    def _explore(self, readings: Sequence[str], chosen: dict[str, str], leaf: Callable[[dict[str, str]], Any]) -> Any:
        if not readings:
            return leaf(chosen)
        name, rest = readings[0], readings[1:]
        options = self.case.program.policy.readings[name].options
        return fork(name, [(option, self._explore(rest, {**chosen, name: option}, leaf)) for option in sorted(options)])

    def _hit(self, node: ir.FirstDay, rows: Rows, target: Range, chosen: dict[str, str]) -> Range:
        """The days on which the running total may reach ``target``: by what is recorded, and by what may not be."""
        if target.hi <= 0:
            return Range(NEG, NEG)  # nothing to reach
        days = self.case.days(node.lists)

        def total(day: int, earliest: bool = False) -> Range:
            kept, self._running = self._running, Running(day, earliest)
            try:
                value = under(self.value(node.of, rows), chosen)
            finally:
                self._running = kept
            assert isinstance(value, Range)
            return value

        surely = _first(days, lambda day: total(day).lo >= target.hi)
        perhaps = NEG if target.lo <= 0 else _first(days, lambda day: total(day).hi >= target.lo)
        through = min(self.case.complete_through(name) for name in node.lists)
        low = perhaps if perhaps <= through else min(perhaps, through + 1)
        if node.capped:
            whole = total(self.case.as_of, earliest=True)
            if whole.lo > target.hi:
                self.problem("paid_twice", rows[0], receipt=rows[0].id)
            if whole.lo >= target.lo:
                low = perhaps  # nothing can be missing
            elif whole.lo > 0:  # everything on record is part of what was owed
                low = max(low, _first(days, lambda day: total(day, earliest=True).lo >= whole.lo))
        return Range(min(low, surely), surely)


def looks_outside(node: IR, depth: int) -> bool:
    """The node, ``depth`` rows inside a fold, refers to a row outside it."""
    place = getattr(node, "place", None)
    if isinstance(place, Place) and place.entity != INSTITUTION and place.scope >= depth:
        return True
    if isinstance(node, ir.Fold):
        if node.origin.entity != INSTITUTION and node.origin.scope >= depth:
            return True
        inside = any(looks_outside(part, depth + 1) for part in (node.item, node.where) if part is not None)
        return inside or any(looks_outside(part, depth) for part in (node.start, node.end) if part is not None)
    return any(looks_outside(part, depth) for part in node.children())


def of_the_row_alone(node: IR, program: Program) -> bool:
    """The expression looks at its own row and at what that refers to: no list, no row outside."""
    for part in ir.walk(node):
        place = getattr(part, "place", None)
        if isinstance(part, (ir.Fold, ir.FirstDay, ir.OtherYear)) or (isinstance(place, Place) and place.scope != 0):
            return False
        if isinstance(part, ir.Ref) and not of_the_row_alone(program.definitions[part.id].body, program):
            return False
    return True


def _first(days: Sequence[int], reached: Callable[[int], bool]) -> Number:
    """The first day on which a monotone test holds, by bisection; open where it holds before any day on record."""
    if reached(_BEFORE):  # a row whose day has no beginning counts from there
        return NEG
    low, high = 0, len(days)
    while low < high:
        middle = (low + high) // 2
        if reached(days[middle]):
            high = middle
        else:
            low = middle + 1
    return days[low] if low < len(days) else INF
