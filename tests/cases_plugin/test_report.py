"""What a failing case prints, line by line; and that pytest and the command line print the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from vbprules.cases.compare import run_case
from vbprules.cases.files import read_cases
from vbprules.cases.report import failure_page, failure_text
from vbprules.cli.main import main
from vbprules.diagnostics.place import width
from vbprules.printing.terminal import to_terminal


@pytest.fixture
def report(write, case_yaml, monkeypatch, pytester):
    """The lines that a case with these expectations prints."""

    def make(expect: str, facts: str = "", lang: str = "zh", columns: int = 100, **more: str) -> list[str]:
        monkeypatch.chdir(pytester.path)
        write(case_yaml("例", expect, facts, **more))
        (item,) = read_cases(Path("cases/例.yaml"))
        _, mismatches = run_case(item, check=False)
        return failure_text(item, mismatches, lang, columns).splitlines()

    return make


def test_the_whole_condition_with_the_value_beneath_each_term(report):
    assert report("{low: {state: due, standing: settled, clause: 一}}") == [
        "✗ cases/例.yaml:15  例",
        "  low@A@2020Q1  完成比例低于80%约谈",
        "    例.yaml:18  state   应为 due（应作出，尚未作出）   实为 not_triggered（未触发）",
        "    例.yaml:18  clause  应为 一                        实为 二",
        "    条款  二“完成比例低于80％”",
        "    ✓ 适用",
        "    ✗ 条件",
        "      ✓ 设置量不低于 1,000：100,000（多 99,000）",
        "      ✗ 完成比例低于 80%：80%（恰好相等）",
        "        · 完成量 80,000",
        "          · 解读“采购量”：采购量 80,000",
        "            · 采购 purchase1（2020-02-03，第 8 行）80,000",
        "          · 解读“使用量”：使用量 80,000",
        "            · 使用 use1（2020-02-04，第 9 行）80,000",
        "        · 设置量 100,000",
        "    ✗ 已作出",
        "      ✗ “完成比例低于80%约谈”作出日不晚于判断日（2020-04-15）：截至 2020-04-15 尚无",
    ]


def test_the_same_in_english(report):
    lines = report("{low: {state: due}}", lang="en")
    assert lines[:10] == [
        "✗ cases/例.yaml:15  例",
        "  low@A@2020Q1  Interview below 80%",
        "    例.yaml:18  state  expected due   actual not_triggered",
        "    clause  二“完成比例低于80％”",
        "    ✓ applies",
        "    ✗ condition",
        "      ✓ set volume at least 1,000: 100,000 (99,000 more)",
        "      ✗ completion below 80%: 80% (exactly equal)",
        "        · volume done 80,000",
        "          · volume=bought: quantity purchased 80,000",
    ]


def test_a_failing_conjunct_is_told_where_the_whole_holds_by_reading(report):
    """Each reading with its question, the value under each option, and what is expected there."""
    facts = "{purchases: {complete_through: 2020-04-15, entries: [{product: P, day: 2020-02-03, quantity: 79999}]}}"
    lines = report("{low: {state: due, triggered: {volume=used: yes}}}", facts)
    assert lines[2:10] == [
        "    例.yaml:19  state",
        "      应为 due（应作出，尚未作出）",
        "      实为 volume=bought: due",
        "           volume=used: not_triggered",
        "    例.yaml:19  triggered (volume=used)  应为 yes   实为 no",
        "    条款  二“完成比例低于80％”",
        "    ✓ 适用",
        "    ◇ 条件",
    ]
    assert "      ◇ 完成比例低于 80%：79.999%／80%" in lines
    assert "        ✓ volume=bought（采购量） → 79.999%（少 0.001 个百分点）" in lines
    assert "        ✗ volume=used（使用量） → 80%（恰好相等）" in lines
    assert "            · 采购 purchase1（2020-02-03，第 18 行）79,999" in lines
    start = lines.index("    取决于解读")
    assert lines[start + 1 : start + 4] == [
        "      ◇ volume  按采购量还是使用量？  二“完成比例低于80％”",
        "        ★volume=bought（采购量） → state due（应作出，尚未作出）",
        "        volume=used（使用量） → state not_triggered（未触发）",
    ]


def test_a_reading_that_the_case_fixes_is_told_alone(write, case_yaml, pytester, monkeypatch):
    monkeypatch.chdir(pytester.path)
    write(case_yaml("例", "{low: {state: due}}") + "    readings: {volume: used}\n")
    (item,) = read_cases(Path("cases/例.yaml"))
    text = failure_text(item, run_case(item, check=False)[1])
    assert "· 使用量 80,000" in text and "采购量" not in text


def test_what_is_still_needed(report):
    facts = "{purchases: [{product: P, day: 2020-02-03, quantity: 70000}]}"
    lines = report("{low: {state: not_triggered}}", facts)
    assert lines[8:13] == [
        "    ◇ 条件",
        "      ✓ 设置量不低于 1,000：100,000（多 99,000）",
        "      ◇ 完成比例低于 80%：不低于 70%／80%",
        "        ? volume=bought（采购量） → 不低于 70%",
        "        ✗ volume=used（使用量） → 80%（恰好相等）",
    ]
    assert "          ? 解读“采购量”：采购量不低于 70,000" in lines
    start = lines.index("    还需")
    told = " ".join(line.strip() for line in lines[start + 1 : start + 3])
    assert told.startswith("? 请确认采购记录（A@2020Q1）截至 2020-03-31 是否完整：purchases:")
    assert "list purchases A@2020Q1 through 2020-03-31" in told


def test_a_deadline_with_its_days(report):
    paid = "{payments: {complete_through: 2020-03-31, entries: [{receipt: R1, day: 2020-03-05, amount: 500.00}]}}"
    assert report("{pay@R1: {state: met, due: 2020-03-05}}", paid)[1:] == [
        "  pay@R1  30天内付款",
        "    例.yaml:19  state  应为 met（已履行）   实为 breached_met_late（违反：逾期后才履行）",
        "    例.yaml:19  due    应为 2020-03-05      实为 2020-03-04",
        "    条款  一“30天内付款”",
        "    ✓ 适用",
        "    ✓ 条件",
        "    ✓ 期限已过",
        "      ✓ 验收合格日后 30天早于判断日（2020-04-15）：2020-03-04（早 42 天）",
        "        · 验收合格日后 30天（自 2020-02-03）至 2020-03-04",
        "    ✓ 已履行",
        "      ✓ 付清日不晚于判断日（2020-04-15）：2020-03-05（早 41 天）",
        "        ? 已付金额不低于 500.00 元",
        "          · 付款 payment1（2020-03-05，第 18 行）500.00 元",
        "        · 货款 500.00 元",
        "    ✗ 按期履行",
        "      ✗ 付清日不晚于验收合格日后 30天（2020-03-04）：2020-03-05（晚 1 天）",
        "        ? 已付金额不低于 500.00 元（见上）",
        "        · 货款 500.00 元",
        "        · 验收合格日后 30天（自 2020-02-03）至 2020-03-04",
        "    · 期限 = 验收合格日后 30天 2020-03-04",
        "      · 验收合格日后 30天（自 2020-02-03）至 2020-03-04",
    ]


def test_why_it_does_not_apply(report):
    facts = "{institution: {kind: pharmacy}}"
    lines = report("{pay@R1: {state: met}}", facts)
    assert lines[1:6] == [
        "  pay@R1  30天内付款",
        "    例.yaml:19  应为 an outcome（有这个结论）   实为 pay@R1: not_applicable (本机构不是医疗机构)",
        "    条款  一“30天内付款”",
        "    不适用：本机构不是医疗机构",
        "    ✗ 适用",
    ]
    assert "      ✓ 在文件有效期内" in lines
    start = lines.index("      ✗ 主体为医疗机构")
    assert lines[start + 1] == "        ✗ 机构类别属于：医院：零售药店"


def test_why_it_applies_after_all(report):
    lines = report("{pay@R1: not_applicable}")
    assert "    例.yaml:18  应为 not_applicable（不适用）   实为 pay@R1: met" in lines
    start = lines.index("    ✓ 适用")
    assert lines[start + 1] == "      ✓ 在文件有效期内" and "      ✓ 主体为医疗机构" in lines


def test_which_outcomes_there_are(report):
    two = "{receipts: {complete: yes, entries: [{id: R1, accepted_on: 2020-02-03, amount: 500.00}, {id: R22, accepted_on: 2020-04-01, amount: 1.00}]}}"
    lines = report("{pay@R2: {state: met}}", two)
    assert (
        lines[2:6]
        == [
            "    例.yaml:19  应为 an outcome（有这个结论）   实为 absent（没有）",
            "    → 这条规定有这些结论；是不是 pay@R22？：",
            "      pay@R1  breached_unrecorded（违反：此后是否履行未见记录）",
            "      pay@R22  open_unrecorded（期限未过，是否履行未见记录）",
        ]
        or "    → 这条规定有这些结论；是不是 pay@R22？：" in lines
    )
    lines = report("{pay: {state: met}}", two)
    assert "    → 这条规定有这些结论；写明是哪一个：" in lines
    lines = report("{pay@R1: {state: met}}", "{receipts: {complete: yes, entries: []}, payments: none}")
    assert lines[-1] == "    → 这条规定逐收货判断，本案没有收货"


def test_names_that_no_provision_has(report):
    lines = report("{pya@R1: {state: met}, lowest: {state: due}, zzz: {state: met}}")
    assert "    → 政策中没有规定 pya；是不是 pay？" in lines
    assert "    → 政策中没有规定 lowest；是不是 low？" in lines
    assert "    → 政策中没有规定 zzz" in lines


def test_what_must_not_be_there(write, case_yaml, pytester, monkeypatch):
    monkeypatch.chdir(pytester.path)
    write(case_yaml("例", "{pay: absent}") + "    must_not: [low]\n")
    (item,) = read_cases(Path("cases/例.yaml"))
    lines = failure_text(item, run_case(item, check=False)[1]).splitlines()
    assert "    例.yaml:18  应为 absent（没有）   实为 pay@R1: met" in lines
    assert "    例.yaml:15  must_not  应为 absent（没有）   实为 present（有）" in lines


@pytest.mark.parametrize("columns", [60, 80, 100, 120])
def test_no_line_is_wider_than_the_terminal(report, columns):
    lines = report("{low: {state: due, by: [hospital, insurance_agency], reason: 没有这样的理由}}", columns=columns)
    assert all(width(line) <= columns for line in lines)


def test_columns_are_aligned_by_the_width_of_characters(report):
    lines = report("{low: {state: due, by: hospital, mode: may, standing: by_reading}}", columns=120)
    rows = [line for line in lines if "应为" in line]
    assert len(rows) == 4
    assert len({width(row.partition("应为")[0]) for row in rows}) == 1
    assert len({width(row.partition("实为")[0]) for row in rows}) == 1


def test_colour_changes_no_character(report, pytester):
    report("{low: {state: due}}")
    (item,) = read_cases(Path("cases/例.yaml"))
    page = failure_page(item, run_case(item, check=False)[1])
    painted = to_terminal(page, 100, True)
    assert "\x1b[32m" in painted and "\x1b[1;31m" in painted
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == to_terminal(page, 100)


def test_pytest_and_the_command_print_the_same(report, pytester, capsys):
    lines = report("{low: {state: due}, pay@R1: {state: due, due: 2020-03-05}}")
    assert main(["test", "cases/例.yaml"]) == 1
    command = capsys.readouterr().out.splitlines()
    assert command == [*lines, "", "1 个文件，1 个案例：0 个相符，1 个不符"]
    session = pytester.runpytest_inprocess().stdout.lines
    start = session.index(lines[0])
    assert session[start : start + len(lines)] == lines
