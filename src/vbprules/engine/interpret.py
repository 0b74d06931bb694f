"""The interpreter: plain, exact, three-valued. It is the specification that the other engines are tested against.

Values are ranges, codes or bounded figures, forked by reading (``values.forks``). Evaluation runs forward and carries
no reasons; ``engine.needs`` and ``decision.reasons`` find those backward, on demand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

from vbprules.calendar import day_of_month, end_of, far, start_of
from vbprules.engine.case import Case
from vbprules.engine.lists import Lists, Rows, unknown
from vbprules.engine.terms import term
from vbprules.facts.given import given_value
from vbprules.facts.rows import UNKNOWN_CODE, Code, Row
from vbprules.language.vocabulary import BY_NAME, INSTITUTION
from vbprules.program import ir
from vbprules.program.ir import IR
from vbprules.values.figures import DAYS, TRUTH, show_range
from vbprules.values.forks import fork, lift
from vbprules.values.ranges import (
    FALSE,
    INF,
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
)


class Figured(NamedTuple):
    """A figure with the law's own bound. ``legal``: the range itself is the law's (1–3 years), not ignorance."""

    bound: str
    value: Range
    legal: bool


class Interpreter(Lists):
    """Evaluates nodes of a program on the rows of one case."""

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        # What was evaluated; under True, as matters stand.
        self._memos: dict[bool, dict[tuple[IR, Rows], Any]] = {False: {}, True: {}}

    def value(self, node: IR, rows: Rows) -> Any:
        """The value of a node with ``rows[0]`` the innermost row. Asked again, it is remembered."""
        kind = type(node)
        if kind in _PLAIN or self._running is not None:  # each running total is asked for once
            return _EVALUATE[kind](self, node, rows)
        memo = self._memos[self._so_far]
        key = (node, rows)
        found = memo.get(key)
        if found is None:
            found = memo[key] = _EVALUATE[kind](self, node, rows)
        return found

    # Leaves

    def _const(self, node: ir.Const, rows: Rows) -> Any:
        return node.value

    def _as_of(self, node: ir.AsOf, rows: Rows) -> Any:
        return Range(self.case.as_of, self.case.as_of)

    def _fact(self, node: ir.Fact, rows: Rows) -> Any:
        row = self.row(node.place, rows)
        cell = row.cells.get(node.name) if row is not None else None
        if cell is None:  # a number of days agreed on is not negative, as a difference of days may be
            return UNKNOWN_AMOUNT if node.unit == DAYS else unknown(node.unit)
        return cell

    def _period_end(self, node: ir.PeriodEnd, rows: Rows) -> Any:
        row = self.row(node.place, rows)
        if row is None or row.span is None:
            return UNKNOWN
        return row.span[1 if node.last else 0]

    def _governing_day(self, node: ir.GoverningDay, rows: Rows) -> Any:
        if node.by is not None:
            return self.value(node.by, rows)
        row = self.row(node.place, rows)
        if row is None:
            return UNKNOWN
        entity = BY_NAME[row.entity]
        if row.entity == "agreement_line":  # it is governed by the day on which its agreement starts
            agreement = row.refs.get("agreement")
            return UNKNOWN if agreement is None or agreement.span is None else agreement.span[0]
        if entity.day is None:
            return row.span[1] if row.span is not None and entity.period else exactly(self.case.as_of)
        return row.day if row.day is not None else UNKNOWN

    def ref(self, node: ir.Ref, rows: Rows) -> Any:
        row = self.row(node.place, rows)
        return unknown(node.unit) if row is None else self.defined(node.id, row)

    def defined(self, key: str, row: Row) -> Any:
        """The value of a named quantity or term on a row."""
        return self.value(self.case.program.definitions[key].body, (row,))

    def remembered(self) -> Iterator[tuple[str, Row, Any]]:
        """Every named quantity or term that was evaluated, with its row and value."""
        memo = self._memos[False]
        bodies = {definition.body: key for key, definition in self.case.program.definitions.items()}
        for (node, rows), value in list(memo.items()):
            if node in bodies and len(rows) == 1:
                yield bodies[node], rows[0], value

    def evaluated(self) -> Iterator[tuple[IR, Rows, Any]]:
        """Every node that was evaluated and remembered, with its rows and value."""
        for memo in self._memos.values():
            for (node, rows), value in list(memo.items()):
                yield node, rows, value

    def _act_day(self, node: ir.ActDay, rows: Rows) -> Any:
        row = self.row(node.place, rows)
        return UNKNOWN if row is None else self.act_day(node.of, row, node.record)

    def act_day(self, of: str, row: Row, record: str) -> Range:
        """The first act on record, at the latest; an earlier one may exist where the list of acts is open."""
        latest: Number = INF
        earliest: Number = INF
        for act in self.case.dossier.acts:
            if act.record != record or not act.concerns(of) or act.day.lo > self.case.as_of:
                continue
            mine = row.entity == INSTITUTION or act.subject == row.id
            if mine:  # what was lifted had been imposed by then; what may lie ahead is not on record yet
                imposed = act.day.hi if act.day.hi <= self.case.as_of else INF
                latest = min(latest, imposed, INF if act.lifted_on is None else act.lifted_on.hi)
            if mine or not act.subject:
                earliest = min(earliest, act.day.lo)
        through = self.case.through(record)
        return Range(min(earliest, through + 1), latest)

    def _judge(self, node: ir.Judge, rows: Rows) -> Any:
        row = self.row(node.place, rows)
        return OPEN if row is None else self.determined(node.question, "" if row.entity == INSTITUTION else row.id)

    def determined(self, question: str, subject: str) -> Range:
        """What the recorded determinations say on a question about a subject; open where nobody has decided."""
        answers = self.case.answers(question, subject)
        return OPEN if not answers else TRUE if answers[-1].answer else FALSE

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
        def known(first: Any, second: Any) -> Any:
            if isinstance(first, Code):
                return first if first.text is not None else second
            common = meet(first, second)
            if common is None and node.unit != TRUTH:
                told = f"{rows[0].id}: {show_range(first, node.unit)} ≠ {show_range(second, node.unit)}"
                self.problem("contradiction", rows[0], what=told)
            return first if common is None or first.exact else common

        return lift(known, self.value(node.first, rows), self.value(node.second, rows))

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

    # Dates

    def _count(self, node: ir.Count, rows: Rows) -> Any:
        counted = FALSE if node.counted is None else self.value(node.counted, rows)
        count = self.value(node.count, rows)
        return lift(lambda base, n, c: self.term(node, base, n, c)[0], self.value(node.base, rows), count, counted)

    def term(self, node: ir.Count, base: Range, count: Range, counted: Range) -> tuple[Range, int | None]:
        """The last day of a term, and the unpublished year that keeps it from being exact."""
        return term(self.case.calendar, node.by, node.forward, base, count, counted)

    def _next_day(self, node: ir.NextDay, rows: Rows) -> Any:
        step = exactly(node.step)
        return lift(lambda base: add(base, step), self.value(node.base, rows))

    def _edge(self, node: ir.Edge, rows: Rows) -> Any:
        def moved(day: Number) -> Number:
            if isinstance(day, Infinity):
                return day
            if (written := node.day) is not None:
                return far(lambda near: day_of_month(written, near), int(day))
            edge = end_of if node.last else start_of
            return far(lambda near: edge(node.period, near, node.offset), int(day))  # type: ignore[arg-type]

        return lift(lambda base: Range(moved(base.lo), moved(base.hi)), self.value(node.base, rows))

    def _other_year(self, node: ir.OtherYear, rows: Rows) -> Any:
        row = self.row(node.place, rows)
        other = self.case.year_row(row, node.offset) if row is not None else None
        return unknown(node.unit) if other is None else self.defined(node.id, other)


def _choose(condition: Range, then: Any, otherwise: Any) -> Any:
    if condition == TRUE or then == otherwise:
        return then
    if condition == FALSE:
        return otherwise
    if isinstance(then, Code):
        return UNKNOWN_CODE
    return hull(then, otherwise)


# Not worth remembering: as quick to look up in the row.
_PLAIN: Final = frozenset({ir.Const, ir.AsOf, ir.Fact, ir.PeriodEnd, ir.GoverningDay})
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
