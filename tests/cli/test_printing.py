"""Figures, wrapping and markup: exact, aligned and harmless."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from profiles import share

from vbprules.cli.main import main
from vbprules.diagnostics.place import width
from vbprules.printing.entries import covering
from vbprules.printing.figures import branches, ends, figure, grouped, ordered, shown
from vbprules.printing.markdown import escaped, to_markdown
from vbprules.printing.page import GLUE, Page, set_zh, strong
from vbprules.printing.subjects import period
from vbprules.printing.terminal import to_terminal


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        ("300000.00", "money", "300,000.00 元", "300,000.00 yuan"),
        ("0.05", "money", "0.05 元", "0.05 yuan"),
        ("-23760.00", "money", "-23,760.00 元", "-23,760.00 yuan"),
        ("12.345", "money", "12.345 元", "12.345 yuan"),
        ("100000/3", "money", "100000/3 元（≈33,333.33 元）", "100000/3 yuan (≈33,333.33 yuan)"),
        ("-2/3", "money", "-2/3 元（≈-0.67 元）", "-2/3 yuan (≈-0.67 yuan)"),
        ("at_least 600000.00", "money", "不低于 600,000.00 元", "at least 600,000.00 yuan"),
        ("0.00..5.10", "money", "0.00–5.10 元", "0.00–5.10 yuan"),
        ("79%", "share", "79%", "79%"),
        ("13/15", "share", "13/15（≈86.67%）", "13/15 (≈86.67%)"),
        ("1/2000001", "share", "1/2000001（≈0.00%）", "1/2000001 (≈0.00%)"),
        ("100000", "units", "100,000", "100,000"),
        ("900000..1050000", "units", "900,000 至 1,050,000", "900,000 to 1,050,000"),
        ("2020-04-01", "date", "2020-04-01", "2020-04-01"),
        ("at_least 2020-04-16", "date", "不早于 2020-04-16", "not before 2020-04-16"),
        ("at_most 2020-02-08", "date", "不晚于 2020-02-08", "no later than 2020-02-08"),
        ("2020-03-31..2020-04-30", "date", "2020-03-31 至 2020-04-30", "2020-03-31 to 2020-04-30"),
        ("1..3 years", "years", "1–3 年", "1–3 years"),
        ("1 year", "years", "1 年", "1 year"),
        ("10 working days", "working_days", "10 个工作日", "10 working days"),
        ("?", "money", "未知", "unknown"),
        (None, "date", "未知", "unknown"),
        ("9999-12-31", "date", "无止日", "no end"),
    ],
)
def test_figures_are_exact_and_named(value, unit, zh, en):
    assert shown(value, unit, "zh").replace(GLUE, " ") == zh
    assert shown(value, unit, "en").replace(GLUE, " ") == en


def test_no_float_touches_a_figure():
    assert grouped("123456789012345678901234567890.10") == "123,456,789,012,345,678,901,234,567,890.10"
    text = figure("10000000000000000000000001/3", "money", "zh").replace(GLUE, " ")
    assert text.endswith("（≈3,333,333,333,333,333,333,333,333.67 元）")


def test_values_by_reading():
    found = branches("grain=each&volume=both: 65%; grain=together: 7033/7900")
    assert found == [({"grain": "each", "volume": "both"}, "65%"), ({"grain": "together"}, "7033/7900")]
    assert branches("80%") is None
    assert ordered(["90%", "7/10", "80%"]) == ["7/10", "80%", "90%"]
    assert ends("at_least 3") is not None and ends("乙") is None


def test_combinations_in_fewer_words():
    options = {"a": ("x", "y"), "b": ("1", "2")}
    assert covering([{"a": "x", "b": "1"}, {"a": "y", "b": "1"}], options) == [{"b": "1"}]
    assert covering([{"a": "x"}, {"a": "y"}], options) == [{}]
    assert covering([{"a": "x", "b": "1"}, {"a": "y", "b": "2"}], options) == [
        {"a": "x", "b": "1"},
        {"a": "y", "b": "2"},
    ]


def test_periods():
    assert [period(text, "zh") for text in ("2020Q1", "2020-03", "2020", "R1")] == [
        "2020年第1季度",
        "2020年3月",
        "2020年",
        "R1",
    ]
    assert [period(text, "en") for text in ("2020Q1", "2020-03", "2020")] == ["Q1 2020", "2020-03", "2020"]


def test_spaces_between_chinese_and_figures():
    assert set_zh("自", "2020-01-01", "起").replace(GLUE, " ") == "自 2020-01-01 起"
    assert set_zh("“预警”作出日", "2020-01-01").replace(GLUE, " ") == "“预警”作出日 2020-01-01"
    assert set_zh("自", "2020（★次日）", "起") == "自 2020（★次日）起".replace(" ", GLUE)


@pytest.mark.parametrize("columns", [40, 60, 100])
def test_wrapping_by_columns(columns):
    page = Page()
    text = (
        "医疗机构应当自验收合格之日起30天内付款，不得以任何理由（包括“费用总额”）拖延；https://example.org/" + "x" * 120
    )
    page.item(strong("标题"), "  ", text, level=1, marker="·")
    lines = to_terminal(page, columns).splitlines()
    assert all(width(line) <= columns for line in lines)
    assert not any(line.strip()[:1] in "，。；）”" for line in lines)
    assert not any(line[-1:] in "（“" for line in lines)
    joined = "".join(line.strip().removeprefix("· ") for line in lines)
    assert joined.replace(" ", "") == f"标题{text}"


def test_tables_align_wide_characters():
    page = Page()
    page.table(("药品", "单价"), [("甲药", "1.00"), ("very long name", "22.00")], right=(1,))
    lines = to_terminal(page, 80).splitlines()
    assert len({width(line) for line in lines}) == 1


def test_a_table_too_wide_gives_way(capsys):
    page = Page()
    page.table(("药品", "单价"), [("甲" * 80, "1.00")], right=(1,))
    assert all(width(line) <= 60 for line in to_terminal(page, 60).splitlines())


def test_markup_and_controls_are_harmless():
    assert escaped("*a*_b_|c|<d>[e]`f`") == r"\*a\*\_b\_\|c\|\<d\>\[e\]\`f\`"
    assert escaped("1. 一") == r"1\. 一" and escaped("6.60") == "6.60" and escaped("- x") == r"\- x"
    page = Page()
    page.item("a\x1b[31m\nb\u202e")
    for text in (to_terminal(page), to_markdown(page)):
        assert "\x1b" not in text and "\u202e" not in text and text.count("\n") == 1


def test_strong_words_close_before_punctuation():
    page = Page()
    page.item(strong("未写“期限”："), "甲")
    assert to_markdown(page) == "- **未写“期限”**：甲\n"


def test_importing_the_package_imports_next_to_nothing():
    code = (
        f"import sys; sys.path.insert(0, {_source()!r}); before = set(sys.modules); import vbprules;"
        "print(sorted(set(sys.modules) - before))"
    )
    command = [sys.executable, "-I", "-S", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['__future__', 'vbprules']"


def _source() -> str:
    import vbprules

    return str(vbprules.__path__[0]).removesuffix("vbprules")


def test_the_public_names():
    import vbprules

    assert set(vbprules.__all__) <= set(dir(vbprules))
    for name in vbprules.__all__:
        assert getattr(vbprules, name) is not None
    with pytest.raises(AttributeError):
        _ = vbprules.nothing


def test_no_room_has_the_name_of_something_public():
    """Importing a room sets its name in the package: it would hide a function of that name."""
    import pkgutil

    import vbprules

    assert not {module.name for module in pkgutil.iter_modules(vbprules.__path__)} & set(vbprules.__all__)


def test_a_decision_prints_without_policy_and_dossier(policy, dossier):
    """Whoever has only the decision gets ids instead of names, and nothing breaks."""
    from vbprules import evaluate
    from vbprules.printing.decision_text import decision_markdown, decision_text

    decision = evaluate(policy, dossier, "2020-04-15")
    for lang in ("zh", "en"):
        assert "R1" in decision_text(decision, lang) and "R1" in decision_markdown(decision, lang)
        assert decision_text(decision, lang, full=True, reasons=False, columns=60, color=True)


CASES = sorted((Path(__file__).parents[1] / "cases").glob("*.yaml"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_decisions_of_all_kinds_print_in_words(path):
    """No code of a value or of a reading is left standing in what people read."""
    from vbprules import load
    from vbprules.cases.compare import run_case
    from vbprules.cases.files import read_cases
    from vbprules.diagnostics import Report
    from vbprules.facts.dossier import dossier_of
    from vbprules.printing.decision_text import decision_markdown, decision_text
    from vbprules.printing.subjects import Subjects

    raw = re.compile(r"at_least|at_most|\w+=\w+&|\w+=\w+: \S+; |∞|\bNone\b|，，|\?\?|breached_|_unrecorded|trigger_")
    for case in share(read_cases(path)[::20], 3):
        decision, _ = run_case(case, check=False)
        subjects = Subjects(load(case.policy).policy, dossier_of(case.facts, Report()))
        for lang in ("zh", "en"):
            for full in (False, True):
                text = decision_text(decision, lang, subjects=subjects, full=full)
                assert raw.findall(text) == [], case.name
                assert decision_markdown(decision, lang, subjects=subjects, full=full)


def test_a_split_that_depends_on_a_reading_has_a_row_for_each_option(capsys, monkeypatch):
    """The original costs 5.80, the selected price is 1.20: the patient bears 4.60, if that is the standard."""
    monkeypatch.setenv("COLUMNS", "100")
    dossier = Path(__file__).parents[2] / "examples" / "state_council_hospital.yaml"
    assert main(["evaluate", "state_council_2021_2", str(dossier), "--as-of", "2022-01-15"]) == 0
    lines = capsys.readouterr().out.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("阿托伐他汀钙片(原研)"))
    assert lines[at].split()[-1] == "5.80"
    assert lines[at + 1].split() == ["就是中选价格", "1.20", "1.20", "4.60"]
    assert lines[at + 2].split() == ["以其为基准另行确定", "未知", "0.00–5.80", "0.00–5.80"]
    assert all(width(line) <= 100 for line in lines)
