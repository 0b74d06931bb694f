"""What no case tells: each surviving change with its place, where it would show, and the line to write."""

from __future__ import annotations

from typing import Any

from vbprules.language.ledger import citations
from vbprules.language.policy import Policy
from vbprules.mutation.edits import DROPPED, Change
from vbprules.mutation.kinds import KINDS
from vbprules.mutation.survey import Survey, Survivor
from vbprules.printing.page import Page, dim, strong

_LONGEST = 240


class MutationPage:
    """A survey for people, and as data."""

    def __init__(self, survey: Survey, policy: Policy, lang: str) -> None:
        self.survey, self.policy, self.zh = survey, policy, lang == "zh"

    def page(self) -> Page:
        page = Page()
        page.heading(self.survey.policy, self._summary())
        for survivor in self.survey.survivors:
            self._survivor(page, survivor)
        for row in self.survey.stale:
            words = (
                "声明为等价，却已被案例发现，或没有这一改动"
                if self.zh
                else "declared equivalent, but told, or no change"
            )
            page.item(strong(row.at), f"  {', '.join(row.what)}  {words} ({row.line})", marker="!", style="warn")
        return page

    def _summary(self) -> str:
        s = self.survey
        told, left, same, refused = s.told, len(s.survivors), len(s.equivalent), s.refused
        if self.zh:
            return f"{told} 处改动被案例发现，{left} 处未被发现，{same} 处声明为等价，{refused} 处编译即被拒绝"
        return f"{told} changes told by cases, {left} survive, {same} declared equivalent, {refused} refused"

    def _survivor(self, page: Page, survivor: Survivor) -> None:
        change, shows = survivor.change, survivor.shows
        kind = KINDS[change.kind][0 if self.zh else 1]
        after = change.after if change.after != DROPPED or not self.zh else f"{DROPPED}（删去）"
        page.item(
            strong(f"{self.survey.path}:{change.mark.line}"), f"  {change.at}  ", dim(kind), marker="✗", style="bad"
        )
        page.item(f"{change.before} → {after}", level=1)
        cited = self._cited(change)
        if cited:
            page.item(dim(("核对原文 " if self.zh else "read ") + cited), level=1)
        if shows is None:
            new = (
                "没有一个案例的事实显得出差别：要写一个新案例"
                if self.zh
                else "no case's facts show it: write a new case"
            )
            page.item(new, level=1)
            return
        where = f"{shows.file}:{shows.line} {shows.case}"
        what, original, changed = f"{shows.outcome} {shows.key}", _cut(shows.original), _cut(shows.changed)
        if self.zh:
            page.item(f"在“{where}”里会显出：{what} 现为 {original}，改后为 {changed}", level=1)
            words = "与原文相符，就在该案例写 "
        else:
            page.item(f'would show in "{where}": {what} is {original}, changed {changed}', level=1)
            words = "if the text says so, write in that case "
        page.item(words, strong(f"{shows.outcome}: {{{shows.key}: {_value(original)}}}"), level=1)

    def _cited(self, change: Change) -> str:
        found = [str(cite) for owner, cite in citations(self.policy) if owner.partition(".")[0] == change.owner]
        return " ".join(dict.fromkeys(found[:3]))

    def data(self) -> dict[str, Any]:
        """The survey as plain data for JSON."""
        s = self.survey
        return {
            "policy": s.policy,
            "told": s.told,
            "refused": s.refused,
            "equivalent": [{**_plain(change), "why": row.why} for change, row in s.equivalent],
            "survivors": [
                {
                    **_plain(item.change),
                    "shows": None
                    if item.shows is None
                    else {
                        "case": item.shows.case,
                        "file": item.shows.file,
                        "line": item.shows.line,
                        "outcome": item.shows.outcome,
                        "key": item.shows.key,
                        "original": item.shows.original,
                        "changed": item.shows.changed,
                    },
                }
                for item in s.survivors
            ],
            "stale": [{"at": row.at, "becomes": list(row.what), "line": row.line} for row in s.stale],
        }


def _plain(change: Change) -> dict[str, Any]:
    return {
        "at": change.at,
        "kind": change.kind,
        "before": change.before,
        "becomes": change.after,
        "line": change.mark.line,
        "column": change.mark.column,
    }


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _value(text: str) -> str:
    """A value as a case file has it: one by reading in braces, several in brackets."""
    if "; " in text and "=" in text:
        return "{" + text.replace("; ", ", ") + "}"
    return f"[{text.replace('; ', ', ')}]" if ", " in text or "; " in text else text or "none"
