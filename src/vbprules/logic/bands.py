"""Bands: rules of one policy on one kind of row that are triggered by comparing the same quantity."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from vbprules.language.policy import DEFINITION, ENTITLEMENT, PRICE, SANCTION
from vbprules.logic.holding import named
from vbprules.logic.shapes import shape
from vbprules.program import ir
from vbprules.program.ir import IR, Norm, Program
from vbprules.values.figures import DATE
from vbprules.values.ranges import Infinity, Number

_STEPPED: Final = (SANCTION, PRICE, DEFINITION, ENTITLEMENT)  # what is graded by a quantity; duties simply add up


@dataclass(frozen=True, slots=True)
class Band:
    """A rule, or the steps of one: they share their trigger. ``bounds``: what it compares the quantity with."""

    name: str
    norms: tuple[Norm, ...]
    bounds: tuple[IR, ...]

    @property
    def norm(self) -> Norm:
        return self.norms[0]

    @property
    def clauses(self) -> tuple[str, ...]:
        return tuple(cite.clause for cite in self.norm.cites)


@dataclass(frozen=True, slots=True)
class Ladder:
    """Bands over one quantity, in the order of the text."""

    entity: str
    subject: IR
    bands: tuple[Band, ...]

    @property
    def name(self) -> str:
        return named(self.subject)

    def figures(self) -> list[Number] | None:
        """The bounds in order, where all of them are figures; else None."""
        found: set[Number] = set()
        for band in self.bands:
            for bound in band.bounds:
                if not isinstance(bound, ir.Const) or isinstance(bound.value.lo, Infinity):
                    return None
                found.add(bound.value.lo)
        return sorted(found)


def rules(program: Program) -> list[tuple[str, tuple[Norm, ...]]]:
    """Every rule by its name with its norms: itself, or its steps."""
    found: dict[str, list[Norm]] = {}
    for norm in program.norms:
        found.setdefault(norm.source.group or norm.id, []).append(norm)
    return [(name, tuple(norms)) for name, norms in found.items()]


def ladders(program: Program) -> list[Ladder]:
    """Rules of one modality and entity that compare the same quantity, at least two of them, not all with the same."""
    found: dict[Any, tuple[IR, dict[str, Band]]] = {}
    for name, norms in rules(program):
        compared: dict[Any, tuple[IR, list[IR]]] = {}
        for subject, bound in _comparisons(program, norms[0].when):
            compared.setdefault(shape(subject), (subject, []))[1].append(bound)
        if norms[0].source.modality not in _STEPPED:
            continue
        for key, (subject, bounds) in compared.items():
            whose = (key, norms[0].entity, norms[0].source.modality)
            found.setdefault(whose, (subject, {}))[1][name] = Band(name, norms, tuple(bounds))
    return [
        Ladder(whose[1], subject, tuple(bands.values())) for whose, (subject, bands) in found.items() if len(bands) > 1
    ]


def _comparisons(program: Program, node: IR) -> Iterator[tuple[IR, IR]]:
    """What a trigger compares on its own row, with what; terms that it names are looked into. Days make no ladder."""
    for part in _own_row(node):
        if isinstance(part, ir.Ref) and part.unit == "truth" and not part.place.hops and part.place.scope == 0:
            yield from _comparisons(program, program.definitions[part.id].body)
        elif isinstance(part, ir.Compare) and part.left.unit != DATE and named(subject := _sides(part)[0]):
            yield subject, _sides(part)[1]


def _own_row(node: IR) -> Iterator[IR]:
    yield node
    if not isinstance(node, (ir.Fold, ir.FirstDay)):
        for child in node.children():
            yield from _own_row(child)


def _sides(node: ir.Compare) -> tuple[IR, IR]:
    return (node.left, node.right) if node.subject_left else (node.right, node.left)
