"""The work: rows of figures, four rules, and the right answer of each row by exact integers."""

from __future__ import annotations

from random import Random
from typing import Final, NamedTuple, TypeAlias

Truth: TypeAlias = bool | None  # None: unknown

LARGEST: Final = 10**14
WARN_BELOW: Final = 80  # percent of what was agreed
SUSPEND_BELOW: Final = 70
LONG_AFTER: Final = 10  # working days
_MISSING: Final = 0.05  # of every column
_ZERO: Final = 0.01  # of what was agreed


class Row(NamedTuple):
    """What is recorded of one agreement. None: not recorded. Quantities are not negative, days may be."""

    agreed: int | None
    purchased: int | None
    overdue_days: int | None
    overdue_working_days: int | None


class Answer(NamedTuple):
    """The four truths of a row."""

    warn: Truth
    suspend: Truth
    overdue: Truth
    overdue_long: Truth


def right(row: Row) -> Answer:
    """The right answer: shares by cross-multiplication. What hangs on a missing figure, or on a share of nothing, is
    unknown; everything else is decided."""
    return Answer(
        _below(row, WARN_BELOW),
        _below(row, SUSPEND_BELOW),
        None if row.overdue_days is None else row.overdue_days > 0,
        None if row.overdue_working_days is None else row.overdue_working_days > LONG_AFTER,
    )


def _below(row: Row, percent: int) -> Truth:
    if row.purchased is None or row.agreed is None or row.agreed == 0:
        return None
    return 100 * row.purchased < percent * row.agreed


def rows(count: int, seed: int = 69) -> list[Row]:
    """``count`` rows, the same for the same seed. Half of the shares stand at a boundary, or at the next whole number
    below or above it; so do half of the days. Quantities are of every size up to ``LARGEST``."""
    random = Random(seed)
    return [_row(random) for _ in range(count)]


def _row(random: Random) -> Row:
    agreed, purchased = _quantities(random)
    days = random.choice((-1, 0, 1)) if random.random() < 0.5 else random.randint(-60, 90)
    working_days = random.choice((9, 10, 11)) if random.random() < 0.5 else random.randint(-40, 60)
    figures = (agreed, purchased, days, working_days)
    return Row(*(None if random.random() < _MISSING else figure for figure in figures))


def _quantities(random: Random) -> tuple[int, int]:
    if random.random() < _ZERO:
        return 0, random.choice((0, 1))
    agreed = random.randint(10, 10 ** random.randint(2, 14))
    if random.random() < 0.5:
        return agreed, min(random.randint(0, agreed * 6 // 5), LARGEST)
    percent = random.choice((WARN_BELOW, SUSPEND_BELOW))
    place = random.choice(("at", "under", "over"))
    if place == "at":
        agreed -= agreed % 10
        return agreed, percent * agreed // 100
    whole = percent * agreed // 100  # at the boundary or the whole number below it
    if place == "over":
        return agreed, whole + 1
    return agreed, whole - 1 if 100 * whole == percent * agreed else whole
