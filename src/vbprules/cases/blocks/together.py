"""The block ``together``: how several documents stand to each other on one hospital."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from vbprules import catalog
from vbprules.cases.blocks import keys as k
from vbprules.cases.blocks import reading as r
from vbprules.cases.blocks.joint import JointAnswers, compare_claim, compare_conflicts, compare_gap, compare_overlap
from vbprules.cases.blocks.what_if import other_policy
from vbprules.cases.expectations import Expectation, read_expectations
from vbprules.cases.model import CaseItem, beside, facts_of
from vbprules.cases.outcomes import compare_expected
from vbprules.cases.policy_check import PolicyCheck
from vbprules.cases.trees import Change, each_item, keyed, one_or_each, worded
from vbprules.cases.values import Mismatch
from vbprules.cases.words import EXPECT
from vbprules.diagnostics import Report, suggest
from vbprules.language.shape import Shape, items, scalar_text
from vbprules.language.vocabulary import MATTERS
from vbprules.reading import Mapping as MappingNode
from vbprules.reading import Node, Scalar
from vbprules.together.joint import evaluate_together
from vbprules.together.model import JointDecision

_MATTERS: Final = {code: (zh, en) for code, (zh, en) in MATTERS.items()}
_RELATION: Final[Change] = keyed(
    {
        "ranking": worded(k.forms(k.RANKING)),
        "prevails": worded(k.forms(k.NOTHING)),
        "claims": each_item(keyed({"relation": worded(k.forms(k.RELATIONS)), "applies": worded(k.forms(k.REACHES))})),
    }
)
_OVERLAP: Final[Change] = keyed(
    {
        "matter": one_or_each(worded(k.forms(_MATTERS))),
        "unlike": one_or_each(worded(k.forms(k.UNLIKE))),
        "compared": keyed({key: worded(k.forms(k.VERDICT)) for key in k.COMPARED}),
        "silent": one_or_each(keyed()),
    }
)


def _rows(change: Change) -> Change:
    """The rows of a list, or the word for none."""
    none = worded(k.forms(k.NOTHING))
    return lambda node: none(node) if isinstance(node, Scalar) else each_item(change)(node)


ENGLISH: Final[Change] = keyed(
    {
        "precedence": each_item(_RELATION),
        "overlaps": each_item(_OVERLAP),
        "conflicts": _rows(keyed({"kind": worded(k.forms(k.CONFLICT_KIND)), "standing": worded(k.forms(k.BINDING))})),
        "gaps": each_item(keyed({"matter": worded(k.forms(_MATTERS))})),
        "silent": one_or_each(worded(k.forms(_MATTERS))),
        "expect": EXPECT,
    }
)


@dataclass(frozen=True, slots=True)
class Relation:
    """How two documents are to rank."""

    row: r.Row
    claims: tuple[r.Row, ...]


@dataclass(frozen=True, slots=True)
class ExpectedTogether:
    """What is expected of the case and its policy together with others."""

    others: tuple[Scalar, ...]
    readings: tuple[tuple[Scalar, Scalar], ...]
    precedence: tuple[Relation, ...]
    overlaps: tuple[r.Row, ...]
    conflicts: tuple[r.Row, ...] | None  # None: nothing is said of them
    gaps: tuple[r.Row, ...]
    silent: tuple[Scalar, ...]
    expect: tuple[Expectation, ...]
    at: Node


def read(node: Node, around: r.Around) -> ExpectedTogether:
    """Slips go to the report."""
    report = around.report
    s = Shape(node, report, "together", k.TOGETHER)
    s.require("with")
    if isinstance(node, MappingNode) and not any(key in s for key in k.TOGETHER[2:]):
        report.error("empty_row", node, where="together", choices=", ".join(k.TOGETHER[2:]))
    return ExpectedTogether(
        others=s.scalars("with"),
        readings=tuple(_pairs(s.get("readings"), report)),
        precedence=tuple(_relation(row, report) for row in _list(s, "precedence", k.RELATION)),
        overlaps=tuple(row for row in _list(s, "overlaps", k.OVERLAP) if _overlap(row, report)),
        conflicts=_conflicts(s, report),
        gaps=tuple(row for row in _list(s, "gaps", k.GAP) if _gap(row, report)),
        silent=tuple(item for item in s.scalars("silent") if r.word(item, report, "silent", _MATTERS)),
        expect=tuple(read_expectations(s.get("expect"), report).values()),
        at=node,
    )


def _pairs(node: Node | None, report: Report) -> Iterator[tuple[Scalar, Scalar]]:
    for key, value in items(node, report, "together.readings", ids=False):
        scalar_text(value, report, f"together.readings.{key.text}")
        if isinstance(value, Scalar):
            yield key, value


def _list(s: Shape, key: str, known: Collection[str]) -> tuple[r.Row, ...]:
    return r.rows(s.get(key), s.report, f"together.{key}", known)


def _relation(row: r.Row, report: Report) -> Relation:
    r.word(row.get("ranking"), report, "ranking", k.RANKING)
    claims = r.rows(row.get("claims"), report, "together.precedence.claims", k.CLAIM)
    for claim in claims:
        r.word(claim.get("relation"), report, "relation", k.RELATIONS)
        r.word(claim.get("applies"), report, "applies", k.REACHES)
        r.texts(claim.get("clause"), report, "clause")
        r.texts(claim.get("reason"), report, "reason")
    return Relation(row, claims)


def _overlap(row: r.Row, report: Report) -> bool:
    r.words_of(row.get("matter"), report, "matter", _MATTERS)
    r.words_of(row.get("unlike"), report, "unlike", k.UNLIKE)
    for key, value in items(row.get("compared"), report, "compared", ids=False):
        _attribute(key, report)
        r.word(value, report, key.text, k.VERDICT)
    for item in _scalars(row.get("silent"), report, "silent"):
        _attribute(item, report)
    return _sides(row, report, 2)


def _conflicts(s: Shape, report: Report) -> tuple[r.Row, ...] | None:
    if "conflicts" not in s:
        return None
    found = _list(s, "conflicts", k.CONFLICT)
    for row in found:
        r.word(row.get("kind"), report, "kind", k.CONFLICT_KIND)
        r.word(row.get("standing"), report, "standing", k.BINDING)
        for item in _scalars(row.get("attribute"), report, "attribute"):
            _attribute(item, report)
        values = _scalars(row.get("values"), report, "values")
        if "values" in row.values and len(values) != 2:
            report.error("two_sides", row.get("values"), key="values")
    return tuple(row for row in found if _sides(row, report, 2))


def _gap(row: r.Row, report: Report) -> bool:
    r.words_of(row.get("matter"), report, "matter", _MATTERS)
    for item in _scalars(row.get("attribute"), report, "attribute"):
        _attribute(item, report)
    r.texts(row.get("silent"), report, "silent")
    return _sides(row, report, 0, "sets")


def _sides(row: r.Row, report: Report, count: int, key: str = "sides") -> bool:
    """The outcomes of a row, each written with its policy."""
    found = _scalars(row.get(key), report, key)
    if count and len(found) != count:
        report.error("two_sides", row.get(key) or row.at, key=key)
        return False
    unnamed = [item for item in found if ":" not in item.text]
    for item in unnamed:
        report.error("side_without_policy", item, text=item.text)
    return not unnamed


def _scalars(node: Node | None, report: Report, key: str) -> list[Scalar]:
    nodes = [node] if isinstance(node, Scalar) else list(getattr(node, "items", ()))
    for item in nodes:
        if not isinstance(item, Scalar):
            report.error("not_text", item, where=key)
    return [item for item in nodes if isinstance(item, Scalar)]


def _attribute(item: Scalar, report: Report) -> None:
    if item.text not in k.COMPARED:
        choices, near = ", ".join(k.COMPARED), suggest(item.text, k.COMPARED)
        report.error("expected_word", item, key="attribute", value=item.text, choices=choices, suggestion=near)


# Against the policies


def check(case: CaseItem, block: ExpectedTogether, policy: PolicyCheck) -> None:
    report = policy.report
    checks = {policy.policy.id: policy}
    for name in block.others:
        program = other_policy(name, case.file, report)
        if program is None:
            return
        if program.policy.id in checks:
            report.error("document_twice", name, name=program.policy.id)
        checks[program.policy.id] = PolicyCheck(program, report)
    for name, option in block.readings:
        _reading(name, option, checks, report)
    for expected in block.expect:
        owner = _owner(expected.outcome, expected, checks, report)
        if owner is not None:
            owner.expectation(replace(expected, outcome=expected.outcome.partition(":")[2]))
    rows = [(row, key) for row, key in _every_row(block)]
    for row, key in rows:
        for item in _scalars(row.get(key), report, key):
            owner = _owner(item.text, item, checks, report)
            if owner is not None:
                owner.provision(item.text.partition(":")[2].partition("@")[0], item)
    for name in _named(block):
        if name.text not in checks and name.text != "none":
            _not_loaded(name, name.text, checks, report)


def _every_row(block: ExpectedTogether) -> Iterator[tuple[r.Row, str]]:
    yield from ((row, "sides") for row in (*block.overlaps, *(block.conflicts or ())))
    yield from ((row, "sets") for row in block.gaps)


def _named(block: ExpectedTogether) -> Iterator[Scalar]:
    """Where a policy is named."""
    for relation in block.precedence:
        nodes = [relation.row.get("prevails"), *(claim.get("policy") for claim in relation.claims)]
        sides = relation.row.get("sides")
        nodes += list(getattr(sides, "items", ()))
        yield from (node for node in nodes if isinstance(node, Scalar))
    yield from (node for row in block.gaps if isinstance(node := row.get("silent"), Scalar))


def _owner(
    text: str, at: Scalar | Expectation, checks: Mapping[str, PolicyCheck], report: Report
) -> PolicyCheck | None:
    name, mark, _ = text.partition(":")
    if not mark:
        report.error("side_without_policy", at.mark, text=text)
        return None
    if name not in checks:
        _not_loaded(at, text, checks, report)
        return None
    return checks[name]


def _not_loaded(at: Scalar | Expectation, text: str, checks: Mapping[str, PolicyCheck], report: Report) -> None:
    name = text.partition(":")[0]
    report.error(
        "document_not_loaded", at.mark, name=text, policies=", ".join(checks), suggestion=suggest(name, checks)
    )


def _reading(name: Scalar, option: Scalar, checks: Mapping[str, PolicyCheck], report: Report) -> None:
    """A reading of one of the documents, named with it or known to one of them."""
    owner, mark, rest = name.text.rpartition(":")
    if mark and owner not in checks:
        _not_loaded(name, name.text, checks, report)
        return
    known = [checks[owner]] if mark else [item for item in checks.values() if rest in item.policy.readings]
    if len(known) > 1:
        choices = ", ".join(f"{item.policy.id}:{rest}" for item in known)
        policies = ", ".join(item.policy.id for item in known)
        report.error("of_several_documents", name, name=rest, policies=policies, choices=choices)
    else:
        (known or list(checks.values()))[0].reading(rest, option.text, name, option)


# Against what comes out


def run(case: CaseItem, block: ExpectedTogether, second_opinion: bool) -> Iterator[Mismatch]:
    """Every document decides; then each relation, overlap, conflict and gap that is expected is looked for."""
    own = catalog.load(case.policy)
    programs = [own, *(catalog.load(beside(case.file, name.text)) for name in block.others)]
    readings = {f"{own.policy.id}:{name}": option for name, option in case.readings.items()}
    joint = evaluate_together(
        programs,
        facts_of(case),
        case.as_of,
        readings={**readings, **{name.text: option.text for name, option in block.readings}},
        calendar=case.calendar,
        check=second_opinion,
    )
    for relation in block.precedence:
        yield from _ranked(joint, relation, [program.policy.id for program in programs])
    for row in block.overlaps:
        yield from compare_overlap(joint, row)
    if block.conflicts is not None:
        yield from compare_conflicts(joint, block.conflicts, block.at.mark.line)
    for row in block.gaps:
        yield from compare_gap(joint, row)
    for matter in block.silent:
        yield from _nothing_on(joint, matter)
    answers = JointAnswers(joint)
    for expected in block.expect:
        yield from compare_expected(answers, expected)


def _ranked(joint: JointDecision, expected: Relation, programs: Sequence[str]) -> Iterator[Mismatch]:
    row = expected.row
    named = [item.text for item in _scalars(row.get("sides"), Report(), "sides")] or list(programs)
    about = " : ".join(named)
    try:
        relation = joint.relation(*named)
    except (KeyError, TypeError):
        yield Mismatch("precedence", "sides", about, ", ".join(joint.policies), row.line)
        return
    for key, actual in (("ranking", relation.ranking), ("prevails", relation.over or "none")):
        if key in row.values and row.text(key) != actual:
            yield Mismatch("precedence", key, row.text(key), actual, row.line_of(key), about=about)
    for claim in expected.claims:
        yield from compare_claim(relation, claim)


def _nothing_on(joint: JointDecision, matter: Scalar) -> Iterator[Mismatch]:
    """No norm on a matter is in play in any of the documents."""
    sides = [side for item in joint.overlaps if matter.text in {m.id for m in item.matters} for side in item.sides]
    sides += [side for gap in joint.gaps if matter.text in {m.id for m in gap.matters} for side in gap.sets]
    if sides:
        told = ", ".join(dict.fromkeys(side.outcome for side in sides))
        yield Mismatch("silent", matter.text, "none", told, matter.mark.line)
