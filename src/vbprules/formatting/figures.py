"""One spelling for a figure: ``80％`` is ``80%``; ``3年`` and ``3 years``, each on its surface."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from vbprules.language.grammar import Role, walked
from vbprules.language.surface import Surface
from vbprules.reading import Node, Scalar
from vbprules.values.figures import decimal_text, normal, parse_date, parse_figure, show_date

_SHAPE: Final = re.compile(r"([0-9.]+)(?:\s*(?:–|—|-|~|至|to|\.\.)\s*([0-9.]+))?\s*(.*)")
_TEN_THOUSAND: Final = 10_000
# Every unit in its two spellings; English ones with the form for one.
_UNITS: Final = (
    ("天", "days", "day", ("日", "个自然日", "calendar day", "calendar days")),
    ("个工作日", "working days", "working day", ("工作日",)),
    ("个月", "months", "month", ()),
    ("年", "years", "year", ()),
    ("元", "yuan", "yuan", ()),
    ("次", "times", "time", ()),
    ("单位", "units", "unit", ()),
)
_BY_NAME: Final = {name: unit for unit in _UNITS for name in (*unit[:3], *unit[3])}


def respelled(root: Node, surface: Surface) -> Node:
    """The tree of a policy file, in English words, with its figures and dates in the spelling of a surface."""

    def word(scalar: Scalar, role: Role) -> Scalar:
        if role.kind == "yes" and scalar.text in ("true", "false"):
            text = "yes" if scalar.text == "true" else "no"
        elif role.kind in ("value", "in_force"):
            text = spelled(scalar.text, surface)
        else:
            return scalar
        return scalar if text == scalar.text else Scalar(text, scalar.mark, scalar.quoted)

    return walked(root, word)


def spelled(text: str, surface: Surface) -> str:
    """A figure or date in its one spelling; any other text as it is."""
    if not normal(text)[:1].isdigit():
        return text
    try:
        day = parse_date(text)
    except ValueError:
        return text
    if day is not None:
        return show_date(day)
    shape = _SHAPE.fullmatch(normal(text))
    if shape is None or parse_figure(text) is None:
        return text
    ends, name = [end for end in shape.group(1, 2) if end], shape.group(3).strip()
    if name == "万元":
        ends, name = [decimal_text(Fraction(end) * _TEN_THOUSAND) for end in ends], "元"
    unit = _BY_NAME.get(name)
    if unit is None:
        return _joined(ends, name, "" if name == "%" or not name.isascii() else " ")
    if surface == "en":
        return _joined(ends, unit[2] if ends == ["1"] else unit[1], " ")
    if unit[0] == "元" and all(_in_ten_thousands(end) for end in ends):
        return _joined([str(int(end) // _TEN_THOUSAND) for end in ends], "万元", "")
    return _joined(ends, unit[0], "")


def _in_ten_thousands(end: str) -> bool:
    return end.isdigit() and int(end) > 0 and int(end) % _TEN_THOUSAND == 0


def _joined(ends: list[str], name: str, space: str) -> str:
    return "–".join(ends) + (space + name if name else "")
