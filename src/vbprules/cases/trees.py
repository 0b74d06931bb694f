"""A tree of a case file with its Chinese keys and words as the English ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from vbprules.language.words import LISTS, columns, english
from vbprules.reading import Mapping as MappingNode
from vbprules.reading import Node, Scalar, Sequence

Change: TypeAlias = Callable[[Node], Node]
Forms: TypeAlias = Mapping[str, tuple[str, ...]]  # of each code: its Chinese forms


def keyed(changes: Mapping[str, Change] | None = None) -> Change:
    """A mapping with its keys in English, and each value changed as its key demands."""

    def changed(node: Node) -> Node:
        if not isinstance(node, MappingNode):
            return node
        entries = []
        for key, value in node.entries:
            word = english(key)
            change = (changes or {}).get(word.text)
            entries.append((word, value if change is None else change(value)))
        return MappingNode(tuple(entries), node.mark)

    return changed


def each_value(change: Change) -> Change:
    """Every value of a mapping whose keys are identifiers."""

    def changed(node: Node) -> Node:
        if not isinstance(node, MappingNode):
            return node
        return MappingNode(tuple((key, change(value)) for key, value in node.entries), node.mark)

    return changed


def each_item(change: Change) -> Change:
    """Every item of a list."""

    def changed(node: Node) -> Node:
        if not isinstance(node, Sequence):
            return node
        return Sequence(tuple(change(item) for item in node.items), node.mark)

    return changed


def one_or_each(change: Change) -> Change:
    """One thing, or every item of a list of them."""

    def changed(node: Node) -> Node:
        return each_item(change)(node) if isinstance(node, Sequence) else change(node)

    return changed


def worded(forms: Forms) -> Change:
    """One word, or one for each reading."""
    words = {_plain(zh): code for code, chinese in forms.items() for zh in chinese}

    def change(node: Node) -> Node:
        if isinstance(node, MappingNode):
            return MappingNode(tuple((key, change(value)) for key, value in node.entries), node.mark)
        if not isinstance(node, Scalar) or node.text.isascii():
            return node
        found = words.get(_plain(node.text))
        return node if found is None else Scalar(found, node.mark, node.quoted)

    return change


def path(node: Node) -> Node:
    """A place in the facts, or a list of them."""
    if isinstance(node, Sequence):
        return Sequence(tuple(path(item) for item in node.items), node.mark)
    if not isinstance(node, Scalar) or node.text.isascii():
        return node
    head, *rest = node.text.split(".")
    head = LISTS.get(head, head)
    return Scalar(".".join((head, *(columns(head).get(part, part) for part in rest))), node.mark, node.quoted)


def paths_as_keys(node: Node) -> Node:
    """A mapping whose keys are places in the facts."""
    if not isinstance(node, MappingNode):
        return node
    entries = []
    for key, value in node.entries:
        word = path(key)
        assert isinstance(word, Scalar)
        entries.append((word, value))
    return MappingNode(tuple(entries), node.mark)


def _plain(text: str) -> str:
    """Without punctuation: 应作出，尚未作出 may be written with any comma, or none."""
    return "".join(character for character in text if character.isalnum())
