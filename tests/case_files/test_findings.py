"""Slips of a case file: each is found at its place, with its code and what to do, and all of them at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from case_file_slips import GOOD, HEAD, findings, told

from vbprules import Limits, catalog, within
from vbprules.cases.checks import load_case_file
from vbprules.cases.files import read_case_file
from vbprules.diagnostics import InputError, Report
from vbprules.language.surface import in_english
from vbprules.mutation.changes import changes
from vbprules.program.ir import Const, walk
from vbprules.reading import read_file

ROOT = Path(__file__).parents[2]


# Each slip stands in line 11, the first after HEAD, unless another line is named.
@pytest.mark.parametrize(
    ("text", "code", "line", "column", "zh", "hint"),
    [
        ("    expect: {pay_supplier@R7: {stat: met}}\n", "C102", 11, 32, "不认识的预期项“stat”", "是不是“state”？"),
        ("    期望: {pay_supplier@R7: {状太: 已履行}}\n", "C102", 11, 28, "不认识的预期项“状太”", "是不是“状态”？"),
        ("    expect: {pay_supplier@R7: met}\n", "C104", 11, 31, "“pay_supplier@R7”之下应是一组预期项，或 absent", "只看状态的写"),
        ("    expect: {pay_supplier@R7: }\n", "C104", 11, 14, "“pay_supplier@R7”之下应是一组预期项", "{state: …}"),
        ("    expect: {pay_supplier@R7: {state: breached_unperform}}\n", "C105", 11, 39, "没有“breached_unperform”这种状态", "是不是“breached_unperformed”？"),
        ("    expect: {pay_supplier@R7: {状态: 逾期未履约}}\n", "C105", 11, 36, "没有“逾期未履约”这种状态", "是不是“逾期未履行”？"),
        ("    expect: {pay_supplier@R7: {state: {first_day=next: not_applicable}}}\n", "C105", 11, 56, "没有“not_applicable”这种状态", "第 6 节"),
        ("    expect: {pay_supplier@R7: {standing: setled}}\n", "C106", 11, 42, "“standing”不能是“setled”", "是不是“settled”？可选：settled, by_reading"),
        ("    expect: {pay_supplier@R7: {triggered: maybe}}\n", "C106", 11, 43, "“triggered”不能是“maybe”", "yes, no, open"),
        ("    expect: {pay_supplier@R7: {mode: shall}}\n", "C106", 11, 38, "“mode”不能是“shall”", "must, may"),
        ("    expect: {pay_supplier@R7: {modality: sanktion}}\n", "C106", 11, 42, "“modality”不能是“sanktion”", "是不是“sanction”？"),
        ("    expect: {pay_supplier@R7: {hedge: 大概}}\n", "C106", 11, 39, "“hedge”不能是“大概”", "原则上"),
        ("    expect: {pay_supplier@R7: {needs: [lists payments]}}\n", "C106", 11, 40, "“needs”不能是“lists”", "是不是“list”？"),
        ("    expect: {pay_supplier@R7: {state: not_applicable, due: absent}}\n", "C107", 11, 55, "不适用的规定没有“due”", "clause"),
        ("    expect: {pay_suplier@R7: {state: met}}\n", "C108", 11, 14, "这份政策没有规定“pay_suplier”", "是不是“pay_supplier”？"),
        ("    expect: {below_70@2020Q1: absent}\n", "C108", 11, 14, "这份政策没有规定“below_70”", "是不是“below_70.settlement”？"),
        ("    expect: {pay_supplier@R7: {due: {first_day: 2020-04-01}}}\n", "C109", 11, 38, "“first_day”不是读法", "first_day=next"),
        ("    expect: {pay_supplier@R7: {due: {first_day=next&first_day=same: 2020-04-01}}}\n", "C109", 11, 38, "不是读法", "每个只写一次"),
        ("    expect: {pay_supplier@R7: {due: {firstday=next: 2020-04-01}}}\n", "R102", 11, 38, "没有名为“firstday”的解读", "是不是“first_day”？"),
        ("    expect: {pay_supplier@R7: {due: {first_day=nxt: 2020-04-01}}}\n", "R103", 11, 38, "解读“first_day”没有“nxt”", "next"),
        ("    expect: {pay_supplier@R7: {clause: 五(九)}}\n", "P110", 11, 40, "条款目录里没有“五(九)”", "五(三)"),
        ("    expect: {pay_supplier@R7: {clause: [五(三), 五（九）]}}\n", "P110", 11, 47, "条款目录里没有“五（九）”", "五(三)"),
        ("    expect: {pay_supplier@R7: {by: insurance_agncy}}\n", "P109", 11, 36, "insurance_agncy", "是不是“insurance_agency”？"),
        ("    expect: {pay_supplier@R7: {standard: 2.00}}\n", "C110", 11, 42, "规定“pay_supplier”没有“standard”这一项", "它有：due"),
        ("    expect: {pay_supplier@R7: {due: 2020-02-30}}\n", "E112", 11, 37, "“2020-02-30”不是日期", "日历上有的一天"),
        ("    expect: {pay_supplier@R7: {clause: {a: b}}}\n", "P105", 11, 40, "clause：这里应是一段文字", "列表"),
        ("    expect: {pay_supplier@R7: {due: }}\n", "P105", 11, 32, "due：这里应是一段文字", "空白"),
        ("    readings: {frist_day: next}\n" + GOOD, "R102", 11, 16, "没有名为“frist_day”的解读", "是不是“first_day”？"),
        ("    readings: {first_day: nexxt}\n" + GOOD, "R103", 11, 27, "没有“nexxt”这个选项", "可选：next"),
        ("    expct: {}\n" + GOOD, "P101", 11, 5, "不认识的名称“expct”", "是不是“expect”？"),
        ("    变体表: {}\n" + GOOD, "P101", 11, 5, "不认识的名称“变体表”", "是不是“变体”？"),
        ("    facts: {receits: none}\n" + GOOD, "D101", 11, 13, "没有“receits”这种列表", "是不是“receipts”？"),
        ("    note: 什么也不检验\n", "C114", 8, 11, "案例“未付”没有任何期望", "must_not"),
        ("    variants: {set: [payments], rows: []}\n" + GOOD, "C117", 11, 39, "变体表没有一行", "删去"),
        ("    variants: {set: [as_of, payments], rows: [{values: [2020-04-11]}]}\n" + GOOD, "C111", 11, 56, "取值有 1 个，要换的位置有 2 个", "一一对应"),
        ("    variants: {set: [as_of], rows: [{values: [2020-04-31]}]}\n" + GOOD, "E112", 11, 47, "“2020-04-31”不是日期", "日历"),
        ("    variants: {set: [as_of], rows: [{values: [2020-04-11]}]}\n", "C114", 11, 37, "案例“未付 [2020-04-11]”没有任何期望", "expect"),
        ("    variants: {set: [receits.0.amount], rows: [{values: [1]}]}\n" + GOOD, "C112", 11, 22, "没有“receits”", "是不是“receipts”？"),
        ("    variants: {set: [receipts.0.amont], rows: [{values: [1]}]}\n" + GOOD, "C112", 11, 22, "没有“amont”", "是不是“amount”？"),
        ("    variants: {set: [receipts.1.amount], rows: [{values: [1]}]}\n" + GOOD, "C112", 11, 22, "没有“1”", "数字从 0 起"),
        ("    variants: {set: [payments.0.amount], rows: [{values: [1]}]}\n" + GOOD, "C112", 11, 22, "没有“0”", "先写在事实里"),
        ("    expect: {pay_supplier@R7: {state: met, 状态: 已履行}}\n", "Y001", 11, 44, "“state”重复：第一次写在第 11 行", "合并"),
    ],
)  # fmt: skip
def test_a_slip_is_found_at_its_place(
    text: str, code: str, line: int, column: int, zh: str, hint: str, tmp_path: Path
) -> None:
    found = findings(HEAD + text, tmp_path)
    assert told(found) == [(code, line, column)], [item.message() for item in found]
    assert zh in found[0].message("zh") and hint in found[0].hint("zh"), (found[0].message(), found[0].hint())
    assert found[0].message("en").isprintable() and found[0].hint("en")
    assert found[0].file.endswith("案例.yaml") and found[0].excerpt in (HEAD + text).splitlines()[line - 1]


def test_a_good_file_has_no_finding(tmp_path: Path) -> None:
    assert findings(HEAD + GOOD, tmp_path) == []


def test_all_slips_are_told_at_once(tmp_path: Path) -> None:
    text = """\
polcy: guizhou_2019
policy: guizhou_2019
fixtures: {base: {institution: {kind: hospitol}, acts: none}}
equivalent: [{at: quarterly_warning.when, becomes: below}, {at: quartely_warning, becomes: x, why: y}]
unreachable: {at: a}
cases:
  - {case: 一, as_of: 2020-02-30, use: [bse], expect: {pay_supplier@R7: {stae: met}}}
  - {case: 一, as_of: 2020-04-10, use: [base], expect: {pay: {state: met}}}
  - {case: 二, as_of: 2020-04-10, use: [base], must_not: [second_prepayment]}
"""
    found = findings(text, tmp_path)
    assert [(code, line) for code, line, _ in told(found)] == [
        ("P101", 1), ("P106", 3), ("P102", 4), ("C118", 4), ("P104", 5), ("E112", 7), ("C103", 7), ("C102", 7),
        ("C113", 8), ("C108", 8),
    ]  # fmt: skip
    by_code = {item.code: item for item in found}
    assert "第一次在第 7 行" in by_code["C113"].message() and "是不是“base”？" in by_code["C103"].hint()
    assert "没有“quartely_warning”这个位置" in by_code["C118"].message()
    assert "是不是“quarterly_warning”？" in by_code["C118"].hint()


def test_an_error_in_a_fixture_is_told_once_and_in_the_case_file(tmp_path: Path) -> None:
    text = (
        HEAD.replace("2020-03-02", "2020-03-32")
        + GOOD
        + "".join(f"  - {{case: 另{n}, as_of: 2020-04-10, use: [bill], must_not: [further_prepay]}}\n" for n in "一二")
    )
    found = findings(text, tmp_path)
    assert told(found) == [("E112", 5, 63)] and "receipts: {complete: yes" in found[0].excerpt


def test_a_case_file_without_cases(tmp_path: Path) -> None:
    assert [item.code for item in findings("policy: guizhou_2019\ncases: []\n", tmp_path)] == ["C119"]
    assert [item.code for item in findings("policy: guizhou_2019\n", tmp_path)] == ["P102"]
    assert [item.code for item in findings("- a\n", tmp_path)] == ["P103"]


def test_an_unknown_policy_is_told_in_the_case_file(tmp_path: Path) -> None:
    found = findings(HEAD.replace("guizhou_2019", "guizhu_2019") + GOOD, tmp_path)
    assert told(found) == [("D100", 1, 9)] and "是不是“guizhou_2019”？" in found[0].hint()
    found = findings(HEAD.replace("guizhou_2019", "nowhere/x.yaml") + GOOD, tmp_path)
    assert told(found) == [("D100", 1, 9)]


def test_a_policy_beside_the_case_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "省"
    (folder / "cases").mkdir(parents=True)
    (folder / "guizhou_2019.yaml").write_bytes((ROOT / "policies" / "guizhou_2019.yaml").read_bytes())
    text = HEAD.replace("policy: guizhou_2019", "policy: ../guizhou_2019.yaml") + GOOD
    monkeypatch.chdir(tmp_path)
    assert findings(text, folder / "cases") == []
    assert read_case_file(folder / "cases" / "案例.yaml").policy == str(folder / "cases" / ".." / "guizhou_2019.yaml")
    (tmp_path / "other").mkdir()
    assert told(findings(text.replace("../guizhou", "../nothing"), tmp_path / "other"))[0][0] == "D100"


def test_errors_of_the_policy_are_told_where_they_stand(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text("language: 1\npolicy: p\n", encoding="utf-8")
    found = findings(HEAD.replace("guizhou_2019", "./p.yaml") + GOOD, tmp_path)
    assert found and all(item.file.endswith("p.yaml") for item in found)


def test_reading_alone_needs_no_policy_and_raises_what_it_finds(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(HEAD.replace("guizhou_2019", "nowhere") + GOOD, encoding="utf-8")
    assert read_case_file(path).cases[0].name == "未付"
    path.write_text(HEAD, encoding="utf-8")
    with pytest.raises(InputError, match="C114"):
        read_case_file(path)
    with pytest.raises(InputError, match="D100"):
        path.write_text(HEAD.replace("guizhou_2019", "nowhere") + GOOD, encoding="utf-8")
        load_case_file(path)


def test_absent_figures_and_foreign_provisions_may_be_named(tmp_path: Path) -> None:
    text = "    expect: {pay_supplier@R7: {standard: absent, by: [institution], until: 没有}}\n    must_not: [second_prepayment]\n"
    assert findings(HEAD + text, tmp_path) == []


@pytest.mark.parametrize("policy", sorted(catalog.shipped_policies()))
def test_every_place_that_a_change_or_a_figure_has_may_be_excused(policy: str, tmp_path: Path) -> None:
    program = catalog.load(policy)
    root = read_file(catalog.find(policy), Report())
    assert root is not None
    places = {change.at for change in changes(in_english(root), program)}
    bodies = [node for norm in program.norms for node in (norm.gate, norm.when, *norm.values.values())]
    bodies += [definition.body for definition in program.definitions.values() if not definition.builtin]
    places |= {node.address for body in bodies for node in walk(body) if isinstance(node, Const) and node.address}
    rows = "".join(f"  - {{at: {place}, becomes: x, why: y}}\n" for place in sorted(places))
    text = f"policy: {policy}\nequivalent:\n{rows}  - {{at: lists.nothing.open, becomes: x, why: y}}\n"
    found = findings(text + "cases: [{case: a, as_of: 2020-04-10, must_not: [x]}]\n", tmp_path)
    assert len(places) > 100 and told(found) == [("C118", len(places) + 3, 10)]


def test_tables_are_bounded(tmp_path: Path) -> None:
    rows = "".join(f"        - {{values: [{number}]}}\n" for number in range(2500))
    text = HEAD + GOOD + "    variants:\n      set: [receipts.0.amount]\n      rows:\n" + rows
    found = findings(text, tmp_path)
    assert [(item.code, item.mark.line if item.mark else 0) for item in found] == [("C115", 15 + 1999)]
    assert "2000" in found[0].message()
    with within(Limits(facts=1000)):
        found = findings(text, tmp_path)
    assert [item.code for item in found] == ["C116"]


def test_deep_facts_are_refused_by_the_reader(tmp_path: Path) -> None:
    found = findings(HEAD + GOOD + "    facts: " + "{a: " * 60 + "b" + "}" * 60 + "\n", tmp_path)
    assert "Y022" in [item.code for item in found]
