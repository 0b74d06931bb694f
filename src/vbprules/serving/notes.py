"""A note for people as Markdown: a name in both languages, what kind of thing it is, then lines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Literal

from vbprules.language.policy import Citation, Label

Lang = Literal["zh", "en"]
_SPECIAL: Final = re.compile(r"([\\`*<>\[\]])")  # no underscore: within a word it is none of Markdown's
_MOST_CITES: Final = 5


def plain(text: str) -> str:
    """Text in which Markdown shows what stands there, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


@dataclass(slots=True)
class Note:
    """Collects a note in one language; the name stands in both."""

    lang: Lang
    lines: list[str] = field(default_factory=list)

    def say(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def of(self, label: Label) -> str:
        """A label in the language of the note."""
        return label.text(self.lang)

    def head(self, zh: str, en: str, kind: tuple[str, str], id: str = "") -> None:
        """The name, first in the note's language, and what it is the name of."""
        first, second = (zh, en) if self.lang == "zh" else (en or zh, zh)
        other = f" · {plain(second)}" if second and second != first else ""
        self.lines.append(f"**{plain(first)}**{other}")
        self.lines.append(f"{self.say(*kind)} `{id}`" if id else self.say(*kind))

    def line(self, name: tuple[str, str], text: str) -> None:
        """``name: text``; nothing where there is no text."""
        if text:
            self.lines.append(f"- {self.say(*name)}{self.say('：', ': ')}{plain(text)}")

    def item(self, text: str) -> None:
        self.lines.append(f"- {plain(text)}")

    def cites(self, cites: Iterable[Citation], name: tuple[str, str] = ("依据", "cites")) -> None:
        """Clauses with their phrases."""
        found = list(dict.fromkeys(str(cite) for cite in cites))
        more = self.say("；……", "; …") if len(found) > _MOST_CITES else ""
        self.line(name, self.say("；", "; ").join(found[:_MOST_CITES]) + more)

    def code(self, text: str) -> None:
        """A few lines of the file, as they are."""
        fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", text)), 3)
        self.lines.append(f"\n{fence}yaml\n{text}\n{fence}\n")

    def text(self) -> str:
        """The whole, as Markdown."""
        head, rest = self.lines[:2], self.lines[2:]
        return "\n\n".join([*head, "\n".join(rest)] if rest else head)
