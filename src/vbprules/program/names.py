"""Where a name stands: which row of which entity, and how child rows belong to a row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vbprules.language.vocabulary import BY_NAME, INSTITUTION, PERIOD_ENTITIES, TARGET, path_to, paths
from vbprules.program.ir import Link, Place


@dataclass(frozen=True, slots=True)
class Scope:
    """The rows in sight, innermost first, and the address of what is being compiled."""

    rows: tuple[str, ...]
    address: str
    owner: str  # the quantity, or provision.attribute, that the expression belongs to

    def inner(self, entity: str) -> Scope:
        return Scope((entity, *self.rows), self.address, self.owner)

    def at(self, step: str) -> Scope:
        return Scope(self.rows, f"{self.address}.{step}", self.owner)


def top_scope(entity: str, owner: str) -> Scope:
    return Scope((entity,), owner, owner)


def places(scope: Scope) -> list[list[Place]]:
    """Where a name may stand, nearest first; places in one group are equally near."""
    groups: list[list[Place]] = []
    for depth, entity in enumerate(scope.rows):
        by_length: dict[int, list[Place]] = {}
        for path in paths(entity):
            target = path[-1] if path else entity
            by_length.setdefault(len(path), []).append(Place(target, depth, path))
        groups.extend(by_length[length] for length in sorted(by_length))
    groups.append([Place(INSTITUTION)])
    return groups


def locate(scope: Scope, has: Callable[[str], bool]) -> list[Place]:
    """The nearest places whose entity ``has`` the name; more than one means it is ambiguous."""
    for group in places(scope):
        found = [place for place in group if has(place.entity)]
        if found:
            return found
    return []


def place_of(scope: Scope, entity: str) -> Place | None:
    """The nearest row of an entity, from the rows in sight."""
    if entity == INSTITUTION:
        return Place(INSTITUTION)
    for depth, start in enumerate(scope.rows):
        path = path_to(start, entity)
        if path is not None:
            return Place(entity, depth, path)
    return None


def period_place(place: Place) -> Place | None:
    """The row whose period is the window of folds from ``place``: itself, or the nearest row it refers to."""
    for path in paths(place.entity):
        target = path[-1] if path else place.entity
        if BY_NAME[target].period:
            return Place(target, place.scope, (*place.hops, *path))
    return None


def refers(child: str, parent: str) -> bool:
    """The child names its parent itself, so no window applies."""
    return parent != INSTITUTION and path_to(child, parent) is not None


def link(parent: str, child: str) -> Link | None:
    """How rows of ``child`` belong to a row of ``parent``; None if the two have nothing in common."""
    if parent == INSTITUTION or child == INSTITUTION:
        return Link()
    direct = path_to(child, parent)
    if direct is not None:
        return Link(equal=((direct, ()),))
    up = path_to(parent, child)
    if up is not None:
        return Link(equal=(((), up),))
    chosen: list[str] = []
    equal = []
    for path in paths(parent)[1:]:
        target = path[-1]
        own = path_to(child, target)
        if own is not None and not any(path_to(nearer, target) is not None for nearer in chosen):
            chosen.append(target)
            equal.append((own, path))
    same_period = child == TARGET and (parent in PERIOD_ENTITIES or parent == TARGET)
    if equal or same_period or parent in PERIOD_ENTITIES:
        return Link(equal=tuple(equal), same_period=same_period)
    return None
