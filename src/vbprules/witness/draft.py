"""A dossier that is being written: what is pinned, and ordinary values for the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final, NamedTuple

from vbprules.calendar import Period
from vbprules.language.vocabulary import (
    ACTS,
    BY_NAME,
    DETERMINATIONS,
    GIVEN,
    INSTITUTION,
    PERFORMANCES,
    PERIOD_ENTITIES,
    ROW_LISTS,
    TARGET,
)
from vbprules.values.figures import DATE, MONEY, TRUTH, decimal_text, show_date
from vbprules.witness.defaults import Plain, ordinary

Pinned = Plain | Fraction
_ID: Final = {"drug": "D", "product": "P", "supplier": "S", "agreement": "A", "receipt": "R", TARGET: "T"}


class Handle(NamedTuple):
    """A row by its entity and id; of a period the id is its label."""

    entity: str
    id: str


@dataclass(slots=True)
class DraftRow:
    cells: dict[str, Pinned] = field(default_factory=dict)
    refs: dict[str, str] = field(default_factory=dict)
    period: str = ""

    def copy(self) -> DraftRow:
        return DraftRow(dict(self.cells), dict(self.refs), self.period)


@dataclass(slots=True)
class Draft:
    """Pinned cells win over ordinary ones, which may be taken for others at any time. ``day``: the ordinary day."""

    day: int
    today: int
    institution: dict[str, Pinned] = field(default_factory=dict)
    rows: dict[Handle, DraftRow] = field(default_factory=dict)
    acts: dict[tuple[str, str, str], int] = field(default_factory=dict)  # list, provision, subject
    answers: dict[tuple[str, str], tuple[bool, str]] = field(default_factory=dict)  # question, subject: answer, by
    given: dict[tuple[str, str], str] = field(default_factory=dict)
    as_of: int | None = None
    soft: bool = True  # ordinary values are written out

    def copy(self) -> Draft:
        return Draft(
            self.day,
            self.today,
            dict(self.institution),
            {key: row.copy() for key, row in self.rows.items()},
            dict(self.acts),
            dict(self.answers),
            dict(self.given),
            self.as_of,
            self.soft,
        )

    @property
    def judged_on(self) -> int:
        return self.today if self.as_of is None else self.as_of

    # Rows

    def cells(self, at: Handle) -> dict[str, Pinned]:
        return self.institution if at.entity == INSTITUTION else self.rows[at].cells

    def of(self, entity: str) -> list[Handle]:
        return [at for at in self.rows if at.entity == entity]

    def follow(self, at: Handle, hops: tuple[str, ...]) -> Handle | None:
        for hop in hops:
            row = self.rows.get(at)
            if row is None:
                return None
            if hop in row.refs:
                at = Handle(hop, row.refs[hop])
                continue
            through = next((self.follow(Handle(ref, to), (hop,)) for ref, to in row.refs.items()), None)
            if through is None:
                return None
            at = through
        return at

    def added(self, entity: str, wanted: Mapping[tuple[str, ...], Handle], fresh: bool = False) -> Handle:
        """A new row whose ways along references end where they are wanted; other references take a row that is there.

        ``fresh``: rows on the way are new as well, where they need not be the wanted ones.
        """
        at = Handle(entity, f"{_ID.get(entity, entity)}{len(self.of(entity)) + 1}")
        row = DraftRow()
        self.rows[at] = row
        reached: list[str] = []
        for ref in BY_NAME[entity].refs:
            if ref in reached:
                continue  # another reference leads there
            below = {path[1:]: end for path, end in wanted.items() if path and path[0] == ref}
            straight = below.pop((), None)
            known = [] if fresh and straight is None else self.of(ref)
            fitting = (h for h in known if all(self.follow(h, path) == end for path, end in below.items()))
            target = straight or next(fitting, None) or self.added(ref, below)
            row.refs[ref] = target.id
            reached += self.rows[target].refs if target in self.rows else []
        if entity == TARGET:
            row.period = ""
        return at

    # As a dossier

    def mapping(self) -> dict[str, Any]:
        """The dossier as plain data, every list complete."""
        written: dict[str, Any] = {INSTITUTION: self._cells(INSTITUTION, self.institution)}
        for entity in dict.fromkeys(at.entity for at in self.rows):
            name = BY_NAME[entity].list_name
            entries = [self._entry(at) for at in self.of(entity)]
            written[name] = {"complete": "yes", "entries": entries}
        for name in ROW_LISTS:
            written.setdefault(name, "none")
        for name in (ACTS, PERFORMANCES):
            acts = [
                {"of": of, "day": show_date(day)} | ({"subject": subject} if subject else {})
                for (record, of, subject), day in self.acts.items()
                if record == name
            ]
            written[name] = {"complete": "yes", "entries": acts} if acts else "none"
        written[DETERMINATIONS] = [
            {"question": question, "answer": _word(answer), "by": by, "day": show_date(self.day)}
            | ({"subject": subject} if subject else {})
            for (question, subject), (answer, by) in self.answers.items()
        ]
        written[GIVEN] = [
            {"name": name, "value": value, "source": "假设 supposed"} | ({"subject": subject} if subject else {})
            for (name, subject), value in self.given.items()
        ]
        return {name: value for name, value in written.items() if value != []}

    def _entry(self, at: Handle) -> dict[str, Any]:
        row = self.rows[at]
        written: dict[str, Any] = {"id": at.id, **row.refs}
        if at.entity == TARGET:
            written["period"] = row.period
        return written | self._cells(at.entity, row.cells)

    def _cells(self, entity: str, pinned: Mapping[str, Pinned]) -> dict[str, str]:
        written: dict[str, str] = {}
        for name, spec in BY_NAME[entity].field_map.items():
            value: Pinned | None = pinned.get(name)
            if value is None and self.soft:
                known = {key: item for key, item in pinned.items() if not isinstance(item, Fraction)}
                value = ordinary(entity, name, known, self._ordinary_day(entity))
            if value is not None:
                written[name] = text_of(value, spec.unit)
        return written

    def _ordinary_day(self, entity: str) -> int:
        return Period.containing("year", self.day).start if entity == "agreement" else self.day

    def pins(self) -> Iterator[tuple[str | int, ...]]:
        """Where the mapping holds what is pinned, as keys and positions."""
        yield from ((INSTITUTION, name) for name in self.institution)
        for at, row in self.rows.items():
            name, number = BY_NAME[at.entity].list_name, self.of(at.entity).index(at)
            yield from ((name, "entries", number, cell) for cell in row.cells)


def text_of(value: Pinned, unit: str) -> str:
    """A cell as a dossier writes it."""
    if unit == TRUTH or isinstance(value, bool):
        return _word(bool(value))
    if isinstance(value, str):
        return value
    if unit == DATE:
        return show_date(int(value))
    if unit == MONEY:
        return decimal_text(Fraction(value) / 100, 2)
    return decimal_text(value)


def _word(truth: bool) -> str:
    return "yes" if truth else "no"


def is_virtual(entity: str) -> bool:
    """Rows that follow from what is recorded: months, quarters, years."""
    return entity in PERIOD_ENTITIES
