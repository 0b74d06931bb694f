"""The two surfaces of a policy file, Chinese and English: which one a file has, and the same tree in the other.

The grammar knows the English surface only; a file is turned into it once, when it is read. ``in_chinese`` undoes that:
what one surface says, the other says, and nothing is lost on the way.
"""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Literal

from vbprules.diagnostics import Report
from vbprules.language import chinese
from vbprules.language.grammar import Role, walked
from vbprules.language.words import ENGLISH, TERM, WORDS
from vbprules.reading import Mapping, Node, Scalar

Surface = Literal["zh", "en"]
_NAMING: Final = ("name", "value", "in_force")


def in_english(root: Node) -> Node:
    """The tree of a policy file with every Chinese word of the language as its English one."""
    own = _own_headings(root)

    def word(scalar: Scalar, role: Role) -> Scalar:
        if scalar.text in own and role.kind in _NAMING:
            return scalar
        return _put(scalar, _told(scalar.text, role, english_of(role)))

    return walked(root, word)


def in_chinese(root: Node) -> Node:
    """The tree of a policy file with every English word of the language as its Chinese one."""
    return walked(root, lambda scalar, role: _put(scalar, _told(scalar.text, role, chinese_of(role))))


def _own_headings(root: Node) -> frozenset[str]:
    """Names that the policy gives to quantities of its own, though a dossier has a heading of that name."""
    found: set[str] = set()
    for section in ("parties", "terms", "quantities"):
        for key in (section, WORDS[section]):
            node = root.get(key) if isinstance(root, Mapping) else None
            if isinstance(node, Mapping):
                found.update(node.keys())
    return frozenset(found & chinese.headings().keys())


@dataclass(slots=True)
class Words:
    """The words of the language in a policy file, those of each surface in the order of the file."""

    zh: list[Scalar] = field(default_factory=list)
    en: list[Scalar] = field(default_factory=list)

    @property
    def surface(self) -> Surface:
        """The surface of which the file has more words."""
        return "zh" if len(self.zh) > len(self.en) else "en"

    def report_mixed(self, report: Report) -> None:
        """One warning, at the first word that is not of the file's surface."""
        few = self.en if self.surface == "zh" else self.zh
        if not self.zh or not self.en:
            return
        words = dict.fromkeys(scalar.text for scalar in few)
        shown = ", ".join(list(words)[:5]) + (", …" if len(words) > 5 else "")
        report.warning("mixed_surface", few[0], count=len(few), words=shown, surface=self.surface)


def words_of(root: Node) -> Words:
    """The words of the language in the tree of a policy file."""
    seen = Words()

    def word(scalar: Scalar, role: Role) -> Scalar:
        if _told(scalar.text, role, english_of(role)) != scalar.text:
            seen.zh.append(scalar)
        elif _told(scalar.text, role, chinese_of(role)) != scalar.text:
            seen.en.append(scalar)
        return scalar

    walked(root, word)
    return seen


def _told(text: str, role: Role, table: MappingType[str, str]) -> str:
    """The word in the other surface; of a path (``agreement.amount``) every part, but no part becomes a path."""
    if role.kind in _NAMING and "." in text and not text[:1].isdigit():
        parts = (table.get(part, part) for part in text.split("."))
        return ".".join(old if "." in new else new for old, new in zip(text.split("."), parts, strict=True))
    return table.get(text, text)


def _put(scalar: Scalar, text: str) -> Scalar:
    return scalar if text == scalar.text else Scalar(text, scalar.mark, scalar.quoted)


@lru_cache(maxsize=512)
def chinese_of(role: Role) -> MappingType[str, str]:
    """English to Chinese, one to one, for the words of a role."""
    if role.kind == "key":
        return {**WORDS, **TERM} if role.of == "term" else WORDS
    if role.kind == "code":
        return chinese.codes(role.of)
    if role.kind == "choice":
        return chinese.CHOICES[role.of]
    if role.kind == "value":
        return {**chinese.names(), **chinese.SPECIAL}
    if role.kind == "in_force":
        return {**chinese.names(), **chinese.SPECIAL, **chinese.IN_FORCE}
    if role.kind in ("id", "option", "cite"):  # the author's own
        return {}
    return {"entity": chinese.ENTITY, "period": chinese.PERIODS, "yes": chinese.YES, "name": _names()}[role.kind]


@lru_cache(maxsize=512)
def english_of(role: Role) -> MappingType[str, str]:
    """Chinese to English, for the words of a role, with the other Chinese forms that some have."""
    back = {zh: en for en, zh in chinese_of(role).items()}
    if role.kind == "key":
        return ENGLISH
    if role.kind in _NAMING:
        return {**chinese.headings(), chinese.ENTITY["institution"]: "institution", **back}
    return back


def _names() -> MappingType[str, str]:
    return {**chinese.names(), "as_of": chinese.SPECIAL["as_of"]}
