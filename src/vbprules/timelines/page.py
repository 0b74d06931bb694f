"""A timeline on a page: day by day what becomes another state, why, and by which clause."""

from __future__ import annotations

from collections.abc import Collection
from itertools import groupby

from vbprules.decision.words import ATTRIBUTES, SECONDARY, STATES
from vbprules.language.policy import Policy
from vbprules.printing.figures import shown
from vbprules.printing.page import Lang, Page, Style, dim, strong
from vbprules.printing.subjects import Subjects
from vbprules.timelines.model import Event, Shift, Timeline

_BAD = ("breached", "due", "in_force")
_GOOD = ("met", "ended", "no_longer_due")


class TimelinePage:
    """Prints a timeline in one language."""

    def __init__(self, policy: Policy, subjects: Subjects, lang: Lang) -> None:
        self.policy, self.subjects, self.lang, self.zh = policy, subjects, lang, lang == "zh"

    def page(self, timeline: Timeline, provisions: Collection[str] = (), whole: bool = False) -> Page:
        """Changes of state that concern the institution; with ``whole``, of everything, and of dates and amounts."""
        page = Page()
        title = f"{self.policy.document.called(self.lang)}  {timeline.institution}".strip()
        page.heading(title, f"{timeline.first} → {timeline.last}")
        if self.policy.document.known_from == "secondary":
            page.item(SECONDARY[0 if self.zh else 1], marker="!", style="warn")
        told = [event for event in timeline.events if self._wanted(event, provisions, whole)]
        for day, events in groupby(told, key=lambda event: event.day):
            page.heading(day, level=3)
            for event in events:
                self._event(page, event, whole)
        if not told:
            page.item(dim("这段时间没有变化" if self.zh else "nothing changes in this time"))
        left = len(timeline.events) - len(told)
        if left:
            words = f"另有 {left} 处变化未列（--all）" if self.zh else f"{left} more changes are not shown (--all)"
            page.item(dim(words))
        for day, name in timeline.calendars.items():
            since = "" if day == timeline.first else f"自 {day} 起 " if self.zh else f"from {day} "
            page.item(dim(f"工作日安排：{since}{name}" if self.zh else f"working days: {since}{name}"))
        return page

    def _wanted(self, event: Event, provisions: Collection[str], whole: bool) -> bool:
        named = (event.outcome, event.provision, event.provision.partition(".")[0])
        if provisions and not set(named) & set(provisions):
            return False
        if whole or provisions:
            return True
        state = event.state
        begins_idle = state is not None and state.before is None and state.after in ("not_triggered", "not_applicable")
        return event.about_institution and state is not None and not begins_idle

    def _event(self, page: Page, event: Event, whole: bool) -> None:
        state = event.state
        marker, style = _mark(state)
        provision = self.policy.provisions.get(event.provision)
        entity = "" if provision is None else provision.for_each
        subject = self.subjects.named(entity, event.subject, self.lang)
        page.item(strong(event.title.lang(self.lang)), f"  {subject}" if subject else "", marker=marker, style=style)
        for shift in event.shifts if whole or state is None else (state,):
            page.item(self._shift(shift), level=1)
        if event.causes:
            page.item(("因 " if self.zh else "because ") + "；".join(c.lang(self.lang) for c in event.causes), level=1)
        page.item(dim(" ".join(dict.fromkeys(cited.clause for cited in event.clauses))), level=1)

    def _shift(self, shift: Shift) -> str:
        after = self._value(shift, shift.after)
        name = (
            "" if shift.key == "state" else ATTRIBUTES.get(shift.key, (shift.key, shift.key))[0 if self.zh else 1] + " "
        )
        if shift.before is None:
            return f"{name}{after}"
        return f"{name}{self._value(shift, shift.before)} → {after}"

    def _value(self, shift: Shift, value: str | None) -> str:
        """A value in words: one, or one per option of the readings."""
        if value is None:
            return "—"
        told = []
        for part in value.split("; "):
            options, found, single = part.rpartition(": ") if "=" in part.partition(": ")[0] else ("", "", part)
            words = self._state(single) if shift.key == "state" else shown(single, shift.unit, self.lang)
            told.append(f"{self._options(options)}：{words}" if found else words)
        return "；".join(told) if self.zh else "; ".join(told)

    def _state(self, code: str) -> str:
        return STATES.get(code, (code, code))[0 if self.zh else 1]

    def _options(self, text: str) -> str:
        """The options as the policy words them."""
        found = []
        for part in text.split("&"):
            reading, _, option = part.partition("=")
            known = self.policy.readings.get(reading)
            found.append(known.options.get(option, part) if known is not None and self.zh else part)
        return "＋".join(found) if self.zh else " & ".join(found)


def _mark(state: Shift | None) -> tuple[str, Style]:
    after = "" if state is None or state.after is None else state.after
    if "=" in after:
        return "◇", "fork"
    if after.startswith(_BAD) and after != "due_later":
        return "!", "bad"
    return ("✓", "good") if after.startswith(_GOOD) else ("·", "")
