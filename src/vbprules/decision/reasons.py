"""Reasons, found backward on demand: the condition of a norm with the value beneath each term."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final, Literal, NamedTuple

from vbprules.decision.model import Reason, ReasonKind, Text
from vbprules.decision.wording import wording_of
from vbprules.decision.words import ATTRIBUTES, COMPARATORS
from vbprules.engine.interpret import Figured, Interpreter
from vbprules.engine.lists import Rows
from vbprules.facts.rows import Code, Row
from vbprules.language import policy as p
from vbprules.program import ir
from vbprules.program.ir import IR, Norm
from vbprules.values.figures import CODE, DATE, DAYS, TEXT, show, show_range
from vbprules.values.forks import Fork, leaves
from vbprules.values.ranges import FALSE, TRUE, Infinity, Range

Truth = Literal["yes", "no", "open", "by_reading"]
CALENDAR_YEAR: Final = "year"
_KINDS: Final[Mapping[type[IR], ReasonKind]] = {
    ir.Member: "member",
    ir.Judge: "question",
    ir.Elsewhere: "elsewhere",
    ir.Fold: "term",
}
JUNCTIONS: Final[Mapping[type[IR], Text]] = {
    ir.Any: Text(zh="以下任一", en="any of"),
    ir.All: Text(zh="以下全部", en="all of"),
}
NOT: Final = Text(zh="并非：", en="not: ")


def truth_of(value: Any) -> Truth:
    if type(value) is Fork:
        return "by_reading"
    return "yes" if value == TRUE else "no" if value == FALSE else "open"


def show_value(value: Any, unit: str) -> str:
    """A value for people and cases: exact, a range, or one value per branch."""
    if type(value) is Fork:
        return "; ".join(f"{path_text(path)}: {show_value(leaf, unit)}" for path, leaf in leaves(value))
    if isinstance(value, Range):
        return show_range(value, unit)
    if isinstance(value, Figured):
        if value.bound in ("exactly", "between"):
            return show_range(value.value, unit)
        return f"{value.bound} {show_range(value.value, unit).removeprefix(value.bound).strip()}"
    return (value.text or "?") if isinstance(value, Code) else str(value)


def option_text(reading: p.Reading, name: str) -> Text:
    """What an option of a reading is called."""
    return Text(zh=f"解读“{reading.options[name]}”", en=f"reading {reading.id}={name}")


def path_text(path: Iterable[tuple[str, str]]) -> str:
    """The options of readings under which a value holds: ``volume=both&grain=each``."""
    return "&".join(f"{reading}={option}" for reading, option in path)


class ToldOf(NamedTuple):
    """What is told of a norm beside its gate: conditions, and figures by their names where it may apply."""

    always: tuple[IR, ...]
    where_it_may_apply: tuple[IR, ...]
    figures: tuple[tuple[str, IR], ...]


def told_of(norm: Norm) -> ToldOf:
    """Its condition and what it asks or forbids; whether it was done in time; what its sum or standard is."""
    timed = norm.source.modality in (p.OBLIGATION, p.ENTITLEMENT) and "due" in norm.values
    return ToldOf(
        (norm.when, *(norm.values[name] for name in ("requires", "forbids") if name in norm.values)),
        (norm.tests["in_time"],) if timed else (),
        tuple((name, norm.values[name]) for name in ("amount", "standard", "value") if name in norm.values),
    )


class Reasons:
    """Explains conditions on one case."""

    depth = 6
    figure_depth = 3

    def __init__(self, interpreter: Interpreter) -> None:
        self.interpreter = interpreter
        self.program = interpreter.case.program
        self.labels = wording_of(self.program).labels

    def of(self, node: IR, rows: Rows, depth: int = 0) -> tuple[Reason, ...]:
        """One reason per conjunct of a condition; of a condition that fails, those that make it fail."""
        if node is ir.TRUE_NODE:
            return ()
        if isinstance(node, ir.All):
            return tuple(reason for part in self._kept(node, rows) for reason in self.of(part, rows, depth))
        return (self._one(node, rows, depth),)

    def _kept(self, node: ir.All, rows: Rows) -> tuple[IR, ...]:
        """The parts of a conjunction that are told."""
        if self.interpreter.value(node, rows) != FALSE:
            return node.parts
        return tuple(part for part in node.parts if self.interpreter.value(part, rows) == FALSE) or node.parts

    def _one(self, node: IR, rows: Rows, depth: int) -> Reason:
        return self._plain(node, rows, depth)

    def _plain(self, node: IR, rows: Rows, depth: int) -> Reason:
        truth = truth_of(self.interpreter.value(node, rows))
        if isinstance(node, ir.Compare):
            return self._compare(node, rows, truth)
        if isinstance(node, (ir.Any, ir.All)):
            deeper = depth < self.depth
            told = self._kept(node, rows) if isinstance(node, ir.All) else node.parts
            parts = (
                tuple(self._one(part, rows, depth + 1) for part in told if part is not ir.TRUE_NODE) if deeper else ()
            )
            kind: ReasonKind = "any" if isinstance(node, ir.Any) else "all"
            return Reason(text=JUNCTIONS[type(node)], truth=truth, kind=kind, parts=parts)
        if isinstance(node, ir.Not):
            inner = self._one(node.part, rows, depth + 1)
            text = Text(zh=NOT.zh + inner.text.zh, en=NOT.en + inner.text.en)
            return Reason(text=text, truth=truth, kind="not", parts=inner.parts)
        if isinstance(node, ir.Choose):
            return self._choice(node, rows, truth, depth)
        text = self.labels.of(node)
        parts = ()
        if isinstance(node, ir.Ref) and depth < self.depth:
            row = self.interpreter.row(node.place, rows)
            body = self.program.definitions[node.id].body
            if row is not None and not isinstance(body, (ir.Compare, ir.Fact)):
                parts = self.of(body, (row,), depth + 1)
            elif row is not None:
                parts = (self._one(body, (row,), depth + 1),)
        value = None
        if isinstance(node, ir.Member):
            value = show_value(self.interpreter.value(node.subject, rows), CODE)
        return Reason(text=text, truth=truth, kind=_kind(node), unit=node.unit, value=value, parts=parts)

    def _choice(self, node: ir.Choose, rows: Rows, truth: Truth, depth: int) -> Reason:
        reading = self.program.policy.readings[node.reading]
        parts = []
        for name, part in self._options(node):
            inner = self.of(part, rows, depth + 1) if depth < self.depth else ()
            holds = truth_of(self.interpreter.value(part, rows))
            parts.append(Reason(text=option_text(reading, name), truth=holds, kind="option", parts=inner))
        asks = Text(zh=reading.asks.zh, en=reading.asks.text("en"))
        return Reason(text=asks, truth=truth, kind="choice", parts=tuple(parts))

    def _options(self, node: ir.Choose) -> tuple[tuple[str, IR], ...]:
        return node.open_to(self.interpreter.case.fixed)

    def _compare(self, node: ir.Compare, rows: Rows, truth: Truth) -> Reason:
        subject, bound = node.subject, node.bound
        mine, other = self.interpreter.value(subject, rows), self.interpreter.value(bound, rows)
        word = node.word
        zh, en = COMPARATORS.get(word, (word, word))
        left, right = self._name(subject, rows), self._name(bound, rows)
        value, threshold = show_value(mine, subject.unit), show_value(other, bound.unit)
        plain = isinstance(bound, ir.Const)
        text = Text(
            zh=f"{left.zh} {value} {zh} {threshold if plain else f'{right.zh} {threshold}'}",
            en=f"{left.en} {value} {en} {threshold if plain else f'{right.en} {threshold}'}",
        )
        return Reason(
            text=text,
            truth=truth,
            kind=compared_kind(subject, bound),
            unit=CALENDAR_YEAR if _is_year(subject) else subject.unit,
            value=value,
            comparator=word,
            threshold=threshold,
            margin=margin_text(mine, other, subject.unit),
            parts=(*self._operands(subject, rows, 0), *self._operands(bound, rows, 0)),
        )

    def _name(self, node: IR, rows: Rows) -> Text:
        """What a figure is called here: of two that a condition or a fixed reading chooses between, the one chosen."""
        if isinstance(node, ir.Bounded):
            return self._name(node.value, rows)
        if isinstance(node, ir.If):
            condition = self.interpreter.value(node.condition, rows)
            if condition in (TRUE, FALSE):
                return self._name(node.then if condition == TRUE else node.otherwise, rows)
        if isinstance(node, ir.Choose) and node.reading in self.interpreter.case.fixed:
            return self._name(self._options(node)[0][1], rows)
        return self.labels.of(node)

    def of_value(self, name: str, node: IR, rows: Rows) -> Reason:
        """How a figure of an outcome came to be: 金额 = 上年度月均拨付额的30% 300000.00."""
        zh, en = ATTRIBUTES.get(name, (name, name))
        found = self._figure(node, rows, 0)
        text = Text(zh=f"{zh} = {found.text.zh}", en=f"{en} = {found.text.en}")
        return replace(found, text=text, kind="figure")

    def _figure(self, node: IR, rows: Rows, depth: int) -> Reason:
        value = self.interpreter.value(node, rows)
        label, shown = self._name(node, rows), show_value(value, node.unit)
        text = (
            Text(zh=label.zh, en=label.en)
            if label.zh == shown
            else Text(zh=f"{label.zh} {shown}", en=f"{label.en} {shown}")
        )
        exact = isinstance(value, Figured) or (isinstance(value, Range) and value.exact)
        truth: Truth = "by_reading" if type(value) is Fork else "yes" if exact else "open"
        parts = self._operands(node, rows, depth)
        unit = CALENDAR_YEAR if _is_year(node) else node.unit
        return Reason(text=text, truth=truth, kind="operand", unit=unit, value=shown, parts=parts)

    def _operands(self, node: IR, rows: Rows, depth: int) -> tuple[Reason, ...]:
        """The figures beneath a figure, so that a reader can do the sum."""
        beneath = _BENEATH.get(type(node))
        if beneath is None or depth >= self.figure_depth or _governs(node):
            return ()
        return beneath(self, node, rows, depth)

    def _under_name(self, node: ir.Ref, rows: Rows, depth: int) -> tuple[Reason, ...]:
        return self._defined(node, self.interpreter.row(node.place, rows), depth)

    def _under_other_year(self, node: ir.OtherYear, rows: Rows, depth: int) -> tuple[Reason, ...]:
        row = self.interpreter.row(node.place, rows)
        other = None if row is None else self.interpreter.case.year_row(row, node.offset)
        return self._defined(node, other, depth)

    def _defined(self, node: ir.Ref | ir.OtherYear, row: Row | None, depth: int) -> tuple[Reason, ...]:
        return () if row is None else self._operands(self.program.definitions[node.id].body, (row,), depth)

    def _under_one(self, node: ir.Bounded | ir.NextDay | ir.Edge, rows: Rows, depth: int) -> tuple[Reason, ...]:
        return self._operands(node.children()[0], rows, depth)

    def _under_choice(self, node: ir.Choose, rows: Rows, depth: int) -> tuple[Reason, ...]:
        figures = [(name, self._figure(part, rows, depth + 1)) for name, part in self._options(node)]
        if node.reading in self.interpreter.case.fixed:
            return tuple(found for _, found in figures)
        options = self.program.policy.readings[node.reading].options
        return tuple(
            replace(
                found,
                text=Text(zh=f"解读“{options[name]}”：{found.text.zh}", en=f"{node.reading}={name}: {found.text.en}"),
                kind="option_figure",
            )
            for name, found in figures
        )

    def _under_sum(self, node: ir.Arithmetic | ir.Share, rows: Rows, depth: int) -> tuple[Reason, ...]:
        parts = (part for part in node.children() if not isinstance(part, ir.Const))
        return tuple(self._figure(part, rows, depth + 1) for part in parts)

    def _under_term(self, node: ir.Count, rows: Rows, depth: int) -> tuple[Reason, ...]:
        label = self.labels.of(node)
        base = show_value(self.interpreter.value(node.base, rows), DATE)
        shown = show_value(self.interpreter.value(node, rows), DATE)
        text = Text(zh=f"{label.zh}（自 {base}）至 {shown}", en=f"{label.en} (from {base}): {shown}")
        return (Reason(text=text, truth="yes", kind="operand", unit=DATE, value=shown),)


# What stands beneath a figure, by the kind of its node; beneath others there is nothing to tell.
_BENEATH: Final[Mapping[type[IR], Callable[[Reasons, Any, Rows, int], tuple[Reason, ...]]]] = {
    ir.Ref: Reasons._under_name,
    ir.OtherYear: Reasons._under_other_year,
    ir.Bounded: Reasons._under_one,
    ir.NextDay: Reasons._under_one,
    ir.Edge: Reasons._under_one,
    ir.Choose: Reasons._under_choice,
    ir.Arithmetic: Reasons._under_sum,
    ir.Share: Reasons._under_sum,
    ir.Count: Reasons._under_term,
}


def _kind(node: IR) -> ReasonKind:
    """Of a condition that compares nothing."""
    if isinstance(node, ir.Ref):
        return "breach" if ":" in node.id else "term"
    return _KINDS.get(type(node), "condition")


def compared_kind(subject: IR, bound: IR) -> ReasonKind:
    """Whether a comparison is about figures, about today, or about what the document covers."""
    if _is_year(subject) or _governs(subject):
        return "scope"
    return "today" if isinstance(subject, ir.AsOf) or isinstance(bound, ir.AsOf) else "comparison"


def _governs(node: IR) -> bool:
    """The day by which a row falls under the document, or today if that is earlier."""
    return any(isinstance(part, ir.GoverningDay) for part in (node, *node.children()))


def _is_year(node: IR) -> bool:
    return isinstance(node, ir.Fact) and node.name == "year_number"


def margin_text(mine: Any, other: Any, unit: str) -> str | None:
    """Value less threshold, where both are exact."""
    if (
        not isinstance(mine, Range)
        or not isinstance(other, Range)
        or not mine.exact
        or not other.exact
        or unit in (CODE, TEXT)
    ):
        return None
    if isinstance(mine.lo, Infinity) or isinstance(other.lo, Infinity):
        return None
    return show(mine.lo - other.lo, DAYS if unit == DATE else unit)
