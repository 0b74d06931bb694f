"""Reading the figures of Chinese legal text: numbers, units, dates, and the words that bound them.

What is no figure of a rule is passed over: numbers of documents (〔2019〕2号), ordinals (第一, 第二批), labels of items
(1．, 一、, （一）), names in quotation marks (“两个允许”), numerals that are part of a word (一致性, 统一, 三级).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Final

from vbprules.fidelity import bounds
from vbprules.fidelity.figure import HOURS, MONTH_DAY, QUARTERS, YEARLESS, Comparator, Figure, month
from vbprules.fidelity.folding import Folded, folded
from vbprules.fidelity.numerals import ARABIC, CHINESE, number
from vbprules.values.figures import COUNT, DATE, DAYS, MONEY, MONTHS, NUMBER, SHARE, WORKING_DAYS, YEARS

_N: Final = rf"(?:{ARABIC}|{CHINESE})"
_TO: Final = r"(?:-{1,2}|—{1,2}|–|~|～|至|到)"
# Longest first: the first that stands after a number is its unit.
_ONE: Final = Fraction(1)
_UNITS: Final[dict[str, tuple[str, Fraction]]] = {
    "个工作日": (WORKING_DAYS, _ONE),
    "工作日": (WORKING_DAYS, _ONE),
    "个自然日": (DAYS, _ONE),
    "自然日": (DAYS, _ONE),
    "日历天": (DAYS, _ONE),
    "个季度": (QUARTERS, _ONE),
    "个月": (MONTHS, _ONE),
    "周年": (YEARS, _ONE),
    "个星期": (DAYS, Fraction(7)),
    "星期": (DAYS, Fraction(7)),
    "周": (DAYS, Fraction(7)),
    "小时": (HOURS, _ONE),
    "个百分点": (SHARE, Fraction(1, 100)),
    "年": (YEARS, _ONE),
    "天": (DAYS, _ONE),
    "日": (DAYS, _ONE),
    "亿元": (MONEY, Fraction(10_000_000_000)),
    "万元": (MONEY, Fraction(1_000_000)),
    "元": (MONEY, Fraction(100)),
    "%": (SHARE, Fraction(1, 100)),
    "‰": (SHARE, Fraction(1, 1000)),
    "成": (SHARE, Fraction(1, 10)),
    "倍": (NUMBER, _ONE),
}
_COUNTERS: Final = "家个片支次名项种份盒粒批人所分件箱瓶剂张床户"
_UNIT: Final = "|".join(map(re.escape, _UNITS)) + f"|[{_COUNTERS}]"
_QUANTITY: Final = re.compile(rf"(?P<low>{_N})(?:%?{_TO}(?P<high>{_N}))?(?P<half>半)?(?P<unit>{_UNIT})(?P<more>半)?")
_RANGE: Final = re.compile(rf"(?P<low>{_N})(?P<unit>{_UNIT}){_TO}(?P<high>{_N})(?P=unit)")
_FRACTION: Final = re.compile(rf"(?P<base>百|千|万|{_N})分之(?P<low>{_N})(?:{_TO}(?:(?P=base)分之)?(?P<high>{_N}))?")
_HALF: Final = re.compile(r"一半|半数|半个?(?P<unit>年|月)")
_DATE: Final = re.compile(
    rf"(?:(?P<year>[12][0-9]{{3}}|[一二][〇零○一二三四五六七八九]{{3}})年)?"
    rf"(?:(?P<month>{_N})(?:{_TO}(?P<through>{_N}))?月份?(?:(?P<day>{_N})日|(?P<edge>底|末|初))?)?"
)
_DAY_OF_MONTH: Final = re.compile(rf"(?:每个?月|当月|次月|该月|本月)(?P<low>{_N})日?(?:{_TO}(?P<high>{_N}))?日")
_DOCUMENT: Final = re.compile(r"[〔\[(【][12][0-9]{3}[〕\])】](?:第)?[0-9]{1,5}号|第?[0-9]{1,5}号")
_LABEL: Final = re.compile(r"[((][一二三四五六七八九十0-9]{1,3}[))]|[0-9]{1,2}[.、](?![0-9])")
_QUOTED: Final = re.compile(r"“[^”。,;]{1,8}”")
_NOT_BEFORE: Final = "第同统唯专单万进逐惟独归划下上前次每某任合之"  # a Chinese numeral after these is part of a word
_NOT_AFTER: Final = {"成": "员本果立交效熟绩分为品功", "个": "允", "年": "级", "家": "庭长", "人": "民员"}
_ARTICLE: Final = frozenset("个项种份批件次家人名所")  # 一个, 一项 … are articles


def read_figures(text: str, quotes_are_names: bool = True) -> tuple[Figure, ...]:
    """Every figure of a text in order; spans are of the text as given.

    ``quotes_are_names``: short words in quotation marks are a name, as in the text of a document.
    """
    fold = folded(text)
    found = sorted(_found(fold, quotes_are_names), key=lambda figure: figure.span)
    result: list[Figure] = []
    for figure in found:
        start, end = figure.span
        before = result[-1] if result else None
        bound = bounds.around(fold.text, start, end, before.span[1] if before else 0, figure.unit)
        if before is not None and _repeats(fold.text, before, figure):
            continue
        result.append(replace(figure, comparator=bound.comparator, requires=bound.requires, word=bound.word))
    return tuple(
        replace(figure, span=fold.original(*figure.span), text=fold.text[slice(*figure.span)]) for figure in result
    )


def _repeats(text: str, before: Figure, figure: Figure) -> bool:
    """``3家（含3家）``: the second only says that the first is included."""
    between = text[before.span[1] : figure.span[0]]
    return (figure.value, figure.unit) == (before.value, before.unit) and between.endswith(("(含", "(不含", "(包括"))


def _found(fold: Folded, quotes_are_names: bool) -> Iterator[Figure]:
    text = fold.text
    taken = bytearray(len(text))
    passed = (_DOCUMENT, _LABEL, _QUOTED) if quotes_are_names else (_DOCUMENT, _LABEL)
    for pattern in passed:
        for match in pattern.finditer(text):
            if pattern is _LABEL and not _starts_item(text, match):
                continue
            _take(taken, match.span())
    for reader in (_fractions, _dates, _days_of_months, _halves, _quantities, _bare):
        for figure in reader(text, taken):
            _take(taken, figure.span)
            yield figure


def _take(taken: bytearray, span: tuple[int, int]) -> None:
    taken[span[0] : span[1]] = b"\x01" * (span[1] - span[0])


def _free(taken: bytearray, match: re.Match[str]) -> bool:
    return not any(taken[match.start() : match.end()])


def _starts_item(text: str, match: re.Match[str]) -> bool:
    """A label stands where a sentence begins: not within a number, a list of numbers or a word."""
    before = text[match.start() - 1] if match.start() else "。"
    return before in "。;；:：、)”.》" or not (before.isdigit() or before.isalpha()) or match.group().startswith("(")


def _fractions(text: str, taken: bytearray) -> Iterator[Figure]:
    for match in _FRACTION.finditer(text):
        base = {"百": Fraction(100), "千": Fraction(1000), "万": Fraction(10_000)}.get(
            match["base"], number(match["base"])
        )
        if not base:
            continue
        scale = 1 / base
        yield from _made(match, _ends(match, scale), SHARE, taken)


def _dates(text: str, taken: bytearray) -> Iterator[Figure]:
    """Days, months and years of the calendar. A year that is left out is that of the date joined to it."""
    year: int | None = None
    end = 0
    for match in _DATE.finditer(text):
        if match.end() == match.start() or not _free(taken, match):
            continue
        written = _int(match["year"])
        if written is None and not _joined(text[end : match.start()]):
            year = None
        year = written if written is not None else year
        ends = _stretch(year, match)
        if ends is not None:
            unit = DATE if year is not None else YEARLESS
            yield Figure(Fraction(ends[0]), Fraction(ends[1]), unit, None, False, match.span(), "")
            end = match.end()
        elif match["day"]:
            _take(taken, match.span())  # no day of the calendar, and no term either


def _joined(between: str) -> bool:
    """Whether a date goes on from the one before: 2019年2月26日至3月24日."""
    return re.fullmatch(_TO, between) is not None or between in ("、", "和", "及")


def _stretch(year: int | None, match: re.Match[str]) -> tuple[int, int] | None:
    """First and last day of what the match writes; None where there is no such day."""
    first, last, day = _int(match["month"]), _int(match["through"]), _int(match["day"])
    try:
        if first is None:
            return _year(year)
        start = _month(year, first)
        end = start if last is None else _month(year, last)
        if day is not None:
            at = start[0] + day - 1
            return (at, at) if at <= start[1] else None
    except ValueError:
        return None
    edge = match["edge"]
    return (start[0], start[0]) if edge == "初" else (end[1], end[1]) if edge else (start[0], end[1])


def _year(year: int | None) -> tuple[int, int] | None:
    if year is None or not 1900 <= year <= 2200:
        return None
    return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()


def _month(year: int | None, number_of_month: int) -> tuple[int, int]:
    """First and last day; without a year as month × 100 + day, February with all its days."""
    if year is not None:
        return month(year, number_of_month)
    first, last = month(2000, number_of_month)
    return number_of_month * 100 + 1, number_of_month * 100 + last - first + 1


def _days_of_months(text: str, taken: bytearray) -> Iterator[Figure]:
    for match in _DAY_OF_MONTH.finditer(text):
        ends = _ends(match, _ONE)
        if ends is not None and ends[1] <= 31:
            yield from _made(match, ends, MONTH_DAY, taken, match.start("low"))


def _halves(text: str, taken: bytearray) -> Iterator[Figure]:
    for match in _HALF.finditer(text):
        before = text[match.start() - 1 : match.start()]
        if before in ("上", "下", "前", "后", "一", "二", "两", "过", "大"):
            continue
        unit = {"年": MONTHS, "月": MONTHS, None: SHARE}[match["unit"]]
        value = Fraction(6) if match["unit"] == "年" else Fraction(1, 2)
        yield from _made(match, (value, value), unit, taken)


def _quantities(text: str, taken: bytearray) -> Iterator[Figure]:
    for match in (*_RANGE.finditer(text), *_QUANTITY.finditer(text)):
        unit = match["unit"]
        if _part_of_a_word(text, match, unit):
            continue
        kind, scale = _UNITS.get(unit, (COUNT, _ONE))
        ends = _ends(match, scale)
        if ends is None:
            continue
        if match.re is _QUANTITY and (match["half"] or match["more"]):
            ends, kind = _and_a_half(ends, kind, match)
        yield from _made(match, ends, kind, taken)


def _and_a_half(
    ends: tuple[Fraction, Fraction], kind: str, match: re.Match[str]
) -> tuple[tuple[Fraction, Fraction], str]:
    if kind == YEARS:
        return (ends[0] * 12 + 6, ends[1] * 12 + 6), MONTHS
    return (ends[0] + Fraction(1, 2), ends[1] + Fraction(1, 2)), kind


def _part_of_a_word(text: str, match: re.Match[str], unit: str) -> bool:
    low, before = match["low"], text[match.start() - 1 : match.start()]
    after = text[match.end() : match.end() + 1]
    if before in ("第", "/"):
        return True
    if low[0].isdigit():
        return False
    if unit == "分":  # 十分, 一分
        return True
    if before and before in _NOT_BEFORE and not text.endswith(("以上", "以下"), 0, match.start()):
        return True
    if after and after in _NOT_AFTER.get(unit, ""):
        return True
    return low == "一" and match["high"] is None and unit in _ARTICLE and not bounds.adjacent(text, match.start())


def _bare(text: str, taken: bytearray) -> Iterator[Figure]:
    """A number without a unit is a figure only beside a word that bounds it."""
    for match in re.finditer(rf"(?P<low>{ARABIC})(?:{_TO}(?P<high>{ARABIC}))?", text):
        if bounds.adjacent(text, match.start()) or bounds.follows(text, match.end()):
            yield from _made(match, _ends(match, Fraction(1)), NUMBER, taken)


def _ends(match: re.Match[str], scale: Fraction) -> tuple[Fraction, Fraction] | None:
    low = number(match["low"])
    high = number(match["high"]) if match["high"] else low
    if low is None or high is None or low > high:
        return None
    return low * scale, high * scale


def _made(
    match: re.Match[str], ends: tuple[Fraction, Fraction] | None, unit: str, taken: bytearray, start: int | None = None
) -> Iterator[Figure]:
    if ends is not None and _free(taken, match):
        comparator: Comparator | None = None
        span = (match.start() if start is None else start, match.end())
        yield Figure(ends[0], ends[1], unit, comparator, False, span, "")


def _int(text: str | None) -> int | None:
    value = number(text) if text else None
    return int(value) if value is not None and value.denominator == 1 else None
