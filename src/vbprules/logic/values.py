"""Values of the program as linear expressions, by cases: each piece holds under its guard."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import islice, product
from typing import Final, NamedTuple

from vbprules.language.vocabulary import is_dated
from vbprules.logic.formulas import (
    NO,
    YES,
    Flag,
    Formula,
    Linear,
    RowId,
    Variable,
    both,
    either,
    less,
    number,
    of,
)
from vbprules.logic.shapes import shape
from vbprules.logic.world import NEVER, Rows, World
from vbprules.program import ir
from vbprules.program.ir import IR, Program
from vbprules.values.figures import DATE, MONTHS, WORKING_DAYS, YEARS
from vbprules.values.ranges import Infinity

AS_OF: Final = Variable("as_of", (), "", DATE)
_MOST_PIECES: Final = 64
_LENGTHS: Final[Mapping[str, tuple[int, int]]] = {WORKING_DAYS: (1, 12), MONTHS: (28, 31), YEARS: (365, 366)}
_PERIODS: Final[Mapping[str, tuple[int, int]]] = {"month": (28, 31), "quarter": (90, 92), "year": (365, 366)}


class Piece(NamedTuple):
    """``value``, divided by ``over`` where there is one, wherever ``guard`` holds."""

    guard: Formula
    value: Linear
    over: Linear | None = None


class Values:
    """Numbers of one program under one choice of readings. ``floors`` collects what each number is at least."""

    def __init__(self, program: Program, readings: Mapping[str, str], world: World) -> None:
        self.program, self.readings, self.world = program, readings, world
        self.given: Mapping[Variable, Fraction] = {}  # what some numbers are taken to be
        self.floors: dict[Variable, Fraction] = {}
        self.dates: dict[
            Variable, tuple[IR, Linear]
        ] = {}  # days that a calendar gives, with what they are counted from
        self.replaced: dict[tuple[RowId, str], Linear] = {}  # by row and name: what to take a value for instead
        self._so_far = False

    @abstractmethod
    def truth(self, node: IR, rows: Rows, wanted: bool) -> Formula:
        """What makes a condition surely true, or surely false."""

    def pieces(self, node: IR, rows: Rows) -> list[Piece]:
        """The value by cases. One that is no linear expression becomes a number of its own."""
        if self.replaced and isinstance(node, (ir.Fact, ir.Ref)):
            name = node.name if isinstance(node, ir.Fact) else node.id
            taken = self.replaced.get((self.world.row(node.place, rows), name))
            if taken is not None:
                return [Piece(YES, taken)]
        found = list(islice(self._pieces(node, rows), _MOST_PIECES + 1))
        return found if len(found) <= _MOST_PIECES else [self._opaque(node, rows)]

    def number(self, variable: Variable) -> Linear:
        """The variable, or the number that it is taken to be."""
        known = self.given.get(variable)
        return of(variable) if known is None else number(known)

    def variable(self, what: str, row: RowId, name: str, unit: str) -> Variable:
        found = Variable(what, row, name, unit)
        if unit != DATE:
            self.floors[found] = Fraction(0)
        return found

    def _pieces(self, node: IR, rows: Rows) -> Iterable[Piece]:
        match node:
            case ir.Const():
                low = node.value.lo
                return [Piece(YES, number(low))] if not isinstance(low, Infinity) else [self._opaque(node, rows)]
            case ir.AsOf():
                return [Piece(YES, self.number(AS_OF))]
            case ir.Fact():
                return [
                    Piece(
                        YES, self.number(self.variable("fact", self.world.row(node.place, rows), node.name, node.unit))
                    )
                ]
            case ir.PeriodEnd():
                return [Piece(YES, self.number(self.world.end_of_period(self.world.row(node.place, rows), node.last)))]
            case ir.GoverningDay():
                day = self.world.day(self.world.row(node.place, rows))
                return [Piece(YES, self.number(AS_OF if day is None else day))]
            case ir.Ref():
                return self.pieces(self.program.definitions[node.id].body, (self.world.row(node.place, rows),))
            case ir.Arithmetic():
                return self._arithmetic(node, rows)
            case ir.Share():
                return _scaled(self.pieces(node.of, rows), node.share)
            case ir.Bounded():
                return self.pieces(node.value, rows)
            case ir.If():
                return self._cases(
                    (self.truth(node.condition, rows, True), node.then),
                    (self.truth(node.condition, rows, False), node.otherwise),
                    rows=rows,
                )
            case ir.KnownBy():
                known = Variable("known", rows[0], str(shape(node)), "")
                return self._cases((Flag(known, True), node.first), (Flag(known, False), node.second), rows=rows)
            case ir.Choose():
                return self.pieces(self.option(node), rows)
            case ir.NextDay():
                return [Piece(g, v.plus(number(node.step)), o) for g, v, o in self.pieces(node.base, rows)]
            case ir.Count():
                return self._count(node, rows)
            case ir.Edge():
                return self._edge(node, rows)
            case ir.ActDay():
                return self._act(node, rows)
            case ir.Elsewhere():
                place = self.world.row(node.place, rows)
                return [Piece(YES, self.number(self.variable("given", place, node.name, node.unit)))]
            case ir.Fold() if self.world.small:
                return self._fold(node, rows)
            case ir.FirstDay() if self.world.small and len(node.lists) == 1:
                return self._first_day(node, rows)
            case _:
                return [self._opaque(node, rows)]

    def option(self, node: ir.Choose) -> IR:
        return dict(node.options)[self.readings[node.reading]]

    def _cases(self, *cases: tuple[Formula, IR], rows: Rows) -> Iterable[Piece]:
        for guard, node in cases:
            if guard != NO:
                for piece in self.pieces(node, rows):
                    yield Piece(both(guard, piece.guard), piece.value, piece.over)

    def _opaque(self, node: IR, rows: Rows) -> Piece:
        """A number of its own: the same for the same expression on the same rows."""
        name = str((shape(node), self._so_far, rows[1:] if len(rows) > 1 else ()))
        variable = Variable("total", rows[0], name, node.unit)
        if node.unit != DATE and not _may_be_negative(node):
            self.floors[variable] = Fraction(0)
        return Piece(YES, of(variable))

    def _arithmetic(self, node: ir.Arithmetic, rows: Rows) -> Iterable[Piece]:
        parts = [self.pieces(part, rows) for part in node.parts]
        if node.operation == "ratio":
            top, bottom = parts
            for n, d in product(top, bottom):
                if n.over is not None or d.over is not None:
                    yield self._opaque(node, rows)
                    return
                guard = both(n.guard, d.guard)
                if d.value.fixed and d.value.constant > 0:
                    yield Piece(guard, n.value.times(1 / d.value.constant))
                else:
                    yield Piece(guard, n.value, d.value)
            return
        if any(piece.over is not None for found in parts for piece in found):
            yield self._opaque(node, rows)
            return
        for chosen in product(*parts):
            guard = both(*(piece.guard for piece in chosen))
            values = [piece.value for piece in chosen]
            if node.operation in ("least", "greatest"):
                for position, value in enumerate(values):
                    yield Piece(both(guard, _outermost(values, position, node.operation == "least")), value)
            elif node.operation == "product":
                scaled = _product(values)
                yield self._opaque(node, rows) if scaled is None else Piece(guard, scaled)
            else:
                total = values[0]
                for value in values[1:]:
                    total = total.plus(value) if node.operation == "plus" else total.minus(value)
                yield Piece(guard, total)

    # Days

    def _count(self, node: ir.Count, rows: Rows) -> Iterable[Piece]:
        sign = Fraction(1 if node.forward else -1)
        for guard, base, _ in self.pieces(node.base, rows):
            for more, count, _ in self.pieces(node.count, rows):
                here = both(guard, more)
                if node.by == "days":
                    counted = NO if node.counted is None else self.truth(node.counted, rows, True)
                    end = base.plus(count, sign)
                    if counted != YES:
                        yield Piece(
                            both(here, YES if node.counted is None else self.truth(node.counted, rows, False)), end
                        )
                    if counted != NO:
                        yield Piece(both(here, counted), end.minus(number(1)))
                elif count.fixed:
                    low, high = _LENGTHS[node.by]
                    day = self._calendar_day(node, base, rows)
                    passed = of(day).minus(base).times(sign)
                    least, most = low * count.constant - 1, high * count.constant + 40
                    yield Piece(
                        both(here, less(number(least), passed, False), less(passed, number(most), False)), of(day)
                    )
                else:
                    yield self._opaque(node, rows)

    def _first_day_counts(self, node: ir.Count, rows: Rows) -> Iterable[tuple[Formula, int]]:
        """Where the day from which a term runs is its first day, the term ends a day earlier."""
        if node.counted is None:
            return [(YES, 0)]
        cases = ((self.truth(node.counted, rows, False), 0), (self.truth(node.counted, rows, True), 1))
        return [case for case in cases if case[0] != NO]

    def _edge(self, node: ir.Edge, rows: Rows) -> Iterable[Piece]:
        low, high = _edge_within(node)
        for guard, base, _ in self.pieces(node.base, rows):
            day = self._calendar_day(node, base, rows)
            passed = of(day).minus(base)
            yield Piece(both(guard, less(number(low), passed, False), less(passed, number(high), False)), of(day))

    def _calendar_day(self, node: IR, base: Linear, rows: Rows) -> Variable:
        day = Variable("day", rows[0], str((shape(node), tuple(sorted(base.terms.items())), base.constant)), DATE)
        self.dates[day] = (node, base)
        return day

    def _act(self, node: ir.ActDay, rows: Rows) -> Iterable[Piece]:
        row = self.world.row(node.place, rows)
        day, done = Variable("act", row, node.of, DATE), Variable("acted", row, node.of, "")
        yield Piece(Flag(done, False), number(NEVER))
        yield Piece(both(Flag(done, True), less(of(day), self.number(AS_OF), False)), of(day))

    # Totals over one row

    def inside(self, node: ir.Fold, rows: Rows) -> tuple[RowId, Formula, Formula]:
        """The one row of a fold, what makes it count, and what keeps it out. An unfinished window is neither."""
        child = self.world.origin(node.child)
        there = Variable("there", child, "", "")
        day = self.world.day(child)
        ins: list[Formula] = [Flag(there, True)]
        outs: list[Formula] = [Flag(there, False)]
        closed: Formula = YES
        if day is not None and is_dated(node.child):
            ins.append(less(self.number(day), self.number(AS_OF), False))
        for edge, last in ((node.start, False), (node.end, True)):
            if edge is None or day is None:
                continue
            found = [piece for piece in self.pieces(edge, rows) if piece.over is None]
            ins.append(either(*(both(p.guard, _ordered(self.number(day), p.value, last)) for p in found)))
            outs.append(either(*(both(p.guard, _beyond(self.number(day), p.value, last)) for p in found)))
            if last and not node.so_far and not self._so_far and is_dated(node.child):
                closed = either(*(both(p.guard, less(p.value, self.number(AS_OF), True)) for p in found))
        if node.where is not None:
            inner = (child, *rows)
            ins.append(self.truth(node.where, inner, True))
            outs.append(self.truth(node.where, inner, False))
        return child, both(closed, *ins), both(closed, either(*outs))

    def _fold(self, node: ir.Fold, rows: Rows) -> Iterable[Piece]:
        child, inside, outside = self.inside(node, rows)
        items = [Piece(YES, number(1))] if node.item is None else self.pieces(node.item, (child, *rows))
        for guard, value, over in items:
            yield Piece(both(inside, guard), value, over)
        if node.kind in ("sum", "count"):
            yield Piece(outside, number(0))
        elif node.kind == "lowest" and node.unit == DATE:
            yield Piece(outside, number(NEVER))

    def _first_day(self, node: ir.FirstDay, rows: Rows) -> Iterable[Piece]:
        day = self.world.day(self.world.origin(node.lists[0]))
        if day is None:
            return
        for total, target in product(self.pieces(node.of, rows), self.pieces(node.reaches, rows)):
            guard = both(total.guard, target.guard)
            yield Piece(both(guard, less(target.value, total.value, False)), self.number(day))
            yield Piece(both(guard, less(total.value, target.value, True)), number(NEVER))


def _scaled(pieces: list[Piece], share: ir.Const) -> list[Piece]:
    low = share.value.lo
    assert not isinstance(low, Infinity)
    return [Piece(guard, value.times(Fraction(low)), over) for guard, value, over in pieces]


def _edge_within(node: ir.Edge) -> tuple[int, int]:
    """How many days after its base an edge lies, at least and at most. The end of a period is a day before the next."""
    short, long = _PERIODS[node.period]
    if node.day is not None:
        return 1 - long, long - 1
    offset = node.offset + 1 if node.last else node.offset
    low = (offset - 1) * short + 1 if offset > 0 else offset * long - (long - 1)
    high = offset * long if offset > 0 else offset * short
    return (low - 1, high - 1) if node.last else (low, high)


def _outermost(values: list[Linear], position: int, least: bool) -> Formula:
    mine = values[position]
    others = [value for place, value in enumerate(values) if place != position]
    return both(*(less(mine, other, False) if least else less(other, mine, False) for other in others))


def _product(values: list[Linear]) -> Linear | None:
    """None where two factors vary."""
    factor, varying = Fraction(1), number(1)
    for value in values:
        if value.fixed:
            factor *= value.constant
        elif varying.fixed:
            varying = value
        else:
            return None
    return varying.times(factor)


def _ordered(day: Linear, edge: Linear, last: bool) -> Formula:
    return less(day, edge, False) if last else less(edge, day, False)


def _beyond(day: Linear, edge: Linear, last: bool) -> Formula:
    return less(edge, day, True) if last else less(day, edge, True)


def _may_be_negative(node: IR) -> bool:
    if isinstance(node, ir.Fold):
        return node.signed
    return not isinstance(node, (ir.Fact, ir.Elsewhere)) and any(
        isinstance(part, (ir.Ref, ir.OtherYear)) or (isinstance(part, ir.Arithmetic) and part.operation == "difference")
        for part in ir.walk(node)
    )
