"""What conditions and values are called, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from vbprules.decision.model import Text
from vbprules.language.policy import Policy
from vbprules.language.vocabulary import BY_NAME, INSTITUTION
from vbprules.program import ir
from vbprules.program.ir import IR, Definition
from vbprules.values.figures import DATE, DAYS, MONEY, MONTHS, WORKING_DAYS, YEARS, decimal_text

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


_PERIODS: Final = {"month": "月", "quarter": "季度", "year": "年度"}
_WHICH: Final = {-1: ("上", "preceding"), 0: ("当", "of"), 1: ("次", "following")}
_DURATIONS: Final = {DAYS: "天", WORKING_DAYS: "个工作日", MONTHS: "个月", YEARS: "年"}


class Labels:
    """Names the nodes of one program."""

    def __init__(self, policy: Policy, definitions: Mapping[str, Definition]) -> None:
        self.policy, self.definitions = policy, definitions
        self._known: dict[IR, Text] = {}

    def of(self, node: IR) -> Text:
        """What a node is called."""
        found = self._known.get(node)
        if found is None:
            found = self._known[node] = self._name(node)
        return found

    def _name(self, node: IR) -> Text:
        if isinstance(node, ir.Ref):
            found = self.definitions[node.id].label
            return Text(zh=found.zh, en=found.text("en"))
        if isinstance(node, ir.OtherYear):
            found = self.definitions[node.id].label
            words = ("上年度", "last year's ") if node.offset < 0 else ("下年度", "next year's ")
            return Text(zh=words[0] + found.zh, en=words[1] + found.text("en"))
        if isinstance(node, ir.Fact):
            column = BY_NAME[node.place.entity].field_map[node.name]
            owner = "" if node.place.entity == INSTITUTION or not node.place.hops else BY_NAME[node.place.entity].zh
            return Text(zh=owner + column.zh, en=column.en)
        if isinstance(node, ir.Const):
            return _figure(node)
        if isinstance(node, ir.Judge):
            asks = self.policy.questions.get(node.question)
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
            inner = self.of(node.item) if node.item is not None else Text(zh="", en="")
            child = BY_NAME[node.child]
            return Text(zh=f"{child.zh}{inner.zh}{zh}", en=f"{en} {inner.en} of {child.en}".replace("  ", " "))
        if isinstance(node, ir.Arithmetic):
            governing = next((part for part in node.parts if isinstance(part, ir.GoverningDay)), None)
            if governing is not None:  # or today, if that is earlier
                return self.of(governing)
            parts = [self.of(part) for part in node.parts]
            zh, en = _OPERATIONS[node.operation]
            joined = Text(zh=zh.join(part.zh for part in parts), en=en.join(part.en for part in parts))
            floor = node.parts[0] if isinstance(node.parts[0], ir.Const) else node.parts[-1]
            if node.operation == "greatest" and len(parts) == 2 and isinstance(floor, ir.Const) and floor.value.hi == 0:
                kept = parts[1 if floor is node.parts[0] else 0]
                return Text(zh=f"{kept.zh}（不足零按零计）", en=f"{kept.en} (not below zero)")
            if node.operation in ("least", "greatest"):
                low, high = (("较低者", "lesser of"), ("较高者", "greater of"))
                if node.unit == DATE:
                    low, high = ("较早者", "earlier of"), ("较晚者", "later of")
                words = low if node.operation == "least" else high
                return Text(zh=f"{joined.zh}{words[0]}", en=f"{words[1]} {joined.en}")
            return joined
        if isinstance(node, ir.Member):
            subject = self.of(node.subject)
            listed = self.policy.lists.get(node.list_id or "")
            names = "、".join(
                (listed.labels.get(code, code) if listed else self._option(node.subject, code)) for code in node.codes
            )
            return Text(zh=f"{subject.zh}属于：{names}", en=f"{subject.en} is one of {', '.join(node.codes)}")
        return self._other(node)

    def _other(self, node: IR) -> Text:
        if isinstance(node, ir.Share):
            base = self.of(node.of)
            return Text(zh=f"{base.zh}的{node.share.text}", en=f"{node.share.text} of {base.en}")
        if isinstance(node, ir.Count):
            base, count = self.of(node.base), self.of(node.count)
            words = ("后", "after") if node.forward else ("前", "before")
            return Text(zh=f"{base.zh}{words[0]} {count.zh}", en=f"{count.en} {words[1]} {base.en}")
        if isinstance(node, ir.NextDay):
            base = self.of(node.base)
            words = ("次日", "day after") if node.step > 0 else ("前一日", "day before")
            return Text(zh=f"{base.zh}{words[0]}", en=f"{words[1]} {base.en}")
        if isinstance(node, ir.PeriodEnd):
            name = BY_NAME[node.place.entity]
            return Text(
                zh=name.zh + ("末日" if node.last else "首日"), en=f"{'end' if node.last else 'start'} of the {name.en}"
            )
        if isinstance(node, ir.Elsewhere):
            names = [self._instrument(name) for name in node.what]
            words = ("另由其规定：", "set by ") if node.kind == "instrument" else ("文件未规定：", "not stated: ")
            zh, en = "、".join(name.zh for name in names), ", ".join(name.en for name in names)
            return Text(zh=words[0] + zh, en=words[1] + en)
        if isinstance(node, ir.FirstDay):
            base = self.of(node.of)
            return Text(zh=f"{base.zh}达到之日", en=f"day on which {base.en} is reached")
        if isinstance(node, ir.GoverningDay):
            by = None if node.by is None else self.of(node.by)
            zh, en = ("", "") if by is None else (f"（{by.zh}）", f" ({by.en})")
            return Text(zh=f"适用日{zh}", en=f"governing day{en}")
        if isinstance(node, ir.AsOf):
            return Text(zh="判断日", en="as-of date")
        if isinstance(node, (ir.Choose, ir.If)):
            options = node.children() if isinstance(node, ir.Choose) else (node.then, node.otherwise)
            named = list(dict.fromkeys((self.of(part).zh, self.of(part).en) for part in options))
            return Text(zh="或".join(zh for zh, _ in named), en=" or ".join(en for _, en in named))
        if isinstance(node, ir.Edge):
            return _edge(node, self.of(node.base))
        if isinstance(node, (ir.Bounded, ir.KnownBy)):
            return self.of(node.children()[0])
        return Text(zh="条件", en="condition")

    def _instrument(self, name: str) -> Text:
        """Another document by its number, else by its title."""
        found = self.policy.instruments.get(name)
        if found is None:
            return Text(zh=name, en=name)
        return Text(zh=found.number or found.title.zh, en=found.number or found.title.text("en"))

    def _option(self, subject: IR, code: str) -> str:
        if isinstance(subject, ir.Fact):
            return BY_NAME[subject.place.entity].field_map[subject.name].options.get(code, code)
        return code

    def _title(self, provision: str) -> Text:
        found = self.policy.provisions.get(provision)
        return Text(zh=found.title.zh, en=found.title.text("en")) if found else Text(zh=provision, en=provision)


def _edge(node: ir.Edge, base: Text) -> Text:
    """A day at the edge of a period as a sentence says it: 验收合格日的次月末日."""
    which, which_en = _WHICH[node.offset]
    if node.day is not None:
        day, day_en = f"{node.day}日", f"day {node.day}"
    else:
        day, day_en = ("末日", "last day") if node.last else ("首日", "first day")
    return Text(
        zh=f"{base.zh}的{which}{_PERIODS[node.period]}{day}",
        en=f"{day_en} of the {node.period} {which_en} {base.en}",
    )


def _figure(node: ir.Const) -> Text:
    """A figure of the policy as a sentence says it: 10个工作日, 30天."""
    if node.unit == MONEY:
        amount = decimal_text(Fraction(node.value.lo) / 100, 2) if isinstance(node.value.lo, (int, Fraction)) else "∞"
        return Text(zh=f"{amount}元", en=f"{amount} yuan")
    if node.unit not in _DURATIONS:
        return Text(zh=node.text, en=node.text)
    low, high = decimal_text(node.value.lo), decimal_text(node.value.hi)
    number = low if low == high else f"{low}–{high}"
    return Text(zh=f"{number}{_DURATIONS[node.unit]}", en=node.text)
