"""Facts as a tree: one merged over another, single places replaced, places checked."""

from __future__ import annotations

from dataclasses import dataclass

from vbprules.language.vocabulary import DOSSIER_KEYS, INSTITUTION, LIST_KEYS, row_keys
from vbprules.reading import Mapping, Node, Scalar, Sequence


@dataclass(frozen=True, slots=True)
class Astray:
    """Why a path leads nowhere: the part that is not there, and what could stand in its place."""

    part: str
    known: tuple[str, ...] = ()


def merge(base: Node, over: Node) -> Node:
    """Mappings are merged key by key; anything else is replaced."""
    if not isinstance(base, Mapping) or not isinstance(over, Mapping):
        return over
    entries = {key.text: (key, value) for key, value in base.entries}
    for key, value in over.entries:
        known = entries.get(key.text)
        entries[key.text] = (key, merge(known[1], value) if known is not None else value)
    return Mapping(tuple(entries.values()), over.mark)


def size(node: Node) -> int:
    """How many nodes a tree has."""
    if isinstance(node, Mapping):
        return 1 + sum(1 + size(value) for _, value in node.entries)
    if isinstance(node, Sequence):
        return 1 + sum(size(item) for item in node.items)
    return 1


def astray(path: str) -> Astray | None:
    """Where a path names what no dossier has. ``targets.0.set_volume``, ``institution.grade``, ``payments``."""
    head, *rest = path.split(".")
    names: list[str]
    known: tuple[str, ...]
    if head not in DOSSIER_KEYS:
        return Astray(head, ("as_of", *DOSSIER_KEYS))
    if rest and rest[0] == "entries":
        rest = rest[1:]
    if head in ("policy", "note"):
        names, known = rest, ()
    elif head == INSTITUTION:
        names, known = rest, row_keys(head)
    elif rest and rest[0].isdigit():
        names, known = rest[1:], row_keys(head)
    else:
        names, known = rest, LIST_KEYS
    if names and names[0] not in known:
        return Astray(names[0], known)
    return Astray(names[1]) if len(names) > 1 else None


def replaced(node: Node, path: list[str], value: Node) -> Node | Astray:
    """The tree with one place replaced; a number counts the rows of a list, whether it is bare or has ``entries``.

    A key that a row does not have yet is added; a row that a list does not have is not.
    """
    if not path:
        return value
    head, rest = path[0], path[1:]
    if isinstance(node, Sequence):
        if not head.isdigit() or len(head) > 9 or int(head) >= len(node.items):
            return Astray(head, tuple(str(number) for number in range(min(len(node.items), 10))))
        changed = replaced(node.items[int(head)], rest, value)
        if isinstance(changed, Astray):
            return changed
        number = int(head)
        return Sequence((*node.items[:number], changed, *node.items[number + 1 :]), node.mark)
    if not isinstance(node, Mapping):
        return Astray(head)
    if head.isdigit():
        if node.get("entries") is None:
            return Astray(head)
        return replaced(node, ["entries", *path], value)
    old = node.get(head)
    if old is None:
        inner = _added(rest, value)
        key = Scalar(head, value.mark, False)
        return inner if isinstance(inner, Astray) else Mapping((*node.entries, (key, inner)), node.mark)
    changed = replaced(old, rest, value)
    if isinstance(changed, Astray):
        return changed
    entries = tuple((key, changed if key.text == head else known) for key, known in node.entries)
    return Mapping(entries, node.mark)


def _added(path: list[str], value: Node) -> Node | Astray:
    """A new branch of the tree: rows of a list cannot be made out of nothing."""
    if not path:
        return value
    if path[0].isdigit():
        return Astray(path[0])
    inner = _added(path[1:], value)
    return inner if isinstance(inner, Astray) else Mapping(((Scalar(path[0], value.mark, False), inner),), value.mark)
