"""Working days in mainland China, by the State Council's yearly notices.

Source: `china.toml` (notices 国办发明电 of the General Office of the State Council, each with its number and day of
publication). A year may have several versions, when a later notice amended the first; which one is used depends
on the day as of which one looks.

Limit: a year counts as published once its own notice is. The notice of the following year may still restate its
last days (2018-12-29 to 31 by the notice for 2019); within the data set such days are taken from that notice.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

from .workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Break:
    """Days off under one holiday's name: `first` to `last`, inclusive ordinals."""

    name: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Arrangement:
    """One version of one year's arrangement. `dated`, `published`, `work`: ordinals."""

    name: str
    year: int
    notice: str
    dated: int
    published: int
    off: tuple[Break, ...]
    work: tuple[int, ...]

    def stated(self) -> dict[int, bool]:
        """The days the notice speaks of, day -> working."""
        days = {day: False for stretch in self.off for day in range(stretch.first, stretch.last + 1)}
        days.update(dict.fromkeys(self.work, True))
        return days


@cache
def _data() -> tuple[str, tuple[Arrangement, ...]]:
    from importlib.resources import files  # here and not above: only the first calendar needs it

    raw: dict[str, Any] = tomllib.loads(files(__package__).joinpath("china.toml").read_text(encoding="utf-8"))

    def day(value: date) -> int:
        return value.toordinal()

    versions = (
        Arrangement(
            name=name,
            year=table["year"],
            notice=table["notice"],
            dated=day(table["dated"]),
            published=day(table["published"]),
            off=tuple(Break(o["name"], day(o["first"]), day(o["last"])) for o in table["off"]),
            work=tuple(day(w) for w in table["work"]),
        )
        for name, table in raw["arrangement"].items()
    )
    return raw["edition"], tuple(sorted(versions, key=lambda a: (a.year, a.published)))


def edition() -> str:
    """The name of the data set."""
    return _data()[0]


def arrangements() -> tuple[Arrangement, ...]:
    """All versions of all years, by year and day of publication."""
    return _data()[1]


@lru_cache(maxsize=1024)
def chosen_arrangements(as_of: int | None = None, version: str | None = None) -> tuple[Arrangement, ...]:
    """One version of each year, by year: what `work_calendar` of the same arguments is made from."""
    named = {item.name: item for item in arrangements()}
    if version not in (None, "original", "latest", *named):
        raise ValueError(
            f"unknown version {version!r} of the working-day calendar: original or latest, or one of {', '.join(named)}"
        )
    chosen: dict[int, Arrangement] = {}
    for item in arrangements():  # oldest first within a year, so the last one that passes is the newest
        later = version != "latest" and as_of is not None and item.published > as_of
        if item.year in chosen and (version == "original" or later):
            continue
        chosen[item.year] = item
    if version in named:
        chosen[named[version].year] = named[version]
    return tuple(chosen.values())


@lru_cache(maxsize=64)
def _build(names: tuple[str, ...], local: tuple[tuple[int, bool], ...], local_name: str | None) -> WorkCalendar:
    # By name, because the cache hashes its arguments at every call.
    chosen = [item for item in arrangements() if item.name in names]
    years = {item.year for item in chosen}
    # In order of years: what the notice of a year says of the December before goes over that December's own notice.
    stated: dict[int, bool] = {}
    for item in chosen:
        stated.update(item.stated())
    version = "+".join([_data()[0], *(item.name for item in chosen if item.name != str(item.year))])
    if local or local_name is not None:
        from hashlib import sha256

        for day, _ in local:
            if date.fromordinal(day).year not in years:
                raise ValueError(f"local day {date.fromordinal(day)}: no working-day arrangement of that year is known")
        stated.update(local)
        text = ",".join(f"{day}:{int(works)}" for day, works in local)
        named = "" if local_name is None else f"{local_name}-"
        version += f"+local-{named}{sha256(text.encode()).hexdigest()[:8]}"
    return WorkCalendar.build(version, years, stated)


def work_calendar(
    *,
    as_of: int | None = None,
    version: str | None = None,
    extra: Mapping[int, bool] | None = None,
    extra_name: str | None = None,
) -> WorkCalendar:
    """The working-day calendar of China, cached.

    Of each year the newest version published on or before `as_of` (ordinal; None: no limit), else the first.
    So `as_of` chooses among versions only: a whole year stays in though its notice came later, because the data
    set knows it and learning of a notice does not change which days were worked.
    `version` pins "original" (first versions) or "latest" whatever `as_of` is; the name of one arrangement pins that
    year and leaves the others to `as_of`. ValueError for any other.
    `extra` are local days (day -> True where worked) that go over the national arrangement; they must lie in years
    the data set has. The calendar's `version` names the amended versions in it, and the local days by `extra_name` and
    a digest.
    """
    local = tuple(sorted((day, bool(works)) for day, works in extra.items())) if extra else ()
    names = _names(as_of, version)
    return _build(names, local, extra_name)


@lru_cache(maxsize=1024)
def _names(as_of: int | None, version: str | None) -> tuple[str, ...]:
    return tuple(item.name for item in chosen_arrangements(as_of, version))
