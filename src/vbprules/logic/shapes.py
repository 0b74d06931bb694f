"""When two expressions of a program are the same: by what they say, not by where they stand in the file."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, Final

from vbprules.program.ir import IR

_PLACES: Final = frozenset({"mark", "address", "text", "readings", "word", "subject_left"})


def shape(node: IR) -> tuple[Any, ...]:
    """Equal for two expressions that differ in nothing but their places and their wording."""
    return (type(node).__name__, *(_part(getattr(node, f.name)) for f in fields(node) if f.name not in _PLACES))


def _part(value: Any) -> Any:
    if isinstance(value, IR):
        return shape(value)
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return tuple(_part(item) for item in value)
    return value
