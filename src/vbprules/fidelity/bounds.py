"""The words that bound a figure, before or after it, in the sense that the law gives them.

民法典第一千二百五十九条: 以上, 以下, 以内, 届满 include the number; 不满, 超过, 以外 do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from vbprules.fidelity.figure import MONTH_DAY, TERMS, Comparator, is_date

_Words = tuple[tuple[str, Comparator, bool], ...]  # the word, what it says, whether it states a bound to be kept
_LOWER: Final = ("低于", "少于", "小于")
_UPPER: Final = ("超过", "超出", "高于", "大于", "多于")
_FORBIDDING: Final = ("不得", "不应", "不能", "不可", "不宜", "不")


def _negated(words: tuple[str, ...], comparator: Comparator) -> Iterator[tuple[str, Comparator, bool]]:
    """不得低于, 不超过 …: bounds to be kept; 未低于, 未超过: cases."""
    for word in words:
        yield from ((f"{no}{word}", comparator, True) for no in _FORBIDDING)
        yield f"未{word}", comparator, False


# Longest first where one contains another.
_BEFORE: Final[_Words] = (
    *_negated(_LOWER, "at_least"),
    *_negated(_UPPER, "at_most"),
    ("不超", "at_most", True),
    ("未达到", "below", False),
    ("达不到", "below", False),
    ("未达", "below", False),
    ("不到", "below", False),
    ("不足", "below", False),
    ("不满", "below", False),
    ("未满", "below", False),
    *((word, "below", False) for word in _LOWER),
    *((word, "above", False) for word in _UPPER),
    ("达到", "at_least", False),
    ("至少", "at_least", True),
    ("最低", "at_least", True),
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
_AFTER: Final[_Words] = (
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
_AFTER_DATE: Final[_Words] = (
    ("之前", "before", True),
    ("以前", "before", True),
    ("前", "before", True),
    ("起", "on_or_after", True),
)
_STOPS: Final = re.compile(r"[,。;；:：、()《》“”\n]")
_REACH: Final = 24  # characters that may stand between the word and its figure: 不低于…采购任务金额的30%
_APART: Final = re.compile("按|部分|由|予以|给予|扣|减|奖|罚|再")  # 超过部分按30%: the figure is of something else
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
_NAMES: Final = frozenset(("最低", "最高", "最多", "至少", "至多"))  # 高于最低中选价1.8倍: not far from the figure


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
    said = _INCLUDED.match(text, end)  # 30%（含）以上
    after = _after(text, end if said is None else said.end(), unit)
    before = None if is_date(unit) else _before(text, start, limit, unit)
    found = before or after
    if found is None:
        return Bound()
    if said is None:  # 3家以上（含3家）
        said = _INCLUDED.match(text, end if after is None else end + len(after.word) - 1)
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
        if text.startswith(word, end) and not (word == "内" and unit not in TERMS):
            return Bound(comparator, requires, "…" + word)
    return None


def _before(text: str, start: int, limit: int, unit: str) -> Bound | None:
    """The last bounding word before the figure within its part of the sentence."""
    for word, comparator, requires in _BEFORE:
        if text.endswith(word, limit, start):
            return Bound(comparator, requires, word + "…")
    if unit in TERMS:
        return None  # a term is bounded by what stands right beside it
    opening = max((match.end() for match in _STOPS.finditer(text, limit, start)), default=limit)
    words = [match for match in _WORD.finditer(text, opening, start) if match.group() in _FAR - _NAMES]
    if not words or start - words[-1].end() > _REACH or _APART.search(text, words[-1].end(), start):
        return None
    comparator, requires = _BY_WORD[words[-1].group()]
    return Bound(comparator, requires, words[-1].group() + "…")
