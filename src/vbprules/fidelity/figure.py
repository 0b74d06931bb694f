"""One figure that a text writes, as a located value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Final, Literal

from vbprules.values.figures import DATE, DURATIONS

# Units of a text that a policy has no figure for, beside those of ``vbprules.values.figures``.
QUARTERS: Final = "quarters"
HOURS: Final = "hours"
TERMS: Final = DURATIONS | {QUARTERS, HOURS}
YEARLESS: Final = "yearless_date"  # 12月底, 2月25日: month × 100 + day
MONTH_DAY: Final = "day_of_month"  # 每月25日

Comparator = Literal["below", "at_most", "at_least", "above", "before", "on_or_after"]
BOUNDS: Final = ("below", "at_most", "at_least", "above")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a text: from ``value`` to ``high`` (the same where it is no range), in ``unit``.

    Money is in fen, a share a fraction of one, a date an ordinal; a month or year of the calendar is the range of its
    days. ``comparator`` is the word of the text in the sense of the law (以上, 以下, 以内 include the number).
    ``requires``: the word states a bound to be kept (不低于, 不得超过, 以内) rather than a case (低于, 超过, 达到).
    ``span`` is the stretch of the given text, ``text`` the figure as folded.
    """

    value: Fraction
    high: Fraction
    unit: str
    comparator: Comparator | None
    requires: bool
    span: tuple[int, int]
    text: str
    word: str = ""  # the word that bounds it, with … where its figure stands: 不低于…, …以上

    @property
    def said(self) -> str:
        """The figure with the word that bounds it: 不低于50%."""
        return self.word.replace("…", self.text) if self.word else self.text

    @property
    def days(self) -> frozenset[int]:
        """Of a date: the days that the text may mean, itself or the ends of its month or year, and those next to it.

        A text that says 前 may mean the day before, one that says 后 the day after.
        """
        first, last = int(self.value), int(self.high)
        found = {first, last}
        if self.comparator == "before":
            found |= {first - 1, last - 1}
        return frozenset(found)


def month(year: int, number: int) -> tuple[int, int]:
    """First and last day of a month as ordinals."""
    first = date(year, number, 1)
    following = date(year + number // 12, number % 12 + 1, 1)
    return first.toordinal(), (following - timedelta(days=1)).toordinal()


def is_date(unit: str) -> bool:
    return unit in (DATE, YEARLESS)


def whole_year(figure: Figure) -> int | None:
    """The year, where a text names a whole year of the calendar."""
    first, last = date.fromordinal(int(figure.value)), date.fromordinal(int(figure.high))
    whole = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year
    return first.year if whole else None


def month_and_day(day: int) -> int:
    """A day as month × 100 + day, as a date without a year is written."""
    found = date.fromordinal(day)
    return found.month * 100 + found.day
