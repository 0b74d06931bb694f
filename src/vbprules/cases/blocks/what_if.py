"""The block ``what_if``: what differs once something of the case is otherwise, before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from vbprules import catalog
from vbprules.cases.blocks import reading as r
from vbprules.cases.blocks.keys import (
    APPEARED,
    CHANGED,
    DISAPPEARED,
    NOT_THERE,
    SUPPOSED,
    UNCHANGED,
    WHAT_IF,
    WHOLE,
    YES,
    forms,
)
from vbprules.cases.expectations import well_formed
from vbprules.cases.model import CaseItem, beside
from vbprules.cases.policy_check import PolicyCheck
from vbprules.cases.trees import Change, each_value, keyed, one_or_each, paths_as_keys, worded
from vbprules.cases.values import Came, Mismatch, compare_value, text_of
from vbprules.cases.words import CHINESE
from vbprules.diagnostics import InputError, Report
from vbprules.facts.dossier import dossier_of
from vbprules.facts.places import Astray, astray, merge, replaced
from vbprules.language.shape import Shape, items, near, scalar_text
from vbprules.language.words import dossier_in_english
from vbprules.program.figures import with_figures
from vbprules.program.ir import Program
from vbprules.reading import Mapping as MappingNode
from vbprules.reading import Node, Scalar, Sequence
from vbprules.whatif.inputs import Tree
from vbprules.whatif.model import AttributeChange, Comparison, OutcomeChange
from vbprules.whatif.whatif import what_if

_CHANGES: Final = "what_if.changes"
_ALL: Final = "what_if"
_DIFFERENCE: Final = "difference"


def _outcome(node: Node) -> Node:
    if isinstance(node, Scalar):
        return worded(forms(WHOLE))(node)
    return keyed({key: one_or_each(worded({**CHINESE[key], **forms(NOT_THERE)})) for key in _WORDED})(node)


_WORDED: Final = tuple(key for key in CHANGED if key in CHINESE)
_ONE: Final[Change] = keyed(
    {
        "facts": dossier_in_english,
        "set": paths_as_keys,
        "changes": each_value(_outcome),
        "only": worded(forms(YES)),
    }
)
ENGLISH: Final[Change] = one_or_each(_ONE)


@dataclass(frozen=True, slots=True)
class Expected:
    """What is to differ of one outcome: a word for the whole, or of each attribute what it was and what it becomes."""

    outcome: Scalar
    whole: str
    values: Mapping[str, tuple[Node, ...]]  # before, after, perhaps the difference


@dataclass(frozen=True, slots=True)
class Supposed:
    """Something that is otherwise, and what is to follow from it."""

    at: Node
    places: Mapping[Scalar, Node]
    facts: Node | None
    readings: tuple[tuple[Scalar, Scalar], ...]
    figures: tuple[tuple[Scalar, Scalar], ...]
    as_of: str
    policy: Scalar | None
    changes: tuple[Expected, ...]
    only: bool
    corrections: Scalar | None


def read(node: Node, around: r.Around) -> tuple[Supposed, ...]:
    """One supposition, or a list of them. Slips go to the report."""
    nodes = node.items if isinstance(node, Sequence) else (node,)
    if not nodes:
        around.report.error("empty_row", node, where=_ALL, choices=", ".join(WHAT_IF))
    return tuple(_supposed(item, around) for item in nodes)


def _supposed(node: Node, around: r.Around) -> Supposed:
    report = around.report
    s = Shape(node, report, _ALL, WHAT_IF)
    if isinstance(node, MappingNode) and not any(key in s for key in SUPPOSED):
        report.error("nothing_supposed", node, choices=", ".join(SUPPOSED))
    if isinstance(node, MappingNode) and not any(key in s for key in ("changes", "only", "corrections")):
        report.error("empty_row", node, where=_ALL, choices="changes, only, corrections")
    places = dict(items(s.get("set"), report, f"{_ALL}.set", ids=False))
    for place in places:
        wrong = astray(place.text)
        if wrong is not None:
            _astray(place, wrong, report)
    return Supposed(
        at=node,
        places=places,
        facts=s.get("facts"),
        readings=tuple(_pairs(s.get("readings"), report, f"{_ALL}.readings")),
        figures=tuple(_pairs(s.get("figures"), report, f"{_ALL}.figures")),
        as_of=r.day(s.get("as_of"), report, f"{_ALL}.as_of"),
        policy=_scalar(s.get("policy"), report, f"{_ALL}.policy"),
        changes=tuple(_expected(*entry, report) for entry in items(s.get("changes"), report, _CHANGES, ids=False)),
        only=s.flag("only"),
        corrections=_count(s.get("corrections"), report),
    )


def _pairs(node: Node | None, report: Report, where: str) -> Iterator[tuple[Scalar, Scalar]]:
    for key, value in items(node, report, where, ids=False):
        scalar_text(value, report, f"{where}.{key.text}")
        if isinstance(value, Scalar):
            yield key, value


def _scalar(node: Node | None, report: Report, where: str) -> Scalar | None:
    r.one_text(node, report, where)
    return node if isinstance(node, Scalar) else None


def _count(node: Node | None, report: Report) -> Scalar | None:
    found = _scalar(node, report, f"{_ALL}.corrections")
    if found is not None and not found.text.isdecimal():
        report.error("not_a_count", found, text=found.text)
        return None
    return found


def _expected(name: Scalar, node: Node, report: Report) -> Expected:
    if not isinstance(node, MappingNode):
        return Expected(name, r.word(node, report, _CHANGES, WHOLE), {})
    s = Shape(node, report, _CHANGES, CHANGED)
    values = {}
    for key in CHANGED:
        pair = s.get(key)
        if pair is None:
            continue
        if not isinstance(pair, Sequence) or len(pair.items) not in (2, 3):
            report.error("before_and_after", pair, key=key)
            continue
        for value in pair.items[:2]:
            if text_of(value) != "absent":
                well_formed(Scalar(key, value.mark), value, report)
        for value in pair.items[2:]:
            r.one_text(value, report, key)
        values[key] = pair.items
    if not node.entries:
        report.error("empty_row", node, where=_CHANGES, choices=", ".join(CHANGED))
    return Expected(name, "", values)


def _astray(place: Scalar, wrong: Astray, report: Report) -> None:
    known = partial(near, wrong.part, wrong.known)
    report.error("bad_set_path", place, path=place.text, part=wrong.part, suggestion=known)


# Against the policy


def check(case: CaseItem, block: tuple[Supposed, ...], policy: PolicyCheck) -> None:
    for item in block:
        after = _other(item, case, policy)
        if after is None:
            continue
        report = policy.report
        for name, option in item.readings:
            after.reading(name.text, option.text, name, option)
        for address, figure in item.figures:
            with_figures(after.program, {address.text: figure}, report)
        dossier_of(_laid_over(case, item, report), report)
        for expected in item.changes:
            norm = after.provision(expected.outcome.text.partition("@")[0], expected.outcome)
            for key, values in expected.values.items():
                for value in values[:2]:
                    after.value(norm, key, value)


def _other(item: Supposed, case: CaseItem, policy: PolicyCheck) -> PolicyCheck | None:
    """What the second decision is made under; None after a finding."""
    if item.policy is None:
        return policy
    program = other_policy(item.policy, case.file, policy.report)
    return None if program is None else PolicyCheck(program, policy.report)


def other_policy(name: Scalar, file: Path, report: Report) -> Program | None:
    """Another policy that a case names. What is wrong with it is told where it is named."""
    try:
        return catalog.load(beside(file, name.text))
    except InputError as error:
        for finding in error.findings:
            if finding.mark is None:
                report.error("unknown_policy", name, **dict(finding.args))
            else:
                report.take(finding)
    return None


def _laid_over(case: CaseItem, item: Supposed, report: Report) -> Node:
    tree = case.facts if item.facts is None else merge(case.facts, item.facts)
    for place, value in item.places.items():
        changed = replaced(tree, place.text.split("."), value)
        if isinstance(changed, Astray):
            _astray(place, changed, report)
        else:
            tree = changed
    return tree


# Against what comes out


def run(case: CaseItem, block: tuple[Supposed, ...], second_opinion: bool) -> Iterator[Mismatch]:
    """Two decisions for each supposition, and what differs between them."""
    for item in block:
        other = None if item.policy is None else beside(case.file, item.policy.text)
        found = what_if(
            case.policy,
            Tree(case.facts, case.source),
            case.as_of,
            facts=None if item.facts is None else Tree(item.facts, case.source),
            places={place.text: Tree(value, case.source) for place, value in item.places.items()},
            readings={name.text: option.text for name, option in item.readings},
            figures={address.text: figure.text for address, figure in item.figures},
            then=item.as_of or None,
            other=other,
            fixed=case.readings,
            calendar=case.calendar,
            check=second_opinion,
        )
        for expected in item.changes:
            yield from _compared(found, expected)
        yield from _only(found, item)
        if item.corrections is not None and int(item.corrections.text) != len(found.corrections):
            told = "; ".join(f"{one.kind} {one.where}" for one in found.corrections)
            actual = f"{len(found.corrections)} {told}".strip()
            yield Mismatch("corrections", "", item.corrections.text, actual, item.corrections.mark.line)


def _compared(found: Comparison, expected: Expected) -> Iterator[Mismatch]:
    name, line = expected.outcome.text, expected.outcome.mark.line
    named = [one for one in found.changes if one.id == name] or list(found.of(name))
    if expected.whole == UNCHANGED:
        for one in named:
            yield Mismatch(one.id, "", UNCHANGED, _differing(one), line, clauses=one.clauses)
        return
    if len(named) != 1:
        actual = ", ".join(one.id for one in named[:6]) or UNCHANGED
        yield Mismatch(name, "", expected.whole or "a change", actual, line)
        return
    (one,) = named
    if expected.whole:
        if expected.whole not in one.kinds:
            yield Mismatch(one.id, "", expected.whole, _differing(one), line, clauses=one.clauses)
        return
    attributes = {attribute.name: attribute for attribute in one.attributes}
    for key, values in expected.values.items():
        differing = _pair(one.id, key, values, attributes.get(key))
        yield from (replace(item, clauses=one.clauses) for item in differing)


def _pair(name: str, key: str, values: tuple[Node, ...], came: AttributeChange | None) -> Iterator[Mismatch]:
    line = values[0].mark.line
    if came is None:
        yield Mismatch(name, key, " → ".join(text_of(value) or "…" for value in values[:2]), UNCHANGED, line)
        return
    for about, node, attribute in (("before", values[0], came.before), ("after", values[1], came.after)):
        found = None if attribute is None else Came.of(attribute)
        for item in compare_value(name, key, node, found, node.mark.line):
            yield replace(item, about=about)
    for node in values[2:]:
        if text_of(node) != (came.difference or "none"):
            yield Mismatch(name, key, text_of(node), came.difference or "none", node.mark.line, about=_DIFFERENCE)


def _only(found: Comparison, item: Supposed) -> Iterator[Mismatch]:
    """What changes and is not named, where nothing else may change."""
    named = {expected.outcome.text for expected in item.changes if expected.whole != UNCHANGED}
    for one in found.changes if item.only else ():
        if one.id not in named and one.provision not in named:
            yield Mismatch(one.id, "", UNCHANGED, _differing(one), item.at.mark.line, clauses=one.clauses)


def _differing(change: OutcomeChange) -> str:
    """How an outcome differs, on one line."""
    if {APPEARED, DISAPPEARED} & set(change.kinds):
        return ", ".join(change.kinds)
    told = []
    for item in change.attributes:
        one, two = (None if side is None else Came.of(side).shown for side in (item.before, item.after))
        told.append(f"{item.name} {one or 'absent'} → {two or 'absent'}")
    return "; ".join(told) or ", ".join(change.texts)
