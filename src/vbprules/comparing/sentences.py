"""Conditions and values of a program as sentences with their figures, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from vbprules.decision.labels import Labels
from vbprules.decision.model import Text
from vbprules.decision.words import BOUNDS, COMPARATORS
from vbprules.language.vocabulary import BY_NAME
from vbprules.program import ir
from vbprules.program.ir import IR, Program
from vbprules.values.figures import CODE, TEXT, TRUTH

_NEGATED: Final = {"below": "at_least", "at_least": "below", "above": "at_most", "at_most": "above"}
_SIGNS: Final = {
    "plus": (" + ", " + "),
    "difference": (" − ", " - "),
    "product": (" × ", " × "),
    "ratio": (" ÷ ", " / "),
}
_PERIODS: Final = {"month": "月", "quarter": "季度", "year": "年"}
_DEEPEST: Final = 3


class Sentences:
    """Sentences about the nodes of one program. A named quantity that holds a figure is followed by how it is made."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.labels = Labels(program.policy, program.definitions)

    def conditions(self, node: IR) -> tuple[Text, ...]:
        """One sentence for each part of a conjunction; none for what always holds."""
        parts = node.parts if isinstance(node, ir.All) and _range_of(node) is None else (node,)
        return tuple(self.of(part) for part in parts if part is not ir.TRUE_NODE and not _always(part))

    def of(self, node: IR, depth: int = 0) -> Text:
        if isinstance(node, ir.Ref):
            return self._named(node, depth)
        if isinstance(node, ir.Compare):
            return self._compared(node, node.word, depth)
        if isinstance(node, ir.Not):
            return self._negated(node.part, depth)
        if isinstance(node, ir.All):
            found = _range_of(node)
            if found is not None:
                return self._ranged(found, depth)
            return _joined([self.of(part, depth) for part in node.parts], "且", " and ")
        if isinstance(node, ir.Any):
            return _joined([self.of(part, depth) for part in node.parts], "或", " or ")
        if isinstance(node, ir.Choose):
            return self._by_reading(node, depth)
        if isinstance(node, ir.If):
            condition, then, other = (self.of(part, depth) for part in node.children())
            return Text(
                zh=f"{condition.zh}的：{then.zh}；否则：{other.zh}", en=f"{then.en} if {condition.en}, else {other.en}"
            )
        if isinstance(node, ir.Bounded):
            value = self.of(node.value, depth)
            zh, en = BOUNDS[node.bound]
            return Text(zh=zh + value.zh, en=en + value.en)
        if isinstance(node, ir.Fold):
            return self._fold(node, depth)
        return self._plain(node, depth)

    def _plain(self, node: IR, depth: int) -> Text:
        if isinstance(node, ir.Share):
            base = self.of(node.of, depth)
            return Text(zh=f"{base.zh}的 {node.share.text}", en=f"{node.share.text} of {base.en}")
        if isinstance(node, ir.Count):
            base, count = self.of(node.base, depth), self.of(node.count, depth)
            zh, en = ("后", "after") if node.forward else ("前", "before")
            return Text(zh=f"{base.zh}{zh} {count.zh}", en=f"{count.en} {en} {base.en}")
        if isinstance(node, ir.NextDay):
            base = self.of(node.base, depth)
            zh, en = ("次日", "the day after") if node.step > 0 else ("前一日", "the day before")
            return Text(zh=f"{base.zh}的{zh}", en=f"{en} {base.en}")
        if isinstance(node, ir.Edge):
            return self._edge(node, depth)
        if isinstance(node, ir.Judge):
            asked = self.labels.of(node)
            return Text(zh=f"经认定（{asked.zh}）", en=f"found on judgement ({asked.en})")
        if isinstance(node, ir.SoFar):
            return self.of(node.part, depth)
        if isinstance(node, ir.KnownBy):
            return self.of(node.first, depth)
        if isinstance(node, ir.Const) and node.unit == TRUTH:
            return Text(zh="一律", en="always") if node.value.lo == 1 else Text(zh="从不", en="never")
        if isinstance(node, ir.Elsewhere) and node.kind == "silent":
            text = self.labels.of(node)
            return _other_words(text, "文件未写", "silent")
        if isinstance(node, ir.Arithmetic) and any(not isinstance(part, ir.Fact) for part in node.parts):
            shown = [self.of(part, depth) for part in node.parts]
            words = {
                "plus": (" + ", " + "),
                "difference": (" − ", " - "),
                "product": (" × ", " × "),
                "ratio": (" ÷ ", " / "),
            }
            if node.operation in words and not any(isinstance(part, ir.GoverningDay) for part in node.parts):
                return _joined(shown, *words[node.operation])
            if node.operation in ("least", "greatest") and not any(isinstance(p, ir.GoverningDay) for p in node.parts):
                zh, en = ("取最小", "least of") if node.operation == "least" else ("取最大", "greatest of")
                parts = _joined(shown, "、", ", ")
                return Text(zh=f"{zh}（{parts.zh}）", en=f"{en} ({parts.en})")
        return self.labels.of(node)

    def _named(self, node: ir.Ref, depth: int) -> Text:
        label = self.labels.of(node)
        definition = self.program.definitions[node.id]
        breach = node.id.partition(".")[2]
        if breach.startswith(("breach_of:", "overdue:", "breach:")):
            late = breach.startswith("overdue")
            return Text(
                zh=f"“{label.zh}”{'逾期未履行' if late else '已违反'}",
                en=f'"{label.en}" {"overdue" if late else "breached"}',
            )
        if definition.builtin or depth >= _DEEPEST or not any(True for _ in _figures(definition.body)):
            return label
        inner = self.of(definition.body, depth + 1)
        return Text(zh=f"{label.zh}（即{inner.zh}）", en=f"{label.en} (= {inner.en})")

    def _compared(self, node: ir.Compare, word: str, depth: int) -> Text:
        subject, bound = node.subject, node.bound
        one, other = self.of(subject, depth), self.of(bound, depth)
        zh, en = COMPARATORS.get(word, (word, word))
        return Text(zh=f"{one.zh}{zh} {other.zh}", en=f"{one.en} {en} {other.en}")

    def _ranged(self, ends: tuple[ir.Compare, ir.Compare], depth: int) -> Text:
        low, high = (self.of(end.bound, depth) for end in ends)
        subject = self.of(ends[0].subject, depth)
        if low == high:
            return Text(zh=f"{subject.zh}等于 {low.zh}", en=f"{subject.en} exactly {low.en}")
        words = tuple(COMPARATORS.get(end.word, (end.word, end.word)) for end in ends)
        return Text(
            zh=f"{subject.zh}{words[0][0]} {low.zh}、{words[1][0]} {high.zh}",
            en=f"{subject.en} {words[0][1]} {low.en} and {words[1][1]} {high.en}",
        )

    def _negated(self, node: IR, depth: int) -> Text:
        if isinstance(node, ir.Compare) and node.word in _NEGATED:
            return self._compared(node, _NEGATED[node.word], depth)
        inner = self.of(node, depth)
        if _always(node):
            return Text(zh="从不", en="never")
        return Text(zh=f"并非（{inner.zh}）", en=f"not ({inner.en})")

    def _by_reading(self, node: ir.Choose, depth: int) -> Text:
        options = [(name, self.of(part, depth)) for name, part in node.options]
        if len({(text.zh, text.en) for _, text in options}) == 1:
            return options[0][1]
        zh = "；".join(f"{name}→{text.zh}" for name, text in options)
        en = "; ".join(f"{name} → {text.en}" for name, text in options)
        return Text(zh=f"视解读 {node.reading}【{zh}】", en=f"by reading {node.reading} [{en}]")

    def _edge(self, node: ir.Edge, depth: int) -> Text:
        base = self.of(node.base, depth)
        ahead = "次" if node.offset == 1 else "当" if node.offset == 0 else f"后 {node.offset} "
        unit = _PERIODS.get(node.period, node.period)
        if node.day is not None:
            return Text(zh=f"{base.zh}所在月 {node.day} 日", en=f"day {node.day} of the month of {base.en}")
        en = ("next " if node.offset == 1 else "") + node.period
        return Text(
            zh=f"{base.zh}的{ahead}{unit}{'末日' if node.last else '首日'}",
            en=f"{'end' if node.last else 'start'} of the {en} of {base.en}",
        )

    def _fold(self, node: ir.Fold, depth: int) -> Text:
        label = self.labels.of(node)
        if node.kind in ("some", "every"):
            child = BY_NAME[node.child]
            parts = [self.of(part, depth) for part in (node.item, node.where) if part is not None]
            inner = _joined(parts, "且", " and ")
            zh, en = ("任一", "some") if node.kind == "some" else ("每一", "every")
            return Text(zh=f"{zh}{child.zh}{inner.zh}", en=f"{en} {child.en}: {inner.en}")
        if node.where is None or not any(True for _ in _figures(node.where)):
            return label
        inner = self.of(node.where, depth)
        return Text(zh=f"{label.zh}（限{inner.zh}）", en=f"{label.en} (where {inner.en})")


def _other_words(text: Text, zh: str, en: str) -> Text:
    """A text with other words before its colon."""
    return Text(zh=f"{zh}：{text.zh.partition('：')[2]}", en=f"{en}: {text.en.partition(': ')[2]}")


def _joined(parts: Sequence[Text], zh: str, en: str) -> Text:
    if len(parts) == 1:
        return parts[0]
    return Text(zh=zh.join(part.zh for part in parts), en=en.join(part.en for part in parts))


def _figures(node: IR) -> list[ir.Const]:
    found = []
    for part in ir.walk(node):
        const = part.share if isinstance(part, ir.Share) else part.count if isinstance(part, ir.Count) else part
        if isinstance(const, ir.Const) and const.address and const.unit not in (TRUTH, CODE, TEXT):
            found.append(const)
    return found


def _always(node: IR) -> bool:
    return isinstance(node, ir.Const) and node.unit == TRUTH and node.value.lo == 1


def _range_of(node: ir.All) -> tuple[ir.Compare, ir.Compare] | None:
    """Two comparisons of one quantity: exactly, or between two bounds."""
    if len(node.parts) != 2:
        return None
    first, second = node.parts
    if not (isinstance(first, ir.Compare) and isinstance(second, ir.Compare)):
        return None
    same = first.subject is second.subject
    return (first, second) if same else None


__all__ = ["Sentences"]
