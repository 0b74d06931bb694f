"""Reasons, found backward on demand: the condition of a norm with the value beneath each term."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final, Literal

from vbprules.decision.model import Reason, Text
from vbprules.decision.words import COMPARATORS
from vbprules.engine.interpret import Figured, Interpreter
from vbprules.engine.lists import Rows
from vbprules.facts.rows import Code
from vbprules.language.vocabulary import BY_NAME, INSTITUTION
from vbprules.program import ir
from vbprules.program.ir import IR
from vbprules.values.figures import CODE, DATE, DAYS, TEXT, show, show_range
from vbprules.values.forks import Fork, leaves
from vbprules.values.ranges import FALSE, TRUE, Infinity, Range

Truth = Literal["yes", "no", "open", "by_reading"]
_DEPTH: Final = 6
_FOLDS: Final = {
    "sum": ("合计", "total"),
    "count": ("数目", "count"),
    "lowest": ("最低", "lowest"),
    "highest": ("最高", "highest"),
    "some": ("任一", "some"),
    "every": ("每一", "every"),
}
_OPERATIONS: Final = {
    "plus": (" + ", " + "),
    "difference": (" − ", " − "),
    "product": (" × ", " × "),
    "ratio": (" ÷ ", " ÷ "),
    "least": ("、", ", "),
    "greatest": ("、", ", "),
}
_MIRRORED: Final = {"below": "above", "at_most": "at_least", "before": "after", "on_or_before": "on_or_after"}


def truth_of(value: Any) -> Truth:
    if type(value) is Fork:
        return "by_reading"
    return "yes" if value == TRUE else "no" if value == FALSE else "open"


def show_value(value: Any, unit: str) -> str:
    """A value for people and cases: exact, a range, or one value per branch."""
    if type(value) is Fork:
        return "; ".join(
            f"{'&'.join(f'{r}={o}' for r, o in path)}: {show_value(leaf, unit)}" for path, leaf in leaves(value)
        )
    if isinstance(value, Figured):
        bound = "" if value.bound in ("exactly", "between") else f"{value.bound} "
        return bound + show_range(value.value, unit)
    if isinstance(value, Code):
        return value.text or "?"
    if isinstance(value, Range):
        return show_range(value, unit)
    return str(value)


class Reasons:
    """Explains conditions on one case."""

    def __init__(self, interpreter: Interpreter) -> None:
        self.interpreter = interpreter
        self.program = interpreter.case.program

    def of(self, node: IR, rows: Rows, depth: int = 0) -> tuple[Reason, ...]:
        """One reason per conjunct of a condition."""
        if node is ir.TRUE_NODE:
            return ()
        if isinstance(node, ir.All):
            return tuple(reason for part in node.parts for reason in self.of(part, rows, depth))
        return (self._one(node, rows, depth),)

    def _one(self, node: IR, rows: Rows, depth: int) -> Reason:
        truth = truth_of(self.interpreter.value(node, rows))
        if isinstance(node, ir.Compare):
            return self._compare(node, rows, truth)
        if isinstance(node, (ir.Any, ir.All)):
            parts = tuple(r for part in node.parts for r in self.of(part, rows, depth + 1)) if depth < _DEPTH else ()
            words = ("以下任一", "any of") if isinstance(node, ir.Any) else ("以下全部", "all of")
            return Reason(text=Text(zh=words[0], en=words[1]), truth=truth, parts=parts)
        if isinstance(node, ir.Not):
            inner = self._one(node.part, rows, depth + 1)
            return Reason(
                text=Text(zh=f"并非：{inner.text.zh}", en=f"not: {inner.text.en}"), truth=truth, parts=inner.parts
            )
        if isinstance(node, ir.Choose):
            return self._choice(node, rows, truth, depth)
        text = self.label(node)
        parts = ()
        if isinstance(node, ir.Ref) and depth < _DEPTH:
            row = self.interpreter.row(node.place, rows)
            body = self.program.definitions[node.id].body
            if row is not None and not isinstance(body, (ir.Compare, ir.Fact)):
                parts = self.of(body, (row,), depth + 1)
            elif row is not None:
                parts = (self._one(body, (row,), depth + 1),)
        value = None
        if isinstance(node, ir.Member):
            value = show_value(self.interpreter.value(node.subject, rows), CODE)
        return Reason(text=text, truth=truth, value=value, parts=parts)

    def _choice(self, node: ir.Choose, rows: Rows, truth: Truth, depth: int) -> Reason:
        reading = self.program.policy.readings[node.reading]
        parts = []
        for name, part in node.options:
            inner = self.of(part, rows, depth + 1) if depth < _DEPTH else ()
            label = Text(zh=f"解读“{reading.options[name]}”", en=f"reading {node.reading}={name}")
            parts.append(Reason(text=label, truth=truth_of(self.interpreter.value(part, rows)), parts=inner))
        return Reason(text=Text(zh=reading.asks.zh, en=reading.asks.text("en")), truth=truth, parts=tuple(parts))

    def _compare(self, node: ir.Compare, rows: Rows, truth: Truth) -> Reason:
        subject, bound = (node.left, node.right) if node.subject_left else (node.right, node.left)
        mine, other = self.interpreter.value(subject, rows), self.interpreter.value(bound, rows)
        word = node.word
        zh, en = COMPARATORS.get(word, (word, word))
        left, right = self.label(subject), self.label(bound)
        value, threshold = show_value(mine, subject.unit), show_value(other, bound.unit)
        plain = isinstance(bound, ir.Const)
        text = Text(
            zh=f"{left.zh} {value} {zh} {threshold if plain else f'{right.zh} {threshold}'}",
            en=f"{left.en} {value} {en} {threshold if plain else f'{right.en} {threshold}'}",
        )
        return Reason(
            text=text,
            truth=truth,
            value=value,
            comparator=word,
            threshold=threshold,
            margin=_margin(mine, other, subject.unit),
            parts=self._operands(subject, rows),
        )

    def _operands(self, node: IR, rows: Rows) -> tuple[Reason, ...]:
        """The figures beneath a ratio or a difference, so that a reader can do the sum."""
        body, place_rows = node, rows
        if isinstance(node, ir.Ref):
            row = self.interpreter.row(node.place, rows)
            if row is None:
                return ()
            body, place_rows = self.program.definitions[node.id].body, (row,)
        if not isinstance(body, ir.Arithmetic):
            return ()
        parts = []
        for part in body.parts:
            value = self.interpreter.value(part, place_rows)
            label = self.label(part)
            shown = show_value(value, part.unit)
            exact = isinstance(value, Range) and value.exact
            parts.append(
                Reason(
                    text=Text(zh=f"{label.zh} {shown}", en=f"{label.en} {shown}"),
                    truth="by_reading" if type(value) is Fork else "yes" if exact else "open",
                    value=shown,
                )
            )
        return tuple(parts)

    def label(self, node: IR) -> Text:
        """What a node is called."""
        if isinstance(node, ir.Ref):
            found = self.program.definitions[node.id].label
            return Text(zh=found.zh, en=found.text("en"))
        if isinstance(node, ir.OtherYear):
            found = self.program.definitions[node.id].label
            words = ("上年度", "last year's ") if node.offset < 0 else ("下年度", "next year's ")
            return Text(zh=words[0] + found.zh, en=words[1] + found.text("en"))
        if isinstance(node, ir.Fact):
            column = BY_NAME[node.place.entity].field_map[node.name]
            owner = "" if node.place.entity == INSTITUTION or not node.place.hops else BY_NAME[node.place.entity].zh
            return Text(zh=owner + column.zh, en=column.en)
        if isinstance(node, ir.Const):
            return Text(zh=node.text, en=node.text)
        if isinstance(node, ir.Judge):
            asks = self.program.policy.questions.get(node.question)
            return (
                Text(zh=asks.asks.zh, en=asks.asks.text("en"))
                if asks
                else Text(zh="经认定违反", en="found to be violated")
            )
        if isinstance(node, ir.ActDay):
            title = self._title(node.of)
            return Text(zh=f"“{title.zh}”作出日", en=f'day of "{title.en}"')
        if isinstance(node, ir.Fold):
            zh, en = _FOLDS[node.kind]
            inner = self.label(node.item) if node.item is not None else Text(zh="", en="")
            child = BY_NAME[node.child]
            return Text(zh=f"{child.zh}{inner.zh}{zh}", en=f"{en} {inner.en} of {child.en}".replace("  ", " "))
        if isinstance(node, ir.Arithmetic):
            parts = [self.label(part) for part in node.parts]
            zh, en = _OPERATIONS[node.operation]
            joined = Text(zh=zh.join(part.zh for part in parts), en=en.join(part.en for part in parts))
            if node.operation in ("least", "greatest"):
                words = ("较低者", "lesser of") if node.operation == "least" else ("较高者", "greater of")
                return Text(zh=f"{joined.zh}{words[0]}", en=f"{words[1]} {joined.en}")
            return joined
        if isinstance(node, ir.Member):
            subject = self.label(node.subject)
            listed = self.program.policy.lists.get(node.list_id or "")
            names = "、".join(
                (listed.labels.get(code, code) if listed else self._option(node.subject, code)) for code in node.codes
            )
            return Text(zh=f"{subject.zh}属于：{names}", en=f"{subject.en} is one of {', '.join(node.codes)}")
        return self._other(node)

    def _other(self, node: IR) -> Text:
        if isinstance(node, ir.Share):
            base = self.label(node.of)
            return Text(zh=f"{base.zh}的{node.share.text}", en=f"{node.share.text} of {base.en}")
        if isinstance(node, ir.Count):
            base, count = self.label(node.base), self.label(node.count)
            words = ("后", "after") if node.forward else ("前", "before")
            return Text(zh=f"{base.zh}{words[0]} {count.zh}", en=f"{count.en} {words[1]} {base.en}")
        if isinstance(node, ir.NextDay):
            base = self.label(node.base)
            words = ("次日", "day after") if node.step > 0 else ("前一日", "day before")
            return Text(zh=f"{base.zh}{words[0]}", en=f"{words[1]} {base.en}")
        if isinstance(node, ir.PeriodEnd):
            name = BY_NAME[node.place.entity]
            return Text(
                zh=name.zh + ("末日" if node.last else "首日"), en=f"{'end' if node.last else 'start'} of the {name.en}"
            )
        if isinstance(node, ir.Elsewhere):
            names = [
                self.program.policy.instruments[w].number if w in self.program.policy.instruments else w
                for w in node.what
            ]
            words = ("另由其规定：", "set by ") if node.kind == "instrument" else ("文件未规定：", "not stated: ")
            return Text(zh=words[0] + "、".join(names), en=words[1] + ", ".join(names))
        if isinstance(node, ir.FirstDay):
            base = self.label(node.of)
            return Text(zh=f"{base.zh}达到之日", en=f"day on which {base.en} is reached")
        if isinstance(node, ir.GoverningDay):
            return Text(zh="适用日", en="governing day")
        if isinstance(node, ir.AsOf):
            return Text(zh="判断日", en="as-of date")
        if isinstance(node, (ir.Choose, ir.Bounded, ir.If, ir.KnownBy, ir.Edge)) and node.children():
            return self.label(node.children()[-1 if isinstance(node, ir.If) else 0])
        return Text(zh="条件", en="condition")

    def _option(self, subject: IR, code: str) -> str:
        if isinstance(subject, ir.Fact):
            return BY_NAME[subject.place.entity].field_map[subject.name].options.get(code, code)
        return code

    def _title(self, provision: str) -> Text:
        found = self.program.policy.provisions.get(provision)
        return Text(zh=found.title.zh, en=found.title.text("en")) if found else Text(zh=provision, en=provision)


def _margin(mine: Any, other: Any, unit: str) -> str | None:
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
    return show(Fraction(mine.lo) - Fraction(other.lo), DAYS if unit == DATE else unit)
