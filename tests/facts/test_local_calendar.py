"""Files of local days: what they say, what is wrong with them and where, and what a decision makes of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from vbprules import InputError, evaluate, read_local_calendar
from vbprules.catalog import check
from vbprules.diagnostics import BY_CODE, CATALOGUE, Report
from vbprules.facts.local_calendar import choose_calendar

TEXT = """\
calendar: some_city
title: 某市延迟复工
en: Some City
days:
  - {name: 延迟复工, en: late return, from: 2020-02-03, through: 2020-02-09, works: no, source: 某府通告, published: 2020-01-27}
  - {name: 补班, day: 2020年2月15日, works: 是, source: 某府通知}
"""


def d(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def test_what_a_file_says() -> None:
    found = read_local_calendar(TEXT)
    assert found is not None
    assert (found.id, found.title, found.en) == ("some_city", "某市延迟复工", "Some City")
    closed, worked = found.days
    assert (closed.first, closed.last, closed.works) == (d("2020-02-03"), d("2020-02-09"), False)
    assert (closed.source, closed.published, closed.en) == ("某府通告", d("2020-01-27"), "late return")
    assert (worked.first, worked.last, worked.works, worked.published) == (d("2020-02-15"), d("2020-02-15"), True, None)
    assert found.visible(d("2020-01-26")) == (worked,)
    assert found.visible(d("2020-01-27")) == found.visible(None) == (closed, worked)


def entry(**other: Any) -> str:
    cells = {"name": "补班", "day": "2020-02-15", "works": "yes", "source": "某府通知", **other}
    inner = ", ".join(f"{key}: {value}" for key, value in cells.items() if value is not None)
    return f"calendar: c\ntitle: 某市\ndays:\n  - {{{inner}}}\n"


@pytest.mark.parametrize(
    ("text", "code", "line", "says"),
    [
        ("title: 某市\ndays: [{name: a, day: 2020-02-15, works: yes, source: b}]\n", "missing_key", 1, "calendar"),
        ("calendar: 某市\ntitle: 某市\ndays: []\n", "bad_id", 1, "某市"),
        ("calendar: c\ntitle: 某市\ndays: []\n", "local_without_days", 3, "没有日子"),
        ("calendar: c\ntitle: 某市\n", "missing_key", 1, "days"),
        ("calendar: c\ntitle: 某市\ndays: 2020-02-15\n", "not_a_list", 3, "days"),
        ("calendar: c\ntitle: 某市\ndayz: []\n", "unknown_key", 3, "days"),
        (entry(source=None), "missing_key", 4, "source"),
        (entry(source='""'), "missing_key", 4, "source"),
        (entry(name=None), "missing_key", 4, "name"),
        (entry(works=None), "missing_key", 4, "works"),
        (entry(works="休"), "bad_choice", 4, "休"),
        (entry(day=None), "local_day_form", 4, "哪一天"),
        (entry(day=None, through="2020-02-15"), "local_day_form", 4, "哪一天"),
        (entry(through="2020-02-16"), "local_day_form", 4, "哪一天"),
        (entry(day="2020-02-30"), "bad_date", 4, "2020-02-30"),
        (entry(day="2020-02"), "bad_date", 4, "2020-02"),
        (entry(published="昨天"), "bad_date", 4, "昨天"),
        (entry(day=None, **{"from": "2020-02-16", "through": "2020-02-15"}), "bad_range", 4, "2020-02-16..2020-02-15"),
        (entry(day="2027-02-05"), "local_year_unknown", 4, "2027-02-05"),
        (entry(day="2018-12-29"), "local_year_unknown", 4, "2018-12-29"),
        (TEXT + "  - {name: 又, day: 2020-02-05, works: yes, source: 某}\n", "local_day_twice", 7, "第 5 行"),
    ],
)
def test_slips_are_told_where_they_are(text: str, code: str, line: int, says: str) -> None:
    with pytest.raises(InputError) as caught:
        read_local_calendar(text)
    found = [item for item in caught.value.findings if item.code == CATALOGUE[code].code]
    assert found, [BY_CODE[item.code].zh for item in caught.value.findings]
    assert found[0].mark is not None and found[0].mark.line == line
    assert says in found[0].message("zh") + found[0].hint("zh")
    assert caught.value.findings[0].message("en") and caught.value.findings[0].hint("en")


def test_every_slip_is_told_at_once() -> None:
    text = "calendar: c\ntitle: 某市\ndays:\n  - {name: a, day: 2020-02-30, works: no, source: b}\n  - {name: a, day: 2027-02-05, works: no, source: b}\n"
    with pytest.raises(InputError) as caught:
        read_local_calendar(text)
    assert [(item.code, item.mark.line if item.mark else 0) for item in caught.value.findings] == [
        ("E112", 4),
        ("K103", 5),
    ]


def test_a_day_that_changes_nothing_gets_a_hint() -> None:
    report = Report()
    # An ordinary Saturday off, and Saturday 1 February 2020, which is off in one version and worked in the other.
    text = entry(works="no") + "  - {name: 休, day: 2020-02-01, works: no, source: 某}\n"
    assert read_local_calendar(text, report) is not None
    assert [(item.code, item.severity, dict(item.args)["dates"]) for item in report.findings] == [
        ("K105", "hint", "2020-02-15")
    ]


def test_choosing(tmp_path: Path) -> None:
    path = tmp_path / "某市.yaml"
    path.write_text(TEXT, "utf-8")
    day = d("2020-02-01")
    report = Report()
    assert choose_calendar(None, day, report).label == "cn-2026.1+2019-mayday+2020-extended"
    assert choose_calendar("original", day, report).label == "cn-2026.1 (original)"
    assert choose_calendar("2020", day, report).label == "cn-2026.1+2019-mayday (2020)"
    by_path, by_text = choose_calendar(path, day, report), choose_calendar(str(path), day, report)
    assert by_path.label == by_text.label == choose_calendar(read_local_calendar(path), day, report).label
    assert by_path.label.startswith("cn-2026.1+2019-mayday+2020-extended+local-some_city-")
    both = choose_calendar(path, day, report, version="original")
    assert both.label.startswith("cn-2026.1+local-some_city-") and both.label.endswith(" (original)")
    assert report.findings == []


@pytest.mark.parametrize(
    ("calendar", "code", "says"),
    [
        ("latets", "K101", "是不是“latest”"),
        ("nowhere.yaml", "Y030", "nowhere.yaml"),
        (Path("nowhere"), "Y030", "nowhere"),
    ],
)
def test_no_such_calendar(calendar: str | Path, code: str, says: str) -> None:
    with pytest.raises(InputError) as caught:
        evaluate("hechuan_2025", {"institution": {"kind": "hospital"}}, "2026-01-01", calendar=calendar)
    found = caught.value.findings[0]
    assert found.code == code and says in found.message() + found.hint()


POLICY = """\
language: 1
policy: ten_days
document:
  title: 测试
  en: Test
  number: 测〔2020〕1号
  issued: 2020-01-01
  issuer: 测试局
  region: 测试省
  rank: province
  in_force: {from: issued, until: silent}
  conventions: {first_day: next_day}
clauses: [{no: 一, starts: 一、付款, text: 付款, en: payment}]
provisions:
  pay:
    obligation: 10个工作日内付款
    en: Pay within 10 working days
    cite: 一“10个工作日内付款”
    by: institution
    toward: supplier
    for_each: receipt
    due: {count: 10 working days, after: accepted_on}
    done: settled_on
"""
FACTS: dict[str, Any] = {
    "institution": {"kind": "hospital"},
    "receipts": [{"id": "R", "accepted_on": "2020-01-17", "amount": "1.00"}],
    "payments": "none",
}


# Ten working days after 17 January 2020: 5 February by the first notice, 7 February by the second, 14 February where
# the city is closed to the 9th. As of the close of 6 February:
@pytest.mark.parametrize(
    ("calendar", "due", "state", "label"),
    [
        (None, "2020-02-07", "open", "cn-2026.1+2019-mayday+2020-extended"),
        ("latest", "2020-02-07", "open", "cn-2026.1+2019-mayday+2020-extended (latest)"),
        ("original", "2020-02-05", "breached_unperformed", "cn-2026.1 (original)"),
        ("2020", "2020-02-05", "breached_unperformed", "cn-2026.1+2019-mayday (2020)"),
        ("2020-extended", "2020-02-07", "open", "cn-2026.1+2019-mayday+2020-extended (2020-extended)"),
        ("file", "2020-02-14", "open", "cn-2026.1+2019-mayday+2020-extended+local-some_city-"),
        ("read", "2020-02-14", "open", "cn-2026.1+2019-mayday+2020-extended+local-some_city-"),
    ],
)
def test_a_decision_by_the_calendar_that_was_chosen(
    calendar: str | None, due: str, state: str, label: str, tmp_path: Path
) -> None:
    chosen: Any = calendar
    if calendar in ("file", "read"):
        chosen = tmp_path / "city.yaml"
        chosen.write_text(TEXT, "utf-8")
        if calendar == "read":
            chosen = read_local_calendar(chosen)
    report = Report()
    program = check(POLICY.encode(), "ten_days.yaml", report)
    report.raise_if_errors()
    assert program is not None
    decision = evaluate(program, FACTS, "2020-02-06", calendar=chosen)
    outcome = decision.outcome("pay@R")
    assert (outcome.attributes["due"].value, outcome.state.value) == (due, state)
    assert decision.receipt.calendar == label or (label.endswith("-") and decision.receipt.calendar.startswith(label))


def test_before_the_city_published_its_days_they_do_not_count() -> None:
    report = Report()
    program = check(POLICY.encode(), "ten_days.yaml", report)
    assert program is not None
    for as_of, due in (("2020-01-26", "2020-02-05"), ("2020-01-27", "2020-02-14")):
        decision = evaluate(program, FACTS, as_of, calendar=read_local_calendar(TEXT))
        assert decision.outcome("pay@R").attributes["due"].value == due
        assert "+local-some_city-" in decision.receipt.calendar
