"""Values that jump at a threshold: just on it one rule gives one figure, just beyond it another gives quite another.

A jump is no fault of the file. It is shown so that whoever drafts a rule sees what it does to the case on the boundary.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from vbprules.engine.outcomes import Judge
from vbprules.facts.rows import Row
from vbprules.language.policy import ENTITLEMENT, PRICE
from vbprules.language.vocabulary import BY_LIST, BY_NAME, INSTITUTION
from vbprules.logic.bands import Subject, comparisons
from vbprules.logic.formulas import Among, Flag, Formula, Linear, Variable, both, either, number, of, same
from vbprules.logic.found import Found
from vbprules.logic.proof import proofs
from vbprules.logic.records import Witness
from vbprules.logic.witnesses import Small, applies, judged, witness
from vbprules.program import ir
from vbprules.program.ir import IR, Norm, Program
from vbprules.values.figures import CODE, MONEY, TRUTH, show_range
from vbprules.values.ranges import Infinity, Range

_STEP: Final = 1  # a fen, a unit
_SMALL: Final = 10  # a difference of so many fen is no jump
_FIGURES: Final[Mapping[str, str]] = {PRICE: "standard", ENTITLEMENT: "amount"}


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a boundary: the rule that applies there, the facts, and the figure that it gives."""

    norm: Norm
    shown: Witness
    value: Range


def jumps(program: Program) -> Iterator[Found]:
    """At every threshold between two rules that give a figure: where the figures on its two sides differ."""
    priced = [norm for norm in program.norms if _FIGURES.get(norm.source.modality, "") in norm.values]
    seen: set[tuple[str, str, str]] = set()
    for one in priced:
        for subject, test in comparisons(program, one.when):
            if subject.unit != MONEY:
                continue
            for other in priced:
                key = (min(one.id, other.id), max(one.id, other.id), subject.key)
                if other is one or other.entity != one.entity or other.source.modality != one.source.modality:
                    continue
                if key in seen:
                    continue
                found = _jump(program, one, other, subject, test.bound)
                if found is not None:
                    seen.add(key)
                    yield found


def _jump(program: Program, one: Norm, other: Norm, subject: Subject, bound: IR) -> Found | None:
    """``one`` exactly on the boundary and ``other`` just beyond it, with all else as it was."""
    for proof in proofs(program, one.entity, (one.gate, one.when, other.gate, other.when)):
        first = _on(program, proof.readings, one, subject, bound)
        if first is None:
            return None
        side = _beyond(program, proof.readings, first, other, subject, bound)
        if side is None or not _apart(first.value, side.value):
            return None
        args = {
            "name": subject.name,
            "first": one.id,
            "second": other.id,
            "here": show_range(first.value, MONEY),
            "beyond": show_range(side.value, MONEY),
            "facts": side.shown.text(),
        }
        clauses = tuple(cite.clause for norm in (one, other) for cite in norm.cites)
        mark = next((p.mark for p in ir.walk(bound) if isinstance(p, ir.Const) and p.mark), one.source.mark)
        names = (one.id, other.id)
        return Found("jump", "hint", mark, clauses, args, first.shown, other.source.mark, names)
    return None


def _on(program: Program, readings: Mapping[str, str], one: Norm, subject: Subject, bound: IR) -> _Side | None:
    """A dossier exactly on the boundary to which ``one`` applies."""

    def build(small: Small) -> Formula:
        at = _distance(small, subject, bound)
        return both(_applying(small, one), either(*(both(guard, same(d, number(0))) for guard, d in at)))

    return _side(program, readings, one, build)


def _beyond(
    program: Program, readings: Mapping[str, str], first: _Side, other: Norm, subject: Subject, bound: IR
) -> _Side | None:
    """The nearest dossier beyond the boundary to which ``other`` applies."""

    def build(small: Small) -> Formula:
        at = _distance(small, subject, bound)
        close = [both(guard, either(same(d, number(_STEP)), same(d, number(-_STEP)))) for guard, d in at]
        kept = _as_before(small, first.shown, subject)
        return both(_applying(small, other), either(*close), *kept)

    return _side(program, readings, other, build)


def _side(program: Program, readings: Mapping[str, str], norm: Norm, build: Callable[[Small], Formula]) -> _Side | None:
    shown = witness(program, readings, norm.entity, build, lambda judge, row: applies(judge, norm, row) is True)
    judge = None if shown is None else judged(program, shown)
    if shown is None or judge is None:
        return None
    row = judge.case.rows(norm.entity)[0]
    value = _figure(judge, norm, row)
    return None if value is None else _Side(norm, shown, value)


def _figure(judge: Judge, norm: Norm, row: Row) -> Range | None:
    found = judge.interpreter.value(norm.values[_FIGURES[norm.source.modality]], (row,))
    found = getattr(found, "value", found)
    return found if isinstance(found, Range) else None


def _applying(small: Small, norm: Norm) -> Formula:
    return both(small.truth(norm.gate), small.truth(norm.when))


def _distance(small: Small, subject: Subject, bound: IR) -> list[tuple[Formula, Linear]]:
    """How far the quantity lies above its bound."""
    row = subject.stands_on(small.row, True)
    found = []
    for one in small.conditions.pieces(subject.node, (row,)):
        for other in small.conditions.pieces(bound, (row,)):
            if one.over is None and other.over is None:
                found.append((both(one.guard, other.guard), one.value.minus(other.value)))
    return found


def _as_before(small: Small, shown: Witness, subject: Subject) -> list[Formula]:
    """Every fact of the first dossier, but for those that the quantity is made of."""
    pieces = small.conditions.pieces(subject.node, (subject.stands_on(small.row, True),))
    varying = {variable for piece in pieces for variable in piece.value.terms}
    found: list[Formula] = []
    for entity, row in _rows(shown):
        for name, text in row.items():
            column = BY_NAME[entity].field_map.get(name)
            if column is not None:
                found += _kept(Variable("fact", (entity,), name, column.unit), text, varying)
    return found


def _rows(shown: Witness) -> Iterator[tuple[str, Mapping[str, str]]]:
    for name, held in shown.facts.items():
        if name == INSTITUTION:
            yield name, held
        elif name in BY_LIST and isinstance(held, Mapping):
            for row in held["entries"]:
                yield BY_LIST[name].name, row


def _kept(variable: Variable, text: str, varying: set[Variable]) -> Iterator[Formula]:
    if variable.unit == TRUTH:
        yield Flag(variable._replace(unit=""), text == "yes")
    elif variable.unit == CODE:
        yield Among(variable, frozenset({text}), True)
    elif variable.unit == MONEY and variable not in varying:
        yield same(of(variable), number(Fraction(text) * 100))


def _apart(a: Range, b: Range) -> bool:
    """Some value of the one lies well outside the other. What has no upper end is not known, which is no jump."""
    if any(isinstance(end, Infinity) for end in (*a, *b)):
        return False
    return b.lo < a.lo - _SMALL or b.hi > a.hi + _SMALL
