"""The search for a dossier that meets goals: which row is judged, on which day, under which readings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import islice, product
from typing import Any, Final

from vbprules.calendar import Period
from vbprules.language.vocabulary import INSTITUTION, MONTH, QUARTER, TARGET
from vbprules.program import ir
from vbprules.program.ir import Program
from vbprules.values.figures import DATE
from vbprules.witness.bench import Spent, exact
from vbprules.witness.draft import Draft, Handle, is_virtual
from vbprules.witness.solve import Goal, Solver

EFFORT: Final = 1500  # evaluations of one search
_MOST_ASSIGNMENTS: Final = 8
_UNKNOWN_START: Final = 737_425  # 2020-01-01
_YEAR: Final = 366


def assignments(program: Program, names: Sequence[str], fixed: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Every reading with one option, the preferred or first ones before the others; the caller's are kept."""
    readings = program.policy.readings
    base = {name: item.preferred or next(iter(item.options)) for name, item in readings.items()} | dict(fixed)
    free = [name for name in names if name in readings and name not in fixed]
    choices = [sorted(readings[name].options, key=lambda option, n=name: option != base[n]) for name in free]  # type: ignore[misc]
    for options in islice(product(*reversed(choices)), _MOST_ASSIGNMENTS):
        yield base | dict(zip(reversed(free), options, strict=True))


def drafts(
    program: Program,
    entity: str,
    goals: Sequence[Goal],
    fixed: Mapping[str, str],
    effort: int = EFFORT,
    since: int = 0,
) -> Iterator[tuple[Draft, Handle, dict[str, str]]]:
    """Drafts in which every goal is met on a row of an entity, with that row and the readings that it was met under.

    ``since``: ordinary days lie after this one, as after the day of issue.
    """
    names = sorted(frozenset().union(*(node.readings for node, _ in goals)))
    tries = list(assignments(program, names, fixed))
    for readings in tries:
        solver = Solver(program, readings, effort // len(tries) + effort // 4)
        try:
            for start in _starts(program, entity, since):
                for found in solver.all_held(goals, (start[1],), start[0]):
                    yield found, start[1], readings
        except (Spent, RecursionError):
            continue


def _starts(program: Program, entity: str, since: int) -> Iterator[tuple[Draft, Handle]]:
    """A dossier with one row of an entity and what that refers to."""
    first = max(first_day(program), since)
    for later in (0, _YEAR):
        day = Period.containing("quarter", first + 31 + later).next().start + 14
        draft = Draft(day, day + (_YEAR if since else 2 * _YEAR))
        if program.issued is None:
            draft.given["document.issued", ""] = Period.containing("day", first).label()
        if entity == INSTITUTION:
            yield draft, Handle(INSTITUTION, INSTITUTION)
        elif is_virtual(entity):
            yield from _of_periods(entity, draft, (day, first) if not later else (day,))
        elif entity == TARGET:
            at = draft.added(TARGET, {})
            for kind in ("quarter", "year", "month"):
                other = draft.copy()
                other.rows[at].period = Period.containing(kind, day).label()
                yield other, at
        else:
            yield draft, draft.added(entity, {})


def _of_periods(entity: str, draft: Draft, days: Sequence[int]) -> Iterator[tuple[Draft, Handle]]:
    kind: Any = entity
    for label in dict.fromkeys(Period.containing(kind, day).label() for day in days):
        other = draft.copy()
        if entity in (MONTH, QUARTER):
            other.rows[other.added(TARGET, {})].period = label
        yield other, Handle(entity, label)


def first_day(program: Program) -> int:
    """The first day on which the document surely binds, where the text gives one."""
    days = [exact(node.value) for node in _consts(program.start)]
    known = [int(day) for day in (*days, program.issued) if day is not None]
    return max(known, default=_UNKNOWN_START)


def _consts(node: ir.IR | None) -> list[ir.Const]:
    return [] if node is None else [part for part in ir.walk(node) if isinstance(part, ir.Const) and part.unit == DATE]


def shrunk(
    dossier: Mapping[str, Any],
    keeps: Callable[[dict[str, Any]], bool],
    pinned: Collection[tuple[str | int, ...]] = frozenset(),
) -> dict[str, Any]:
    """The dossier without whatever can be left out while ``keeps`` still holds: lists, rows, cells; pins stay."""
    kept: dict[str, Any] = _copied(dossier)
    needed = {path[:length] for path in pinned for length in range(1, len(path) + 1)}
    for path in sorted(_paths(kept), key=len):
        if path in needed:
            continue
        smaller = _without(kept, path)
        if smaller is not None and keeps(smaller):
            kept = smaller
    return _tidy(kept, keeps)


def _tidy(kept: dict[str, Any], keeps: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """A list that need not be complete is a plain list; nothing empty is left."""
    for name, value in list(kept.items()):
        if isinstance(value, dict) and "entries" in value:
            plain = {**kept, name: [row for row in value["entries"] if row is not None]}
            if not plain[name]:
                plain[name] = "none"
            if keeps(plain):
                kept = plain
            else:
                kept = {**kept, name: {**value, "entries": [row for row in value["entries"] if row is not None]}}
        elif isinstance(value, list):
            kept = {**kept, name: [row for row in value if row is not None]}
    return {name: value for name, value in kept.items() if value not in ([], {})}


def _paths(dossier: Mapping[str, Any]) -> Iterator[tuple[str | int, ...]]:
    for name, value in dossier.items():
        yield (name,)
        rows = value.get("entries") if isinstance(value, dict) and "entries" in value else value
        step: tuple[str | int, ...] = (name, "entries") if rows is not value else (name,)
        if isinstance(rows, list):
            for number, row in enumerate(rows):
                yield (*step, number)
                yield from ((*step, number, key) for key in row if key not in ("id", "period"))
        elif isinstance(rows, dict):
            yield from ((*step, key) for key in rows)


def _without(dossier: dict[str, Any], path: tuple[str | int, ...]) -> dict[str, Any] | None:
    changed: dict[str, Any] = _copied(dossier)
    at: Any = changed
    for step in path[:-1]:
        at = at[int(step)] if isinstance(at, list) else at.get(step) if isinstance(at, dict) else None
        if at is None:
            return None
    last = path[-1]
    if isinstance(at, list):
        at[int(last)] = None
        at[:] = at  # positions stay, so that later paths still fit
    elif isinstance(at, dict) and last in at:
        del at[last]
    else:
        return None
    return changed


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    return [_copied(item) for item in value] if isinstance(value, list) else value


def present(dossier: Mapping[str, Any]) -> dict[str, Any]:
    """A dossier without the gaps that rows left out leave behind."""
    found: dict[str, Any] = {}
    for name, value in dossier.items():
        if isinstance(value, dict) and "entries" in value:
            found[name] = {**value, "entries": [row for row in value["entries"] if row is not None] or "none"}
        else:
            found[name] = [row for row in value if row is not None] if isinstance(value, list) else value
    return found
