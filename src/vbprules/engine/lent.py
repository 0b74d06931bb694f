"""What one document settles for another that says it is set there: its figure, on the same row, as a given.

Only what is beyond doubt is lent: exactly one norm of the instrument applies to the row, on the same matter and of the
same kind, and its figure is settled. Anything else stays a need, as if the instrument were not at hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from vbprules.engine.case import subject_of
from vbprules.engine.interpret import Figured
from vbprules.engine.outcomes import Judge, Judged
from vbprules.facts.rows import Given, Row
from vbprules.program import ir
from vbprules.program.ir import Norm, Program
from vbprules.values.figures import DATE, MONEY, show
from vbprules.values.ranges import FALSE, TRUE, Infinity, Range

_LENT: Final = (MONEY, DATE)


def lent(program: Program, instrument: Judge) -> Iterator[Given]:
    """The figures that ``program`` leaves to the document of ``instrument``, as far as that settles them."""
    lender = instrument.case.program.policy
    for norm in program.norms:
        for name, value in norm.values.items():
            slot = next((node for node in ir.walk(value) if _left_to(node, lender.id)), None)
            if not isinstance(slot, ir.Elsewhere) or slot.unit not in _LENT:
                continue
            for row in instrument.case.rows(norm.entity):
                found = _settled(instrument, norm, row)
                text = None if found is None else _text(found.attributes.get(name), slot.unit)
                if found is not None and text is not None:
                    source = f"{lender.document.number} {found.norm.cites[0]}"
                    yield Given(slot.name, text, source, subject_of(row), lent_by=lender.id)


def _left_to(node: ir.IR, instrument: str) -> bool:
    return isinstance(node, ir.Elsewhere) and node.kind == "instrument" and instrument in node.what


def _settled(instrument: Judge, norm: Norm, row: Row) -> Judged | None:
    """The one norm of the instrument that applies to the row; None if there is none, another, or any doubt."""
    judged = [instrument.judge(other, row) for other in instrument.case.program.norms if _alike(other, norm)]
    possible = [item for item in judged if item.applies]
    if any(item.gate != TRUE or item.trigger not in (TRUE, FALSE) for item in possible):
        return None
    found = [item for item in possible if item.trigger == TRUE]
    return found[0] if len(found) == 1 else None


def _alike(one: Norm, other: Norm) -> bool:
    """Two norms of two documents on one matter, of one kind, about one kind of row."""
    on_one_matter = set(one.source.matters) & set(other.source.matters)
    return one.source.modality == other.source.modality and one.entity == other.entity and bool(on_one_matter)


def _text(value: object, unit: str) -> str | None:
    """The figure as a given states it; None where it is no single figure."""
    if isinstance(value, Figured):
        value = value.value if value.bound == "exactly" else None
    if not isinstance(value, Range) or not value.exact or isinstance(value.lo, Infinity):
        return None
    text = show(value.lo, unit)
    return None if "/" in text else text
