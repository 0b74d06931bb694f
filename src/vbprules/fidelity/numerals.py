"""Numbers as Chinese law writes them: 50, 1,000, 三十, 二〇二〇, 一百二十三万, 十二点五. All exact."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

DIGITS: Final = {"〇": 0, "零": 0, "○": 0} | {sign: n for n, sign in enumerate("一二三四五六七八九", 1)} | {"两": 2}
_SCALES: Final = {"十": 10, "百": 100, "千": 1000}
_LARGE: Final = {"万": 10_000, "亿": 100_000_000}
ARABIC: Final = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,6})?|[0-9]{1,15}(?:\.[0-9]{1,6})?"
CHINESE: Final = r"[〇零○一二三四五六七八九两十百千万亿]{1,24}(?:点[〇零○一二三四五六七八九]{1,6})?"
_GROUPED: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,6})?")
_PLAIN: Final = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,6})?")
_CHINESE: Final = re.compile(CHINESE)


def number(text: str) -> Fraction | None:
    """The number that a folded text writes, as a whole; None where it writes none."""
    if _PLAIN.fullmatch(text) or _GROUPED.fullmatch(text):
        return Fraction(text.replace(",", ""))
    if _CHINESE.fullmatch(text) is None:
        return None
    head, _, tail = text.partition("点")
    whole = _whole(head)
    if whole is None:
        return None
    decimals = "".join(str(DIGITS[sign]) for sign in tail)
    return Fraction(whole) + (Fraction(int(decimals), 10 ** len(decimals)) if decimals else 0)


def _whole(text: str) -> int | None:
    if all(sign in DIGITS for sign in text):  # 二〇二〇, or one digit
        return int("".join(str(DIGITS[sign]) for sign in text))
    for sign, scale in reversed(_LARGE.items()):
        if sign in text:
            before, _, after = text.rpartition(sign)
            high = _whole(before) if before else None
            low = _below(after, scale)
            return None if high is None or low is None else high * scale + low
    return _section(text)


def _below(text: str, scale: int) -> int | None:
    """What follows a large sign: less than it. 二万五 is 25,000, 二万零五 is 20,005."""
    if not text:
        return 0
    if len(text) == 1 and DIGITS.get(text):
        return DIGITS[text] * scale // 10
    found = _whole(text.lstrip("零〇○") or "零")
    return found if found is not None and found < scale else None


def _section(text: str) -> int | None:
    """Less than 10,000: digits with 千, 百, 十, each once and falling."""
    total, digit, last, zero = 0, None, 10_000, False
    for sign in text:
        if sign in _SCALES:
            scale = _SCALES[sign]
            if scale >= last or (digit is None and (scale != 10 or (total and not zero))) or digit == 0:
                return None
            total += (1 if digit is None else digit) * scale
            digit, last, zero = None, scale, False
        elif DIGITS[sign] == 0:
            if digit is not None or zero or not total:
                return None
            zero = True
        elif digit is not None:
            return None
        else:
            digit = DIGITS[sign]
    if digit is not None and not zero and last > 10:
        digit *= last // 10  # 一百五 is 150
    return total + (digit or 0)
