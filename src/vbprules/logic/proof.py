"""Questions about every dossier at once, under each choice of the readings that matter to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Final

from vbprules.logic.conditions import Conditions
from vbprules.logic.formulas import Formula, RowId, less, number, of
from vbprules.logic.search import Model, Search
from vbprules.logic.values import AS_OF
from vbprules.logic.world import NEVER, World
from vbprules.program.ir import IR, Norm, Program

MOST_ASSIGNMENTS: Final = 64
_TODAY: Final = less(of(AS_OF), number(NEVER), True)  # the day at whose close a case is decided does come


def assignments(program: Program, nodes: Iterable[IR]) -> list[Mapping[str, str]]:
    """Every choice of the readings that these expressions can consult; none where there are too many."""
    names = sorted(frozenset().union(*(node.readings for node in nodes)))
    options = [tuple(program.policy.readings[name].options) for name in names]
    count = 1
    for found in options:
        count *= len(found)
    if count > MOST_ASSIGNMENTS:
        return []
    return [dict(zip(names, chosen, strict=True)) for chosen in product(*options)]


class Proof:
    """Conditions on one kind of row, over every record that there can be."""

    def __init__(self, program: Program, readings: Mapping[str, str], entity: str) -> None:
        self.program, self.readings = program, readings
        self.conditions = Conditions(program, readings, World(small=False))
        self.row: RowId = (entity,)

    def truth(self, node: IR, wanted: bool = True) -> Formula:
        return self.conditions.truth(node, (self.row,), wanted)

    def applies(self, norm: Norm) -> tuple[Formula, Formula]:
        return self.truth(norm.gate), self.truth(norm.when)

    def impossible(self, *formulas: Formula) -> bool:
        return self._search().impossible(_TODAY, *formulas)

    def model(self, *formulas: Formula) -> Model | None:
        """Raises Undecided where it cannot tell."""
        return self._search().model(_TODAY, *formulas)

    def _search(self) -> Search:
        return Search(self.conditions.floors, self.conditions.choices)


def proofs(program: Program, entity: str, nodes: Iterable[IR]) -> Iterator[Proof]:
    """One for every choice of readings."""
    for readings in assignments(program, nodes):
        yield Proof(program, readings, entity)
