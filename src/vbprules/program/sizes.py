"""How long the numbers of a value can become, and how deep names lie within names, before anything is evaluated.

Products of products double their digits with each name; a policy of forty lines could ask for a number of a billion
digits. Real ones multiply two or three figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from vbprules.program import ir
from vbprules.program.ir import IR, Definition
from vbprules.reading import Mapping as MappingNode
from vbprules.reading import Node, Scalar

MOST_FACTORS: Final = 64  # figures of 21 digits each that one number is made of
MOST_LEVELS: Final = 200  # of lists and mappings of all names that lie within each other


class Size(NamedTuple):
    """How many figures the numerator and the denominator of a number are multiplied from, at most."""

    over: int
    under: int

    @property
    def whole(self) -> int:
        """Of both together."""
        return self.over + self.under


_ONE: Final = Size(1, 0)


class Sizes:
    """The sizes of what has been compiled."""

    def __init__(self, definitions: Mapping[str, Definition]) -> None:
        self._definitions = definitions
        self._known: dict[str, Size] = {}

    def largest(self, node: IR) -> int:
        """The size of the longest number on the way to the value of a node, what it names apart."""
        return max(self._of(part).whole for part in ir.walk(node))

    def accept(self, id: str) -> None:
        """Whatever its size was, a definition counts as one figure from here on: it has been reported."""
        self._known[id] = _ONE

    def _of(self, node: IR) -> Size:
        if isinstance(node, (ir.Ref, ir.OtherYear)):
            return self._named(node.id)
        if isinstance(node, ir.Arithmetic):
            return _combined(node.operation, [self._of(part) for part in node.parts])
        if isinstance(node, ir.Share):
            of = self._of(node.of)
            return Size(of.over + 1, of.under + 1)
        if isinstance(node, ir.If):
            return _widest([self._of(node.then), self._of(node.otherwise)])
        if isinstance(node, ir.KnownBy):
            return _widest([self._of(node.first), self._of(node.second)])
        if isinstance(node, ir.Choose):
            return _widest([self._of(option) for _, option in node.options])
        if isinstance(node, ir.Bounded):
            return self._of(node.value)
        if isinstance(node, ir.SoFar):
            return self._of(node.part)
        if isinstance(node, ir.Fold) and node.item is not None:
            return self._of(node.item)
        return _ONE

    def _named(self, id: str) -> Size:
        if id not in self._known:
            self._known[id] = _ONE  # in a circle, which has been reported
            if id in self._definitions:
                self._known[id] = self._of(self._definitions[id].body)
        return self._known[id]


def _combined(operation: str, parts: list[Size]) -> Size:
    if operation == "product":
        return Size(sum(part.over for part in parts), sum(part.under for part in parts))
    if operation == "ratio":
        first, second = parts
        return Size(first.over + second.under, first.under + second.over)
    if operation in ("plus", "difference"):
        under = sum(part.under for part in parts)
        return Size(max(part.over - part.under for part in parts) + under, under)
    return _widest(parts)


def _widest(parts: list[Size]) -> Size:
    return max(parts, key=lambda part: part.whole)


def height(node: Node | None) -> int:
    """How many lists and mappings lie within each other."""
    found, level = 0, [] if node is None or isinstance(node, Scalar) else [node]
    while level:
        found += 1
        inner: list[Node] = []
        for item in level:
            inner += (value for _, value in item.entries) if isinstance(item, MappingNode) else item.items
        level = [item for item in inner if not isinstance(item, Scalar)]
    return found
