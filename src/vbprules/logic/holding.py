"""Conditions that never or always hold, rules that nothing can reach, exceptions that leave nothing of their rule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from vbprules.logic.found import Found
from vbprules.logic.proof import Proof, proofs
from vbprules.logic.witnesses import applies, witness
from vbprules.program import ir
from vbprules.program.ir import IR, Norm, Program
from vbprules.reading import Mark
from vbprules.values.ranges import FALSE, TRUE

_MOST_PARTS: Final = 40


def held(program: Program) -> Iterator[Found]:
    """Terms and triggers first as a whole, then their parts, then rules as they stand with gate and exceptions."""
    for term in program.policy.terms.values():
        key = f"{term.per}.{term.id}"
        if key in program.definitions:
            clauses = tuple(cite.clause for cite in term.cites)
            yield from _condition(program, term.per, program.definitions[key].body, term.id, term.node.mark, clauses)
    seen: set[str] = set()
    for norm in program.norms:
        name = norm.source.group or norm.id
        if name in seen:
            continue
        seen.add(name)
        clauses = tuple(cite.clause for cite in norm.cites)
        node = norm.source.values.get("when")
        mark = norm.source.mark if node is None else node.mark
        found = list(_condition(program, norm.entity, norm.when, f"{name}.when", mark, clauses))
        yield from found
        if not any(item.name == "never_holds" for item in found):
            yield from _rule(program, norm, name, clauses)


def _condition(
    program: Program, entity: str, node: IR, name: str, mark: Mark | None, clauses: tuple[str, ...]
) -> Iterator[Found]:
    """The whole; where nothing is to be said of it, the comparisons and connectives within it."""
    said = _verdict(program, entity, node)
    if said is not None:
        yield _found(program, entity, node, said, name, mark, clauses)
        return
    for part in _parts(node):
        said = _verdict(program, entity, part)
        if said is not None:
            yield _found(program, entity, part, said, name, _mark_of(part) or mark, clauses)


def _verdict(program: Program, entity: str, node: IR) -> str | None:
    """``never_holds``, ``always_holds``, or nothing to say. What is written as always or never is meant."""
    if not any(isinstance(part, (ir.Compare, ir.Member, ir.Fact, ir.Judge, ir.Ref, ir.Fold)) for part in ir.walk(node)):
        return None
    found = list(proofs(program, entity, (node,)))
    never = always = bool(found)
    for proof in found:
        never = never and proof.impossible(proof.truth(node))
        always = always and proof.impossible(proof.truth(node, False))
        if not never and not always:
            return None
    return "never_holds" if never else "always_holds" if always else None


def _found(
    program: Program, entity: str, node: IR, said: str, name: str, mark: Mark | None, clauses: tuple[str, ...]
) -> Found:
    readings = next(proofs(program, entity, (node,))).readings
    wanted = said == "always_holds"
    value = TRUE if wanted else FALSE
    shown = witness(
        program,
        readings,
        entity,
        lambda small: small.truth(node, wanted),
        lambda judge, row: judge.interpreter.value(node, (row,)) == value,
    )
    return Found(said, "warning", mark, clauses, {"name": name, "what": told(node)}, shown)


def _parts(node: IR) -> list[IR]:
    """Comparisons, memberships and connectives within a condition, on its own row; not the halves of an equality."""
    found: list[IR] = []

    def look(part: IR) -> None:
        if isinstance(part, ir.Compare):
            if part.word != "exactly":
                found.append(part)
            return
        if isinstance(part, (ir.All, ir.Any, ir.Not, ir.Choose)):
            halves = isinstance(part, ir.All) and all(
                isinstance(child, ir.Compare) and child.word == "exactly" for child in part.parts
            )
            if part is not node:
                found.append(part)
            if not halves:
                for child in part.children():
                    look(child)

    look(node)
    return [part for part in found if part is not node][:_MOST_PARTS]


def _rule(program: Program, norm: Norm, name: str, clauses: tuple[str, ...]) -> Iterator[Found]:
    nodes = (norm.gate, norm.when)
    found = list(proofs(program, norm.entity, nodes))
    if not found or not all(proof.impossible(*proof.applies(norm)) for proof in found):
        return
    swallowed = bool(norm.exempt) and not all(_without_exceptions(proof, norm) for proof in found)
    shown = witness(
        program,
        found[0].readings,
        norm.entity,
        lambda small: small.truth(norm.when),
        lambda judge, row: applies(judge, norm, row) is False,
    )
    if swallowed:
        cites = tuple(cite.clause for item, _ in norm.exempt for cite in item.cites)
        yield Found("exception_swallows", "warning", norm.source.mark, (*clauses, *cites), {"name": name}, shown)
    else:
        yield Found("never_applies", "warning", norm.source.mark, clauses, {"name": name}, shown)


def _without_exceptions(proof: Proof, norm: Norm) -> bool:
    tests = [test for test in (norm.in_force, norm.by_test, norm.toward_test, norm.when) if test is not None]
    return proof.impossible(*(proof.truth(test) for test in tests))


def told(node: IR) -> str:
    """A comparison in the words of the policy, where it compares with a figure."""
    for part in ir.walk(node):
        if isinstance(part, ir.Compare):
            subject, bound = part.subject, part.bound
            if isinstance(bound, ir.Const) and isinstance(node, ir.Compare):
                return f"{named(subject)} {part.word} {bound.text}"
    return ""


def named(node: IR) -> str:
    """The name by which an expression is called in the policy; empty for one without."""
    if isinstance(node, (ir.Ref, ir.OtherYear)):
        return node.id.partition(".")[2]
    return node.name if isinstance(node, ir.Fact) else "as_of" if isinstance(node, ir.AsOf) else ""


def _mark_of(node: IR) -> Mark | None:
    return next((part.mark for part in ir.walk(node) if isinstance(part, ir.Const) and part.mark is not None), None)
