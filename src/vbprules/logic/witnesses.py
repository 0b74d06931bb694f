"""Concrete dossiers for what a formula says, each confirmed by evaluating it before anything is said of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from math import lcm
from typing import Final

from vbprules.calendar import day_of_month, end_of, start_of, work_calendar
from vbprules.diagnostics import InputError, Report
from vbprules.engine.case import Case
from vbprules.engine.checks import check_facts
from vbprules.engine.outcomes import Judge
from vbprules.engine.terms import term
from vbprules.facts.dossier import read_dossier
from vbprules.facts.rows import Row
from vbprules.logic.conditions import Conditions
from vbprules.logic.formulas import (
    YES,
    ZERO,
    Formula,
    Linear,
    RowId,
    Variable,
    both,
    either,
    less,
    number,
    of,
    same,
    variables,
)
from vbprules.logic.linear import Undecided
from vbprules.logic.records import Unwritable, Witness, Writer
from vbprules.logic.search import Model, Search
from vbprules.logic.setting import scenes, setting
from vbprules.logic.world import World
from vbprules.program import ir
from vbprules.program.ir import IR, Program
from vbprules.values.figures import UNITS, parse_date
from vbprules.values.ranges import FALSE, TRUE, Infinity, Number, exactly

_ROUNDS: Final = 8
_STEPS: Final = 150
_PUBLISHED: Final = date(2019, 1, 15).toordinal()  # before it arrangements of working days are not recorded here
Confirms = Callable[[Judge, Row], bool]


def witness(
    program: Program,
    readings: Mapping[str, str],
    entity: str,
    build: Callable[[Small], Formula],
    confirms: Confirms,
) -> Witness | None:
    """A small dossier under which what ``build`` writes is so, confirmed; plain settings first, then any."""
    for given in (*scenes(program), {}):
        small = Small(program, readings, entity, given)
        found = small.witness(build(small), confirms)
        if found is not None:
            return found
    return None


class Small:
    """A small world of one program under one choice of readings, from which witnesses are written."""

    def __init__(
        self, program: Program, readings: Mapping[str, str], entity: str, given: Mapping[Variable, Fraction]
    ) -> None:
        self.program, self.readings = program, readings
        self.world = World(small=True)
        self.conditions = Conditions(program, readings, self.world)
        self.conditions.given = given
        self.row: RowId = self.world.origin(entity)

    def truth(self, node: IR, wanted: bool = True) -> Formula:
        return self.conditions.truth(node, (self.row,), wanted)

    def between(self, node: IR, row: RowId, low: Linear, high: Linear) -> Formula:
        """The value of an expression lies between two numbers; not said of a ratio."""
        found = self.conditions.pieces(node, (row,))
        return either(
            *(both(p.guard, less(low, p.value, True), less(p.value, high, True)) for p in found if p.over is None)
        )

    def at(self, node: IR, row: RowId, low: Number, high: Number) -> Formula:
        """The value of an expression is this figure, or lies between two."""
        parts = []
        for guard, value, over in self.conditions.pieces(node, (row,)):
            unit = over or number(1)
            ends = unit.times(_exact(low)), unit.times(_exact(high))
            within = (
                same(value, ends[0]) if low == high else both(less(ends[0], value, True), less(value, ends[1], True))
            )
            parts.append(both(guard, YES if over is None else less(ZERO, over, True), within))
        return either(*parts)

    def witness(self, formula: Formula, confirms: Confirms) -> Witness | None:
        """A dossier under which the formula holds, that ``confirms`` when evaluated; None if none is found."""
        try:
            model = self._model(formula)
            if model is None:
                return None
            used = {variable.row for variable in variables((formula,))}
            given = {v: n for v, n in self.conditions.given.items() if v.what != "fact" or v.row in used}
            numbers = _in_whole(model.numbers) | given
            model = Model(numbers, model.flags, model.codes)
            found = Writer(self.program, model, self.row).witness(dict(sorted(self.readings.items())))
        except (Undecided, Unwritable):
            return None
        return found if self.confirmed(found, confirms) else None

    def _model(self, formula: Formula) -> Model | None:
        """With every day that a calendar gives where the calendar has it."""
        bounds = setting(self.program, variables((formula,)), self.row, self.conditions.given)
        pinned: list[Formula] = []
        for _ in range(_ROUNDS):
            search = Search(self.conditions.floors, self.conditions.choices, _STEPS)
            model = search.model(formula, bounds, *pinned)
            if model is None:
                return None
            wrong = self._off_the_calendar(model)
            if wrong is None:
                return model
            pinned.append(wrong)
        return None

    def _off_the_calendar(self, model: Model) -> Formula | None:
        for day, (node, base) in self.conditions.dates.items():
            if day in model.numbers:
                at = base.at(model.numbers)
                actual = _calendar_day(node, int(at))
                if actual is None and at < _PUBLISHED:
                    return less(number(_PUBLISHED), base, False)
                if actual is None:
                    raise Undecided
                if model.numbers[day] != actual:
                    return both(same(base, number(at)), same(of(day), number(actual)))
        return None

    def confirmed(self, witness: Witness, confirms: Confirms) -> bool:
        judge = judged(self.program, witness)
        if judge is None:
            return False
        rows = judge.case.rows(self.row[-1])
        return any(confirms(judge, row) for row in rows)


def _in_whole(numbers: Mapping[Variable, Fraction]) -> dict[Variable, Fraction]:
    """Quantities in whole units: all of them so many times larger. Whether that is still a witness is seen later."""
    parts = [value.denominator for variable, value in numbers.items() if variable.unit == UNITS]
    times = lcm(*parts)
    return {variable: value * times if variable.unit == UNITS else value for variable, value in numbers.items()}


def _exact(value: Number) -> Fraction:
    assert not isinstance(value, Infinity)
    return Fraction(value)


def judged(program: Program, witness: Witness) -> Judge | None:
    """The evaluator of a witness; None where its facts are refused."""
    report = Report()
    try:
        facts = read_dossier(witness.facts, report)
    except InputError:
        return None
    as_of = parse_date(witness.as_of)
    if as_of is None or report.has_errors:
        return None
    case = Case(program, facts, as_of, work_calendar(), witness.readings)
    check_facts(case, report)
    return None if report.has_errors else Judge(case)


def applies(judge: Judge, norm: ir.Norm, row: Row) -> bool | None:
    """Whether a norm surely applies to a row: gate and trigger true; False if surely not; None if open."""
    gate, when = (judge.interpreter.value(node, (row,)) for node in (norm.gate, norm.when))
    if gate == FALSE or when == FALSE:
        return False
    return True if gate == TRUE and when == TRUE else None


def _calendar_day(node: IR, base: int) -> int | None:
    """Where the calendar has an edge or the end of a term; None where it has no day for it."""
    try:
        if isinstance(node, ir.Edge):
            if node.day is not None:
                return day_of_month(node.day, base)
            edge = end_of if node.last else start_of
            return edge(node.period, base, node.offset)  # type: ignore[arg-type]
        if not isinstance(node, ir.Count) or not isinstance(node.count, ir.Const):
            return None
        counted = node.counted.value if isinstance(node.counted, ir.Const) else FALSE
        found, _ = term(work_calendar(), node.by, node.forward, exactly(base), node.count.value, counted)
    except (ValueError, OverflowError):
        return None
    return int(found.lo) if found.exact and not isinstance(found.lo, Infinity) else None
