"""Norms of two documents on one matter: side by side, with what differs, what conflicts and what one leaves unsaid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import combinations
from typing import Final

from vbprules.decision.model import Attribute, Decision, Outcome, Text
from vbprules.language import policy as p
from vbprules.language.policy import Policy, Provision
from vbprules.language.vocabulary import INSTITUTION, MATTERS, PARTIES
from vbprules.together.branches import branches_of, grouped_verdicts, in_play, prefixed
from vbprules.together.figures import span, verdict
from vbprules.together.model import (
    Compared,
    Comparison,
    Conflict,
    Gap,
    Matter,
    Overlap,
    Relation,
    Side,
    Unlike,
    Verdict,
)

_COMPARED: Final = ("amount", "due", "not_before", "from", "until", "standard", "value")
_BORNE_BY_NONE: Final = frozenset({p.PRICE, p.DEFINITION})
_OWN: Final = frozenset({INSTITUTION, "head_of_institution"})


@dataclass(frozen=True, slots=True)
class _Item:
    """An outcome that is in play, with its norm."""

    policy: Policy
    norm: Provision
    outcome: Outcome
    side: Side
    bearers: frozenset[str]


@dataclass(slots=True)
class Found:
    """What lies between the documents."""

    overlaps: list[Overlap] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)


def compare(documents: Iterable[tuple[Policy, Decision]], relations: Iterable[Relation]) -> Found:
    """Every two documents, matter by matter and subject by subject. Nothing is removed from any decision."""
    found = Found()
    ranks = {relation.documents: relation for relation in relations}
    sides = [(policy, list(_items(policy, decision))) for policy, decision in documents]
    for (first, ones), (second, others) in combinations(sides, 2):
        relation = ranks[(first.id, second.id)]
        by_subject: dict[tuple[str, str], list[_Item]] = {}
        for other in others:
            for matter in other.norm.matters:
                by_subject.setdefault((matter, other.outcome.subject), []).append(other)
        for one in ones:
            for other in _matching(one, others, by_subject):
                _pair(one, other, relation, found)
        found.gaps += _unmatched(ones, second)
        found.gaps += _unmatched(others, first)
    return found


def _items(policy: Policy, decision: Decision) -> Iterator[_Item]:
    """The outcomes of marked norms that bind here, or may."""
    for outcome in decision.outcomes:
        norm = policy.provisions[outcome.provision]
        played = in_play(outcome) if norm.matters else None
        if played is None:
            continue
        side = Side(
            policy=policy.id,
            outcome=f"{policy.id}:{outcome.id}",
            title=outcome.title,
            clauses=outcome.clauses,
            in_play=played[0],
            under=tuple(prefixed(options, policy.id) for options in played[1]),
        )
        yield _Item(policy, norm, outcome, side, _bearers(policy, norm))


def _bearers(policy: Policy, norm: Provision) -> frozenset[str]:
    """Who bears a norm: of a sanction whom it strikes, else who acts. Parties are the same by role or by name."""
    names = norm.toward if norm.modality == p.SANCTION else norm.by
    return frozenset(_role(policy, name) for name in names)


def _role(policy: Policy, name: str) -> str:
    party = policy.parties[name]
    if name in _OWN or party.test is not None:
        return INSTITUTION  # it binds here, so this institution is the one described
    return name if name in PARTIES else party.label.zh


def _matching(one: _Item, others: list[_Item], by_subject: dict[tuple[str, str], list[_Item]]) -> list[_Item]:
    """Norms on a matter in common, on the same subject; what concerns the whole institution meets every row."""
    if not one.outcome.subject:
        return [other for other in others if set(other.norm.matters) & set(one.norm.matters)]
    found: dict[str, _Item] = {}
    for matter in one.norm.matters:
        for subject in (one.outcome.subject, ""):
            for other in by_subject.get((matter, subject), ()):
                found.setdefault(other.side.outcome, other)
    return [
        other
        for other in found.values()
        if not other.outcome.subject or other.norm.for_each == one.norm.for_each  # ids of other rows may be alike
    ]


def _pair(one: _Item, other: _Item, relation: Relation, found: Found) -> None:
    unlike: list[Unlike] = []
    if one.norm.modality != other.norm.modality:
        unlike.append("modality")
    if not one.bearers & other.bearers and not {one.norm.modality, other.norm.modality} <= _BORNE_BY_NONE:
        unlike.append("bearer")
    if one.norm.for_each != other.norm.for_each:
        unlike.append("entity")
    comparisons = () if unlike else tuple(_comparisons(one, other))
    matters = tuple(_matter(name) for name in one.norm.matters if name in other.norm.matters)
    row = one if one.outcome.subject else other
    overlap = Overlap(
        matters=matters,
        entity=row.norm.for_each,
        subject=row.outcome.subject,
        sides=(one.side, other.side),
        unlike=tuple(unlike),
        comparisons=comparisons,
        ranking=relation.ranking,
        over=relation.over,
    )
    found.overlaps.append(overlap)
    found.conflicts += _conflicts(one, other, overlap)
    if not unlike:
        found.gaps += _left_unsaid(one, other, matters)


def _matter(name: str) -> Matter:
    zh, en = MATTERS[name]
    return Matter(name, Text(zh=zh, en=en))


def _set(item: _Item, name: str) -> Attribute | None:
    """An attribute that the norm sets."""
    found = item.outcome.attributes.get(name)
    return None if found is None or found.standing == "silent" else found


def _comparisons(one: _Item, other: _Item) -> Iterator[Comparison]:
    policies = one.policy.id, other.policy.id
    for name in _COMPARED:
        first, second = _set(one, name), _set(other, name)
        if first is None or second is None:
            continue
        groups = grouped_verdicts(branches_of(first), branches_of(second), policies, partial(verdict, name))
        whole: Verdict = next(iter(groups)) if len(groups) == 1 else "by_reading"
        if set(groups) == {"different", "disjoint"}:
            whole = "different"
        branches = tuple(Compared(o, v) for v, every in groups.items() for o in every) if len(groups) > 1 else ()
        yield Comparison(attribute=name, unit=first.unit, first=first, second=second, verdict=whole, branches=branches)


def _conflicts(one: _Item, other: _Item, overlap: Overlap) -> Iterator[Conflict]:
    """Between norms that bind, surely or under some reading. What only may be done conflicts with a ban at most."""
    if any(side.in_play == "open" for side in overlap.sides):
        return
    if overlap.unlike == ("modality",):
        kinds = {one.norm.modality, other.norm.modality}
        limits = any(item.norm.modality == p.PROHIBITION and "requires" in item.norm.values for item in (one, other))
        if p.PROHIBITION in kinds and kinds & {p.PERMISSION, p.OBLIGATION} and not limits:
            permitted = p.PERMISSION in kinds
            kind = "permitted_and_prohibited" if permitted else "required_and_prohibited"
            yield _conflict(kind, None, overlap, ("", ""), "")
    if overlap.unlike or "may" in (one.outcome.mode, other.outcome.mode):
        return
    for item in overlap.comparisons:
        if item.verdict in ("different", "disjoint"):
            kind = "disjoint" if item.verdict == "disjoint" else "figures"
            yield _conflict(kind, item.attribute, overlap, (_told(item.first), _told(item.second)), item.unit)
    for early, late, swapped in ((one, other, False), (other, one, True)):
        last, first = _set(early, "due"), _set(late, "not_before")
        if last is None or first is None or last.standing != "settled" or first.standing != "settled":
            continue
        ends = span(last.value or ""), span(first.value or "")
        if ends[0] and ends[1] and ends[0].high is not None and ends[1].low is not None and ends[0].high < ends[1].low:
            values = (last.value or "", first.value or "")
            yield _conflict("days", "due", overlap, values[::-1] if swapped else values, last.unit)


def _told(attribute: Attribute) -> str:
    """A value, or of one that differs by reading every value: each differs from the other document's."""
    return attribute.value or " / ".join(dict.fromkeys(branch.value or "?" for branch in attribute.branches))


def _conflict(kind: str, attribute: str | None, overlap: Overlap, values: tuple[str, str], unit: str) -> Conflict:
    return Conflict.model_validate(
        {
            "kind": kind,
            "standing": "settled" if all(side.in_play == "settled" for side in overlap.sides) else "by_reading",
            "attribute": attribute,
            "sides": overlap.sides,
            "values": values,
            "unit": unit,
            "ranking": overlap.ranking,
            "over": overlap.over,
        }
    )


def _left_unsaid(one: _Item, other: _Item, matters: tuple[Matter, ...]) -> Iterator[Gap]:
    """An attribute that one of two like norms sets and the other does not."""
    for name in _COMPARED:
        for has, lacks in ((one, other), (other, one)):
            if _set(has, name) is not None and _set(lacks, name) is None:
                yield Gap(
                    kind="attribute",
                    matters=matters,
                    attribute=name,
                    sets=(has.side,),
                    silent=lacks.policy.id,
                    silent_side=lacks.side,
                )


def _unmatched(items: list[_Item], other: Policy) -> Iterator[Gap]:
    """Matters on which one document binds here and the other has no norm so marked."""
    there = {matter for norm in other.provisions.values() for matter in norm.matters}
    by_matter: dict[str, dict[str, Side]] = {}
    for item in items:
        for matter in item.norm.matters:
            if matter not in there:
                by_matter.setdefault(matter, {}).setdefault(item.norm.id, item.side)
    for matter in MATTERS:
        if matter in by_matter:
            sides = tuple(by_matter[matter].values())
            yield Gap(kind="matter", matters=(_matter(matter),), attribute=None, sets=sides, silent=other.id)
