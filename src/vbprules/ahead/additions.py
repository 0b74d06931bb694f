"""What somebody may still do, as rows added to a dossier: so much of a list, by a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Final

from vbprules.facts.rows import Act, Cell, Code, Dossier, Row
from vbprules.language.vocabulary import BY_NAME, PERFORMANCES
from vbprules.values.ranges import TRUE, exactly

MOST: Final = 4  # ways told of one condition


@dataclass(frozen=True, slots=True)
class Addition:
    """One row more: ``amount`` of its ``field``, in fen or counting units; without a field that many entries.

    ``entity`` is a row of the vocabulary, or ``performances`` with the provision ``of`` and its ``subject``.
    ``fields`` are codes and truths that the condition demands of the row. Dated from ``first`` through ``last``.
    ``also``: other rows that would do as well in the place of the last reference.
    """

    entity: str
    refs: tuple[tuple[str, str], ...]
    field: str
    unit: str
    amount: int
    fields: tuple[tuple[str, str], ...]
    first: int
    last: int
    also: tuple[str, ...] = ()
    of: str = ""
    subject: str = ""

    @property
    def what(self) -> tuple[object, ...]:
        """What is added, whatever the amount and the day."""
        return self.entity, self.refs, self.field, self.fields, self.of, self.subject


Change = tuple[Addition, ...]  # all of them together; none: it is so already
NOTHING: Change = ()


def together(changes: Iterable[Change]) -> Change | None:
    """One change that does what each does: of the same rows the larger amount by the earlier day; None if none can."""
    found: dict[tuple[object, ...], Addition] = {}
    for addition in (addition for change in changes for addition in change):
        known = found.get(addition.what)
        if known is None:
            found[addition.what] = addition
            continue
        first, last = max(known.first, addition.first), min(known.last, addition.last)
        if first > last:
            return None
        found[addition.what] = replace(known, amount=max(known.amount, addition.amount), first=first, last=last)
    return tuple(sorted(found.values(), key=lambda item: tuple(map(str, item.what))))


def every(parts: Iterable[list[Change]]) -> list[Change]:
    """The ways to do all of several things."""
    found: list[Change] = [NOTHING]
    for ways in parts:
        joined = (together(pair) for pair in product(found, ways))
        found = pruned(change for change in joined if change is not None)
    return found


def pruned(changes: Iterable[Change]) -> list[Change]:
    """Without repetition and without those that another does with less; the fewest additions first, at most four."""
    known = list(dict.fromkeys(changes))
    kept = [one for one in known if not any(two != one and _within(two, one) for two in known)]
    return sorted(kept, key=len)[:MOST]


def _within(small: Change, large: Change) -> bool:
    """The smaller change adds nothing that the larger does not, and has at least as long for it."""
    whole = {item.what: item for item in large}
    return all(
        (known := whole.get(item.what)) is not None
        and item.amount <= known.amount
        and item.first <= known.first
        and item.last >= known.last
        for item in small
    )


def carried_out(dossier: Dossier, change: Change, days: Iterable[int]) -> Dossier:
    """The dossier with the additions made, each on its day."""
    rows, acts = dict(dossier.rows), list(dossier.acts)
    for number, (addition, day) in enumerate(zip(change, days, strict=True), 1):
        if addition.entity == PERFORMANCES:
            act = Act(of=addition.of, day=exactly(day), record=PERFORMANCES, subject=addition.subject)
            acts += [act] * addition.amount
            continue
        made = tuple(_rows(dossier, addition, day, f"+{number}"))
        rows[addition.entity] = (*rows.get(addition.entity, ()), *made)
    return replace(dossier, rows=rows, acts=tuple(acts))


def _rows(dossier: Dossier, addition: Addition, day: int, name: str) -> Iterator[Row]:
    refs = {ref: row for ref, id in addition.refs for row in dossier.rows.get(ref, ()) if row.id == id}
    cells = cells_of(addition.fields)
    if addition.field:
        yield row_of(addition.entity, name, {**cells, addition.field: exactly(addition.amount)}, refs, day)
        return
    for number in range(1, addition.amount + 1):
        yield row_of(addition.entity, f"{name}.{number}", cells, refs, day)


def row_of(entity: str, id: str, cells: dict[str, Cell], refs: dict[str, Row], day: int) -> Row:
    """A row of a dated list on a day."""
    governing = BY_NAME[entity].day
    dated: dict[str, Cell] = {} if governing is None else {governing: exactly(day)}
    return Row(entity, id, {**cells, **dated}, refs, exactly(day))


def cells_of(fields: tuple[tuple[str, str], ...]) -> dict[str, Cell]:
    return {name: TRUE if text == "yes" else Code(text) for name, text in fields}
