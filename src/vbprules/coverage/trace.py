"""What a case reaches: the points that decide what it asserts.

From each asserted outcome the conditions are followed downward, as far as they matter: a conjunct beside one that fails
decides nothing and counts for nothing, nor does an option of a reading about which the case says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any, Final

from vbprules.cases.answers import JudgedAnswers, Trial
from vbprules.cases.expectations import assignment
from vbprules.cases.files import Expectation
from vbprules.cases.keys import FIGURES, NOT_APPLICABLE
from vbprules.coverage.points import VALUE, Point, Points, readings_of
from vbprules.engine.interpret import Figured
from vbprules.engine.lists import Rows
from vbprules.engine.outcomes import Judged, State
from vbprules.facts.rows import Code
from vbprules.program import ir
from vbprules.program.ir import IR, Const, Norm
from vbprules.reading import Mapping as MappingNode
from vbprules.values.figures import DATE, MONEY, SHARE, TRUTH
from vbprules.values.forks import fork, leaves, lift
from vbprules.values.ranges import FALSE, TRUE, Infinity, Range

Assignments = Sequence[Mapping[str, str]]
_ANY: Final[Assignments] = ({},)


def reached(points: Points, trial: Trial) -> frozenset[Point]:
    """The points of a program that a case reaches with what it asserts."""
    answers = trial.under(points.program)
    found: set[Point] = set()
    for expected in trial.item.expect:
        if expected.kind == "absent":
            continue
        for judged in answers.judged(expected.outcome):
            found |= _Trace(points, answers, trial.item.readings).of(judged, expected)
    return frozenset(found)


class _Trace:
    """The points behind one asserted outcome."""

    def __init__(self, points: Points, answers: JudgedAnswers, fixed: Mapping[str, str]) -> None:
        self.points, self.fixed = points, fixed
        self.interpreter = answers.judge.interpreter
        self.found: set[Point] = set()
        self._done: set[tuple[IR, Rows]] = set()
        self._asserted: Assignments = _ANY

    def of(self, judged: Judged, expected: Expectation) -> set[Point]:
        norm, rows = judged.norm, (judged.row,)
        if expected.kind == NOT_APPLICABLE:
            if not judged.applies:
                self.found |= {Point("provisions", norm.id, ""), Point("states", norm.id, NOT_APPLICABLE)}
                self.condition(norm.gate, rows, True)
            return self.found
        for key, node in expected.values.items():
            self._asserted = _assignments(node)
            if key in ("state", "triggered"):
                self._state(judged, rows, key == "state")
            elif key in FIGURES:
                self._figure(judged, rows, key)
            else:
                continue
            self.found.add(Point("provisions", norm.id, ""))
            self._options(norm)
        return self.found

    def _state(self, judged: Judged, rows: Rows, whole: bool) -> None:
        norm = judged.norm
        self.condition(norm.gate, rows, True)
        self.condition(norm.when, rows, lift(lambda g: g != FALSE, judged.gate))
        if not whole:
            return
        applies = lift(lambda g, t: g != FALSE and t != FALSE, judged.gate, judged.trigger)
        for test in norm.tests.values():
            self.condition(test, rows, applies)
        for path, state in leaves(judged.state):
            if isinstance(state, State) and self._says(path):
                self.found.add(Point("states", norm.id, state.code))

    def _figure(self, judged: Judged, rows: Rows, key: str) -> None:
        name = {"base": "standard", "excess": "standard", "breached_on": "due"}.get(key, key)
        node = judged.norm.done if key == "done" else judged.norm.values.get(name)
        if node is None:
            return
        self.value(node, rows, True)
        for path, leaf in leaves(self.interpreter.value(node, rows)):
            known = leaf.value if isinstance(leaf, Figured) else leaf
            if self._says(path) and isinstance(known, Range) and (known.exact or isinstance(leaf, Figured)):
                for figure in self.points.figures(node, {**self.fixed, **dict(path)}):
                    self.found.add(Point("boundaries", figure.address, VALUE))

    def _options(self, norm: Norm) -> None:
        for reading in readings_of(norm):
            for option in self.points.program.policy.readings[reading].options:
                if self._says(((reading, option),)):
                    self.found.add(Point("readings", norm.id, f"{reading}={option}"))

    def _says(self, path: Sequence[tuple[str, str]]) -> bool:
        """The case asserts something under these options."""
        if any(self.fixed.get(reading, option) != option for reading, option in path):
            return False
        return any(all(chosen.get(reading, option) == option for reading, option in path) for chosen in self._asserted)

    # Conditions. ``matters``: what is asserted hangs on it (by reading).

    def condition(self, node: IR, rows: Rows, matters: Any) -> None:
        if matters is False or not self._fresh(node, rows, matters):
            return
        value = self.interpreter.value
        if isinstance(node, (ir.All, ir.Any)):
            decided = FALSE if isinstance(node, ir.All) else TRUE
            truths = [value(part, rows) for part in node.parts]
            for number, part in enumerate(node.parts):
                others = truths[:number] + truths[number + 1 :]
                free = lift(lambda m, *rest: m and decided not in rest, matters, *others)
                self.condition(part, rows, free)
        elif isinstance(node, (ir.Not, ir.SoFar)):
            self.condition(node.part, rows, matters)
        elif isinstance(node, ir.Choose):
            self._choice(node, rows, matters, self.condition)
        elif isinstance(node, ir.Fold):
            self._rows_of(node, rows, matters)
        elif isinstance(node, ir.Ref) and self.points.opened(node):
            row = self.interpreter.row(node.place, rows)
            if row is not None:
                self.condition(self.points.program.definitions[node.id].body, (row,), matters)
        else:
            self._plain(node, rows, matters)

    def _plain(self, node: IR, rows: Rows, matters: Any) -> None:
        """A condition that is not made of others: the side on which it stands, and what is compared in it."""
        at = self.points.conditions.get(node)
        if at is not None:
            for path, (truth, free) in leaves(lift(_pair, self.interpreter.value(node, rows), matters)):
                if free and truth in (TRUE, FALSE) and self._says(path):
                    self.found.add(Point("branches", at, "yes" if truth == TRUE else "no"))
        if isinstance(node, ir.Member) and at is not None:
            for path, (code, free) in leaves(lift(_pair, self.interpreter.value(node.subject, rows), matters)):
                if free and self._says(path) and isinstance(code, Code) and code.text in node.codes:
                    self.found.add(Point("branches", at, f"is {code.text}"))
        if isinstance(node, ir.Compare):
            left, right = self.interpreter.value(node.left, rows), self.interpreter.value(node.right, rows)
            self._edges(left, right, (node.left, node.right), node.left.unit, matters)
        for part in node.children():
            self.value(part, rows, matters)

    def _edges(self, one: Any, two: Any, sides: tuple[IR | None, IR | None], unit: str, matters: Any) -> None:
        """Mark the figures near which two values lie; ``sides``: where each comes from, if from the policy."""
        for path, (first, second, free) in leaves(lift(_three, one, two, matters)):
            if not free or not self._says(path) or not (first.exact and second.exact):
                continue
            if isinstance(first.lo, Infinity) or isinstance(second.lo, Infinity):
                continue
            gap = Fraction(first.lo) - Fraction(second.lo)
            chosen = {**self.fixed, **dict(path)}
            for side, distance in ((sides[1], gap), (sides[0], -gap)):
                for figure in () if side is None else self.points.figures(side, chosen):
                    if abs(distance) <= _step(figure, self._itself(side, figure), unit):
                        edge = "at" if distance == 0 else "below" if distance < 0 else "above"
                        self.found.add(Point("boundaries", figure.address, edge))

    def _itself(self, node: IR | None, figure: Const) -> bool:
        """The figure is compared itself, not something computed from it."""
        while isinstance(node, ir.Ref) and self.points.opened(node):
            node = self.points.program.definitions[node.id].body
        return node is figure

    # Values: the conditions on which they hang

    def value(self, node: IR, rows: Rows, matters: Any) -> None:
        if node.unit == TRUTH:
            self.condition(node, rows, matters)
        elif matters is False or not self._fresh(node, rows, matters):
            return
        elif isinstance(node, ir.Choose):
            self._choice(node, rows, matters, self.value)
        elif isinstance(node, ir.If):
            truth = self.interpreter.value(node.condition, rows)
            self.condition(node.condition, rows, matters)
            self.value(node.then, rows, lift(lambda m, t: m and t != FALSE, matters, truth))
            self.value(node.otherwise, rows, lift(lambda m, t: m and t != TRUE, matters, truth))
        elif isinstance(node, ir.Fold):
            self._rows_of(node, rows, matters)
        elif isinstance(node, ir.Ref):
            row = self.interpreter.row(node.place, rows)
            if row is not None:
                self.value(self.points.program.definitions[node.id].body, (row,), matters)
        elif isinstance(node, ir.OtherYear):
            row = self.interpreter.row(node.place, rows)
            other = None if row is None else self.interpreter.case.year_row(row, node.offset)
            if other is not None:
                self.value(self.points.program.definitions[node.id].body, (other,), matters)
        else:
            if isinstance(node, ir.FirstDay):
                total, target = self.interpreter.value(node.of, rows), self.interpreter.value(node.reaches, rows)
                self._edges(total, target, (None, node.reaches), node.of.unit, matters)
            if isinstance(node, ir.Arithmetic) and node.operation in ("least", "greatest"):
                for one, two in combinations(node.parts, 2):  # which of them it is hangs on how they compare
                    first, second = self.interpreter.value(one, rows), self.interpreter.value(two, rows)
                    self._edges(first, second, (one, two), node.unit, matters)
            for part in node.children():
                self.value(part, rows, matters)

    def _choice(self, node: ir.Choose, rows: Rows, matters: Any, follow: Any) -> None:
        for name, part in node.options:
            if node.reading in self.fixed:
                if self.fixed[node.reading] == name:
                    follow(part, rows, matters)
            else:
                here = [(option, matters if option == name else False) for option, _ in node.options]
                follow(part, rows, fork(node.reading, here))

    def _rows_of(self, node: ir.Fold, rows: Rows, matters: Any) -> None:
        for inner in self.interpreter.folded_rows(node, rows):
            counted: Any = TRUE
            if node.where is not None:
                self.condition(node.where, inner, matters)
                counted = self.interpreter.value(node.where, inner)
            if node.item is not None:
                self.value(node.item, inner, lift(lambda m, w: m and w != FALSE, matters, counted))
        for part in (node.start, node.end):
            if part is None:
                continue
            self.value(part, rows, matters)
            if self.points.figures(part):
                end = self.interpreter.value(part, rows)
                for day in self.interpreter.linked_days(node, rows):
                    self._edges(day, end, (None, part), DATE, matters)

    def _fresh(self, node: IR, rows: Rows, matters: Any) -> bool:
        """Not yet followed on these rows with everything at stake."""
        if matters is not True:
            return True
        key = (node, rows)
        if key in self._done:
            return False
        self._done.add(key)
        return True


def _pair(one: Any, two: Any) -> Any:
    return one, two


def _three(one: Any, two: Any, three: Any) -> Any:
    return one, two, three


def _assignments(node: Any) -> Assignments:
    """The options under which a case asserts a value: all, or those that it lists."""
    return [assignment(key.text) or {} for key, _ in node.entries] if isinstance(node, MappingNode) else _ANY


def _step(figure: Const, itself: bool, unit: str) -> Fraction:
    """How far off is just below or above: the figure's last place; one day, unit or yuan from what follows of it."""
    if unit == SHARE:
        digits = len(figure.text.rstrip("%％").partition(".")[2]) if itself else 0
        return Fraction(1, 100 * 10**digits)
    return Fraction(100) if unit == MONEY else Fraction(1)
