"""How far a case lies from the figure that decides it: of what a provision asks or requires the first comparison of
shares, sums or quantities."""

from __future__ import annotations

from typing import Final

from vbprules.decision.reasons import compared_kind, margin_text, told_of
from vbprules.engine.interpret import Interpreter
from vbprules.facts.rows import Row
from vbprules.program import ir
from vbprules.program.ir import IR, Norm, Place, Program
from vbprules.values.figures import MONEY, SHARE, UNITS

_FIGURES: Final = frozenset({SHARE, MONEY, UNITS})


def deciding_comparison(program: Program, norm: Norm) -> tuple[IR, IR] | None:
    """The figure that is compared and what it is compared with; None where no such figures are.

    Conjuncts are looked at in order, and the terms that they name where they are of the same row.
    """
    waiting = list(told_of(norm).always)
    seen: set[str] = set()
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, ir.All):
            waiting[:0] = node.parts
        elif isinstance(node, ir.Compare):
            subject, bound = node.subject, node.bound
            if subject.unit in _FIGURES and compared_kind(subject, bound) == "comparison":
                return subject, bound
        elif isinstance(node, ir.Ref) and node.place == Place(norm.entity) and node.id not in seen:
            seen.add(node.id)
            waiting.insert(0, program.definitions[node.id].body)
    return None


def margin_of(interpreter: Interpreter, norm: Norm, row: Row) -> str | None:
    """The figure less what it is compared with, where both are exact and hang on no reading."""
    found = deciding_comparison(interpreter.case.program, norm)
    if found is None:
        return None
    subject, bound = found
    return margin_text(interpreter.value(subject, (row,)), interpreter.value(bound, (row,)), subject.unit)
