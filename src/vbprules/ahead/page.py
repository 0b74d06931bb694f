"""What lies ahead on a page: what to do by when, what can still be mended, how much is still allowed, what to ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Final

from vbprules.ahead.model import Ahead, Effect, Step, Term
from vbprules.ahead.words import Words
from vbprules.decision.model import Cited
from vbprules.facts.rows import Dossier
from vbprules.language.policy import Policy
from vbprules.printing.figures import state
from vbprules.printing.page import DOT, Lang, Page, Style, dim, joined, strong
from vbprules.printing.subjects import Subjects, list_label

_MOST_QUESTIONS: Final = 12
_MOST_COMING: Final = 20
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
        title = f"{self.policy.document.number}  {ahead.institution}".strip()
        page.heading(self.say("接下来", "What next"), f"{ahead.as_of} → {ahead.to}", level=1)
        page.item(strong(title))
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
        if not steps:
            return
        page.heading(title)
        for _, same in groupby(sorted(steps, key=_whole_order), key=lambda step: (step.todo, step.last)):
            self._group(page, list(same))

    def _group(self, page: Page, steps: list[Step]) -> None:
        """One thing to do, and everything that it is for."""
        first = steps[0]
        doing = self.words.all_of(first.todo)
        more = self.say("；否则", "; or else") if first.kind == "prevent" else ""
        by = "" if first.last is None else self.say(f"{first.last} 前（含当日）", f"By {first.last}: ")
        single = len(steps) == 1 and first.kind == "prevent"
        tail = self._otherwise(first) if single else self.say("：", ":")
        mark = "!" if first.kind == "prevent" else "✓"
        style: Style = "bad" if first.kind == "prevent" else "good"
        page.item(strong(f"{by}{doing}"), f"{more}{tail}", marker=mark, style=style)
        if not single:
            for step in steps:
                page.item(self._otherwise(step) if step.kind == "prevent" else self._turns(step), level=1, marker="·")
        page.item(dim(self.say("由 ", "by ") + self.words.by(first.todo)), level=1)
        for term in dict.fromkeys(term for step in steps for term in step.terms):
            page.item(dim(self._term(term)), level=1)
        told = list(dict.fromkeys(text for step in steps if (text := self._readings(step))))
        for text in told:
            page.item(text, level=1, marker="◇", style="fork")
        if any(step.less == "open" for step in steps) and first.kind == "prevent":
            words = "少一个单位则其中有的未定", "with one unit less some of it is no longer settled"
            page.item(dim(self.say(*words)), level=1)
        for other in dict.fromkeys(self.words.all_of(other) for step in steps for other in step.alternatives):
            page.item(self.say("或者：", "or: ") + other, level=1)
        self._effects(page, steps)

    def _otherwise(self, step: Step) -> str:
        """What comes without it, with clause."""
        subject = self._subject(step)
        what = f"{step.title.lang(self.lang)}{subject}"
        clause = self._clauses(step.clauses)
        code = state(step.state, self.lang) if "=" not in step.state else ""
        told = f"{what}{self.say('：', ': ')}{code}" if code else what
        return self.say(f"自 {step.begins} 起 {told}（{clause}）", f" from {step.begins} {told} ({clause})").strip()

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
            words = f"另有 {len(others)} 项结论因此不同（--all）", f"{len(others)} more outcomes differ (--all)"
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
        for _, group in groupby(steps, key=lambda step: step.outcome):
            same = sorted(group, key=lambda step: (repr(step.todo[0].refs), _amount(step)))
            first = same[0]
            clause = self._clauses(first.clauses)
            page.item(strong(f"{first.title.lang(self.lang)}{self._subject(first)}"), f"  {clause}", marker="·")
            for step in same:
                todo, until = step.todo[0], step.last or ""
                by = self.say(f"{until} 前" if until else "", f" by {until}" if until else "")
                doing = self.words.at_most(todo, step.headroom or "0")
                told = self.say(f"{by}还可以{doing}", f"{doing}{by}")
                page.item(joined([told, dim(self._readings(step))], DOT), level=1)

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


def _whole_order(step: Step) -> tuple[object, ...]:
    return step.last or "9999", repr(step.todo), step.begins, step.outcome


def _amount(step: Step) -> tuple[int, str]:
    text = step.headroom or ""
    return len(text.partition(".")[0]), text
