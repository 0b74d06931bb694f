"""What is open: what could settle it, each with the line to paste, and what the outcomes would be."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Final

from vbprules.decision.model import NeedItem, Outcome, Question
from vbprules.language.left_to import left_to
from vbprules.printing.entries import Entries, mark
from vbprules.printing.figures import state
from vbprules.printing.naming import subject_names, titles
from vbprules.printing.page import DOT, GLUE, dim, joined, strong
from vbprules.printing.sorting import grouped, pattern

_WAITING: Final = ("time", "calendar")
_BEYOND: Final = ("silent", "undefined")
_MOST_TITLES: Final = 6


class OpenQuestions:
    """Writes the section on what is open."""

    def __init__(self, entries: Entries, outcomes: Sequence[Outcome]) -> None:
        self.entries, self.view, self.page = entries, entries.view, entries.page
        self.outcomes = outcomes
        self.by_id = {outcome.id: outcome for outcome in self.view.decision.outcomes}

    def write(self, heading: Callable[..., None]) -> None:
        questions = self.view.decision.questions
        if not questions and not self.outcomes:
            return
        heading("待定", "Open")
        asked = grouped(
            (q for q in questions if q.need.kind not in (*_WAITING, *_BEYOND)),
            lambda q: (q.need.kind, q.need.what, q.need.day),
        )
        if asked:
            self._lead(
                "要补充或认定的（箭头后是有待它的事项；以 - 开头的一行写入 determinations）",
                "to supply or determine (after the arrow what hangs on it; a line with - goes to determinations)",
            )
        for same in sorted(asked, key=lambda group: -len(_hanging(group))):
            self._question(same)
        for kinds, zh, en in (
            (_WAITING, "只能等待的", "what only time settles"),
            (_BEYOND, "文件未规定、无从补充的", "what nothing can supply"),
        ):
            found = [q for q in questions if q.need.kind in kinds]
            if found:
                self._lead(zh, en)
            for same in grouped(found, lambda q: (q.need.kind, q.need.what, q.need.day)):
                self._question(same)
        self._would_be()

    def _lead(self, zh: str, en: str) -> None:
        self.page.item(strong(self.view.say(zh + "：", en + ":")))

    def _question(self, questions: Sequence[Question]) -> None:
        """One line for the same need of several subjects, what hangs on it, and the line to paste."""
        view, need = self.view, questions[0].need
        hanging = [self.by_id[name] for name in _hanging(questions)]
        ask, paste = need.asks.lang(view.lang), self._paste(need, len(questions) > 1, hanging)
        if need.kind == "list":
            ask, _, paste = ask.rpartition(view.say("：", ": ") + f"{need.what}:")
            paste = f"{need.what}:{paste}"
        about = subject_names(view, [view.subjects.of_need(q.need, view.lang) for q in questions])
        zh, en = f"（{need.subject}）", f" ({need.subject})"
        if need.subject:
            ask = ask.replace(zh, "").replace(en, "")
        bears = dim(
            view.say(f"→{GLUE}{len(hanging)}{GLUE}项：", f"→{GLUE}{len(hanging)}: ")
            + titles(view, hanging, _MOST_TITLES)
        )
        self.page.item(
            ask, view.say("：", ": ") if about else "", about, "  ", bears, level=1, marker="?", style="info"
        )
        if paste:
            self.page.verbatim([paste], level=2)

    def _paste(self, need: NeedItem, several: bool, hanging: Sequence[Outcome]) -> str:
        """The line of the dossier that would answer; what only its author can know is …, which no reader accepts."""
        row = "…" if several else need.subject
        subject = f", subject: {row}" if need.subject else ""
        if need.kind == "judgement":
            asked = f"question: {need.what}{subject}, answer: …, by: {self._decider(need)}"
            return f"- {{{asked}, day: …, source: …}}"
        if need.kind == "instrument":
            return f"given: [{{name: {self._given(need, hanging)}{subject}, value: …, source: …}}]"
        if need.kind != "fact":
            return ""
        owner, _, name = need.what.rpartition(".")
        if owner == "institution":
            return f"institution: {{{name}: …}}"
        if need.what == "document.issued":
            return "given: [{name: document.issued, value: …, source: …}]"
        where = self.view.subjects.list_of(need)
        return f"{where}: [{{id: {row}, {need.what}: …}}]" if row and where else ""

    def _given(self, need: NeedItem, hanging: Sequence[Outcome]) -> str:
        """The name under which the dossier may give what another document sets, where there is one only."""
        policy = self.view.subjects.policy
        names = left_to(policy, need.what, {outcome.provision for outcome in hanging}) if policy else ()
        return names[0] if len(names) == 1 else "…"

    def _decider(self, need: NeedItem) -> str:
        policy = self.view.subjects.policy
        found = policy.questions.get(need.what) if policy else None
        return found.by[0] if found and found.by else "…"

    # What it would be

    def _would_be(self) -> None:
        """The open outcomes of which more is known than that they are open; with --all every one."""
        told = [o for o in self.outcomes if self.view.full or (o.would_be and self.entries.facts(o))]
        if told:
            self._lead("若成立则为", "what they would be")
        for same in grouped(told, self._alike):
            self._open(same)

    def _alike(self, outcome: Outcome) -> Hashable:
        """What outcomes share that are told in one line."""
        if self.view.full:
            return outcome.id
        return outcome.provision, pattern(outcome.state), tuple(self.entries.facts(outcome))

    def _open(self, outcomes: Sequence[Outcome]) -> None:
        first, view, entries = outcomes[0], self.view, self.entries
        sign = mark(first)
        names = subject_names(view, [view.subjects.of(o, view.lang) for o in outcomes])
        facts = view.say("，", ", ").join(entries.facts(first))
        told = [state(first.state.value, view.lang), facts] if view.full else [facts]
        parts = (strong(first.title.lang(view.lang)), names, DOT.join(text for text in told if text))
        about = joined((*parts, dim(entries.clauses(first))), "  ")
        self.page.item(about, level=1, marker=sign[0], style=sign[1])
        if view.full:
            needs = entries.needs(first.state.needs)
            self.page.item(view.say("需：", "needs: ") + needs if needs else "", level=2)
            entries.reasons(first, 2)


def _hanging(questions: Sequence[Question]) -> list[str]:
    """The outcomes that hang on one need of several subjects."""
    return list(dict.fromkeys(outcome for question in questions for outcome in question.outcomes))
