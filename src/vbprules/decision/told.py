"""How a value of an outcome is told: its unit, whether it is settled, and its text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from vbprules.decision.model import Standing
from vbprules.decision.reasons import show_value
from vbprules.engine.interpret import Figured
from vbprules.facts.rows import Code
from vbprules.values.figures import CODE, DATE, MONEY, TRUTH
from vbprules.values.ranges import FALSE, OPEN

UNITS: Final[Mapping[str, str]] = {
    "due": DATE,
    "not_before": DATE,
    "from": DATE,
    "until": DATE,
    "done": DATE,
    "breached_on": DATE,
    "standard": MONEY,
    "base": MONEY,
    "excess": MONEY,
    "received": MONEY,
    "early": TRUTH,
}


def unit_of(name: str, computed: str | None) -> str:
    """The unit of an attribute: that of its name, else of what computes it."""
    return UNITS.get(name) or computed or CODE


def is_settled(leaf: Any) -> bool:
    """Whether the facts leave one answer, or the law itself gives a range."""
    if isinstance(leaf, Figured):
        return leaf.legal or leaf.value.exact
    if isinstance(leaf, Code):
        return leaf.text is not None
    return bool(leaf.exact)


def shown(leaf: Any, unit: str) -> str:
    """The text of a value of one branch."""
    if unit == TRUTH:
        return "open" if leaf == OPEN else "no" if leaf == FALSE else "yes"
    return show_value(leaf, unit)


def standing_of(state: Standing, code: str | None, standard: Standing | None, value: Standing | None) -> Standing:
    """The standing of an outcome, from those of its state, its standard and its value where they are not silent.

    A price split or definition is as sure as its figure.
    """
    if state == "settled" and code == "applies":
        for figure in (standard, value):
            if figure is not None and figure != "silent":
                return figure
    return state
