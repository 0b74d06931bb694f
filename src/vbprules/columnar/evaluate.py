"""The interpreter on columns: the same nodes with the same results, for all rows of a frame at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any, Final

import polars as pl

from vbprules.calendar import WorkCalendar, day_of_month, end_of, far, start_of
from vbprules.columnar import ends as e
from vbprules.columnar import leaves
from vbprules.columnar.ends import BEFORE, End
from vbprules.columnar.frames import Frame, base_frame
from vbprules.columnar.lists import ColumnLists
from vbprules.columnar.records import act_days, answered, given_values
from vbprules.columnar.rowwise import rowwise
from vbprules.columnar.store import Store
from vbprules.engine.terms import term
from vbprules.facts.rows import concerns
from vbprules.language.vocabulary import BY_NAME, INSTITUTION, YEAR
from vbprules.program import ir
from vbprules.program.ir import IR, Place, Program
from vbprules.values.figures import DATE, DAYS
from vbprules.values.forks import fork, lift
from vbprules.values.ranges import FALSE, TRUE, Infinity, Number, Range


class Columns(ColumnLists):
    """Evaluates nodes of a program on frames of one store.

    ``suspect``: per institution, whether its facts contradict each other; the interpreter says how.
    """

    def __init__(
        self, program: Program, store: Store, as_of: int, calendar: WorkCalendar, fixed: Mapping[str, str]
    ) -> None:
        super().__init__(program, store, as_of, dict(fixed))
        self.calendar = calendar
        self._bases: dict[str, Frame] = {}

    def base(self, entity: str) -> Frame:
        """The frame of every row of an entity."""
        if entity not in self._bases:
            self._bases[entity] = base_frame(self.store, entity)
        return self._bases[entity]

    def value(self, node: IR, frame: Frame) -> Any:
        """The value of a node for every row of a frame. What costs work is kept in the frame."""
        evaluate = _EVALUATE[type(node)]
        if self.running is not None or type(node) not in _KEPT:
            return evaluate(self, node, frame)
        key = (node, self.is_so_far, self.chosen)
        if key not in frame.memo:
            frame.memo[key] = frame.kept(evaluate(self, node, frame))
        return frame.memo[key]

    # Leaves

    def _const(self, node: ir.Const, frame: Frame) -> Any:
        return leaves.constant(node.value, node.unit)

    def _as_of(self, node: ir.AsOf, frame: Frame) -> Any:
        return leaves.constant(Range(self.as_of, self.as_of), DATE)

    def _fact(self, node: ir.Fact, frame: Frame) -> Any:
        entity = BY_NAME[node.place.entity]
        if node.name not in entity.field_map:
            return leaves.unknown(node.unit)
        found = frame.fact(node.place, node.name, node.unit)
        if node.unit == DAYS and isinstance(found, leaves.Span) and found.lo.nullable:
            return replace(found, lo=replace(found.lo, number=found.lo.number.fill_null(0), nullable=False))
        return found

    def _period_end(self, node: ir.PeriodEnd, frame: Frame) -> Any:
        return frame.fact(node.place, ":end" if node.last else ":start", DATE)

    def _governing_day(self, node: ir.GoverningDay, frame: Frame) -> Any:
        if node.by is not None:
            return self.value(node.by, frame)
        entity = BY_NAME[node.place.entity]
        if entity.name == "agreement_line":
            hops = (*node.place.hops, "agreement")
            return frame.fact(Place("agreement", node.place.scope, hops), ":start", DATE)
        if entity.day is None and not entity.period:
            today = leaves.constant(Range(self.as_of, self.as_of), DATE)
            return frame.only_where(node.place, today, DATE)
        return frame.fact(node.place, ":end" if entity.day is None else ":day", DATE)

    def _ref(self, node: ir.Ref, frame: Frame) -> Any:
        return self.defined(node.id, node.place, frame, node.unit)

    def frame_of(self, place: Place, frame: Frame) -> Frame:
        """The frame on which a term of the rows at a place is worked out: this one, or every row of their entity."""
        own = place.entity != INSTITUTION and not place.hops and place.scope == 0 and len(frame.scopes) == 1
        return frame if own else self.base(place.entity)

    def defined(self, key: str, place: Place, frame: Frame, unit: str) -> Any:
        """A named quantity or term, of the rows at a place."""
        body, base = self.program.definitions[key].body, self.frame_of(place, frame)
        if base is frame:
            return self._body(body, frame)
        position = frame.position(place)
        if self.running is None:
            return frame.pulled(self._body(body, base), base.table, position, unit)
        # A running total is asked for as of a day of this frame's rows, so it is worked out here.
        there = ("there", place.entity, position)
        if there not in frame.memo:
            frame.memo[there] = Frame(self.store, [(place.entity, position)], frame.table)
        inner = frame.memo[there]
        inner.table = frame.table
        found = inner.kept(self.value(body, inner))
        frame.table = inner.table
        return frame.only_where(place, found, unit)

    def _body(self, body: IR, base: Frame) -> Any:
        if self.running is not None:
            return self.value(body, base)
        key = (body, self.is_so_far, self.chosen)
        if key not in base.memo:
            found = self.value(body, base)
            base.memo[key] = found if _is_light(body) else base.kept(found)
        return base.memo[key]

    @cached_property
    def _acted(self) -> set[tuple[str, str]]:
        """The lists of acts and the provisions that occur in them."""
        return set(self.store.acts.select("record", "of").unique().iter_rows())

    def acts_of(self, record: str, of: str) -> pl.DataFrame | None:
        """The acts of a list that concern a provision; None where nobody has one."""
        names = [name for kind, name in self._acted if kind == record and concerns(name, of)]
        return self.store.acts.filter(pl.col("record") == record, pl.col("of").is_in(names)) if names else None

    def _act_day(self, node: ir.ActDay, frame: Frame) -> Any:
        key = ("act day", node.record, node.of, node.place)
        if key not in frame.memo:
            through = self.through(node.record, frame)
            found = act_days(self.store, self.acts_of(node.record, node.of), frame, node, through)
            frame.memo[key] = frame.kept(found)
        return frame.memo[key]

    def _judge(self, node: ir.Judge, frame: Frame) -> Any:
        subject = "" if node.place.entity == INSTITUTION else None
        return answered(self.store, frame, node.question, node.place, subject)

    def _elsewhere(self, node: ir.Elsewhere, frame: Frame) -> Any:
        return given_values(self.store, frame, node)

    # Operations

    def _arithmetic(self, node: ir.Arithmetic, frame: Frame) -> Any:
        operation = _ARITHMETIC[node.operation]
        result = self.value(node.parts[0], frame)
        for part in node.parts[1:]:
            result = lift(operation, result, self.value(part, frame))
        return result

    def _share(self, node: ir.Share, frame: Frame) -> Any:
        share = leaves.constant(node.share.value, node.share.unit)
        return lift(lambda base: leaves.multiply(share, base), self.value(node.of, frame))

    def _if(self, node: ir.If, frame: Frame) -> Any:
        condition = self.value(node.condition, frame)
        return lift(leaves.choose, condition, self.value(node.then, frame), self.value(node.otherwise, frame))

    def _known_by(self, node: ir.KnownBy, frame: Frame) -> Any:
        return lift(
            lambda a, b: leaves.known_by(a, b)[0], self.value(node.first, frame), self.value(node.second, frame)
        )

    def _choice(self, node: ir.Choose, frame: Frame) -> Any:
        chosen = self.fixed.get(node.reading)
        if chosen is not None:
            return self.value(next(part for name, part in node.options if name == chosen), frame)
        return fork(node.reading, [(name, self.value(part, frame)) for name, part in node.options])

    def _bounded(self, node: ir.Bounded, frame: Frame) -> Any:
        never, always = pl.lit(False), pl.lit(True)
        if node.bound != "between":
            return lift(lambda value: leaves.Bound(node.bound, value, never), self.value(node.value, frame))
        if isinstance(node.value, ir.Share):
            share = leaves.constant(node.value.share.value, node.value.share.unit)

            def shared(base: leaves.Span) -> leaves.Bound:
                settled = always if base.exact and not base.lo.nullable else e.less(base.hi, base.lo, False)
                return leaves.Bound("between", leaves.multiply(share, base), settled.fill_null(False))

            return lift(shared, self.value(node.value.of, frame))
        legal = always if isinstance(node.value, ir.Const) else never
        return lift(lambda value: leaves.Bound("between", value, legal), self.value(node.value, frame))

    # Truths

    def _compare(self, node: ir.Compare, frame: Frame) -> Any:
        compare = leaves.below if node.strict else leaves.at_most
        return lift(compare, self.value(node.left, frame), self.value(node.right, frame))

    def _member(self, node: ir.Member, frame: Frame) -> Any:
        return lift(lambda codes: self._membership(node, codes, frame), self.value(node.subject, frame))

    def _membership(self, node: ir.Member, codes: leaves.Codes, frame: Frame) -> leaves.Truth:
        inside = codes.expr.is_in(list(node.codes))
        if node.closed:
            return leaves.Truth(inside)
        subject = frame.kept(codes).expr.meta.output_name()
        decided = answered(self.store, frame, node.list_id or "", Place(INSTITUTION), subject=None, column=subject)
        return leaves.Truth(pl.when(inside).then(True).when(codes.expr.is_not_null()).then(decided.expr))

    def _all(self, node: ir.All, frame: Frame) -> Any:
        return lift(leaves.both, *(self.value(part, frame) for part in node.parts))

    def _any(self, node: ir.Any, frame: Frame) -> Any:
        return lift(leaves.either, *(self.value(part, frame) for part in node.parts))

    def _not(self, node: ir.Not, frame: Frame) -> Any:
        return lift(leaves.negate, self.value(node.part, frame))

    def _standing_now(self, node: ir.SoFar, frame: Frame) -> Any:
        with self.so_far():
            return self.value(node.part, frame)

    # Dates

    def _count(self, node: ir.Count, frame: Frame) -> Any:
        counted = leaves.FALSE if node.counted is None else self.value(node.counted, frame)
        count = self.value(node.count, frame)

        def last(base: leaves.Span, n: leaves.Span, c: leaves.Truth) -> leaves.Span:
            def one(low: Number, high: Number, least: Number, most: Number, first: bool | None) -> Range:
                counts = TRUE if first else FALSE
                return term(self.calendar, node.by, node.forward, Range(low, high), Range(least, most), counts)[0]

            return rowwise(frame, one, (base, n, c))

        return lift(last, self.value(node.base, frame), count, counted)

    def _next_day(self, node: ir.NextDay, frame: Frame) -> Any:
        def beside(end: End) -> End:
            moved = end.number + node.step
            return replace(end, number=pl.when(end.number <= BEFORE).then(end.number).otherwise(moved), top=end.top + 1)

        def step(base: leaves.Span) -> leaves.Span:
            lo = beside(base.lo)
            return replace(base, lo=lo, hi=lo if base.exact else beside(base.hi))

        return lift(step, self.value(node.base, frame))

    def _edge(self, node: ir.Edge, frame: Frame) -> Any:
        def moved(day: Number) -> Number:
            if isinstance(day, Infinity):
                return day
            if (written := node.day) is not None:
                return far(lambda near: day_of_month(written, near), int(day))
            edge = end_of if node.last else start_of
            return far(lambda near: edge(node.period, near, node.offset), int(day))  # type: ignore[arg-type]

        def one(low: Number, high: Number) -> Range:
            return Range(moved(low), moved(high))

        return lift(lambda base: rowwise(frame, one, (base,)), self.value(node.base, frame))

    def _other_year(self, node: ir.OtherYear, frame: Frame) -> Any:
        name = self._beside(node, frame)
        base = self.base(YEAR)
        return frame.pulled(self._body(self.program.definitions[node.id].body, base), base.table, name, node.unit)

    def _beside(self, node: ir.OtherYear, frame: Frame) -> str:
        """The column of the numbers of other years, found once."""
        table = self.store.tables[YEAR].frame
        here = frame.position(node.place)
        name = f"{here}:{node.offset}"
        if name not in frame.table.columns:
            numbers = frame.table[here]
            years = table[":id"].gather(numbers).cast(pl.Int64) + node.offset
            wanted = pl.DataFrame({"inst": table["inst"].gather(numbers), "year": years})
            known = table.select("inst", year=pl.col(":id").cast(pl.Int64)).with_row_index("other")
            found = wanted.join(known, on=["inst", "year"], how="left", maintain_order="left")["other"]
            frame.add(found.cast(pl.UInt32).alias(name).to_frame())
        return name


def _is_light(body: IR) -> bool:
    """Of recorded figures alone: no dearer to work out again than to read."""
    return isinstance(body, ir.Arithmetic) and all(isinstance(part, (ir.Fact, ir.Const)) for part in body.parts)


_KEPT: Final = frozenset({ir.Fold, ir.FirstDay, ir.Count, ir.Edge, ir.OtherYear, ir.If, ir.KnownBy})
_ARITHMETIC: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "plus": leaves.add,
    "difference": leaves.subtract,
    "product": leaves.multiply,
    "ratio": leaves.divide,
    "least": leaves.least,
    "greatest": leaves.greatest,
}
_EVALUATE: Final[dict[type[IR], Callable[[Columns, Any, Frame], Any]]] = {
    ir.Const: Columns._const,
    ir.AsOf: Columns._as_of,
    ir.Fact: Columns._fact,
    ir.PeriodEnd: Columns._period_end,
    ir.GoverningDay: Columns._governing_day,
    ir.Ref: Columns._ref,
    ir.Arithmetic: Columns._arithmetic,
    ir.Share: Columns._share,
    ir.If: Columns._if,
    ir.KnownBy: Columns._known_by,
    ir.Fold: Columns.fold,
    ir.FirstDay: Columns.first_day,
    ir.Count: Columns._count,
    ir.NextDay: Columns._next_day,
    ir.Edge: Columns._edge,
    ir.ActDay: Columns._act_day,
    ir.OtherYear: Columns._other_year,
    ir.Compare: Columns._compare,
    ir.Member: Columns._member,
    ir.All: Columns._all,
    ir.Any: Columns._any,
    ir.Not: Columns._not,
    ir.Judge: Columns._judge,
    ir.Elsewhere: Columns._elsewhere,
    ir.Choose: Columns._choice,
    ir.Bounded: Columns._bounded,
    ir.SoFar: Columns._standing_now,
}
