"""Why and why not, for people: one sentence of verdict, what decided it, what is missing, what would change it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from vbprules.decision.explanation import Explanation
from vbprules.decision.model import NeedItem, NotApplicable, Outcome, Reason
from vbprules.decision.words import COMPARATORS, GIVERS, SECONDARY, WOULD_BE, WOULD_BE_AT_DISCRETION
from vbprules.language.policy import NOT_STATED
from vbprules.printing.conditions import SIGNS, Conditions, record_lines
from vbprules.printing.entries import Entries, View, citations, mark
from vbprules.printing.figures import NOTHING, branches
from vbprules.printing.grounds import OPPOSITE
from vbprules.printing.page import GLUE, Lang, Page, Style, dim, set_zh, strong
from vbprules.printing.proof import difference
from vbprules.printing.subjects import Subjects

_MOST_CHANGES: Final = 3
_MOST_NEEDS: Final = 5
_MOST_BESIDE: Final = 3
_MOST_OPTIONS: Final = 2
_NOT: Final[tuple[str, Style]] = ("–", "dim")
Readings = Mapping[str, Mapping[str, str]]


class ExplanationPage:
    """Writes explanations onto pages. ``readings`` are the options of the policy's readings in words."""

    def __init__(
        self, lang: Lang = "zh", subjects: Subjects | None = None, readings: Readings | None = None, full: bool = False
    ) -> None:
        self.lang, self.subjects, self.readings, self.full = lang, subjects or Subjects(), readings or {}, full

    def write(self, explanation: Explanation, page: Page) -> None:
        """One explanation; with ``full`` its whole proof as well."""
        _Writer(self, explanation, page).write()


def verdict(explanation: Explanation, lang: Lang = "zh", subjects: Subjects | None = None) -> str:
    """The outcome in one sentence."""
    return _Writer(ExplanationPage(lang, subjects), explanation, Page()).verdict()


def conditions_of(
    explanation: Explanation, lang: Lang, subjects: Subjects | None, readings: Readings | None
) -> Conditions:
    """What puts the steps of an explanation into words."""
    decision = explanation.decision
    named = {**{reading.id: reading.options for reading in decision.readings}, **(readings or {})}
    return Conditions(lang, decision.as_of, (subjects or Subjects()).codes(), named, rooted=True)


class _Writer:
    def __init__(self, settings: ExplanationPage, explanation: Explanation, page: Page) -> None:
        decision = explanation.decision
        self.explanation, self.decision, self.page = explanation, decision, page
        self.lang, self.full = settings.lang, settings.full
        self.view = View(decision, settings.lang, settings.subjects)
        self.entries = Entries(self.view, page)
        self.say = self.view.say
        self.conditions = conditions_of(explanation, settings.lang, settings.subjects, settings.readings)

    def write(self) -> None:
        answer = self.explanation.answer
        self._head(answer)
        self._why()
        self._holding()
        if isinstance(answer, Outcome):
            self._readings(answer)
            self._missing(answer)
            self._changes()
            self._beside(answer)
        if self.full:
            self.page.item(strong(self.say("全部条件", "the whole proof")))
            self.conditions.write(self.explanation.tree, self.page, 1)

    # The verdict

    def _head(self, answer: Outcome | NotApplicable) -> None:
        decision = self.decision
        subject = self._subject(answer)
        document = decision.number if decision.number != NOT_STATED else decision.title.lang(self.lang)
        note = "　".join(part for part in (document, decision.institution, self._day()) if part)
        self.page.heading(answer.title.lang(self.lang) + (f"　{subject}" if subject else ""), note, level=1)
        settled = isinstance(answer, Outcome) and (answer.state.branches or answer.state.value != "not_triggered")
        sign = mark(answer) if isinstance(answer, Outcome) and settled else _NOT
        self.page.item(strong(self.verdict()), marker=sign[0], style=sign[1])
        if decision.known_from == "secondary":
            self.page.item(self.say(*SECONDARY), marker="!", style="warn")

    def _day(self) -> str:
        return self.say(f"截至{GLUE}{self.decision.as_of}", f"as of {self.decision.as_of}")

    def _subject(self, answer: Outcome | NotApplicable) -> str:
        if isinstance(answer, Outcome):
            return self.view.subjects.of(answer, self.lang)
        return self.view.subjects.named("", answer.subject, self.lang)

    def verdict(self) -> str:
        """The outcome in one sentence: who, what, how it stands, figures and days, clause."""
        answer = self.explanation.answer
        cited = citations(answer.clauses, self.view.stop)
        subject, title = self._subject(answer), answer.title.lang(self.lang)
        if isinstance(answer, NotApplicable):
            reason = answer.reason.lang(self.lang)
            zh = f"“{title}”不适用：{reason}。" + (f"依据：{cited}。" if cited else "")
            return self.say(zh, f'"{title}" does not apply: {reason}.' + (f" Clause: {cited}." if cited else ""))
        told = [self._standing(answer)]
        if answer.state.branches:
            told.append(self.entries.steady(answer))
        elif answer.state.value != "not_triggered":
            told.append(self._facts(answer))
        body = self.view.stop.join(text for text in told if text)
        hedge = self.entries.hedge(answer)
        if self.lang == "zh":
            who = "、".join(name.zh for name in answer.by_names)
            whom = "、".join(name.zh for name in answer.toward_names)
            actor = f"{who}对{whom}的" if who and whom else f"{who}的" if who else ""
            about = f"（{subject}）" if subject else ""
            return f"{set_zh(self._day(), '，', actor)}“{title}”{about}{hedge}：{body}。" + (
                f"依据：{cited}。" if cited else ""
            )
        parties = ", ".join(part for part in (self.entries.parties(answer), subject, hedge) if part)
        about = f" ({parties})" if parties else ""
        return f'As of {self.decision.as_of}, "{title}"{about}: {body}.' + (f" Clause: {cited}." if cited else "")

    def _facts(self, outcome: Outcome) -> str:
        """Figures and days; of what is not known to be triggered, what it would be."""
        facts = self.entries.facts(outcome)
        comma = self.say("，", ", ")
        if not outcome.would_be:
            return comma.join(facts)
        if outcome.state.value == "trigger_unknown":
            may = outcome.mode == "may" and outcome.modality in ("sanction", "obligation", "entitlement")
            word = WOULD_BE_AT_DISCRETION if may else WOULD_BE[outcome.modality]
            facts = [word[self.lang == "en"], *facts]
        return self.say("若成立：", "if so: ") + comma.join(facts) if facts else ""

    def _standing(self, outcome: Outcome) -> str:
        """The state in words; where it depends on readings, all that it may be."""
        if not outcome.state.branches:
            return self.entries.words(outcome, outcome.state.value).replace("：", "，")
        codes = dict.fromkeys(branch.value for branch in sorted(outcome.state.branches, key=lambda b: not b.preferred))
        words = [self.entries.words(outcome, code).replace("：", "，") for code in codes]
        if len(words) == 1:
            return words[0]
        return self.say("视解读而定——", "depends on the reading: ") + self.say("／", f"{GLUE}/ ").join(words)

    # What decided

    def _why(self) -> None:
        if not self.explanation.decisive:
            return
        self.page.item(strong(self.say("由什么决定", "what decided")))
        for step in self.explanation.decisive:
            self._step(step, 1)

    def _step(self, step: Reason, level: int) -> None:
        sign, style = SIGNS[step.truth]
        if step.kind == "row":
            self.page.item(step.text.lang(self.lang), level=level, marker=sign, style=style)
            for part in step.parts if not step.value else ():
                self._step(part, level + 1)
            return
        text = self.conditions.sentence(step)
        self.page.item(text, dim(record_lines(step.records, self.lang)), level=level, marker=sign, style=style)
        for truth, told in self.conditions.by_reading(step) if step.truth == "by_reading" or _measured(step) else ():
            self.page.item(dim(told), level=level + 1, marker=SIGNS[truth][0], style=SIGNS[truth][1])

    def _holding(self) -> None:
        """Where a condition fails: what holds beside it."""
        failing = [head for head in self.explanation.tree if head.kind == "trigger" and head.truth == "no"]
        decisive = {step.text.en for step in self.explanation.decisive}
        beside = [
            part for head in failing for part in head.parts if part.truth == "yes" and part.text.en not in decisive
        ]
        told = [step for part in beside for step in ([part] if part.comparator or not part.parts else part.parts)]
        told = [step for step in told if step.truth == "yes" and step.kind not in ("scope", "today", "choice")]
        if not told:
            return
        self.page.item(strong(self.say("其余条件成立的", "what holds beside it")))
        for step in told[:_MOST_BESIDE]:
            self._step(step, 1)
        if len(told) > _MOST_BESIDE:
            more = len(told) - _MOST_BESIDE
            self.page.item(dim(self.say(f"另有 {more} 项（--all）", f"{more} more (--all)")), level=1)

    # Readings

    def _readings(self, outcome: Outcome) -> None:
        """The question of each reading, then how the outcome stands under each option."""
        names = self.entries.consulted(outcome)
        if not names:
            return
        self.page.item(strong(self.say("取决于解读", "depends on readings")))
        for name in names:
            self.entries.question(name, 1)
        if outcome.state.branches:
            self.entries.branches(outcome, 1)

    # What is missing

    def _missing(self, outcome: Outcome) -> None:
        """What could still settle the state, who can give it, and what the outcome would be."""
        branches = outcome.state.branches
        needs = [*outcome.state.needs, *(need for branch in branches for need in branch.needs)]
        keys = {need.key for need in needs}
        further = [
            need
            for attribute in (
                outcome.attributes[name] for name in ("amount", "due", "from") if name in outcome.attributes
            )
            for need in (*attribute.needs, *(need for branch in attribute.branches for need in branch.needs))
            if need.key not in keys
        ]
        self._needs(needs, self.say("还缺什么", "what is missing"))
        self._needs(further, self.say("金额或日期还缺", "missing for a figure or day"))

    def _needs(self, needs: Sequence[NeedItem], head: str) -> None:
        found = list({need.key: need for need in needs}.values())
        if found:
            self.page.item(strong(head))
        kept = found if self.full or len(found) <= _MOST_NEEDS else found[: _MOST_NEEDS - 1]
        for need in kept:
            giver = GIVERS[need.kind][self.lang == "en"]
            told = self.say(f"——{giver}", f" ({giver})") if need.kind != "judgement" else ""
            self.page.item(need.asks.lang(self.lang), dim(told), level=1, marker="?", style="info")
        if len(found) > len(kept):
            more = len(found) - len(kept)
            self.page.item(dim(self.say(f"另有 {more} 项（--all）", f"{more} more (--all)")), level=1)

    # What would change it

    def _changes(self) -> None:
        told = [text for step in self._compared(self.explanation.decisive) if (text := self.change(step))]
        if told:
            self.page.item(strong(self.say("怎样会不同", "what would be otherwise")))
        for text in told[:_MOST_CHANGES]:
            self.page.item(text, level=1, marker="·", style="dim")

    def _compared(self, steps: Sequence[Reason]) -> Iterator[Reason]:
        for step in steps:
            if step.kind == "row":
                yield from self._compared(step.parts)
            elif step.kind == "comparison" and step.margin is not None and step.truth in ("yes", "no"):
                yield step

    def change(self, step: Reason) -> str:
        """What would make a settled comparison the other way round; empty where it cannot be said."""
        names = self.conditions.names(step)
        words = (OPPOSITE if step.truth == "yes" else COMPARATORS).get(step.comparator or "")
        margin = self.conditions.margin(step)
        if names is None or words is None or not margin or step.comparator in ("exactly", "imposed"):
            return ""
        mine, bound = (self.conditions.figure(text or NOTHING, step) for text in (step.value, step.threshold))
        left, right = names
        word = words[self.lang == "en"]
        inner = margin.strip(" （）()")
        if self.lang == "zh":
            then = "不成立" if step.truth == "yes" else "成立"
            return set_zh(f"若{left}", word, right, bound, f"，这一条就{then}（现为", mine, f"，{inner}）")
        limit = f"{right} {bound}" if right else bound
        then = "would fail" if step.truth == "yes" else "would hold"
        return f"were {left} {word} {limit}, this condition {then} (it is {mine}, {inner})"

    # Beside it

    def _beside(self, outcome: Outcome) -> None:
        """What follows from it, what has been recorded of it, and what the policy notes."""
        if outcome.consequence is not None:
            self.page.item(outcome.consequence.lang(self.lang))
        for day, by in self.view.subjects.acts(outcome, self.decision.as_of) if outcome.modality == "sanction" else ():
            who = self.view.subjects.party(by, self.lang) if by else ""
            self.page.item(self.say(f"记录：{day}{GLUE}{who}作出", f"on record: {day}{' by ' if who else ''}{who}"))
        if outcome.note is not None:
            self.page.item(dim(self.say("注：", "note: ") + outcome.note.lang(self.lang)))


def _measured(step: Reason) -> bool:
    """Whether under every option the distance of a value from its threshold can be told, and differs."""
    values, bounds = (
        [text for _, text in branches(one or NOTHING) or [({}, one or NOTHING)]] for one in (step.value, step.threshold)
    )
    if len(values) == len(bounds) == 1 or len(values) * len(bounds) > _MOST_OPTIONS:
        return False
    return all(difference(value, bound, step.unit) is not None for value in values for bound in bounds)
