"""The pieces that schemas are made of: described values, closed words, and mappings with keys in two languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, TypeAlias

from vbprules.language.words import WORDS

Schema: TypeAlias = dict[str, Any]

DRAFT: Final = "http://json-schema.org/draft-07/schema#"
# An editor types a plain 79999 as a number; here every scalar is text.
SCALAR: Final[Schema] = {"type": ["string", "number"]}
UNKNOWN: Final = ("unknown", "未知")


def described(schema: Schema, zh: str, en: str) -> Schema:
    """The schema with its hover text: Chinese, then English."""
    return {**schema, "description": f"{zh}\n\n{en}", "markdownDescription": f"{zh}\n\n{en}"}


def words(known: Mapping[str, tuple[str, str]], chinese: Mapping[str, Sequence[str]]) -> Schema:
    """A closed set of words, in English and in Chinese, each with its meaning.

    Editors offer the first Chinese form of each; further ones are accepted.
    """
    meanings: dict[str, str] = {}
    further: list[str] = []
    for code, (zh, en) in known.items():
        forms = chinese.get(code, ())
        meanings.setdefault(code, f"{zh} / {en}")
        for form in forms[:1]:
            meanings.setdefault(form, f"{code}: {zh} / {en}")
        further += forms[1:]
    offered: Schema = {"enum": list(meanings), "enumDescriptions": list(meanings.values())}
    if not further:
        return offered
    return {"anyOf": [offered, {"type": "string", "pattern": f"^({'|'.join(further)})$"}]}


class Keys:
    """The keys of one mapping: each may be written in English or in Chinese."""

    def __init__(self) -> None:
        self.properties: dict[str, Schema] = {}
        self._required: list[Schema] = []

    def add(self, key: str, chinese: Iterable[str], schema: Schema, zh: str, en: str, required: bool = False) -> None:
        """A key; the first Chinese form is offered by editors, further ones are accepted."""
        forms = tuple(dict.fromkeys(chinese))
        head = "、".join(f"`{form}`" for form in forms)
        text = described(schema, zh, en)
        self.properties[key] = {**text, "markdownDescription": f"{head} `{key}`".strip() + f"\n\n{zh}\n\n{en}"}
        for number, form in enumerate(forms):
            hidden = {"doNotSuggest": True} if number else {}
            self.properties[form] = {**self.properties[key], **hidden}
        if required:
            self._required.append({"anyOf": [{"required": [form]} for form in (key, *forms)]})

    def schema(self) -> Schema:
        """The mapping, with no other keys."""
        found: Schema = {"type": "object", "properties": self.properties, "additionalProperties": False}
        return {**found, "allOf": self._required} if self._required else found


def array(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def one_or_more(item: Schema) -> Schema:
    """A value, or a list of them."""
    return {"anyOf": [item, array(item)]}


def ref(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


def written(key: str) -> Schema:
    """A mapping that has this key, in either language."""
    return {"type": "object", "anyOf": [{"required": [form]} for form in (key, WORDS[key])]}


def kinds(known: Mapping[str, str], otherwise: Schema) -> Schema:
    """A mapping whose kind is told by one of its keys. ``known``: from that key to the name of a definition."""
    chosen: list[Schema] = [{"if": written(key), "then": ref(name)} for key, name in known.items()]
    none = {"type": "object", "not": {"anyOf": [written(key) for key in known]}}
    return {"type": "object", "allOf": [*chosen, {"if": none, "then": otherwise}]}
