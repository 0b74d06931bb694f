"""Ways to make a condition hold or fail: backward through its operations, one step beyond each threshold first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from vbprules.language.vocabulary import BY_NAME, INSTITUTION
from vbprules.program import ir
from vbprules.program.ir import IR
from vbprules.values.figures import DATE, SHARE, TRUTH
from vbprules.witness.bench import Rows, resolved
from vbprules.witness.draft import Draft, Handle
from vbprules.witness.reach import Reach, Value

Goal = tuple[IR, bool]
_STEP: Final = {SHARE: Fraction(1, 1000)}
_DAYS: Final = (1, 10, 100, 400)
_FIRST, _LAST = 693_961, 803_897  # within the years that can be written


class Solver(Reach):
    """``held`` yields drafts in which a condition should hold, or fail; ``all_held`` several of them at once."""

    def all_held(self, goals: Sequence[Goal], rows: Rows, draft: Draft) -> Iterator[Draft]:
        """Drafts in which every goal was evaluated and found as wanted."""
        for found in self._in_turn(goals, rows, draft):
            left = self._unmet(goals, rows, found)
            if left is None:
                continue
            if not left:
                yield found
                continue
            for mended in self._in_turn(left, rows, found):  # an ordinary value was taken for another since
                if self._unmet(goals, rows, mended) == []:
                    yield mended

    def _unmet(self, goals: Sequence[Goal], rows: Rows, draft: Draft) -> list[Goal] | None:
        """The goals not met; None where the facts contradict each other."""
        if self.judged(draft) is None:
            return None
        return [goal for goal in goals if self.holds(goal[0], rows, draft) is not goal[1]]

    def _in_turn(self, goals: Sequence[Goal], rows: Rows, draft: Draft) -> Iterator[Draft]:
        if not goals:
            yield draft
            return
        (node, wanted), rest = goals[0], goals[1:]
        for changed in self.held(node, rows, wanted, draft):
            yield from self._in_turn(rest, rows, changed)

    def held(self, node: IR, rows: Rows, wanted: bool, draft: Draft) -> Iterator[Draft]:
        if isinstance(node, ir.Not):
            yield from self.held(node.part, rows, not wanted, draft)
            return
        if isinstance(node, (ir.All, ir.Any)):
            yield from self._of_parts(node, rows, wanted, draft)
            return
        if isinstance(node, ir.Choose):
            yield from self.held(self.chosen(node), rows, wanted, draft)
            return
        if isinstance(node, ir.SoFar):
            yield from self.held(node.part, rows, wanted, draft)
            return
        if isinstance(node, ir.Compare):
            yield from self._compare(node, rows, wanted, draft)
            return
        if isinstance(node, ir.Ref):
            at = resolved(node.place, rows, draft)
            if at is not None:
                yield from self.held(self.program.definitions[node.id].body, (at,), wanted, draft)
            return
        if self.holds(node, rows, draft) is wanted:
            yield draft
        if isinstance(node, ir.Member):
            yield from self._member(node, rows, wanted, draft)
        elif isinstance(node, ir.Judge):
            at = resolved(node.place, rows, draft)
            if at is not None:
                yield from self._answered(node.question, "" if at.entity == INSTITUTION else at.id, wanted, draft)
        elif isinstance(node, ir.Fact):
            at = resolved(node.place, rows, draft)
            if at is not None:
                yield from self.pinned(at, node.name, wanted, draft)
        elif isinstance(node, ir.Fold):
            yield from self._exists(node, rows, wanted, draft)
        elif isinstance(node, ir.If):
            for truth, part in ((True, node.then), (False, node.otherwise)):
                for changed in self.held(node.condition, rows, truth, draft):
                    yield from self.held(part, rows, wanted, changed)
        elif isinstance(node, ir.KnownBy):
            yield from self.held(node.first, rows, wanted, draft)
            yield from self.held(node.second, rows, wanted, draft)
        elif isinstance(node, ir.Elsewhere):
            yield from self.fixed(node, rows, int(wanted), draft)

    def _of_parts(self, node: ir.All | ir.Any, rows: Rows, wanted: bool, draft: Draft) -> Iterator[Draft]:
        if isinstance(node, ir.All) == wanted:  # every part as wanted
            yield from self._in_turn([(part, wanted) for part in node.parts], rows, draft)
        else:
            for part in node.parts:
                yield from self.held(part, rows, wanted, draft)

    def _member(self, node: ir.Member, rows: Rows, wanted: bool, draft: Draft) -> Iterator[Draft]:
        fact = node.subject
        if not isinstance(fact, ir.Fact):
            return
        at = resolved(fact.place, rows, draft)
        if at is None:
            return
        options = BY_NAME[at.entity].field_map[fact.name].options
        codes = node.codes if wanted else [code for code in options or ("otherwise",) if code not in node.codes]
        for code in codes:
            yield from self.pinned(at, fact.name, code, draft)

    def _answered(self, question: str, subject: str, wanted: bool, draft: Draft) -> Iterator[Draft]:
        known = draft.answers.get((question, subject))
        if known is not None and known[0] is not wanted:
            return
        changed = draft.copy()
        asked = self.program.policy.questions.get(question)
        by = asked.by[0] if asked is not None and asked.by else "assumption"
        changed.answers[(question, subject)] = (wanted, by)
        yield changed

    def _exists(self, node: ir.Fold, rows: Rows, wanted: bool, draft: Draft) -> Iterator[Draft]:
        """Some row for which it holds, or every row."""
        if node.kind not in ("some", "every") or node.unit != TRUTH:
            return
        if (node.kind == "some") is wanted:  # one row that decides
            item = None if node.item is None else wanted
            for at in self.linked(node, rows, draft):
                for held in self.counting(node, (at, *rows), draft):
                    if node.item is None:
                        yield held
                    else:
                        yield from self.held(node.item, (at, *rows), wanted, held)
            yield from (changed for _, changed in self.grown(node, rows, item, draft))
        elif node.item is not None:
            goals = [(at, node.item) for at in self.linked(node, rows, draft)]
            yield from self._each(goals, rows, wanted, draft)

    def _each(self, goals: Sequence[tuple[Handle, IR]], rows: Rows, wanted: bool, draft: Draft) -> Iterator[Draft]:
        if not goals:
            yield draft
            return
        (at, node), rest = goals[0], goals[1:]
        for changed in self.held(node, (at, *rows), wanted, draft):
            yield from self._each(rest, rows, wanted, changed)

    # Comparisons

    def _compare(self, node: ir.Compare, rows: Rows, wanted: bool, draft: Draft) -> Iterator[Draft]:
        """One side to the other, or one step from it; then further away; then as things stand."""
        left, right = self.number(node.left, rows, draft), self.number(node.right, rows, draft)
        sides = [(node.left, right, True), (node.right, left, False)]
        constant = isinstance(node.left, (ir.Const, ir.AsOf)) and not isinstance(node.right, ir.Const)
        stands = self.holds(node, rows, draft) is wanted
        if stands and not _figure(node):
            yield draft
        for side, other, is_left in reversed(sides) if constant else sides:
            if other is None or isinstance(side, ir.Const):
                continue
            for target in _targets(node, other, wanted, is_left):
                for changed in self.fixed(side, rows, target, draft):
                    if self.holds(node, rows, changed) is wanted:
                        yield changed
        if stands and _figure(node):
            yield draft


def _figure(node: ir.Compare) -> bool:
    """It compares with a figure of a rule: its threshold is worth meeting exactly."""
    found = (side.address for side in (node.left, node.right) if isinstance(side, ir.Const))
    return any(address and not address.startswith("document.") for address in found)


def _targets(node: ir.Compare, other: Value, wanted: bool, is_left: bool) -> list[Value]:
    """Values of one side for the comparison to hold or fail, nearest first."""
    inclusive = node.strict is not wanted  # equality is on this side of the threshold
    step: Value = _STEP.get(node.left.unit, 1)
    down = is_left is wanted
    sign = -1 if down else 1
    near: list[Value] = [other] if inclusive else []
    if node.left.unit == DATE:
        return [*near, *(day for days in _DAYS if _FIRST < (day := other + sign * days) < _LAST)]
    return [*near, other + sign * step, other + sign * step * 10, 0 if down else other * 2]


__all__ = ["Goal", "Solver"]
