"""What an ordinary record says where a search does not care: a public hospital, a selected drug, one yuan amount."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from vbprules.language.vocabulary import BY_NAME
from vbprules.values.figures import CODE, COUNT, DATE, DAYS, MONEY, NUMBER, TRUTH, UNITS

Plain = int | str | bool  # money in fen, dates as ordinals

_FIGURES: Final[Mapping[str, int]] = {MONEY: 100_000_000, UNITS: 100_000, COUNT: 3, DAYS: 60, NUMBER: 1}
_SPECIAL: Final[Mapping[tuple[str, str], Plain]] = {
    ("institution", "special_drug_pharmacy"): False,
    ("institution", "chain"): False,
    ("institution", "grade"): "tertiary",
    ("institution", "level"): "city",
    ("product", "category"): "centrally_procured",
    ("product", "in_negotiation"): False,
    ("conduct", "reasonable_ground"): False,
    ("supplier", "distributors"): 1,
}
_UNIT_PRICE: Final = 1_000
_LATER: Final[Mapping[str, int]] = {"end": 364, "due_on": 30, "finding_on": 120}  # days after the ordinary day


def ordinary(entity: str, name: str, cells: Mapping[str, Plain], day: int) -> Plain | None:
    """What a cell says by default beside those that are pinned; None for what is better left out."""
    field = BY_NAME[entity].field_map[name]
    if (entity, name) == ("product", "selected"):
        return cells.get("class", "selected") == "selected"
    if (entity, name) == ("product", "class"):
        return "selected" if cells.get("selected", True) else "passed_generic"
    if (entity, name) in _SPECIAL:
        return _SPECIAL[entity, name]
    if field.unit == DATE:
        return day + _LATER.get(name, 0)
    if field.unit == TRUTH:
        return True
    if field.unit == CODE:
        return next(iter(field.options), None)
    return _UNIT_PRICE if field.fine else _FIGURES.get(field.unit)
