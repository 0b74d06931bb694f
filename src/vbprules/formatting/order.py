"""The order of keys in a policy file: that of the language's description. Ids and expressions keep the author's."""

from __future__ import annotations

from collections.abc import Sequence as SequenceType
from typing import Final

from vbprules.language import keys
from vbprules.language.policy import MODALITIES
from vbprules.reading import Mapping, Node, Sequence

# Who owes what to whom stands first, then when and how much, then what follows.
_ATTRIBUTES: Final = (
    "hedge", "governed_by", "when", "requires", "forbids", "amount", "received", "not_before", "due", "done", "from",
    "until", "once", "takes_effect", "fields", "choose", "standard", "value", "steps", "except", "silent",
    "sanctioned_by", "note", "note_en",
)  # fmt: skip
PROVISION: Final = (*MODALITIES, "en", "cite", "matter", "by", "toward", "for_each", *_ATTRIBUTES)
STEP: Final = ("does", "en", "cite", "matter", "by", "toward", *_ATTRIBUTES)
_BY_ID: Final = ("instruments", "parties", "readings", "questions", "lists", "terms", "quantities")
_ROWS: Final = ("clauses", "left_out", "not_in_text", "tasks")


def ordered(root: Node) -> Node:
    """The tree of a policy file, in English words, with the keys of its structure in their order."""
    if not isinstance(root, Mapping):
        return root
    sections = tuple((key, _section(key.text, value)) for key, value in root.entries)
    return _sorted(Mapping(sections, root.mark), keys.TOP)


def _section(name: str, node: Node) -> Node:
    if name == "document" and isinstance(node, Mapping):
        entries = tuple((k, _rows(v, keys.SECTIONS[k.text]) if k.text == "precedence" else v) for k, v in node.entries)
        return _sorted(Mapping(entries, node.mark), keys.DOCUMENT)
    if name in _ROWS:
        return _rows(node, keys.SECTIONS[name])
    if name in _BY_ID:
        return _by_id(node, keys.SECTIONS[name])
    return _by_id(node, PROVISION) if name == "provisions" else node


def _by_id(node: Node, order: SequenceType[str]) -> Node:
    if not isinstance(node, Mapping):
        return node
    return Mapping(tuple((key, _provision(_sorted(value, order))) for key, value in node.entries), node.mark)


def _provision(node: Node) -> Node:
    """Its steps and exceptions too."""
    if not isinstance(node, Mapping):
        return node
    entries = []
    for key, value in node.entries:
        if key.text == "steps":
            value = _by_id(value, STEP)
        entries.append((key, _rows(value, keys.SECTIONS["except"]) if key.text == "except" else value))
    return Mapping(tuple(entries), node.mark)


def _rows(node: Node, order: SequenceType[str]) -> Node:
    if not isinstance(node, Sequence):
        return node
    return Sequence(tuple(_sorted(item, order) for item in node.items), node.mark)


def _sorted(node: Node, order: SequenceType[str]) -> Node:
    """Known keys in their order, then the others as they were."""
    if not isinstance(node, Mapping):
        return node
    place = {key: number for number, key in enumerate(order)}
    return Mapping(tuple(sorted(node.entries, key=lambda entry: place.get(entry[0].text, len(place)))), node.mark)
