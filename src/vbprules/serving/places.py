"""What stands at a place of the text: lines and columns count from 1, columns count characters."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TypeAlias

from vbprules.reading import Mapping as MappingNode
from vbprules.reading import Mark, Node, Scalar
from vbprules.reading import Sequence as SequenceNode
from vbprules.serving.understood import Spot

Place: TypeAlias = tuple[int, int]


def holds(mark: Mark, place: Place) -> bool:
    """Whether a place lies in a stretch, or right behind it, where the cursor stands after a word."""
    return (mark.line, mark.column) <= place <= (mark.end_line, mark.end_column)


def spot_at(spots: Sequence[Spot], place: Place) -> Spot | None:
    """The word at a place; between two that touch, the one that begins there."""
    after = bisect_right(spots, place, key=lambda spot: (spot.mark.line, spot.mark.column))
    return spots[after - 1] if after and holds(spots[after - 1].mark, place) else None


def scalar_at(node: Node | None, place: Place) -> Scalar | None:
    """The scalar at a place, whatever its role."""
    if isinstance(node, Scalar):
        return node if holds(node.mark, place) else None
    if isinstance(node, SequenceNode):
        parts: Sequence[Node] = node.items
    elif isinstance(node, MappingNode):
        parts = [part for entry in node.entries for part in entry]
    else:
        return None
    found = [part for part in parts if holds(part.mark, place)]
    return next((scalar for part in reversed(found) if (scalar := scalar_at(part, place)) is not None), None)


def path_to(node: Node, key: Mark) -> tuple[Scalar, ...] | None:
    """The keys that lead to the key that stands at a mark, itself last; places in lists are no step."""
    if isinstance(node, SequenceNode):
        return next((path for item in node.items if (path := path_to(item, key)) is not None), None)
    if not isinstance(node, MappingNode):
        return None
    for name, value in node.entries:
        if name.mark == key:
            return (name,)
        below = path_to(value, key)
        if below is not None:
            return (name, *below)
    return None


def row_at(node: Node | None, place: Place) -> MappingNode | None:
    """The mapping of a list that holds a place: a row of the ledger."""
    if not isinstance(node, SequenceNode):
        return None
    rows = [item for item in node.items if isinstance(item, MappingNode) and holds(item.mark, place)]
    return rows[-1] if rows else None
