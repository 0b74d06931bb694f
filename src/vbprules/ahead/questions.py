"""In which order to ask: first what settles the most, given what was asked before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from vbprules.ahead.model import Asked
from vbprules.decision.model import NeedItem, Outcome

_ANSWERABLE: Final = frozenset({"fact", "list", "judgement", "instrument"})
Key = tuple[str, str, str]  # kind, what, subject


def questions(outcomes: Iterable[Outcome]) -> tuple[tuple[Asked, ...], int]:
    """Every missing fact in order, and how many outcomes are open for a reason that no answer settles.

    A need stands for its list, fact or question as a whole, with the latest day that any outcome asks for.
    """
    items: dict[Key, NeedItem] = {}
    open_for: dict[str, frozenset[Key]] = {}
    waiting = 0
    for outcome in outcomes:
        if not outcome.about_institution:
            continue
        needs = list(_needs(outcome))
        if not needs:
            continue
        if any(need.kind not in _ANSWERABLE for need in needs):
            waiting += 1
        for need in needs:
            key: Key = (need.kind, need.what, need.subject)
            if key not in items or (items[key].day or "") < (need.day or ""):
                items[key] = need
        open_for[outcome.id] = frozenset((need.kind, need.what, need.subject) for need in needs)
    asked: list[Asked] = []
    settled = 0
    for key, done in ordered(open_for, [key for key in items if key[0] in _ANSWERABLE]):
        settled += len(done)
        touched = tuple(outcome for outcome, needs in open_for.items() if key in needs)
        asked.append(Asked(items[key], touched, done, settled))
    return tuple(asked), waiting


def ordered(open_for: Mapping[str, Collection[Key]], answerable: Sequence[Key]) -> list[tuple[Key, tuple[str, ...]]]:
    """The questions, each with the outcomes that it settles given those before it.

    First the one that settles the most; of those that settle as many, the one that more outcomes need; then by name.
    """
    left = {outcome: set(needs) for outcome, needs in open_for.items()}
    remaining = set(answerable)
    order: list[tuple[Key, tuple[str, ...]]] = []
    while remaining:
        touched = dict.fromkeys(remaining, 0)
        alone = dict.fromkeys(remaining, 0)
        for needs in left.values():
            for key in needs & remaining:
                touched[key] += 1
                alone[key] += len(needs) == 1
        best = min(remaining, key=lambda key: (-alone[key], -touched[key], key))
        remaining.remove(best)
        done = tuple(outcome for outcome, needs in left.items() if needs == {best})
        for outcome in done:
            del left[outcome]
        for needs in left.values():
            needs.discard(best)
        order.append((best, done))
    return order


def _needs(outcome: Outcome) -> Iterable[NeedItem]:
    for attribute in (outcome.state, *outcome.attributes.values()):
        yield from attribute.needs
        for branch in attribute.branches:
            yield from branch.needs
