"""One cell of a dossier: text to an exact value, a range, or a code. The column gives the unit."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from vbprules.calendar import Period
from vbprules.diagnostics import Report, suggest
from vbprules.facts.rows import Cell, Code
from vbprules.language.vocabulary import Field
from vbprules.reading import Node, Scalar
from vbprules.values.figures import CODE, COUNT, DATE, DAYS, MONEY, TEXT, TRUTH, UNITS, normal, parse_date
from vbprules.values.ranges import FALSE, INF, NEG, TRUE, Number, Range, exactly

_YES: Final = {"yes": TRUE, "true": TRUE, "是": TRUE, "no": FALSE, "false": FALSE, "否": FALSE}
UNKNOWN_WORDS: Final = frozenset({"unknown", "未知", "?", "？"})
_PLAIN: Final = re.compile(r"([0-9]{1,15}(?:\.[0-9]{1,6})?)\s*([^0-9.\s]*)")
_GROUPED: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,6})?[^0-9,.]*")
_SUFFIXES: Final = {
    MONEY: ("yuan", "元"),
    UNITS: ("unit", "units"),
    DAYS: ("day", "days", "天", "日"),
    COUNT: ("times", "次", "家", "个"),
}
_BOUND: Final = re.compile(r"(at_least|at_most|至少|至多)\s+(.+)")


def read_cell(node: Node, column: Field, report: Report) -> Cell | None:
    """The value of a cell; None if it is unknown or, after a finding, unreadable."""
    if not isinstance(node, Scalar):
        report.error("bad_value", node, value="…", field=column.name, expected=_expected(column))
        return None
    text = normal(node.text)
    if text in UNKNOWN_WORDS:
        return None
    if column.unit == TEXT:
        return Code(text)
    if column.unit == CODE:
        return _code(node, text, column, report)
    if column.unit == TRUTH:
        if text not in _YES:
            report.error("bad_value", node, value=text, field=column.name, expected="yes, no")
        return _YES.get(text)
    found = read_day(node, report) if column.unit == DATE else _figure(node, text, column, report)
    return found


def _code(node: Scalar, text: str, column: Field, report: Report) -> Code | None:
    if not column.options or text in column.options:
        return Code(text)
    for code, label in column.options.items():
        if text == label:
            return Code(code)
    report.error(
        "bad_choice",
        node,
        value=text,
        where=column.name,
        choices=", ".join(column.options),
        suggestion=suggest(text, column.options),
    )
    return None


def read_day(node: Node, report: Report) -> Range | None:
    """A day, or the period in which it lies: ``2020-03-05``, ``2020-03``, ``2020Q1``, ``2020-01-01..2020-02-15``."""
    if not isinstance(node, Scalar):
        report.error("bad_date", node, text="…")
        return None
    text = normal(node.text)
    if text in UNKNOWN_WORDS:
        return None
    bound = _BOUND.fullmatch(text)
    try:
        if bound is not None:
            day = parse_date(bound.group(2))
            if day is not None:
                return Range(day, INF) if bound.group(1) in ("at_least", "至少") else Range(NEG, day)
        day = parse_date(text)
        if day is not None:
            return exactly(day)
        period = Period.parse(text)
    except ValueError:
        report.error("bad_date", node, text=text)
        return None
    if period is None:
        report.error("bad_date", node, text=text)
        return None
    return Range(period.start, period.end)


def _figure(node: Scalar, text: str, column: Field, report: Report) -> Range | None:
    bound = _BOUND.fullmatch(text)
    ends = text.split("..") if ".." in text else [bound.group(2) if bound else text]
    numbers = [read_number(end.strip(), column.unit, column.fine) for end in ends]
    found = [number for number in numbers if number is not None]
    if len(found) != len(numbers) or len(found) > 2:
        code = "negative" if text.startswith("-") else "bad_value"
        report.error(code, node, value=text, field=column.name, expected=_expected(column))
        return None
    if bound is not None:
        return Range(found[0], INF) if bound.group(1) in ("at_least", "至少") else Range(0, found[0])
    if found[0] > found[-1]:
        report.error("bad_range", node, text=text)
        return None
    return Range(found[0], found[-1])


def read_number(text: str, unit: str, fine: bool = False) -> Number | None:
    """An exact non-negative number, money in fen; None if it is none.

    Less than a fen is refused, but for unit prices (``fine``).
    """
    if "," in text and _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    match = _PLAIN.fullmatch(text)
    if match is None:
        return None
    if match.group(2) and match.group(2) not in _SUFFIXES.get(unit, ()):
        return None
    digits, _, decimals = match.group(1).partition(".")
    top = int(digits + decimals) * (100 if unit == MONEY else 1)
    bottom: int = 10 ** len(decimals)
    if top % bottom == 0:
        return top // bottom
    return None if unit in (DAYS, COUNT) or (unit == MONEY and not fine) else Fraction(top, bottom)


def _expected(column: Field) -> str:
    forms = {MONEY: "120000.00", DATE: "2020-03-31", DAYS: "30", TRUTH: "yes / no"}
    return forms.get(column.unit, "100, 100..200, at_least 100")
