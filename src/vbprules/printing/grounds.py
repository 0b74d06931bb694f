"""Reasons as statements of fact: "完成比例 79% 低于 80%", and where a condition fails, what is the case instead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from vbprules.decision.model import Reason
from vbprules.decision.reasons import CALENDAR_YEAR
from vbprules.decision.words import COMPARATORS
from vbprules.printing.figures import FOREVER, NOTHING, ends, guessed_unit, ordered, shown
from vbprules.printing.page import GLUE, Lang, set_zh
from vbprules.printing.proof import (
    compared,
    conditions,
    distinct,
    is_choice,
    is_chosen,
    is_figure,
    is_option,
    is_reading,
    operands,
    options,
    under,
    within,
)
from vbprules.values.figures import DATE, SHARE

OPPOSITE: Final[Mapping[str, tuple[str, str]]] = {
    "below": ("不低于", "not below"),
    "at_most": ("超过", "above"),
    "at_least": ("低于", "below"),
    "above": ("不超过", "not above"),
    "exactly": ("不等于", "other than"),
    "before": ("不早于", "not before"),
    "on_or_before": ("晚于", "after"),
    "on_or_after": ("早于", "before"),
    "after": ("不晚于", "not after"),
    "imposed": ("晚于", "after"),
}
_BROKEN: Final[Mapping[str, tuple[str, str]]] = {  # another norm of the document, as a condition
    "yes": ("已违反", "breached"),
    "no": ("未违反或已补正", "not breached, or made good"),
    "open": ("是否违反未定", "not known whether breached"),
    "by_reading": ("是否违反视解读而定", "breached or not by reading"),
}
_FORK: Final = re.compile(r"(?:\w+=\w+(?:&\w+=\w+)*: [^;；()（）]+(?:; )?)+(?=[)）]|$)")  # a figure by reading
_OPEN_BOUND: Final = re.compile(r"\b(at_least|at_most) ([^\s）)，：;；]+)")
_QUESTION: Final = re.compile(r"是否|有无")
_MOST_VARIANTS: Final = 3
_MOST_OPERANDS: Final = 4


class Ground(NamedTuple):
    """One line of the proof; ``level`` 1 holds the operands beneath a figure."""

    level: int
    text: str
    truth: str


class Grounds:
    """Puts the reasons of one decision into words, as a whole tree or the few that decide."""

    def __init__(
        self,
        lang: Lang,
        as_of: str,
        full: bool = False,
        codes: Mapping[str, str] | None = None,
    ) -> None:
        self.lang, self.as_of, self.full, self.codes = lang, as_of, full, codes or {}
        try:
            self.tomorrow = (date.fromisoformat(as_of) + timedelta(days=1)).isoformat()
        except (ValueError, OverflowError):
            self.tomorrow = ""

    def of(self, reasons: Sequence[Reason], flags: bool, most: int) -> list[Ground]:
        """The grounds of an outcome: by default only the conditions that decide, at most so many, those with figures.

        ``flags`` keeps conditions without a figure where there are no others.
        """
        if self.full:
            return list(self._tree(reasons, {}, 0))
        kept = list(self._deciding(conditions(reasons), {}))
        figures = [reason for reason in kept if reason.comparator or reason.kind == "breach"] or (kept if flags else [])
        found: list[Ground] = []
        for reason in figures[:most]:
            found += self._with_operands(reason, {}, 0)
        if len(figures) > most:
            more = len(figures) - most
            found.append(
                Ground(0, (f"另有 {more} 条理由（--all）", f"{more} more reasons (--all)")[self.lang == "en"], "")
            )
        return found

    def figures(self, reasons: Sequence[Reason], chosen: Mapping[str, str]) -> list[str]:
        """What tells one branch from the others: the first comparison that the readings decide."""
        for reason in self._deciding(conditions(reasons), dict(chosen)):
            values = (*within(reason.value or NOTHING, chosen), *within(reason.threshold or NOTHING, chosen))
            if reason.comparator and reason.truth == "by_reading" and not {NOTHING, FOREVER} & set(values):
                return [self.sentence(reason, chosen) + self._sum(reason, dict(chosen))]
        return []

    def formulas(self, reasons: Iterable[Reason], chosen: Mapping[str, str]) -> dict[str, str]:
        """How amounts and other figures arise, by their name: "（= 约定采购金额的50%；约定采购金额 316,800.00）".

        Nothing where that depends on a reading that is not chosen.
        """
        found = {}
        for reason in reasons:
            if not is_figure(reason):
                continue
            name, _, text = reason.text.lang(self.lang).partition(" = ")
            options = [part for part in reason.parts if is_option(part)]
            kept = [part for part in options if is_chosen(part, chosen)]
            if options and len(kept) != 1:
                continue
            origin = kept[0] if kept else reason
            if kept:
                text = origin.text.lang(self.lang).partition("：" if self.lang == "zh" else ": ")[2]
            text = text.removesuffix(origin.value or "").rstrip()
            parts = list(operands(origin.parts, chosen))
            if len(within(origin.value or NOTHING, chosen)) > 1:
                continue
            for part in origin.parts:  # a name that holds under one option gives way to that under the option chosen
                taken = under(part, chosen)
                if taken is not part:
                    text = text.replace(self._name(part), self._name(taken))
            told = [self._worded(text, chosen), *(self._operand(part, dict(chosen)) for part in parts)][
                : _MOST_OPERANDS + 1
            ]
            found[name] = f"（= {'；'.join(told)}）" if self.lang == "zh" else f" (= {'; '.join(told)})"
        return found

    def _sum(self, reason: Reason, chosen: dict[str, str]) -> str:
        """The figures of which a figure is made, in brackets."""
        told = self._made_of(reason, chosen)
        if not told:
            return ""
        return f"（{'；'.join(told)}）" if self.lang == "zh" else f" ({'; '.join(told)})"

    def _made_of(self, reason: Reason, chosen: dict[str, str]) -> list[str]:
        """The figures beneath a figure, if they are few and each is one figure under the readings chosen."""
        parts = list(operands(reason.parts, chosen))
        single = all(len(within(part.value or NOTHING, chosen)) == 1 for part in parts)
        return [self._operand(part, chosen) for part in parts] if single and len(parts) <= _MOST_OPERANDS else []

    def _name(self, reason: Reason) -> str:
        """What a figure is called, without its value and without the option under which it stands."""
        text = reason.text.lang(self.lang).removesuffix(reason.value or "").rstrip()
        return text.partition("：" if self.lang == "zh" else ": ")[2] if is_option(reason) else text

    def _deciding(self, reasons: Iterable[Reason], chosen: dict[str, str]) -> Iterator[Reason]:
        """The conditions that make the truth what it is: of an alternative what holds, of a conjunction what fails."""
        seen: set[str] = set()
        for reason in self._walk(reasons, chosen):
            if reason.text.en not in seen and not (reason.truth == "yes" and reason.kind == "scope"):
                seen.add(reason.text.en)
                yield reason

    def _walk(self, reasons: Iterable[Reason], chosen: dict[str, str]) -> Iterator[Reason]:
        for reason in distinct(reasons):
            if reason.comparator or not reason.parts or reason.kind == "breach":
                yield reason
                continue
            parts = options(reason, chosen)
            if is_choice(reason):
                yield from self._walk(parts if reason.truth == "by_reading" else parts[:1], chosen)
                continue
            same = [part for part in parts if part.truth == reason.truth]
            if reason.kind == "any" and reason.truth == "yes":
                yield from self._walk(same[:1], chosen)
            elif reason.truth == "yes" or not same or is_reading(reason):
                yield from self._walk(parts, chosen)
            else:
                yield from self._walk(same, chosen)

    def _tree(self, reasons: Iterable[Reason], chosen: dict[str, str], level: int) -> Iterator[Ground]:
        for reason in distinct(reasons):
            if reason.comparator:
                yield from self._with_operands(reason, chosen, level)
                continue
            if is_figure(reason):
                yield Ground(level, self._operand(reason, chosen), reason.truth)
                yield from self._beneath(reason.parts, chosen, level + 1)
                continue
            yield Ground(level, self._marked(reason), reason.truth)
            yield from self._tree(options(reason, chosen), chosen, level + 1)

    def _with_operands(self, reason: Reason, chosen: dict[str, str], level: int) -> list[Ground]:
        """A sentence with the figures beneath it: all of them, or in one line those that the sum is made of."""
        found = [Ground(level, self.sentence(reason, chosen), reason.truth)]
        if not reason.comparator or not reason.parts:
            return found
        if self.full:
            return found + list(self._beneath(reason.parts, chosen, level + 1))
        told = dict.fromkeys(self._operand(part, chosen) for part in operands(reason.parts, chosen))
        found.append(Ground(level + 1, ("；", "; ")[self.lang == "en"].join(list(told)[:_MOST_OPERANDS]), ""))
        return found

    def _beneath(self, parts: Iterable[Reason], chosen: dict[str, str], level: int) -> Iterator[Ground]:
        for part in distinct(parts):
            yield Ground(level, self._operand(part, chosen), part.truth)
            yield from self._beneath(part.parts, chosen, level + 1)

    # Sentences

    def sentence(self, reason: Reason, readings: Mapping[str, str] | None = None) -> str:
        """A comparison as what is the case; any other condition with whether it holds."""
        parts = self._parts(reason)
        if parts is None:
            return self._marked(reason)
        left, right = map(self._worded, parts)
        chosen = dict(readings or {})
        value, threshold = reason.value or NOTHING, reason.threshold or NOTHING
        unit = reason.unit
        truth = self._truth(reason, chosen)
        mine, bound = self._value(value, unit, chosen), self._value(threshold, unit, chosen)
        if any(one.startswith(("at_least ", "at_most ")) for one in within(value, chosen)) and not self._not_yet(
            value, chosen
        ):
            mine = f"（{mine}）" if self.lang == "zh" else f"({mine})"
        if any(one.startswith(("at_least ", "at_most ")) for one in within(threshold, chosen)):
            bound = f"（{bound}）" if self.lang == "zh" else f"({bound})"
        words = (OPPOSITE if truth == "no" else COMPARATORS).get(reason.comparator or "", ("", ""))[self.lang == "en"]
        margin = self._margin(reason, unit)
        if self.lang == "zh":
            bound = set_zh(right, bound) if right != bound else bound
            subject = set_zh(left, mine)
            if reason.comparator == "imposed" and (truth == "yes" or (truth == "no" and self._not_yet(value, chosen))):
                return subject
            if truth in ("open", "by_reading"):
                return set_zh(subject, f"，是否{words}", bound, "尚不能定" if truth == "open" else "视解读而定")
            comma = "，" if self._not_yet(value, chosen) else "" if subject[-1] in "元天日月年" else " "
            return set_zh(f"{subject}{comma}", words, bound, margin)
        bound = f"{right} {bound}" if right and right != bound else bound
        if reason.comparator == "imposed" and (truth == "yes" or (truth == "no" and self._not_yet(value, chosen))):
            return f"{left} {mine}"
        if truth == "open":
            return f"{left} {mine}: not known whether {words} {bound}"
        if truth == "by_reading":
            return f"{left} {mine}: {words} {bound} depends on the reading"
        return f"{left} {mine}, {words} {bound}{margin}"

    def _truth(self, reason: Reason, chosen: Mapping[str, str]) -> str:
        """The truth within the readings chosen: where the values that are left agree, exact comparison decides it."""
        if reason.truth != "by_reading" or not chosen:
            return reason.truth
        pairs = [within(text or NOTHING, chosen) for text in (reason.value, reason.threshold)]
        verdicts = {compared(value, reason.comparator or "", bound) for value in pairs[0] for bound in pairs[1]}
        return verdicts.pop() if len(verdicts) == 1 else "by_reading"

    def _not_yet(self, text: str, chosen: Mapping[str, str]) -> bool:
        """Whether a day is known only to lie after the as-of date."""
        return bool(self.tomorrow) and set(within(text, chosen)) == {f"at_least {self.tomorrow}"}

    def _value(self, text: str, unit: str, chosen: Mapping[str, str]) -> str:
        if self._not_yet(text, chosen):
            return (f"截至 {self.as_of} 尚无", f"none by {self.as_of}")[self.lang == "en"]
        values = ordered(within(text, chosen))
        words = [shown(value, unit, self.lang) for value in values]
        if len(words) <= _MOST_VARIANTS:
            return ("／", " / ")[self.lang == "en"].join(words)
        return (f"{words[0]} 至 {words[-1]}（视解读）", f"{words[0]} to {words[-1]} (by reading)")[self.lang == "en"]

    def _operand(self, reason: Reason, chosen: Mapping[str, str]) -> str:
        """A figure beneath another with its name; in a whole proof also the option under which it stands."""
        text, value = reason.text.lang(self.lang), reason.value or ""
        if not value or not text.endswith(value):
            return self._worded(text, chosen)
        told = self._value(value, reason.unit, chosen)
        name = self._name(reason)
        option = (
            text.removesuffix(value).rstrip().removesuffix(name).rstrip() if is_option(reason) and self.full else ""
        )
        name = "" if ends(name) is not None else self._worded(name, chosen)  # a figure is no name of a figure
        if self.lang == "zh":
            return set_zh(option, name, told)
        return " ".join(part for part in (option, name, told) if part)

    def _worded(self, text: str, chosen: Mapping[str, str] | None = None) -> str:
        """Figures that stand in the midst of a sentence, in words."""
        text = _FORK.sub(lambda match: self._value(match.group(), guessed_unit(match.group()), chosen or {}), text)
        return _OPEN_BOUND.sub(lambda match: shown(match.group(), guessed_unit(match.group(2)), self.lang), text)

    def _marked(self, reason: Reason) -> str:
        """A condition that compares nothing: its words, and whether it holds where it does not."""
        text = reason.text.lang(self.lang)
        if reason.kind == "breach":
            word = _BROKEN[reason.truth][self.lang == "en"]
            return f"“{text}”{word}" if self.lang == "zh" else f'"{text}" {word}'
        if reason.kind == "member" and reason.value:
            head, _, listed = text.partition("属于：" if self.lang == "zh" else " is one of ")
            return self._member(head, reason, listed)
        text = self._worded(text)
        if reason.value and reason.value not in text:
            text += f"（{reason.value}）" if self.lang == "zh" else f" ({reason.value})"
        words = {
            "yes": ("", ""),
            "no": ("：否", ": no"),
            "open": ("：未定", ": open"),
            "by_reading": ("：视解读", ": by reading"),
        }
        if reason.truth == "yes" and (self.full or _QUESTION.search(reason.text.zh)):
            words["yes"] = ("：是", ": yes")  # a question answered, not a statement
        return text + words[reason.truth][self.lang == "en"]

    def _member(self, head: str, reason: Reason, listed: str) -> str:
        """Whether a code is one of a list: the code first, then the list where it tells more."""
        code = reason.value or NOTHING
        if self.lang == "en":
            told = "unknown" if code == NOTHING else code
            if reason.truth == "yes":
                return f"{head}: {told}" + ("" if listed == code else f", one of {listed}")
            return f"{head}: {told}, {'not' if reason.truth == 'no' else 'not known whether'} {listed}"
        told = "未知" if code == NOTHING else self.codes.get(code, code)
        if reason.truth == "yes":
            return f"{head}：{told}" + ("" if listed in (code, told) else f"（所列：{listed}）")
        return f"{head}：{told}，{'不属于' if reason.truth == 'no' else '是否属于未定：'}{listed}"

    def _parts(self, reason: Reason) -> tuple[str, str] | None:
        """The names left and right of a comparison, taken from its sentence."""
        if not reason.comparator or reason.value is None or reason.threshold is None:
            return None
        word = COMPARATORS.get(reason.comparator, (reason.comparator, reason.comparator))[self.lang == "en"]
        left, found, rest = reason.text.lang(self.lang).partition(f" {reason.value} {word} ")
        if not found or not rest.endswith(reason.threshold):
            return None
        right = rest.removesuffix(reason.threshold).strip()
        return left, "" if right == "silent" or ends(right) is not None else right  # a figure is no name of a figure

    def names(self, reason: Reason) -> tuple[str, str] | None:
        """What a comparison compares, in words; the second is empty where it is a plain figure."""
        parts = self._parts(reason)
        return None if parts is None else (self._worded(parts[0]), self._worded(parts[1]))

    def figure(self, text: str, reason: Reason) -> str:
        """A value of a step in words."""
        return self._value(text, reason.unit, {})

    def margin(self, reason: Reason) -> str:
        """How far the value of a comparison lies from its threshold, in brackets."""
        return self._margin(reason, reason.unit)

    def _margin(self, reason: Reason, unit: str) -> str:
        margin = reason.margin
        if margin is None or reason.comparator in ("exactly", "imposed") or unit == CALENDAR_YEAR:
            return ""
        found = ends(margin)
        if found is None:
            return ""  # a difference of durations, which the figures tell by themselves
        zh, en = self._distance(margin.removeprefix("-"), margin.startswith("-"), unit)
        if found[0] == 0:
            zh, en = "恰好相等", "exactly equal"
        return f"（{zh}）" if self.lang == "zh" else f" ({en})"

    @staticmethod
    def _distance(size: str, less: bool, unit: str) -> tuple[str, str]:
        """How far a value lies from its threshold."""
        if unit == DATE:
            days = "day" if size == "1" else "days"
            return f"{'早' if less else '晚'}{GLUE}{size}{GLUE}天", f"{size} {days} {'earlier' if less else 'later'}"
        zh, en = shown(size, unit, "zh"), shown(size, unit, "en")
        if unit == SHARE and size.endswith("%"):
            zh, en = f"{size[:-1]}{GLUE}个百分点", f"{size[:-1]} percentage point{'' if size == '1%' else 's'}"
        return f"{'少' if less else '多'}{GLUE}{zh}", f"{en} {'less' if less else 'more'}"
