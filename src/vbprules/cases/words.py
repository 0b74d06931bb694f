"""A case file in Chinese words: keys from the words of the language, values from the words in which decisions speak."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from vbprules.cases.keys import ABSENT, CHOICES, FIGURES, NONE, NOT_APPLICABLE, SETS
from vbprules.decision.words import CHOICES as CHOOSE
from vbprules.decision.words import MODALITIES, MODES, SHORT_STATES, STANDINGS, STATES, TRUTHS
from vbprules.language.words import LISTS, columns, dossier_in_english, english
from vbprules.reading import Mapping as MappingNode
from vbprules.reading import Node, Scalar, Sequence

_Change: TypeAlias = Callable[[Node], Node]

ABSENT_ZH: Final = "没有"
NONE_ZH: Final = "无"
_STATES: Final = {code: zh for code, (zh, _) in STATES.items()}
_FIGURE: Final = {ABSENT: ABSENT_ZH, "open": STANDINGS["open"][0], "silent": STANDINGS["silent"][0]}

# For every key of an expectation: the Chinese forms of its words, the one to write first.
CHINESE: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "state": {code: tuple(dict.fromkeys((SHORT_STATES.get(code, zh), zh))) for code, zh in _STATES.items()},
    "standing": {code: (zh,) for code, (zh, _) in STANDINGS.items()},
    "triggered": {code: (TRUTHS[code][0],) for code in CHOICES["triggered"]},
    "mode": {code: (zh,) for code, (zh, _) in MODES.items()},
    "modality": {code: (zh,) for code, (zh, _) in MODALITIES.items()},
    "hedge": {NONE: (NONE_ZH,)},
    "choose": {code: (zh,) for code, (zh, _) in CHOOSE.items()},
    **{key: {NONE: (NONE_ZH,)} for key in SETS},
    **{key: {code: (zh,) for code, zh in _FIGURE.items()} for key in FIGURES},
    "early": {"yes": (TRUTHS["yes"][0],), "no": (TRUTHS["no"][0],), ABSENT: (ABSENT_ZH,)},
}
# What may stand for a whole outcome.
OUTCOME: Final[Mapping[str, tuple[str, ...]]] = {
    ABSENT: (ABSENT_ZH,),
    NOT_APPLICABLE: (_STATES[NOT_APPLICABLE],),
}


def in_english(root: Node) -> Node:
    """The same case file with every Chinese word of the language, and of what is expected, as its English one."""
    changes: dict[str, _Change] = {
        "fixtures": _values(dossier_in_english),
        "cases": _items(_case),
        "equivalent": _items(_keys),
        "unreachable": _items(_keys),
    }
    return _keys(root, changes)


def _case(node: Node) -> Node:
    return _keys(node, {"facts": dossier_in_english, "expect": _values(_expectation), "variants": _table})


def _table(node: Node) -> Node:
    return _keys(node, {"set": _paths, "rows": _items(_row)})


def _row(node: Node) -> Node:
    return _keys(node, {"expect": _values(_expectation)})


def _expectation(node: Node) -> Node:
    if isinstance(node, Scalar):
        return _word(node, _english(OUTCOME))
    return _keys(node, {key: _values_of(_english(forms)) for key, forms in CHINESE.items()})


def _values_of(words: Mapping[str, str]) -> _Change:
    """One value, or one for each reading."""

    def change(node: Node) -> Node:
        if isinstance(node, MappingNode):
            return MappingNode(tuple((key, change(value)) for key, value in node.entries), node.mark)
        return _word(node, words)

    return change


def _english(forms: Mapping[str, tuple[str, ...]]) -> Mapping[str, str]:
    return {_plain(zh): code for code, chinese in forms.items() for zh in chinese}


def _word(node: Node, words: Mapping[str, str]) -> Node:
    if not isinstance(node, Scalar) or node.text.isascii():
        return node
    found = words.get(_plain(node.text))
    return node if found is None else Scalar(found, node.mark, node.quoted)


def _plain(text: str) -> str:
    """Without punctuation: 应作出，尚未作出 may be written with any comma, or none."""
    return "".join(character for character in text if character.isalnum())


def _paths(node: Node) -> Node:
    if isinstance(node, Sequence):
        return Sequence(tuple(_paths(item) for item in node.items), node.mark)
    if not isinstance(node, Scalar) or node.text.isascii():
        return node
    head, *rest = node.text.split(".")
    head = LISTS.get(head, head)
    return Scalar(".".join((head, *(columns(head).get(part, part) for part in rest))), node.mark, node.quoted)


def _keys(node: Node, changes: Mapping[str, _Change] | None = None) -> Node:
    """The mapping with its keys in English, and each value changed as its key demands."""
    if not isinstance(node, MappingNode):
        return node
    entries = []
    for key, value in node.entries:
        word = english(key)
        change = (changes or {}).get(word.text)
        entries.append((word, value if change is None else change(value)))
    return MappingNode(tuple(entries), node.mark)


def _values(change: _Change) -> _Change:
    """Every value of a mapping whose keys are identifiers."""

    def changed(node: Node) -> Node:
        if not isinstance(node, MappingNode):
            return node
        return MappingNode(tuple((key, change(value)) for key, value in node.entries), node.mark)

    return changed


def _items(change: _Change) -> _Change:
    """Every item of a list."""

    def changed(node: Node) -> Node:
        if not isinstance(node, Sequence):
            return node
        return Sequence(tuple(change(item) for item in node.items), node.mark)

    return changed
