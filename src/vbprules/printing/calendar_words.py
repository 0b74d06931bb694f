"""Words about days, terms and arrangements, in Chinese and in English."""

from __future__ import annotations

from datetime import date
from typing import Final

from vbprules.calendar import Arrangement, ChosenCalendar, Day
from vbprules.calendar.counting import Counted
from vbprules.values.figures import show_date

_WEEKDAYS: Final = (
    ("周一", "Mon"),
    ("周二", "Tue"),
    ("周三", "Wed"),
    ("周四", "Thu"),
    ("周五", "Fri"),
    ("周六", "Sat"),
    ("周日", "Sun"),
)
_KINDS: Final = {
    "workday": ("工作日", "working day"),
    "make_up": ("调休上班", "make-up working day"),
    "weekend": ("周末", "weekend"),
    "local_work": ("地方上班", "local working day"),
    "local_off": ("地方放假", "local day off"),
    "unpublished": ("安排未公布", "not published"),
}
# The holidays of the Regulation on public holidays; a joined break is named by both.
_HOLIDAYS: Final = {
    "元旦": "New Year's Day",
    "春节": "Spring Festival",
    "清明节": "Qingming",
    "劳动节": "Labour Day",
    "端午节": "Dragon Boat Festival",
    "中秋节": "Mid-Autumn Festival",
    "国庆节": "National Day",
}
_UNITS: Final = {
    "working_days": ("个工作日", "working day"),
    "days": ("天", "day"),
    "months": ("个月", "month"),
    "years": ("年", "year"),
}


def weekday(day: int, lang: str) -> str:
    return _WEEKDAYS[date.fromordinal(day).weekday()][lang == "en"]


def dated(day: int, lang: str) -> str:
    """``2020-01-17（周五）``."""
    return f"{show_date(day)}（{weekday(day, lang)}）" if lang == "zh" else f"{show_date(day)} ({weekday(day, lang)})"


def holiday(name: str, lang: str) -> str:
    """A break's name; what is not in the table stays as the notice has it."""
    return name if lang == "zh" else " and ".join(_HOLIDAYS.get(part, part) for part in name.split("、"))


def kind(day: Day, lang: str) -> str:
    """What a day is: 工作日, 调休上班, 春节, 周末, 地方放假：延迟复工."""
    if day.kind == "holiday":
        return holiday(day.holiday, lang)
    words = _KINDS[day.kind][lang == "en"]
    if day.local is None:
        return words
    return f"{words}：{day.local.name}" if lang == "zh" else f"{words}: {day.local.en or day.local.name}"


def length(item: Counted, lang: str) -> str:
    """``10个工作日``."""
    n, (zh, en) = abs(item.n), _UNITS[item.unit]
    return f"{n}{zh}" if lang == "zh" else f"{n} {en}{'' if n == 1 else 's'}"


def title(item: Counted, lang: str) -> str:
    """The term and how its first day is counted."""
    start = dated(item.start, lang)
    if lang == "zh":
        first = "当日计入" if item.counts_start else ("次日起算，当日不计" if item.n > 0 else "当日不计")
        return f"{start}{'后' if item.n > 0 else '前'}{length(item, lang)}：{first}"
    first = "that day is the first" if item.counts_start else "that day is not counted"
    return f"{length(item, lang)} {'after' if item.n > 0 else 'before'} {start}: {first}"


def bound(item: Counted, calendar: ChosenCalendar, lang: str) -> str:
    """What is known of the end all the same, and what is waited for."""
    assert item.missing is not None
    waits = missing_year(item.missing, calendar, lang)
    low = "" if item.earliest is None else show_date(item.earliest)
    high = "" if item.latest is None else show_date(item.latest)
    if lang == "zh":
        if low and high:
            return f"至早 {low}，至迟 {high}；{waits}"
        return f"至早 {low}，不能更早；{waits}" if low else f"至迟 {high}，不能更晚；{waits}"
    if low and high:
        return f"not before {low} and not after {high}; {waits}"
    return f"{low} at the earliest, never before; {waits}" if low else f"{high} at the latest, never after; {waits}"


def missing_year(year: int, calendar: ChosenCalendar, lang: str) -> str:
    """A year that the data set does not have: not published yet, or older than the data."""
    edition = calendar.work.version.partition("+")[0]
    if year > max(calendar.work.years, default=year):
        zh = f"待公布：{year} 年的安排不在 {edition} 之中，不估计"
        return zh if lang == "zh" else f"pending: {edition} has no arrangement for {year}, and none is estimated"
    zh = f"没有收录 {year} 年的安排（{edition}），不估计"
    return zh if lang == "zh" else f"{edition} does not hold the arrangement of {year}, and none is estimated"


def notice(item: Arrangement, lang: str) -> str:
    """Number, dates and version of a notice."""
    if lang == "zh":
        return f"{item.notice}，{show_date(item.dated)} 成文，{show_date(item.published)} 公布，版本 {item.name}"
    return f"{item.notice}, dated {show_date(item.dated)}, published {show_date(item.published)}, version {item.name}"
