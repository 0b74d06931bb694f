"""The four rules as an expression, for engines whose languages are alike in it."""

from __future__ import annotations

from typing import Final

from benchmarks.four_rules.work import LONG_AFTER, SUSPEND_BELOW, WARN_BELOW

NATURAL: Final = (
    "purchased / agreed < 0.8",
    "purchased / agreed < 0.7",
    "overdue_days > 0",
    "overdue_working_days > 10",
)


def exact(either: str = "or") -> str:
    """A list of the four answers on exact integers, null where one is unknown; ``either``: the language's word."""
    no_share = f"(agreed == null {either} purchased == null {either} agreed == 0)"
    return f"""[
    {no_share} ? null : purchased * 100 < agreed * {WARN_BELOW},
    {no_share} ? null : purchased * 100 < agreed * {SUSPEND_BELOW},
    overdue_days == null ? null : overdue_days > 0,
    overdue_working_days == null ? null : overdue_working_days > {LONG_AFTER}
]"""
