"""Which new rows would raise a total: linked to its row, inside its window, as its condition demands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product
from math import ceil, floor
from typing import Any, Final

from vbprules.ahead.additions import Addition, Change, cells_of, row_of
from vbprules.engine.case import Case
from vbprules.engine.lists import Rows
from vbprules.facts.rows import Row
from vbprules.language.vocabulary import BY_NAME, DOERS
from vbprules.program import ir
from vbprules.program.ir import IR
from vbprules.values.figures import COUNT, TRUTH
from vbprules.values.ranges import TRUE, Infinity, Number, Range, quotient

Value = Callable[[IR, Rows], Any]
_FIGURES: Final = ("quantity", "amount")
_SEPARATE: Final = frozenset({"purchase", "use"})  # of what product, such a row always says
_PROBES: Final = (1, 3)
_MOST_ROWS: Final = 1000  # entries: beyond this a count is no advice


class Adding:
    """Finds rows to add on one case. ``value`` evaluates a node under the readings in force."""

    def __init__(self, case: Case, value: Value) -> None:
        self.case, self.value = case, value

    def rows(
        self, node: ir.Fold, origin: Row, rows: Rows, rest: Number, strict: bool, first: int, last: int
    ) -> list[Change]:
        """The ways to raise a sum or count by ``rest`` (by more than it, if ``strict``) with rows of its list."""
        if node.child not in DOERS or first > last or isinstance(rest, Infinity):
            return []
        found: dict[tuple[object, ...], Addition] = {}
        also: dict[tuple[object, ...], list[str]] = {}
        for refs in self._references(node, origin):
            made = self._one(node, rows, refs, rest, strict, first, last)
            if made is None:
                continue
            key = (made.field, made.amount, made.fields)
            if key in found:
                also.setdefault(key, []).append(made.refs[-1][1])
            else:
                found[key] = made
        return [(_beside(item, also.get(key, [])),) for key, item in found.items()]

    def _one(
        self, node: ir.Fold, rows: Rows, refs: dict[str, Row], rest: Number, strict: bool, first: int, last: int
    ) -> Addition | None:
        fields = tuple(sorted(_demanded(node.where, node.child) | _demanded(node.item, node.child)))

        def inner(name: str, amount: int, day: int) -> Rows:
            cells = cells_of(fields) | ({name: Range(amount, amount)} if name else {})
            return (row_of(node.child, "+", cells, refs, day), *rows)

        def counts(name: str, amount: int) -> bool:
            return node.where is None or all(
                self.value(node.where, inner(name, amount, day)) == TRUE for day in {first, last}
            )

        def made(name: str, unit: str, amount: int) -> Addition:
            told = tuple((ref, row.id) for ref, row in refs.items())
            return Addition(node.child, told, name, unit, amount, fields, first, last)

        if node.item is None or node.item.unit == TRUTH:
            holds = node.item is None or self.value(node.item, inner("", 1, last)) == TRUE
            amount = _steps(rest, 1, strict)
            return made("", COUNT, amount) if holds and amount <= _MOST_ROWS and counts("", 1) else None
        for name in _FIGURES:
            if name not in BY_NAME[node.child].field_map:
                continue
            probes = [self.value(node.item, inner(name, n, last)) for n in _PROBES]
            if not all(isinstance(probe, Range) and probe.exact for probe in probes):
                continue
            each = probes[0].lo
            if isinstance(each, Infinity) or each <= 0 or probes[1].lo != each * _PROBES[1]:
                continue
            amount = _steps(rest, each, strict)
            return made(name, BY_NAME[node.child].field_map[name].unit, amount) if counts(name, amount) else None
        return None

    def _references(self, node: ir.Fold, origin: Row) -> Iterator[dict[str, Row]]:
        """What a new row may refer to, so that it belongs to ``origin``."""
        choices: list[list[tuple[str, Row]]] = []
        for ref in BY_NAME[node.child].refs:
            wanted = [(own, other) for own, other in node.link.equal if own[:1] == (ref,)]
            if not wanted and ref not in _named_by(node) and node.child not in _SEPARATE:
                continue
            rows = self.case.rows(ref)
            if any(own == (ref,) and other == () for own, other in wanted):
                rows = (origin,)
            kept = [
                row
                for row in rows
                if all(
                    (end := row.follow(own[1:])) is not None and end is origin.follow(other) for own, other in wanted
                )
            ]
            choices.append([(ref, row) for row in kept])
        if any(own == () for own, _ in node.link.equal):
            return  # rows that the origin itself names: no new one can be among them
        for picked in product(*choices):
            yield dict(picked)


def _beside(item: Addition, also: list[str]) -> Addition:
    return replace(item, also=tuple(also))


def _steps(rest: Number, each: Number, strict: bool) -> int:
    """The least whole number of steps that makes up the rest."""
    assert not isinstance(rest, Infinity)
    needed = quotient(rest, each)
    assert not isinstance(needed, Infinity)
    return max(1, floor(needed) + 1 if strict else ceil(needed))


def _named_by(node: ir.Fold) -> frozenset[str]:
    """References of the child that its item or condition follows."""
    found = set()
    for root in (node.item, node.where):
        for part in ir.walk(root) if root is not None else ():
            place = getattr(part, "place", None)
            if isinstance(place, ir.Place) and place.scope == 0 and place.hops:
                found.add(place.hops[0])
    return frozenset(found)


def _demanded(node: IR | None, child: str) -> set[tuple[str, str]]:
    """Codes and truths of the row itself that make a condition true."""
    if isinstance(node, ir.All):
        return set().union(*(_demanded(part, child) for part in node.parts))
    if isinstance(node, ir.Member) and _own(node.subject, child):
        return {(node.subject.name, node.codes[0])}  # type: ignore[attr-defined]
    if isinstance(node, ir.Fact) and node.unit == TRUTH and _own(node, child):
        return {(node.name, "yes")}
    return set()


def _own(node: IR, child: str) -> bool:
    return isinstance(node, ir.Fact) and node.place == ir.Place(child) and node.name in BY_NAME[child].field_map
