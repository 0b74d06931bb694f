"""Conditions as the policy writes them, each with a sign for whether it holds and the values beneath its terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from vbprules.decision.model import Reason, Record
from vbprules.decision.words import COMPARATORS
from vbprules.printing.figures import NOTHING, branches
from vbprules.printing.grounds import Grounds
from vbprules.printing.page import ARROW, GLUE, Lang, Page, Style, dim, set_zh
from vbprules.printing.proof import compared, difference, distinct, is_reading

SIGNS: Final[Mapping[str, tuple[str, Style]]] = {
    "yes": ("✓", "good"),
    "no": ("✗", "bad"),
    "open": ("?", "info"),
    "by_reading": ("◇", "fork"),
}
_FIGURE: Final = "·"
_FIGURES: Final = frozenset({"figure", "operand", "option_figure"})
_MOST_BRANCHES: Final = 12
_MOST_LINES: Final = 3


class Conditions(Grounds):
    """Writes whole trees of conditions. ``options`` are the options of the policy's readings in words.

    ``rooted`` tells with each step where in the dossier it stands, and what could still settle it.
    """

    def __init__(
        self,
        lang: Lang,
        as_of: str,
        codes: Mapping[str, str] | None = None,
        options: Mapping[str, Mapping[str, str]] | None = None,
        rooted: bool = False,
    ) -> None:
        super().__init__(lang, as_of, True, codes)
        self.readings = options or {}
        self.rooted = rooted

    def write(self, reasons: Iterable[Reason], page: Page, level: int) -> None:
        """One line a condition, what it is made of beneath it; a tree that came before is not told again."""
        told: set[Reason] = set()
        for reason in distinct(reasons):
            self._condition(reason, page, level, told)

    def _condition(self, reason: Reason, page: Page, level: int, told: set[Reason]) -> None:
        if _counted(reason):
            self._figure(reason, page, level, told)
            return
        sign, style = SIGNS[reason.truth]
        known = self._known(reason, told)
        root = "" if known else self.root(reason)
        page.item(self.condition(reason), dim(known + root), level=level, marker=sign, style=style)
        if known:
            return
        for need in reason.needs if self.rooted and not reason.parts else ():
            page.item(dim(need.asks.lang(self.lang)), level=level + 1, marker="?", style="info")
        for truth, text in self.by_reading(reason) if reason.comparator else ():
            page.item(text, level=level + 1, marker=SIGNS[truth][0], style=SIGNS[truth][1])
        for part in distinct(reason.parts):
            (self._figure if reason.comparator else self._condition)(part, page, level + 1, told)

    def _figure(self, reason: Reason, page: Page, level: int, told: set[Reason]) -> None:
        sign, style = SIGNS[reason.truth] if reason.truth != "yes" else (_FIGURE, "dim")
        known = self._known(reason, told)
        root = "" if known else self.root(reason)
        page.item(dim(self._operand(reason, {}) + known + root), level=level, marker=sign, style=style)
        for part in () if known else distinct(reason.parts):
            self._figure(part, page, level + 1, told)

    def _known(self, reason: Reason, told: set[Reason]) -> str:
        """What stands for a tree that was told before; nothing where it is new or has nothing beneath it."""
        if not reason.parts:
            return ""
        if reason in told:
            return ("（见上）", " (see above)")[self.lang == "en"]
        told.add(reason)
        return ""

    def condition(self, reason: Reason) -> str:
        """The condition as it is written, then the value of its subject and how far that lies from its threshold."""
        parts = self._parts(reason)
        if parts is None:
            return self._plain(reason)
        left, right = map(self._worded, parts)
        value, threshold = reason.value or NOTHING, reason.threshold or NOTHING
        unit = reason.unit
        words = COMPARATORS.get(reason.comparator or "", ("", ""))[self.lang == "en"]
        mine, bound = self._value(value, unit, {}), self._value(threshold, unit, {})
        margin = self._margin(reason, unit)
        if self.lang == "zh":
            bound = f"{right}（{bound}）" if right not in ("", bound) else bound
            return set_zh(left, words, bound, "：", mine, margin)
        bound = f"{right} ({bound})" if right not in ("", bound) else bound
        return f"{left} {words} {bound}: {mine}{margin}"

    def line(self, reason: Reason) -> str:
        """A step in one line: a condition, or a figure with its value."""
        return self._operand(reason, {}) if _counted(reason) else self.condition(reason)

    def root(self, reason: Reason) -> str:
        """The lines of the dossier on which a step rests, in brackets; a row tells its own."""
        if not self.rooted or reason.kind == "row":
            return ""
        return record_lines(reason.records, self.lang)

    def by_reading(self, reason: Reason) -> Iterator[tuple[str, str]]:
        """Of a comparison that depends on readings: each combination of options with the values and the truth there."""
        values, bounds = (branches(text or NOTHING) for text in (reason.value, reason.threshold))
        if values is None and bounds is None:
            return
        pairs = [
            ({**one, **other}, value, bound)
            for one, value in values or [({}, reason.value or NOTHING)]
            for other, bound in bounds or [({}, reason.threshold or NOTHING)]
            if all(other.get(name, option) == option for name, option in one.items())
        ]
        for chosen, value, bound in pairs[:_MOST_BRANCHES]:
            truth = compared(value, reason.comparator or "", bound)
            told = self._value(value, reason.unit, {})
            if bounds is not None:
                told += f"{'，' if self.lang == 'zh' else ', '}{self._value(bound, reason.unit, {})}"
            apart = replace(reason, margin=difference(value, bound, reason.unit))
            yield truth, f"{self.label(chosen)}{ARROW}{told}{self.margin(apart)}"

    def label(self, chosen: Mapping[str, str]) -> str:
        """Options of readings as a case file writes them, with their words."""
        told = []
        for name, option in chosen.items():
            words = self.readings.get(name, {}).get(option, "") if self.lang == "zh" else ""
            told.append(f"{name}={option}" + (f"（{words}）" if words else ""))
        return " & ".join(told)

    def _plain(self, reason: Reason) -> str:
        """A condition that compares nothing; where it looks at a code, that code."""
        text = reason.text.lang(self.lang)
        if reason.kind == "breach":
            return f"“{text}”已违反" if self.lang == "zh" else f'"{text}" breached'
        told = self._worded(text)
        if reason.value is None or reason.value in told or is_reading(reason):
            return told
        code = ("未知", "unknown")[self.lang == "en"] if reason.value == NOTHING else reason.value
        if self.lang == "zh":
            return set_zh(told, "：", self.codes.get(code, code))
        return f"{told}: {code}"


def record_lines(records: Iterable[Record], lang: Lang) -> str:
    """Where something stands in the dossier, in brackets; nothing where no line is known."""
    lines = list(dict.fromkeys(record.line for record in records if record.line))
    told = ("、", ", ")[lang == "en"].join(map(str, lines[:_MOST_LINES])) + ("…" if len(lines) > _MOST_LINES else "")
    if not lines:
        return ""
    return f"（档案第{GLUE}{told}{GLUE}行）" if lang == "zh" else f" (dossier line{'s' * (len(lines) > 1)} {told})"


def _counted(reason: Reason) -> bool:
    """Whether it is a figure rather than a condition: of an outcome, or a row of a total."""
    return reason.kind in _FIGURES or (reason.kind == "row" and reason.value is not None)
