"""The order of keys in a policy file: that of the language's description. Ids and expressions keep the author's."""

from __future__ import annotations

from collections.abc import Sequence as SequenceType
from typing import Final

from vbprules.language.document import PRECEDENCE
from vbprules.language.parse import TOP
from vbprules.language.policy import MODALITIES
from vbprules.reading import Mapping, Node, Sequence

_DOCUMENT: Final = (
    "title", "en", "number", "issued", "issuer", "region", "rank", "in_force", "abridged", "known_from", "precedence",
    "forwarded_by", "conventions",
)  # fmt: skip
_ATTRIBUTES: Final = (
    "hedge", "when", "requires", "forbids", "amount", "received", "not_before", "due", "done", "from", "until", "once",
    "takes_effect", "fields", "choose", "standard", "value", "steps", "except", "silent", "sanctioned_by", "note",
    "note_en",
)  # fmt: skip
_PROVISION: Final = (*MODALITIES, "en", "cite", "matter", "by", "toward", "for_each", *_ATTRIBUTES)
_STEP: Final = ("does", "en", "cite", "by", "toward", *_ATTRIBUTES)
_EXCEPT: Final = ("when", "cite", "instead")
_ENTRIES: Final = {
    "instruments": ("number", "title", "en"),
    "parties": ("label", "en", "is", "cite"),
    "readings": ("asks", "en", "cite", "options", "preferred"),
    "questions": ("asks", "en", "cite", "by", "per"),
    "lists": ("closed", "open", "cite", "labels"),
    "terms": ("label", "en", "per", "is", "cite"),
    "quantities": ("label", "en", "per", "is", "cite"),
    "provisions": _PROVISION,
}
_ROWS: Final = {
    "clauses": ("no", "starts", "text", "en", "not_encoded"),
    "left_out": ("cite", "why"),
    "tasks": ("no", "does", "en", "cite", "lead", "support", "due", "silent", "note", "note_en"),
}


def ordered(root: Node) -> Node:
    """The tree of a policy file, in English words, with the keys of its structure in their order."""
    if not isinstance(root, Mapping):
        return root
    sections = tuple((key, _section(key.text, value)) for key, value in root.entries)
    return _sorted(Mapping(sections, root.mark), TOP)


def _section(name: str, node: Node) -> Node:
    if name == "document" and isinstance(node, Mapping):
        entries = tuple((k, _rows(v, PRECEDENCE) if k.text == "precedence" else v) for k, v in node.entries)
        return _sorted(Mapping(entries, node.mark), _DOCUMENT)
    if name in _ROWS:
        return _rows(node, _ROWS[name])
    if name in _ENTRIES and isinstance(node, Mapping):
        keys = _ENTRIES[name]
        return Mapping(tuple((key, _provision(_sorted(value, keys))) for key, value in node.entries), node.mark)
    return node


def _provision(node: Node) -> Node:
    """Its steps and exceptions too."""
    if not isinstance(node, Mapping):
        return node
    entries = []
    for key, value in node.entries:
        if key.text == "steps" and isinstance(value, Mapping):
            value = Mapping(tuple((id, _sorted(step, _STEP)) for id, step in value.entries), value.mark)
        entries.append((key, _rows(value, _EXCEPT) if key.text == "except" else value))
    return Mapping(tuple(entries), node.mark)


def _rows(node: Node, keys: SequenceType[str]) -> Node:
    if not isinstance(node, Sequence):
        return node
    return Sequence(tuple(_sorted(item, keys) for item in node.items), node.mark)


def _sorted(node: Node, keys: SequenceType[str]) -> Node:
    """Known keys in their order, then the others as they were."""
    if not isinstance(node, Mapping):
        return node
    place = {key: number for number, key in enumerate(keys)}
    return Mapping(tuple(sorted(node.entries, key=lambda entry: place.get(entry[0].text, len(place)))), node.mark)
