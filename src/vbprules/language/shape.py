"""Reading one mapping of a file: known keys only, each of the expected form, every slip reported."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from collections.abc import Mapping as MappingType
from functools import partial
from typing import Final

from vbprules.diagnostics import Report, suggest
from vbprules.language.identifiers import is_id, is_word
from vbprules.language.keys import CITATION, LONGEST_PHRASE, YES
from vbprules.language.policy import Citation, Label
from vbprules.language.words import WORDS, repeated_keys
from vbprules.reading import Mapping, Node, Scalar, Sequence

_CITATION: Final = re.compile(CITATION)


class Shape:
    """A mapping with a fixed set of keys. Missing and unknown ones are reported once, at construction or on access."""

    def __init__(self, node: Node | None, report: Report, where: str, keys: Collection[str]) -> None:
        self.report, self.where, self.node = report, where, node
        self._entries: dict[str, Node] = {}
        if not isinstance(node, Mapping):
            if node is not None:
                report.error("not_a_mapping", node, where=where)
            return
        for key, value in node.entries:
            if key.text in keys:
                self._entries[key.text] = value
            else:
                report.error("unknown_key", key, key=key.text, where=where, suggestion=partial(near, key.text, keys))

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def get(self, key: str) -> Node | None:
        return self._entries.get(key)

    def require(self, key: str) -> Node | None:
        node = self._entries.get(key)
        if node is None and isinstance(self.node, Mapping):
            self.report.error("missing_key", self.node, key=key, where=self.where)
        return node

    def text(self, key: str, default: str = "") -> str:
        node = self._entries.get(key)
        return default if node is None else scalar_text(node, self.report, f"{self.where}.{key}")

    def required_text(self, key: str) -> str:
        return self.text(key) if self.require(key) is not None else ""

    def choice(self, key: str, choices: Collection[str], default: str) -> str:
        node = self._entries.get(key)
        if node is None:
            return default
        value = scalar_text(node, self.report, f"{self.where}.{key}")
        if value in choices:
            return value
        self.report.error(
            "bad_choice",
            node,
            value=value,
            where=f"{self.where}.{key}",
            choices=", ".join(choices),
            suggestion=suggest(value, choices),
        )
        return default

    def flag(self, key: str) -> bool:
        node = self._entries.get(key)
        if node is None:
            return False
        value = scalar_text(node, self.report, f"{self.where}.{key}")
        if value not in YES:
            self.report.error(
                "bad_choice", node, value=value, where=f"{self.where}.{key}", choices="yes, no", suggestion=""
            )
        return YES.get(value, False)

    def names(self, key: str) -> tuple[str, ...]:
        return tuple(item.text for item in self.scalars(key))

    def scalars(self, key: str) -> tuple[Scalar, ...]:
        """One scalar, or a list of them."""
        node = self._entries.get(key)
        if node is None:
            return ()
        items = node.items if isinstance(node, Sequence) else (node,)
        for item in items:
            if not isinstance(item, Scalar):
                self.report.error("not_text", item, where=f"{self.where}.{key}")
        return tuple(item for item in items if isinstance(item, Scalar))

    def label(self, key: str, en: str = "en") -> Label:
        return Label(self.required_text(key), self.text(en))

    def citations(self, key: str, required: bool = True) -> tuple[Citation, ...]:
        if required:
            self.require(key)
        return tuple(c for item in self.scalars(key) if (c := citation(item, self.report)) is not None)


def near(key: str, keys: Collection[str]) -> str:
    """The key nearest to a mistyped one, in the language in which it was written."""
    if key.isascii():
        return suggest(key, keys)
    words = [WORDS[known] for known in keys if known in WORDS]
    return suggest(key, words) or _half_right(key, words)


def _half_right(key: str, words: Collection[str]) -> str:
    """Most Chinese words have two characters: the only one that has one of them in the same place."""
    near = [word for word in words if len(word) == len(key) == 2 and (word[0] == key[0] or word[1] == key[1])]
    return near[0] if len(near) == 1 else ""


def report_repeated(node: Node, report: Report) -> None:
    """A key that one mapping has twice, once in Chinese and once in English: YAML cannot see it."""
    for first, key in repeated_keys(node):
        place = first.mark
        report.error("duplicate_key", key, key=key.text, first_line=place.line, first_column=place.column)


def scalar_text(node: Node, report: Report, where: str) -> str:
    if isinstance(node, Scalar):
        return node.text
    report.error("not_text", node, where=where)
    return ""


def citation(node: Scalar, report: Report) -> Citation | None:
    """Read ``五(三)“低于80％的”``."""
    match = _CITATION.fullmatch(node.text)
    if match is None:
        report.error("bad_citation", node, text=node.text)
        return None
    if len(match.group(2)) > LONGEST_PHRASE:
        report.error("phrase_too_long", node, phrase=match.group(2), length=len(match.group(2)))
    return Citation(match.group(1).replace("（", "(").replace("）", ")"), match.group(2), node.mark)


def items(node: Node | None, report: Report, where: str, ids: bool = True) -> Iterator[tuple[Scalar, Node]]:
    """The entries of a mapping from ids; an id that has not the form of one is reported."""
    if node is None:
        return
    if not isinstance(node, Mapping):
        report.error("not_a_mapping", node, where=where)
        return
    for key, value in node.entries:
        if ids and not is_id(key.text):
            report.error("bad_id", key, value=key.text)
        elif ids and is_word(key.text):
            report.error("id_is_word", key, value=key.text)
        yield key, value


def elements(node: Node | None, report: Report, where: str) -> Iterator[Node]:
    if node is None:
        return
    if not isinstance(node, Sequence):
        report.error("not_a_list", node, where=where)
        return
    yield from node.items


def text_map(node: Node | None, report: Report, where: str) -> MappingType[str, str]:
    return {key.text: scalar_text(value, report, where) for key, value in items(node, report, where, ids=False)}
