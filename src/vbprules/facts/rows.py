"""The facts of one institution: rows with exact or ranged cells, and what is stated to be complete."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from vbprules.reading import Mark, Source
from vbprules.values.ranges import NEG, Infinity, Number, Range


class Code(NamedTuple):
    """A category; ``None`` where it is not recorded."""

    text: str | None


UNKNOWN_CODE: Final = Code(None)
Cell = Range | Code


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One row of an entity. Absent cells are unknown. ``span`` is its period; ``day`` its governing day."""

    entity: str
    id: str
    cells: Mapping[str, Cell]
    refs: Mapping[str, Row]
    day: Range | None = None
    span: tuple[Range, Range] | None = None
    name: str = ""
    mark: Mark | None = None

    def follow(self, hops: tuple[str, ...]) -> Row | None:
        """The row reached along references; None where one is not recorded."""
        row: Row | None = self
        for hop in hops:
            row = row.refs.get(hop) if row is not None else None
        return row


@dataclass(frozen=True, slots=True)
class Act:
    """A recorded act: of a provision, on a day, perhaps for one subject.

    ``record``: the list that holds it, ``acts`` for what authorities do to institutions, ``performances`` for duties.
    """

    of: str
    day: Range
    record: str
    by: str = ""
    subject: str = ""
    lifted_on: Range | None = None
    mark: Mark | None = field(default=None, compare=False)

    def concerns(self, provision: str) -> bool:
        """It is an act of this provision, or of the whole whose step it is."""
        return concerns(self.of, provision)


def concerns(of: str, provision: str) -> bool:
    """What an act is of is this provision, or the whole whose step it is."""
    return of == provision or provision.startswith(of + ".")


@dataclass(frozen=True, slots=True)
class Determination:
    """The recorded answer to a question by somebody, for one subject."""

    question: str
    answer: bool
    by: str
    day: Range
    subject: str = ""
    source: str = ""
    replaces: bool = False
    mark: Mark | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Given:
    """A figure that another source sets: ``name`` is a quantity, ``provision.attribute`` or ``document.issued``."""

    name: str
    value: str
    source: str
    subject: str = ""
    mark: Mark | None = field(default=None, compare=False)
    lent_by: str = ""  # the policy that sets it, where that was evaluated


@dataclass(frozen=True, slots=True, eq=False)
class Dossier:
    """Everything recorded about one institution. ``complete`` maps a list to the day through which it is complete.

    A list that is not in ``complete`` is a lower bound. ``INF`` means complete through the as-of date, whatever it is.
    """

    institution: Row
    rows: Mapping[str, tuple[Row, ...]]
    complete: Mapping[str, Number]
    acts: tuple[Act, ...] = ()
    determinations: tuple[Determination, ...] = ()
    given: tuple[Given, ...] = ()
    digest: str = ""
    source: Source | None = None
    stated: Mapping[str, Mark] = field(default_factory=dict)  # where the completeness of a list is stated

    def complete_through(self, list_name: str) -> Number:
        return self.complete.get(list_name, NEG)

    def last_stated(self, day: int) -> int:
        """The latest of ``day`` and the days through which a list is stated to be complete."""
        return max((day, *(int(through) for through in self.complete.values() if not isinstance(through, Infinity))))
