"""Readings of which no option makes a difference, and readings that nothing consults."""

from __future__ import annotations

from collections.abc import Iterator

from vbprules.logic.formulas import both, either, less
from vbprules.logic.found import Found
from vbprules.logic.linear import Undecided
from vbprules.logic.proof import Proof, assignments
from vbprules.logic.shapes import shape
from vbprules.program import ir
from vbprules.program.ir import IR, Program
from vbprules.values.figures import CODE, TEXT, TRUTH


def readings_without_difference(program: Program) -> Iterator[Found]:
    """Every option decides alike wherever the reading stands; or it stands nowhere at all."""
    places = _places(program)
    for reading in program.policy.readings.values():
        clauses = tuple(cite.clause for cite in reading.cites)
        mark = reading.cites[0].mark if reading.cites else None
        stands = places.get(reading.id, [])
        if not stands:
            yield Found("unused_reading", "warning", mark, clauses, {"name": reading.id})
        elif all(_alike(program, entity, node) for entity, node in stands):
            yield Found("reading_without_difference", "warning", mark, clauses, {"name": reading.id})


def _places(program: Program) -> dict[str, list[tuple[str, ir.Choose]]]:
    found: dict[str, list[tuple[str, ir.Choose]]] = {}
    seen: set[int] = set()
    for entity, root in roots(program):
        for node in ir.walk(root):
            if isinstance(node, ir.Choose) and id(node) not in seen:
                seen.add(id(node))
                found.setdefault(node.reading, []).append((entity, node))
            elif isinstance(node, ir.Count) and isinstance(node.counted, ir.Choose):
                found.setdefault(node.counted.reading, []).append((entity, node.counted))
    return found


def roots(program: Program) -> Iterator[tuple[str, IR]]:
    """Every expression of a program with the row that it stands on."""
    for definition in program.definitions.values():
        yield definition.per, definition.body
    for norm in program.norms:
        yield norm.entity, norm.gate
        yield norm.entity, norm.when
        for node in (*norm.values.values(), *norm.tests.values(), *(() if norm.done is None else (norm.done,))):
            yield norm.entity, node


def _alike(program: Program, entity: str, node: ir.Choose) -> bool:
    """Whatever the facts are, and under any other reading, the options give the same."""
    options = [part for _, part in node.options]
    if len({shape(part) for part in options}) == 1:
        return True
    if node.unit in (CODE, TEXT) or _looks_elsewhere(program, entity, options):
        return False
    return all(_same(program, entity, options[0], other) for other in options[1:])


def _looks_elsewhere(program: Program, entity: str, options: list[IR]) -> bool:
    """Within a total the expression stands on a row of a list, which is not looked at on its own here."""
    places = [part.place for option in options for part in ir.walk(option) if hasattr(part, "place")]
    return any(place.scope > 0 or (not place.hops and place.entity not in (entity, "institution")) for place in places)


def _same(program: Program, entity: str, one: IR, other: IR) -> bool:
    found = assignments(program, (one, other))
    return bool(found) and all(_never_differ(Proof(program, chosen, entity), one, other) for chosen in found)


def _never_differ(proof: Proof, one: IR, other: IR) -> bool:
    if one.unit == TRUTH:
        return proof.impossible(proof.truth(one), proof.truth(other, False)) and proof.impossible(
            proof.truth(one, False), proof.truth(other)
        )
    mine, its = (proof.conditions.pieces(node, (proof.row,)) for node in (one, other))
    if any(piece.over is not None for piece in (*mine, *its)):
        return False
    try:
        return (
            proof.model(
                either(
                    *(
                        both(a.guard, b.guard, either(less(a.value, b.value, True), less(b.value, a.value, True)))
                        for a in mine
                        for b in its
                    )
                )
            )
            is None
        )
    except Undecided:
        return False
