"""One calendar for one question: the notices and local days it rests on, and what each of its days is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from .china import Arrangement, chosen_arrangements, work_calendar
from .china import arrangements as known_arrangements
from .local import LocalCalendar, LocalDays, by_day
from .workdays import WorkCalendar

DayKind = Literal["workday", "make_up", "weekend", "holiday", "local_work", "local_off", "unpublished"]


@dataclass(frozen=True, slots=True)
class Day:
    """One day: what it is, and the arrangement or local days that say so (both None where its year is unpublished)."""

    day: int
    kind: DayKind
    holiday: str = ""
    arrangement: Arrangement | None = None
    local: LocalDays | None = None

    @property
    def works(self) -> bool | None:
        """None where its year is not published."""
        return None if self.kind == "unpublished" else self.kind in ("workday", "make_up", "local_work")


@dataclass(frozen=True, slots=True)
class ChosenCalendar:
    """`arrangements`: one version of each year; `local`: the local days in sight; `pinned`: the version asked for;
    `as_of`: the day (ordinal) at whose close one looks, None for all that is known.
    """

    arrangements: tuple[Arrangement, ...]
    work: WorkCalendar
    local_calendar: LocalCalendar | None = None
    local: tuple[LocalDays, ...] = ()
    pinned: str | None = None
    as_of: int | None = None
    _local_days: Mapping[int, LocalDays] = field(default_factory=dict, repr=False, compare=False)

    @property
    def label(self) -> str:
        """What a receipt says: the calendar's version, and the version that was asked for rather than the day's."""
        return self.work.version if self.pinned is None else f"{self.work.version} ({self.pinned})"

    def with_version(self, name: str) -> ChosenCalendar:
        """The calendar of the same day and local days with a version of one year pinned."""
        return chosen_calendar(as_of=self.as_of, version=name, local=self.local_calendar)

    def seen_on(self, day: int) -> ChosenCalendar:
        """The same choice at the close of another day."""
        if day == self.as_of:
            return self
        return chosen_calendar(as_of=day, version=self.pinned, local=self.local_calendar)

    def published(self) -> tuple[int, ...]:
        """Every day on which a version or local days come to be known, whether or not that changes anything."""
        local = () if self.local_calendar is None else self.local_calendar.days
        stated = tuple(item.published for item in local if item.published is not None)
        return (*(item.published for item in known_arrangements()), *stated)

    def newer_than(self, before: ChosenCalendar) -> tuple[Arrangement | LocalDays, ...]:
        """What counts here and did not yet count there: versions of a year, local days."""
        versions = tuple(item for item in self.arrangements if item not in before.arrangements)
        return (*versions, *(item for item in self.local if item not in before.local))

    def arrangement(self, year: int) -> Arrangement | None:
        """The version of a year that is used."""
        return next((item for item in self.arrangements if item.year == year), None)

    def day(self, day: int) -> Day:
        """What a day is. Local days go over the notices, and the notice of a year over that of the year before."""
        works = self.work.is_working(day)
        if works is None:
            return Day(day, "unpublished")
        year = date.fromordinal(day).year
        own, next_one = self.arrangement(year), self.arrangement(year + 1)
        local = self._local_days.get(day)
        if local is not None:
            return Day(day, "local_work" if local.works else "local_off", "", own, local)
        for item in (next_one, own):
            if item is None:
                continue
            if day in item.work:
                return Day(day, "make_up", "", item)
            name = next((stretch.name for stretch in item.off if stretch.first <= day <= stretch.last), None)
            if name is not None:
                return Day(day, "holiday", name, item)
        return Day(day, "workday" if works else "weekend", "", own)


def chosen_calendar(
    *, as_of: int | None = None, version: str | None = None, local: LocalCalendar | None = None
) -> ChosenCalendar:
    """The calendar as `work_calendar` makes it, with its grounds. ValueError for an unknown version."""
    days = local.visible(as_of) if local is not None else ()
    each = dict(by_day(days))
    work = work_calendar(
        as_of=as_of,
        version=version,
        extra={day: item.works for day, item in each.items()},
        extra_name=None if local is None else local.id,
    )
    return ChosenCalendar(chosen_arrangements(as_of, version), work, local, days, version, as_of, each)
