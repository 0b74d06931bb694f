"""What a failing case prints, in pytest and on the command line alike.

For each outcome: expected beside actual with the line to look at, the clause, the whole condition with its values,
what is still needed, and the readings it hangs on. All of it is found when it is asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from pathlib import Path
from typing import Final

from vbprules import catalog
from vbprules.cases.answers import Answer, JudgedAnswers, Trial
from vbprules.cases.blocks.table import BLOCKS
from vbprules.cases.keys import NOT_APPLICABLE
from vbprules.cases.model import CaseItem
from vbprules.cases.values import AMONG, Mismatch
from vbprules.decision.model import Attribute, Cited, NeedItem, NotApplicable, Outcome
from vbprules.decision.whole import whole_proof
from vbprules.decision.words import STANDINGS, STATES
from vbprules.diagnostics import InputError, VbprulesError, render, suggest
from vbprules.diagnostics.place import width
from vbprules.engine.outcomes import Judged
from vbprules.language.vocabulary import BY_NAME
from vbprules.printing.conditions import Conditions
from vbprules.printing.entries import PREFERRED, citations, question
from vbprules.printing.figures import branches, shown
from vbprules.printing.page import ARROW, GLUE, Lang, Page, Span, dim, strong
from vbprules.printing.subjects import Subjects
from vbprules.printing.terminal import clean, padded, to_terminal

_OF_THE_NORM: Final = frozenset({"mode", "modality", "hedge", "by", "toward", "clause"})  # no facts bear on these
_ROOM: Final = 3  # columns between expected and actual
_MOST: Final = 12
_ABOUT: Final = {"before": ("先", "before"), "after": ("后", "after"), "difference": ("相差", "difference")}
_CODES: Final = {  # what stands for no value
    "absent": ("没有", ""),
    "present": ("有", ""),
    "an outcome": ("有这个结论", ""),
    "none": ("没有", ""),
    "no change": ("没有变化", ""),
    "unchanged": ("不变", ""),
    "a change": ("有变化", ""),
    "appeared": ("新出现", ""),
    "disappeared": ("不再有", ""),
    NOT_APPLICABLE: ("不适用", ""),
}


def place(case: CaseItem) -> str:
    """Where a case begins: ``cases/x.yaml:12``, from the working folder where it lies below that."""
    file, here = case.file, Path.cwd()
    if file.is_relative_to(here):
        file = file.relative_to(here)
    return f"{clean(str(file))}:{case.line}"


def failure_text(case: CaseItem, mismatches: Sequence[Mismatch], lang: Lang = "zh", columns: int = 100) -> str:
    """The report of a failing case without colour."""
    return to_terminal(failure_page(case, mismatches, lang, columns), columns)


def failure_page(case: CaseItem, mismatches: Sequence[Mismatch], lang: Lang = "zh", columns: int = 100) -> Page:
    """The report of a failing case. ``columns`` decides whether expected and actual fit beside each other."""
    page = Page()
    page.item(strong(f"{place(case)}  {case.name}"), marker="✗", style="bad")
    report = _Failure(case, lang, columns, page)
    for block, outcome in dict.fromkeys((item.block, item.outcome) for item in mismatches):
        found = [item for item in mismatches if (item.block, item.outcome) == (block, outcome)]
        if block:
            report.write_block(block, outcome, found)
        else:
            report.write(outcome, found)
    return page


def summary(mismatches: Sequence[Mismatch]) -> str:
    """The first thing that differs, and how many more, in one line."""
    first, more = mismatches[0], len(mismatches) - 1
    words = (first.block, first.outcome, first.about, first.key)
    what = " ".join(word for word in words if word) + (f" (+{more})" if more else "")
    return clean(f"{what}: {first.expected} ≠ {first.actual}")


def first_line(error: BaseException) -> str:
    """What kept a case from being decided, in one line."""
    return clean(f"{type(error).__name__}: {str(error).partition(chr(10))[0]}")


def stopped_page(case: CaseItem, error: BaseException, lang: Lang = "zh", trace: str = "") -> Page:
    """The report of a case that gave no decision: its facts have errors, the engines disagree, or the library failed.

    ``trace`` is where it failed, for its maintainers.
    """
    page = Page()
    page.item(strong(f"{place(case)}  {case.name}"), marker="✗", style="bad")
    if isinstance(error, InputError):
        page.verbatim(render(error.findings, lang).splitlines(), level=1)
        return page
    if isinstance(error, VbprulesError):
        zh, en = "两个引擎的结论不一致，因此不给出判断；请报告维护者：", "the engines disagree, please report this: "
    else:
        zh, en = (
            "程序内部错误，不是案例的错；请报告维护者：",
            "internal error, no fault of the case; please report this: ",
        )
    page.item(Span(zh if lang == "zh" else en, "bad"), str(error) or type(error).__name__, level=1)
    if trace:
        page.verbatim(trace.splitlines(), level=1)
    return page


class _Failure:
    """Writes what differs in one case; the outcomes concerned are judged again, by the first engine alone."""

    def __init__(self, case: CaseItem, lang: Lang, columns: int, page: Page) -> None:
        self.case, self.lang, self.columns, self.page = case, lang, columns, page
        self.trial = Trial.of(case)
        self.answers: JudgedAnswers = self.trial.under(catalog.load(case.policy))
        self.policy = self.answers.program.policy

    def say(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    @cached_property
    def conditions(self) -> Conditions:
        policy = self.policy
        options = {name: reading.options for name, reading in policy.readings.items()}
        codes = Subjects(policy, self.trial.dossier).codes()
        return Conditions(self.lang, self.case.as_of, codes, options)

    # One outcome

    def write(self, wanted: str, mismatches: Sequence[Mismatch]) -> None:
        answers = self.answers.named(wanted)
        title = f"  {answers[0].title.lang(self.lang)}" if answers else ""
        self.page.item(strong(wanted), title, level=1)
        self._compared(mismatches)
        keys = {item.key.partition(" ")[0] for item in mismatches}
        if keys & {"", "must_not"}:
            self._existing(wanted, answers)
        if len(answers) == 1 and keys - _OF_THE_NORM:
            expected_outside = any(item.expected == NOT_APPLICABLE for item in mismatches)
            self._proof(answers[0], self.answers.judged(wanted)[0], keys, expected_outside)
        elif len(answers) == 1:
            self._clause(answers[0])

    def write_block(self, block: str, outcome: str, mismatches: Sequence[Mismatch]) -> None:
        """What differs of one outcome in a block of the case: the lines that differ and the clauses, no more."""
        label = BLOCKS[block].label[self.lang == "en"]
        self.page.item(dim(label), GLUE * 2, strong(outcome), level=1)
        self._compared(mismatches)
        cited = dict.fromkeys(cite for item in mismatches for cite in item.clauses)
        if cited:
            self._clauses(tuple(cited))

    def _compared(self, mismatches: Sequence[Mismatch]) -> None:
        """Expected and actual in columns; one beneath the other where a row is too wide for that."""
        labels = self.say("应为", "expected"), self.say("实为", "actual")
        rows = [self._row(item) for item in mismatches]
        places, keys = (max(width(text) for text in column) for column in list(zip(*rows, strict=True))[:2])
        room = self.columns - (4 + places + 2 + (keys + 2 if keys else 0) + width("".join(labels)) + 2 + _ROOM)
        beside = [row for row in rows if width(row[2]) + width(row[3]) <= room and branches(row[3]) is None]
        column = max((width(row[2]) for row in beside), default=0)
        for row in rows:
            where, key, expected, actual = row
            head = dim(padded(where, places)), GLUE * 2, padded(key, keys) if keys else ""
            if row in beside and column + width(actual) <= room:
                wanted = Span(padded(expected, column), "good")
                pair = wanted, GLUE * _ROOM, f"{labels[1]}{GLUE}", Span(actual, "bad")
                self.page.item(*head, GLUE * 2 if keys else "", f"{labels[0]}{GLUE}", *pair, level=2)
                continue
            self.page.item(*head, level=2)
            size = max(map(width, labels))
            self.page.item(Span(expected, "good"), level=3, marker=padded(labels[0], size))
            for number, line in enumerate(self._lines(key, actual)):
                self.page.item(Span(line, "bad"), level=3, marker=padded("" if number else labels[1], size))

    def _row(self, item: Mismatch) -> tuple[str, str, str, str]:
        where = clean(f"{self.case.file.name}:{item.line}")
        expected, actual = (self._worded(item.key, text) for text in (item.expected, item.actual))
        key = " ".join(word for word in (self._about(item.about), item.key) if word)
        return where, clean(key), clean(expected), clean(actual)

    def _about(self, text: str) -> str:
        return self.say(*_ABOUT[text]) if text in _ABOUT else text

    def _worded(self, key: str, text: str) -> str:
        """A value as a case file writes it, with its words where it is a code."""
        if text.startswith("absent (there are "):
            text = "absent"  # they are listed beneath
        if key == "standing":
            text = text.partition(" ")[0]  # the state under each reading is told beneath
        words = _CODES.get(text) or (STANDINGS.get(text) if key == "standing" else None)
        if words is None and key.partition(" ")[0] == "state":
            words = STATES.get(text)
        return f"{text}（{words[0]}）" if words and self.lang == "zh" else text

    def _lines(self, key: str, actual: str) -> list[str]:
        """A long value in lines: by reading one for each combination of options, of several things one for each."""
        found = branches(actual)
        if found is not None:
            return [f"{'&'.join(f'{name}={option}' for name, option in one.items())}: {value}" for one, value in found]
        if AMONG not in actual:
            return actual.split("; ")
        told = actual.split(AMONG)[self.lang == "en" :: 2]  # Chinese and English by turns
        return told[:_MOST] + (["…"] if len(told) > _MOST else [])

    # What there is

    def _existing(self, wanted: str, answers: Sequence[Answer]) -> None:
        """Which outcomes there are where one was expected that is not there, or none was."""
        provision, _, subject = wanted.partition("@")
        norms = {norm.id: norm for norm in self.answers.program.norms}
        if provision not in norms:
            self._unknown(provision, norms)
            return
        entity = BY_NAME[norms[provision].entity]
        found = answers or self.answers.named(provision)
        if not found:
            name = entity.zh if self.lang == "zh" else entity.en
            text = self.say(f"这条规定逐{name}判断，本案没有{name}", f"judged for each {name}; this case has none")
            self.page.item(text, level=2, marker="→")
            return
        if len(answers) == 1:
            return
        ids = [item.subject for item in found]
        near = f"{provision}@{close}" if subject and (close := suggest(subject, ids)) else ""
        lead = self.say("这条规定有这些结论", "outcomes of this provision")
        meant = self.say(f"；是不是 {near}？", f"; did you mean {near}?") if near else ""
        if len(answers) > 1 and not subject:
            meant = self.say("；写明是哪一个", "; say which")
        self.page.item(lead, meant, self.say("：", ":"), level=2, marker="→")
        for item in found[:_MOST]:
            self.page.item(strong(item.id), GLUE * 2, self._state(item), level=3)
        if len(found) > _MOST:
            self.page.item(self.say(f"……共 {len(found)} 个", f"… {len(found)} in all"), level=3)

    def _unknown(self, provision: str, norms: Collection[str]) -> None:
        steps = [name for name in norms if name.startswith(provision + ".")]
        if steps:
            text = self.say(f"{provision} 分为：{'、'.join(steps)}", f"{provision} has the parts {', '.join(steps)}")
        else:
            close = suggest(provision, norms) or next((name for name in norms if name.startswith(provision)), "")
            text = self.say(f"政策中没有规定 {provision}", f"the policy has no provision {provision}")
            if close:
                text += self.say(f"；是不是 {close}？", f"; did you mean {close}?")
        self.page.item(text, level=2, marker="→")

    def _state(self, answer: Answer) -> str:
        if isinstance(answer, NotApplicable):
            return f"{NOT_APPLICABLE}{self.say('：', ': ')}{answer.reason.lang(self.lang)}"
        if answer.state.branches:
            return self.say("by_reading（视解读）", "by_reading")
        code = answer.state.value or ""
        return code + self.say(f"（{shown(code, 'state', 'zh')}）", "")

    # Why

    def _clause(self, answer: Answer) -> None:
        self._clauses(answer.clauses)

    def _clauses(self, clauses: tuple[Cited, ...]) -> None:
        cited = citations(clauses, self.say("；", "; "))
        self.page.item(self.say("条款", "clause") + GLUE * 2, cited, level=2)

    def _proof(self, answer: Answer, judged: Judged, keys: Collection[str], gate: bool) -> None:
        self._clause(answer)
        if isinstance(answer, NotApplicable):
            told = answer.reason.lang(self.lang)
            self.page.item(self.say(f"不适用：{told}", f"not applicable: {told}"), level=2)
        reasons = whole_proof(self.answers.judge, judged, keys, gate)
        self.conditions.write(reasons, self.page, 2)
        if isinstance(answer, Outcome):
            asked = [
                answer.state,
                answer.triggered,
                *(found for key, found in answer.attributes.items() if key in keys),
            ]
            self._needs(asked)
            self._readings(answer, keys)

    def _needs(self, attributes: Sequence[Attribute]) -> None:
        """What could still settle it, each with the key by which a case file expects it."""
        needs: dict[str, NeedItem] = {}
        for item in attributes:
            for need in (*item.needs, *(need for branch in item.branches for need in branch.needs)):
                needs.setdefault(need.key, need)
        if not needs:
            return
        self.page.item(self.say("还需", "still needed"), level=2)
        for need in needs.values():
            self.page.item(need.asks.lang(self.lang), "  ", dim(need.key), level=3, marker="?", style="info")

    def _readings(self, outcome: Outcome, keys: Collection[str]) -> None:
        """Each reading with its question; then the state, and what was expected otherwise, under each option."""
        told = {
            "state": outcome.state,
            **{key: outcome.attributes[key] for key in outcome.attributes if key in keys},
        }
        if "triggered" in keys:
            told["triggered"] = outcome.triggered
        names = dict.fromkeys(name for item in told.values() for branch in item.branches for name in branch.readings)
        if not names:
            return
        self.page.item(self.say("取决于解读", "depends on readings"), level=2)
        for name in names:
            reading = self.policy.readings[name]
            asks = question(reading.asks.text(self.lang), self.lang)
            cites = self.say("；", "; ").join(str(cite) for cite in reading.cites)
            self.page.item(strong(name), GLUE * 2, asks, "  ", dim(cites), level=3, marker="◇", style="fork")
        for key, item in told.items():
            for branch in sorted(item.branches, key=lambda one: not one.preferred):
                star = PREFERRED if branch.preferred else ""
                value = branch.value or ""
                words = shown(branch.value, item.unit, self.lang)
                text = value if words == value or item.unit != "state" else self.say(f"{value}（{words}）", value)
                self.page.item(star, self.conditions.label(branch.readings), ARROW, f"{key} ", strong(text), level=4)
