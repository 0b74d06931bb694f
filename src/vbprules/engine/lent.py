"""What one document settles for another that says it is set there: its figure, on the same row, as a given.

Only what is beyond doubt is lent: exactly one norm of the instrument applies to the row, on the same matter and of the
same kind, and its figure is settled. Anything else stays a need, as if the instrument were not at hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from vbprules.engine.case import subject_of
from vbprules.engine.interpret import Figured
from vbprules.engine.outcomes import Judge
from vbprules.facts.rows import Given
from vbprules.program import ir
from vbprules.program.ir import Norm, Program
from vbprules.values.figures import DATE, MONEY, show
from vbprules.values.ranges import FALSE, TRUE, Infinity, Range

_LENT: Final = (MONEY, DATE)


def lent(program: Program, instrument: Judge) -> Iterator[Given]:
    """The figures that ``program`` leaves to the document of ``instrument``, as far as that settles them."""
    lender = instrument.case.program
    for norm, name, slot in slots(program, lender):
        others = alike(norm, lender)
        for row in instrument.case.rows(norm.entity):
            judged = [instrument.judge(other, row) for other in others]
            at = the_one((item.gate, item.trigger) for item in judged)
            text = None if at is None else figure_text(judged[at].attributes.get(name), slot.unit)
            if at is not None and text is not None:
                yield given(slot, text, subject_of(row), others[at], lender)


def slots(program: Program, lender: Program) -> Iterator[tuple[Norm, str, ir.Elsewhere]]:
    """The figures of norms that a program leaves to another document: the norm, the name of its figure, and the gap."""
    for norm in program.norms:
        for name, value in norm.values.items():
            slot = next((node for node in ir.walk(value) if _left_to(node, lender.policy.id)), None)
            if isinstance(slot, ir.Elsewhere) and slot.unit in _LENT:
                yield norm, name, slot


def _left_to(node: ir.IR, instrument: str) -> bool:
    return isinstance(node, ir.Elsewhere) and node.kind == "instrument" and instrument in node.what


def alike(norm: Norm, lender: Program) -> list[Norm]:
    """The norms of the lender on one matter with a norm, of one kind, about one kind of row."""
    return [
        other
        for other in lender.norms
        if set(norm.source.matters) & set(other.source.matters)
        and norm.source.modality == other.source.modality
        and norm.entity == other.entity
    ]


def the_one(judged: Iterable[tuple[Any, Any]]) -> int | None:
    """Of norms, each with its gate and trigger, the number of the one that applies; None if there is none, another, or
    any doubt."""
    possible = [(at, gate, trigger) for at, (gate, trigger) in enumerate(judged) if gate != FALSE]
    if any(gate != TRUE or trigger not in (TRUE, FALSE) for _, gate, trigger in possible):
        return None
    found = [at for at, _, trigger in possible if trigger == TRUE]
    return found[0] if len(found) == 1 else None


def figure_text(value: object, unit: str) -> str | None:
    """The figure as a given states it; None where it is no single figure."""
    if isinstance(value, Figured):
        value = value.value if value.bound == "exactly" else None
    if not isinstance(value, Range) or not value.exact or isinstance(value.lo, Infinity):
        return None
    text = show(value.lo, unit)
    return None if "/" in text else text


def given(slot: ir.Elsewhere, text: str, subject: str, norm: Norm, lender: Program) -> Given:
    """What is lent, with where it stands in the lender's document."""
    document = lender.policy.document
    return Given(slot.name, text, f"{document.number} {norm.cites[0]}", subject, lent_by=lender.policy.id)
