"""The whole proof of one outcome: every condition it turns on, also those that hold where the whole fails.

A decision tells what decides; who asks why it decided otherwise than expected needs the rest as well, down to the
recorded rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any, Final, cast

from vbprules.decision.model import NeedItem, PartyKind, Reason, TestKind, Text
from vbprules.decision.phrases import need_item
from vbprules.decision.reasons import Reasons, Truth, show_value, truth_of
from vbprules.decision.records import Records, record_of
from vbprules.decision.words import ATTRIBUTES, TESTS
from vbprules.engine.lists import Rows
from vbprules.engine.outcomes import Judge, Judged
from vbprules.facts.rows import Row
from vbprules.language import policy as p
from vbprules.language.vocabulary import BY_NAME
from vbprules.program import ir
from vbprules.program.ir import IR
from vbprules.values.figures import DATE, TRUTH, show_range
from vbprules.values.forks import Fork, leaves
from vbprules.values.ranges import FALSE, OPEN, TRUE

_MOST_ROWS: Final = 12
_ALWAYS: Final = ("amount", "standard", "value")  # figures that are told whether asked for or not
_MADE_OF: Final = {"breached_on": "due", "base": "standard", "excess": "standard"}


def whole_proof(judge: Judge, judged: Judged, figures: Collection[str] = (), gate: bool = False) -> tuple[Reason, ...]:
    """Gate, trigger and every test of an outcome as one tree each, then how the named figures came to be.

    ``gate`` tells the parts of the gate also where it surely holds.
    """
    return tuple(_Proof(judge, judged).told(figures, gate))


class _Proof:
    def __init__(self, judge: Judge, judged: Judged) -> None:
        self.norm, self.rows, self.judged = judged.norm, (judged.row,), judged
        self.interpreter = judge.interpreter
        self.reasons = WholeReasons(judge)

    def told(self, figures: Collection[str], gate: bool) -> Iterator[Reason]:
        yield self._gate(gate)
        if not self.judged.applies:
            return
        yield self._test("trigger", self.norm.when)
        tests = self.norm.tests
        same = {name for name in ("in_time",) if name in tests and tests.get("performed") is tests[name]}
        for name, test in tests.items():
            if name in self.judged.tests and name not in same and test is not ir.TRUE_NODE:
                yield self._test(cast(TestKind, name), test)
        wanted = [*_ALWAYS, *(_MADE_OF.get(name, name) for name in figures)]
        for name in dict.fromkeys(wanted) if self.judged.attributes else ():
            node = self.norm.done if name == "done" else self.norm.values.get(name)
            if node is not None and name in ATTRIBUTES:
                yield self.reasons.of_value(name, node, self.rows)

    def _gate(self, whole: bool) -> Reason:
        """Whether the norm reaches this row; where that is sure, without its parts."""
        if self.judged.gate == TRUE and not whole:
            return self._labelled("gate", "yes", ())
        norm = self.norm
        named: list[tuple[PartyKind, IR | None]] = [
            ("in_force", norm.in_force),
            ("by", norm.by_test),
            ("toward", norm.toward_test),
        ]
        parts = [self._test(name, test) for name, test in named if test is not None]
        parts += [self._exception(item, test) for item, test in norm.exempt]
        return self._labelled("gate", truth_of(self.judged.gate), tuple(parts))

    def _exception(self, item: p.Exemption, test: IR) -> Reason:
        cites = "；".join(f"{cite.clause}“{cite.phrase}”" for cite in item.cites)
        zh, en = TESTS["exempt"]
        text = Text(zh=f"{zh} {cites}".strip(), en=f"{en} {cites}".strip())
        parts = self.reasons.of(test, self.rows)
        return Reason(text=text, truth=truth_of(self._value(test)), kind="exempt", parts=parts)

    def _test(self, name: PartyKind | TestKind, test: IR) -> Reason:
        return self._labelled(name, truth_of(self._value(test)), self.reasons.of(test, self.rows))

    def _labelled(self, name: PartyKind | TestKind, truth: Truth, parts: tuple[Reason, ...]) -> Reason:
        zh, en = TESTS.get(name, (name, name))
        if name in ("by", "toward"):
            source = self.norm.source
            parties = [self.reasons.program.policy.parties[one].label for one in getattr(source, name)]
            zh, en = zh + "、".join(one.zh for one in parties), en + ", ".join(one.text("en") for one in parties)
        return Reason(text=Text(zh=zh, en=en), truth=truth, kind=name, parts=parts)

    def _value(self, node: IR) -> Any:
        return self.interpreter.value(node, self.rows)


class WholeReasons(Reasons):
    """Explains conditions with nothing left out: every conjunct, and the rows that a total is made of."""

    depth = 12
    figure_depth = 8

    def __init__(self, judge: Judge) -> None:
        super().__init__(judge.interpreter)
        self.finder, self.records = judge.finder, Records(judge.interpreter)
        self._so_far = False  # the finder is asked about the whole that holds as matters stand, not about its parts

    def _kept(self, node: ir.All, rows: Rows) -> tuple[IR, ...]:
        return node.parts

    def _one(self, node: IR, rows: Rows, depth: int) -> Reason:
        found = self._step(node, rows, depth)
        records = self.records.of(node, rows)
        return replace(found, needs=self._needs(node, rows), records=records)

    def _needs(self, node: IR, rows: Rows) -> tuple[NeedItem, ...]:
        """What could settle a condition that is open under some reading."""
        if self._so_far or isinstance(node, (ir.All, ir.Any, ir.Not, ir.Choose)):
            return ()
        if all(leaf != OPEN for _, leaf in leaves(self.interpreter.value(node, rows))):
            return ()
        return tuple(need_item(need, self.program.policy) for need in self.finder.under(node, rows, {}))

    def _figure(self, node: IR, rows: Rows, depth: int) -> Reason:
        return replace(super()._figure(node, rows, depth), records=self.records.of(node, rows))

    def _step(self, node: IR, rows: Rows, depth: int) -> Reason:
        if isinstance(node, ir.SoFar):
            kept, self._so_far = self._so_far, True
            with self.interpreter.so_far():
                found = self.of(node.part, rows, depth)
            self._so_far = kept
            whole = Text(zh="就现有记录而言", en="as matters stand")
            truth = truth_of(self.interpreter.value(node, rows))
            return Reason(text=whole, truth=truth, kind="so_far", parts=found)
        if isinstance(node, ir.Not):
            inner = self._one(node.part, rows, depth + 1)
            truth = truth_of(self.interpreter.value(node, rows))
            return Reason(text=Text(zh="并非", en="not"), truth=truth, kind="not", parts=(inner,))
        found_one = self._plain(node, rows, depth)
        if isinstance(node, ir.Fold) and not found_one.parts and depth < self.depth:
            members = tuple(self._members(node, rows, depth))
            return replace(found_one, text=self._quantified(node, bool(members)), parts=members)
        return found_one

    def _quantified(self, node: ir.Fold, any_row: bool) -> Text:
        """A condition on the rows of a list, which are told beneath it."""
        if node.item is None or node.item.unit != TRUTH:
            return self.labels.of(node)
        child = BY_NAME[node.child]
        if not any_row and node.kind == "some":
            return Text(zh=f"任一{child.zh}符合（没有记录）", en=f"some {child.en} meets this (none on record)")
        if node.kind == "some":
            return Text(zh=f"任一{child.zh}符合", en=f"some {child.en} meets this")
        return Text(zh=f"每一{child.zh}都符合", en=f"every {child.en} meets this")

    def _operands(self, node: IR, rows: Rows, depth: int) -> tuple[Reason, ...]:
        if depth >= self.figure_depth:
            return ()
        if isinstance(node, ir.Fold):
            return tuple(self._members(node, rows, depth))
        if isinstance(node, (ir.FirstDay, ir.KnownBy, ir.If)):
            parts = [part for part in node.children() if not isinstance(part, ir.Const)]
            return tuple(self._figure(part, rows, depth + 1) for part in parts if part.unit != TRUTH)
        return super()._operands(node, rows, depth)

    def _members(self, node: ir.Fold, rows: Rows, depth: int) -> Iterator[Reason]:
        """The recorded rows that count or may count, each with its value or with whether the condition holds of it."""
        found = [(row, sure, inner) for row, sure, inner in self._counted(node, rows)]
        for row, sure, inner in found[:_MOST_ROWS]:
            name, records = _row(row, sure), record_of(row)
            if node.item is None:
                yield Reason(text=name, truth="yes" if sure else "open", kind="row", records=records)
            elif node.item.unit == TRUTH:
                truth = truth_of(self.interpreter.value(node.item, inner))
                parts = self.of(node.item, inner, depth + 1)
                yield Reason(text=name, truth=truth, kind="row", parts=parts, records=records)
            else:
                value = self.interpreter.value(node.item, inner)
                shown = show_value(value, node.item.unit)
                text = Text(zh=f"{name.zh} {shown}", en=f"{name.en} {shown}")
                known: Truth = "by_reading" if type(value) is Fork else "yes" if sure else "open"
                parts = self._operands(node.item, inner, depth + 1)
                found_row = Reason(text=text, truth=known, kind="row", unit=node.item.unit, value=shown, parts=parts)
                yield replace(found_row, records=records)
        if len(found) > _MOST_ROWS:
            more = len(found) - _MOST_ROWS
            yield Reason(text=Text(zh=f"另有 {more} 行", en=f"{more} more rows"), truth="yes", kind="row")

    def _counted(self, node: ir.Fold, rows: Rows) -> Iterator[tuple[Row, bool, Rows]]:
        origin = self.interpreter.row(node.origin, rows)
        ends = [None if part is None else self.interpreter.value(part, rows) for part in (node.start, node.end)]
        if origin is None or any(type(end) is Fork for end in ends):
            return
        for row, sure in self.interpreter.members(node, origin, ends[0], ends[1]):
            inner = (row, *rows)
            where = TRUE if node.where is None else self.interpreter.value(node.where, inner)
            if where != FALSE:
                yield row, sure and where == TRUE, inner


def _row(row: Row, sure: bool) -> Text:
    """A recorded row with its day and the line where it stands."""
    entity = BY_NAME[row.entity]
    named = f" {row.name}" if row.name and row.name != row.id else ""
    day = show_range(row.day, DATE) if row.day is not None and row.day.exact else ""
    line = row.mark.line if row.mark is not None else 0
    zh = "，".join(part for part in (day, f"第 {line} 行" if line else "", "" if sure else "未必计入") if part)
    en = ", ".join(part for part in (day, f"line {line}" if line else "", "" if sure else "may not count") if part)
    return Text(
        zh=f"{entity.zh} {row.id}{named}" + (f"（{zh}）" if zh else ""),
        en=f"{entity.en} {row.id}{named}" + (f" ({en})" if en else ""),
    )
