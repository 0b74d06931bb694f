"""``vbprules calendar``: a term counted day by day, one day, a year's arrangement, or all versions."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from vbprules.calendar.counting import Counted, TermUnit, count_term
from vbprules.cli.output import Console
from vbprules.cli.parser import Namespace
from vbprules.diagnostics import Report, Source, render
from vbprules.facts.local_calendar import choose_calendar
from vbprules.printing import calendar_data as data
from vbprules.printing.calendar_page import CalendarPage
from vbprules.printing.page import Page
from vbprules.printing.terminal import to_terminal
from vbprules.values.figures import DAYS, MONTHS, WORKING_DAYS, YEARS, normal, parse_date, parse_figure

_SHORT: Final[dict[str, TermUnit]] = {"wd": "working_days", "d": "days", "m": "months", "y": "years"}
_LONG: Final[dict[str, TermUnit]] = {
    WORKING_DAYS: "working_days",
    DAYS: "days",
    MONTHS: "months",
    YEARS: "years",
}
_TERM: Final = re.compile(r"([+-]?)\s*([0-9]{1,4})\s*(wd|d|m|y)")
_MOST: Final = 9999


def run(args: Namespace, console: Console) -> int:
    """Print what is asked; a year without an arrangement is an answer, not a failure. Raises InputError."""
    term = None if args.term is None else _term(args.term)
    refusal = _refusal(args, term)
    if refusal:
        console.tell(refusal)
        return 2
    report = Report()
    as_of = _day(args.as_of, "--as-of", report) if args.as_of else None
    start = _day(args.day, "DATE", report) if args.day else None
    calendar = choose_calendar(args.local, as_of, report, args.calendar_version)
    report.raise_if_errors(args.lang)
    console.tell(render(report.sorted_findings(), args.lang, console.error_color))
    page = CalendarPage(calendar, args.lang)
    found: dict[str, Any]
    shown: Page
    if args.year is not None:
        found, shown = data.year_data(calendar, args.year), page.year(args.year)
    elif start is None:
        found, shown = data.overview_data(calendar), page.overview()
    elif term is None:
        found, shown = data.day_data(calendar, start), page.single(start)
    else:
        ways = {"next": (False,), "same": (True,), "both": (False, True)}[args.first_day]
        try:
            counted: list[Counted] = [count_term(calendar, start, *term, counts_start=way) for way in ways]
        except ValueError:
            console.tell(
                f"用法错误：{args.term} 超出了 1 至 9999 年\nusage error: {args.term} leaves the years 1 to 9999"
            )
            return 2
        found, shown = data.term_data(calendar, counted), page.term(counted, args.all)
    if args.json:
        console.write_utf8(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
    else:
        console.write(to_terminal(shown, console.columns, console.color))
    return 0


def _refusal(args: Namespace, term: tuple[int, TermUnit] | None) -> str:
    if args.year is not None and args.day is not None:
        return "用法错误：--year 不与日期同用\nusage error: --year stands without a date"
    if args.term is not None and term is None:
        return (
            f"用法错误：“{args.term}”不是期限，应写 +10wd、-5wd、+30d、+1m、+2y，或 10个工作日、30天\n"
            f'usage error: "{args.term}" is no term; write +10wd, -5wd, +30d, +1m, +2y, or "10 working days"'
        )
    return ""


def _term(text: str) -> tuple[int, TermUnit] | None:
    """``+10wd``, ``-5wd``, ``30d``, ``+1m``, ``2y``, or a duration in the words of the language."""
    plain = normal(text)
    match = _TERM.fullmatch(plain)
    if match is not None:
        n, unit = int(match[2]), _SHORT[match[3]]
    else:
        figure = parse_figure(plain.lstrip("+-"))
        if (
            figure is None
            or figure.unit not in _LONG
            or not figure.range.exact
            or len(plain) - len(plain.lstrip("+-")) > 1
        ):
            return None
        n, unit = int(str(figure.range.lo)), _LONG[figure.unit]
    if not 0 < n <= _MOST:
        return None
    return (-n if plain.startswith("-") else n), unit


def _day(text: str, where: str, report: Report) -> int | None:
    try:
        found = parse_date(text)
    except ValueError:
        found = None
    if found is None:
        with report.source(Source(where, "")):
            report.error("bad_date", None, text=text)
    return found
