"""The words that bound a figure, before or after it, in the sense that the law gives them.

民法典第一千二百五十九条: 以上, 以下, 以内, 届满 include the number; 不满, 超过, 以外 do not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from vbprules.fidelity.figure import MONTH_DAY, Comparator, is_date
from vbprules.values.figures import DURATIONS

# The word, what it says, and whether it states a bound to be kept. Longest first where one contains another.
_BEFORE: Final[tuple[tuple[str, Comparator, bool], ...]] = (
    ("不得低于", "at_least", True),
    ("不得少于", "at_least", True),
    ("不能低于", "at_least", True),
    ("应高于", "above", True),
    ("不低于", "at_least", True),
    ("不少于", "at_least", True),
    ("不小于", "at_least", True),
    ("不得超过", "at_most", True),
    ("不得高于", "at_most", True),
    ("不得多于", "at_most", True),
    ("不能超过", "at_most", True),
    ("不超过", "at_most", True),
    ("不高于", "at_most", True),
    ("不大于", "at_most", True),
    ("不多于", "at_most", True),
    ("未超过", "at_most", False),
    ("未达到", "below", False),
    ("未达", "below", False),
    ("不到", "below", False),
    ("不足", "below", False),
    ("不满", "below", False),
    ("未满", "below", False),
    ("达不到", "below", False),
    ("低于", "below", False),
    ("少于", "below", False),
    ("小于", "below", False),
    ("达到", "at_least", False),
    ("至少", "at_least", True),
    ("最低", "at_least", True),
    ("超过", "above", False),
    ("超出", "above", False),
    ("高于", "above", False),
    ("大于", "above", False),
    ("多于", "above", False),
    ("至多", "at_most", True),
    ("最多", "at_most", True),
    ("最高", "at_most", True),
    ("≥", "at_least", True),
    ("≤", "at_most", True),
    ("<", "below", False),
    (">", "above", False),
    ("满", "at_least", False),
    ("达", "at_least", False),
    ("逾", "above", False),
)
_AFTER: Final[tuple[tuple[str, Comparator, bool], ...]] = (
    ("及以上", "at_least", False),
    ("以上", "at_least", False),
    ("及以下", "at_most", False),
    ("以下", "at_most", False),
    ("以内", "at_most", True),
    ("之内", "at_most", True),
    ("内", "at_most", True),
    ("以外", "above", False),
    ("之外", "above", False),
)
_AFTER_DATE: Final[tuple[tuple[str, Comparator, bool], ...]] = (
    ("之前", "before", True),
    ("以前", "before", True),
    ("前", "before", True),
    ("起", "on_or_after", True),
)
_STOPS: Final = re.compile(r"[,。;；:：、()《》“”\n]")
_REACH: Final = 24  # characters that may stand between the word and its figure: 不低于…采购任务金额的30%
_WORD: Final = re.compile("|".join(re.escape(word) for word, _, _ in _BEFORE))
_BY_WORD: Final = {word: (comparator, requires) for word, comparator, requires in _BEFORE}
_INCLUDED: Final = re.compile(r"\((不含|不包括|含|包括)[^()]{0,8}\)")
_OPPOSITE: Final[dict[Comparator, dict[bool, Comparator]]] = {
    "below": {True: "at_most", False: "below"},
    "at_most": {True: "at_most", False: "below"},
    "at_least": {True: "at_least", False: "above"},
    "above": {True: "at_least", False: "above"},
}
_FAR: Final = frozenset(word for word, _, _ in _BEFORE if len(word) > 1)


@dataclass(frozen=True, slots=True)
class Bound:
    """A word of the text as a comparator; ``requires``: it states a bound to be kept. ``…`` stands for the figure."""

    comparator: Comparator | None = None
    requires: bool = False
    word: str = ""


def around(text: str, start: int, end: int, limit: int, unit: str) -> Bound:
    """What bounds the figure at ``text[start:end]`` of a folded text.

    ``limit``: where the figure before ends; words before it belong to that one.
    """
    after = _after(text, end, unit)
    before = None if is_date(unit) else _before(text, start, limit, unit)
    found = before or after
    if found is None:
        return Bound()
    close = end if after is None else end + len(after.word) - 1
    said = _INCLUDED.match(text, close)
    if said is None or found.comparator not in _OPPOSITE:
        return found
    included = not said[1].startswith("不")
    return replace(found, comparator=_OPPOSITE[found.comparator][included], word=found.word + f"({said[1]})")


def adjacent(text: str, start: int) -> bool:
    """Whether a word that bounds it stands right before a number."""
    return any(text.endswith(word, 0, start) for word in _FAR)


def follows(text: str, end: int) -> bool:
    return any(text.startswith(word, end) for word, _, _ in _AFTER if len(word) > 1)


def _after(text: str, end: int, unit: str) -> Bound | None:
    for word, comparator, requires in _AFTER_DATE if is_date(unit) or unit == MONTH_DAY else _AFTER:
        if text.startswith(word, end) and not (word == "内" and unit not in DURATIONS):
            return Bound(comparator, requires, "…" + word)
    return None


def _before(text: str, start: int, limit: int, unit: str) -> Bound | None:
    """The last bounding word before the figure within its part of the sentence."""
    for word, comparator, requires in _BEFORE:
        if text.endswith(word, limit, start):
            return Bound(comparator, requires, word + "…")
    if unit in DURATIONS:
        return None  # a term is bounded by what stands right beside it
    opening = max((match.end() for match in _STOPS.finditer(text, limit, start)), default=limit)
    words = [match for match in _WORD.finditer(text, opening, start) if match.group() in _FAR]
    if not words or start - words[-1].end() > _REACH:
        return None
    comparator, requires = _BY_WORD[words[-1].group()]
    return Bound(comparator, requires, words[-1].group() + "…")
