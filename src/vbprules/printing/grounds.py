"""Reasons as statements of fact: "完成比例 79% 低于 80%", and where a condition fails, what is the case instead."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Final, NamedTuple

from vbprules.decision.model import Reason
from vbprules.decision.words import COMPARATORS
from vbprules.printing.figures import FOREVER, NOTHING, branches, ends, guessed_unit, ordered, shown
from vbprules.printing.page import GLUE, Lang, set_zh
from vbprules.values.figures import DATE, SHARE

_OPPOSITE: Final[Mapping[str, tuple[str, str]]] = {
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
_OPTION: Final = re.compile(r"reading \w+=\w+")  # a condition under one option
_OPTION_OF: Final = re.compile(r"\w+=\w+: ")  # a figure under one option
_OPEN_BOUND: Final = re.compile(r"\b(at_least|at_most) ([^\s）)，：;；]+)")
_ANY: Final = "any of"
_QUESTION: Final = re.compile(r"是否|有无")
_CONTEXT: Final = ("governing day", "year ")  # which year a row is of, and that the document was in force then
_YEAR: Final = ("年份", "year")
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
        norms: Collection[str] = (),
        codes: Mapping[str, str] | None = None,
    ) -> None:
        self.lang, self.as_of, self.full, self.norms, self.codes = lang, as_of, full, norms, codes or {}
        try:
            self.tomorrow = (date.fromisoformat(as_of) + timedelta(days=1)).isoformat()
        except (ValueError, OverflowError):
            self.tomorrow = ""

    def of(self, reasons: Sequence[Reason], flags: bool = True, most: int = 3) -> list[Ground]:
        """The grounds of an outcome: by default only the conditions that decide, at most so many, those with figures.

        ``flags`` keeps conditions without a figure where there are no others.
        """
        if self.full:
            return list(self._tree(reasons, {}, 0))
        kept = list(self._deciding(_conditions(reasons), {}))
        figures = [reason for reason in kept if reason.comparator or self._names_norm(reason)] or (
            kept if flags else []
        )
        found: list[Ground] = []
        for reason in figures[:most]:
            found += self._with_operands(reason, {}, 0)
        if len(figures) > most:
            more = len(figures) - most
            found.append(
                Ground(0, (f"另有 {more} 条理由（--all）", f"{more} more reasons (--all)")[self.lang == "en"], "")
            )
        return found + [Ground(0, text, "") for text in self._formulas(reasons, {})]

    def figures(self, reasons: Sequence[Reason], under: Mapping[str, str]) -> list[str]:
        """What tells one branch from the others: the first comparison that the readings decide, and how figures arise."""
        formulas = self._formulas(reasons, dict(under), forked=True)
        for reason in self._deciding(_conditions(reasons), dict(under)):
            values = (*_within(reason.value or NOTHING, under), *_within(reason.threshold or NOTHING, under))
            if reason.comparator and reason.truth == "by_reading" and not {NOTHING, FOREVER} & set(values):
                return [self.sentence(reason, under) + self._sum(reason, dict(under)), *formulas]
        return formulas

    def _formulas(self, reasons: Iterable[Reason], chosen: dict[str, str], forked: bool = False) -> list[str]:
        """How amounts and other figures arise: "金额 = 约定采购金额的50%（约定采购金额 316,800.00）".

        Nothing where that depends on a reading that is not chosen; with ``forked`` only what depends on one.
        """
        found = []
        for reason in reasons:
            if not _is_figure(reason) or (forked and reason.truth != "by_reading"):
                continue
            name, _, _ = reason.text.lang(self.lang).partition(" = ")
            options = [part for part in reason.parts if _OPTION_OF.match(part.text.en)]
            kept = [part for part in options if _chosen(part, chosen)]
            if options and len(kept) != 1:
                continue
            origin = kept[0] if kept else reason
            text = self._worded(origin.text.lang(self.lang).removesuffix(origin.value or "").rstrip())
            if kept:
                text = f"{name} = {text.partition('：' if self.lang == 'zh' else ': ')[2]}"
            found.append(text + self._sum(origin, chosen))
        return found

    def _sum(self, reason: Reason, chosen: dict[str, str]) -> str:
        """The figures of which a figure is made, in brackets, where each is one figure under the readings chosen."""
        parts = list(_operands(reason.parts))
        if (
            not parts
            or len(parts) > _MOST_OPERANDS
            or any(len(_within(part.value or NOTHING, chosen)) > 1 for part in parts)
        ):
            return ""
        told = [self._operand(part, chosen) for part in parts]
        return f"（{'；'.join(told)}）" if self.lang == "zh" else f" ({'; '.join(told)})"

    def _deciding(self, reasons: Iterable[Reason], chosen: dict[str, str]) -> Iterator[Reason]:
        """The conditions that make the truth what it is: of an alternative what holds, of a conjunction what fails."""
        seen: set[str] = set()
        for reason in self._walk(reasons, chosen):
            if reason.text.en not in seen and not (reason.truth == "yes" and reason.text.en.startswith(_CONTEXT)):
                seen.add(reason.text.en)
                yield reason

    def _walk(self, reasons: Iterable[Reason], chosen: dict[str, str]) -> Iterator[Reason]:
        for reason in _distinct(reasons):
            if reason.comparator or not reason.parts or self._names_norm(reason):
                yield reason
                continue
            parts = _options(reason, chosen)
            if _is_choice(reason):
                yield from self._walk(parts if reason.truth == "by_reading" else parts[:1], chosen)
                continue
            same = [part for part in parts if part.truth == reason.truth]
            if reason.text.en == _ANY and reason.truth == "yes":
                yield from self._walk(same[:1], chosen)
            elif reason.truth == "yes" or not same or _OPTION.fullmatch(reason.text.en):
                yield from self._walk(parts, chosen)
            else:
                yield from self._walk(same, chosen)

    def _tree(self, reasons: Iterable[Reason], chosen: dict[str, str], level: int) -> Iterator[Ground]:
        for reason in _distinct(reasons):
            if reason.comparator:
                yield from self._with_operands(reason, chosen, level)
                continue
            if _is_figure(reason):
                yield Ground(level, self._operand(reason, chosen), reason.truth)
                yield from self._beneath(reason.parts, chosen, level + 1)
                continue
            yield Ground(level, self._marked(reason), reason.truth)
            yield from self._tree(_options(reason, chosen), chosen, level + 1)

    def _with_operands(self, reason: Reason, chosen: dict[str, str], level: int) -> list[Ground]:
        """A sentence with the figures beneath it: all of them, or in one line those that the sum is made of."""
        found = [Ground(level, self.sentence(reason, chosen), reason.truth)]
        if not reason.comparator or not reason.parts:
            return found
        if self.full:
            return found + list(self._beneath(reason.parts, chosen, level + 1))
        told = dict.fromkeys(self._operand(part, chosen) for part in _operands(reason.parts))
        found.append(Ground(level + 1, ("；", "; ")[self.lang == "en"].join(list(told)[:_MOST_OPERANDS]), ""))
        return found

    def _beneath(self, parts: Iterable[Reason], chosen: dict[str, str], level: int) -> Iterator[Ground]:
        for part in _distinct(parts):
            yield Ground(level, self._operand(part, chosen), part.truth)
            yield from self._beneath(part.parts, chosen, level + 1)

    # Sentences

    def sentence(self, reason: Reason, under: Mapping[str, str] | None = None) -> str:
        """A comparison as what is the case; any other condition with whether it holds."""
        parts = self._parts(reason)
        if parts is None:
            return self._marked(reason)
        left, right = map(self._worded, parts)
        chosen = dict(under or {})
        value, threshold = reason.value or NOTHING, reason.threshold or NOTHING
        unit = "year" if left in _YEAR else guessed_unit(value, threshold)
        truth = self._truth(reason, chosen)
        mine, bound = self._value(value, unit, chosen), self._value(threshold, unit, chosen)
        if any(one.startswith(("at_least ", "at_most ")) for one in _within(value, chosen)) and not self._not_yet(
            value, chosen
        ):
            mine = f"（{mine}）" if self.lang == "zh" else f"({mine})"
        if self._not_yet(threshold, chosen):
            bound = f"（{bound}）" if self.lang == "zh" else f"({bound})"
        words = (_OPPOSITE if truth == "no" else COMPARATORS).get(reason.comparator or "", ("", ""))[self.lang == "en"]
        margin = self._margin(reason, unit)
        if self.lang == "zh":
            bound = set_zh(right, bound) if right != bound else bound
            subject = set_zh(left, mine)
            if reason.comparator == "imposed" and truth == "yes":
                return subject
            if truth in ("open", "by_reading"):
                return set_zh(subject, f"，是否{words}", bound, "尚不能定" if truth == "open" else "视解读而定")
            comma = "，" if self._not_yet(value, chosen) else " "
            return set_zh(f"{subject}{comma}", words, bound, margin)
        bound = f"{right} {bound}" if right and right != bound else bound
        if reason.comparator == "imposed" and truth == "yes":
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
        pairs = [_within(text or NOTHING, chosen) for text in (reason.value, reason.threshold)]
        verdicts = {_compared(value, reason.comparator or "", bound) for value in pairs[0] for bound in pairs[1]}
        return verdicts.pop() if len(verdicts) == 1 else "by_reading"

    def _not_yet(self, text: str, chosen: Mapping[str, str]) -> bool:
        """Whether a day is known only to lie after the as-of date."""
        return bool(self.tomorrow) and set(_within(text, chosen)) == {f"at_least {self.tomorrow}"}

    def _value(self, text: str, unit: str, chosen: Mapping[str, str]) -> str:
        if self._not_yet(text, chosen):
            return (f"截至 {self.as_of} 尚无", f"none by {self.as_of}")[self.lang == "en"]
        values = ordered(_within(text, chosen))
        words = [shown(value, unit, self.lang) for value in values]
        if len(words) <= _MOST_VARIANTS:
            return ("／", " / ")[self.lang == "en"].join(words)
        return (f"{words[0]} 至 {words[-1]}（视解读）", f"{words[0]} to {words[-1]} (by reading)")[self.lang == "en"]

    def _operand(self, reason: Reason, chosen: Mapping[str, str]) -> str:
        text, value = reason.text.lang(self.lang), reason.value or ""
        label = self._worded(text.removesuffix(value).rstrip())
        if not value or not text.endswith(value):
            return self._worded(text)
        told = self._value(value, guessed_unit(value), chosen)
        return set_zh(label, told) if self.lang == "zh" else f"{label} {told}"

    def _worded(self, text: str) -> str:
        """Bounds that stand in the midst of a sentence, in words."""
        return _OPEN_BOUND.sub(lambda match: shown(match.group(), guessed_unit(match.group(2)), self.lang), text)

    def _names_norm(self, reason: Reason) -> bool:
        """Whether the condition is that another norm of the document is breached."""
        return bool(reason.parts) and reason.text.en in self.norms

    def _marked(self, reason: Reason) -> str:
        """A condition that compares nothing: its words, and whether it holds where it does not."""
        text = reason.text.lang(self.lang)
        if self._names_norm(reason):
            word = _BROKEN[reason.truth][self.lang == "en"]
            return f"“{text}”{word}" if self.lang == "zh" else f'"{text}" {word}'
        head, found, listed = text.partition("属于：" if self.lang == "zh" else " is one of ")
        if found and reason.value and not head.startswith(("并非", "not:")):
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

    def _margin(self, reason: Reason, unit: str) -> str:
        margin = reason.margin
        if margin is None or reason.comparator in ("exactly", "imposed") or unit == "year":
            return ""
        zh, en = self._distance(margin.removeprefix("-"), margin.startswith("-"), unit)
        if Fraction(margin.removesuffix("%")) == 0:
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
            zh, en = f"{size[:-1]}{GLUE}个百分点", f"{size[:-1]} percentage points"
        return f"{'少' if less else '多'}{GLUE}{zh}", f"{en} {'less' if less else 'more'}"


def _distinct(reasons: Iterable[Reason]) -> list[Reason]:
    """Reasons said once. Equality comes as two comparisons of one sentence: it holds if both do."""
    found: dict[str, Reason] = {}
    rank = {"no": 0, "by_reading": 1, "open": 2, "yes": 3}
    for reason in reasons:
        known = found.get(reason.text.en)
        if known is None or rank[reason.truth] < rank[known.truth]:
            found[reason.text.en] = reason
    return list(found.values())


def _is_figure(reason: Reason) -> bool:
    """Whether it tells how an amount or another figure of the outcome arises, rather than a condition."""
    return (
        bool(reason.value)
        and not reason.comparator
        and " = " in reason.text.en
        and reason.text.en.endswith(reason.value or "")
    )


def _conditions(reasons: Iterable[Reason]) -> list[Reason]:
    return [reason for reason in reasons if not _is_figure(reason)]


def _chosen(part: Reason, chosen: Mapping[str, str]) -> bool:
    """Whether a figure under one option is the one chosen."""
    name, _, option = part.text.en.partition(": ")[0].partition("=")
    return chosen.get(name) == option


def _operands(parts: Iterable[Reason]) -> Iterator[Reason]:
    """The figures beneath a figure; of one that depends on a reading, those that its options are made of."""
    for part in parts:
        if part.parts and _OPTION_OF.match(part.text.en):
            yield from _leaves(part)
        else:
            yield part


def _leaves(reason: Reason) -> Iterator[Reason]:
    if not reason.parts:
        yield reason
    for part in reason.parts:
        yield from _leaves(part)


def _is_choice(reason: Reason) -> bool:
    return bool(reason.parts) and all(_OPTION.fullmatch(part.text.en) for part in reason.parts)


def _options(reason: Reason, chosen: Mapping[str, str]) -> tuple[Reason, ...]:
    """The parts of a reason; of a choice between readings only the options chosen."""
    if not _is_choice(reason):
        return reason.parts
    kept = []
    for part in reason.parts:
        name, _, option = part.text.en.removeprefix("reading ").partition("=")
        if chosen.get(name, option) == option:
            kept.append(part)
    return tuple(kept) or reason.parts


def _within(text: str, chosen: Mapping[str, str]) -> list[str]:
    """The values of a figure that the chosen readings leave."""
    found = branches(text)
    if found is None:
        return [text]
    kept = [
        value
        for readings, value in found
        if all(chosen.get(name, option) == option for name, option in readings.items())
    ]
    return list(dict.fromkeys(kept or [value for _, value in found]))


def _compared(value: str, comparator: str, bound: str) -> str:
    """Whether a value as the decision holds it stands in a relation to a bound: yes, no or open."""
    mine, other = ends(value), ends(bound)
    if mine is None or other is None:
        return "open"
    (low, high), (floor, ceiling) = mine, other
    if comparator in ("above", "after", "at_least", "on_or_after"):
        (low, high), (floor, ceiling) = (floor, ceiling), (low, high)
    strict = comparator in ("below", "before", "above", "after")
    surely = high < floor if strict else high <= floor
    possibly = low < ceiling if strict else low <= ceiling
    if comparator == "exactly":
        surely, possibly = low == high == floor == ceiling, low <= ceiling and floor <= high
    return "yes" if surely else "open" if possibly else "no"
