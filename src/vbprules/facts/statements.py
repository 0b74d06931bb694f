"""Which document a recorded act, answer or figure belongs to: ``plan_2019:late_warning`` names it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Final, NamedTuple, TypeVar

from vbprules.facts.rows import Act, Determination, Dossier, Given

MARK: Final = ":"
Statement = Act | Determination | Given
_S = TypeVar("_S", Act, Determination, Given)


class Named(NamedTuple):
    """A name with the document it is of; an empty ``policy`` where none is written."""

    policy: str
    name: str


def named(text: str) -> Named:
    """``plan_2025:irregular`` in its two parts."""
    policy, mark, name = text.partition(MARK)
    return Named(policy, name) if mark else Named("", text)


def name_of(statement: Statement) -> str:
    """The provision, question or figure that a statement is about, as written."""
    if isinstance(statement, Act):
        return statement.of
    return statement.question if isinstance(statement, Determination) else statement.name


def kept(dossier: Dossier, keep: Callable[[Statement], str | None]) -> Dossier:
    """The dossier with only the statements for which ``keep`` gives a name, under that name."""
    if not (dossier.acts or dossier.determinations or dossier.given):
        return dossier
    return replace(
        dossier,
        acts=_renamed(dossier.acts, keep),
        determinations=_renamed(dossier.determinations, keep),
        given=_renamed(dossier.given, keep),
    )


def statements_of(dossier: Dossier, own: str, others: Collection[str]) -> Dossier:
    """A dossier as one document reads it: its own name is taken off, what names one of ``others`` is not for it.

    A name before the mark that is neither stays as it is, and is reported as unknown.
    """

    def keep(statement: Statement) -> str | None:
        policy, name = named(name_of(statement))
        if policy == own:
            return name
        return None if policy in others else name_of(statement)

    statements: tuple[Statement, ...] = (*dossier.acts, *dossier.determinations, *dossier.given)
    if not any(MARK in name_of(item) for item in statements):
        return dossier
    return kept(dossier, keep)


def _renamed(statements: tuple[_S, ...], keep: Callable[[Statement], str | None]) -> tuple[_S, ...]:
    found: list[_S] = []
    for item in statements:
        name = keep(item)
        if name is not None:
            found.append(_with_name(item, name))
    return tuple(found)


def _with_name(item: _S, name: str) -> _S:
    if name == name_of(item):
        return item
    if isinstance(item, Act):
        return replace(item, of=name)
    return replace(item, question=name) if isinstance(item, Determination) else replace(item, name=name)
