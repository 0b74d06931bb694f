"""Counted terms, single days and the arrangements of years, for a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from vbprules.calendar import Arrangement, ChosenCalendar, LocalDays, arrangements
from vbprules.calendar.counting import Counted, Step, count_term
from vbprules.printing import calendar_words as words
from vbprules.printing.calendar_grounds import (
    Ground,
    grounds_of_days,
    grounds_of_terms,
    may_be_restated,
    other_days,
    other_ends,
    others,
)
from vbprules.printing.page import DOT, Page, dim, strong
from vbprules.values.figures import show_date

_MOST_ROWS: Final = 45  # beyond this, days of one kind in a row share a line


class CalendarPage:
    """What is said of one chosen calendar."""

    def __init__(self, calendar: ChosenCalendar, lang: str) -> None:
        self.calendar, self.lang, self.as_of = calendar, lang, calendar.as_of
        self.page = Page()

    def say(self, zh: str, en: str) -> str:
        return en if self.lang == "en" else zh

    # A term

    def term(self, found: Sequence[Counted], every_day: bool = False) -> Page:
        """Each way of counting with its days, then what they rest on."""
        for item in found:
            self.page.heading(words.title(item, self.lang))
            self._result(item)
            self._restated(item)
            self._steps(item, every_day)
        self._grounds(grounds_of_terms(self.calendar, found), lambda other: self._other_ends(other, found))
        return self.page

    def _result(self, item: Counted) -> None:
        end = self.say("末日", "last day") if item.n > 0 else self.say("倒数至", "counted back to")
        if item.last is None:
            text = words.bound(item, self.calendar, self.lang)
            self.page.item(f"{end}{self.say('待定：', ' open: ')}", strong(text), marker="?", style="warn")
            left = abs(item.n) - item.counted
            self.page.item(
                self.say(
                    f"已数 {item.counted} 个工作日，还差 {left} 个",
                    f"{item.counted} working days counted, {left} still to come",
                ),
                level=1,
            )
            return
        last = self.calendar.day(item.last)
        what = words.kind(last, self.lang)
        self.page.item(f"{end} ", strong(words.dated(item.last, self.lang)), f"  {what}", marker="●", style="good")
        after = self.calendar.day(item.last + 1)
        self.page.item(
            self.say("次日 ", "the day after "),
            f"{words.dated(after.day, self.lang)}  {words.kind(after, self.lang)}",
            level=1,
        )
        if item.unit in ("months", "years"):
            self._month_rule(item)
        if item.n > 0 and last.works is False:
            self._rest_day(item.last)

    def _month_rule(self, item: Counted) -> None:
        rule = self.say(
            "规则：到对应日为止；没有对应日的，取月末日",
            "rule: to the corresponding day; where there is none, to the end of the month",
        )
        if item.counts_start:
            rule += self.say("；当日计入的，到对应日的前一日", "; where the day itself counts, one day less")
        self.page.item(dim(rule), level=1)
        if item.short_month:
            wanted = date.fromordinal(item.start).day
            end = count_term(self.calendar, item.start, item.n, item.unit).last
            assert end is not None
            there = date.fromordinal(end)
            text = self.say(
                f"{there.year} 年 {there.month} 月没有 {wanted} 日，取月末日 {show_date(end)}",
                f"{there:%Y-%m} has no day {wanted}: its last day is {show_date(end)}",
            )
            self.page.item(text, level=1)

    def _rest_day(self, last: int) -> None:
        following = self.calendar.work.shift(last, 1).day
        next_one = "" if following is None else words.dated(following, self.lang)
        text = self.say(
            "末日是休息日；本库不自动顺延，文件写明的才顺延",
            "the last day is a day off; it moves only where the document says so",
        )
        if next_one:
            text += self.say(f"；其后第一个工作日 {next_one}", f"; the first working day after it is {next_one}")
        self.page.item(dim(text), level=1)

    def _restated(self, item: Counted) -> None:
        """The notice of a year may restate the last days of the year before."""
        year = may_be_restated(self.calendar, item)
        if year is not None:
            text = self.say(
                f"{year + 1} 年的安排可能改动 {year} 年 12 月的最后几天，如 2019 年的改过 2018-12-29 和 2018-12-31",
                f"the arrangement of {year + 1} may yet restate the last days of December {year}, "
                "as that of 2019 restated 2018-12-29 and 2018-12-31",
            )
            self.page.item(text, level=1, marker="!", style="warn")

    def _steps(self, item: Counted, every_day: bool) -> None:
        if not item.steps:
            return
        runs = [[step] for step in item.steps] if every_day or len(item.steps) <= _MOST_ROWS else _runs(item.steps)
        self.page.gap()
        head = (
            self.say("日期", "date"),
            self.say("星期", "weekday"),
            self.say("是什么", "what it is"),
            self.say("第几天", "counted"),
        )
        self.page.table(head, [self._row(run) for run in runs], right=(3,))

    def _row(self, run: Sequence[Step]) -> tuple[str, ...]:
        first, last = run[0], run[-1]
        number = "" if first.number is None else str(first.number)
        if first is last:
            return (
                show_date(first.day.day),
                words.weekday(first.day.day, self.lang),
                words.kind(first.day, self.lang),
                number,
            )
        return (
            f"{show_date(first.day.day)}..{show_date(last.day.day)}",
            f"{words.weekday(first.day.day, self.lang)}–{words.weekday(last.day.day, self.lang)}",
            words.kind(first.day, self.lang),
            f"{number}–{last.number}" if number else "",
        )

    # One day, a year, all years

    def single(self, day: int) -> Page:
        """What one day is, and what says so."""
        found = self.calendar.day(day)
        self.page.item(strong(words.dated(day, self.lang)), f"  {words.kind(found, self.lang)}")
        if found.arrangement is None:
            self.page.item(words.missing_year(date.fromordinal(day).year, self.calendar, self.lang), level=1)
        self._grounds(grounds_of_days(self.calendar, [day]), lambda other: self._other_day(other, day))
        return self.page

    def year(self, year: int) -> Page:
        """A year's arrangement: breaks, make-up days, local days, how many days are worked."""
        item = self.calendar.arrangement(year)
        self.page.heading(self.say(f"{year} 年的工作日", f"Working days of {year}"))
        if item is None:
            self.page.item(words.missing_year(year, self.calendar, self.lang), marker="?", style="warn")
            text = self.say(
                "周一至周五也可能放假，周末也可能上班：跨入这一年的期限只有可靠的一端",
                "Any weekday may be off and any weekend day worked: of a term that reaches into it one end is known",
            )
            self.page.item(text, level=1)
            return self.page
        first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
        count = self.calendar.work.count_between(first - 1, last).days
        self.page.item(
            self.say(
                f"工作日 {count} 天，休息日 {last - first + 1 - (count or 0)} 天",
                f"{count} days worked of {last - first + 1}",
            )
        )
        self.page.gap()
        head = (self.say("放假", "off"), self.say("首日", "first"), self.say("末日", "last"), self.say("天数", "days"))
        rows = [
            (
                words.holiday(stretch.name, self.lang),
                words.dated(stretch.first, self.lang),
                words.dated(stretch.last, self.lang),
                str(stretch.last - stretch.first + 1),
            )
            for stretch in item.off
        ]
        self.page.table(head, rows, right=(3,))
        self.page.gap()
        made_up = self.say("、", ", ").join(words.dated(day, self.lang) for day in item.work)
        self.page.item(self.say("调休上班：", "make-up working days: "), made_up)
        local = [part for part in self.calendar.local if part.first <= last and part.last >= first]
        self._grounds([item, *local], self._other_days)
        return self.page

    def overview(self) -> Page:
        """Every version of every year; those in use are marked."""
        head = tuple(
            self.say(zh, en)
            for zh, en in (
                ("", ""),
                ("年", "year"),
                ("版本", "version"),
                ("文号", "notice"),
                ("成文", "dated"),
                ("公布", "published"),
            )
        )
        rows = [
            (
                "★" if item in self.calendar.arrangements else "",
                str(item.year),
                item.name,
                item.notice,
                show_date(item.dated),
                show_date(item.published),
            )
            for item in arrangements()
        ]
        self.page.table(head, rows)
        self.page.gap()
        following = max(self.calendar.work.years) + 1
        self.page.item(words.missing_year(following, self.calendar, self.lang), marker="?", style="warn")
        self._grounds(())
        return self.page

    # Grounds

    def _grounds(self, found: Iterable[Ground], otherwise: Callable[[Arrangement], str] = lambda _: "") -> None:
        known = list(found)
        if known:
            self.page.heading(self.say("依据", "Grounds"))
        for item in known:
            if isinstance(item, Arrangement):
                self._national(item, otherwise)
            else:
                self._local(item)
        later = [] if self.calendar.local_calendar is None else self.calendar.local_calendar.days
        hidden = len(later) - len(self.calendar.local)
        if hidden and self.as_of is not None:
            text = self.say(
                f"地方日历有 {hidden} 处公布晚于 {show_date(self.as_of)}，不计",
                f"{hidden} local entries were published after {show_date(self.as_of)} and do not count",
            )
            self.page.item(text, marker="!", style="warn")
        day = "" if self.as_of is None else self.say("判断日 ", "as of ") + show_date(self.as_of)
        label = self.say("工作日历 ", "calendar ") + self.calendar.label
        self.page.item(dim(DOT.join(part for part in (label, day) if part)))

    def _national(self, item: Arrangement, otherwise: Callable[[Arrangement], str]) -> None:
        year = self.say(f"{item.year} 年  ", f"{item.year}  ")
        self.page.item(year, words.notice(item, self.lang), marker="·")
        if self.as_of is not None and self.calendar.pinned is None and item.published > self.as_of:
            text = self.say(
                f"公布晚于 {show_date(self.as_of)}；这一年没有更早的版本，仍用它",
                f"published after {show_date(self.as_of)}; no earlier version of that year is known, so it is used",
            )
            self.page.item(text, level=1, marker="!", style="warn")
        for other in others(item):
            self.page.item(self.say("另有 ", "also "), words.notice(other, self.lang), level=1)
            text = otherwise(other)
            if text:
                self.page.item(strong(self.say(f"按它{text}", f"by it {text}")), level=2, marker="→")

    def _other_ends(self, other: Arrangement, found: Sequence[Counted]) -> str:
        ends = other_ends(self.calendar, other, found)
        days = self._listed(self.say("待定", "open") if end is None else words.dated(end, self.lang) for end in ends)
        return self.say(f"是 {days}", days) if days else ""

    def _other_day(self, other: Arrangement, day: int) -> str:
        there = self.calendar.with_version(other.name).day(day)
        if there.kind == self.calendar.day(day).kind:
            return ""
        kind = words.kind(there, self.lang)
        return self.say(f"是{kind}", f"a {kind}")

    def _other_days(self, other: Arrangement) -> str:
        there = self.calendar.with_version(other.name)
        days = (
            f"{words.dated(day, self.lang)} {words.kind(there.day(day), self.lang)}"
            for day in other_days(self.calendar, other)
        )
        listed = self._listed(days)
        return self.say(f"不同的是 {listed}", listed) if listed else ""

    def _listed(self, parts: Iterable[str]) -> str:
        return self.say("、", ", ").join(parts)

    def _local(self, item: LocalDays) -> None:
        days = show_date(item.first) if item.first == item.last else f"{show_date(item.first)}..{show_date(item.last)}"
        local = self.calendar.local_calendar
        title = "" if local is None else (local.en or local.title if self.lang == "en" else local.title)
        name = item.en or item.name if self.lang == "en" else item.name
        published = (
            ""
            if item.published is None
            else self.say("，", ", ")
            + self.say(f"{show_date(item.published)} 公布", f"published {show_date(item.published)}")
        )
        works = self.say("上班", "worked") if item.works else self.say("放假", "off")
        source = self.say(f"：{item.source}", f": {item.source}")
        self.page.item(f"{title}  {name} {days} {works}", source, published, marker="·")


def _runs(steps: Sequence[Step]) -> list[list[Step]]:
    """Steps in a row of one kind and name, all counted or none."""

    def same(step: Step) -> tuple[object, ...]:
        return step.day.kind, step.day.holiday, step.day.local, step.number is None

    runs = [[steps[0]]]
    for before, step in pairwise(steps):
        if same(before) == same(step):
            runs[-1].append(step)
        else:
            runs.append([step])
    return runs
