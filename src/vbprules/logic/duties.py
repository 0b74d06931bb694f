"""Rules of one document that cannot both be obeyed, payment standards that differ for one sale, acts that wait for each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from vbprules.language.policy import OBLIGATION, PRICE, PROHIBITION
from vbprules.logic.bands import rules
from vbprules.logic.formulas import Flag, Formula, Variable, both
from vbprules.logic.found import Found
from vbprules.logic.proof import proofs
from vbprules.logic.shapes import shape
from vbprules.logic.witnesses import Small, applies, witness
from vbprules.program import ir
from vbprules.program.ir import IR, Norm, Program


def contradictions(program: Program) -> Iterator[Found]:
    """Everything to say of two rules that meet on one row."""
    yield from _duties(program)
    yield from _prices(program)
    yield from _waiting(program)


def _duties(program: Program) -> Iterator[Found]:
    binding = [
        norm
        for norm in program.norms
        if norm.source.modality in (OBLIGATION, PROHIBITION)
        and not norm.discretionary
        and ("requires" in norm.values or "forbids" in norm.values)
    ]
    for one, other in combinations(binding, 2):
        if one.entity == other.entity:
            yield from _cannot_both(program, one, other)


def _cannot_both(program: Program, one: Norm, other: Norm) -> Iterator[Found]:
    """Both apply to one row; each alone can be kept; both together cannot, under any reading."""
    nodes = [node for norm in (one, other) for node in (norm.gate, norm.when, *_kept_nodes(norm))]
    found = [p for p in proofs(program, one.entity, nodes) if not p.impossible(*p.applies(one), *p.applies(other))]
    if not found:
        return
    for proof in found:
        where = (*proof.applies(one), *proof.applies(other))
        mine, its = (_kept(proof.truth, norm) for norm in (one, other))
        if not proof.impossible(*where, mine, its) or proof.impossible(*where, mine) or proof.impossible(*where, its):
            return
    shown = witness(
        program,
        found[0].readings,
        one.entity,
        lambda small: both(*(small.truth(node) for norm in (one, other) for node in (norm.gate, norm.when))),
        lambda judge, row: all(applies(judge, norm, row) is True for norm in (one, other)),
    )
    if shown is not None:
        yield _pair("cannot_both_be_obeyed", one, other, shown)


def _kept_nodes(norm: Norm) -> list[IR]:
    return [norm.values[key] for key in ("requires", "forbids") if key in norm.values]


def _kept(truth, norm: Norm) -> Formula:  # type: ignore[no-untyped-def]
    return both(
        *(truth(norm.values["requires"]) for _ in (0,) if "requires" in norm.values),
        *(truth(norm.values["forbids"], False) for _ in (0,) if "forbids" in norm.values),
    )


def _prices(program: Program) -> Iterator[Found]:
    """Two standards for one sale. Where both say the same expression there is no conflict."""
    priced = [norm for norm in program.norms if norm.source.modality == PRICE and "standard" in norm.values]
    for one, other in combinations(priced, 2):
        if one.entity != other.entity or shape(one.values["standard"]) == shape(other.values["standard"]):
            continue
        nodes = [node for norm in (one, other) for node in (norm.gate, norm.when)]
        found = list(proofs(program, one.entity, nodes))
        if not found or any(p.impossible(*p.applies(one), *p.applies(other)) for p in found):
            continue
        shown = witness(
            program,
            found[0].readings,
            one.entity,
            lambda small, a=one, b=other: both(  # type: ignore[misc]
                *(small.truth(node) for norm in (a, b) for node in (norm.gate, norm.when)),
                _differ(small, a, b),
            ),
            lambda judge, row, a=one, b=other: all(applies(judge, norm, row) is True for norm in (a, b))  # type: ignore[misc]
            and judge.interpreter.value(a.values["standard"], (row,))
            != judge.interpreter.value(b.values["standard"], (row,)),
        )
        if shown is not None:
            yield _pair("two_standards", one, other, shown)


def _differ(small: Small, one: Norm, other: Norm) -> Formula:
    from vbprules.logic.windows import ordered

    mine, its = one.values["standard"], other.values["standard"]
    from vbprules.logic.formulas import either

    return either(
        ordered(small.conditions, small.row, mine, its, True), ordered(small.conditions, small.row, its, mine, True)
    )


def _waiting(program: Program) -> Iterator[Found]:
    """Each of two measures can be imposed only once the other has been: neither ever can."""
    by_name = dict(rules(program))
    for (one, mine), (other, its) in combinations(by_name.items(), 2):
        if _needs(program, mine[0], its) and _needs(program, its[0], mine):
            yield _pair("waits_for_each_other", mine[0], its[0], None)


def _needs(program: Program, norm: Norm, others: tuple[Norm, ...]) -> bool:
    """The trigger cannot hold without a recorded act of the others."""
    names = {name for item in others for name in (item.id, item.source.group) if name}
    acts = [part for part in _acts(program, norm.when) if part.of in names]
    if not acts:
        return False
    found = list(proofs(program, norm.entity, (norm.when,)))

    def without(row: tuple[str, ...]) -> list[Formula]:
        return [Flag(Variable("acted", row, name, ""), False) for name in sorted(names)]

    return bool(found) and all(
        not proof.impossible(proof.truth(norm.when)) and proof.impossible(proof.truth(norm.when), *without(proof.row))
        for proof in found
    )


def _acts(program: Program, node: IR) -> Iterator[ir.ActDay]:
    for part in ir.walk(node):
        if isinstance(part, ir.ActDay):
            yield part
        elif isinstance(part, ir.Ref):
            yield from _acts(program, program.definitions[part.id].body)


def _pair(name: str, one: Norm, other: Norm, shown) -> Found:  # type: ignore[no-untyped-def]
    clauses = tuple(dict.fromkeys(cite.clause for norm in (one, other) for cite in norm.cites))
    return Found(
        name,
        "warning",
        one.source.mark,
        clauses,
        {"first": one.id, "second": other.id},
        shown,
        other.source.mark,
        (one.id, other.id),
    )
