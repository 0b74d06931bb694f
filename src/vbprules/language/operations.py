"""The words of conditions and values, and the keys beside each: one table for the compiler and for editors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

COMPARATORS: Final = (
    "below",
    "at_most",
    "at_least",
    "above",
    "exactly",
    "between",
    "before",
    "on_or_before",
    "on_or_after",
    "after",
    "in",
    "not_in",
    "is",
)
MEMBERSHIP: Final = ("in", "not_in", "is")
BOUNDS: Final = ("exactly", "at_least", "at_most", "between")
CONDITIONS: Final = (
    "all",
    "any",
    "not",
    "some",
    "every",
    "judge",
    "breach_of",
    "overdue",
    "imposed",
    "set_by",
    "silent",
    "reading",
    "known_by",
)

FOLDS: Final = ("sum", "count", "lowest", "highest")
PAIRS: Final = ("ratio", "difference")
ARITHMETIC: Final = (*PAIRS, "plus", "product", "least", "greatest", "earliest", "latest")
_ROWS: Final = ("over", "where", "from", "through", "so_far", "in")
# Each operation on values with the keys that may stand beside it; beside ``reading`` stand its options.
OPERATIONS: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(FOLDS, _ROWS),
    "count": (*_ROWS, "after", "before"),
    **dict.fromkeys(ARITHMETIC, ()),
    "share": ("of",),
    "if": ("then", "else"),
    "known_by": (),
    "first_day": ("reaches", "capped"),
    "last_year": (),
    "next_year": (),
    "day_after": (),
    "day_before": (),
    "start_of": ("of", "after"),
    "end_of": ("of", "after"),
    "day": ("of", "at"),
    "date_of": (),
    "reading": (),
    "set_by": (),
    "silent": (),
}
# Without these an operation says nothing.
NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "share": ("of",),
    "if": ("then", "else"),
    "first_day": ("reaches",),
    "day": ("of", "at"),
}
PERIODS: Final = ("month", "quarter", "year")
