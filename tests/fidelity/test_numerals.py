"""Written numbers are read back exactly, in both scripts and both widths."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vbprules.fidelity.numerals import number
from vbprules.fidelity.phrases import read_figures
from vbprules.values.figures import DAYS, MONEY, SHARE

DIGITS = "零一二三四五六七八九"
WIDE = str.maketrans("0123456789.%", "０１２３４５６７８９．％")


def written(value: int) -> str:
    """A number in Chinese as a law writes it: 一万零三十, 十二, 二百."""
    if value >= 10**8:
        return written(value // 10**8) + "亿" + rest(value % 10**8, 10**7)
    if value >= 10**4:
        return written(value // 10**4) + "万" + rest(value % 10**4, 10**3)
    text, gap = "", False
    for scale, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // scale % 10
        if digit:
            text += ("零" if gap else "") + DIGITS[digit] + sign
            gap = False
        elif text:
            gap = True
    text = text or "零"
    return text[1:] if text.startswith("一十") else text


def rest(value: int, full: int) -> str:
    if not value:
        return ""
    plain = written(value)
    plain = "一" + plain if plain.startswith("十") else plain
    return plain if value >= full else "零" + plain


@given(st.integers(0, 10**12 - 1))
def test_chinese_numbers_are_read_back(value: int) -> None:
    assert number(written(value)) == value


@given(st.integers(0, 10**15 - 1), st.integers(0, 999_999))
def test_arabic_numbers_are_read_back(whole: int, decimals: int) -> None:
    assert number(f"{whole}.{decimals:06d}") == Fraction(whole * 10**6 + decimals, 10**6)
    assert number(f"{whole:,}") == whole


@pytest.mark.parametrize(
    "text", ["", "点", "百", "万", "十十", "一一百", "一百千", "亿万", "五零", "1.2.3", "1,00", "三.五"]
)
def test_what_is_no_number(text: str) -> None:
    assert number(text) in (None, Fraction(50))  # 五零 are two digits, as in 二〇二〇
    assert number(text) is None or text == "五零"


def test_how_numbers_are_spoken() -> None:
    assert number("一百五") == 150
    assert number("两千") == 2000
    assert number("一万零五") == 10_005
    assert number("二〇二〇") == 2020
    assert number("八十五点五") == Fraction(171, 2)


@given(st.integers(1, 9999), st.booleans())
def test_a_share_is_one_figure_in_every_script(value: int, wide: bool) -> None:
    arabic = f"{value}%".translate(WIDE) if wide else f"{value} %"
    for text in (arabic, f"百分之{written(value)}"):
        (found,) = read_figures(f"不低于{text}的")
        assert (found.value, found.unit, found.comparator) == (Fraction(value, 100), SHARE, "at_least")


@given(st.integers(1, 9999).filter(lambda n: n % 10 != 0))
def test_terms_and_money_in_both_scripts(value: int) -> None:
    for text in (str(value), written(value)):
        (days,) = read_figures(f"应在{text}天内")
        assert (days.value, days.unit, days.comparator) == (value, DAYS, "at_most")
        (money,) = read_figures(f"超过{text}万元的")
        assert (money.value, money.unit, money.comparator) == (value * 1_000_000, MONEY, "above")


@given(
    st.text(
        alphabet="一二三十百千万亿0123456789第年月日天%个工作日不低于以上（含）“”〔〕号前底半成至—。， \n", max_size=40
    )
)
def test_any_text_is_read_without_harm(text: str) -> None:
    end = 0
    for figure in read_figures(text):
        start, after = figure.span
        assert 0 <= start < after <= len(text)
        assert start >= end
        assert figure.value <= figure.high
        end = after
