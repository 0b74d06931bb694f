"""How a decision stands at a glance: how many of each, and how much money is settled."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Final

from vbprules.decision.model import Decision, Outcome
from vbprules.printing.sorting import head_counts
from vbprules.printing.subjects import Subjects
from vbprules.values.figures import decimal_text
from vbprules.whatif.model import Money, Totals

_SUM: Final = re.compile(r"\d+(\.\d+)?")


def totals(decision: Decision, subjects: Subjects) -> Totals:
    """The counts of a decision's head. Money is added up only where the amount is settled and one figure."""
    found = head_counts(decision.outcomes, subjects.concerns)
    return Totals(
        breaches=len(found["breaches"]),
        sanctions=len(found["sanctions"]),
        by_reading=len(found["by_reading"]),
        to_perform=len(found["to_perform"]),
        entitlements=len(found["entitlements"]),
        open=len(found["open"]),
        owed_in_breach=_money(found["breaches"]),
        sanctioned=_money(found["sanctions"]),
        entitled=_money(found["entitlements"]),
    )


def _money(outcomes: Iterable[Outcome]) -> Money:
    total, counted, uncounted = Fraction(0), 0, 0
    for outcome in outcomes:
        amount = outcome.attributes.get("amount")
        if amount is None or amount.standing == "silent":
            continue
        sure = amount.standing == "settled" and outcome.state.standing == "settled" and not outcome.would_be
        if sure and amount.value is not None and _SUM.fullmatch(amount.value):
            total, counted = total + Fraction(amount.value), counted + 1
        else:
            uncounted += 1
    return Money(decimal_text(total, 2), counted, uncounted)
