"""The Chinese data: consistency, versions, local days, and two independent data sets day by day."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from types import ModuleType

import pytest

from vbprules.calendar import Arrangement, WorkCalendar, arrangements, work_calendar

YEARS = tuple(range(2019, 2027))


def d(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def package(name: str) -> ModuleType:
    module = pytest.importorskip(name, reason=f"{name} not installed: Chinese working days not cross-checked with it")
    assert isinstance(module, ModuleType)
    return module


def every_day_agrees(calendar: WorkCalendar, is_workday: Callable[[date], bool]) -> None:
    for day in range(d("2019-01-01"), d("2026-12-31") + 1):
        on = date.fromordinal(day)
        assert calendar.is_working(day) is bool(is_workday(on)), on


def test_agrees_with_chinesecalendar() -> None:
    every_day_agrees(work_calendar(version="latest"), package("chinese_calendar").is_workday)


def test_agrees_with_holidays() -> None:
    china = package("holidays").country_holidays("CN", years=range(2019, 2028))
    every_day_agrees(work_calendar(version="latest"), china.is_working_day)


# Made-up days only move days off about: working days = days - weekend days - statutory holidays (11 days, 13 since
# 2025). Only the extension of 2020 took two working days away (31 January, 1 February).
@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2019, 365 - 104 - 11),
        (2020, 366 - 104 - 11 - 2),
        (2021, 365 - 104 - 11),
        (2022, 365 - 105 - 11),
        (2023, 365 - 105 - 11),
        (2024, 366 - 104 - 11),
        (2025, 365 - 104 - 13),
        (2026, 365 - 104 - 13),
    ],
)
def test_working_days_in_the_year(year: int, expected: int) -> None:
    before, last = date(year, 1, 1).toordinal() - 1, date(year, 12, 31).toordinal()
    assert work_calendar().count_between(before, last).days == expected
    if year in (2019, 2020):  # the Labour Day of 2019 moved days, the extension of 2020 did not make up
        original = work_calendar(version="original").count_between(before, last).days
        assert original == {2019: 250, 2020: 251}[year]


@pytest.mark.parametrize("item", arrangements(), ids=lambda item: item.name)
def test_arrangement_is_consistent(item: Arrangement) -> None:
    assert item.name.startswith(str(item.year))
    assert re.fullmatch(r"国办发明电〔20[0-9]{2}〕[1-9][0-9]*号", item.notice)
    assert item.dated <= item.published <= item.dated + 7
    assert int(item.notice[6:10]) == date.fromordinal(item.dated).year
    assert date.fromordinal(item.dated).year == (item.year if "-" in item.name else item.year - 1)
    earliest, latest = d(f"{item.year - 1}-12-25"), d(f"{item.year}-12-31")
    off = [day for stretch in item.off for day in range(stretch.first, stretch.last + 1)]
    assert all(stretch.name and stretch.first <= stretch.last for stretch in item.off)
    assert all(earliest <= day <= latest for day in (*off, *item.work))
    assert off == sorted(set(off)) and list(item.work) == sorted(set(item.work))
    assert all(date.fromordinal(day).weekday() >= 5 for day in item.work)
    assert not set(off) & set(item.work)
    # Seven festivals, of which two may be joined in one break.
    assert sorted("、".join(stretch.name for stretch in item.off).split("、")) == sorted(
        ["元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"]
    )


def test_years_and_names() -> None:
    assert tuple(sorted({item.year for item in arrangements()})) == YEARS
    assert {item.name for item in arrangements()} - {str(y) for y in YEARS} == {"2019-mayday", "2020-extended"}
    assert work_calendar().years == YEARS


def test_versions_by_day() -> None:
    assert work_calendar().version == "cn-2026.1+2019-mayday+2020-extended"
    assert work_calendar(version="original").version == "cn-2026.1"
    for as_of, expected in (
        ("2018-01-01", "cn-2026.1"),  # before any notice: first versions, all years
        ("2019-03-21", "cn-2026.1"),
        ("2019-03-22", "cn-2026.1+2019-mayday"),
        ("2020-01-20", "cn-2026.1+2019-mayday"),
        ("2020-01-26", "cn-2026.1+2019-mayday"),
        ("2020-01-27", "cn-2026.1+2019-mayday+2020-extended"),
        ("2026-12-31", "cn-2026.1+2019-mayday+2020-extended"),
    ):
        calendar = work_calendar(as_of=d(as_of))
        assert (calendar.version, calendar.years) == (expected, YEARS), as_of
    assert work_calendar(as_of=d("2020-01-20")).is_working(d("2020-02-01")) is True
    assert work_calendar(as_of=d("2020-01-27")).is_working(d("2020-02-01")) is False


def test_pinned_version_goes_over_as_of() -> None:
    assert work_calendar(as_of=d("2018-01-01"), version="latest") is work_calendar()
    assert work_calendar(as_of=d("2026-01-01"), version="original") is work_calendar(version="original")
    with pytest.raises(ValueError, match="original or latest"):
        work_calendar(version="newest")


def test_cached() -> None:
    assert work_calendar() is work_calendar(as_of=d("2020-01-27"))
    extra = {d("2020-02-03"): False, d("2020-02-04"): False}
    assert work_calendar(extra=extra) is work_calendar(extra=dict(reversed(extra.items())))
    assert work_calendar(extra={}) is work_calendar()
    assert hash(work_calendar()) != hash(work_calendar(version="original"))


def test_local_days() -> None:
    # Shanghai in 2020: work not before 10 February.
    closed = dict.fromkeys(range(d("2020-02-03"), d("2020-02-10")), False)
    local = work_calendar(extra=closed)
    assert local.shift(d("2020-01-23"), 1).day == d("2020-02-10")
    assert local.is_working(d("2020-02-10")) is True
    assert work_calendar(extra={d("2020-02-08"): True}).is_working(d("2020-02-08")) is True
    assert re.fullmatch(r"cn-2026\.1\+2019-mayday\+2020-extended\+local-[0-9a-f]{8}", local.version)
    assert local.version != work_calendar(extra={d("2020-02-03"): False}).version
    assert work_calendar().is_working(d("2020-02-03")) is True  # the shared calendar is untouched
    with pytest.raises(ValueError, match="2027-02-01"):
        work_calendar(extra={d("2027-02-01"): False})


def test_import_is_light() -> None:
    # The parent package comes first: what it needs is not the calendar's doing.
    code = (
        "import sys, vbprules; before = set(sys.modules)\n"
        "import vbprules.calendar; from vbprules.calendar import china\n"
        "assert china._data.cache_info().currsize == 0, 'data read on import'\n"
        "loaded = {name.partition('.')[0] for name in set(sys.modules) - before}\n"
        "assert loaded <= set(sys.stdlib_module_names) | {'vbprules'}, loaded\n"
    )
    subprocess.run(
        [sys.executable, "-c", code], check=True, env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    )
