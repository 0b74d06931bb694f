"""Findings, the report that collects them, and how they are shown."""

from __future__ import annotations

import json
import pickle

import pytest

from vbprules.diagnostics import (
    CATALOGUE,
    InputError,
    Mark,
    Report,
    Source,
    VbprulesError,
    render,
    suggest,
    to_json,
)

TEXT = "政策: 甲\n  by: 卫生部门\nlast: x\n"


def report_on(text: str, name: str = "p.yaml") -> Report:
    report = Report()
    report.add_source(Source(name, text))
    return report


def test_render() -> None:
    report = report_on(TEXT)
    report.error("unknown_party", Mark(2, 7, 2, 11), name="卫生部门", suggestion="health")
    assert render(report.findings) == (
        "p.yaml:2:7: 错误 P109 没有名为“卫生部门”的主体\n"
        "      by: 卫生部门\n"
        "          ^^^^^^^^\n"
        "  建议：是不是“health”？请在 parties 里声明它，或改用已有的主体。"
    )
    assert render(report.findings, "en") == (
        'p.yaml:2:7: error P109 there is no party "卫生部门"\n'
        "      by: 卫生部门\n"
        "          ^^^^^^^^\n"
        '  help: Did you mean "health"? Declare it under `parties`, or use a party that exists.'
    )


def test_wide_characters_before_the_caret_count_two_columns() -> None:
    report = report_on("政策: 甲乙\n")
    report.warning("not_text", Mark(1, 6, 1, 7), where="政策")
    lines = render(report.findings).split("\n")
    assert "警告" in lines[0]
    assert lines[1:3] == ["    政策: 甲乙", "            ^^"]


def test_empty_suggestion_leaves_no_trace() -> None:
    report = report_on(TEXT)
    report.error("unknown_party", None, name="x", suggestion="")
    assert "是不是" not in render(report.findings)
    assert "mean" not in render(report.findings, "en")
    assert render(report.findings).startswith("p.yaml: 错误 P109")


def test_long_lines_are_cut_around_the_caret() -> None:
    text = "x" * 5000 + "药品" + "y" * 5000
    report = report_on(text)
    report.error("not_text", Mark(1, 5001, 1, 5003), where="")
    _, line, carets, *_ = render(report.findings).split("\n")
    assert len(line) < 140
    assert line.strip().startswith("…x")
    assert line.endswith("y…")
    assert line[carets.index("^") :].startswith("药品")
    assert carets.count("^") == 4


def test_control_characters_are_shown_escaped() -> None:
    report = report_on("a\x1b[31m: \u202ex\tb\n")
    report.error("unknown_key", Mark(1, 10, 1, 11), key="\x1b[2J\n\u202e", where="top", suggestion="")
    text = render(report.findings)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\\x1b[2J\\n\\u202e" in text
    _, line, carets, *_ = text.split("\n")
    assert line[carets.index("^") :].startswith("x\\tb")
    assert "\x1b[" in render(report.findings, color=True)


def test_user_text_is_never_a_template() -> None:
    report = report_on("$key {0} {key.__class__} [[x]]\n")
    report.error("unknown_key", None, key="$where [[$where]] {0.__class__} %s", where="W", suggestion="$key")
    message = report.findings[0].message("en")
    assert message == 'W: unknown key "$where [[$where]] {0.__class__} %s"'
    assert '"$key"' in report.findings[0].hint("en")


def test_json() -> None:
    report = report_on(TEXT)
    report.error("unknown_party", Mark(2, 7, 2, 11), name="卫\ud800", suggestion="")
    report.hint("empty_list", None, list="receipts")
    text = to_json(report.findings, "en")
    text.encode("utf-8")
    first, second = json.loads(text)
    assert first["code"] == "P109"
    assert (first["file"], first["line"], first["column"], first["end_column"]) == ("p.yaml", 2, 7, 11)
    assert first["args"]["name"] == "卫\\ud800"
    assert second["severity"] == "hint"
    assert second["line"] is None


def test_sources_follow_each_other() -> None:
    report = Report()
    report.use(Source("a.yaml", "first\n"))
    report.error("not_text", Mark(1, 1, 1, 6), where="")
    with report.source(Source("b.yaml", "second\n")):
        report.error("not_text", Mark(1, 1, 1, 6), where="")
    report.error("not_text", Mark(1, 1, 1, 6), where="")
    with report.source("b.yaml"):
        report.error("not_text", Mark(1, 1, 1, 6), where="")
    assert [(f.file, f.excerpt) for f in report.findings] == [
        ("a.yaml", "first"),
        ("b.yaml", "second"),
        ("a.yaml", "first"),
        ("b.yaml", "second"),
    ]
    assert [f.file for f in report.sorted_findings()] == ["a.yaml", "a.yaml", "b.yaml", "b.yaml"]
    assert report.sources.keys() == {"a.yaml", "b.yaml"}


def test_sorted_by_place() -> None:
    report = report_on("a\nb\nc\n")
    for line, column in [(3, 1), (1, 2), (1, 1), (2, 1)]:
        report.error("not_text", Mark(line, column, line, column + 1), where="")
    report.error("empty_file", None)
    assert [(f.mark.line, f.mark.column) if f.mark else (0, 0) for f in report.sorted_findings()] == [
        (0, 0),
        (1, 1),
        (1, 2),
        (2, 1),
        (3, 1),
    ]


def test_no_more_than_200_are_stored() -> None:
    report = report_on(TEXT)
    for _ in range(300):
        report.hint("empty_list", None, list="x")
    assert not report.has_errors
    assert len(report.findings) == 201
    assert report.findings[-1].severity == "hint"
    calls: list[int] = []

    def expensive() -> str:
        calls.append(1)
        return "y"

    for _ in range(500):
        report.error("unknown_party", None, name="x", suggestion=expensive)
    assert report.has_errors
    assert len(calls) == 200
    assert [f.severity for f in report.findings] == ["error"] * 201
    assert report.findings[-1].code == CATALOGUE["too_many_findings"].code
    assert "800" in report.findings[-1].message("en")
    assert report.sorted_findings()[-1] == report.findings[-1]


def test_raise_if_errors() -> None:
    report = report_on(TEXT)
    report.warning("not_text", None, where="x")
    report.raise_if_errors()
    report.error("not_text", Mark(3, 1, 3, 2), where="y")
    with pytest.raises(InputError) as caught:
        report.raise_if_errors()
    assert isinstance(caught.value, VbprulesError)
    assert len(caught.value.findings) == 2
    assert "p.yaml:3:1: 错误 P105" in str(caught.value)
    again = pickle.loads(pickle.dumps(caught.value))
    assert str(again) == str(caught.value)
    with pytest.raises(InputError, match="error P105"):
        report.raise_if_errors("en")


def test_arguments_are_short_and_plain() -> None:
    report = report_on(TEXT)
    report.error("bad_choice", None, value="x" * 10_000, where="w", choices=["a", "b"], suggestion=None)
    report.error("bad_choice", None, value=3, where="w", choices={"b", "a"}, suggestion="")
    first, second = (dict(f.args) for f in report.findings)
    assert len(first["value"]) < 400
    assert (first["choices"], first["suggestion"]) == ("a, b", "")
    assert (second["choices"], second["value"]) == ("a, b", "3")


def test_unknown_finding_is_a_programming_error() -> None:
    with pytest.raises(KeyError):
        Report().error("no_such_finding", None)


def test_suggest() -> None:
    names = ["late_warning", "quarterly_warning", "settlement", "省卫生健康委"]
    assert suggest("quartely_warning", names) == "quarterly_warning"
    assert suggest("Late-Warning", names) == "late_warning"
    assert suggest("省卫生健康", names) == "省卫生健康委"
    assert suggest("xyz", names) == ""
    assert suggest("", names) == ""
    assert suggest("late_warnin", reversed(names)) == suggest("late_warnin", names)
    assert suggest("x" * 1_000_000, names) == ""
    assert suggest("late_warning", ["x" * 1_000_000]) == ""
    assert suggest("ab", ["ac", "aa"]) == suggest("ab", ["aa", "ac"])
