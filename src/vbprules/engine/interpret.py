"""The interpreter: plain, exact, three-valued. It is the specification that the other engines are tested against.

Values are ranges, codes or bounded figures, forked by reading (``values.forks``). Evaluation runs forward and carries
no reasons; ``engine.needs`` and ``decision.reasons`` find those backward, on demand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

from vbprules.calendar import Period, add_months, add_years, day_of_month, end_of, start_of
from vbprules.engine.case import Case
from vbprules.facts.rows import UNKNOWN_CODE, Code, Row
from vbprules.language.vocabulary import BY_NAME, INSTITUTION, TARGET
from vbprules.program import ir
from vbprules.program.ir import IR, Place
from vbprules.values.figures import (
    CODE,
    DATE,
    DAYS,
    MONTHS,
    TEXT,
    TRUTH,
    WORKING_DAYS,
    YEARS,
    parse_date,
    parse_figure,
)
from vbprules.values.forks import Fork, fork, lift, under
from vbprules.values.ranges import (
    FALSE,
    INF,
    NEG,
    OPEN,
    TRUE,
    UNKNOWN,
    UNKNOWN_AMOUNT,
    Infinity,
    Number,
    Range,
    add,
    at_most,
    below,
    both,
    divide,
    either,
    exactly,
    greatest,
    hull,
    least,
    meet,
    multiply,
    negate,
    subtract,
    truth,
)

Rows = tuple[Row, ...]
_LAST_DAY: Final = 3_652_059


class Figured(NamedTuple):
    """A figure with the law's own bound. ``legal``: the range itself is the law's (1–3 years), not ignorance."""

    bound: str
    value: Range
    legal: bool


def unknown(unit: str) -> Any:
    if unit == TRUTH:
        return OPEN
    if unit in (CODE, TEXT):
        return UNKNOWN_CODE
    return UNKNOWN if unit in (DATE, DAYS) else UNKNOWN_AMOUNT


class Interpreter:
    """Evaluates nodes of a program on the rows of one case."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self._memos: dict[tuple[int | None, bool], dict[tuple[str, Row], Any]] = {(None, False): {}}
        self._cutoff: int | None = None  # in a running total: nothing after this day counts
        self._so_far = False  # windows that are not over count as they stand

    def value(self, node: IR, rows: Rows) -> Any:
        """The value of a node with ``rows[0]`` the innermost row."""
        return _EVALUATE[type(node)](self, node, rows)

    def row(self, place: Place, rows: Rows) -> Row | None:
        if place.entity == INSTITUTION:
            return self.case.dossier.institution
        return rows[place.scope].follow(place.hops) if place.hops else rows[place.scope]

    # Leaves

    def _const(self, node: ir.Const, rows: Rows) -> Any:
        return node.value

    def _as_of(self, node: ir.AsOf, rows: Rows) -> Any:
        return Range(self.case.as_of, self.case.as_of)

    def _fact(self, node: ir.Fact, rows: Rows) -> Any:
        row = self.row(node.place, rows)
        cell = row.cells.get(node.name) if row is not None else None
        return unknown(node.unit) if cell is None else cell

    def _period_end(self, node: ir.PeriodEnd, rows: Rows) -> Any:
        row = self.row(node.place, rows)
        if row is None or row.span is None:
            return UNKNOWN
        return row.span[1 if node.last else 0]

    def _governing_day(self, node: ir.GoverningDay, rows: Rows) -> Any:
        row = self.row(node.place, rows)
        if row is None:
            return UNKNOWN
        entity = BY_NAME[row.entity]
        agreement = row.refs.get("agreement")
        if row.entity == "agreement_line" and agreement is not None and agreement.span is not None:
            return agreement.span[0]
        if entity.day is None:
            return row.span[1] if row.span is not None and entity.period else exactly(self.case.as_of)
        if row.entity == TARGET and row.span is not None:
            return row.span[1]
        return row.day if row.day is not None else UNKNOWN

    def ref(self, node: ir.Ref, rows: Rows) -> Any:
        row = self.row(node.place, rows)
        return unknown(node.unit) if row is None else self.defined(node.id, row)

    def defined(self, key: str, row: Row) -> Any:
        """The value of a named quantity or term on a row, remembered for the whole evaluation."""
        memo = self._memos.setdefault((self._cutoff, self._so_far), {})
        found = memo.get((key, row))
        if found is None:
            found = memo[(key, row)] = self.value(self.case.program.definitions[key].body, (row,))
        return found

    def remembered(self) -> Iterator[tuple[str, Row, Any]]:
        """Every named quantity or term that was evaluated, with its row and value."""
        for (key, row), value in list(self._memos[(None, False)].items()):
            yield key, row, value

    def _act_day(self, node: ir.ActDay, rows: Rows) -> Any:
        row = self.row(node.place, rows)
        return UNKNOWN if row is None else self.act_day(node.of, row, node.record)

    def act_day(self, of: str, row: Row, record: str) -> Range:
        """The first act on record, at the latest; an earlier one may exist where the list of acts is open."""
        latest: Number = INF
        earliest: Number = INF
        for act in self.case.dossier.acts:
            if not (act.of == of or of.startswith(act.of + ".")) or act.day.lo > self.case.as_of:
                continue
            mine = row.entity == INSTITUTION or act.subject == row.id
            if mine:
                latest = min(latest, act.day.hi)
            if mine or not act.subject:
                earliest = min(earliest, act.day.lo)
        through = self.case.through(record)
        return Range(min(earliest, through + 1), latest)

    def _judge(self, node: ir.Judge, rows: Rows) -> Any:
        row = self.row(node.place, rows)
        return OPEN if row is None else self.determined(node.question, "" if row.entity == INSTITUTION else row.id)

    def determined(self, question: str, subject: str) -> Range:
        """A determination counts from its day, by the decider that the policy names (or as the caller's assumption)."""
        policy = self.case.program.policy
        deciders = set(policy.questions[question].by) if question in policy.questions else set()
        deciders |= {policy.parties[name].label.zh for name in deciders if name in policy.parties} | {"assumption"}
        for item in self.case.dossier.determinations:
            by_decider = item.by in deciders or question not in policy.questions
            if by_decider and (item.question, item.subject) == (question, subject) and item.day.hi <= self.case.as_of:
                return TRUE if item.answer else FALSE
        return OPEN

    def _elsewhere(self, node: ir.Elsewhere, rows: Rows) -> Any:
        row = self.row(node.place, rows)
        for item in self.case.dossier.given:
            if item.name == node.name and (not item.subject or (row is not None and item.subject == row.id)):
                value = given_value(item.value, node.unit)
                if value is not None:
                    return value
        return unknown(node.unit)

    # Operations

    def _arithmetic(self, node: ir.Arithmetic, rows: Rows) -> Any:
        operation = _ARITHMETIC[node.operation]
        result = self.value(node.parts[0], rows)
        for part in node.parts[1:]:
            result = lift(operation, result, self.value(part, rows))
        return result

    def _share(self, node: ir.Share, rows: Rows) -> Any:
        share = node.share.value
        return lift(lambda base: multiply(share, base), self.value(node.of, rows))

    def _if(self, node: ir.If, rows: Rows) -> Any:
        condition = self.value(node.condition, rows)
        return lift(_choose, condition, self.value(node.then, rows), self.value(node.otherwise, rows))

    def _known_by(self, node: ir.KnownBy, rows: Rows) -> Any:
        return lift(_known_by, self.value(node.first, rows), self.value(node.second, rows))

    def _choice(self, node: ir.Choose, rows: Rows) -> Any:
        chosen = self.case.fixed.get(node.reading)
        if chosen is not None:
            return self.value(next(part for name, part in node.options if name == chosen), rows)
        return fork(node.reading, [(name, self.value(part, rows)) for name, part in node.options])

    def _bounded(self, node: ir.Bounded, rows: Rows) -> Any:
        if node.bound != "between":
            return lift(lambda value: Figured(node.bound, value, False), self.value(node.value, rows))
        if isinstance(node.value, ir.Share):
            share = node.value.share.value
            return lift(
                lambda base: Figured("between", multiply(share, base), base.exact), self.value(node.value.of, rows)
            )
        legal = isinstance(node.value, ir.Const)
        return lift(lambda value: Figured("between", value, legal), self.value(node.value, rows))

    # Truths

    def _compare(self, node: ir.Compare, rows: Rows) -> Any:
        return lift(below if node.strict else at_most, self.value(node.left, rows), self.value(node.right, rows))

    def _member(self, node: ir.Member, rows: Rows) -> Any:
        return lift(lambda code: self.membership(node, code), self.value(node.subject, rows))

    def membership(self, node: ir.Member, code: Code) -> Range:
        if code.text is None:
            return OPEN
        if code.text in node.codes:
            return TRUE
        return FALSE if node.closed else self.determined(node.list_id or "", code.text)

    def _all(self, node: ir.All, rows: Rows) -> Any:
        values = []
        for part in node.parts:
            value = self.value(part, rows)
            if value == FALSE:
                return FALSE
            values.append(value)
        return lift(lambda *truths: both(truths), *values)

    def _any(self, node: ir.Any, rows: Rows) -> Any:
        values = []
        for part in node.parts:
            value = self.value(part, rows)
            if value == TRUE:
                return TRUE
            values.append(value)
        return lift(lambda *truths: either(truths), *values)

    def _not(self, node: ir.Not, rows: Rows) -> Any:
        return lift(negate, self.value(node.part, rows))

    def _standing_now(self, node: ir.SoFar, rows: Rows) -> Any:
        with self.so_far():
            return self.value(node.part, rows)

    @contextmanager
    def so_far(self) -> Iterator[None]:
        """Within it, windows that are not over count as they stand."""
        kept, self._so_far = self._so_far, True
        try:
            yield
        finally:
            self._so_far = kept

    # Lists

    def _fold(self, node: ir.Fold, rows: Rows) -> Any:
        origin = self.row(node.origin, rows)
        if origin is None:
            return unknown(node.unit)
        start = None if node.start is None else self.value(node.start, rows)
        end = None if node.end is None else self.value(node.end, rows)
        return lift(lambda s, e: self._folded(node, origin, rows, s, e), start, end)

    def window_open(self, node: ir.Fold, start: Range | None, end: Range | None) -> tuple[bool, bool]:
        """Whether entries not recorded could lie in the window: since the list is open, or since it is not over."""
        if self._cutoff is not None:
            return False, False
        through, today = self.case.complete_through(node.child), self.case.as_of
        if BY_NAME[node.child].day is None or node.child == TARGET:
            return through < today, False
        last = today if end is None else min(end.hi, today)
        unseen = through < last and (start is None or start.lo <= last)
        unfinished = not node.so_far and not self._so_far and end is not None and today <= end.hi
        return unseen, unfinished

    def members(self, node: ir.Fold, origin: Row, start: Range | None, end: Range | None) -> list[tuple[Row, bool]]:
        """The recorded rows that may count, and whether they surely lie in the window."""
        found = []
        today, cut = self.case.as_of, self._cutoff
        for row, sure in self.case.linked(node.link, node.child, origin):
            day = row.day
            if day is not None:
                if row.entity != TARGET:
                    if day.lo > today:
                        continue
                    sure = sure and (day.hi <= today or day == UNKNOWN)
                if (start is not None and day.hi < start.lo) or (end is not None and day.lo > end.hi):
                    continue
                if start is not None or end is not None:
                    inside = (start is None or day.lo >= start.hi) and (end is None or day.hi <= end.lo)
                    sure = sure and inside
                if cut is not None:
                    if day.lo > cut:
                        continue
                    sure = sure and day.hi <= cut
            found.append((row, sure))
        return found

    def _folded(self, node: ir.Fold, origin: Row, rows: Rows, start: Range | None, end: Range | None) -> Any:
        unseen, unfinished = self.window_open(node, start, end)
        counted: list[Any] = []
        items: list[Any] = []
        for row, sure in self.members(node, origin, start, end):
            inner = (row, *rows)
            where = TRUE if node.where is None else self.value(node.where, inner)
            if where == FALSE:
                continue
            counted.append(where if sure else lift(lambda w: both((w, OPEN)), where))
            items.append(TRUE if node.item is None else self.value(node.item, inner))
        combine = _FOLDS[node.kind]
        size = len(items)
        if size == 0 and node.kind == "lowest" and node.unit == DATE and not unseen:
            return Range(self.case.as_of + 1, INF)  # none so far: the first of them is still to come

        def leaf(*values: Any) -> Any:
            return combine(values[:size], values[size:], unseen or unfinished, node.unit)

        return lift(leaf, *counted, *items)

    def _first_day(self, node: ir.FirstDay, rows: Rows) -> Any:
        target = self.value(node.reaches, rows)
        readings = sorted(node.of.readings - set(self.case.fixed))
        return self._explore(readings, {}, lambda chosen: lift(lambda t: self._hit(node, rows, t, chosen), target))

    def _explore(self, readings: Sequence[str], chosen: dict[str, str], leaf: Callable[[dict[str, str]], Any]) -> Any:
        if not readings:
            return leaf(chosen)
        name, rest = readings[0], readings[1:]
        options = self.case.program.policy.readings[name].options
        return fork(name, [(option, self._explore(rest, {**chosen, name: option}, leaf)) for option in sorted(options)])

    def _hit(self, node: ir.FirstDay, rows: Rows, target: Range, chosen: dict[str, str]) -> Range:
        """The day range on which the recorded running total reaches ``target``, and how an unseen entry may move it."""
        today = self.case.as_of
        days = {
            d
            for name in node.lists
            for row in self.case.rows(name)
            if row.day is not None
            for d in row.day
            if not isinstance(d, Infinity) and d <= today
        }
        ordered = sorted(int(day) for day in days)

        def total(day: int) -> Range:
            kept, self._cutoff = self._cutoff, day
            try:
                value = under(self.value(node.of, rows), chosen)
            finally:
                self._cutoff = kept
            assert not isinstance(value, Fork)
            return value  # type: ignore[no-any-return]

        surely = _first(ordered, lambda day: total(day).lo >= target.hi)
        perhaps = NEG if target.lo <= 0 else _first(ordered, lambda day: total(day).hi >= target.lo)
        through = min(self.case.complete_through(name) for name in node.lists)
        whole = total(today) if node.capped else UNKNOWN
        if perhaps <= through or (node.capped and whole.lo >= target.lo):
            low: Number = perhaps
        else:
            low = min(perhaps, through + 1)
            if node.capped and isinstance(perhaps, Infinity):
                recorded = _first(ordered, lambda day: total(day).lo >= whole.lo) if whole.lo > 0 else NEG
                low = max(low, recorded)  # everything on record is part of what was owed
        return Range(min(low, surely), surely)

    # Dates

    def _count(self, node: ir.Count, rows: Rows) -> Any:
        counted = FALSE if node.counted is None else self.value(node.counted, rows)
        count = self.value(node.count, rows)
        return lift(lambda base, n, c: self.term(node, base, n, c)[0], self.value(node.base, rows), count, counted)

    def term(self, node: ir.Count, base: Range, count: Range, counted: Range) -> tuple[Range, int | None]:
        """The last day of a term, and the unpublished year that keeps it from being exact."""
        shift = 1 if counted == TRUE else 0
        if node.forward:
            low, missing = self._shifted(node.by, base.lo, count.lo, shift)
            high, missing_high = self._shifted(node.by, base.hi, count.hi, shift)
            if missing is not None:
                low = base.lo + count.lo - shift
            return Range(low, INF if missing_high is not None else high), missing or missing_high
        low, missing = self._shifted(node.by, base.lo, -count.hi, 0)
        high, missing_high = self._shifted(node.by, base.hi, -count.lo, 0)
        if missing_high is not None:
            high = base.hi - count.lo
        return Range(NEG if missing is not None else low, high), missing or missing_high

    def _shifted(self, by: str, day: Number, count: Number, shift: int) -> tuple[Number, int | None]:
        if isinstance(day, Infinity):
            return day, None
        if isinstance(count, Infinity):
            return count, None
        first, n = int(day), int(count)
        if by == DAYS:
            return first + n - shift, None
        if by == WORKING_DAYS:
            found = self.case.calendar.shift(first - shift, n)
            return (0, found.missing_year) if found.day is None else (found.day, None)
        moved = add_months(first, n) if by == MONTHS else add_years(first, n)
        return moved - shift, None

    def _next_day(self, node: ir.NextDay, rows: Rows) -> Any:
        step = exactly(node.step)
        return lift(lambda base: add(base, step), self.value(node.base, rows))

    def _edge(self, node: ir.Edge, rows: Rows) -> Any:
        def moved(day: Number) -> Number:
            if isinstance(day, Infinity) or not 1 <= day <= _LAST_DAY:
                return day
            if node.day is not None:
                return day_of_month(node.day, int(day))
            edge = end_of if node.last else start_of
            return edge(node.period, int(day), node.offset)  # type: ignore[arg-type]

        return lift(lambda base: Range(moved(base.lo), moved(base.hi)), self.value(node.base, rows))

    def _other_year(self, node: ir.OtherYear, rows: Rows) -> Any:
        row = self.row(node.place, rows)
        other = self.case.year_row(row, node.offset) if row is not None else None
        return unknown(node.unit) if other is None else self.defined(node.id, other)


def given_value(text: str, unit: str) -> Any:
    """A figure from another source: a date, a figure with its unit, or yes/no for a condition; None if it is none."""
    if unit == TRUTH:
        return {"yes": TRUE, "是": TRUE, "no": FALSE, "否": FALSE}.get(text)
    if unit in (CODE, TEXT):
        return Code(text)
    if unit == DATE:
        return _given_day(text)
    figure = parse_figure(text)
    if figure is None or (figure.unit != unit and not figure.bare):
        return None
    return multiply(figure.range, exactly(100)) if figure.bare and unit == "money" else figure.range


def _given_day(text: str) -> Range | None:
    """A day, or the period in which it lies."""
    try:
        day = parse_date(text)
        period = Period.parse(text) if day is None else None
    except ValueError:
        return None
    if day is not None:
        return exactly(day)
    return None if period is None else Range(period.start, period.end)


def _choose(condition: Range, then: Any, otherwise: Any) -> Any:
    if condition == TRUE:
        return then
    if condition == FALSE:
        return otherwise
    return hull(then, otherwise)


def _known_by(first: Range, second: Range) -> Range:
    """The direct record where it is exact; otherwise what both allow."""
    if first.exact:
        return first
    return meet(first, second) or first


def _first(days: Sequence[int], reached: Callable[[int], bool]) -> Number:
    """The first day on which a monotone test holds, by bisection."""
    low, high = 0, len(days)
    while low < high:
        middle = (low + high) // 2
        if reached(days[middle]):
            high = middle
        else:
            low = middle + 1
    return days[low] if low < len(days) else INF


def _sum(counted: Sequence[Range], items: Sequence[Range], more: bool, unit: str) -> Range:
    low: Number = 0
    high: Number = 0
    for where, item in zip(counted, items, strict=True):
        if where.lo == 1:
            low = low + item.lo
        if where.hi == 1:
            high = high + item.hi
    return Range(low, INF if more else high)


def _lowest(counted: Sequence[Range], items: Sequence[Range], more: bool, unit: str) -> Range:
    possible = [item.lo for where, item in zip(counted, items, strict=True) if where.hi == 1]
    certain = [item.hi for where, item in zip(counted, items, strict=True) if where.lo == 1]
    floor: Number = NEG if unit in (DATE, DAYS) else 0
    if more:
        possible.append(floor)
    if not possible:
        return UNKNOWN  # the lowest of nothing is undefined
    return Range(min(possible), min(certain) if certain else INF)


def _highest(counted: Sequence[Range], items: Sequence[Range], more: bool, unit: str) -> Range:
    possible = [item.hi for where, item in zip(counted, items, strict=True) if where.hi == 1]
    certain = [item.lo for where, item in zip(counted, items, strict=True) if where.lo == 1]
    if more:
        possible.append(INF)
    if not possible:
        return UNKNOWN
    floor: Number = NEG if unit in (DATE, DAYS) else 0
    return Range(max(certain) if certain else floor, max(possible))


def _some(counted: Sequence[Range], items: Sequence[Range], more: bool, unit: str) -> Range:
    pairs = [both(pair) for pair in zip(counted, items, strict=True)]
    return either([*pairs, OPEN] if more else pairs)


def _every(counted: Sequence[Range], items: Sequence[Range], more: bool, unit: str) -> Range:
    pairs = [either((negate(where), item)) for where, item in zip(counted, items, strict=True)]
    return both([*pairs, OPEN] if more else pairs)


_FOLDS: Final[dict[str, Callable[[Sequence[Range], Sequence[Range], bool, str], Range]]] = {
    "sum": _sum,
    "count": _sum,
    "lowest": _lowest,
    "highest": _highest,
    "some": _some,
    "every": _every,
}
_ARITHMETIC: Final[dict[str, Callable[[Range, Range], Range]]] = {
    "plus": add,
    "difference": subtract,
    "product": multiply,
    "ratio": divide,
    "least": least,
    "greatest": greatest,
}
_EVALUATE: Final[dict[type[IR], Callable[[Interpreter, Any, Rows], Any]]] = {
    ir.Const: Interpreter._const,
    ir.AsOf: Interpreter._as_of,
    ir.Fact: Interpreter._fact,
    ir.PeriodEnd: Interpreter._period_end,
    ir.GoverningDay: Interpreter._governing_day,
    ir.Ref: Interpreter.ref,
    ir.Arithmetic: Interpreter._arithmetic,
    ir.Share: Interpreter._share,
    ir.If: Interpreter._if,
    ir.KnownBy: Interpreter._known_by,
    ir.Fold: Interpreter._fold,
    ir.FirstDay: Interpreter._first_day,
    ir.Count: Interpreter._count,
    ir.NextDay: Interpreter._next_day,
    ir.Edge: Interpreter._edge,
    ir.ActDay: Interpreter._act_day,
    ir.OtherYear: Interpreter._other_year,
    ir.Compare: Interpreter._compare,
    ir.Member: Interpreter._member,
    ir.All: Interpreter._all,
    ir.Any: Interpreter._any,
    ir.Not: Interpreter._not,
    ir.Judge: Interpreter._judge,
    ir.Elsewhere: Interpreter._elsewhere,
    ir.Choose: Interpreter._choice,
    ir.Bounded: Interpreter._bounded,
    ir.SoFar: Interpreter._standing_now,
}

__all__ = ["YEARS", "Figured", "Interpreter", "Rows", "given_value", "truth", "unknown"]
