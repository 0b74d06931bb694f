"""Answers that depend on readings, of one document or of two: which options lead where."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from vbprules.decision.model import Attribute, Branch, Outcome, Standing

Options = dict[str, str]
T = TypeVar("T")
OUT_OF_PLAY = frozenset({"not_triggered", "not_applicable"})
POSSIBLY = "trigger_unknown"


def branches_of(attribute: Attribute) -> tuple[Branch, ...]:
    """The branches of an attribute; of one that no reading touches, a single one without options."""
    if attribute.branches:
        return attribute.branches
    settled = attribute.standing == "settled"
    return (Branch(readings={}, preferred=True, value=attribute.value, settled=settled),)


def in_play(outcome: Outcome) -> tuple[Standing, tuple[Options, ...]] | None:
    """Whether a norm binds here, and the options under which it does; None where it surely does not."""
    branches = branches_of(outcome.state)
    inside = [item for item in branches if item.value not in OUT_OF_PLAY]
    if not inside:
        return None
    outside = [item for item in branches if item.value in OUT_OF_PLAY]
    standing: Standing = "by_reading" if outside else "settled"
    if any(item.value == POSSIBLY for item in inside):
        standing = "open"
    if not outside:
        return standing, ()
    return standing, conditions([item.readings for item in inside], [item.readings for item in outside])


def conditions(wanted: Sequence[Options], others: Sequence[Options]) -> tuple[Options, ...]:
    """The assignments in ``wanted`` with only the readings that tell them from ``others``."""
    names = sorted({name for item in (*wanted, *others) for name in item})
    for name in tuple(names):
        rest = [kept for kept in names if kept != name]
        if all(_apart(one, other, rest) for one in wanted for other in others):
            names = rest
    found: list[Options] = []
    for item in wanted:
        kept = {name: option for name, option in item.items() if name in names}
        if kept not in found:
            found.append(kept)
    return tuple(found)


def _apart(one: Options, other: Options, names: Sequence[str]) -> bool:
    return any(name in one and name in other and one[name] != other[name] for name in names)


def grouped_verdicts(
    first: Sequence[Branch], second: Sequence[Branch], policies: tuple[str, str], verdict: Callable[[Branch, Branch], T]
) -> dict[T, tuple[Options, ...]]:
    """Each verdict with the options of both documents that lead to it. Readings of two documents are independent."""
    found: dict[T, list[Options]] = {}
    for one in first:
        for other in second:
            options = {**prefixed(one.readings, policies[0]), **prefixed(other.readings, policies[1])}
            found.setdefault(verdict(one, other), []).append(options)
    if len(found) == 1:
        return {next(iter(found)): ()}
    every = {name: [o for key, group in found.items() if key != name for o in group] for name in found}
    return {name: conditions(group, every[name]) for name, group in found.items()}


def prefixed(readings: Options, policy: str) -> Options:
    """Readings named with their document."""
    return {f"{policy}:{name}": option for name, option in readings.items()}
