"""Figures as the law writes them: a number with its unit, exact, or a settled legal range.

Money is kept in fen, shares as exact fractions, dates as ordinals of the proleptic Gregorian calendar, durations as
whole numbers of their own unit.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import gcd
from typing import Final

from vbprules.values.ranges import INF, NEG, Infinity, Number, Range, exactly

# Units of values. A duration keeps the unit it is counted in, since a month is no number of days.
SHARE, MONEY, UNITS, COUNT, NUMBER, DATE = "share", "money", "units", "count", "number", "date"
DAYS, WORKING_DAYS, MONTHS, YEARS = "days", "working_days", "months", "years"
TRUTH, CODE, TEXT = "truth", "code", "text"
DURATIONS: Final = frozenset({DAYS, WORKING_DAYS, MONTHS, YEARS})

# Longest number accepted: 15 digits before and 6 after the point, so that every engine can hold it exactly.
_NUMBER: Final = r"[0-9]{1,15}(?:\.[0-9]{1,6})?"
_SHAPE: Final = re.compile(
    rf"({_NUMBER})(?:\s*(?:–|—|-|~|至|to|\.\.)\s*({_NUMBER}))?\s*(%|[^\W\d_][^\d%]*)?", re.UNICODE
)
UNIT_NAMES: Final = {
    "%": SHARE,
    "day": DAYS,
    "days": DAYS,
    "calendar day": DAYS,
    "calendar days": DAYS,
    "天": DAYS,
    "日": DAYS,
    "个自然日": DAYS,
    "working day": WORKING_DAYS,
    "working days": WORKING_DAYS,
    "个工作日": WORKING_DAYS,
    "工作日": WORKING_DAYS,
    "month": MONTHS,
    "months": MONTHS,
    "个月": MONTHS,
    "year": YEARS,
    "years": YEARS,
    "年": YEARS,
    "yuan": MONEY,
    "元": MONEY,
    "万元": MONEY,
    "units": UNITS,
    "unit": UNITS,
    "单位": UNITS,
    "times": COUNT,
    "time": COUNT,
    "次": COUNT,
    "家": COUNT,
    "个": COUNT,
}
_COUNTED: Final = re.compile(r"[a-z][a-z ]{2,30}")
_SCALE: Final = 10**12  # decimals have at most 12 places


@dataclass(frozen=True, slots=True)
class Figure:
    """A range of exact numbers in one unit. ``bare`` figures had no unit; ``ended`` ones were written as a range."""

    range: Range
    unit: str
    bare: bool = False


def normal(text: str) -> str:
    """Full-width digits and signs as their ordinary forms; surrounding space removed."""
    return unicodedata.normalize("NFKC", text).strip()


def parse_figure(text: str) -> Figure | None:
    """Read ``80%``, ``10 working days``, ``1–3 years``, ``1000.00 yuan``, ``3 suppliers`` …; None if it is none."""
    if len(text) > 80:
        return None
    match = _SHAPE.fullmatch(normal(text))
    if match is None:
        return None
    low, high, name = match.group(1), match.group(2), (match.group(3) or "").strip()
    unit = UNIT_NAMES.get(name, COUNT if _COUNTED.fullmatch(name) else None) if name else COUNT
    if unit is None:
        return None
    scale = Fraction({"%": "0.01", "yuan": "100", "元": "100", "万元": "1000000"}.get(name, "1"))
    ends = [whole(Fraction(end) * scale) for end in (low, high or low)]
    if ends[0] > ends[1] or (unit in DURATIONS | {COUNT} and name and any(isinstance(end, Fraction) for end in ends)):
        return None
    if unit == MONEY and any(isinstance(end, Fraction) for end in ends):
        return None  # less than a fen
    if not name and any(isinstance(end, Fraction) for end in ends):
        unit = NUMBER
    return Figure(Range(ends[0], ends[1]), unit, bare=not name)


def whole(value: Fraction) -> int | Fraction:
    """The same number, as an int where it is one."""
    return value.numerator if value.denominator == 1 else value


_DATE: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})|([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日")


def parse_date(text: str) -> int | None:
    """The ordinal of ``2019-12-30`` or ``2019年12月30日``.

    Raises ValueError for a date that does not exist, such as 2019-02-30, or lies outside the years 1900 to 2200.
    """
    match = _DATE.fullmatch(normal(text))
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups() if part is not None)
    if not 1900 <= year <= 2200:
        raise ValueError(f"{year} is not a year of this law")
    return date(year, month, day).toordinal()


def show_date(day: Number) -> str:
    if isinstance(day, Infinity):
        return "∞" if day.positive else "-∞"
    try:
        return date.fromordinal(int(day)).isoformat()
    except (ValueError, OverflowError):
        return "∞" if day > 0 else "-∞"


def decimal_text(value: Number, places: int | None = None) -> str:
    """A decimal where the number has one of at most 12 places, else the fraction itself. Nothing is rounded."""
    if isinstance(value, Infinity):
        return "∞" if value.positive else "-∞"
    if isinstance(value, int) and places is None:
        return str(value)
    found = _decimal(value.numerator, value.denominator, places or 0)
    return f"{value.numerator}/{value.denominator}" if found is None else found


def _decimal(top: int, bottom: int, places: int = 0) -> str | None:
    """The decimal of a quotient, of at least so many places; None where it has none of at most 12."""
    scaled, rest = divmod(abs(top) * _SCALE, bottom)
    if rest:
        return None
    head, tail = divmod(scaled, _SCALE)
    decimals = f"{tail:012d}".rstrip("0").ljust(places, "0")
    return f"{'-' if top < 0 else ''}{head}{'.' if decimals else ''}{decimals}"


def show(value: Number, unit: str) -> str:
    """One end of a range in the form of its unit: ``80%``, ``1000.00``, ``2019-12-30``, ``79999``."""
    if unit == DATE:
        return show_date(value)
    if unit == SHARE:
        return value_or_fraction_of_hundred(value)
    if unit == MONEY:
        if isinstance(value, int) and value >= 0:
            return f"{value // 100}.{value % 100:02d}"
        return decimal_text(value if isinstance(value, Infinity) else Fraction(value, 100), 2)
    if unit in DURATIONS and unit != DAYS:
        name = unit.replace("_", " ")
        return f"{decimal_text(value)} {name[:-1] if value == 1 else name}"
    return decimal_text(value)


def value_or_fraction_of_hundred(value: Number) -> str:
    return decimal_text(value) if isinstance(value, Infinity) else share_text(value.numerator, value.denominator)


def share_text(top: int, bottom: int) -> str:
    """A share as a percentage where that is a decimal of at most 12 places, else as the fraction in lowest terms."""
    percent = _decimal(top * 100, bottom)
    if percent is not None:
        return f"{percent}%"
    common = gcd(top, bottom)
    return f"{top // common}/{bottom // common}"


def show_range(value: Range, unit: str) -> str:
    """``80%``, ``at_least 60%``, ``100..200`` or ``?`` where nothing is known."""
    if value.lo == value.hi:
        return show(value.lo, unit)
    floor: Number = NEG if unit == DATE else 0
    low_open = value.lo <= floor if unit != DATE else value.lo == NEG
    if value.hi == INF:
        return "?" if low_open else f"at_least {show(value.lo, unit)}"
    if value.lo == NEG or (low_open and unit == DATE):
        return f"at_most {show(value.hi, unit)}"
    low = decimal_text(value.lo) if unit in DURATIONS else show(value.lo, unit)
    return f"{low}..{show(value.hi, unit)}"


__all__ = ["Figure", "exactly", "parse_date", "parse_figure", "show", "show_range"]
