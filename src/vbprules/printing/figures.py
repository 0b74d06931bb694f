"""Figures of a decision in words: exact, grouped in thousands, with their unit. Nothing is rounded without a ≈."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Final

from vbprules.decision.words import STATES, TRUTHS
from vbprules.printing.page import GLUE, Lang
from vbprules.values.figures import COUNT, DATE, DAYS, MONEY, MONTHS, NUMBER, SHARE, TRUTH, UNITS, WORKING_DAYS, YEARS
from vbprules.values.ranges import INF, NEG, Number

_PLAIN: Final = re.compile(r"(-?)(\d+)(\.\d+)?")
_FRACTION: Final = re.compile(r"(-?)(\d+)/(\d+)")
_DURATION: Final = re.compile(r"(\S+) (working days?|days?|months?|years?)")
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_BRANCH: Final = re.compile(r"((?:\w+=\w+)(?:&\w+=\w+)*): ")
_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    MONEY: ("元", "yuan"),
    DAYS: ("天", "days"),
    WORKING_DAYS: ("个工作日", "working days"),
    MONTHS: ("个月", "months"),
    YEARS: ("年", "years"),
}
_LOCAL: Final = {"working day": WORKING_DAYS, "day": DAYS, "month": MONTHS, "year": YEARS}
NOTHING: Final = "?"
FOREVER: Final = "9999-12-31"


def state(code: str | None, lang: Lang) -> str:
    """A state in words."""
    return STATES.get(code or "", (code or "", code or ""))[lang == "en"]


def shown(value: str | None, unit: str, lang: Lang) -> str:
    """A value as the decision holds it (``300000.00``, ``at_least 60%``, ``1..3 years``, ``?``) in words."""
    if value is None or value == NOTHING:
        return ("未知", "unknown")[lang == "en"]
    if value in (FOREVER, "∞"):
        return ("无止日", "no end")[lang == "en"]
    if value == "-∞":
        return ("自始", "from the start")[lang == "en"]
    if unit == "state":
        return state(value, lang)
    if unit == TRUTH:
        return TRUTHS.get(value, (value, value))[lang == "en"]
    if value.startswith(("at_least ", "at_most ")):
        bound, _, rest = value.partition(" ")
        words = _bounds(DATE if _DATE.fullmatch(rest) else unit)[bound][lang == "en"]
        return f"{words}{GLUE}{figure(rest, unit, lang)}"
    low, dots, high = value.partition("..")
    if not dots:
        return figure(value, unit, lang)
    if _PLAIN.fullmatch(low) and unit in _WORDS:
        return f"{low}–{figure(high, unit, lang)}" if unit != MONEY else f"{grouped(low)}–{figure(high, unit, lang)}"
    return f"{figure(low, unit, lang)}{(' 至 ', ' to ')[lang == 'en']}{figure(high, unit, lang)}"


def figure(text: str, unit: str, lang: Lang) -> str:
    """One exact figure with its unit. A fraction that is no finite decimal keeps its form, with ≈ beside it."""
    duration = _DURATION.fullmatch(text)
    if duration is not None:
        text, unit = duration.group(1), _LOCAL[duration.group(2).removesuffix("s")]
    word = _WORDS.get(unit)
    named = f"{GLUE}{word[lang == 'en']}" if word else ""
    if word and lang == "en" and text == "1" and unit != MONEY:
        named = named.removesuffix("s")
    if _PLAIN.fullmatch(text) and (word or unit in (UNITS, COUNT, NUMBER, "")):
        return grouped(text) + (named if unit != NUMBER else "")
    if _FRACTION.fullmatch(text):
        return f"{text}{named if unit == MONEY else ''}{_about(text, unit, named, lang)}"
    return text


def grouped(text: str) -> str:
    """``1234567.50`` as ``1,234,567.50``."""
    match = _PLAIN.fullmatch(text)
    if match is None:
        return text
    sign, whole, tail = match.groups()
    return f"{sign}{int(whole):,}{tail or ''}"


def _about(text: str, unit: str, named: str, lang: Lang) -> str:
    """The nearest decimal of a fraction, marked as such: fen for money, hundredths of a percent for a share."""
    value = Fraction(text)
    if unit == MONEY:
        inner = grouped(_nearest(value, 2)) + named
    elif unit == SHARE:
        inner = _nearest(value * 100, 2) + "%"
    else:
        inner = grouped(_nearest(value, 4))
    return f"（≈{inner}）" if lang == "zh" else f" (≈{inner})"


def _nearest(value: Fraction, places: int) -> str:
    """The decimal with so many places that lies nearest; a half goes away from zero."""
    scaled = abs(value) * 10**places
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    digits = str(whole + (2 * rest >= scaled.denominator)).rjust(places + 1, "0")
    return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def _bounds(unit: str) -> Mapping[str, tuple[str, str]]:
    if unit == DATE:
        return {"at_least": ("不早于", "not before"), "at_most": ("不晚于", "no later than")}
    return {"at_least": ("不低于", "at least"), "at_most": ("不超过", "at most")}


def branches(text: str) -> list[tuple[dict[str, str], str]] | None:
    """The values of a figure that depends on readings (``grain=each&volume=used: 65%; …``); None if it does not."""
    starts = list(_BRANCH.finditer(text))
    if not starts or starts[0].start() != 0:
        return None
    found = []
    for number, match in enumerate(starts):
        end = starts[number + 1].start() if number + 1 < len(starts) else len(text)
        readings = dict(part.split("=", 1) for part in match.group(1).split("&"))
        found.append((readings, text[match.end() : end].removesuffix("; ")))
    return found


def guessed_unit(*texts: str) -> str:
    """The unit of a figure in a reason, which does not name it, from its form and that of what it is compared with."""
    joined = " ".join(texts)
    if "%" in joined:
        return SHARE
    return DATE if _DATE.search(joined) else ""


def ordered(values: list[str]) -> list[str]:
    """Distinct values from the lowest to the highest where all can be compared, else as they came."""
    distinct = list(dict.fromkeys(values))
    keys = [_key(value) for value in distinct]
    if any(key is None for key in keys):
        return distinct
    return [value for _, value in sorted(zip(keys, distinct, strict=True), key=lambda pair: pair[0] or 0)]


def ends(value: str) -> tuple[Number, Number] | None:
    """The lowest and the highest that a value as the decision holds it can be."""
    if value == NOTHING:
        return NEG, INF
    word, _, rest = value.partition(" ")
    if word in ("at_least", "at_most"):
        end = _key(rest)
        return None if end is None else (end, INF) if word == "at_least" else (NEG, end)
    low, dots, high = value.partition("..")
    ends_ = _key(low), _key(high if dots else low)
    return None if ends_[0] is None or ends_[1] is None else (ends_[0], ends_[1])


def _key(value: str) -> Fraction | int | None:
    if _DATE.fullmatch(value):
        return date.fromisoformat(value).toordinal()
    bare = value.removesuffix("%")
    if not (_PLAIN.fullmatch(bare) or _FRACTION.fullmatch(bare)):
        return None
    number = Fraction(bare)
    return number / 100 if value.endswith("%") else number
