"""One edit of a located tree: another node, another key, or a node less, and the tree with the edit made."""

from __future__ import annotations

from dataclasses import dataclass

from vbprules.reading.nodes import Mapping, Node, Scalar, Sequence

Step = str | int  # a key of a mapping, a position in a list
Path = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Put:
    """Another node in this place; a new last entry where the mapping has none of this name."""

    node: Node


@dataclass(frozen=True, slots=True)
class Rename:
    """Another key over the same node."""

    key: str


@dataclass(frozen=True, slots=True)
class Drop:
    """The node is taken out of its mapping or list."""


Edit = Put | Rename | Drop


def applied(root: Node, path: Path, edit: Edit) -> Node:
    """The tree with one edit made. Raises KeyError if the path leads nowhere."""
    step, rest = path[0], path[1:]
    if isinstance(root, Sequence) and isinstance(step, int):
        items = list(root.items)
        if rest:
            items[step] = applied(items[step], rest, edit)
        elif isinstance(edit, Put):
            items[step] = edit.node
        else:
            del items[step]
        return Sequence(tuple(items), root.mark)
    if not isinstance(root, Mapping) or not isinstance(step, str):
        raise KeyError(step)
    entries = []
    for key, value in root.entries:
        if key.text != step:
            entries.append((key, value))
        elif rest:
            entries.append((key, applied(value, rest, edit)))
        elif isinstance(edit, Put):
            entries.append((key, edit.node))
        elif isinstance(edit, Rename):
            entries.append((Scalar(edit.key, key.mark), value))
    if root.get(step) is None:
        if rest or not isinstance(edit, Put):
            raise KeyError(step)
        entries.append((Scalar(step, edit.node.mark), edit.node))
    return Mapping(tuple(entries), root.mark)
