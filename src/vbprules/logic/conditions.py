"""Conditions of the program as formulas: what makes each surely true, and what makes it surely false."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Final

from vbprules.language.vocabulary import BY_NAME
from vbprules.logic.formulas import NO, YES, ZERO, Among, Flag, Formula, RowId, Variable, both, either, less
from vbprules.logic.search import OTHER
from vbprules.logic.shapes import shape
from vbprules.logic.values import Piece, Values
from vbprules.logic.world import Rows, World
from vbprules.program import ir
from vbprules.program.ir import IR, Program
from vbprules.values.figures import CODE

_NONE: Final = ""


class Conditions(Values):
    """Truths of one program under one choice of readings. ``choices`` collects every code that a fact may have."""

    def __init__(self, program: Program, readings: Mapping[str, str], world: World) -> None:
        super().__init__(program, readings, world)
        self.choices: dict[Variable, frozenset[str]] = {}
        self._listed = frozenset(code for item in program.policy.lists.values() for code in item.codes)

    def truth(self, node: IR, rows: Rows, wanted: bool) -> Formula:
        match node:
            case ir.Const():
                return YES if (node.value.lo == 1) == wanted else NO
            case ir.Fact():
                return Flag(Variable("fact", self.world.row(node.place, rows), node.name, ""), wanted)
            case ir.Ref():
                return self.truth(self.program.definitions[node.id].body, (self.world.row(node.place, rows),), wanted)
            case ir.Not():
                return self.truth(node.part, rows, not wanted)
            case ir.All():
                return (both if wanted else either)(*(self.truth(part, rows, wanted) for part in node.parts))
            case ir.Any():
                return (either if wanted else both)(*(self.truth(part, rows, wanted) for part in node.parts))
            case ir.Choose():
                return self.truth(self.option(node), rows, wanted)
            case ir.KnownBy():
                known = Variable("known", rows[0], str(shape(node)), "")
                return either(
                    both(Flag(known, True), self.truth(node.first, rows, wanted)),
                    both(Flag(known, False), self.truth(node.second, rows, wanted)),
                )
            case ir.SoFar():
                before, self._so_far = self._so_far, True
                try:
                    return self.truth(node.part, rows, wanted)
                finally:
                    self._so_far = before
            case ir.Compare():
                return either(*self._compared(node, rows, wanted))
            case ir.Member():
                return either(*self._member(node, rows, wanted))
            case ir.Judge():
                return Flag(Variable("judge", self.world.row(node.place, rows), node.question, ""), wanted)
            case ir.Elsewhere():
                return Flag(Variable("given", self.world.row(node.place, rows), node.name, ""), wanted)
            case ir.Fold() if self.world.small:
                return self._quantified(node, rows, wanted)
            case _:
                return Flag(Variable("truth", rows[0], str((shape(node), self._so_far, rows[1:])), ""), wanted)

    def _compared(self, node: ir.Compare, rows: Rows, wanted: bool) -> Iterator[Formula]:
        for left, right in product(self.pieces(node.left, rows), self.pieces(node.right, rows)):
            guard = both(left.guard, right.guard)
            if guard != NO:
                yield both(guard, self._order(node, left, right, rows, wanted))

    def _order(self, node: ir.Compare, left: Piece, right: Piece, rows: Rows, wanted: bool) -> Formula:
        """``left < right`` by cross-multiplication; a ratio of nothing is neither below nor above."""
        defined: Formula = YES
        a, b = left.value, right.value
        if left.over is not None or right.over is not None:
            over = left.over or right.over
            plain = b if left.over is not None else a
            if over is None or (left.over is not None and right.over is not None) or not plain.fixed:
                return Flag(Variable("truth", rows[0], str((shape(node), self._so_far, rows[1:])), ""), wanted)
            scaled = over.times(plain.constant)
            a, b = (a, scaled) if left.over is not None else (scaled, b)
            defined = less(ZERO, over, True)
        return both(defined, less(a, b, node.strict) if wanted else less(b, a, not node.strict))

    def _member(self, node: ir.Member, rows: Rows, wanted: bool) -> Iterator[Formula]:
        codes = frozenset(node.codes)
        for guard, variable, text in self.codes(node.subject, rows):
            if variable is None:
                inside: Formula = YES if text in codes else NO
                outside: Formula = NO if text in codes else YES
                judged: RowId = (text,)
            else:
                inside, outside = Among(variable, codes, True), Among(variable, codes, False)
                judged = variable.row
            if node.closed:
                yield both(guard, inside if wanted else outside)
                continue
            belongs = Flag(Variable("listed", judged, node.list_id or "", ""), wanted)
            yield both(guard, either(inside, both(outside, belongs)) if wanted else both(outside, belongs))

    def codes(self, node: IR, rows: Rows) -> Iterator[tuple[Formula, Variable | None, str]]:
        """A category by cases: what a fact says, or a code that is written."""
        match node:
            case ir.Fact():
                found = Variable("fact", self.world.row(node.place, rows), node.name, CODE)
                options = BY_NAME[node.place.entity].field_map[node.name].options
                self.choices[found] = frozenset(options) or (self._listed | {OTHER})
                yield YES, found, _NONE
            case ir.If():
                for wanted, part in ((True, node.then), (False, node.otherwise)):
                    guard = self.truth(node.condition, rows, wanted)
                    for more, variable, text in self.codes(part, rows):
                        yield both(guard, more), variable, text
            case ir.Choose():
                yield from self.codes(self.option(node), rows)
            case ir.Ref():
                yield from self.codes(self.program.definitions[node.id].body, (self.world.row(node.place, rows),))
            case _:
                found = Variable("code", rows[0], str((shape(node), rows[1:])), CODE)
                self.choices[found] = self._listed | {OTHER}
                yield YES, found, _NONE

    def _quantified(self, node: ir.Fold, rows: Rows, wanted: bool) -> Formula:
        child, inside, outside = self.inside(node, rows)
        assert node.item is not None
        item = self.truth(node.item, (child, *rows), wanted)
        if node.kind == "some":
            return both(inside, item) if wanted else either(outside, both(inside, item))
        return either(outside, both(inside, item)) if wanted else both(inside, item)
