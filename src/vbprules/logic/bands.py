"""Bands: rules of one policy on one kind of row that are triggered by comparing the same quantity."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from vbprules.language.policy import DEFINITION, ENTITLEMENT, PRICE, SANCTION
from vbprules.language.vocabulary import INSTITUTION
from vbprules.logic.formulas import RowId
from vbprules.logic.shapes import shape
from vbprules.program import ir
from vbprules.program.ir import IR, Norm, Program
from vbprules.values.figures import DATE, TRUTH
from vbprules.values.ranges import Infinity, Number

_STEPPED: Final = (SANCTION, PRICE, DEFINITION, ENTITLEMENT)  # what is graded by a quantity; duties simply add up


@dataclass(frozen=True, slots=True)
class Subject:
    """What a trigger compares: a fact or a named quantity, on the row that ``hops`` lead to."""

    hops: tuple[str, ...]
    key: str  # the name of the fact, or the key of the quantity
    node: IR
    place: tuple[str, ...]  # the row on which ``node`` and what it is compared with stand

    @property
    def name(self) -> str:
        return self.key.partition(".")[2] or self.key

    @property
    def unit(self) -> str:
        return self.node.unit

    def row(self, origin: RowId, small: bool) -> RowId:
        """The row that the quantity is a quantity of."""
        return _row(origin, self.hops, small)

    def stands_on(self, origin: RowId, small: bool) -> RowId:
        return _row(origin, self.place, small)


@dataclass(frozen=True, slots=True)
class Band:
    """A rule, or the steps of one: they share their trigger. ``tests``: its comparisons of the quantity."""

    name: str
    norms: tuple[Norm, ...]
    tests: tuple[ir.Compare, ...]

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
    subject: Subject
    bands: tuple[Band, ...]

    @property
    def name(self) -> str:
        return self.subject.name

    def figures(self) -> list[Number] | None:
        """The bounds in order, where all of them are figures; else None."""
        found: set[Number] = set()
        for band in self.bands:
            for bound in (test.bound for test in band.tests):
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
    found: dict[tuple[tuple[str, ...], str, str, str], tuple[Subject, dict[str, Band]]] = {}
    for name, norms in rules(program):
        if norms[0].source.modality not in _STEPPED:
            continue
        compared: dict[tuple[tuple[str, ...], str], tuple[Subject, list[ir.Compare]]] = {}
        for subject, test in comparisons(program, norms[0].when):
            compared.setdefault((subject.hops, subject.key), (subject, []))[1].append(test)
        for key, (subject, tests) in compared.items():
            whose = (*key, norms[0].entity, norms[0].source.modality)
            found.setdefault(whose, (subject, {}))[1][name] = Band(name, norms, tuple(tests))
    return [
        Ladder(whose[2], subject, tuple(bands.values()))
        for whose, (subject, bands) in found.items()
        if len({frozenset(_compared(test) for test in band.tests) for band in bands.values()}) > 1
    ]


def comparisons(program: Program, node: IR, place: tuple[str, ...] = ()) -> Iterator[tuple[Subject, ir.Compare]]:
    """What a trigger compares, and where; the terms that it names are looked into. Days make no ladder."""
    for part in _own_row(node):
        if isinstance(part, ir.Ref) and part.unit == TRUTH and part.place.scope == 0:
            hops = _hops(place, part.place)
            yield from comparisons(program, program.definitions[part.id].body, hops)
        elif isinstance(part, ir.Compare) and part.left.unit != DATE:
            node_of = part.subject
            if isinstance(node_of, (ir.Fact, ir.Ref)) and node_of.place.scope == 0:
                key = node_of.name if isinstance(node_of, ir.Fact) else node_of.id
                yield Subject(_hops(place, node_of.place), key, node_of, place), part


def _hops(place: tuple[str, ...], further: ir.Place) -> tuple[str, ...]:
    return (INSTITUTION,) if further.entity == INSTITUTION else (*place, *further.hops)


def _row(origin: RowId, hops: tuple[str, ...], small: bool) -> RowId:
    if hops == (INSTITUTION,):
        return hops
    row = (*origin, *hops)
    return row[-1:] if small else row


def _own_row(node: IR) -> Iterator[IR]:
    yield node
    if not isinstance(node, (ir.Fold, ir.FirstDay)):
        for child in node.children():
            yield from _own_row(child)


def _compared(test: ir.Compare) -> tuple[object, ...]:
    return test.strict, test.subject_left, shape(test.bound)
