"""Where each word of a policy file stands: one walk over the tree, for translation, for figures and for completion.

A role says what a scalar is: a key, the name of a quantity, an entity, a code of a field, one of a few choices, a value
or figure; an identifier that no expression may name (of a reading, its option, a question, a provision), a citation.
What an author is free to write, titles and the like, has none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from vbprules.language.chinese import headings, names
from vbprules.language.words import ENGLISH, TERM
from vbprules.reading import Mapping as MappingNode
from vbprules.reading import Node, Scalar, Sequence

Kind = Literal["key", "name", "entity", "period", "yes", "value", "in_force", "code", "choice", "id", "option", "cite"]


@dataclass(frozen=True, slots=True)
class Role:
    """What a scalar is.

    ``of``: the field whose code it is, the key whose choice, what an id is of, an option's reading.
    ``declares``: here the author gives that name; elsewhere it is used.
    """

    kind: Kind
    of: str = ""
    declares: bool = False


Word: TypeAlias = Callable[[Scalar, Role], Scalar]
Spec: TypeAlias = Callable[[Node, Word], Node]

_KEY, _TERM, _NAME, _ENTITY, _VALUE = Role("key"), Role("key", "term"), Role("name"), Role("entity"), Role("value")
_OWN: Final = Role("name", declares=True)


def walked(root: Node, word: Word) -> Node:
    """The tree of a policy file with every scalar that has a role given to ``word``; marks stay as they are."""
    return _POLICY(root, word)


def _english(key: Scalar) -> str:
    return ENGLISH.get(key.text, key.text)


def _free(node: Node, word: Word) -> Node:
    return node


def _words(role: Role) -> Spec:
    """One word, or a list of them."""

    def change(node: Node, word: Word) -> Node:
        if isinstance(node, Scalar):
            return word(node, role)
        if isinstance(node, Sequence):
            return Sequence(tuple(change(item, word) for item in node.items), node.mark)
        return node

    return change


def _choice(of: str) -> Spec:
    return _words(Role("choice", of))


def _keys(specs: Mapping[str, Spec]) -> Spec:
    """A mapping whose keys are words of the language."""

    def change(node: Node, word: Word) -> Node:
        if not isinstance(node, MappingNode):
            return node
        entries = ((word(key, _KEY), specs.get(_english(key), _free)(value, word)) for key, value in node.entries)
        return MappingNode(tuple(entries), node.mark)

    return change


def _ids(spec: Spec, role: Role) -> Spec:
    """A mapping from identifiers."""

    def change(node: Node, word: Word) -> Node:
        if not isinstance(node, MappingNode):
            return node
        entries = ((word(key, role), spec(value, word)) for key, value in node.entries)
        return MappingNode(tuple(entries), node.mark)

    return change


def _items(spec: Spec) -> Spec:
    def change(node: Node, word: Word) -> Node:
        if not isinstance(node, Sequence):
            return node
        return Sequence(tuple(spec(item, word) for item in node.items), node.mark)

    return change


def _by_reading(node: MappingNode, word: Word, spec: Spec) -> Node | None:
    """``{reading: r, a: …, b: …}``; None where the mapping is none."""
    named = next((value for key, value in node.entries if _english(key) == "reading"), None)
    if named is None:
        return None
    option = Role("option", named.text if isinstance(named, Scalar) else "")
    entries = (
        (word(key, _KEY), _READING(value, word))
        if _english(key) == "reading"
        else (word(key, option), spec(value, word))
        for key, value in node.entries
    )
    return MappingNode(tuple(entries), node.mark)


def _condition(node: Node, word: Word) -> Node:
    if isinstance(node, Scalar):
        return word(node, _VALUE)
    if isinstance(node, Sequence):
        return _items(_condition)(node, word)
    chosen = _by_reading(node, word, _condition)
    if chosen is not None:
        return chosen
    entries = []
    for key, value in node.entries:
        spec = _CONDITIONS.get(_english(key))
        if spec is not None:
            entries.append((word(key, _KEY), spec(value, word)))
        else:
            entries.append((word(key, _NAME), _tests(_field(key.text), value, word)))
    return MappingNode(tuple(entries), node.mark)


def _field(name: str) -> str:
    """The English name of a field, of its path the last part."""
    last = headings().get(name, name).rsplit(".", 1)[-1]
    return next((en for en, zh in names().items() if zh == last), last)


def _tests(field: str, node: Node, word: Word) -> Node:
    if not isinstance(node, MappingNode):
        return node
    chosen = _by_reading(node, word, lambda item, word: _tests(field, item, word))
    if chosen is not None:
        return chosen
    member = _words(Role("code", field))
    entries = (
        (word(key, _KEY), (member if _english(key) in ("in", "not_in", "is") else _value)(value, word))
        for key, value in node.entries
    )
    return MappingNode(tuple(entries), node.mark)


def _value(node: Node, word: Word) -> Node:
    if isinstance(node, Scalar):
        return word(node, _VALUE)
    if isinstance(node, Sequence):
        return _items(_value)(node, word)
    chosen = _by_reading(node, word, _value)
    if chosen is not None:
        return chosen
    keys = {_english(key) for key, _ in node.entries}
    entries = []
    for key, value in node.entries:
        name = _english(key)
        spec = _VALUES.get(name, _value)
        if name == "count" and not keys & {"after", "before"}:
            spec = _words(_ENTITY)
        elif name == "of" and "day" in keys:
            spec = _words(Role("period"))
        entries.append((word(key, _TERM if name in TERM and "count" in keys else _KEY), spec(value, word)))
    return MappingNode(tuple(entries), node.mark)


def _in_force(node: Node, word: Word) -> Node:
    if isinstance(node, Scalar):
        return word(node, Role("in_force"))
    if isinstance(node, MappingNode):
        return _by_reading(node, word, _in_force) or _value(node, word)
    return node


def _convention(node: Node, word: Word) -> Node:
    if isinstance(node, MappingNode):
        return _by_reading(node, word, _convention) or node
    return _choice("first_day")(node, word)


def _instead(node: Node, word: Word) -> Node:
    return _INSTEAD(node, word) if isinstance(node, MappingNode) else _choice("instead")(node, word)


def _readings(node: Node, word: Word) -> Node:
    """Each reading with its options."""
    if not isinstance(node, MappingNode):
        return node
    entries = []
    for key, value in node.entries:
        option = Role("option", key.text, declares=True)
        body = _keys({"cite": _CITE, "options": _ids(_free, option), "preferred": _words(Role("option", key.text))})
        entries.append((word(key, Role("id", "reading", declares=True)), body(value, word)))
    return MappingNode(tuple(entries), node.mark)


def _id(of: str) -> Spec:
    """An identifier that is used, or a list of them."""
    return _words(Role("id", of))


_READING, _QUESTION, _NORM, _INSTRUMENT, _LIST = map(_id, ("reading", "question", "provision", "instrument", "list"))
_CITE: Final = _words(Role("cite"))
_YES: Final = _words(Role("yes"))
_PARTY: Final = _words(_NAME)
_SILENT: Final = _words(_KEY)
_PERIOD: Final = _words(Role("period"))
_CONDITIONS: Final[Mapping[str, Spec]] = {
    "all": _items(_condition),
    "any": _items(_condition),
    "not": _condition,
    "some": lambda node, word: _quantified(node, word),
    "every": lambda node, word: _quantified(node, word),
    "known_by": _items(_condition),
    **dict.fromkeys(("breach_of", "overdue", "imposed"), _NORM),
    "judge": _QUESTION,
    "set_by": _INSTRUMENT,
    "silent": _free,
}
_VALUES: Final[Mapping[str, Spec]] = {
    **dict.fromkeys(("over", "in"), _words(_ENTITY)),
    **dict.fromkeys(("where", "if"), _condition),
    **dict.fromkeys(("so_far", "capped"), _YES),
    **dict.fromkeys(("start_of", "end_of"), _PERIOD),
    "set_by": _INSTRUMENT,
    "silent": _free,
    "date_of": _NORM,
}


def _quantified(node: Node, word: Word) -> Node:
    """``{target: condition}``."""
    if not isinstance(node, MappingNode):
        return node
    return MappingNode(tuple((word(key, _ENTITY), _condition(value, word)) for key, value in node.entries), node.mark)


_INSTEAD: Final = _keys({"set_by": _INSTRUMENT})
_PER: Final = {"per": _words(_ENTITY)}
_ATTRIBUTES: Final[Mapping[str, Spec]] = {
    "by": _PARTY,
    "toward": _PARTY,
    "silent": _SILENT,
    "once": _YES,
    "takes_effect": _choice("takes_effect"),
    "choose": _choice("choose"),
    **dict.fromkeys(("due", "not_before", "done", "amount", "received", "from", "until", "standard", "value"), _value),
    "governed_by": _value,
    "cite": _CITE,
    "hedge": _id("hedge"),
    "fields": _LIST,
}
_PROVISION: Final[Mapping[str, Spec]] = {
    **_ATTRIBUTES,
    "for_each": _words(_ENTITY),
    "matter": _choice("matter"),
    **dict.fromkeys(("when", "requires", "forbids"), _condition),
    "except": _items(_keys({"when": _condition, "cite": _CITE, "instead": _instead})),
    "sanctioned_by": _NORM,
    "steps": _ids(_keys(_ATTRIBUTES), Role("id", "step", declares=True)),
}
_DOCUMENT: Final[Mapping[str, Spec]] = {
    "issued": _in_force,
    "rank": _choice("rank"),
    "known_from": _choice("known_from"),
    "in_force": _keys({"from": _in_force, "until": _in_force}),
    "conventions": _keys({"first_day": _convention}),
    "abridged": _CITE,
    "precedence": _items(
        _keys({"rank": _choice("rank"), "dated": _choice("dated"), "when": _keys({"judge": _QUESTION}), "cite": _CITE})
    ),
}
_TASK: Final[Mapping[str, Spec]] = {
    "no": _words(Role("id", "task", declares=True)),
    "lead": _PARTY,
    "support": _PARTY,
    "due": _value,
    "silent": _SILENT,
    "cite": _CITE,
}
_CODES: Final = _words(Role("code"))
_LISTED: Final[Mapping[str, Spec]] = {
    "closed": _CODES,
    "open": _CODES,
    "labels": lambda node, word: _labelled(node, word),
    "cite": _CITE,
}
_POLICY: Final = _keys(
    {
        "document": _keys(_DOCUMENT),
        "instruments": _ids(_keys({}), Role("id", "instrument", declares=True)),
        "parties": _ids(_keys({"is": _condition, "cite": _CITE}), _OWN),
        "readings": _readings,
        "questions": _ids(_keys({"by": _PARTY, "cite": _CITE, **_PER}), Role("id", "question", declares=True)),
        "lists": _ids(_keys(_LISTED), Role("id", "list", declares=True)),
        "terms": _ids(_keys({"is": _condition, "cite": _CITE, **_PER}), _OWN),
        "quantities": _ids(_keys({"is": _value, "cite": _CITE, **_PER}), _OWN),
        "clauses": _items(_keys({"no": _words(Role("id", "clause", declares=True)), "not_encoded": _choice("reason")})),
        "left_out": _items(_keys({"cite": _CITE, "why": _choice("reason")})),
        "not_in_text": _items(_keys({"figure": _value})),
        "provisions": _ids(_keys(_PROVISION), Role("id", "provision", declares=True)),
        "tasks": _items(_keys(_TASK)),
    }
)


def _labelled(node: Node, word: Word) -> Node:
    """Codes and their names."""
    if not isinstance(node, MappingNode):
        return node
    return MappingNode(tuple((word(key, Role("code")), value) for key, value in node.entries), node.mark)
