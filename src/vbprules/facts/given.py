"""Figures that another source sets, as a dossier gives them."""

from __future__ import annotations

from typing import Any

from vbprules.calendar import Period
from vbprules.facts.rows import Code
from vbprules.values.figures import CODE, DATE, MONEY, TEXT, TRUTH, parse_date, parse_figure
from vbprules.values.ranges import FALSE, TRUE, Range, exactly, multiply


def given_value(text: str, unit: str) -> Any:
    """A figure from another source: a date, a figure with its unit, or yes/no for a condition; None if it is none."""
    if unit == TRUTH:
        return {"yes": TRUE, "是": TRUE, "no": FALSE, "否": FALSE}.get(text)
    if unit in (CODE, TEXT):
        return Code(text)
    if unit == DATE:
        return _given_day(text)
    figure = parse_figure(text)
    if figure is None or (figure.unit != unit and not figure.bare):
        return None
    return multiply(figure.range, exactly(100)) if figure.bare and unit == MONEY else figure.range


def _given_day(text: str) -> Range | None:
    """A day, or the period in which it lies."""
    try:
        day = parse_date(text)
        period = Period.parse(text) if day is None else None
    except ValueError:
        return None
    if day is not None:
        return exactly(day)
    return None if period is None else Range(period.start, period.end)
