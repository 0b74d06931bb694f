"""Two settled figures of one attribute: the same, different, or such that none meets both."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import Final, NamedTuple

from vbprules.decision.model import Branch
from vbprules.together.model import Verdict

DAYS: Final = frozenset({"due", "not_before", "from", "until"})
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_FIGURE: Final = re.compile(r"(-?\d+(?:\.\d+)?(?:/\d+)?)(%?)(?: (\D+))?")


class Span(NamedTuple):
    """The figures that meet what a norm sets; None is no end."""

    low: Fraction | None
    high: Fraction | None
    unit: str


def verdict(attribute: str, first: Branch, second: Branch) -> Verdict:
    """Both settled: the same, different, or disjoint. A day is disjoint from no other: the earlier meets both."""
    if not (first.settled and second.settled) or first.value is None or second.value is None:
        return "unknown"
    if first.value == second.value:
        return "same"
    if attribute in DAYS:
        return "different"
    one, other = span(first.value), span(second.value)
    if one is None or other is None or one.unit != other.unit:
        return "different"
    return "disjoint" if _below(one, other) or _below(other, one) else "different"


def span(text: str) -> Span | None:
    """A value as a decision holds it: ``100000.00``, ``at_least 60%``, ``1..3 years``, a date; None if it is none."""
    bound, _, rest = text.partition(" ")
    if bound in ("at_least", "at_most"):
        end = _number(rest)
        if end is None:
            return None
        return Span(end[0], None, end[1]) if bound == "at_least" else Span(None, end[0], end[1])
    low, dots, high = text.partition("..")
    upper = _number(high if dots else low)
    lower = _number(low)
    if lower is None or upper is None:
        return None
    return Span(lower[0], upper[0], upper[1])


def _below(one: Span, other: Span) -> bool:
    return one.high is not None and other.low is not None and one.high < other.low


def _number(text: str) -> tuple[Fraction, str] | None:
    if _DATE.fullmatch(text):
        return Fraction(date.fromisoformat(text).toordinal()), "date"
    match = _FIGURE.fullmatch(text)
    if match is None:
        return None
    number, percent, unit = match.groups()
    return Fraction(number), percent or (unit or "").removesuffix("s")
