"""Why, for every row of a norm at once: the lines of ``decision.lines`` of what ``decision.reasons`` tells.

A line is made of pieces: texts that are the same in every row, and columns of texts. It mirrors ``Reasons`` step by
step; values are shown by its own code, once for each that occurs.
"""

from __future__ import annotations

import operator
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

import polars as pl

from vbprules.columnar.evaluate import Columns
from vbprules.columnar.frames import Frame, new_name
from vbprules.columnar.judge import JudgedRows
from vbprules.columnar.leaves import Codes, both
from vbprules.columnar.quick import quick_text
from vbprules.columnar.said import Asked, said
from vbprules.decision.labels import Labels
from vbprules.decision.lines import STYLES
from vbprules.decision.model import Text
from vbprules.decision.reasons import JUNCTIONS, NOT, Reasons, option_text, show_value
from vbprules.decision.words import ATTRIBUTES, COMPARATORS
from vbprules.language import policy as p
from vbprules.program import ir
from vbprules.program.ir import IR, Place
from vbprules.values.figures import DATE, TEXT
from vbprules.values.forks import Fork, leaves, lift
from vbprules.values.ranges import Range

Piece = str | pl.Expr
Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Step:
    """A condition: what is said of it, what it is made of, and whether it holds. ``told``: in which rows; else all."""

    text: Pieces
    truth: Pieces
    parts: tuple[_Step, ...] = ()
    beneath: pl.Expr | None = None  # the parts on one line, of rows elsewhere
    told: pl.Expr | None = None


class ColumnReasons:
    """Tells why outcomes are as they are, on the columns of one store."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.program = columns.program
        self.labels = Labels(self.program.policy, self.program.definitions)
        self._asked: dict[Frame, list[Asked]] = {}

    def of(self, judged: JudgedRows) -> tuple[pl.Expr, ...]:
        """The lines of a norm in each language, on its frame."""
        lines = tuple(self._whole(judged, lang) for lang in STYLES)
        self._answer(judged.frame)
        return lines

    def _whole(self, judged: JudgedRows, lang: str) -> pl.Expr:
        """What the assembler of a decision tells, in its order."""
        norm, frame = judged.norm, judged.frame
        applies = lift(both, judged.gate, judged.trigger)
        may_apply, gate_open = ~_fails(applies), ~_holds(judged.gate) & ~judged.outside
        steps: list[_Step] = []
        if frame.here(gate_open).any():
            steps += [_where(gate_open, step) for step in self._steps(norm.gate, frame, 0, lang)]
        asked = [norm.when, *(norm.values[name] for name in ("requires", "forbids") if name in norm.values)]
        steps += [step for node in asked for step in self._steps(node, frame, 0, lang)]
        if norm.source.modality in (p.OBLIGATION, p.ENTITLEMENT) and "due" in norm.values:
            steps += [_where(may_apply, step) for step in self._steps(norm.tests["in_time"], frame, 0, lang)]
        figures = [
            (may_apply, self._figure(name, norm.values[name], frame, lang))
            for name in ("amount", "standard", "value")
            if name in norm.values
        ]
        return _joined([*((step.told, _line(step, lang)) for step in steps), *figures], lang)

    # Conditions

    def _steps(self, node: IR, frame: Frame, depth: int, lang: str) -> tuple[_Step, ...]:
        if node is ir.TRUE_NODE:
            return ()
        if isinstance(node, ir.All):
            found = self._kept(node, frame)
            return tuple(_where(told, step) for told, part in found for step in self._steps(part, frame, depth, lang))
        return (self._step(node, frame, depth, lang),)

    def _kept(self, node: ir.All, frame: Frame) -> list[tuple[pl.Expr | None, IR]]:
        """The parts of a conjunction, and in which rows they are told: where it fails, those that make it fail."""
        if len(node.parts) == 1:
            return [(None, node.parts[0])]
        failing = [_fails(self._truth(part, frame)) for part in node.parts]
        everything = ~_fails(self._truth(node, frame)) | ~reduce(operator.or_, failing)
        return [(everything | fails, part) for fails, part in zip(failing, node.parts, strict=True)]

    def _truth(self, node: IR, frame: Frame) -> Any:
        """Whether a condition holds, worked out once."""
        key = ("whether", node)
        if key not in frame.memo:
            frame.memo[key] = frame.kept(self.columns.value(node, frame))
        return frame.memo[key]

    def _step(self, node: IR, frame: Frame, depth: int, lang: str) -> _Step:
        truth = (_word(self._truth(node, frame), lang),)
        deeper = depth < Reasons.depth
        if isinstance(node, ir.Compare):
            return _Step(self._comparison(node, frame, lang), truth)
        if isinstance(node, (ir.Any, ir.All)):
            words = (_in(JUNCTIONS[type(node)], lang),)
            kept = self._kept(node, frame) if isinstance(node, ir.All) else [(None, part) for part in node.parts]
            parts = (
                _where(told, self._step(part, frame, depth + 1, lang))
                for told, part in kept
                if deeper and part is not ir.TRUE_NODE
            )
            return _Step(words, truth, tuple(parts))
        if isinstance(node, ir.Not):
            inner = self._step(node.part, frame, depth + 1, lang)
            return _Step((_in(NOT, lang), *inner.text), truth, inner.parts, inner.beneath)
        if isinstance(node, ir.Choose):
            return self._choice(node, frame, truth, depth, lang)
        name = (_in(self.labels.of(node), lang),)
        if not isinstance(node, ir.Ref) or not deeper:
            return _Step(name, truth)
        body = self.program.definitions[node.id].body
        there = self.columns.frame_of(node.place, frame)
        if there is frame:
            return _Step(name, truth, self._steps(body, frame, depth + 1, lang))
        return _Step(name, truth, beneath=self._elsewhere(body, node.place, there, frame, depth + 1, lang))

    def _elsewhere(self, body: IR, place: Place, there: Frame, frame: Frame, depth: int, lang: str) -> pl.Expr:
        """The steps of a term of other rows, on one line; null where there is no such row."""
        key = ("line", body, depth, lang)
        if key not in there.memo:
            line = _joined([(step.told, _line(step, lang)) for step in self._steps(body, there, depth, lang)], lang)
            self._answer(there)
            there.memo[key] = there.kept(Codes(line))
        found: Codes = frame.pulled(there.memo[key], there.table, frame.position(place), TEXT)
        return found.expr

    def _choice(self, node: ir.Choose, frame: Frame, truth: Pieces, depth: int, lang: str) -> _Step:
        reading = self.program.policy.readings[node.reading]
        parts = []
        for name, part in self._options(node):
            inner = self._steps(part, frame, depth + 1, lang) if depth < Reasons.depth else ()
            holds = (_word(self._truth(part, frame), lang),)
            parts.append(_Step((_in(option_text(reading, name), lang),), holds, inner))
        return _Step((reading.asks.zh if lang == "zh" else reading.asks.text("en"),), truth, tuple(parts))

    def _options(self, node: ir.Choose) -> tuple[tuple[str, IR], ...]:
        fixed = self.columns.fixed.get(node.reading)
        return node.options if fixed is None else tuple(item for item in node.options if item[0] == fixed)

    # Figures

    def _comparison(self, node: ir.Compare, frame: Frame, lang: str) -> Pieces:
        subject, bound = (node.left, node.right) if node.subject_left else (node.right, node.left)
        words = COMPARATORS.get(node.word, (node.word, node.word))
        named = () if isinstance(bound, ir.Const) else (*self._name(bound, frame, lang), " ")
        return (
            *self._name(subject, frame, lang),
            " ",
            self._shown(subject, frame),
            f" {words[0] if lang == 'zh' else words[1]} ",
            *named,
            self._shown(bound, frame),
        )

    def _figure(self, name: str, node: IR, frame: Frame, lang: str) -> Pieces:
        words = ATTRIBUTES.get(name, (name, name))
        label, shown = self._name(node, frame, lang), self._shown(node, frame)
        head = f"{words[0] if lang == 'zh' else words[1]} = "
        alike = _text(self._name(node, frame, "zh")) == _text((shown,))
        return (head, *label, pl.when(alike).then(pl.lit("")).otherwise(_text((" ", shown))))

    def _name(self, node: IR, frame: Frame, lang: str) -> Pieces:
        if isinstance(node, ir.Bounded):
            return self._name(node.value, frame, lang)
        label = (_in(self.labels.of(node), lang),)
        if isinstance(node, ir.If):
            condition = self._truth(node.condition, frame)
            then, otherwise = self._name(node.then, frame, lang), self._name(node.otherwise, frame, lang)
            chosen = pl.when(_holds(condition)).then(_text(then)).when(_fails(condition)).then(_text(otherwise))
            return (chosen.otherwise(_text(label)),)
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


def _in(text: Text, lang: str) -> str:
    return text.zh if lang == "zh" else text.en


def _where(told: pl.Expr | None, step: _Step) -> _Step:
    """The step told in some rows only."""
    if told is None:
        return step
    return replace(step, told=told if step.told is None else told & step.told)


def _line(step: _Step, lang: str) -> Pieces:
    style, beneath = STYLES[lang], step.beneath
    inner: Pieces = ()
    if beneath is not None or any(part.told is not None for part in step.parts):
        line = beneath if beneath is not None else _joined([(p.told, _line(p, lang)) for p in step.parts], lang)
        inside = pl.concat_str(pl.lit(style.before), line, pl.lit(style.after))
        inner = (pl.when(line != "").then(inside).otherwise(pl.lit("")),)
    elif step.parts:
        inner = (style.before, *_between([_line(part, lang) for part in step.parts], lang), style.after)
    return (*step.text, *inner, style.colon, *step.truth)


def _between(lines: Sequence[Pieces], lang: str) -> Pieces:
    return tuple(piece for line in lines for piece in (STYLES[lang].between, *line))[1:]


def _joined(lines: Sequence[tuple[pl.Expr | None, Pieces]], lang: str) -> pl.Expr:
    """Lines one behind the other, each where it is told."""
    if all(told is None for told, _ in lines):
        return _text(_between([line for _, line in lines], lang))
    texts = [_text(line) if told is None else pl.when(told).then(_text(line)) for told, line in lines]
    return pl.concat_str(texts, separator=STYLES[lang].between, ignore_nulls=True)


def _text(pieces: Pieces) -> pl.Expr:
    """Pieces as one text; those that are the same in every row are put together before."""
    found: list[Piece] = []
    for piece in pieces:
        if found and isinstance(piece, str) and isinstance(found[-1], str):
            found[-1] += piece
        else:
            found.append(piece)
    exprs = [pl.lit(piece) if isinstance(piece, str) else piece for piece in found]
    return exprs[0] if len(exprs) == 1 else pl.concat_str(exprs) if exprs else pl.lit("")


def _holds(value: Any) -> pl.Expr:
    """Whether a condition holds under every reading."""
    return _everywhere(value, True)


def _fails(value: Any) -> pl.Expr:
    return _everywhere(value, False)


def _everywhere(value: Any, truth: bool | None) -> pl.Expr:
    found: pl.Expr = reduce(operator.and_, (leaf.expr.eq_missing(pl.lit(truth)) for _, leaf in leaves(value)))
    return found


def _word(value: Any, lang: str) -> pl.Expr:
    """The word behind a condition, see ``decision.reasons.truth_of``."""
    words = {truth: pl.lit(word) for truth, word in STYLES[lang].truths.items()}
    found = pl.when(_holds(value)).then(words["yes"]).when(_fails(value)).then(words["no"])
    if type(value) is not Fork:
        return found.otherwise(words["open"])
    return found.when(_everywhere(value, None)).then(words["open"]).otherwise(words["by_reading"])
