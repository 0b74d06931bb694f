"""What there is to reach in a policy: its provisions, both sides of each condition, states, options, boundaries.

A condition that several provisions share is one condition. The boundaries of a figure are the points just below, at and
just above it, wherever something is compared with it or with what is computed from it; a figure that is only shown,
such as the share of an amount, has one: its value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from vbprules.coverage.kinds import Kind
from vbprules.coverage.states import states_of
from vbprules.decision.labels import Labels
from vbprules.program import ir
from vbprules.program.ir import IR, Const, Norm, Program
from vbprules.values.figures import CODE, DATE, TEXT, TRUTH

SIDES: Final = ("yes", "no")
EDGES: Final = ("below", "at", "above")
VALUE: Final = "value"
_ASKED_AT_ONCE: Final = ("requires", "forbids")


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to reach. ``at`` is an address of the policy, ``what`` the side, state, option or edge of it."""

    kind: Kind
    at: str
    what: str

    def __str__(self) -> str:
        return f"{self.at} {self.what}".strip()


class Points:
    """The points of one program."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._labels = Labels(program.policy, program.definitions)
        self.conditions: dict[IR, str] = {}  # what is not made of other conditions, with its address: ``terms.late 2``
        self._users: dict[str, dict[str, None]] = {}  # the provisions that use what has this address
        self._texts: dict[str, IR] = {}
        compared: dict[str, Const] = {}
        shown: dict[str, Const] = {}
        for norm in program.norms:
            for owner, node in _roots(norm, program):
                self._collect(owner, node, norm.id)
            for node in _every(norm):
                for part in self._deep(node):
                    for side in compared_sides(part):
                        compared |= self._named(self.figures(side), norm.id)
            for name, node in norm.values.items():
                if name not in _ASKED_AT_ONCE:
                    shown |= self._named(self.figures(node), norm.id)
        self.compared: Mapping[str, Const] = compared
        self.shown: Mapping[str, Const] = {at: node for at, node in shown.items() if at not in compared}

    @cached_property
    def all(self) -> tuple[Point, ...]:
        """Every point, in the order of the policy."""
        return tuple(self._all())

    def _all(self) -> Iterator[Point]:
        for norm in self.program.norms:
            yield Point("provisions", norm.id, "")
        for at in dict.fromkeys(self.conditions.values()):
            node = self._texts[at]
            for side in SIDES:
                yield Point("branches", at, side)
            if isinstance(node, ir.Member) and len(node.codes) > 1:
                for code in node.codes:
                    yield Point("branches", at, f"is {code}")
        for norm in self.program.norms:
            for state in states_of(norm):
                yield Point("states", norm.id, state)
        for norm in self.program.norms:
            for reading in sorted(readings_of(norm)):
                for option in self.program.policy.readings[reading].options:
                    yield Point("readings", norm.id, f"{reading}={option}")
        for at, node in self.compared.items():
            for edge in EDGES:
                if edge != "below" or node.unit == DATE or node.value.lo != 0:
                    yield Point("boundaries", at, edge)
        for at in self.shown:
            yield Point("boundaries", at, VALUE)

    def users(self, point: Point) -> tuple[str, ...]:
        """The provisions that a point is part of."""
        if point.kind in ("provisions", "states", "readings"):
            return (point.at,)
        return tuple(self._users.get(point.at, ()))

    def text(self, point: Point, lang: str) -> str:
        """What the condition or figure says, for people."""
        node = self._texts.get(point.at)
        return "" if node is None else self._labels.of(node).lang(lang)

    # Conditions

    def _collect(self, owner: str, node: IR, user: str) -> None:
        """Name the conditions below a node, through the terms and quantities that it uses."""
        for number, part in enumerate(_conditions(node), 1):
            if isinstance(part, ir.Ref) and self.opened(part):
                self._collect(_named(part), self.program.definitions[part.id].body, user)
            elif part.unit == TRUTH:
                at = f"{owner} {number}"
                self.conditions[part] = at
                self._texts.setdefault(at, part)
                self._users.setdefault(at, {})[user] = None

    def opened(self, node: ir.Ref) -> bool:
        """The policy itself defines what is named; of what the language defines, only the result counts."""
        return not self.program.definitions[node.id].builtin

    # Figures

    def _named(self, figures: tuple[Const, ...], user: str) -> dict[str, Const]:
        found = {}
        for node in figures:
            found[node.address] = node
            self._texts.setdefault(node.address, node)
            self._users.setdefault(node.address, {})[user] = None
        return found

    def figures(self, node: IR, chosen: Mapping[str, str] | None = None) -> tuple[Const, ...]:
        """The figures of the policy that a value is made of, under the options chosen.

        Not those of conditions on which it hangs, of a window, or of what a running total must reach: with these
        something else is compared; nor a number by which something is multiplied or divided.
        """
        return tuple(self._figures(node, chosen or {}))

    def _figures(self, node: IR, chosen: Mapping[str, str]) -> Iterator[Const]:
        if isinstance(node, Const):
            if node.address and node.unit not in (TRUTH, CODE, TEXT):
                yield node
        elif isinstance(node, ir.Ref):
            definition = self.program.definitions[node.id]
            if not definition.builtin:
                yield from self._figures(definition.body, chosen)
        elif isinstance(node, ir.Choose):
            for name, part in node.options:
                if chosen.get(node.reading, name) == name:
                    yield from self._figures(part, chosen)
        elif isinstance(node, ir.Fold):
            if node.item is not None:
                yield from self._figures(node.item, chosen)
        elif not isinstance(node, ir.FirstDay):
            own = node.count if isinstance(node, ir.Count) else node.share if isinstance(node, ir.Share) else None
            scales = isinstance(node, ir.Arithmetic) and node.operation in ("ratio", "product")
            for part in (*node.children(), *(() if own is None else (own,))):
                if part.unit != TRUTH and not (scales and isinstance(part, Const)):
                    yield from self._figures(part, chosen)

    def _deep(self, node: IR) -> Iterator[IR]:
        """A node and everything it stands on, through terms and quantities of the policy."""
        for part in ir.walk(node):
            yield part
            if isinstance(part, ir.Ref) and not self.program.definitions[part.id].builtin:
                yield from self._deep(self.program.definitions[part.id].body)


_SECTIONS: Final = ("terms", "quantities", "parties")


def owner_of(point: Point) -> str:
    """The id of the provision, term, quantity or party that a point is of; ``document`` for its time in force."""
    first, _, rest = point.at.partition(" ")[0].partition(".")
    return rest.partition(".")[0] if first in _SECTIONS else first


def compared_sides(node: IR) -> tuple[IR, ...]:
    """The values with which a node compares something: a comparison, the ends of a window, what a total must reach."""
    if isinstance(node, ir.Compare):
        return (node.left, node.right)
    if isinstance(node, ir.Fold):
        return tuple(end for end in (node.start, node.end) if end is not None)
    return (node.reaches,) if isinstance(node, ir.FirstDay) else ()


def readings_of(norm: Norm) -> frozenset[str]:
    """Every reading that a provision can consult."""
    nodes = _every(norm)
    return frozenset().union(*(node.readings for node in nodes))


def _every(norm: Norm) -> tuple[IR, ...]:
    return (norm.gate, norm.when, *norm.tests.values(), *norm.values.values())


def _roots(norm: Norm, program: Program) -> Iterator[tuple[str, IR]]:
    """The conditions and values that the policy writes for a provision, with the address of each."""
    source, parties = norm.source, program.policy.parties
    for names, test in ((source.by, norm.by_test), (source.toward, norm.toward_test)):
        tested = [name for name in names if name in parties and parties[name].test is not None]
        if test is None:
            continue
        parts = test.children() if len(tested) > 1 else (test,)
        for name, part in zip(tested, parts, strict=True):
            yield f"parties.{name}", part
    yield f"{source.group or source.id}.when", norm.when
    for _, test in norm.exempt:
        yield f"{source.id}.except", test
    for name, node in norm.values.items():
        yield f"{source.id}.{name}", node


_MADE_OF_OTHERS: Final = (ir.All, ir.Any, ir.Not, ir.Choose, ir.SoFar, ir.Fold, ir.If, Const)


def _conditions(node: IR) -> Iterator[IR]:
    """The conditions below a node that are not made of others, and every reference to what is defined elsewhere."""
    if isinstance(node, ir.Ref) or (node.unit == TRUTH and not isinstance(node, _MADE_OF_OTHERS)):
        yield node
    for part in node.children():
        yield from _conditions(part)


def _named(node: ir.Ref) -> str:
    return f"{'terms' if node.unit == TRUTH else 'quantities'}.{node.id.partition('.')[2]}"
