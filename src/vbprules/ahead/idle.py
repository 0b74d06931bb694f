"""A dossier with nothing more happening: what is known on the day, held still until a later day.

Lists that are complete on the day stay complete, since nothing more happens; lists that are not stay open, so that what
would come of them stays open as well. Determinations are never added to: a question not answered stays open.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from vbprules.engine.outcomes import Judged
from vbprules.facts.rows import Act, Dossier, Row
from vbprules.language.vocabulary import ACTS, BY_NAME, PERFORMANCES, ROW_LISTS, is_dated
from vbprules.values.forks import leaves
from vbprules.values.ranges import Infinity, Range

FARTHEST: Final = 366  # days: as far as a look ahead goes of itself
_NOTHING_IN_SIGHT: Final = 92
_AHEAD: Final = ("due", "not_before", "from", "until")


@dataclass(frozen=True, slots=True)
class Idle:
    """``open_lists`` are those that are not complete on the day; ``left_out`` counts entries dated after it."""

    dossier: Dossier
    open_lists: tuple[str, ...]
    left_out: int


def idle(facts: Dossier, day: int, until: int) -> Idle:
    """What ``facts`` say at the close of ``day``, and nothing more through ``until``."""
    rows = {name: _by(name, found, day) for name, found in facts.rows.items()}
    acts = tuple(_as_of(act, day) for act in facts.acts if act.day.lo <= day)
    answers = tuple(item for item in facts.determinations if item.day.lo <= day)
    complete = {
        name: through if isinstance(through, Infinity) or through < day else max(through, until)
        for name, through in facts.complete.items()
    }
    dropped = sum(len(found) - len(rows[name]) for name, found in facts.rows.items())
    dropped += len(facts.acts) - len(acts) + len(facts.determinations) - len(answers)
    known = (*ROW_LISTS, ACTS, PERFORMANCES)
    stands = replace(facts, rows=rows, acts=acts, determinations=answers, complete=complete)
    return Idle(stands, tuple(name for name in known if facts.complete_through(name) < day), dropped)


def _by(entity: str, rows: tuple[Row, ...], day: int) -> tuple[Row, ...]:
    if not is_dated(entity) or BY_NAME[entity].announced:  # what is announced does not "happen"
        return rows
    return tuple(row for row in rows if row.day is None or row.day.lo <= day)


def _as_of(act: Act, day: int) -> Act:
    later = act.lifted_on is not None and act.lifted_on.lo > day
    return replace(act, lifted_on=None) if later else act


def horizon(judged: Iterable[Judged], day: int) -> int:
    """The day after the last deadline or end of a period in sight, within about a year; a quarter if there is none."""
    seen = {end for item in judged for end in _dates(item) if day < end <= day + FARTHEST}
    return max(seen) + 1 if seen else day + _NOTHING_IN_SIGHT


def _dates(item: Judged) -> Iterable[int]:
    values = [value for name, value in item.attributes.items() if name in _AHEAD]
    ends = [leaf for value in values for _, leaf in leaves(value) if isinstance(leaf, Range)]
    if item.row.span is not None and BY_NAME[item.row.entity].period:
        ends.append(item.row.span[1])
    for found in ends:
        if found.exact and not isinstance(found.lo, Infinity):
            yield int(found.lo)
