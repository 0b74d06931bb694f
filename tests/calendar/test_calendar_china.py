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


def every_day_agrees(calendar: WorkCalendar, year: int, is_workday: Callable[[date], bool]) -> None:
    first, last = d(f"{year}-01-01"), d(f"{year}-12-31")
    compared = 0
    for day in range(first, last + 1):
        on = date.fromordinal(day)
        assert calendar.is_working(day) is bool(is_workday(on)), on
        compared += 1
    assert compared == (366 if year in (2020, 2024) else 365)


@pytest.mark.parametrize("year", YEARS)
def test_every_day_agrees_with_chinesecalendar(year: int) -> None:
    every_day_agrees(work_calendar(version="latest"), year, package("chinese_calendar").is_workday)


@pytest.mark.parametrize("year", YEARS)
def test_every_day_agrees_with_holidays(year: int) -> None:
    every_day_agrees(work_calendar(version="latest"), year, package("holidays").country_holidays("CN").is_working_day)


def test_the_first_versions_differ_on_the_days_that_the_two_amending_notices_name() -> None:
    """Neither package knows the versions that were amended: these days are from the notices themselves."""
    original, latest = work_calendar(version="original"), work_calendar(version="latest")
    days = range(d("2019-01-01"), d("2026-12-31") + 1)
    differ = {
        date.fromordinal(x).isoformat(): latest.is_working(x)
        for x in days
        if original.is_working(x) is not latest.is_working(x)
    }
    assert differ == {
        # 国办发明电〔2019〕3号: 1 to 4 May off (the 4th is a Saturday); Sundays 28 April and 5 May worked.
        "2019-04-28": True,
        "2019-05-02": False,
        "2019-05-03": False,
        "2019-05-05": True,
        # 国办发明电〔2020〕1号: off to 2 February, back on Monday the 3rd.
        "2020-01-31": False,
        "2020-02-01": False,
    }


def test_after_2026_nothing_is_known_whatever_the_packages_say() -> None:
    """``holidays`` estimates 2027, ``chinesecalendar`` refuses it. Here every day of it is unknown."""
    for version in ("original", "latest"):
        calendar = work_calendar(version=version)
        assert all(calendar.is_working(day) is None for day in range(d("2027-01-01"), d("2029-01-01")))
        assert all(calendar.is_working(day) is not None for day in range(d("2019-01-01"), d("2027-01-01")))
        assert calendar.working[-1] == d("2026-12-31")  # a Thursday
    assert len(package("holidays").country_holidays("CN", years=2027)) > 0
    with pytest.raises(NotImplementedError):
        package("chinese_calendar").is_workday(date(2027, 1, 4))


# Written down from the notices: number, day at the foot, day of publication on gov.cn.
NOTICES = [
    ("2019", "国办发明电〔2018〕15号", "2018-12-04", "2018-12-06"),
    ("2019-mayday", "国办发明电〔2019〕3号", "2019-03-22", "2019-03-22"),
    ("2020", "国办发明电〔2019〕16号", "2019-11-21", "2019-11-21"),
    ("2020-extended", "国办发明电〔2020〕1号", "2020-01-26", "2020-01-27"),
    ("2021", "国办发明电〔2020〕27号", "2020-11-25", "2020-11-25"),
    ("2022", "国办发明电〔2021〕11号", "2021-10-25", "2021-10-25"),
    ("2023", "国办发明电〔2022〕16号", "2022-12-08", "2022-12-08"),
    ("2024", "国办发明电〔2023〕7号", "2023-10-25", "2023-10-25"),
    ("2025", "国办发明电〔2024〕12号", "2024-11-12", "2024-11-12"),
    ("2026", "国办发明电〔2025〕7号", "2025-11-04", "2025-11-04"),
]


def test_every_notice_has_its_number_and_its_days() -> None:
    found = [
        (a.name, a.notice, date.fromordinal(a.dated).isoformat(), date.fromordinal(a.published).isoformat())
        for a in arrangements()
    ]
    assert found == NOTICES


def test_a_notice_may_restate_the_december_before() -> None:
    """国办发明电〔2018〕15号 has Saturday 29 December 2018 worked and Monday 31 December off."""
    stated = next(a for a in arrangements() if a.name == "2019").stated()
    assert {x: stated[d(x)] for x in ("2018-12-29", "2018-12-30", "2018-12-31")} == {
        "2018-12-29": True,
        "2018-12-30": False,
        "2018-12-31": False,
    }
    assert work_calendar().is_working(d("2018-12-29")) is None  # the rest of 2018 is not in the data


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
    assert work_calendar(version="2020").version == "cn-2026.1+2019-mayday"  # that year pinned, the others newest
    assert work_calendar(version="2020", as_of=d("2018-01-01")).version == "cn-2026.1"
    assert work_calendar(version="2020-extended", as_of=d("2018-01-01")).version == "cn-2026.1+2020-extended"
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
