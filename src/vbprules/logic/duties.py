"""Rules of one document that meet on one row and cannot both be followed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, product

from vbprules.engine.outcomes import Judge
from vbprules.facts.rows import Row
from vbprules.language.policy import OBLIGATION, PRICE, PROHIBITION
from vbprules.logic.bands import rules
from vbprules.logic.formulas import Flag, Formula, Linear, Variable, both, either, less
from vbprules.logic.found import Found
from vbprules.logic.proof import Proof, proofs
from vbprules.logic.records import Witness
from vbprules.logic.shapes import shape
from vbprules.logic.witnesses import Small, applies, witness
from vbprules.program import ir
from vbprules.program.ir import IR, Norm, Program
from vbprules.values.figures import MONEY


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
        mine, its = (_kept(proof, norm) for norm in (one, other))
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


def _kept(proof: Proof, norm: Norm) -> Formula:
    """What is required holds, what is forbidden does not."""
    return both(
        *(proof.truth(norm.values[key], key == "requires") for key in ("requires", "forbids") if key in norm.values)
    )


def _prices(program: Program) -> Iterator[Found]:
    """Two standards for one sale. Where both say the same expression there is no conflict."""
    priced = [norm for norm in program.norms if norm.source.modality == PRICE and "standard" in norm.values]
    for one, other in combinations(priced, 2):
        if one.entity != other.entity or shape(one.values["standard"]) == shape(other.values["standard"]):
            continue
        nodes = [node for norm in (one, other) for node in (norm.gate, norm.when, norm.values["standard"])]
        found = list(proofs(program, one.entity, nodes))
        if not found or any(p.impossible(*p.applies(one), *p.applies(other)) for p in found):
            continue
        shown = _paid_differently(program, found[0].readings, one, other)
        if shown is not None:
            yield _pair("two_standards", one, other, shown)


def _paid_differently(program: Program, readings: Mapping[str, str], one: Norm, other: Norm) -> Witness | None:
    """A sale to which both apply, of which the fund bears one sum under the one and another under the other."""

    def build(small: Small) -> Formula:
        nodes = (_price(one), one.values["standard"], other.values["standard"])
        price, mine, its = (small.conditions.pieces(node, (small.row,)) for node in nodes)
        differ = [
            both(p.guard, a.guard, b.guard, either(_less(a.value, b.value, p.value), _less(b.value, a.value, p.value)))
            for p, a, b in product(price, mine, its)
        ]
        return both(*(small.truth(node) for norm in (one, other) for node in (norm.gate, norm.when)), either(*differ))

    def confirms(judge: Judge, row: Row) -> bool:
        bases = [judge.judge(norm, row).attributes.get("base") for norm in (one, other)]
        return all(applies(judge, norm, row) is True for norm in (one, other)) and bases[0] != bases[1]

    return witness(program, readings, one.entity, build, confirms)


def _price(norm: Norm) -> IR:
    return ir.Fact(unit=MONEY, place=ir.Place(norm.entity), name="price")


def _less(low: Linear, high: Linear, price: Linear) -> Formula:
    """The lesser of price and standard differs."""
    return both(less(low, high, True), less(low, price, True))


def _waiting(program: Program) -> Iterator[Found]:
    """Each of two measures can be imposed only once the other has been: neither ever can."""
    by_name = dict(rules(program))
    for mine, its in combinations(by_name.values(), 2):
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


def _pair(name: str, one: Norm, other: Norm, shown: Witness | None) -> Found:
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
