"""Which provisions a change can touch: those that mention what was changed, directly or through other names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final

from vbprules.program.compile import builtin_quantities
from vbprules.reading import Mapping as MappingNode
from vbprules.reading import Node, Scalar, Sequence

_NAMED: Final = ("quantities", "terms", "parties", "lists", "questions", "readings", "instruments", "provisions")
DOCUMENT: Final = "document"  # the owner of what touches every provision


class Mentions:
    """Who mentions whom in a policy file, by id. Too many is harmless: a mention need not matter."""

    def __init__(self, root: Node) -> None:
        self._words: dict[str, frozenset[str]] = {}
        self.provisions: set[str] = set()
        self._lists_of: dict[str, set[str]] = {}  # by code
        for section in _NAMED:
            node = root.get(section) if isinstance(root, MappingNode) else None
            if isinstance(node, MappingNode):
                for key, value in node.entries:
                    self._words[key.text] = self._words.get(key.text, frozenset()) | frozenset(_words(value))
                    if section == "provisions":
                        self.provisions.add(key.text)
                    elif section == "lists" and isinstance(value, MappingNode):
                        for word in ("closed", "open"):
                            for code in _words(codes) if (codes := value.get(word)) is not None else ():
                                self._lists_of.setdefault(code, set()).add(key.text)
        tasks = root.get("tasks") if isinstance(root, MappingNode) else None
        for row in tasks.items if isinstance(tasks, Sequence) else ():
            if isinstance(row, MappingNode) and isinstance(no := row.get("no"), Scalar):
                self._words[f"task_{no.text}"] = frozenset(_words(row))
                self.provisions.add(f"task_{no.text}")
        for named in builtin_quantities():
            self._words[named.id] = self._words.get(named.id, frozenset()) | frozenset(_words(named.node))

    @cached_property
    def _mentioned_by(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = {}
        for owner, words in self._words.items():
            for word in words:
                if word in self._words:
                    found.setdefault(word, set()).add(owner)
                for listed in self._lists_of.get(word, ()):
                    found.setdefault(listed, set()).add(owner)  # a code is known by the list that has it
        return found

    def touched(self, owner: str) -> frozenset[str]:
        """The provisions that a change of ``owner`` can touch, by the id under which they stand in the file."""
        if owner == DOCUMENT:
            return frozenset(self.provisions)
        seen, waiting = {owner}, [owner]
        while waiting:
            for other in self._mentioned_by.get(waiting.pop(), ()):
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
        return frozenset(seen & self.provisions)


def _words(node: Node) -> Iterator[str]:
    """Every key and text below a node, and the parts of dotted ones."""
    if isinstance(node, Scalar):
        yield node.text
        if "." in node.text:
            yield from node.text.split(".")
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _words(item)
    else:
        for key, value in node.entries:
            yield key.text
            yield from key.text.split(".")
            yield from _words(value)
