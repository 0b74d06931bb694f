"""A comparison next to its threshold: what the library answers and what binary floats would have said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from struct import pack, unpack
from typing import Any

from vbprules.decision.model import Reason
from vbprules.evaluation import evaluate


@dataclass(frozen=True, slots=True)
class Comparison:
    """Completion against 80%: is it below? One answer each of exact arithmetic, the library and two kinds of float."""

    done: tuple[str, ...]  # the monthly quantities
    set_volume: str
    truth: bool
    library: bool | None  # None: no definite answer
    shown: str  # the library's completion
    single: bool
    double: bool
    ratio: float  # as a double

    @property
    def percent(self) -> str:
        """The exact completion as a percentage, cut off (not rounded) after eight places."""
        exact = 100 * sum(map(Fraction, self.done)) / Fraction(self.set_volume)
        whole, rest = divmod(exact.numerator, exact.denominator)
        places, left = divmod(rest * 10**8, exact.denominator)
        return f"{whole}.{places:08}…%" if left else f"{whole}.{places:08}".rstrip("0").rstrip(".") + "%"


def compare(done: tuple[str, ...], set_volume: str) -> Comparison:
    """Have one quarter judged whose purchases (and uses) are ``done``, three months at most."""
    total, volume = sum(map(Fraction, done)), Fraction(set_volume)
    decision = evaluate("guizhou_2019", _facts(done, set_volume), "2020-04-10")
    outcome = decision.outcome("quarterly_warning@2020Q1")
    answers = {"yes": True, "no": False}
    doubles = sum(map(float, done))
    singles = 0.0
    for quantity in done:
        singles = _single(singles + _single(float(quantity)))
    return Comparison(
        done=done,
        set_volume=set_volume,
        truth=total / volume < Fraction(80, 100),
        library=answers.get(outcome.triggered.value or ""),
        shown=next((reason.value for reason in _all(outcome.reasons) if reason.threshold == "80%"), None) or "?",
        single=_single(singles / _single(float(set_volume))) < _single(0.8),
        double=doubles / float(set_volume) < 0.8,
        ratio=doubles / float(set_volume),
    )


def _all(reasons: Iterable[Reason]) -> Iterator[Reason]:
    for reason in reasons:
        yield reason
        yield from _all(reason.parts)


def _single(value: float) -> float:
    """Rounded to IEEE 754 single precision."""
    rounded: float = unpack("f", pack("f", value))[0]
    return rounded


def _facts(done: tuple[str, ...], set_volume: str) -> dict[str, Any]:
    moved = [
        {"product": "a-s", "day": f"2020-{month:02}-15", "quantity": quantity} for month, quantity in enumerate(done, 1)
    ]
    dated: dict[str, Any] = {"complete_through": "2020-04-10", "entries": moved}
    product = {"id": "a-s", "drug": "a", "class": "selected", "selected": "yes"}
    return {
        "institution": {"kind": "hospital", "ownership": "public", "designated": "yes"},
        "drugs": {"complete": "yes", "entries": [{"id": "a", "selected": "yes"}]},
        "products": {"complete": "yes", "entries": [product]},
        "targets": {"complete": "yes", "entries": [{"drug": "a", "period": "2020Q1", "set_volume": set_volume}]},
        "purchases": dated,
        "uses": dated,
        "acts": "none",
    }
