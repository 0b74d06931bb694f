"""Days of a province or a city that go over the national arrangement, each with its source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LocalDays:
    """`first` to `last` (inclusive ordinals), all worked or all off, by one source. `published` None: not stated."""

    name: str
    first: int
    last: int
    works: bool
    source: str
    published: int | None = None
    en: str = ""


@dataclass(frozen=True, slots=True)
class LocalCalendar:
    """The local days of one file; no day stands in it twice."""

    id: str
    title: str
    days: tuple[LocalDays, ...]
    en: str = ""

    def visible(self, as_of: int | None) -> tuple[LocalDays, ...]:
        """Those published by the close of a day, and those that do not say when they were."""
        return tuple(item for item in self.days if as_of is None or item.published is None or item.published <= as_of)


def by_day(days: tuple[LocalDays, ...]) -> Iterator[tuple[int, LocalDays]]:
    """Every single day with what states it."""
    return ((day, item) for item in days for day in range(item.first, item.last + 1))
