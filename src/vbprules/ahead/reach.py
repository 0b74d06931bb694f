"""From a value to the smallest addition that lifts it to a threshold, or keeps it from one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import floor
from typing import TYPE_CHECKING, Any, Final

from vbprules.ahead.adding import Adding
from vbprules.ahead.additions import NOTHING, Addition, Change, every, pruned
from vbprules.engine.case import subject_of
from vbprules.engine.lists import Rows
from vbprules.language.vocabulary import PERFORMANCES, is_dated
from vbprules.program import ir
from vbprules.program.ir import IR
from vbprules.values.figures import COUNT, DAYS
from vbprules.values.ranges import FALSE, NEG, TRUE, Infinity, Number, Range, multiply, quotient

if TYPE_CHECKING:
    from vbprules.ahead.solve import Solver


class Reach:
    """Walks the values beneath a comparison. ``up``: to ``target`` or more (``strict``: more); else to it or less."""

    def __init__(self, solver: Solver) -> None:
        self.solver = solver
        self.interpreter = solver.interpreter
        self._adding = Adding(solver.case, solver.at)

    def to(self, node: IR, rows: Rows, up: bool, target: Number, strict: bool, last: int) -> list[Change]:
        """The ways to bring a value to a threshold with additions through ``last``."""
        value = self.solver.at(node, rows)
        if not isinstance(value, Range) or isinstance(target, Infinity):
            return self.solver.blocked("open")
        end = value.lo if up else value.hi
        if (end == target and not strict) or (end > target if up else end < target):
            return [NOTHING]
        way = _WAYS.get(type(node))
        return self.solver.blocked("fact") if way is None else way(self, node, rows, up, target, strict, last)

    def _each(
        self, parts: Iterable[tuple[IR, Rows]], up: bool, target: Number, strict: bool, last: int, all_of: bool
    ) -> list[Change]:
        """All of several values brought there, or any one of them."""
        ways = [self.to(node, rows, up, target, strict, last) for node, rows in parts]
        return every(ways) if all_of else pruned(change for way in ways for change in way)

    # Names and choices

    def _ref(self, node: ir.Ref, rows: Rows, up: bool, target: Number, strict: bool, last: int) -> list[Change]:
        row = self.interpreter.row(node.place, rows)
        if row is None:
            return self.solver.blocked("fact")
        return self.to(self.solver.case.program.definitions[node.id].body, (row,), up, target, strict, last)

    def _other_year(
        self, node: ir.OtherYear, rows: Rows, up: bool, target: Number, strict: bool, last: int
    ) -> list[Change]:
        row = self.interpreter.row(node.place, rows)
        other = None if row is None else self.solver.case.year_row(row, node.offset)
        if other is None:
            return self.solver.blocked("fact")
        return self.to(self.solver.case.program.definitions[node.id].body, (other,), up, target, strict, last)

    def _choice(self, node: ir.Choose, rows: Rows, up: bool, target: Number, strict: bool, last: int) -> list[Change]:
        return self.to(self.solver.chosen(node), rows, up, target, strict, last)

    def _if(self, node: ir.If, rows: Rows, up: bool, target: Number, strict: bool, last: int) -> list[Change]:
        condition = self.solver.at(node.condition, rows)
        if condition not in (TRUE, FALSE):
            return self.solver.blocked("open")
        return self.to(node.then if condition == TRUE else node.otherwise, rows, up, target, strict, last)

    def _known_by(
        self, node: ir.KnownBy, rows: Rows, up: bool, target: Number, strict: bool, last: int
    ) -> list[Change]:
        first = self.solver.at(node.first, rows)
        direct = isinstance(first, Range) and first.exact
        return self.to(node.first if direct else node.second, rows, up, target, strict, last)

    # Arithmetic: one part moves, the others stand

    def _arithmetic(
        self, node: ir.Arithmetic, rows: Rows, up: bool, target: Number, strict: bool, last: int
    ) -> list[Change]:
        if node.operation in ("least", "greatest"):
            parts = ((part, rows) for part in node.parts)
            return self._each(parts, up, target, strict, last, all_of=up == (node.operation == "least"))
        values = [self.solver.at(part, rows) for part in node.parts]
        found: list[Change] = []
        for index, part in enumerate(node.parts):
            others = [value for n, value in enumerate(values) if n != index]
            floors = up and node.operation == "plus"  # of a total that can only grow the floors are enough
            if not all(isinstance(v, Range) and (v.exact or floors) and v.lo != NEG for v in others):
                self.solver.blocked("open")
                continue
            known = [value.lo if isinstance(value, Range) else 0 for value in values]
            asked = _asked(node.operation, index, known, target)
            if asked is not None:
                threshold, turned = asked
                found += self.to(part, rows, up != turned, threshold, strict, last)
        return pruned(found)

    def _share(self, node: ir.Share, rows: Rows, up: bool, target: Number, strict: bool, last: int) -> list[Change]:
        share = node.share.value
        if not share.exact or share.lo <= 0:
            return self.solver.blocked("fact")
        return self.to(node.of, rows, up, quotient(target, share.lo), strict, last)

    # Lists

    def _fold(self, node: ir.Fold, rows: Rows, up: bool, target: Number, strict: bool, last: int) -> list[Change]:
        if node.kind in ("lowest", "highest"):
            entries = self.solver.entries(node, rows)
            counted = self._counted(node, entries)
            if counted is None or not counted or node.item is None:
                return self.solver.blocked("open")
            parts = ((node.item, inner) for inner in counted)
            return self._each(parts, up, target, strict, last, all_of=up == (node.kind == "lowest"))
        total = self.solver.at(node, rows)
        if not up or node.signed or isinstance(total.lo, Infinity) or isinstance(target, Infinity):
            return self.solver.blocked("fact")
        rest = target - total.lo
        return pruned([*self._growing(node, rows, rest, strict, last), *self.new_rows(node, rows, rest, strict, last)])

    def _counted(self, node: ir.Fold, entries: list[Rows] | None) -> list[Rows] | None:
        """Those of the rows that surely count; None where one may."""
        if entries is None or node.where is None:
            return entries
        truths = [self.solver.at(node.where, inner) for inner in entries]
        if any(truth not in (TRUE, FALSE) for truth in truths):
            return None
        return [inner for inner, truth in zip(entries, truths, strict=True) if truth == TRUE]

    def _growing(self, node: ir.Fold, rows: Rows, rest: Number, strict: bool, last: int) -> list[Change]:
        """A row that is there may itself be a total: one of them grows by the whole rest."""
        item = node.item
        if item is None or not any(isinstance(part, (ir.Fold, ir.Ref)) for part in ir.walk(item)):
            return []
        found: list[Change] = []
        for inner in self._counted(node, self.solver.entries(node, rows)) or ():
            value = self.solver.at(item, inner)
            if isinstance(value, Range) and value.exact and not isinstance(rest, Infinity):
                found += self.to(item, inner, True, value.lo + rest, strict, last)
        return found

    def new_rows(self, node: ir.Fold, rows: Rows, rest: Number, strict: bool, last: int) -> list[Change]:
        """A row more of the list, after today and inside its window."""
        window = self.solver.window(node, rows)
        if window is None or not is_dated(node.child):
            return self.solver.blocked("fact") if window is not None else []
        origin, start, end = window
        first = self.solver.today + 1
        if start is not None and not isinstance(start.lo, Infinity):
            first = max(first, int(start.lo))
        if end is not None and not isinstance(end.lo, Infinity):
            last = min(last, int(end.lo))
        if first > last:
            return self.solver.blocked("over")
        return self._adding.rows(node, origin, rows, rest, strict, first, last) or self.solver.blocked("fact")

    # Days

    def _first_day(
        self, node: ir.FirstDay, rows: Rows, up: bool, target: Number, strict: bool, last: int
    ) -> list[Change]:
        """A total reaches its value by a day: the rest, by that day. It cannot be kept from having reached it."""
        if up or isinstance(target, Infinity):
            return self.solver.blocked("fact")
        day = floor(target) - (1 if strict and floor(target) == target else 0)
        if day <= self.solver.today:
            return self.solver.blocked("over")
        reaches = self.solver.at(node.reaches, rows)
        if not reaches.exact:
            return self.solver.blocked("open")
        return self.to(node.of, rows, True, reaches.lo, False, min(last, day))

    def _act_day(self, node: ir.ActDay, rows: Rows, up: bool, target: Number, strict: bool, last: int) -> list[Change]:
        """A duty performed by a day. What authorities impose is not for anybody to bring about."""
        row = self.interpreter.row(node.place, rows)
        if up or node.record != PERFORMANCES or row is None or isinstance(target, Infinity):
            return self.solver.blocked("fact")
        day = floor(target) - (1 if strict and floor(target) == target else 0)
        first, last = self.solver.today + 1, min(last, day)
        if first > last:
            return self.solver.blocked("over")
        return [(Addition(PERFORMANCES, (), "", COUNT, 1, (), first, last, of=node.of, subject=subject_of(row)),)]

    def _next_day(
        self, node: ir.NextDay, rows: Rows, up: bool, target: Number, strict: bool, last: int
    ) -> list[Change]:
        return self.to(node.base, rows, up, target - node.step, strict, last)

    def _count(self, node: ir.Count, rows: Rows, up: bool, target: Number, strict: bool, last: int) -> list[Change]:
        count = self.solver.at(node.count, rows)
        counted = FALSE if node.counted is None else self.solver.at(node.counted, rows)
        if node.by != DAYS or not count.exact or counted not in (TRUE, FALSE) or isinstance(count.lo, Infinity):
            return self.solver.blocked("fact")
        days = count.lo - (1 if counted == TRUE and node.forward else 0)
        return self.to(node.base, rows, up, target - (days if node.forward else -days), strict, last)


def _asked(operation: str, index: int, known: list[Any], target: Number) -> tuple[Number, bool] | None:
    """What one operand must come to, the others as they are; and whether it must go the other way."""
    if operation == "plus":
        return target - sum(value for n, value in enumerate(known) if n != index), False
    if operation == "difference" and len(known) == 2:
        return (target + known[1], False) if index == 0 else (known[0] - target, True)
    if operation == "ratio" and known[1] > 0:
        if index == 0:
            return multiply(Range(target, target), Range(known[1], known[1])).lo, False
        return (quotient(known[0], target), True) if target > 0 and known[0] >= 0 else None
    if operation == "product":
        others = 1
        for n, value in enumerate(known):
            others = others * value if n != index else others
        return (quotient(target, others), False) if others > 0 else None
    return None


_Way = Callable[[Reach, Any, Rows, bool, Any, bool, int], list[Change]]
_R = Reach
_WAYS: Final[dict[type[IR], _Way]] = {
    ir.Ref: _R._ref,
    ir.OtherYear: _R._other_year,
    ir.Choose: _R._choice,
    ir.If: _R._if,
    ir.KnownBy: _R._known_by,
    ir.Arithmetic: _R._arithmetic,
    ir.Share: _R._share,
    ir.Fold: _R._fold,
    ir.FirstDay: _R._first_day,
    ir.ActDay: _R._act_day,
    ir.NextDay: _R._next_day,
    ir.Count: _R._count,
}
