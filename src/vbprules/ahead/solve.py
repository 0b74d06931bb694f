"""From a condition to the smallest addition that makes it true or false: one walk backward over its expression.

Values are taken as they are on the day if nothing more happens. What is no act of anybody that can still be done (a
fact of the past, a judgement, another instrument) gives no way; why is kept in ``obstacles``. Where the answer depends
on a reading, every option that is consulted is solved by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from vbprules.ahead.additions import NOTHING, Change, every, pruned
from vbprules.ahead.reach import Reach
from vbprules.engine.lists import Rows
from vbprules.engine.options import OptionWalk
from vbprules.engine.outcomes import Judge
from vbprules.language.vocabulary import BY_NAME
from vbprules.program import ir
from vbprules.program.ir import IR
from vbprules.values.ranges import FALSE, TRUE, Range


class Solver(OptionWalk):
    """Solves conditions as of one day, on the case of a dossier in which nothing happens after ``today``."""

    def __init__(self, judge: Judge, today: int) -> None:
        super().__init__(judge.interpreter)
        self.today = today
        self.obstacles: set[str] = set()
        self._reach = Reach(self)

    def ways(self, node: IR, rows: Rows, want: bool, assignment: dict[str, str]) -> Any:
        """The ways to make a condition ``want``, a tuple of changes forked by the readings that they depend on."""
        return self.explored(lambda: tuple(self.truth(node, rows, want, self.case.as_of)), assignment)

    def blocked(self, why: str) -> list[Change]:
        self.obstacles.add(why)
        return []

    # Truths

    def truth(self, node: IR, rows: Rows, want: bool, last: int) -> list[Change]:
        """The ways to make a condition ``want`` with additions through ``last``."""
        if self.at(node, rows) == (TRUE if want else FALSE):
            return [NOTHING]
        way = _WAYS.get(type(node))
        return self.blocked(_OBSTACLES.get(type(node), "fact")) if way is None else way(self, node, rows, want, last)

    def _junction(self, node: ir.All | ir.Any, rows: Rows, want: bool, last: int) -> list[Change]:
        parts = (self.truth(part, rows, want, last) for part in node.parts)
        if want == isinstance(node, ir.All):
            return every(parts)
        return pruned(change for ways in parts for change in ways)

    def _not(self, node: ir.Not, rows: Rows, want: bool, last: int) -> list[Change]:
        return self.truth(node.part, rows, not want, last)

    def _ref(self, node: ir.Ref, rows: Rows, want: bool, last: int) -> list[Change]:
        row = self.interpreter.row(node.place, rows)
        if row is None:
            return self.blocked("fact")
        return self.truth(self.case.program.definitions[node.id].body, (row,), want, last)

    def _other_year(self, node: ir.OtherYear, rows: Rows, want: bool, last: int) -> list[Change]:
        row = self.interpreter.row(node.place, rows)
        other = None if row is None else self.case.year_row(row, node.offset)
        if other is None:
            return self.blocked("fact")
        return self.truth(self.case.program.definitions[node.id].body, (other,), want, last)

    def _choice(self, node: ir.Choose, rows: Rows, want: bool, last: int) -> list[Change]:
        return self.truth(self.chosen(node), rows, want, last)

    def _if(self, node: ir.If, rows: Rows, want: bool, last: int) -> list[Change]:
        condition = self.at(node.condition, rows)
        if condition not in (TRUE, FALSE):
            return self.blocked("open")
        return self.truth(node.then if condition == TRUE else node.otherwise, rows, want, last)

    def _known_by(self, node: ir.KnownBy, rows: Rows, want: bool, last: int) -> list[Change]:
        if self.at(node.first, rows) in (TRUE, FALSE):
            return self.truth(node.first, rows, want, last)
        return self.truth(node.second, rows, want, last)

    def _standing_now(self, node: ir.SoFar, rows: Rows, want: bool, last: int) -> list[Change]:
        with self.interpreter.so_far():
            return self.truth(node.part, rows, want, last)

    def _compare(self, node: ir.Compare, rows: Rows, want: bool, last: int) -> list[Change]:
        """``left < right``: the left below the right as it stands, or the right above the left; else the other way."""
        left, right = self.at(node.left, rows), self.at(node.right, rows)
        strict = node.strict == want
        found: list[Change] = []
        if isinstance(right, Range) and right.exact:
            found += self._reach.to(node.left, rows, not want, right.lo, strict, last)
        if isinstance(left, Range) and left.exact:
            found += self._reach.to(node.right, rows, want, left.lo, strict, last)
        if not found:
            self.obstacles.add("open" if not (left.exact or right.exact) else "fact")
        return pruned(found)

    def _fold(self, node: ir.Fold, rows: Rows, want: bool, last: int) -> list[Change]:
        """Some or every row of a list."""
        entries = self.entries(node, rows)
        if entries is None:
            return []
        wanted = want if node.kind == "some" else not want  # of one row, whether it is among those looked for
        ways = [self._counts(node, inner, wanted, last) for inner in entries]
        if not wanted:
            return every(ways)
        found = [change for way in ways for change in way]
        if node.kind == "some":
            found += self._reach.new_rows(node, rows, 1, False, last)
        return pruned(found)

    def _counts(self, node: ir.Fold, inner: Rows, wanted: bool, last: int) -> list[Change]:
        """A row is counted and its item holds (of ``every``: does not hold); or that is not so."""
        parts = [] if node.where is None else [self.truth(node.where, inner, wanted, last)]
        if node.item is not None:
            holds = wanted if node.kind == "some" else not wanted
            parts.append(self.truth(node.item, inner, holds, last))
        return every(parts) if wanted else pruned(change for ways in parts for change in ways)

    def entries(self, node: ir.Fold, rows: Rows) -> list[Rows] | None:
        """The recorded rows of a list that surely belong; None, with the obstacle, where that is not known."""
        window = self.window(node, rows)
        if window is None:
            return None
        origin, start, end = window
        members = self.interpreter.members(node, origin, start, end)
        if not all(sure for _, sure in members):
            self.obstacles.add("open")
            return None
        return [(row, *rows) for row, _ in members]

    def window(self, node: ir.Fold, rows: Rows) -> tuple[Any, Range | None, Range | None] | None:
        """The row that a list is looked at from, and its window; None where either, or the whole list, is not known."""
        origin = self.interpreter.row(node.origin, rows)
        start = None if node.start is None else self.at(node.start, rows)
        end = None if node.end is None else self.at(node.end, rows)
        if origin is None or any(side is not None and not side.exact for side in (start, end)):
            self.obstacles.add("open")
            return None
        if self.interpreter.window_open(node, start, end)[0]:
            self.obstacles.add(f"list {BY_NAME[node.child].list_name}")
            return None
        return origin, start, end


_Way = Callable[[Solver, Any, Rows, bool, int], list[Change]]
_S = Solver
_WAYS: Final[dict[type[IR], _Way]] = {
    ir.All: _S._junction,
    ir.Any: _S._junction,
    ir.Not: _S._not,
    ir.Ref: _S._ref,
    ir.OtherYear: _S._other_year,
    ir.Choose: _S._choice,
    ir.If: _S._if,
    ir.KnownBy: _S._known_by,
    ir.SoFar: _S._standing_now,
    ir.Compare: _S._compare,
    ir.Fold: _S._fold,
}
_OBSTACLES: Final[dict[type[IR], str]] = {ir.Judge: "judgement", ir.Member: "fact", ir.Elsewhere: "elsewhere"}
