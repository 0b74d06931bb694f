"""The reasons of an outcome on one line, as tables tell them: conditions with what they are made of, then figures.

The figures beneath a figure are left out; an explanation has them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from vbprules.decision.model import Reason
from vbprules.decision.reasons import Truth


class Style(NamedTuple):
    """How a line is set in a language. ``truths``: what stands behind a condition."""

    between: str
    before: str
    after: str
    colon: str
    truths: Mapping[Truth, str]


STYLES: Final[Mapping[str, Style]] = {
    "zh": Style("；", "（", "）", "：", {"yes": "是", "no": "否", "open": "未定", "by_reading": "视解读而定"}),
    "en": Style("; ", " (", ")", ": ", {"yes": "yes", "no": "no", "open": "open", "by_reading": "by reading"}),
}
_BENEATH: Final = frozenset({"operand", "option_figure"})


def line_of(reasons: Iterable[Reason], lang: str) -> str:
    """``季度完成比例 65% 低于 70%：是；金额 = 上年度月均拨付额的30% 300000.00``. Empty where no reason is told."""
    return STYLES[lang].between.join(_line(reason, lang) for reason in reasons)


def _line(reason: Reason, lang: str) -> str:
    style, text = STYLES[lang], reason.text.lang(lang)
    if reason.kind == "figure":
        return text
    beneath = line_of((part for part in reason.parts if part.kind not in _BENEATH), lang)
    inner = f"{style.before}{beneath}{style.after}" if beneath else ""
    return f"{text}{inner}{style.colon}{style.truths[reason.truth]}"
