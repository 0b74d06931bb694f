"""Lists on columns: totals and extremes over linked rows, and the first day on which a total is reached.

Mirrors ``engine.lists`` for every row of a frame at once: linked rows become a frame of pairs.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, NamedTuple

import polars as pl

from vbprules.columnar import ends as e
from vbprules.columnar.combine import amounts_of, combined
from vbprules.columnar.ends import BEFORE, End
from vbprules.columnar.frames import Frame, new_name, values_of
from vbprules.columnar.leaves import TRUE, Span, Truth, maybe
from vbprules.columnar.links import pairs_of
from vbprules.columnar.steps import Steps, steps_of
from vbprules.columnar.store import Store
from vbprules.engine.lists import looks_outside, of_the_row_alone
from vbprules.language.vocabulary import BY_NAME, INSTITUTION, PERIOD_ENTITIES, TARGET, YEAR, is_dated
from vbprules.program import ir
from vbprules.program.ir import IR, Place, Program
from vbprules.values.figures import DATE
from vbprules.values.forks import Fork, fork, lift


class Running(NamedTuple):
    """In the search for a first day nothing after the day in a column counts, see ``engine.lists.Running``."""

    day: str
    earliest: bool


class ColumnLists(ABC):
    """Evaluates folds and first days on frames; what they are made of is evaluated by ``Columns``."""

    def __init__(self, program: Program, store: Store, as_of: int, fixed: dict[str, str]) -> None:
        self.program = program
        self.store = store
        self.as_of = as_of
        self.fixed = fixed
        self.running: Running | None = None
        self.is_so_far = False
        self.suspect = pl.Series([False] * len(store.ids), dtype=pl.Boolean)

    @property
    def chosen(self) -> tuple[tuple[str, str], ...]:
        """The readings that are fixed at present."""
        return tuple(sorted(self.fixed.items()))

    @abstractmethod
    def value(self, node: IR, frame: Frame) -> Any:
        """The value of a node for every row of a frame."""

    @abstractmethod
    def base(self, entity: str) -> Frame:
        """The frame of every row of an entity."""

    @contextmanager
    def so_far(self) -> Iterator[None]:
        """Within it, windows that are not over count as they stand."""
        kept, self.is_so_far = self.is_so_far, True
        try:
            yield
        finally:
            self.is_so_far = kept

    @contextmanager
    def _with(self, running: Running | None) -> Iterator[None]:
        kept, self.running = self.running, running
        try:
            yield
        finally:
            self.running = kept

    def _in_full(self, node: IR, frame: Frame) -> Any:
        """A condition on a row is no part of a running total: it is judged on everything that is known."""
        with self._with(None):
            return self.value(node, frame)

    # Folds

    def fold(self, node: ir.Fold, frame: Frame) -> Any:
        shared = self._shared(node, frame)
        if shared is not None:
            return shared
        if self.running is not None:
            found = self._stepped(node, frame, self.running)
            if found is not None:
                return frame.only_where(node.origin, found, node.unit)
        start = None if node.start is None else self._in_full(node.start, frame)
        end = None if node.end is None else self._in_full(node.end, frame)
        found = lift(lambda s, e: self._folded(node, frame, s, e), start, end)
        return frame.only_where(node.origin, found, node.unit)

    def _stepped(self, node: ir.Fold, frame: Frame, running: Running) -> Span | None:
        """A running total as steps; None where a reading divides it or a row's value is itself a running total."""
        day = frame.table[running.day]
        if _fixed(node.start) and _fixed(node.end):  # the same total for all rows of one origin
            steps = self._steps(node, self.base(node.origin.entity), Place(node.origin.entity), running.earliest)
            position = frame.position(node.origin)  # before the table is read: it may grow by this column
            return None if steps is None else steps.total(frame, day, frame.table[position])
        steps = self._steps(node, frame, node.origin, running.earliest)
        return None if steps is None else steps.total(frame, day, pl.Series(range(frame.height)))

    def _steps(self, node: ir.Fold, frame: Frame, origin: Place, earliest: bool) -> Steps | None:
        key = ("steps", node, self.is_so_far, self.chosen, earliest)
        if key not in frame.memo:
            with self._with(None):
                frame.memo[key] = self._as_steps(replace(node, origin=origin), frame, earliest)
        found: Steps | None = frame.memo[key]
        return found

    def _as_steps(self, node: ir.Fold, frame: Frame, earliest: bool) -> Steps | None:
        if node.kind != "sum" or node.item is None or not is_dated(node.child):
            return None
        if not all(of_the_row_alone(part, self.program) for part in (node.item, node.where) if part is not None):
            return None
        start = None if node.start is None else self.value(node.start, frame)
        end = None if node.end is None else self.value(node.end, frame)
        if Fork in (type(start), type(end)):
            return None
        pairs, _ = self._members(node, frame, start, end)
        where = TRUE if node.where is None else self.value(node.where, pairs)
        item = self.value(node.item, pairs)
        if Fork in (type(where), type(item)):
            return None
        return steps_of(pairs, where, amounts_of(node, pairs, item), earliest)

    def _shared(self, node: ir.Fold, frame: Frame) -> Any:
        """A fold that looks at nothing but its origin is worked out once for each of those."""
        origin = node.origin
        alone = len(frame.scopes) == 1 and not origin.hops and origin.entity != INSTITUTION
        if self.running is not None or alone or not (_fixed(node.start) and _fixed(node.end)):
            return None
        if any(looks_outside(part, 1) for part in (node.item, node.where) if part is not None):
            return None
        if origin.entity == INSTITUTION and frame.scopes == ((INSTITUTION, "row"),):
            return None
        base = self.base(origin.entity)
        key = (node, self.is_so_far, self.chosen)
        if key not in base.memo:
            there = replace(node, origin=Place(origin.entity))
            base.memo[key] = base.kept(self.fold(there, base))
        return frame.pulled(base.memo[key], base.table, frame.position(origin), node.unit)

    def _folded(self, node: ir.Fold, frame: Frame, start: Span | None, end: Span | None) -> Any:
        pairs, outer = self._members(node, frame, start, end)
        where = TRUE if node.where is None else self._in_full(node.where, pairs)
        item = TRUE if node.item is None else self._item(node, pairs)
        sure = Truth(pl.col("sure"), nullable=False)
        more = self._more(node, frame, outer, start, end)
        empty = None
        if node.kind == "lowest" and node.unit == DATE:
            empty = self.as_of + 1  # none so far: the first of them is still to come

        def leaf(w: Truth, value: Any) -> Any:
            counted = Truth(pl.when(sure.expr).then(w.expr).otherwise(maybe(w).expr), nullable=True)
            return combined(node, frame, pairs, counted, value, more, empty)

        return lift(leaf, where, item)

    def _item(self, node: ir.Fold, pairs: Frame) -> Any:
        assert node.item is not None
        if self.running is None:
            return self.value(node.item, pairs)
        with self._with(self.running._replace(day="running")):
            return self.value(node.item, pairs)

    def _members(
        self, node: ir.Fold, frame: Frame, start: Span | None, end: Span | None
    ) -> tuple[Frame, dict[str, pl.Expr]]:
        """The frame of rows that may count, with ``sure``; and the window's ends as columns of the frame."""
        dated = is_dated(node.child)
        table = self._pairs(node, frame)
        ends: dict[str, pl.Expr] = {}
        for side, window in (("start", start), ("end", end)):
            if window is not None:
                kept = frame.kept(window)
                ends[f"{side}_lo"], ends[f"{side}_hi"] = kept.lo.number, kept.hi.number
        numbers = table["outer"]
        if ends:
            table = table.hstack(values_of(frame.table, ends).select(pl.all().gather(numbers)))
        if self.running is not None:
            table = table.with_columns(frame.table[self.running.day].gather(numbers).alias("running"))
        keep, sure = pl.lit(True), pl.col("sure")
        lo, hi = pl.col("day_lo"), pl.col("day_hi")
        if BY_NAME[node.child].day is not None or BY_NAME[node.child].period:
            if dated:
                sure = sure & (hi <= self.as_of).fill_null(False)
            if start is not None:
                keep = keep & ~(hi < pl.col("start_lo")).fill_null(False)
                sure = sure & (lo >= pl.col("start_hi")).fill_null(False)
            if end is not None:
                keep = keep & ~(lo > pl.col("end_hi")).fill_null(False)
                sure = sure & (hi <= pl.col("end_lo")).fill_null(False)
            if dated and self.running is not None:
                keep = keep & (lo <= pl.col("running"))
                if not self.running.earliest:
                    sure = sure & (hi <= pl.col("running")).fill_null(False)
        found = table.drop("sure").hstack(values_of(table, {"sure": sure, "keep": keep}))
        return frame.inner(node.child, found.filter("keep").drop("keep", *ends)), ends

    def _pairs(self, node: ir.Fold, frame: Frame) -> pl.DataFrame:
        key = ("pairs", node.link, node.child, node.origin)
        if key not in frame.memo:
            frame.memo[key] = pairs_of(self, node, frame)
        found: pl.DataFrame = frame.memo[key]
        return found

    def _more(
        self, node: ir.Fold, frame: Frame, ends: dict[str, pl.Expr], start: Span | None, end: Span | None
    ) -> pl.Expr:
        """Whether rows not recorded could count, see ``engine.lists.Lists.window_open``."""
        through = self.complete_through(node.child, frame)
        today = pl.lit(self.as_of)
        if not is_dated(node.child):
            return through < today
        if self.running is not None:
            return pl.lit(False)  # the search for a first day accounts for what is not recorded
        last = today if end is None else pl.min_horizontal(ends["end_hi"], today)
        more = through < last
        if start is not None:
            more = more & (ends["start_lo"] <= last)
        if end is not None and not node.so_far and not self.is_so_far:
            more = more | (today <= ends["end_hi"]).fill_null(True)
        return more

    def complete_through(self, entity: str, frame: Frame) -> pl.Expr:
        """The day through which each institution's list is complete."""
        if entity == YEAR:
            return pl.lit(self.as_of)
        name = BY_NAME[TARGET if entity in PERIOD_ENTITIES else entity].list_name
        return self.through(name, frame)

    def through(self, list_name: str, frame: Frame) -> pl.Expr:
        key = ("through", list_name)
        if key not in frame.memo:
            name = new_name()
            found = self.store.through[list_name].gather(frame.table["inst"])
            frame.add(found.alias(name).to_frame())
            frame.memo[key] = pl.col(name)
        known: pl.Expr = frame.memo[key]
        return known

    # First days

    def first_day(self, node: ir.FirstDay, frame: Frame) -> Any:
        target = self.value(node.reaches, frame)
        readings = sorted(node.of.readings - set(self.fixed))
        return self._explore(readings, lambda: lift(lambda t: self._hit(node, frame, t), target))

    def _explore(self, readings: Sequence[str], leaf: Callable[[], Any]) -> Any:
        if not readings:
            return leaf()
        name, rest = readings[0], readings[1:]
        found = []
        for option in sorted(self.program.policy.readings[name].options):
            self.fixed[name] = option
            try:
                found.append((option, self._explore(rest, leaf)))
            finally:
                del self.fixed[name]
        return fork(name, found)

    def _hit(self, node: ir.FirstDay, frame: Frame, target: Span) -> Span:
        """The days on which the running total may reach the target, see ``engine.lists.Lists._hit``."""
        target = frame.kept(target)
        search = _Search(self, node, frame)
        nothing = (target.hi.number <= 0).fill_null(False)
        surely = search.first(lambda total: e.less(target.hi, total.lo, False).fill_null(False), False)
        perhaps = search.first(lambda total: e.less(target.lo, total.hi, False).fill_null(True), False)
        low = pl.col(perhaps)
        through = pl.min_horizontal(*(self.complete_through(name, frame) for name in node.lists))
        unseen = pl.when(through <= BEFORE).then(BEFORE).otherwise(through + 1)
        hidden = pl.when((low <= through).fill_null(False)).then(low).otherwise(pl.min_horizontal(low, unseen))
        if node.capped:
            whole = frame.kept(search.total_on(self.as_of, True))
            self._suspect(frame, e.less(target.hi, whole.lo, True).fill_null(False))
            all_seen = e.less(target.lo, whole.lo, False).fill_null(False)
            some = (whole.lo.number > 0).fill_null(False)
            paid = search.first(lambda total: e.less(whole.lo, total.lo, False).fill_null(False), True)
            later = pl.max_horizontal(hidden, pl.col(paid))
            later = pl.when(pl.col(paid).is_null()).then(None).otherwise(later)
            hidden = pl.when(all_seen).then(low).when(some).then(later).otherwise(hidden)
        sure = pl.col(surely)
        first = pl.when(nothing).then(BEFORE).otherwise(pl.min_horizontal(hidden, sure))
        last = pl.when(nothing).then(BEFORE).otherwise(sure)
        size = -BEFORE
        lo = End(first.fill_null(-BEFORE), size)
        return Span(lo, End(last, size, nullable=True), signed=True, day=True)

    def _suspect(self, frame: Frame, where: pl.Expr) -> None:
        """Institutions whose facts the interpreter would refuse."""
        odd = frame.table.filter(where)["inst"].unique()
        if len(odd):
            self.suspect = self.suspect.scatter(odd, True)


def _fixed(edge: IR | None) -> bool:
    """An edge of a window that is the same day for every row."""
    return edge is None or isinstance(edge, (ir.Const, ir.AsOf))


class _Search:
    """Bisection over the days on which something is recorded, for all rows of a frame at once."""

    def __init__(self, lists: ColumnLists, node: ir.FirstDay, frame: Frame) -> None:
        self.lists, self.node, self.frame = lists, node, frame
        days = pl.concat([lists.store.days[name] for name in node.lists]).unique().sort("inst", "day")
        spans = days.with_row_index("at").group_by("inst").agg(pl.col("at").min(), pl.len().alias("many"))
        inst = frame.table.select("inst").join(spans, on="inst", how="left", maintain_order="left")
        self.days = days["day"]
        self.start = inst["at"].fill_null(0).cast(pl.Int64)
        self.many = inst["many"].fill_null(0).cast(pl.Int64)

    def total(self, day: pl.Series, earliest: bool) -> Span:
        """The running total by the close of a day, which may be another one in each row."""
        name = new_name()
        self.frame.add(day.alias(name).to_frame())
        with self.lists._with(Running(name, earliest)):
            found = self.lists.value(self.node.of, self.frame)
        assert isinstance(found, Span)
        return found

    def total_on(self, day: int, earliest: bool) -> Span:
        return self.total(pl.Series([day], dtype=pl.Int64).new_from_index(0, self.frame.height), earliest)

    def first(self, reached: Callable[[Span], pl.Expr], earliest: bool) -> str:
        """The column of the first day on which a monotone test holds: ``BEFORE`` before any, null on none."""
        at_once = self._holds(reached, pl.Series([0], dtype=pl.Int64).new_from_index(0, self.frame.height), earliest)
        low, high = self.start, self.start + self.many
        last = high
        while bool((low < high).any()):
            middle = (low + high) // 2
            day = self.days.gather(middle.clip(0, max(len(self.days) - 1, 0)))
            holds = self._holds(reached, day, earliest)
            going = low < high
            high = middle.zip_with(going & holds, high)
            low = (middle + 1).zip_with(going & ~holds, low)
        found = low < last
        day = self.days.gather(low.clip(0, max(len(self.days) - 1, 0))) if len(self.days) else low
        name = new_name()
        column = pl.select(
            pl.when(at_once).then(pl.lit(BEFORE, pl.Int64)).when(found).then(day).otherwise(None).alias(name)
        )[name]
        self.frame.add(column.to_frame())
        return name

    def _holds(self, reached: Callable[[Span], pl.Expr], day: pl.Series, earliest: bool) -> pl.Series:
        return self.frame.here(reached(self.total(day, earliest)))
