"""From truths and dates to outcomes: for every norm and row its gate, trigger, attributes and state (SEMANTICS 6).

A state is a function of truths and dates, derived last and never read by another norm. It is settled only if every
truth of its row in the table is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from vbprules.engine.case import Case, subject_of
from vbprules.engine.interpret import Interpreter
from vbprules.engine.needs import Need, NeedsFinder, merged
from vbprules.facts.rows import Act, Row
from vbprules.language import policy as p
from vbprules.language.vocabulary import ACTS, INSTITUTION
from vbprules.program import ir
from vbprules.program.ir import IR, Norm
from vbprules.values.figures import DATE, MONEY
from vbprules.values.forks import leaves, lift
from vbprules.values.ranges import (
    FALSE,
    OPEN,
    TRUE,
    Range,
    add,
    both,
    either,
    exactly,
    negate,
    truth,
)

_NO_DAY: Final = Range(0, 0)


class State(NamedTuple):
    """A state's code, whether it is settled, and the tests whose needs could still settle it."""

    code: str
    settled: bool
    hangs_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """One norm on one row. Every value may be forked by reading; ``attributes`` hold only where the norm may apply."""

    norm: Norm
    row: Row
    gate: Any
    trigger: Any
    state: Any
    tests: Mapping[str, Any]
    attributes: Mapping[str, Any]
    applies: bool  # the gate does not surely fail

    @property
    def subject(self) -> str:
        return subject_of(self.row)

    @property
    def key(self) -> str:
        return f"{self.norm.id}@{self.subject}" if self.subject else self.norm.id


class Judge:
    """Judges every norm of a case with the interpreter."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.interpreter = Interpreter(case)
        self.finder = NeedsFinder(self.interpreter)
        self._splits: dict[str, Mapping[str, IR]] = {}  # of the prices: base and excess

    def all(self) -> Iterator[Judged]:
        """Every norm on every recorded row, in the order of the policy, then of the rows."""
        for norm in self.case.program.norms:
            for row in self.case.rows(norm.entity):
                yield self.judge(norm, row)

    def judge(self, norm: Norm, row: Row) -> Judged:
        rows = (row,)
        gate = self.interpreter.value(norm.gate, rows)
        if gate == FALSE:
            return Judged(norm, row, gate, FALSE, State("not_applicable", True), {}, {}, applies=False)
        trigger = self.interpreter.value(norm.when, rows)
        applies = lift(lambda g, t: both((g, t)), gate, trigger)
        if applies == FALSE:
            state: Any = State("not_triggered", True)
            tests: dict[str, Any] = {}
            if "imposed" in norm.tests:
                tests["imposed"] = self.interpreter.value(norm.tests["imposed"], rows)
                state = lift(lambda i: _ungrounded(FALSE, i), tests["imposed"])
            return Judged(norm, row, gate, trigger, state, tests, {}, applies=True)
        tests = {name: self.interpreter.value(test, rows) for name, test in norm.tests.items()}
        state = self._state(norm, row, applies, tests)
        values = {name: self.interpreter.value(norm.values[name], rows) for name in SHOWN if name in norm.values}
        if norm.done is not None and norm.source.modality != p.PROHIBITION:
            values["done"] = self.interpreter.value(norm.done, rows)
        if "due" in values and norm.source.modality in (p.OBLIGATION, p.ENTITLEMENT):
            values["breached_on"] = lift(_breached_on, state, values["due"])
        if any(leaf == TRUE for _, leaf in leaves(tests.get("early", FALSE))):
            values["early"] = tests["early"]
        if norm.source.modality == p.PRICE and "standard" in values:
            values |= {name: self.interpreter.value(node, rows) for name, node in self._split(norm).items()}
        shown = {name: lift(_where_it_applies, applies, value) for name, value in values.items()}
        attributes = {name: value for name, value in shown.items() if value is not None}
        return Judged(norm, row, gate, trigger, state, tests, attributes, applies=True)

    def _split(self, norm: Norm) -> Mapping[str, IR]:
        """Base: the lesser of price and standard, per unit; excess: what the price exceeds the standard by."""
        if norm.id not in self._splits:
            price = ir.Fact(unit=MONEY, place=ir.Place(norm.entity), name="price")
            standard = norm.values["standard"]
            nothing = ir.Const(unit=MONEY, value=exactly(0), text="0", address="")

            def of(operation: str, *parts: IR) -> IR:
                return ir.Arithmetic(unit=MONEY, readings=standard.readings, operation=operation, parts=parts)

            above = of("difference", price, standard)
            self._splits[norm.id] = {"base": of("least", price, standard), "excess": of("greatest", above, nothing)}
        return self._splits[norm.id]

    def _state(self, norm: Norm, row: Row, applies: Any, tests: Mapping[str, Any]) -> Any:
        lifted = self._lifted(norm, row) if norm.source.modality == p.SANCTION else FALSE
        known = norm.source.once or self.case.through("acts") >= self.case.as_of
        names = [name for name in TESTS if name in tests]

        def leaf(a: Range, *truths: Range) -> State:
            return state_of(norm, a, dict(zip(names, truths, strict=True)), lifted, known)

        return lift(leaf, applies, *(tests[name] for name in names))

    def _lifted(self, norm: Norm, row: Row) -> Range:
        """There are acts of this sanction, and every one has been lifted by an act of the authority.

        An act without a subject, or whose day may lie ahead, is perhaps one of them. What is done once does not last,
        so there is nothing to lift: its act settles it, whatever is recorded later.
        """
        if norm.source.once:
            return FALSE
        sure: list[Range] = []
        perhaps: list[Range] = []
        for act in self._acts_on(norm, row):
            lifted = self._is_lifted(act)
            there = act.day.hi <= self.case.as_of or lifted == TRUE  # what was lifted had been imposed by then
            (sure if there and _is_about(act, row) else perhaps).append(lifted)
        surely = bool(sure) and both((*sure, *perhaps)) == TRUE
        possibly = both(sure) != FALSE and (bool(sure) or either(perhaps) != FALSE)
        return truth(surely, possibly)

    def _acts_on(self, norm: Norm, row: Row) -> Iterator[Act]:
        """The recorded acts of a sanction that may be about a row and have been done."""
        for act in self.case.dossier.acts:
            recorded = act.record == ACTS and act.concerns(norm.id) and act.day.lo <= self.case.as_of
            if recorded and (_is_about(act, row) or not act.subject):
                yield act

    def _is_lifted(self, act: Act) -> Range:
        end = act.lifted_on
        return FALSE if end is None else truth(end.hi <= self.case.as_of, end.lo <= self.case.as_of)

    # Needs

    def state_needs(self, judged: Judged, state: State, assignment: dict[str, str]) -> tuple[Need, ...]:
        """What could still settle a state, within an assignment."""
        found: list[Need] = []
        for name in state.hangs_on:
            if name == "lifted":
                if self._lifted(judged.norm, judged.row) == OPEN:
                    found += self._lifting_needs(judged)
                continue
            if name == "acts":
                found.append(Need("list", "acts", "", self.case.as_of))
                continue
            node = self.node(judged.norm, name)
            if node is not None:
                found += self.finder.under(node, (judged.row,), assignment)
        return merged(tuple(found))

    def _lifting_needs(self, judged: Judged) -> Iterator[Need]:
        """What could tell whether every act of a sanction has been lifted."""
        for act in self._acts_on(judged.norm, judged.row):
            if not _is_about(act, judged.row):
                yield Need("fact", f"{ACTS}.subject", act.of)
            elif self._is_lifted(act) == OPEN:
                yield Need("fact", "lifted_on", judged.key)
            elif act.day.hi > self.case.as_of:
                yield Need("fact", f"{ACTS}.day", act.of)

    def node(self, norm: Norm, name: str) -> IR | None:
        """The condition or value behind a name of an outcome: gate, trigger, a test or an attribute."""
        if name in ("gate", "trigger"):
            return norm.gate if name == "gate" else norm.when
        if name == "done":
            return norm.done
        if name == "breached_on":
            due = norm.values.get("due")
            return None if due is None else ir.NextDay(unit=DATE, readings=due.readings, base=due, step=1)
        if name in ("base", "excess"):
            return self._split(norm)[name]
        return norm.values.get(name) or norm.tests.get(name)

    def attribute_needs(self, judged: Judged, name: str, assignment: dict[str, str]) -> tuple[Need, ...]:
        node = self.node(judged.norm, name)
        return () if node is None else self.finder.under(node, (judged.row,), assignment)


SHOWN: Final = ("amount", "due", "not_before", "from", "until", "standard", "value", "received")


def _is_about(act: Act, row: Row) -> bool:
    """Whether an act names this row; on the institution's own row the subject does not matter."""
    return row.entity == INSTITUTION or act.subject == row.id


# The truths that a state is a function of, beside whether the norm applies.
TESTS: Final = ("over", "in_time", "performed", "breached", "started", "ended", "imposed")


def state_of(norm: Norm, applies: Range, tests: Mapping[str, Range], lifted: Range, acts_known: bool) -> State:
    """The state of a norm, from its truths (SEMANTICS 6). ``lifted``: every act of it on record has been."""
    modality = norm.source.modality
    if modality in (p.OBLIGATION, p.ENTITLEMENT):
        table = _discretionary if norm.discretionary else _performance
        return table(applies, tests.get("over", FALSE), tests.get("in_time", OPEN), tests.get("performed", OPEN))
    if modality == p.PROHIBITION:
        return _prohibition(applies, tests["breached"])
    if modality == p.SANCTION:
        ended = either((tests.get("ended", FALSE), lifted))
        return _sanction(norm, acts_known, applies, tests.get("started", TRUE), ended, tests["imposed"])
    if modality == p.PERMISSION:
        return _permission(applies, tests.get("started", TRUE), tests.get("ended", FALSE))
    return _unless_open(applies) or State("applies", True)


def _where_it_applies(applies: Range, value: Any) -> Any:
    return None if applies == FALSE else value


def _breached_on(state: State, due: Range) -> Any:
    return add(due, exactly(1)) if state.code.startswith("breached") else None


def _unless_open(applies: Range) -> State | None:
    if applies == FALSE:
        return State("not_triggered", True)
    if applies == OPEN:
        return State("trigger_unknown", False, ("gate", "trigger"))
    return None


def _ungrounded(applies: Range, imposed: Range) -> State:
    if imposed == TRUE:
        return State("imposed_ground_open", applies == FALSE, () if applies == FALSE else ("gate", "trigger"))
    state = _unless_open(applies)
    assert state is not None
    return state


def _performance(applies: Range, over: Range, in_time: Range, performed: Range) -> State:
    outside = _unless_open(applies)
    if outside is not None:
        return outside
    if in_time == TRUE and performed == TRUE:
        return State("met", True)
    if over == FALSE:  # a limit kept so far may still be exceeded
        return State("open_unrecorded", False, ("performed",)) if performed == OPEN else State("open", True)
    if over == OPEN:
        return State("deadline_unknown", False, ("over", "in_time"))
    if in_time == OPEN:
        return State("timeliness_unknown", False, ("in_time",))
    if in_time == TRUE:
        return State("met", True)
    if performed == TRUE:
        return State("breached_met_late", True)
    if performed == FALSE:
        return State("breached_unperformed", True)
    return State("breached_unrecorded", False, ("performed",))


def _discretionary(applies: Range, over: Range, in_time: Range, performed: Range) -> State:
    """可, 鼓励, 探索 …: never a duty, never breached."""
    outside = _unless_open(applies)
    if outside is not None:
        return outside
    if performed == OPEN:
        return State("available", False, ("performed",))
    return State("met" if performed == TRUE else "available", True)


def _prohibition(applies: Range, breached: Range) -> State:
    outside = _unless_open(applies)
    if outside is not None:
        return outside
    if breached == OPEN:
        return State("breach_unknown", False, ("breached",))
    return State("breached" if breached == TRUE else "observed", True)


def _permission(applies: Range, started: Range, ended: Range) -> State:
    outside = _unless_open(applies)
    if outside is not None:
        return outside
    inside = both((started, negate(ended)))
    if inside == OPEN:
        return State("trigger_unknown", False, ("started", "ended"))
    return State("available" if inside == TRUE else "not_triggered", True)


def _sanction(norm: Norm, acts_known: bool, applies: Range, started: Range, ended: Range, imposed: Range) -> State:
    if applies != TRUE:
        return _ungrounded(applies, imposed)
    by_itself = norm.source.takes_effect == "by_itself"
    if started == FALSE:
        code = "may_be_imposed" if norm.discretionary else "starts_later" if by_itself else "due_later"
        return State(code, True)
    if started == OPEN:
        return State("window_unknown", False, ("started",))
    if ended == TRUE:
        if imposed == TRUE or by_itself:
            return State("ended", True)
        return State("no_longer_due", imposed == FALSE, () if imposed == FALSE else ("imposed",))
    lift_open = ("ended", "lifted") if ended == OPEN else ()
    if imposed == TRUE or (by_itself and not norm.discretionary):
        unless = lift_open + (() if acts_known else ("acts",))
        return State("in_force", not unless, unless)
    code = "may_be_imposed" if norm.discretionary else "due"
    if imposed == FALSE:
        return State(code, not lift_open, lift_open)
    return State(f"{code}_unrecorded", False, ("imposed", *lift_open))
