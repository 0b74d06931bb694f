"""Where a dossier does not add to another but corrects it.

A dossier stands for the complete records that it does not exclude. It adds to another if it excludes more: then nothing
that was settled changes. Whatever admits a record that the other had excluded is a correction, and is named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from typing import Final

from vbprules.decision.model import Decision
from vbprules.decision.words import CONTRADICTION
from vbprules.facts.rows import Act, Cell, Dossier, Given, Row
from vbprules.language.vocabulary import BY_NAME, ENTITIES, TARGET
from vbprules.program.ir import Program
from vbprules.values.figures import DATE, show_range
from vbprules.values.ranges import NEG, Number, Range
from vbprules.whatif.model import Corrected

_REFERRED: Final = frozenset(ref for entity in ENTITIES for ref in entity.refs)


def corrections(before: Dossier, after: Dossier, as_of: int, program: Program) -> tuple[Corrected, ...]:
    """What of the second dossier contradicts the first, as it stood on the as-of date, in the order of the lists."""
    named = {norm.entity for norm in program.norms} | {question.per for question in program.policy.questions.values()}
    return tuple(_Difference(before, after, as_of).all(named | _REFERRED))


def contradictions(before: Decision, after: Decision) -> tuple[Corrected, ...]:
    """Records of one figure that differ in the second decision and did not in the first."""
    known = {note.zh for note in before.notes}
    new = [note.zh for note in after.notes if note.zh.startswith(CONTRADICTION[0]) and note.zh not in known]
    return tuple(Corrected("records_differ", text.removeprefix(CONTRADICTION[0]), None, None) for text in new)


class _Difference:
    def __init__(self, before: Dossier, after: Dossier, as_of: int) -> None:
        self.before, self.after, self.as_of = before, after, as_of

    def all(self, named: Collection[str]) -> Iterator[Corrected]:
        """``named``: entities whose rows something refers to by their id; others are told by what they say."""
        yield from self._completeness()
        yield from self._cells("institution", self.before.institution, self.after.institution)
        for entity in dict.fromkeys((*self.before.rows, *self.after.rows)):
            yield from self._rows(entity, entity in named)
        yield from self._acts()
        yield from self._answers()
        yield from self._given()

    def _completeness(self) -> Iterator[Corrected]:
        for name, through in self.before.complete.items():
            now = self.after.complete_through(name)
            if min(now, self.as_of) < min(through, self.as_of):
                told = (show_range(Range(day, day), DATE) if day != NEG else None for day in (through, now))
                yield Corrected("completeness", name, *told)

    # Rows

    def _rows(self, entity: str, named: bool) -> Iterator[Corrected]:
        name = BY_NAME[entity].list_name
        first = {row.id: row for row in self.before.rows.get(entity, ())}
        second = {row.id: row for row in self.after.rows.get(entity, ())}
        if not named:
            same = Counter(map(_content, first.values())) & Counter(map(_content, second.values()))
            first, second = _less(first, same), _less(second, same)
        for id, row in first.items():
            if id in second:
                yield from self._cells(f"{name} {id}", row, second[id])
            else:
                yield Corrected("removed", f"{name} {id}", None, None)
        for id, row in second.items():
            if id not in first and self._inside(name, row.day):
                yield Corrected("added_inside", f"{name} {id}", None, None)

    def _inside(self, list_name: str, day: Range | None) -> bool:
        """Whether an entry may lie where the list was said to be complete."""
        through: Number = min(self.before.complete_through(list_name), self.as_of)
        if list_name not in self.before.complete:
            return False
        return day is None or day.lo <= through

    def _cells(self, where: str, one: Row, two: Row) -> Iterator[Corrected]:
        for name, cell in one.cells.items():
            now = two.cells.get(name)
            if not _narrower(now, cell):
                yield Corrected("changed", f"{where}.{name}", _shown(cell, one, name), _shown(now, one, name))
        for name, ref in one.refs.items():
            other = two.refs.get(name)
            if other is None or other.id != ref.id:
                yield Corrected("changed", f"{where}.{name}", ref.id, None if other is None else other.id)
        if one.entity == TARGET and two.span != one.span:  # other spans are made of cells
            yield Corrected("changed", f"{where}.period", None, None)

    # Statements

    def _acts(self) -> Iterator[Corrected]:
        same = Counter(self.before.acts) & Counter(self.after.acts)
        new = list((Counter(self.after.acts) - same).elements())
        for act in (Counter(self.before.acts) - same).elements():
            told = next((item for item in new if _more_exact(item, act)), None)
            if told is None:
                yield Corrected("removed", _act(act), show_range(act.day, DATE), None)
            else:
                new.remove(told)
        for act in new:
            if self._inside(act.record, act.day):
                yield Corrected("added_inside", _act(act), None, show_range(act.day, DATE))

    def _answers(self) -> Iterator[Corrected]:
        known = {(item.question, item.subject): item.answer for item in self.before.determinations}
        told: dict[tuple[str, str], bool] = {}
        for item in self.after.determinations:
            told[(item.question, item.subject)] = item.answer
            key = (item.question, item.subject)
            if item not in self.before.determinations and known.get(key, item.answer) != item.answer:
                yield Corrected("answer", " ".join(key).strip(), _answer(known[key]), _answer(item.answer))
        for item in self.before.determinations:
            if item not in self.after.determinations:
                key = (item.question, item.subject)
                if key not in told:
                    yield Corrected("answer", " ".join(key).strip(), _answer(item.answer), None)

    def _given(self) -> Iterator[Corrected]:
        known = {item.name: item for item in self.before.given}
        for item in self.before.given:
            if item not in self.after.given:
                yield Corrected("removed", f"given {_slot(item)}", item.value, None)
        for item in self.after.given:
            if item not in self.before.given and item.name in known and known[item.name].value != item.value:
                yield Corrected("changed", f"given {_slot(item)}", known[item.name].value, item.value)


def _narrower(now: Cell | None, cell: Cell) -> bool:
    """Whether a cell allows no more than another did."""
    if isinstance(cell, Range):
        return isinstance(now, Range) and cell.lo <= now.lo and now.hi <= cell.hi
    return cell.text is None or now == cell


def _more_exact(now: Act, act: Act) -> bool:
    """Whether an entry may be the same act with more said of it: its subject, by whom, a narrower day."""
    named = all(old in ("", new) for old, new in ((act.subject, now.subject), (act.by, now.by)))
    lifted = act.lifted_on is None or _narrower(now.lifted_on, act.lifted_on)
    return (now.of, now.record) == (act.of, act.record) and named and lifted and _narrower(now.day, act.day)


def _content(row: Row) -> tuple[object, ...]:
    """What a row says, whatever its id."""
    return (frozenset(row.cells.items()), frozenset((name, ref.id) for name, ref in row.refs.items()), row.span)


def _less(rows: dict[str, Row], same: Counter[tuple[object, ...]]) -> dict[str, Row]:
    """The rows without those that both sides have."""
    left, kept = Counter(same), {}
    for id, row in rows.items():
        content = _content(row)
        if left[content] > 0:
            left[content] -= 1
        else:
            kept[id] = row
    return kept


def _shown(cell: Cell | None, row: Row, name: str) -> str | None:
    if cell is None:
        return None
    if not isinstance(cell, Range):
        return cell.text
    found = BY_NAME[row.entity].field_map.get(name)
    return show_range(cell, found.unit if found is not None else "number")


def _act(act: Act) -> str:
    return f"{act.record} {act.of} {act.subject}".rstrip()


def _slot(item: Given) -> str:
    return f"{item.name} {item.subject}".rstrip()


def _answer(answer: bool) -> str:
    return "yes" if answer else "no"
