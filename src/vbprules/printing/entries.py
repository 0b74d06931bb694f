"""Outcomes in words: one heading for a norm, one entry for each of its subjects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from vbprules.decision.model import Attribute, Branch, Cited, Decision, NeedItem, Outcome
from vbprules.decision.words import ATTRIBUTES
from vbprules.language.vocabulary import HEDGES
from vbprules.printing.figures import NOTHING, ordered, shown, state
from vbprules.printing.grounds import Ground, Grounds
from vbprules.printing.page import ARROW, DOT, GLUE, Lang, Page, Rich, Span, Style, dim, joined, rich, set_zh, strong
from vbprules.printing.sorting import BREACHED, LIVE, PAST, grouped
from vbprules.printing.subjects import Subjects, list_label

PREFERRED: Final = "★"
_MARKS: Final[Mapping[str, tuple[str, Style]]] = {
    "bad": ("✗", "bad"),
    "warn": ("!", "warn"),
    "good": ("✓", "good"),
    "open": ("?", "info"),
    "todo": ("○", ""),
    "fork": ("◇", "fork"),
    "past": ("–", "dim"),
}
_TIMES: Final = ("done", "due", "not_before", "breached_on", "from", "until")
_MOST_VALUES: Final = 4
_MOST_GROUNDS, _MOST_FOR_SANCTION = 3, 6
_PHRASES: Final[Mapping[str, tuple[str, str, str]]] = {  # before and after in Chinese, before in English
    "from": ("自", "起", "from"),
    "until": ("至", "前", "until before"),
    "breached_on": ("", "起违反", "in breach from"),
    "not_before": ("", "起可履行", "not before"),
}


@dataclass(slots=True)
class View:
    """How a decision is to be printed."""

    decision: Decision
    lang: Lang = "zh"
    subjects: Subjects = field(default_factory=Subjects)
    full: bool = False  # every outcome on its own, with its whole proof
    reasons: bool = True

    def say(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    @property
    def stop(self) -> str:
        return self.say("；", "; ")

    @property
    def comma(self) -> str:
        return self.say("、", ", ")


def mark(outcome: Outcome) -> tuple[str, Style]:
    """The sign before an outcome: how it stands at a glance."""
    codes = [branch.value for branch in outcome.state.branches] or [outcome.state.value]
    if len(set(codes)) > 1:
        return _MARKS["fork"]
    code = codes[0] or ""
    if code in BREACHED:
        return _MARKS["bad"]
    if code in LIVE:
        return _MARKS["warn"]
    if code in PAST:
        return _MARKS["past"]
    if code in ("met", "observed", "available", "applies"):
        return _MARKS["good"]
    return _MARKS["todo" if code in ("open", "open_unrecorded") else "open"]


class Entries:
    """Writes outcomes onto a page."""

    def __init__(self, view: View, page: Page) -> None:
        self.view, self.page = view, page
        self.grounds = Grounds(view.lang, view.decision.as_of, view.full, view.subjects.codes())
        self.labels = {reading.id: reading for reading in view.decision.readings}
        self.asked: set[str] = set()  # readings whose question stands on the page already

    # Headings

    def parties(self, outcome: Outcome) -> str:
        lang, comma = self.view.lang, self.view.comma
        by = comma.join(name.lang(lang) for name in outcome.by_names)
        toward = comma.join(name.lang(lang) for name in outcome.toward_names)
        return f"{by}{ARROW}{toward}" if by and toward else by or (f"→ {toward}" if toward else "")

    def hedge(self, outcome: Outcome) -> str:
        if outcome.hedge is None:
            return ""
        return self.view.say(f"“{outcome.hedge}”", HEDGES.get(outcome.hedge, (outcome.hedge, False))[0])

    def clauses(self, outcome: Outcome) -> str:
        return citations(outcome.clauses, self.view.stop)

    def heading(self, outcome: Outcome, level: int = 0, marker: tuple[str, Style] | None = None) -> None:
        """The norm: title, who toward whom, hedge; beneath it the clause with its words."""
        sign = marker or mark(outcome)
        about = joined((dim(self.parties(outcome)), dim(self.hedge(outcome))), "  ")
        self.page.item(
            strong(outcome.title.lang(self.view.lang)),
            "  " if about else "",
            about,
            level=level,
            marker=sign[0],
            style=sign[1],
        )
        self.page.item(dim(self.clauses(outcome)), level=level + 1)

    def consulted(self, outcome: Outcome) -> tuple[str, ...]:
        """The readings on which anything told of an outcome depends."""
        told = [
            outcome.state,
            *(outcome.attributes[name] for name in ("amount", "due", "from") if name in outcome.attributes),
        ]
        return tuple(dict.fromkeys(name for item in told for branch in item.branches for name in branch.readings))

    def question(self, name: str, level: int = 0, always: bool = False) -> None:
        """The question of a reading with its clause, and how to fix it; said once unless asked for again."""
        reading = self.labels.get(name)
        if reading is None or (name in self.asked and not always):
            return
        self.asked.add(name)
        cites = self.view.stop.join(str(cited) for cited in reading.clauses)
        asks = question(reading.asks.lang(self.view.lang), self.view.lang)
        fix = dim(f"{cites}  --reading{GLUE}{name}={'|'.join(reading.options)}")
        if level:
            self.page.item(dim(self.view.say("解读问题：", "reading: ") + asks), "  ", fix, level=level)
        else:
            self.page.item(strong(asks), "  ", fix, marker="◇", style="fork")

    # Entries

    def group(self, outcomes: Sequence[Outcome]) -> None:
        """All outcomes of one norm that are told in full."""
        first = outcomes[0]
        signs = list(dict.fromkeys(mark(outcome) for outcome in outcomes))
        self.heading(first, marker=signs[0])
        for name in dict.fromkeys(name for outcome in outcomes for name in self.consulted(outcome)):
            self.question(name, 1)
        for outcome in outcomes:
            self.entry(outcome, marked=len(signs) > 1)
        for text in dict.fromkeys(o.consequence for o in outcomes if o.consequence is not None):
            self.page.item(text.lang(self.view.lang), level=1)
        if first.note is not None:
            self.page.item(dim(self.view.say("注：", "note: ") + first.note.lang(self.view.lang)), level=1)

    def entry(self, outcome: Outcome, level: int = 1, marked: bool = False) -> None:
        """One outcome: subject, state, figures and days; then its reasons."""
        view = self.view
        subject = view.subjects.of(outcome, view.lang)
        sign = mark(outcome) if marked else ("", "")
        if outcome.state.branches:
            self.page.item(strong(subject), level=level, marker=sign[0], style=sign[1])
            deeper = level + 1 if subject else level
            self.branches(outcome, deeper)
            self.page.item(self.steady(outcome), level=deeper)
        else:
            told = joined((self.standing(outcome), *self.facts(outcome)), DOT)
            self.page.item(strong(subject), "  " if subject else "", told, level=level, marker=sign[0], style=sign[1])
        for day, by in view.subjects.acts(outcome, view.decision.as_of) if outcome.modality == "sanction" else ():
            who = view.subjects.party(by, view.lang) if by else ""
            self.page.item(
                view.say(f"记录：{day}{GLUE}{who}作出", f"on record: {day}{' by ' if who else ''}{who}"),
                level=level + 1,
            )
        self.reasons(outcome, level + 1)

    def steady(self, outcome: Outcome) -> str:
        """What holds under every branch of a state that forks, or under every one where the norm applies at all."""
        told = DOT.join(self.facts(outcome, forked=False))
        partly = any(branch.value in ("not_triggered", "trigger_unknown") for branch in outcome.state.branches)
        return self.view.say("适用时：", "where it applies: ") + told if told and partly else told

    def standing(self, outcome: Outcome) -> Rich:
        """The state in words, in the colour of its gravity."""
        style = mark(outcome)[1]
        return rich(Span(self.words(outcome, outcome.state.value), style or "strong"))

    def words(self, outcome: Outcome, code: str | None) -> str:
        """A state in words; where no date is set, nothing is said of a date that is not over."""
        if outcome.once and code == "in_force":
            return self.view.say("已作出", "imposed")
        due = outcome.attributes.get("due")
        if due is None or due.standing != "silent":
            return state(code, self.view.lang)
        no_date = self.view.say("（文件未写期限）", " (the document sets no date)")
        if code == "open_unrecorded":
            return self.view.say("是否履行未见记录", "performance not on record") + no_date
        return state(code, self.view.lang) + (no_date if code == "open" else "")

    def reasons(self, outcome: Outcome, level: int) -> None:
        """The grounds; where the state forks they stand with each branch already, but for the whole proof."""
        if self.view.reasons and (self.view.full or not outcome.state.branches):
            most = _MOST_FOR_SANCTION if outcome.modality == "sanction" else _MOST_GROUNDS
            self.lines(self.grounds.of(outcome.reasons, flags=outcome.modality != "entitlement", most=most), level)

    def lines(self, grounds: Sequence[Ground], level: int) -> None:
        for ground in grounds:
            self.page.item(
                dim(ground.text), level=level + ground.level, marker="·" if ground.level == 0 else "", style="dim"
            )

    # Figures and days

    def facts(self, outcome: Outcome, under: Branch | None = None, forked: bool | None = None) -> list[str]:
        """Amount, days and figures of an outcome that are known or would hold; under one branch, as they are there.

        ``forked`` keeps only those that depend on the reading, or only the others.
        """
        found = []
        chosen = {} if under is None else under.readings
        formulas = self.grounds.formulas(outcome.reasons, chosen) if self.view.reasons and not self.view.full else {}
        for name in ("amount", "received", "standard", "base", "excess", "value", *_TIMES):
            attribute = outcome.attributes.get(name)
            if attribute is None or attribute.standing == "silent" or (name == "breached_on" and _follows(outcome)):
                continue
            if forked is not None and forked != bool(attribute.branches):
                continue
            if (
                name == "received"
                and len(
                    {b.value for b in attribute.branches if under is None or _compatible(b.readings, under.readings)}
                )
                > 1
            ):
                continue  # how much arrived is told where it is one figure
            text = self.value(attribute, under)
            if not text or text == shown(NOTHING, attribute.unit, self.view.lang):
                continue
            kept = [
                b.value or "" for b in attribute.branches if under is None or _compatible(b.readings, under.readings)
            ]
            told = self._named(name, text, kept or [attribute.value or ""], outcome)
            if told:
                found.append(told + formulas.get(ATTRIBUTES.get(name, ("", ""))[self.view.lang == "en"], ""))
        return found

    def _named(self, name: str, text: str, values: Sequence[str], outcome: Outcome) -> str:
        """A figure or day with what it is. What only says that something has not happened yet goes without saying."""
        if name == "done" and any(not value[:1].isdigit() and not value.startswith("at_most") for value in values):
            return ""
        if name == "until" and not all(value[:1].isdigit() for value in values):
            lifted_later = all(value.startswith("at_least") for value in values) and not outcome.would_be
            return self.view.say("尚未到解除之日", "not yet lifted") if lifted_later else ""
        if outcome.state.value == "met" and name in ("received", "not_before"):
            return ""
        before, after, en = _PHRASES.get(name, ("", "", ""))
        if self.view.lang == "en":
            return f"{en or ATTRIBUTES.get(name, (name, name))[1]} {text}"
        return set_zh(before if before or after else ATTRIBUTES.get(name, (name, name))[0], text, after)

    def value(self, attribute: Attribute, under: Branch | None = None) -> str:
        """An attribute in words; where it depends on the reading, each value with its option."""
        if not attribute.branches:
            return shown(attribute.value, attribute.unit, self.view.lang)
        branches = [
            branch for branch in attribute.branches if under is None or _compatible(branch.readings, under.readings)
        ]
        by_value: dict[str, list[Branch]] = {}
        for branch in branches:
            by_value.setdefault(branch.value or NOTHING, []).append(branch)
        words = {value: shown(value, attribute.unit, self.view.lang) for value in by_value}
        if len(by_value) == 1:
            return next(iter(words.values()))
        if len(by_value) > _MOST_VALUES and not self.view.full:
            kept = ordered(list(by_value))
            low, high, count = words[kept[0]], words[kept[-1]], len(kept)
            return self.view.say(
                f"{low} 至 {high}（{count} 种结果，视解读）", f"{low} to {high} ({count} results, by reading)"
            )
        told = []
        for value, same in by_value.items():
            preferred = any(branch.preferred for branch in same)
            label = self.view.say("或", " or ").join(self.label(branch.readings, under) for branch in same[:2])
            label += self.view.say("等", " …") if len(same) > 2 else ""
            star = PREFERRED if preferred else ""
            told.append((not preferred, words[value] + self.view.say(f"（{star}{label}）", f" ({star}{label})")))
        return self.view.say("／", f"{GLUE}/ ").join(text for _, text in sorted(told, key=lambda pair: pair[0]))

    def label(self, readings: Mapping[str, str], under: Branch | None = None) -> str:
        """The options of a branch in words; those that are given anyway are left out."""
        known = {} if under is None else under.readings
        named = [self.option(name, option) for name, option in readings.items() if name not in known]
        return self.view.say("＋", " + ").join(named)

    def option(self, name: str, option: str) -> str:
        reading = self.labels.get(name)
        if reading is None or self.view.lang == "en":
            return f"{name}={option}"
        return reading.options.get(option, option)

    def branches(self, outcome: Outcome, level: int, alone: bool = True) -> None:
        """The state under each option, the preferred one first and marked, with the figures there.

        Where the outcome stands for several subjects (not ``alone``), what is peculiar to each is left out.
        """
        branches = sorted(outcome.state.branches, key=lambda item: not item.preferred)
        if len(branches) > _MOST_VALUES and not self.view.full:
            self._folded(outcome, branches, level, alone)
            return
        for branch in branches:
            told: list[str | Rich] = [rich(strong(self.words(outcome, branch.value)))]
            if alone:
                told += self.facts(outcome, branch, forked=True) if branch.value != "not_triggered" else []
                if self.view.reasons and not self.view.full:
                    told += self.grounds.figures(outcome.reasons, branch.readings)
                needs = self.needs(branch.needs)
                told.append(self.view.say("需：", "needs: ") + needs if needs else "")
            star = PREFERRED if branch.preferred else ""
            self.page.item(star, self.label(branch.readings), ARROW, joined(told, DOT), level=level)

    def _folded(self, outcome: Outcome, branches: Sequence[Branch], level: int, alone: bool) -> None:
        """Many branches by their state, with every combination of options that leads there."""
        options = {name: tuple(reading.options) for name, reading in self.labels.items()}
        for same in grouped(branches, lambda branch: branch.value):
            labels = [self.label(readings) for readings in covering([branch.readings for branch in same], options)]
            facts = {DOT.join(self.facts(outcome, branch, forked=True)) for branch in same}
            told = [rich(strong(self.words(outcome, same[0].value)))]
            if alone and len(facts) == 1 and same[0].value != "not_triggered":
                told.append(rich(facts.pop()))
            star = PREFERRED if any(branch.preferred for branch in same) else ""
            self.page.item(star, joined(told, DOT), self.view.say("：", ": "), self.view.stop.join(labels), level=level)

    # Needs

    def needs(self, needs: Sequence[NeedItem]) -> str:
        """Needs in a few words each."""
        return self.view.comma.join(dict.fromkeys(self.need(need) for need in needs))

    def need(self, need: NeedItem) -> str:
        say, lang = self.view.say, self.view.lang
        subject = self.view.subjects.of_need(need, lang)
        about = say(f"（{subject}）", f" ({subject})") if subject else ""
        if need.kind == "time":
            return say(f"{need.day} 之后", f"after {need.day}")
        if need.kind == "list":
            through = say(f"截至 {need.day} ", f" through {need.day}") if need.day else ""
            label = list_label(need.what, lang)
            return say(f"{label}记录{about}{through}是否完整", f"whether {label}{about} are complete{through}")
        text = need.asks.lang(lang)
        if need.subject:
            text = text.replace(say(f"（{need.subject}）", f" ({need.subject})"), about)
        if need.kind == "judgement":
            return text.partition(say("认定：", ": "))[2] or text
        return text.removeprefix(say("请补充", "record: ")).partition(say("；", ";"))[0]


def citations(clauses: Sequence[Cited], stop: str) -> str:
    """Clauses with their phrases; several phrases of one clause stand behind its number once."""
    found: dict[str, list[str]] = {}
    for cited in clauses:
        found.setdefault(cited.clause, []).append(f"“{cited.phrase}”")
    return stop.join(clause + "".join(phrases) for clause, phrases in found.items())


def question(text: str, lang: Lang) -> str:
    """A question with its mark."""
    return text if text.endswith(("?", "？", "。", ".")) else text + ("？" if lang == "zh" else "?")


def covering(assignments: Sequence[Mapping[str, str]], options: Mapping[str, Sequence[str]]) -> list[dict[str, str]]:
    """The same assignments in fewer words: where every option of a reading leads to the same, it is left out."""
    found = [dict(item) for item in assignments]
    for name, choices in options.items():
        with_it = [item for item in found if name in item]
        merged = [item for item in found if name not in item]
        for same in grouped(with_it, partial(_without, name)):
            whole = {item[name] for item in same} == set(choices)
            merged += [dict(_without(name, same[0]))] if whole else same
        found = merged
    return found


def _without(name: str, item: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((key, value) for key, value in item.items() if key != name))


def settled_value(attribute: Attribute, under: Branch | None = None) -> str | None:
    """The settled value, under the readings of a branch if one is given; None where it is open."""
    if not attribute.branches:
        return attribute.value if attribute.standing == "settled" else None
    fitting = [b for b in attribute.branches if under is None or _compatible(b.readings, under.readings)]
    values = {branch.value for branch in fitting if branch.settled}
    return values.pop() if len(values) == 1 and all(branch.settled for branch in fitting) else None


def _compatible(some: Mapping[str, str], others: Mapping[str, str]) -> bool:
    return all(others.get(name, option) == option for name, option in some.items())


def _follows(outcome: Outcome) -> bool:
    """Whether the breach or its first day depends on readings: then the state and the last day in time tell it."""
    return bool(outcome.attributes["breached_on"].branches or outcome.state.branches)
