"""Slips in what a case asserts besides single outcomes: each is found at its place, with its code and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from case_file_slips import GOOD, HEAD, findings, told

from vbprules.cases.blocks.table import BLOCKS
from vbprules.cases.files import read_case_file
from vbprules.cases.keys import BLOCKS as NAMES

LINE = "    timeline: {from: 2020-03-10, changes: {pay_supplier@R7: "
WHY = "    explain: {pay_supplier@R7: "
IF = "    what_if: {set: {receipts.0.amount: 5.00}, changes: {pay_supplier@R7: "
BOTH = "    together: {with: hechuan_2025, "


# Each slip stands in line 11, the first after HEAD, at the mark §.
@pytest.mark.parametrize(
    ("text", "code", "zh", "hint"),
    [
        # calendar
        ("    calendar: §orginal\n" + GOOD, "K101", "没有名为“orginal”的工作日安排版本", "是不是“original”？"),
        ("    calendar: §nowhere.yaml\n" + GOOD, "K101", "也没有这个文件", "地方日历文件"),
        # timeline
        ("    timeline: §{changes: {pay_supplier@R7: []}}\n", "P102", "缺少“from”", ""),
        ("    timeline: §{from: 2020-03-10}\n", "P102", "缺少“changes”", ""),
        ("    timeline: {from: 2020-03-10, changes: §{}}\n", "C134", "timeline.changes 没有写期望什么", "provision@subject"),
        ("    timeline: {§form: 2020-03-10, from: 2020-03-10, changes: {pay_supplier@R7: []}}\n", "P101", "不认识的名称“form”", "是不是“from”？"),
        ("    timeline: {from: §2020-03-32, changes: {pay_supplier@R7: []}}\n", "E112", "“2020-03-32”不是日期", "日历"),
        ("    timeline: {from: §2020-04-11, changes: {pay_supplier@R7: []}}\n", "C131", "起点 2020-04-11 晚于终点 2020-04-10", "截止日"),
        (LINE + "[{day: §2020-03-09, state: open}]}}\n", "C132", "2020-03-09 不在时间线之内（2020-03-10 到 2020-04-10）", "起点"),
        (LINE + "[{day: 2020-04-02, state: open}, {day: §2020-04-02, state: met}]}}\n", "C133", "2020-04-02 写在 2020-04-02 之后", "从早到晚"),
        (LINE + "[§{state: open}]}}\n", "P102", "缺少“day”", ""),
        (LINE + "[§{day: 2020-04-02}]}}\n", "C134", "没有写期望什么", "state"),
        (LINE + "[{day: 2020-04-02, state: §opne}]}}\n", "C105", "没有“opne”这种状态", "是不是“open”？"),
        (LINE + "[{day: 2020-04-02, §stat: open}]}}\n", "P101", "不认识的名称“stat”", "是不是“state”？"),
        (LINE + "[{day: 2020-04-02, state: {§first_day: open}}]}}\n", "C109", "“first_day”不是读法", "first_day=next"),
        (LINE + "[{day: 2020-04-02, state: {§first_day=nxt: open}}]}}\n", "R103", "没有“nxt”这个选项", "next"),
        (LINE + "[{day: 2020-04-02, clause: §五(九)}]}}\n", "P110", "条款目录里没有“五(九)”", "五(三)"),
        (LINE + "[{day: 2020-04-02, standard: §1.00}]}}\n", "C110", "没有“standard”这一项", "它有：due"),
        ("    timeline: {from: 2020-03-10, changes: {§pay_suplier@R7: []}}\n", "C108", "这份政策没有规定“pay_suplier”", "是不是“pay_supplier”？"),
        # explain
        ("    explain: §{}\n", "C134", "explain 没有写期望什么", "provision@subject"),
        ("    explain: {§pay_suplier@R7: {missing: none}}\n", "C108", "没有规定“pay_suplier”", "是不是“pay_supplier”？"),
        ("    explain: {§pay_supplier@R7: {}}\n", "C134", "没有写期望什么", "decided_by, missing"),
        (WHY + "{decided_by: [§{}]}}\n", "C134", "没有写期望什么", "says"),
        (WHY + "{decided_by: [{truth: §maybe}]}}\n", "C106", "“truth”不能是“maybe”", "yes, no, open, by_reading"),
        (WHY + "{decided_by: [{says: 付清, §valeu: 3}]}}\n", "P101", "不认识的名称“valeu”", "是不是“value”？"),
        (WHY + "{decided_by: [{value: {§first_day=nxt: 3}}]}}\n", "R103", "没有“nxt”这个选项", "next"),
        (WHY + "{missing: [§lists payments]}}\n", "C106", "不能是“lists”", "是不是“list”？"),
        # what_if
        ("    what_if: §{changes: {pay_supplier@R7: unchanged}}\n", "C135", "没有写假设什么", "set, facts, readings"),
        ("    what_if: §{set: {receipts.0.amount: 5.00}}\n", "C134", "没有写期望什么", "changes, only, corrections"),
        ("    what_if: {set: {§receits.0.amount: 5.00}, only: yes}\n", "C112", "没有“receits”", "是不是“receipts”？"),
        ("    what_if: {set: {§receipts.1.amount: 5.00}, only: yes}\n", "C112", "没有“1”", "数字从 0 起"),
        ("    what_if: {set: {receipts.0.amount: §five}, only: yes}\n", "D103", "“amount”的值“five”不合要求", ""),
        ("    what_if: {readings: {§first_dya: next}, only: yes}\n", "R102", "没有名为“first_dya”的解读", "是不是“first_day”？"),
        ("    what_if: {as_of: §2020-04-31, only: yes}\n", "E112", "“2020-04-31”不是日期", "日历"),
        ("    what_if: {policy: §guizhu_2019, only: yes}\n", "D100", "“guizhu_2019”", "是不是“guizhou_2019”？"),
        ("    what_if: {as_of: 2020-04-01, corrections: §many}\n", "C136", "“many”不是个数", "没有的写 0"),
        ("    what_if: {as_of: 2020-04-01, only: §perhaps}\n", "P106", "perhaps", "yes, no"),
        (IF + "§met}}\n", "C106", "不能是“met”", "appeared, disappeared, unchanged"),
        (IF + "{state: §met}}}\n", "C137", "“state”要写先后两个值", "[due, not_triggered]"),
        (IF + "{state: §[met, met, met]}}}\n", "C137", "要写先后两个值", "absent"),
        (IF + "{state: [met, §mett]}}}\n", "C105", "没有“mett”这种状态", "是不是“met”？"),
        (IF + "{standard: [§1.00, 2.00]}}}\n", "C110", "没有“standard”这一项", "它有：due"),
        # together
        ("    together: §{conflicts: none}\n", "P102", "缺少“with”", ""),
        ("    together: §{with: hechuan_2025}\n", "C134", "没有写期望什么", "precedence"),
        ("    together: {with: §hechun_2025, conflicts: none}\n", "D100", "“hechun_2025”", "是不是“hechuan_2025”？"),
        ("    together: {with: §guizhou_2019, conflicts: none}\n", "D204", "写了两次", "每份文件只写一次"),
        (BOTH + "silent: [§prepayments]}\n", "C106", "不能是“prepayments”", "是不是“prepayment”？"),
        (BOTH + "conflicts: none, readings: {§five_dys: before_due}}\n", "R102", "没有名为“five_dys”的解读", ""),
        (BOTH + "conflicts: none, readings: {§hechun_2025:five_days: before_due}}\n", "D202", "指名的文件不在其中", "是不是“hechuan_2025”？"),
        (BOTH + "precedence: [{ranking: §rankd}]}\n", "C106", "不能是“rankd”", "是不是“ranked”？"),
        (BOTH + "precedence: [{prevails: §chongqing_2019}]}\n", "D202", "“chongqing_2019”指名的文件不在其中", "改正冒号前"),
        (BOTH + "overlaps: [§{matter: prepayment}]}\n", "C138", "要写两份文件", "plan_2019: pay@R1"),
        (BOTH + "overlaps: [{sides: {guizhou_2019: §pay_suplier@R7, hechuan_2025: direct_payment@R7}}]}\n", "C108", "没有规定“pay_suplier”", "是不是“pay_supplier”？"),
        (BOTH + "overlaps: [{sides: {guizhou_2019: pay_supplier@R7, §hechuan_2024: direct_payment@R7}}]}\n", "D202", "“hechuan_2024”指名的文件不在其中", "是不是“hechuan_2025”？"),
        (BOTH + "conflicts: [{sides: {guizhou_2019: pay_supplier, hechuan_2025: direct_payment}, clash: §figure}]}\n", "C106", "不能是“figure”", "是不是“figures”？"),
        (BOTH + "gaps: [{attribute: §amont}]}\n", "C106", "不能是“amont”", "是不是“amount”？"),
        (BOTH + "expect: {§pay_supplier@R7: {state: met}}}\n", "C139", "没有写明是哪一份文件的", "政策:规定@对象"),
        (BOTH + "expect: {§hechuan_2025:direct_paymnt@R7: {state: met}}}\n", "C108", "没有规定“direct_paymnt”", "是不是“direct_payment”？"),
    ],
)  # fmt: skip
def test_a_slip_is_found_at_its_place(text: str, code: str, zh: str, hint: str, tmp_path: Path) -> None:
    line, column = text.split("\n")[0].replace("§", ""), text.index("§") + 1
    found = [item for item in findings(HEAD + text.replace("§", ""), tmp_path) if item.severity == "error"]
    assert told(found) == [(code, 11, column)], [(item.code, item.mark, item.message()) for item in found]
    assert zh in found[0].message("zh") and hint in found[0].hint("zh"), (found[0].message(), found[0].hint())
    assert found[0].message("en").isprintable() and found[0].excerpt.strip("…") in line


def test_the_table_of_blocks_is_that_of_the_keys() -> None:
    assert tuple(BLOCKS) == NAMES
    assert all(block.label[0] and block.label[1] for block in BLOCKS.values())


def test_one_block_is_enough_for_a_case_and_a_table_repeats_it(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    rows = "    variants: {set: [as_of], rows: [{values: [2020-04-11]}, {values: [2020-04-12]}]}\n"
    path.write_text(HEAD + WHY + "{missing: none}}\n" + rows, "utf-8")
    cases = read_case_file(path).cases
    assert [case.as_of for case in cases] == ["2020-04-10", "2020-04-11", "2020-04-12"]
    assert all(list(case.blocks) == ["explain"] and not case.asserts_outcomes for case in cases)


def test_a_slip_in_a_block_of_a_table_is_told_once(tmp_path: Path) -> None:
    rows = "    variants: {set: [as_of], rows: [{values: [2020-04-11]}, {values: [2020-04-12]}]}\n"
    found = findings(HEAD + "    explain: {pay_suplier@R7: {missing: none}}\n" + rows, tmp_path)
    assert told(found) == [("C108", 11, 15)]
