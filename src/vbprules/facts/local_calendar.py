"""Files of local days, and the calendar that a caller asks for by a version's name or such a file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from vbprules.bundles.bundled import Bundled
from vbprules.bundles.reading import CALENDAR, inner
from vbprules.calendar import (
    ChosenCalendar,
    LocalCalendar,
    LocalDays,
    arrangements,
    chosen_calendar,
    work_calendar,
)
from vbprules.diagnostics import Report, Source, suggest
from vbprules.facts.dossier import read_source
from vbprules.language.shape import Shape, elements
from vbprules.reading import Node, Scalar, read
from vbprules.values.figures import parse_date, show_date

_TOP: Final = ("calendar", "title", "en", "days", "note")
_KEYS: Final = ("name", "en", "day", "from", "through", "works", "source", "published", "note")
_WHERE: Final = "days"
_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,79}")
_PINS: Final = ("original", "latest")


def choose_calendar(
    calendar: str | Path | LocalCalendar | None, as_of: int | None, report: Report, version: str | None = None
) -> ChosenCalendar:
    """The calendar for a day: by its date (None), a version's name, the path of a local calendar, or one already read.

    ``version`` pins the national arrangement beneath a local calendar. A slip goes to ``report``.
    """
    local: LocalCalendar | None = None
    if isinstance(calendar, str) and _is_version(calendar):
        version = calendar
    elif isinstance(calendar, LocalCalendar):
        local = calendar
    elif calendar is not None:
        local = _named(calendar, report)
    return chosen_calendar(as_of=as_of, version=_known(version, report), local=local)


def adopted_calendar(
    given: str | Path | LocalCalendar | None, bundles: Iterable[Bundled | None], as_of: int | None, report: Report
) -> ChosenCalendar:
    """The calendar that counts: the one given, or that of the bundles of policies. Slips go to ``report``."""
    chosen = None if given is None else choose_calendar(given, as_of, report)
    for bundle in bundles:
        if bundle is None:
            continue
        local = None
        if bundle.local_calendar is not None:
            local = _bundled_calendar(bundle, bundle.local_calendar, report)
        own = chosen_calendar(as_of=as_of, version=_known(bundle.version, report), local=local)
        if chosen is not None and (chosen.pinned, chosen.local_calendar) != (own.pinned, own.local_calendar):
            with report.source(Source(bundle.name, "")):
                report.error("bundle_own", None, what="calendar")
        chosen = own
    return choose_calendar(None, as_of, report) if chosen is None else chosen


def _bundled_calendar(bundle: Bundled, data: bytes, report: Report) -> LocalCalendar | None:
    name = inner(bundle.name, CALENDAR)
    with report.source(name):
        root = read(data, name, report)
        return None if root is None else _local_calendar(root, report)


def _known(version: str | None, report: Report) -> str | None:
    if version is None or _is_version(version):
        return version
    _unknown(version, report)
    return None


def versions() -> tuple[str, ...]:
    """Every name of a version: original, latest, and the versions of single years."""
    return (*_PINS, *(item.name for item in arrangements()))


def _is_version(name: str) -> bool:
    return name in versions()


def _named(name: str | Path, report: Report) -> LocalCalendar | None:
    text = os.fspath(name)
    if isinstance(name, str) and not (text.endswith((".yaml", ".yml")) or "/" in text or Path(text).exists()):
        _unknown(text, report)
        return None
    return read_local_calendar(Path(text), report)


def _unknown(name: str, report: Report) -> None:
    with report.source(Source("calendar", "")):
        report.error("unknown_calendar", None, name=name, suggestion=suggest(name, versions()))


def read_local_calendar(source: Path | str | Mapping[str, Any], report: Report | None = None) -> LocalCalendar | None:
    """A local calendar from a path, YAML text or a mapping.

    Raises InputError with every finding unless a ``report`` is given to collect them; then None after a slip.
    """
    own = report or Report()
    before = own.error_count
    current = own.current
    root = read_source(source, "calendar", own)
    found = _local_calendar(root, own) if root is not None else None
    if current is not None:
        own.use(current)
    if report is None:
        own.raise_if_errors()
    return found if own.error_count == before else None


def _local_calendar(root: Node, report: Report) -> LocalCalendar:
    top = Shape(root, report, "calendar", _TOP)
    name = _text(top, "calendar")
    if name and _ID.fullmatch(name) is None:
        report.error("bad_id", top.get("calendar"), value=name)
    title = _text(top, "title")
    listed = top.require("days")
    before = report.error_count
    days: list[LocalDays] = []
    lines: dict[int, int] = {}
    for node in elements(listed, report, _WHERE):
        found = _days(node, report)
        if found is not None and _first_time(found, node, lines, report):
            days.append(found)
            _says_something(found, node, report)
    if listed is not None and not days and report.error_count == before:
        report.error("local_without_days", listed)
    return LocalCalendar(name, title, tuple(days), top.text("en"))


def _days(node: Node, report: Report) -> LocalDays | None:
    before = report.error_count
    s = Shape(node, report, _WHERE, _KEYS)
    name, source = _text(s, "name"), _text(s, "source")
    s.require("works")
    works = s.flag("works")
    published = _day(s.get("published"), report)
    single, ends = "day" in s, ("from" in s, "through" in s)
    if single == any(ends) or any(ends) != all(ends):
        report.error("local_day_form", node)
    first = _day(s.get("day") or s.get("from"), report)
    last = first if single else _day(s.get("through"), report)
    if first is None or last is None or report.error_count > before:
        return None
    if last < first:
        report.error("bad_range", s.get("through"), text=f"{show_date(first)}..{show_date(last)}")
        return None
    known = work_calendar().years
    outside = next((day for day in (first, last) if work_calendar().is_working(day) is None), None)
    if outside is not None:
        years = f"{known[0]}–{known[-1]}"
        report.error("local_year_unknown", node, date=show_date(outside), years=years)
        return None
    return LocalDays(name, first, last, works, source, published, s.text("en"))


def _text(s: Shape, key: str) -> str:
    """A text that must be there and say something."""
    found = s.required_text(key).strip()
    if key in s and not found:
        s.report.error("missing_key", s.get(key), key=key, where=s.where)
    return found


def _day(node: Node | None, report: Report) -> int | None:
    """One whole day; a slip is reported."""
    if node is None:
        return None
    text = node.text if isinstance(node, Scalar) else "…"
    try:
        found = parse_date(text)
    except ValueError:
        found = None
    if found is None:
        report.error("bad_date", node, text=text)
    return found


def _first_time(found: LocalDays, node: Node, lines: dict[int, int], report: Report) -> bool:
    for day in range(found.first, found.last + 1):
        if day in lines:
            report.error("local_day_twice", node, date=show_date(day), first_line=lines[day])
            return False
    lines.update(dict.fromkeys(range(found.first, found.last + 1), node.mark.line))
    return True


def _says_something(found: LocalDays, node: Node, report: Report) -> None:
    """A hint where every day is as stated in all versions of the national arrangement: perhaps another was meant."""
    calendars = (work_calendar(version="original"), work_calendar(version="latest"))
    days = range(found.first, found.last + 1)
    if all(calendar.is_working(day) is found.works for day in days for calendar in calendars):
        report.hint("local_day_changes_nothing", node, dates=[show_date(day) for day in days])
