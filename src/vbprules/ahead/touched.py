"""Which provisions an addition can touch: those that look, however far down, at a list that it adds to."""

from __future__ import annotations

from collections.abc import Iterator

from vbprules.language.vocabulary import PERFORMANCES
from vbprules.program import ir
from vbprules.program.ir import IR, Norm, Program


class Touched:
    """The lists that every provision of a program looks at."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._definitions: dict[str, frozenset[str]] = {}
        self._norms = {norm.id: self._of_norm(norm) for norm in program.norms}

    def by(self, lists: frozenset[str]) -> tuple[Norm, ...]:
        """The provisions that look at one of the lists, or are judged for each of its rows."""
        return tuple(norm for norm in self.program.norms if self._norms[norm.id] & lists)

    def _of_norm(self, norm: Norm) -> frozenset[str]:
        roots = (norm.gate, norm.when, *norm.values.values(), *norm.tests.values(), *([norm.done] if norm.done else []))
        return frozenset({norm.entity}).union(*(self._lists(root) for root in roots))

    def _lists(self, root: IR) -> Iterator[str]:
        for node in ir.walk(root):
            if isinstance(node, ir.Fold):
                yield node.child
            elif isinstance(node, ir.FirstDay):
                yield from node.lists
            elif isinstance(node, ir.ActDay) and node.record == PERFORMANCES:
                yield PERFORMANCES
            elif isinstance(node, (ir.Ref, ir.OtherYear)):
                yield from self._definition(node.id)

    def _definition(self, key: str) -> frozenset[str]:
        if key not in self._definitions:
            self._definitions[key] = frozenset(self._lists(self.program.definitions[key].body))
        return self._definitions[key]
