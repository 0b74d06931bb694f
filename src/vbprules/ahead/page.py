"""What lies ahead on a page: what to do by when, what can still be mended, how much is still allowed, what to ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Final

from vbprules.ahead.model import Ahead, Effect, Step, Term, Todo
from vbprules.ahead.words import Words
from vbprules.decision.model import Cited
from vbprules.decision.words import SECONDARY
from vbprules.facts.rows import Dossier
from vbprules.language.policy import Policy
from vbprules.printing.figures import state
from vbprules.printing.page import DOT, Lang, Page, Style, dim, joined, strong
from vbprules.printing.subjects import Subjects, list_label

_MOST_QUESTIONS: Final = 12
_MOST_COMING: Final = 20
_MOST_ON_A_LINE: Final = 2  # things to do
_WHY: Final[Mapping[str, tuple[str, str]]] = {
    "fact": ("取决于不再能补的事实", "it rests on facts that nobody can add to"),
    "over": ("可以做的日子已过", "the day for it has passed"),
    "open": ("所依据的数未知", "something it stands on is not known"),
    "judgement": ("取决于认定", "it is for a determination"),
    "elsewhere": ("由别的文件定，或文件未规定", "another instrument sets it, or none does"),
    "unconfirmed": ("算出的改动重新判断后不成立", "a change was computed, and judging it did not bear it out"),
}


class AheadPage:
    """Prints a look ahead in one language."""

    def __init__(self, policy: Policy, dossier: Dossier, lang: Lang, whole: bool = False) -> None:
        self.policy, self.lang, self.whole = policy, lang, whole
        self.subjects = Subjects(policy, dossier)
        self.words = Words(policy, dossier, self.subjects, lang)

    def say(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def page(self, ahead: Ahead) -> Page:
        page = Page()
        self._head(page, ahead)
        shown = [step for step in ahead.steps if self.whole or step.about_institution]
        of = {kind: [step for step in shown if step.kind == kind] for kind in ("prevent", "cure", "earn", "allow")}
        self._steps(page, self.say("期限之前", "By these days"), of["prevent"])
        self._steps(page, self.say("仍可补救", "Can still be mended"), of["cure"])
        self._steps(page, self.say("可以取得", "Can be earned"), of["earn"])
        self._allowed(page, of["allow"])
        self._coming(page, ahead)
        self._unsolved(page, ahead)
        self._questions(page, ahead)
        hidden = len(ahead.steps) - len(shown)
        if hidden:
            page.item(
                dim(self.say(f"与本机构无关的另有 {hidden} 项（--all）", f"{hidden} more concern others (--all)"))
            )
        return page

    def _head(self, page: Page, ahead: Ahead) -> None:
        title = f"{self.policy.document.called(self.lang)}  {ahead.institution}".strip()
        page.heading(self.say("接下来", "What next"), f"{ahead.as_of} → {ahead.to}", level=1)
        page.item(strong(title))
        if self.policy.document.known_from == "secondary":
            page.item(self.say(*SECONDARY), marker="!", style="warn")
        if not ahead.to_chosen:
            words = (
                "看到可见的最后一个期限或期间末日之次日",
                "through the day after the last deadline or period in sight",
            )
            page.item(dim(self.say(*words)))
        page.item(
            dim(self.say("假定此后什么也不发生；工作日依 ", "if nothing more happens; working days: ") + ahead.calendar)
        )
        if ahead.open_lists:
            names = self.say("、", ", ").join(list_label(name, self.lang) for name in ahead.open_lists)
            words = "不完整的清单仍不完整，不作推测：", "not complete, and nothing is guessed of them: "
            page.item(dim(self.say(*words) + names))
        if ahead.left_out:
            words = f"晚于截止日的 {ahead.left_out} 条记录不计", f"{ahead.left_out} entries dated later are left out"
            page.item(dim(self.say(*words)))

    # Steps

    def _steps(self, page: Page, title: str, steps: Sequence[Step]) -> None:
        """What is enough under every reading; where nothing is, or the whole is asked for, what is under some."""
        if not steps:
            return
        page.heading(title)
        sure = {step.outcome for step in steps if step.every_reading}
        told = [step for step in steps if self.whole or step.every_reading or step.outcome not in sure]
        rest = [step for step in steps if step not in told]
        for _, same in groupby(sorted(told, key=_whole_order), key=lambda step: (step.todo, step.last)):
            self._group(page, list(same), rest)

    def _group(self, page: Page, steps: list[Step], rest: Sequence[Step]) -> None:
        """One thing to do, and everything that it is for."""
        first = steps[0]
        prevents, single = first.kind == "prevent", len(steps) == 1
        by = "" if first.last is None else self.say(f"{first.last} 前（含当日）", f"By {first.last}: ")
        doing = [self.words.one(item) for item in first.todo]
        short = len(doing) <= _MOST_ON_A_LINE
        what = self.words.joined(doing) if short else self.say("做到下列各项", "all of the following")
        tail = self._tail(first, prevents, single)
        style: Style = "bad" if prevents else "good"
        page.item(strong(f"{by}{what}"), tail, marker="!" if prevents else "✓", style=style)
        for text in () if short else doing:
            page.item(text, level=1, marker="+")
        if not (prevents and single):
            for step in steps:
                page.item(self._otherwise(step) if prevents else self._turns(step), level=1, marker="·")
        page.item(dim(self.say("由 ", "by ") + self.words.by(first.todo)), level=1)
        for term in dict.fromkeys(term for step in steps for term in step.terms):
            page.item(dim(self._term(term)), level=1)
        for text in dict.fromkeys(text for step in steps if (text := self._readings(step))):
            page.item(text, level=1, marker="◇", style="fork")
        self._by_reading(page, steps, rest)
        if prevents and all(step.less == "open" for step in steps):
            words = "少一个单位，就不能确定不会发生", "with one unit less it is not settled that it will not come"
            page.item(dim(self.say(*words)), level=1)
        for other in dict.fromkeys(self.words.all_of(other) for step in steps for other in step.alternatives):
            page.item(self.say("或者：", "or: ") + other, level=1)
        self._effects(page, steps)

    def _tail(self, first: Step, prevents: bool, single: bool) -> str:
        if not prevents:
            return "" if single else self.say("：", ":")
        if single:
            return self.say("；否则", "; or else ") + self._otherwise(first)
        return self.say("；否则：", "; or else:")

    def _by_reading(self, page: Page, steps: Sequence[Step], rest: Sequence[Step]) -> None:
        """What would be enough under some readings: the same by a later day; anything else is only counted."""
        own = {step.outcome: step for step in steps}
        others = [step for step in rest if step.outcome in own]
        later: dict[str, None] = {}
        more = 0
        for step in others:
            if [_plain(item) for item in step.todo] == [_plain(item) for item in own[step.outcome].todo] and step.last:
                told = self.say("；或 ", "; or ").join(self.words.options(item) for item in step.readings)
                later[self.say(f"如{told}，到 {step.last} 也够", f"by {step.last} if {told}")] = None
            else:
                more += 1
        for text in later:
            page.item(text, level=1, marker="◇", style="fork")
        if more:
            words = (
                f"只在某些读法下够的做法另有 {more} 种（--all）",
                f"{more} more that are enough under some readings (--all)",
            )
            page.item(dim(self.say(*words)), level=1)

    def _otherwise(self, step: Step) -> str:
        """What comes without it, with clause."""
        subject = self._subject(step)
        what = f"{step.title.lang(self.lang)}{subject}"
        clause = self._clauses(step.clauses)
        code = state(step.state, self.lang) if "=" not in step.state else ""
        told = f"{what}{self.say('：', ': ')}{code}" if code else what
        return self.say(f"自 {step.begins} 起 {told}（{clause}）", f"from {step.begins} {told} ({clause})")

    def _turns(self, step: Step) -> str:
        subject = self._subject(step)
        was, now = (self._state(text) for text in (step.state, step.after))
        clause = self._clauses(step.clauses)
        told = f"{step.title.lang(self.lang)}{subject}{self.say('：', ': ')}{was} → {now}"
        return f"{told}{self.say(f'（{clause}）', f' ({clause})')}"

    def _effects(self, page: Page, steps: Sequence[Step]) -> None:
        own = {step.outcome for step in steps}
        effects = dict.fromkeys(effect for step in steps for effect in step.effects)
        for turn, words in (("better", ("同时 ", "also ")), ("worse", ("但是 ", "but "))):
            for effect in effects:
                shown = effect.about_institution or self.whole
                if effect.turn == turn and effect.outcome not in own and shown:
                    page.item(self.say(*words) + self._effect(effect), level=1)
        others = [effect for effect in effects if effect.turn == "other" and effect.outcome not in own]
        if others and self.whole:
            for effect in others:
                page.item(dim(self.say("另外 ", "besides ") + self._effect(effect)), level=1)
        elif others:
            words = f"另有 {len(others)} 项结论因此不同（--all）", f"other outcomes that differ: {len(others)} (--all)"
            page.item(dim(self.say(*words)), level=1)

    def _effect(self, effect: Effect) -> str:
        provision, _, subject = effect.outcome.partition("@")
        named = self._named(provision, subject)
        told = f"{effect.title.lang(self.lang)}{named}{self.say('：', ': ')}"
        clause = self._clauses(effect.clauses)
        change = f"{self._state(effect.before)} → {self._state(effect.after)}"
        return f"{told}{change}{self.say(f'（{clause}）', f' ({clause})')}"

    def _readings(self, step: Step) -> str:
        if step.every_reading and step.kind == "prevent":
            return self.say("在每一种读法下都够", "enough under every reading") if step.readings else ""
        if not step.readings:
            return ""
        told = [self.words.options(item) for item in step.readings]
        return self.say("只在这样读时：", "only if read so: ") + self.say("；或 ", "; or ").join(told)

    def _term(self, term: Term) -> str:
        if self.lang == "en":
            unit = "working days" if term.unit == "working_days" else "days"
            own = "that day counted" if term.counted else "that day not counted"
            return f"{term.count} {unit} after {term.after} ({own}) end on {term.last}"
        unit = "个工作日" if term.unit == "working_days" else "天"
        own = "当日计入" if term.counted else "自次日起算"
        return f"{term.after} 后第 {term.count} {unit}（{own}）是 {term.last}"

    # What is still allowed

    def _allowed(self, page: Page, steps: Sequence[Step]) -> None:
        if not steps:
            return
        page.heading(self.say("还可以", "Still allowed"), self.say("别的都不变", "all else unchanged"))
        hidden = 0
        for _, group in groupby(steps, key=lambda step: step.provision if not self.whole else step.outcome):
            same = sorted(group, key=lambda step: (repr(step.todo[0].refs), _amount(step)))
            strictest = {repr(step.todo[0].refs): step for step in reversed(same)}
            told = same if self.whole else [step for step in same if strictest[repr(step.todo[0].refs)] is step]
            hidden += len(same) - len(told)
            subject = self._subject(told[0]) if self.whole else ""
            clause = self._clauses(told[0].clauses)
            page.item(strong(f"{told[0].title.lang(self.lang)}{subject}"), f"  {clause}", marker="·")
            for step in told:
                todo, until = step.todo[0], step.last or ""
                by = self.say(f"{until} 前" if until else "", f" by {until}" if until else "")
                doing = self.words.at_most(todo, step.headroom or "0")
                doing = self.say(f"{by}还可以{doing}", f"{doing}{by}")
                page.item(joined([doing, dim(self._readings(step))], DOT), level=1)
        if hidden:
            words = f"上面是最严的读法；其余 {hidden} 种（--all）", f"the strictest reading; {hidden} others (--all)"
            page.item(dim(self.say(*words)))

    # The rest

    def _coming(self, page: Page, ahead: Ahead) -> None:
        left = [item for item in ahead.coming if not item.solved and (item.about_institution or self.whole)]
        told = left if self.whole else [item for item in left if item.harm][:_MOST_COMING]
        if told:
            page.heading(self.say("什么也不做，还会", "If nothing is done, also"))
        for item in told:
            provision, _, subject = item.outcome.partition("@")
            what = f"{item.title.lang(self.lang)}{self._named(provision, subject)}"
            change = f"{self._state(item.before) if item.before else '—'} → {self._state(item.after)}"
            page.item(f"{item.day}  ", strong(what), f"  {change}  ", dim(self._clauses(item.clauses)), marker="·")
        hidden = len(left) - len(told)
        if hidden:
            page.item(dim(self.say(f"另有 {hidden} 处变化（--all）", f"{hidden} more changes (--all)")))

    def _unsolved(self, page: Page, ahead: Ahead) -> None:
        told = [item for item in ahead.unsolved if item.about_institution or self.whole]
        if told:
            page.heading(self.say("没有求出办法的", "No step found for"))
        for item in told:
            provision, _, subject = item.outcome.partition("@")
            why = self.say("；", "; ").join(self._why(reason) for reason in item.why)
            what = f"{item.title.lang(self.lang)}{self._named(provision, subject)}"
            page.item(f"{item.day}  {what}{self.say('：', ': ')}{why}", marker="?")

    def _why(self, reason: str) -> str:
        if reason.startswith("list "):
            name = list_label(reason.removeprefix("list "), self.lang)
            return self.say(f"{name}记录不完整", f"the {name} are not complete")
        return self.say(*_WHY.get(reason, (reason, reason)))

    def _questions(self, page: Page, ahead: Ahead) -> None:
        if not ahead.questions:
            return
        note = self.say("依次补充，最快定下最多的结论", "in this order they settle most outcomes earliest")
        page.heading(self.say("先问什么", "What to ask first"), note)
        told = ahead.questions if self.whole else ahead.questions[:_MOST_QUESTIONS]
        for number, asked in enumerate(told, 1):
            page.item(asked.need.asks.lang(self.lang), marker=f"{number}.")
            alone, touched = len(asked.settles), len(asked.outcomes)
            words = (
                f"答后共定 {asked.settled} 项（这一问 {alone} 项）；涉及 {touched} 项",
                f"{asked.settled} outcomes settled in all ({alone} by this); {touched} touched",
            )
            names = self.say("、", ", ").join(asked.outcomes if self.whole else asked.outcomes[:3])
            more = "" if self.whole or len(asked.outcomes) <= 3 else " …"
            giver = self.words.giver(asked.need.kind)
            page.item(dim(f"{giver}{DOT}{self.say(*words)}{self.say('：', ': ')}{names}{more}"), level=1)
        if len(ahead.questions) > len(told):
            left = len(ahead.questions) - len(told)
            page.item(dim(self.say(f"另有 {left} 问（--all）", f"{left} more questions (--all)")))
        if ahead.waiting:
            words = (
                f"另有 {ahead.waiting} 项，补充事实也定不了：要等，或文件没有写",
                f"{ahead.waiting} more cannot be settled by answers: time must pass, or the document is silent",
            )
            page.item(dim(self.say(*words)))

    # Names

    def _subject(self, step: Step) -> str:
        return self._named(step.provision, step.subject)

    def _named(self, provision: str, subject: str) -> str:
        found = self.policy.provisions.get(provision)
        named = self.subjects.named("" if found is None else found.for_each, subject, self.lang)
        return f" {named}" if named else ""

    def _state(self, text: str) -> str:
        """A state in words, or one for each option."""
        told = []
        for part in text.split("; "):
            options, found, code = part.partition(": ")
            if found and "=" in options:
                chosen = dict(item.split("=", 1) for item in options.split("&"))
                told.append(f"{self.words.options(chosen)}{self.say('：', ': ')}{state(code, self.lang)}")
            else:
                told.append(state(part, self.lang))
        return self.say("；", "; ").join(told)

    @staticmethod
    def _clauses(clauses: Iterable[Cited]) -> str:
        return " ".join(dict.fromkeys(cited.clause for cited in clauses))


def _plain(item: Todo) -> tuple[object, ...]:
    """What is to be done, whatever the day."""
    return item.list, item.refs, item.field, item.amount, item.of, item.subject


def _whole_order(step: Step) -> tuple[object, ...]:
    return step.last or "9999", repr(step.todo), step.begins, step.outcome


def _amount(step: Step) -> tuple[int, str]:
    text = step.headroom or ""
    return len(text.partition(".")[0]), text
