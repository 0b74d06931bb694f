"""Ways to give a value to an expression: its operations taken backward, down to the facts."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any, Final

from vbprules.calendar import Period, day_of_month, end_of, start_of
from vbprules.engine.terms import term
from vbprules.language.vocabulary import BY_NAME, INSTITUTION, TARGET
from vbprules.program import ir
from vbprules.program.ir import IR
from vbprules.values.figures import COUNT, DATE, DAYS, MONEY, TRUTH, UNITS, show, show_date, whole
from vbprules.values.ranges import FALSE, TRUE, exactly
from vbprules.witness.bench import Bench, Rows, exact, resolved
from vbprules.witness.draft import Draft, Handle, Pinned, is_virtual

Value = int | Fraction
_WHOLE: Final = frozenset({UNITS, COUNT, DATE, DAYS, MONEY})
_FIRST, _LAST = 693_961, 803_897  # days within the years that can be written
_MOST_ROWS: Final = 6
_LONGEST: Final = 400  # days by which a term may run over its count


class Reach(Bench, ABC):
    """``fixed`` yields drafts in which a value should be as wanted; whoever asks evaluates to be sure."""

    @abstractmethod
    def held(self, node: IR, rows: Rows, wanted: bool, draft: Draft) -> Iterator[Draft]:
        """Drafts in which a condition has the wanted truth."""

    def fixed(self, node: IR, rows: Rows, value: Value, draft: Draft) -> Iterator[Draft]:
        if node.unit == DATE and not _FIRST < value < _LAST:
            return
        kind = _FIXED.get(type(node))
        if kind is not None:
            yield from kind(self, node, rows, value, draft)

    # Leaves

    def _const(self, node: ir.Const, rows: Rows, value: Value, draft: Draft) -> Iterator[Draft]:
        if exact(node.value) == value:
            yield draft

    def _as_of(self, node: ir.AsOf, rows: Rows, value: Value, draft: Draft) -> Iterator[Draft]:
        if draft.as_of in (None, value):
            changed = draft.copy()
            changed.as_of = int(value)
            yield changed

    def _fact(self, node: ir.Fact, rows: Rows, value: Value, draft: Draft) -> Iterator[Draft]:
        at = resolved(node.place, rows, draft)
        if at is not None:
            spec = BY_NAME[at.entity].field_map.get(node.name)
            if spec is not None and (node.unit not in _WHOLE or spec.fine or Fraction(value).denominator == 1):
                yield from self.pinned(at, node.name, value, draft)

    def pinned(self, at: Handle, name: str, value: Pinned, draft: Draft) -> Iterator[Draft]:
        """A cell written down; nothing where it says something else already."""
        if is_virtual(at.entity) or (at.entity != INSTITUTION and at not in draft.rows):
            return
        if not isinstance(value, (str, bool)) and value < 0:
            return
        known = draft.cells(at).get(name)
        if known is None:
            changed = draft.copy()
            changed.cells(at)[name] = value
            yield changed
        elif known == value:
            yield draft

    def _period_end(self, node: ir.PeriodEnd, rows: Rows, value: Value, draft: Draft) -> Iterator[Draft]:
        at = resolved(node.place, rows, draft)
        if at is None:
            return
        if at.entity == "agreement":
            yield from self.pinned(at, "end" if node.last else "start", value, draft)
        elif at.entity == TARGET:
            for kind in ("quarter", "year", "month"):
                period = Period.containing(kind, int(value))
                if (period.end if node.last else period.start) == value:
                    changed = draft.copy()
                    changed.rows[at].period = period.label()
                    yield changed

    def _governing_day(self, node: ir.GoverningDay, rows: Rows, value: Value, draft: Draft) -> Iterator[Draft]:
        at = resolved(node.place, rows, draft)
        if at is None:
            return
        name = BY_NAME[at.entity].day
        if name is None:
            yield from self._as_of(ir.AsOf(unit=DATE), rows, value, draft)
        elif name != "period":
            yield from self.pinned(at, name, value, draft)

    def _ref(self, node: ir.Ref, rows: Rows, value: Value, draft: Draft) -> Iterator[Draft]:
        at = resolved(node.place, rows, draft)
        if at is not None:
            yield from self.fixed(self.program.definitions[node.id].body, (at,), value, draft)

    def _other_year(self, node: ir.OtherYear, rows: Rows, value: Value, draft: Draft) -> Iterator[Draft]:
        at = resolved(node.place, rows, draft)
        period = None if at is None else Period.parse(at.id)
        for _ in range(abs(node.offset)):
            period = None if period is None else period.next() if node.offset > 0 else period.previous()
        if period is not None:
            yield from self.fixed(
                self.program.definitions[node.id].body, (Handle("year", period.label()),), value, draft
            )

    def _elsewhere(self, node: ir.Elsewhere, rows: Rows, value: Value, draft: Draft) -> Iterator[Draft]:
        text = {TRUTH: "yes" if value else "no", DATE: show_date(value)}.get(node.unit)
        if text is None:
            text = show(value, node.unit)
            if node.unit == MONEY:
                text += " yuan"
            elif node.unit == UNITS:
                text += " units"
        changed = draft.copy()
        changed.given[(node.name, "")] = text
        yield changed

    def _act_day(self, node: ir.ActDay, rows: Rows, value: Value, draft: Draft) -> Iterator[Draft]:
        at = resolved(node.place, rows, draft)
        if at is None:
            return
        key = (node.record, node.of, "" if at.entity == INSTITUTION else at.id)
        if draft.acts.get(key, value) == value:
            changed = draft.copy()
            changed.acts[key] = int(value)
            yield changed

    # Operations

    def _share(self, node: ir.Share, rows: Rows, value: Value, draft: Draft) -> Iterator[Draft]:
        share = exact(node.share.value)
        if share:
            yield from self.fixed(node.of, rows, whole(Fraction(value) / Fraction(share)), draft)

    def _if(self, node: ir.If, rows: Rows, value: Value, draft: Draft) -> Iterator[Draft]:
        for wanted, part in ((True, node.then), (False, node.otherwise)):
            for changed in self.held(node.condition, rows, wanted, draft):
                yield from self.fixed(part, rows, value, changed)

    def _known_by(self, node: ir.KnownBy, rows: Rows, value: Value, draft: Draft) -> Iterator[Draft]:
        yield from self.fixed(node.first, rows, value, draft)
        yield from self.fixed(node.second, rows, value, draft)

    def _choose(self, node: ir.Choose, rows: Rows, value: Value, draft: Draft) -> Iterator[Draft]:
        yield from self.fixed(self.chosen(node), rows, value, draft)

    def chosen(self, node: ir.Choose) -> IR:
        return next(part for name, part in node.options if name == self.readings[node.reading])

    def _bounded(self, node: ir.Bounded, rows: Rows, value: Value, draft: Draft) -> Iterator[Draft]:
        yield from self.fixed(node.value, rows, value, draft)

    def _arithmetic(self, node: ir.Arithmetic, rows: Rows, value: Value, draft: Draft) -> Iterator[Draft]:
        if node.operation in ("least", "greatest"):
            yield from self._extreme(node, rows, value, draft, 0)
            return
        values = [self.number(part, rows, draft) for part in node.parts]
        if node.operation == "ratio":
            yield from self._ratio(node, rows, value, draft)
            return
        for index, part in enumerate(node.parts):
            others = [number for place, number in enumerate(values) if place != index]
            target = None if None in others else _remaining(node.operation, index, others, value)
            if target is not None:
                yield from self.fixed(part, rows, target, draft)

    def _ratio(self, node: ir.Arithmetic, rows: Rows, value: Value, draft: Draft) -> Iterator[Draft]:
        above, below = node.parts
        ways = [draft]
        if not self.number(below, rows, draft):
            ways = [*self.fixed(below, rows, 100_000 if below.unit != MONEY else 10_000_000, draft)]
        for way in ways:
            base = self.number(below, rows, way)
            if base:
                for number in _whole_around(Fraction(value) * Fraction(base), above.unit):
                    yield from self.fixed(above, rows, number, way)
            number = self.number(above, rows, way)
            if number and value:
                for other in _whole_around(Fraction(number) / Fraction(value), below.unit):
                    yield from self.fixed(below, rows, other, way)

    def _extreme(self, node: ir.Arithmetic, rows: Rows, value: Value, draft: Draft, index: int) -> Iterator[Draft]:
        """Every part to the value or beyond it; one of them at least to the value."""
        if index == len(node.parts):
            yield draft
            return
        part = node.parts[index]
        number = self.number(part, rows, draft)
        beyond = number is not None and (number > value if node.operation == "least" else number < value)
        if beyond and index:
            yield from self._extreme(node, rows, value, draft, index + 1)
        for changed in self.fixed(part, rows, value, draft):
            yield from self._extreme(node, rows, value, changed, index + 1)

    # Days

    def _next_day(self, node: ir.NextDay, rows: Rows, value: Value, draft: Draft) -> Iterator[Draft]:
        yield from self.fixed(node.base, rows, value - node.step, draft)

    def _edge(self, node: ir.Edge, rows: Rows, value: Value, draft: Draft) -> Iterator[Draft]:
        day = int(value)
        for _ in range(3):
            if node.day is not None:
                found = day_of_month(node.day, day)
            else:
                found = (end_of if node.last else start_of)(node.period, day, node.offset)  # type: ignore[arg-type]
            if found == value:
                yield from self.fixed(node.base, rows, day, draft)
                return
            day += int(value) - found

    def _count(self, node: ir.Count, rows: Rows, value: Value, draft: Draft) -> Iterator[Draft]:
        count = exact(self.value(node.count, rows, draft))
        counted = FALSE if node.counted is None else self.value(node.counted, rows, draft)
        if count is None or counted not in (TRUE, FALSE):
            return
        calendar = self.calendar(draft)
        way = -1 if node.forward else 1
        for distance in range(_LONGEST + 2 * int(count)):
            base = int(value) + way * distance
            end, missing = term(calendar, node.by, node.forward, exactly(base), exactly(count), counted)
            if missing is None and end == exactly(value):
                yield from self.fixed(node.base, rows, base, draft)
                return

    def _first_day(self, node: ir.FirstDay, rows: Rows, value: Value, draft: Draft) -> Iterator[Draft]:
        """One entry of the whole on that day."""
        target = self.number(node.reaches, rows, draft)
        for fold, at in self._folds(node.of, rows, draft):
            for changed in self.grown(fold, at, None, draft, int(value)):
                inner = (changed[0], *at)
                if fold.item is not None and target is not None:
                    yield from self.fixed(fold.item, inner, target, changed[1])

    def _folds(self, node: IR, rows: Rows, draft: Draft) -> Iterator[tuple[ir.Fold, Rows]]:
        if isinstance(node, ir.Fold):
            yield node, rows
        elif isinstance(node, ir.Ref):
            at = resolved(node.place, rows, draft)
            if at is not None:
                yield from self._folds(self.program.definitions[node.id].body, (at,), draft)
        elif isinstance(node, ir.Choose):
            yield from self._folds(self.chosen(node), rows, draft)
        else:
            for part in node.children():
                yield from self._folds(part, rows, draft)

    # Lists

    def _fold(self, node: ir.Fold, rows: Rows, value: Value, draft: Draft) -> Iterator[Draft]:
        current = self.number(node, rows, draft)
        if current == value:
            yield draft
            return
        if node.kind == "count":
            yield from self._counted(node, rows, int(value), draft)
            return
        assert node.item is not None
        for at in self.linked(node, rows, draft):
            inner = (at, *rows)
            mine = self.number(node.item, inner, draft) if node.kind == "sum" else None
            inside = node.where is None or self.holds(node.where, inner, draft) is True
            target = value if mine is None or current is None else value - (current - (mine if inside else 0))
            if target >= 0 or node.signed or node.unit == DATE:
                for held in self.counting(node, inner, draft):
                    yield from self.fixed(node.item, inner, target, held)
        rest = value - current if node.kind == "sum" and current is not None else value
        if rest >= 0 or node.signed:
            for at, changed in self.grown(node, rows, None, draft):
                yield from self.fixed(node.item, (at, *rows), rest, changed)

    def _counted(self, node: ir.Fold, rows: Rows, wanted: int, draft: Draft) -> Iterator[Draft]:
        current = self.number(node, rows, draft)
        if current == wanted:
            yield draft
        elif current is None or current < wanted <= _MOST_ROWS:
            for _, changed in self.grown(node, rows, None, draft):
                if (self.number(node, rows, changed) or 0) > (current or 0):
                    yield from self._counted(node, rows, wanted, changed)

    def linked(self, node: ir.Fold, rows: Rows, draft: Draft) -> list[Handle]:
        """The rows of a draft that belong to a fold's row."""
        origin = resolved(node.origin, rows, draft)
        if origin is None or is_virtual(node.child):
            return []
        return [
            at
            for at in draft.of(node.child)
            if all(
                draft.follow(at, own) == (draft.follow(origin, other) if other else origin)
                for own, other in node.link.equal
            )
        ]

    def counting(self, node: ir.Fold, inner: Rows, draft: Draft) -> Iterator[Draft]:
        """Drafts in which a row counts."""
        if node.where is None:
            yield draft
        else:
            yield from self.held(node.where, inner, True, draft)

    def grown(
        self, node: ir.Fold, rows: Rows, item: bool | None, draft: Draft, day: int | None = None
    ) -> Iterator[tuple[Handle, Draft]]:
        """Drafts with one more row that counts: linked, in the window, such that ``where`` holds."""
        origin = resolved(node.origin, rows, draft)
        if origin is None or is_virtual(node.child):
            return
        wanted = {}
        for own, other in node.link.equal:
            end = draft.follow(origin, other) if other else origin
            if end is None or not own:
                return
            wanted[own] = end
        for fresh in (False, True):
            for base in self._placed(node, rows, wanted, fresh, draft, day):
                at, changed = base
                for held in self.counting(node, (at, *rows), changed):
                    if item is None:
                        yield at, held
                    elif node.item is not None:
                        yield from ((at, last) for last in self.held(node.item, (at, *rows), item, held))

    def _placed(
        self, node: ir.Fold, rows: Rows, wanted: dict[Any, Handle], fresh: bool, draft: Draft, day: int | None
    ) -> Iterator[tuple[Handle, Draft]]:
        """A new row, on a day inside the window; of a target every kind of period around it."""
        start = None if node.start is None else self.number(node.start, rows, draft)
        end = None if node.end is None else self.number(node.end, rows, draft)
        when = draft.day if day is None else day
        when = max(when, start) if start is not None else when
        when = min(when, end) if end is not None else when
        changed = draft.copy()
        at = changed.added(node.child, wanted, fresh)
        name = BY_NAME[node.child].day
        if node.child == TARGET:
            origin = resolved(node.origin, rows, draft)
            if node.link.same_period and origin is not None:
                changed.rows[at].period = origin.id if is_virtual(origin.entity) else draft.rows[origin].period
                yield at, changed
                return
            for kind in ("quarter", "year", "month"):
                period = Period.containing(kind, int(when))
                other = changed.copy()
                other.rows[at].period = period.label()
                yield at, other
            return
        if name is not None and name in BY_NAME[node.child].field_map and (node.start or node.end or day is not None):
            changed.rows[at].cells[name] = int(when)
        yield at, changed


def _remaining(operation: str, index: int, others: list[Value], value: Value) -> Value | None:
    if operation == "plus":
        return value - sum(others)
    if operation == "difference":
        return value + others[0] if index == 0 else others[0] - value
    product: Value = 1
    for other in others:
        product *= other
    return whole(Fraction(value) / Fraction(product)) if operation == "product" and product else None


def _whole_around(value: Fraction, unit: str) -> list[Value]:
    if value.denominator == 1 or unit not in _WHOLE:
        return [whole(value)]
    return [value.numerator // value.denominator, value.numerator // value.denominator + 1]


_FIXED: Final[dict[type[IR], Callable[[Reach, Any, Rows, Value, Draft], Iterator[Draft]]]] = {
    ir.Const: Reach._const,
    ir.AsOf: Reach._as_of,
    ir.Fact: Reach._fact,
    ir.PeriodEnd: Reach._period_end,
    ir.GoverningDay: Reach._governing_day,
    ir.Ref: Reach._ref,
    ir.OtherYear: Reach._other_year,
    ir.Elsewhere: Reach._elsewhere,
    ir.ActDay: Reach._act_day,
    ir.Share: Reach._share,
    ir.If: Reach._if,
    ir.KnownBy: Reach._known_by,
    ir.Choose: Reach._choose,
    ir.Bounded: Reach._bounded,
    ir.Arithmetic: Reach._arithmetic,
    ir.NextDay: Reach._next_day,
    ir.Edge: Reach._edge,
    ir.Count: Reach._count,
    ir.FirstDay: Reach._first_day,
    ir.Fold: Reach._fold,
}
