"""The next day on which an answer can be another one, as far as is known today.

An answer changes when the as-of date reaches or passes a date that something stands on, when a recorded fact becomes
visible, when what a list is stated to hold ends, when a period begins, or when another version of the working-day
calendar is published. Every such date is either in the facts and the policy, or was computed by the last evaluation.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from vbprules.calendar import ChosenCalendar, start_of
from vbprules.engine.interpret import Interpreter
from vbprules.engine.lists import Rows
from vbprules.engine.outcomes import Judge
from vbprules.facts.rows import Dossier
from vbprules.program import ir
from vbprules.program.ir import IR, Program
from vbprules.values.figures import DATE, DAYS
from vbprules.values.forks import leaves
from vbprules.values.ranges import Infinity, Number, Range

_TIMES: Final = (DATE, DAYS)
Subjects = tuple[tuple[str, str], ...]  # entity and id of each row in sight


class Horizon:
    """Looks ahead over one dossier under one program. It remembers which dates move along with today.

    A bound such as "not paid by today" moves with the as-of date. Whatever moves meets what stands still on a day that
    can be foreseen; but that it moves shows only when the same date is computed on a second day.
    """

    def __init__(self, program: Program, dossier: Dossier, calendar: ChosenCalendar) -> None:
        known = {*_of_facts(dossier), *_of_policy(program), *calendar.published()}
        self._known = sorted({later for day in known for later in (day, day + 1)})
        self._before: dict[tuple[IR, Subjects], tuple[int, ...]] = {}
        self._day = 0

    def next_day(self, judge: Judge) -> int:
        """The first day after the judge's as-of date on which some answer can change. There always is one."""
        today = judge.case.as_of
        place = bisect_right(self._known, today)
        found = self._known[place : place + 1]
        starts = [start_of(kind, today, 1) for kind in ("month", "quarter", "year")]
        computed = [day for day in self._computed(judge) if day > today]
        self._day = today
        return min((*starts, *computed, *found))

    def _computed(self, judge: Judge) -> list[int]:
        """The dates that stand still, and the days on which a moving one meets them."""
        interpreter, today = judge.interpreter, judge.case.as_of
        found: list[int] = []
        compared: list[tuple[ir.Compare, Rows]] = []
        still: dict[tuple[IR, Rows], tuple[bool, ...]] = {}
        for node, rows, value in interpreter.evaluated():
            if node.unit in _TIMES:
                ends = tuple(_ends(value))
                still[(node, rows)] = stands = self._stands(node, rows, ends, today)
                if node.unit == DATE:
                    found += [day for end, fixed in zip(ends, stands, strict=True) if fixed for day in (end, end + 1)]
            elif isinstance(node, ir.Compare) and node.left.unit in _TIMES:
                compared.append((node, rows))
        for node, rows in compared:
            sides = []
            for side in (node.left, node.right):
                part, seen = _named(interpreter, side, rows)
                ends = tuple(_ends(interpreter.value(side, rows)))
                sides.append(tuple(zip(ends, still.get((part, seen)) or _plainly(part, ends, today), strict=True)))
            for one, fixed in sides[0]:
                gaps = [abs(one - two) for two, other in sides[1] if fixed != other]
                found += [today + gap + step for gap in gaps for step in (0, 1)]
        return found

    def _stands(self, node: IR, rows: Rows, ends: tuple[int, ...], today: int) -> tuple[bool, ...]:
        """Which ends of a date are those of the evaluation before."""
        key = (node, tuple((row.entity, row.id) for row in rows))
        before = self._before.get(key)
        self._before[key] = ends
        if before is None or len(before) != len(ends):
            return (True,) * len(ends)  # seen for the first time: tomorrow will tell
        return tuple(end == old for end, old in zip(ends, before, strict=True))


def _named(interpreter: Interpreter, node: IR, rows: Rows) -> tuple[IR, Rows]:
    """What a name stands for, on its row."""
    while isinstance(node, ir.Ref):
        row = interpreter.row(node.place, rows)
        if row is None:
            break
        node, rows = interpreter.case.program.definitions[node.id].body, (row,)
    return node, rows


def _plainly(node: IR, ends: tuple[int, ...], today: int) -> tuple[bool, ...]:
    """Of what is read off: today moves, every recorded date stands."""
    moves = isinstance(node, (ir.AsOf, ir.GoverningDay))
    return tuple(not (moves and end == today) for end in ends)


def _of_facts(dossier: Dossier) -> Iterator[int]:
    for rows in dossier.rows.values():
        for row in rows:
            if row.day is not None:
                yield from _finite(row.day)
            for end in row.span or ():
                yield from _finite(end)
    for act in dossier.acts:
        yield from _finite(act.day)
        yield from _finite(act.lifted_on or ())
    for item in dossier.determinations:
        yield from _finite(item.day)
    yield from _finite(tuple(dossier.complete.values()))


def _of_policy(program: Program) -> Iterator[int]:
    """Every date that the policy writes."""
    norms = (node for norm in program.norms for node in (norm.gate, norm.when, *norm.tests.values()))
    for root in (*norms, *(definition.body for definition in program.definitions.values())):
        for node in ir.walk(root):
            if isinstance(node, ir.Const) and node.unit == DATE:
                yield from _finite(node.value)


def _ends(value: object) -> list[int]:
    return [end for _, leaf in leaves(value) if isinstance(leaf, Range) for end in _finite(leaf)]


def _finite(days: tuple[Number, ...]) -> Iterator[int]:
    for day in days:
        if not isinstance(day, Infinity):
            yield int(day)
