"""A schema that accepts the words of both surfaces, made to offer those of one.

An editor then completes a file in its own words, and leaves it to ``vbprules check`` to warn of a mixed one.
"""

from __future__ import annotations

from typing import Any

from vbprules.language.surface import Surface
from vbprules.schemas.parts import Schema


def offering(surface: Surface, schema: Schema) -> Schema:
    """The same schema with the words of the other surface accepted but not offered."""
    return {key: _value(surface, key, value) for key, value in _split(surface, schema).items()}


def _value(surface: Surface, key: str, value: Any) -> Any:
    if key in ("properties", "patternProperties", "definitions") and isinstance(value, dict):
        return {name: _property(surface, key, name, value) for name in value}
    if isinstance(value, dict):
        return offering(surface, value)
    if isinstance(value, list):
        return [offering(surface, item) if isinstance(item, dict) else item for item in value if _kept(surface, item)]
    return value


def _property(surface: Surface, key: str, name: str, known: dict[str, Any]) -> Any:
    schema = known[name]
    if not isinstance(schema, dict):
        return schema
    found = offering(surface, schema)
    told = key == "properties" and "description" in schema  # a key of a file, not a condition on one
    hidden = told and not _of(surface, name) and any(_of(surface, other) for other in known)
    if not hidden:
        return found
    if "$ref" in found:  # what stands beside a reference is not looked at
        found["allOf"] = [{"$ref": found.pop("$ref")}]
    return {**found, "doNotSuggest": True}


def _split(surface: Surface, schema: Schema) -> Schema:
    """An enumeration as the words that are offered, and a pattern of those that are also accepted."""
    words = schema.get("enum")
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        return schema
    offered = [word for word in words if _of(surface, word)]
    if not offered or len(offered) == len(words):
        return schema
    shown: Schema = {"enum": offered}
    if "enumDescriptions" in schema:
        texts = dict(zip(words, schema["enumDescriptions"], strict=True))
        shown["enumDescriptions"] = [texts[word] for word in offered]
    others = "|".join(word for word in words if word not in offered)
    rest = {key: value for key, value in schema.items() if key not in ("enum", "enumDescriptions")}
    return {**rest, "anyOf": [shown, {"type": "string", "pattern": f"^({others})$"}]}


def _kept(surface: Surface, item: Any) -> bool:
    """A name that is offered by itself goes where it is not of the surface: any name is accepted beside."""
    word = item.get("const") if isinstance(item, dict) else None
    return not isinstance(word, str) or "description" not in item or _of(surface, word)


def _of(surface: Surface, word: str) -> bool:
    return word.isascii() == (surface == "en")
