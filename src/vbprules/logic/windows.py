"""Windows that never open: ends before beginnings, deadlines that have passed, escalations that nothing ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import product

from vbprules.language.policy import ENTITLEMENT, OBLIGATION, PERMISSION, SANCTION
from vbprules.logic.formulas import Formula, Linear, both, either, less, number
from vbprules.logic.found import Found, Severity
from vbprules.logic.proof import Proof, proofs
from vbprules.logic.records import Witness
from vbprules.logic.values import Values
from vbprules.logic.witnesses import Small, applies, witness
from vbprules.logic.world import NEVER
from vbprules.program import ir
from vbprules.program.ir import IR, Norm, Program
from vbprules.values.ranges import FALSE


def windows(program: Program) -> Iterator[Found]:
    """Everything to say of the days of a policy's rules."""
    for norm in program.norms:
        if norm.source.modality in (SANCTION, PERMISSION):
            yield from _until(program, norm)
        if norm.source.modality in (OBLIGATION, ENTITLEMENT):
            yield from _deadline(program, norm)
    yield from _endless(program)


def _until(program: Program, norm: Norm) -> Iterator[Found]:
    """``until`` never comes, or never after ``from``: the window is empty whatever the facts are."""
    start, end = norm.values.get("from"), norm.values.get("until")
    if end is None:
        return
    nodes = tuple(node for node in (norm.gate, norm.when, start, end) if node is not None)
    found = list(proofs(program, norm.entity, nodes))
    applying = [proof for proof in found if not proof.impossible(*proof.applies(norm))]
    if not applying:
        return
    if all(proof.impossible(*proof.applies(norm), _comes(proof, end)) for proof in applying):
        yield _found(program, norm, applying[0], "until_never", "until")
    elif start is not None and all(
        proof.impossible(*proof.applies(norm), ordered(proof.conditions, proof.row, start, end, True))
        for proof in applying
    ):
        yield _found(program, norm, applying[0], "until_before_from", "until")


def _deadline(program: Program, norm: Norm) -> Iterator[Found]:
    """``due`` always before ``not_before``; sometimes before it; or always before the rule binds at all."""
    due, first = norm.values.get("due"), norm.values.get("not_before")
    if due is None:
        return
    if first is not None:
        if any(isinstance(part, ir.Elsewhere) for node in (due, first) for part in ir.walk(node)):
            return  # what another document sets is not for this one to order
        nodes = (norm.gate, norm.when, due, first)
        found = [p for p in proofs(program, norm.entity, nodes) if not p.impossible(*p.applies(norm))]
        if found and all(
            p.impossible(*p.applies(norm), ordered(p.conditions, p.row, first, due, False)) for p in found
        ):
            yield _found(program, norm, found[0], "due_before_start", "due")
            return
        for proof in found:
            shown = _shown(program, norm, proof, lambda small: ordered(small.conditions, small.row, due, first, True))
            if shown is not None:
                yield _finding(norm, "due_may_precede", "hint", "due", shown)
                return
    if program.start is not None:
        nodes = (norm.gate, norm.when, due, program.start)
        found = [p for p in proofs(program, norm.entity, nodes) if not p.impossible(*p.applies(norm))]
        start = program.start
        if found and all(
            p.impossible(*p.applies(norm), ordered(p.conditions, p.row, start, due, False)) for p in found
        ):
            yield _found(program, norm, found[0], "due_before_force", "due")


def _endless(program: Program) -> Iterator[Found]:
    """Sanctions that answer an earlier act or breach, must be imposed, last, and have no end in the text.

    That the text sets no end is written as ``silent`` and is no fault. Of an escalation it is worth a note: what it
    answers may be put right, and it still lasts.
    """
    for norm in program.norms:
        source = norm.source
        if source.modality != SANCTION or source.once or norm.discretionary or "until" in norm.values:
            continue
        found = list(proofs(program, norm.entity, (norm.gate, norm.when)))
        if not found or not all(_escalates(program, norm.when, proof.readings) for proof in found):
            continue
        for proof in found:
            shown = _shown(program, norm, proof, lambda small: both())
            if shown is not None:
                yield _finding(norm, "escalation_without_end", "hint", "until", shown)
                break


def _escalates(program: Program, node: IR, readings: Mapping[str, str]) -> bool:
    """It answers an earlier act or breach, under these readings."""
    if isinstance(node, ir.Choose):
        return _escalates(program, dict(node.options)[readings[node.reading]], readings)
    if isinstance(node, ir.ActDay) or (isinstance(node, ir.Ref) and ":" in node.id):
        return True
    if isinstance(node, ir.Ref):
        return _escalates(program, program.definitions[node.id].body, readings)
    if isinstance(node, ir.All) and any(_is_never(part, readings) for part in node.parts):
        return False
    return any(_escalates(program, part, readings) for part in node.children())


def _is_never(node: IR, readings: Mapping[str, str]) -> bool:
    if isinstance(node, ir.Choose):
        return _is_never(dict(node.options)[readings[node.reading]], readings)
    if isinstance(node, ir.Not):
        return node.part is ir.TRUE_NODE
    return isinstance(node, ir.Const) and node.value == FALSE


def ordered(conditions: Values, row: tuple[str, ...], first: IR, second: IR, strict: bool) -> Formula:
    """One value is less than another, or with ``strict`` false at most it."""
    pairs = product(conditions.pieces(first, (row,)), conditions.pieces(second, (row,)))
    return either(*(both(a.guard, b.guard, less(a.value, b.value, strict)) for a, b in pairs))


def _comes(proof: Proof, day: IR) -> Formula:
    """The day is one that comes."""
    never: Linear = number(NEVER)
    return either(*(both(p.guard, less(p.value, never, True)) for p in proof.conditions.pieces(day, (proof.row,))))


def _found(program: Program, norm: Norm, proof: Proof, name: str, key: str) -> Found:
    """With a dossier under which the rule applies and the days stand as said."""
    shown = _shown(program, norm, proof, lambda small: both())
    return _finding(norm, name, "warning", key, shown)


def _shown(program: Program, norm: Norm, proof: Proof, more: Callable[[Small], Formula]) -> Witness | None:
    def build(small: Small) -> Formula:
        return both(small.truth(norm.gate), small.truth(norm.when), more(small))

    return witness(program, proof.readings, norm.entity, build, lambda judge, row: applies(judge, norm, row) is True)


def _finding(norm: Norm, name: str, severity: Severity, key: str, shown: Witness | None) -> Found:
    node = norm.source.values.get(key)
    mark = norm.source.mark if node is None else node.mark
    clauses = tuple(cite.clause for cite in norm.cites)
    return Found(name, severity, mark, clauses, {"name": norm.id}, shown, provisions=(norm.id,))
