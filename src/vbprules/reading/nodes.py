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
    _index: dict[str, tuple[Scalar, Node]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def _entry(self, key: str) -> tuple[Scalar, Node] | None:
        if not self._index:  # made when first asked for, since most mappings are only gone through
            self._index.update({entry[0].text: entry for entry in reversed(self.entries)})
        return self._index.get(key)

    def get(self, key: str) -> Node | None:
        """The value under a key."""
        entry = self._entry(key)
        return None if entry is None else entry[1]

    def key(self, key: str) -> Scalar | None:
        """The key itself, for its place."""
        entry = self._entry(key)
        return None if entry is None else entry[0]

    def keys(self) -> tuple[str, ...]:
        """The texts of the keys, in order."""
        return tuple(dict.fromkeys(key.text for key, _ in self.entries))


Node: TypeAlias = Scalar | Sequence | Mapping
