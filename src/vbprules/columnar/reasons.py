"""Why, for every row of a norm at once: the lines of ``decision.lines`` of what ``decision.reasons`` tells.

A line is made of pieces: texts that are the same in every row, and columns of texts. It mirrors ``Reasons`` step by
step; values are shown by its own code, once for each that occurs.
"""

from __future__ import annotations

import operator
from functools import reduce
from typing import Any

import polars as pl

from vbprules.columnar.evaluate import Columns
from vbprules.columnar.frames import Frame, new_name
from vbprules.columnar.judge import JudgedRows
from vbprules.columnar.leaves import Codes, both, fails, holds
from vbprules.columnar.lines import Piece, Pieces, Step, joined, one_text, set_out, word_of
from vbprules.columnar.quick import quick_text
from vbprules.columnar.said import Asked, said
from vbprules.decision.lines import STYLES
from vbprules.decision.model import Text
from vbprules.decision.phrases import text_of
from vbprules.decision.reasons import JUNCTIONS, NOT, Reasons, option_text, show_value, told_of
from vbprules.decision.wording import wording_of
from vbprules.decision.words import ATTRIBUTES, COMPARATORS
from vbprules.program import ir
from vbprules.program.ir import IR, Place
from vbprules.values.figures import DATE, TEXT
from vbprules.values.forks import lift
from vbprules.values.ranges import Range


class ColumnReasons:
    """Tells why outcomes are as they are, on the columns of one store."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.program = columns.program
        self.labels = wording_of(columns.program).labels
        self._asked: dict[Frame, list[Asked]] = {}

    def of(self, judged: JudgedRows) -> tuple[pl.Expr, ...]:
        """The lines of a norm in each language, on its frame: what the assembler of a decision tells, in its order."""
        frame, told = judged.frame, told_of(judged.norm)
        may_apply = ~fails(lift(both, judged.gate, judged.trigger))
        gate_open = ~holds(judged.gate) & ~judged.outside
        conditions: list[tuple[pl.Expr | None, IR]] = [(None, node) for node in told.always]
        conditions += [(may_apply, node) for node in told.where_it_may_apply]
        if frame.here(gate_open).any():
            conditions.insert(0, (gate_open, judged.norm.gate))
        lines = []
        for lang in STYLES:
            steps = (step.where(where) for where, node in conditions for step in self._steps(node, frame, 0, lang))
            figures = ((may_apply, self._figure(name, node, frame, lang)) for name, node in told.figures)
            lines.append(joined([*((step.told, set_out(step, lang)) for step in steps), *figures], lang))
        self._answer(frame)
        return tuple(lines)

    # Conditions

    def _steps(self, node: IR, frame: Frame, depth: int, lang: str) -> tuple[Step, ...]:
        if node is ir.TRUE_NODE:
            return ()
        if isinstance(node, ir.All):
            found = self._kept(node, frame)
            return tuple(step.where(told) for told, part in found for step in self._steps(part, frame, depth, lang))
        return (self._step(node, frame, depth, lang),)

    def _kept(self, node: ir.All, frame: Frame) -> list[tuple[pl.Expr | None, IR]]:
        """The parts of a conjunction, and in which rows they are told: where it fails, those that make it fail."""
        if len(node.parts) == 1:
            return [(None, node.parts[0])]
        failing = [fails(self._truth(part, frame)) for part in node.parts]
        everything = ~fails(self._truth(node, frame)) | ~reduce(operator.or_, failing)
        return [(everything | fail, part) for fail, part in zip(failing, node.parts, strict=True)]

    def _truth(self, node: IR, frame: Frame) -> Any:
        """Whether a condition holds, worked out once."""
        key = ("whether", node)
        if key not in frame.memo:
            frame.memo[key] = frame.kept(self.columns.value(node, frame))
        return frame.memo[key]

    def _step(self, node: IR, frame: Frame, depth: int, lang: str) -> Step:
        truth = (word_of(self._truth(node, frame), lang),)
        deeper = depth < Reasons.depth
        if isinstance(node, ir.Compare):
            return Step(self._comparison(node, frame, lang), truth)
        if isinstance(node, (ir.Any, ir.All)):
            words = (JUNCTIONS[type(node)].lang(lang),)
            kept = self._kept(node, frame) if isinstance(node, ir.All) else [(None, part) for part in node.parts]
            parts = (
                self._step(part, frame, depth + 1, lang).where(told)
                for told, part in kept
                if deeper and part is not ir.TRUE_NODE
            )
            return Step(words, truth, tuple(parts))
        if isinstance(node, ir.Not):
            inner = self._step(node.part, frame, depth + 1, lang)
            return Step((NOT.lang(lang), *inner.text), truth, inner.parts, inner.beneath)
        if isinstance(node, ir.Choose):
            return self._choice(node, frame, truth, depth, lang)
        name = (self.labels.of(node).lang(lang),)
        if not isinstance(node, ir.Ref) or not deeper:
            return Step(name, truth)
        body = self.program.definitions[node.id].body
        there = self.columns.frame_of(node.place, frame)
        if there is frame:
            return Step(name, truth, self._steps(body, frame, depth + 1, lang))
        return Step(name, truth, beneath=self._elsewhere(body, node.place, there, frame, depth + 1, lang))

    def _elsewhere(self, body: IR, place: Place, there: Frame, frame: Frame, depth: int, lang: str) -> pl.Expr:
        """The steps of a term of other rows, on one line; null where there is no such row."""
        key = ("line", body, depth, lang)
        if key not in there.memo:
            line = joined([(step.told, set_out(step, lang)) for step in self._steps(body, there, depth, lang)], lang)
            self._answer(there)
            there.memo[key] = there.kept(Codes(line))
        found: Codes = frame.pulled(there.memo[key], there.table, frame.position(place), TEXT)
        return found.expr

    def _choice(self, node: ir.Choose, frame: Frame, truth: Pieces, depth: int, lang: str) -> Step:
        reading = self.program.policy.readings[node.reading]
        parts = []
        for name, part in self._options(node):
            inner = self._steps(part, frame, depth + 1, lang) if depth < Reasons.depth else ()
            truth_there = (word_of(self._truth(part, frame), lang),)
            parts.append(Step((option_text(reading, name).lang(lang),), truth_there, inner))
        return Step((text_of(reading.asks).lang(lang),), truth, tuple(parts))

    def _options(self, node: ir.Choose) -> tuple[tuple[str, IR], ...]:
        return node.open_to(self.columns.fixed)

    # Figures

    def _comparison(self, node: ir.Compare, frame: Frame, lang: str) -> Pieces:
        subject, bound = node.subject, node.bound
        word = Text(*COMPARATORS.get(node.word, (node.word, node.word)))
        named = () if isinstance(bound, ir.Const) else (*self._name(bound, frame, lang), " ")
        return (
            *self._name(subject, frame, lang),
            " ",
            self._shown(subject, frame),
            f" {word.lang(lang)} ",
            *named,
            self._shown(bound, frame),
        )

    def _figure(self, name: str, node: IR, frame: Frame, lang: str) -> Pieces:
        word = Text(*ATTRIBUTES.get(name, (name, name)))
        label, shown = self._name(node, frame, lang), self._shown(node, frame)
        alike = one_text(self._name(node, frame, "zh")) == one_text((shown,))
        return (f"{word.lang(lang)} = ", *label, pl.when(alike).then(pl.lit("")).otherwise(one_text((" ", shown))))

    def _name(self, node: IR, frame: Frame, lang: str) -> Pieces:
        if isinstance(node, ir.Bounded):
            return self._name(node.value, frame, lang)
        label = (self.labels.of(node).lang(lang),)
        if isinstance(node, ir.If):
            condition = self._truth(node.condition, frame)
            then, otherwise = self._name(node.then, frame, lang), self._name(node.otherwise, frame, lang)
            chosen = pl.when(holds(condition)).then(one_text(then)).when(fails(condition)).then(one_text(otherwise))
            return (chosen.otherwise(one_text(label)),)
        if isinstance(node, ir.Choose) and node.reading in self.columns.fixed:
            return self._name(self._options(node)[0][1], frame, lang)
        return label

    def _shown(self, node: IR, frame: Frame) -> Piece:
        """The value of a node as a decision shows it."""
        if isinstance(node, ir.Const):
            return show_value(node.value, node.unit)
        if isinstance(node, ir.AsOf):
            return show_value(Range(self.columns.as_of, self.columns.as_of), DATE)
        key = ("shown", node.id, node.place) if isinstance(node, ir.Ref) else ("shown", node)
        if key not in frame.memo:
            value, name = self.columns.value(node, frame), new_name()
            asked = Asked((name,), [value], lambda known: (show_value(known, node.unit),), quick_text(value, node.unit))
            self._asked.setdefault(frame, []).append(asked)
            frame.memo[key] = pl.col(name)
        found: pl.Expr = frame.memo[key]
        return found

    def _answer(self, frame: Frame) -> None:
        """Fill the columns of texts that were asked for since."""
        asked = self._asked.pop(frame, None)
        if asked:
            everywhere = pl.Series([True]).new_from_index(0, frame.height)
            frame.add(pl.DataFrame(said(frame.table, everywhere, asked)))
