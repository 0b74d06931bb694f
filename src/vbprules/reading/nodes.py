"""The tree that a reader builds: every scalar is text, every node knows its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from vbprules.diagnostics.place import Mark, Source
from vbprules.limits import Limits

__all__ = ["NOWHERE", "Limits", "Mapping", "Mark", "Node", "Scalar", "Sequence", "Source"]

NOWHERE = Mark(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text. `quoted`: in quotes or a block of lines, so that it is surely meant as text."""

    text: str
    mark: Mark
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the order of the file; no key occurs twice."""

    entries: tuple[tuple[Scalar, Node], ...]
    mark: Mark
    _index: dict[str, int] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        for position, (key, _) in enumerate(self.entries):
            self._index.setdefault(key.text, position)

    def get(self, key: str) -> Node | None:
        """The value under a key."""
        position = self._index.get(key)
        return None if position is None else self.entries[position][1]

    def key(self, key: str) -> Scalar | None:
        """The key itself, for its place."""
        position = self._index.get(key)
        return None if position is None else self.entries[position][0]

    def keys(self) -> tuple[str, ...]:
        """The texts of the keys, in order."""
        return tuple(self._index)


Node: TypeAlias = Scalar | Sequence | Mapping
