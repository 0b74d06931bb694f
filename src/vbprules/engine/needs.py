"""Needs: exactly what could still settle an open answer, found backward from it.

One pass walks down from a node with the range of thresholds that its value might have to cross, and keeps a leaf only
if it can make the difference for some value of the others (SEMANTICS: "exact where each fact occurs once; otherwise it
may list too much, never too little").
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Literal, NamedTuple

from vbprules.engine.interpret import Interpreter
from vbprules.engine.lists import Rows
from vbprules.engine.options import OptionWalk
from vbprules.engine.thresholds import ALL, TRUTH_WINDOW, Window, narrowed, over, rest
from vbprules.facts.rows import Act, Code, Row
from vbprules.language.vocabulary import BY_NAME, INSTITUTION, PERIOD_ENTITIES, TARGET, is_dated
from vbprules.program import ir
from vbprules.program.ir import IR
from vbprules.values.figures import DATE, TRUTH, show_date
from vbprules.values.forks import Assignment, Fork
from vbprules.values.ranges import FALSE, INF, OPEN, TRUE, UNKNOWN, Infinity, Number, Range, both, multiply

Kind = Literal["fact", "list", "time", "judgement", "instrument", "calendar", "undefined", "silent"]
KINDS: Final[tuple[Kind, ...]] = ("fact", "list", "time", "judgement", "instrument", "calendar", "undefined", "silent")


class Need(NamedTuple):
    """What could settle an answer: ``kind`` says who can fill it, ``day`` through (or after) which."""

    kind: Kind
    what: str
    subject: str = ""
    day: int | None = None

    def __str__(self) -> str:
        day = "" if self.day is None else f" {'after' if self.kind == 'time' else 'through'} {show_date(self.day)}"
        return " ".join(part for part in (self.kind, self.what, self.subject) if part) + day

    @property
    def order(self) -> tuple[int, str, str, int]:
        return KINDS.index(self.kind), self.what, self.subject, self.day or 0


class _Total(NamedTuple):
    """A running total is being looked at: of its lists, asked for as a whole, rows up to ``last`` matter."""

    lists: tuple[str, ...]
    last: Number

    def skips(self, row: Row) -> bool:
        return row.entity in self.lists and row.day is not None and row.day.lo > self.last


class NeedsFinder(OptionWalk):
    """Finds needs on one case. Results are forked by the readings that the open part consults."""

    def __init__(self, interpreter: Interpreter) -> None:
        super().__init__(interpreter)
        self._owner = ""
        self._so_far = False  # unfinished windows as they stand
        self._total: _Total | None = None
        self._known: dict[tuple[IR, Rows, Window, Assignment, bool, _Total | None, str], set[Need]] = {}
        self._answers: dict[tuple[IR, Rows, Assignment], tuple[Need, ...]] = {}
        self._counting: dict[IR, bool] = {}

    def under(self, node: IR, rows: Rows, assignment: dict[str, str]) -> tuple[Need, ...]:
        """The needs of a node within an assignment; where they still differ by reading, all of them."""
        key = (node, rows, tuple(assignment.items()))
        if key not in self._answers:
            window = TRUTH_WINDOW if node.unit == TRUTH else ALL
            self._answers[key] = merged(self.explored(lambda: frozenset(self._needs(node, rows, window)), assignment))
        return self._answers[key]

    def _needs(self, node: IR, rows: Rows, window: Window) -> set[Need]:
        value = self.at(node, rows)
        if isinstance(value, Range) and not window.crossed(value):
            return set()
        return self._found(node, rows, window)

    def _found(self, node: IR, rows: Rows, window: Window) -> set[Need]:
        """The needs of a node whose value crosses the window, by itself or as that of what stands for it."""
        kind = type(node)
        if kind not in _REMEMBERED:
            return _NEEDS[kind](self, node, rows, window)
        taken: Assignment = ()
        if self.path and node.readings:  # the others do not matter here
            taken = tuple(item for item in self.path.items() if item[0] in node.readings)
        key = (node, rows, window, taken, self._so_far, self._total, self._owner)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = _NEEDS[kind](self, node, rows, window)
        return set(known)  # a copy: callers add to what they get

    # Leaves

    def _none(self, node: IR, rows: Rows, window: Window) -> set[Need]:
        return set()

    def _fact(self, node: ir.Fact, rows: Rows, window: Window) -> set[Need]:
        row = self.interpreter.row(node.place, rows)
        if row is None:
            return {self._missing_reference(node.place, rows)}
        return {_fact(row, node.name)}

    def _missing_reference(self, place: ir.Place, rows: Rows) -> Need:
        row = rows[place.scope]
        for hop in place.hops:
            following = row.refs.get(hop)
            if following is None:
                return _fact(row, hop)
            row = following
        return _fact(row, place.entity)

    def _period_end(self, node: ir.PeriodEnd, rows: Rows, window: Window) -> set[Need]:
        row = self.interpreter.row(node.place, rows)
        if row is None:
            return {self._missing_reference(node.place, rows)}
        return {_fact(row, "end" if node.last else "start")}

    def _governing_day(self, node: ir.GoverningDay, rows: Rows, window: Window) -> set[Need]:
        if node.by is not None:
            return self._needs(node.by, rows, window)
        row = self.interpreter.row(node.place, rows)
        if row is None:
            return {self._missing_reference(node.place, rows)}
        if row.entity != "agreement_line":
            return {_fact(row, BY_NAME[row.entity].day or "day")}
        agreement = row.refs.get("agreement")
        return {_fact(row, "agreement") if agreement is None else _fact(agreement, "start")}

    def _ref(self, node: ir.Ref, rows: Rows, window: Window) -> set[Need]:
        row = self.interpreter.row(node.place, rows)
        if row is None:
            return {self._missing_reference(node.place, rows)}
        return self._defined(node.id, row, window)

    def _defined(self, key: str, row: Row, window: Window) -> set[Need]:
        kept, self._owner = self._owner, key.partition(".")[2]
        try:
            return self._found(self.case.program.definitions[key].body, (row,), window)
        finally:
            self._owner = kept

    def _act_day(self, node: ir.ActDay, rows: Rows, window: Window) -> set[Need]:
        row = self.interpreter.row(node.place, rows)
        if row is None:
            return {self._missing_reference(node.place, rows)}
        found = self._dated_list(node.record, "", self.case.through(node.record), window)
        for act in self.case.dossier.acts:
            if act.record == node.record and act.concerns(node.of):
                mine = row.entity == INSTITUTION or act.subject == row.id
                if mine and not act.day.exact:
                    found.add(Need("fact", f"{node.record}.day", act.of))
                    if self._lifting_would_tell(act):
                        found.add(Need("fact", "lifted_on", "@".join(filter(None, (act.of, act.subject)))))
                if not mine and not act.subject:
                    found.add(Need("fact", f"{node.record}.subject", act.of))
        return found

    def _lifting_would_tell(self, act: Act) -> bool:
        """What was lifted had been imposed by then. A list complete through today says of every act whether it was."""
        if act.lifted_on is None:
            return self.case.through(act.record) < self.case.as_of
        return not act.lifted_on.exact and act.lifted_on.lo <= self.case.as_of

    def _dated_list(self, list_name: str, subject: str, through: Number, window: Window) -> set[Need]:
        """Entries of an open list could move a date below the highest threshold."""
        today = self.case.as_of
        last = min(window.high[0], today)
        found = set()
        if through < last:
            found.add(Need("list", list_name, subject, int(last)))  # type: ignore[arg-type]
        elif through < today and isinstance(window.high[0], Infinity):
            found.add(Need("list", list_name, subject, today))
        if window.high[0] > today:
            found.add(Need("time", "", "", today))
        return found

    def _judge(self, node: ir.Judge, rows: Rows, window: Window) -> set[Need]:
        row = self.interpreter.row(node.place, rows)
        if row is None:
            return {self._missing_reference(node.place, rows)}
        return {Need("judgement", node.question, _subject(row))}

    def _elsewhere(self, node: ir.Elsewhere, rows: Rows, window: Window) -> set[Need]:
        if node.kind == "silent":
            return {Need("silent", what) for what in node.what}
        return {Need(node.kind, what) for what in node.what}

    # Operations

    def _arithmetic(self, node: ir.Arithmetic, rows: Rows, window: Window) -> set[Need]:
        values = [self.at(part, rows) for part in node.parts]
        if node.operation == "ratio":
            return self._ratio(node, rows, values[0], values[1], window)
        found: set[Need] = set()
        for index, part in enumerate(node.parts):
            others = [value for n, value in enumerate(values) if n != index]
            found |= self._needs(part, rows, narrowed(node.operation, index, others, window))
        return found

    def _ratio(self, node: ir.Arithmetic, rows: Rows, n: Range, d: Range, window: Window) -> set[Need]:
        if d == Range(0, 0):
            return {Need("undefined", self._owner, _subject(rows[0]))}
        top = bottom = ALL
        if d.lo > 0:  # n / d < t: n < t × d, and, of a numerator that is not negative, d > n / t
            low, high = window.low[0], window.high[0]
            crossed = multiply(Range(low, high), d)
            top = Window((crossed.lo, 0), (crossed.hi, 1))
            if n.lo >= 0:
                bottom = Window((over(n.lo, high), 0), (over(n.hi, low), 1))
        return self._needs(node.parts[0], rows, top) | self._needs(node.parts[1], rows, bottom)

    def _share(self, node: ir.Share, rows: Rows, window: Window) -> set[Need]:
        share = node.share.value.lo
        low, high = (over(end[0], share) for end in (window.low, window.high))
        return self._needs(node.of, rows, Window((low, window.low[1]), (high, window.high[1])))

    def _if(self, node: ir.If, rows: Rows, window: Window) -> set[Need]:
        condition = self.at(node.condition, rows)
        found = self._needs(node.condition, rows, TRUTH_WINDOW)
        if condition != FALSE:
            found |= self._needs(node.then, rows, window)
        if condition != TRUE:
            found |= self._needs(node.otherwise, rows, window)
        return found

    def _known_by(self, node: ir.KnownBy, rows: Rows, window: Window) -> set[Need]:
        return self._needs(node.first, rows, window) | self._needs(node.second, rows, window)

    def _choice(self, node: ir.Choose, rows: Rows, window: Window) -> set[Need]:
        return self._found(self.chosen(node), rows, window)

    def _bounded(self, node: ir.Bounded, rows: Rows, window: Window) -> set[Need]:
        return self._needs(node.value, rows, ALL)

    def _compare(self, node: ir.Compare, rows: Rows, window: Window) -> set[Need]:
        left, right = self.at(node.left, rows), self.at(node.right, rows)
        strict = 0 if node.strict else 1
        found = self._needs(node.left, rows, Window((right.lo, strict), (right.hi, strict)))
        return found | self._needs(node.right, rows, Window((left.lo, 1 - strict), (left.hi, 1 - strict)))

    def _member(self, node: ir.Member, rows: Rows, window: Window) -> set[Need]:
        code = self.at(node.subject, rows)
        if isinstance(code, Code) and code.text is not None:
            return {Need("judgement", node.list_id or "", code.text)}
        return _NEEDS[type(node.subject)](self, node.subject, rows, ALL)

    def _junction(self, node: ir.All | ir.Any, rows: Rows, window: Window) -> set[Need]:
        found: set[Need] = set()
        for part in node.parts:
            found |= self._needs(part, rows, TRUTH_WINDOW)
        return found

    def _standing_now(self, node: ir.SoFar, rows: Rows, window: Window) -> set[Need]:
        kept, self._so_far = self._so_far, True
        try:
            with self.interpreter.so_far():
                return self._needs(node.part, rows, window)
        finally:
            self._so_far = kept

    def _not(self, node: ir.Not, rows: Rows, window: Window) -> set[Need]:
        return self._needs(node.part, rows, TRUTH_WINDOW)

    # Lists

    def _fold(self, node: ir.Fold, rows: Rows, window: Window) -> set[Need]:
        origin = self.interpreter.row(node.origin, rows)
        if origin is None:
            return {self._missing_reference(node.origin, rows)}
        start = None if node.start is None else self.at(node.start, rows)
        end = None if node.end is None else self.at(node.end, rows)
        unseen, unfinished = self.interpreter.window_open(node, start, end)
        entries = []
        running = self._total
        for row, sure in self.interpreter.members(node, origin, start, end):
            if running is not None and running.skips(row):
                continue
            inner = (row, *rows)
            where = TRUE if node.where is None else self.at(node.where, inner)
            item = TRUE if node.item is None else self.at(node.item, inner)
            if where != FALSE:
                entries.append((row, inner, sure, where, item))
        total = self.at(node, rows)
        if total == UNKNOWN and not entries and not unseen and not unfinished:
            return {Need("undefined", self._owner, _subject(rows[0]))}
        found: set[Need] = set()
        if node.kind == "lowest" and node.unit == DATE and total.hi == INF and window.high[0] > self.case.as_of:
            found.add(Need("time", "", "", self.case.as_of))  # the first of them may still be to come
        adds = node.kind in ("sum", "count")
        if (not adds or (total.lo, 0) < window.high) and (running is None or node.child not in running.lists):
            found |= self._list_needs(node, origin, end, unseen, unfinished)
        for row, inner, sure, where, item in entries:
            if sure and where == TRUE and item.exact:
                continue  # nothing of it is open
            share = both((where if sure else both((where, OPEN)),))
            low = item.lo if share.lo == 1 else 0
            high = item.hi
            narrowed = window.moved(rest(total.lo, low), rest(total.hi, high)) if adds else window
            if adds and not narrowed.crossed(Range(low, high)):
                continue
            if node.where is not None:
                found |= self._in_full(node.where, inner, TRUTH_WINDOW)
            if node.item is not None:
                found |= self._needs(node.item, inner, narrowed if adds else self._item_window(node.kind, window))
            if not sure:
                found |= self._uncertain_entry(node, row, origin)
        for edge in (node.start, node.end):
            if edge is not None and entries:
                found |= self._in_full(edge, rows, ALL)
        return found

    def _in_full(self, node: IR, rows: Rows, window: Window) -> set[Need]:
        """A condition on a row is no part of a running total."""
        return self._within(None, node, rows, window)

    def _within(self, total: _Total | None, node: IR, rows: Rows, window: Window) -> set[Need]:
        kept, self._total = self._total, total
        try:
            return self._needs(node, rows, window)
        finally:
            self._total = kept

    @staticmethod
    def _item_window(kind: str, window: Window) -> Window:
        return TRUTH_WINDOW if kind in ("some", "every") else window

    def _list_needs(self, node: ir.Fold, origin: Row, end: Range | None, unseen: bool, unfinished: bool) -> set[Need]:
        entity = BY_NAME[node.child]
        found = set()
        today = self.case.as_of
        if unseen:
            last = today if end is None or isinstance(end.hi, Infinity) else min(int(end.hi), today)
            day = last if is_dated(node.child) else None
            name = BY_NAME[TARGET].list_name if node.child in PERIOD_ENTITIES else entity.list_name
            found.add(Need("list", name, _subject(origin), day))
        if unfinished and end is not None:
            found.add(Need("time", "", "", today if isinstance(end.hi, Infinity) else int(end.hi)))
        return found

    def _uncertain_entry(self, node: ir.Fold, row: Row, origin: Row) -> set[Need]:
        found = set()
        for own, other in node.link.equal:
            for start, path in ((row, own), (origin, other)):
                reached: Row | None = start
                for hop in path:
                    following = reached.refs.get(hop) if reached is not None else None
                    if following is None and reached is not None:
                        found.add(_fact(reached, hop))
                    reached = following
        if row.day is not None and not row.day.exact:
            found.add(_fact(row, BY_NAME[row.entity].day or "day"))
        return found

    def _first_day(self, node: ir.FirstDay, rows: Rows, window: Window) -> set[Need]:
        found: set[Need] = set()
        target, hit = self.at(node.reaches, rows), self.at(node, rows)
        for name in node.lists:
            found |= self._dated_list(
                BY_NAME[name].list_name, _subject(rows[0]), self.case.complete_through(name), window
            )
        if not target.exact:
            found |= self._in_full(node.reaches, rows, ALL)
        # "By day d" is asked of the days on which it is open. By the last of them the target is not surely reached,
        # however far the total has grown since.
        (low, strict_low), (high, strict_high) = window.low, window.high
        first = max(hit.lo, low + strict_low - 1)
        total = _Total(node.lists, min(hit.hi - 1, high + strict_high - 1, self.case.as_of))
        found |= self._within(total, node.of, rows, Window((target.lo, 0), (INF, 1)))
        return found | self._uncertain_days(node.of, rows, total, first)

    def _uncertain_days(self, node: IR, rows: Rows, total: _Total, first: Number) -> set[Need]:
        """Rows of which it is open whether they count by a day that matters, from ``first`` to the last."""
        if isinstance(node, ir.Choose):
            part = self.taken(node)
            return set() if part is None else self._uncertain_days(part, rows, total, first)
        if isinstance(node, ir.Ref):
            row = self.interpreter.row(node.place, rows)
            body = self.case.program.definitions[node.id].body
            return set() if row is None else self._uncertain_days(body, (row,), total, first)
        if not isinstance(node, ir.Fold):
            return set().union(*(self._uncertain_days(part, rows, total, first) for part in node.children()))
        found: set[Need] = set()
        nested = node.item is not None and self._counts_rows(node.item)
        origin = self.interpreter.row(node.origin, rows)
        for row, _ in self.interpreter.members(node, origin, None, None) if origin is not None else ():
            uncertain = row.entity in total.lists and _open_within(row.day, first, total.last)
            if not uncertain and not nested:
                continue
            inner = (row, *rows)
            if node.where is not None and self.at(node.where, inner) == FALSE:
                continue
            if uncertain and (node.kind != "sum" or node.item is None or self.at(node.item, inner) != Range(0, 0)):
                found.add(_fact(row, BY_NAME[row.entity].day or "day"))
            if nested and node.item is not None:
                found |= self._uncertain_days(node.item, inner, total, first)
        return found

    def _counts_rows(self, node: IR) -> bool:
        """The expression, or a term that it names, looks at a list."""
        known = self._counting.get(node)
        if known is None:
            known = any(isinstance(part, ir.Fold) for part in ir.reached(node, self.case.program))
            self._counting[node] = known
        return known

    # Dates

    def _count(self, node: ir.Count, rows: Rows, window: Window) -> set[Need]:
        base, count = self.at(node.base, rows), self.at(node.count, rows)
        counted = FALSE if node.counted is None else self.at(node.counted, rows)
        missing = self.interpreter.term(node, base, count, counted)[1]
        found = {Need("calendar", str(missing))} if missing is not None else set()
        return found | self._needs(node.base, rows, ALL) | self._needs(node.count, rows, ALL)

    def _through_base(self, node: ir.NextDay | ir.Edge, rows: Rows, window: Window) -> set[Need]:
        if isinstance(node, ir.NextDay):
            return self._needs(node.base, rows, window.moved(node.step, node.step))
        return self._needs(node.base, rows, ALL)

    def _other_year(self, node: ir.OtherYear, rows: Rows, window: Window) -> set[Need]:
        row = self.interpreter.row(node.place, rows)
        other = self.case.year_row(row, node.offset) if row is not None else None
        return set() if other is None else self._defined(node.id, other, window)


def _open_within(day: Range | None, first: Number, last: Number) -> bool:
    return day is not None and day.lo <= last and day.hi > first and not day.exact


def merged(found: Any) -> tuple[Need, ...]:
    """The needs of every branch together; of the same list or time the latest day."""
    if type(found) is Fork:
        found = tuple(need for _, branch in found.branches for need in merged(branch))
    latest: dict[tuple[str, str, str], Need] = {}
    for need in found:
        key = (need.kind, need.what, need.subject)
        if key not in latest or (latest[key].day or 0) < (need.day or 0):
            latest[key] = need
    return tuple(sorted(latest.values(), key=lambda need: need.order))


def _fact(row: Row, name: str) -> Need:
    if row.entity == INSTITUTION:
        return Need("fact", f"{INSTITUTION}.{name}")
    return Need("fact", name, row.id)


def _subject(row: Row) -> str:
    return "" if row.entity == INSTITUTION else row.id


# What has a walk of its own beneath it, that others come to again.
_REMEMBERED: Final = frozenset({ir.Fold, ir.FirstDay, ir.Choose, ir.Compare, ir.Arithmetic, ir.All, ir.Any})
_Finder = Callable[[NeedsFinder, Any, Rows, Window], set[Need]]
_F = NeedsFinder
_NEEDS: Final[dict[type[IR], _Finder]] = {
    ir.Const: _F._none,
    ir.AsOf: _F._none,
    ir.Fact: _F._fact,
    ir.PeriodEnd: _F._period_end,
    ir.GoverningDay: _F._governing_day,
    ir.Ref: _F._ref,
    ir.Arithmetic: _F._arithmetic,
    ir.Share: _F._share,
    ir.If: _F._if,
    ir.KnownBy: _F._known_by,
    ir.Fold: _F._fold,
    ir.FirstDay: _F._first_day,
    ir.Count: _F._count,
    ir.NextDay: _F._through_base,
    ir.Edge: _F._through_base,
    ir.ActDay: _F._act_day,
    ir.OtherYear: _F._other_year,
    ir.Compare: _F._compare,
    ir.Member: _F._member,
    ir.All: _F._junction,
    ir.Any: _F._junction,
    ir.Not: _F._not,
    ir.Judge: _F._judge,
    ir.Elsewhere: _F._elsewhere,
    ir.Choose: _F._choice,
    ir.Bounded: _F._bounded,
    ir.SoFar: _F._standing_now,
}
