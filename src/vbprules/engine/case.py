"""One evaluation: a program, a dossier, an as-of date, the readings fixed by the caller; and the rows it judges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from vbprules.calendar import Period, Unit, WorkCalendar
from vbprules.facts.given import given_value
from vbprules.facts.rows import Determination, Dossier, Row
from vbprules.language.vocabulary import BY_NAME, INSTITUTION, MONTH, PERIOD_ENTITIES, TARGET, YEAR, is_dated
from vbprules.program.ir import Link, Program
from vbprules.values.figures import DATE
from vbprules.values.ranges import Infinity, Number, Range, exactly

# The rows of a list that surely refer to some rows, by these; and those of which that is not recorded.
_Index = tuple[dict[tuple[int, ...], list[tuple[Row, bool]]], list[Row]]
_MOST_PERIODS = 400  # beyond this a period list is a mistake in the facts, not a history


@dataclass(slots=True, eq=False)
class Case:
    """What every engine reads. Nothing in it changes once built, but for its caches."""

    program: Program
    dossier: Dossier
    as_of: int
    calendar: WorkCalendar
    fixed: Mapping[str, str]
    _periods: dict[str, tuple[Row, ...]] = field(default_factory=dict)
    _visible: dict[str, tuple[Row, ...]] = field(default_factory=dict)
    _days: dict[tuple[str, ...], tuple[int, ...]] = field(default_factory=dict)
    _index: dict[tuple[str, tuple[tuple[str, ...], ...]], _Index] = field(default_factory=dict)

    def complete_through(self, entity: str) -> Number:
        """The day through which a list is complete, at most the as-of date. Months and quarters follow the targets."""
        if entity == YEAR:
            return self.as_of
        return self.through(BY_NAME[TARGET if entity in PERIOD_ENTITIES else entity].list_name)

    def days(self, entities: tuple[str, ...]) -> tuple[int, ...]:
        """Every day, up to the as-of date, on which a recorded row of these lists begins or ends, in order."""
        if entities not in self._days:
            found = {day for name in entities for row in self.rows(name) if row.day is not None for day in row.day}
            self._days[entities] = tuple(
                sorted(int(d) for d in found if not isinstance(d, Infinity) and d <= self.as_of)
            )
        return self._days[entities]

    def through(self, list_name: str) -> Number:
        stated = self.dossier.complete_through(list_name)
        return min(stated, self.as_of)

    def answers(self, question: str, subject: str) -> list[Determination]:
        """The determinations on a question about a subject that count by the as-of date, the one that stands last.

        They are those of the deciders that the policy names, and the caller's assumptions; others do not settle it.
        """
        policy = self.program.policy
        asked = policy.questions.get(question)
        deciders = {"assumption"}
        for name in asked.by if asked is not None else ():
            deciders |= {name, policy.parties[name].label.zh} if name in policy.parties else {name}
        found = [
            item
            for item in self.dossier.determinations
            if (item.question, item.subject) == (question, subject)
            and (asked is None or item.by in deciders)
            and item.day.hi <= self.as_of
        ]
        return sorted(found, key=lambda item: (item.day.hi, item.replaces))

    def rows(self, entity: str) -> tuple[Row, ...]:
        """Every recorded row of an entity; for periods, those in which something is recorded (years: all in force)."""
        if entity == INSTITUTION:
            return (self.dossier.institution,)
        if entity in PERIOD_ENTITIES:
            known = self._periods.get(entity)  # rows are told apart by identity: whoever is first, whatever the thread
            return self._periods.setdefault(entity, tuple(self._period_rows(entity))) if known is None else known
        if entity not in self._visible:
            rows = self.dossier.rows.get(entity, ())
            if is_dated(entity):
                rows = tuple(row for row in rows if row.day is None or row.day.lo <= self.as_of)
            self._visible[entity] = rows
        return self._visible[entity]

    def _period_rows(self, entity: str) -> Iterable[Row]:
        found: set[Period] = set()
        if entity == YEAR:
            start = self.issued()
            earliest = [row.day.lo for row in self.rows("prepayment") if row.day is not None]
            days = [day for day in (start, *earliest) if isinstance(day, int)] or [self.as_of]
            period = Period.containing("year", min(days) if start is None else start)
            while period.start <= self.as_of and len(found) < _MOST_PERIODS:
                found.add(period)
                period = period.next()
        else:
            kind: Unit = "month" if entity == MONTH else "quarter"
            for row in self.dossier.rows.get(TARGET, ()):
                if row.span is not None and (span := _exact_span(row)) is not None:
                    period = Period.containing(kind, span[0])
                    if (period.start, period.end) == span:
                        found.add(period)
            for name in ("purchase", "use"):
                for row in self.rows(name):
                    if row.day is not None and isinstance(row.day.lo, int) and isinstance(row.day.hi, int):
                        period = Period.containing(kind, row.day.lo)
                        if row.day.hi <= period.end and len(found) < _MOST_PERIODS:
                            found.add(period)
        for period in sorted(found):
            if period.start <= self.as_of:
                yield period_row(entity, period)

    def issued(self) -> int | None:
        """The day of issue, by the document or by a source that the dossier names."""
        if self.program.issued is not None:
            return self.program.issued
        for item in self.dossier.given:
            day = given_value(item.value, DATE) if item.name == "document.issued" else None
            if isinstance(day, Range) and isinstance(day.lo, int):
                return day.lo
        return None

    def linked(self, link: Link, child: str, origin: Row) -> Iterable[tuple[Row, bool]]:
        """The child rows that belong to ``origin``, and whether surely (a reference may not be recorded)."""
        rows = self.rows(child)
        if link.same_period:
            span = _exact_span(origin)
            rows = tuple(row for row in rows if _exact_span(row) == span)
            if not link.equal:
                return [(row, True) for row in rows]
            return [(row, sure) for row in rows if (sure := _matches(link, row, origin)) is not None]
        if not link.equal:
            return [(row, True) for row in rows]
        index, loose = self._indexed(link, child)
        wanted = [origin.follow(path) for _, path in link.equal]
        if None in wanted:
            return [(row, sure) for row in rows if (sure := _matches(link, row, origin)) is not None]
        known = index.get(tuple(map(id, wanted)), [])
        return known + [(row, False) for row in loose if _matches(link, row, origin) is not None] if loose else known

    def _indexed(self, link: Link, child: str) -> _Index:
        paths = tuple(own for own, _ in link.equal)
        found = self._index.get((child, paths))
        if found is None:
            index: dict[tuple[int, ...], list[tuple[Row, bool]]] = {}
            loose: list[Row] = []
            for row in self.rows(child):
                ends = [row.follow(path) for path in paths]
                if None in ends:
                    loose.append(row)
                else:
                    index.setdefault(tuple(map(id, ends)), []).append((row, True))
            found = self._index[(child, paths)] = (index, loose)
        return found

    def year_row(self, row: Row, offset: int) -> Row | None:
        """The row of another year."""
        span = _exact_span(row)
        if span is None:
            return None
        period = Period.containing("year", span[0])
        for _ in range(abs(offset)):
            period = period.next() if offset > 0 else period.previous()
        return next((known for known in self.rows(YEAR) if _exact_span(known) == (period.start, period.end)), None) or (
            period_row(YEAR, period)
        )


def _matches(link: Link, child: Row, origin: Row) -> bool | None:
    """True, False for "perhaps" (a reference is missing), None for no."""
    sure = True
    for own, other in link.equal:
        a, b = child.follow(own), origin.follow(other)
        if a is None or b is None:
            sure = False
        elif a is not b:
            return None
    return sure


def period_row(entity: str, period: Period) -> Row:
    cells: dict[str, Any] = {}
    if entity == YEAR:
        cells["year_number"] = exactly(int(period.label()))
    span = (exactly(period.start), exactly(period.end))
    return Row(entity, period.label(), cells, {}, span[1], span, period.label())


def _exact_span(row: Row) -> tuple[int, int] | None:
    if row.span is None or not row.span[0].exact or not row.span[1].exact:
        return None
    start, end = row.span[0].lo, row.span[1].lo
    return None if isinstance(start, Infinity) or isinstance(end, Infinity) else (int(start), int(end))


def subject_of(row: Row) -> str:
    """How acts, determinations and outcomes name a row; empty for the institution."""
    return "" if row.entity == INSTITUTION else row.id


def scope_key(row: Row) -> str:
    return f"{row.entity}:{row.id}"
