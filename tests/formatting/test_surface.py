"""The Chinese surface: one table beside the English one, one surface per file, findings in the file's own words."""

from __future__ import annotations

from pathlib import Path

import pytest
from inline import CLAUSES, HEAD, findings, outcome, program_of

from vbprules.diagnostics import Finding, Report
from vbprules.formatting import formatted
from vbprules.language import chinese
from vbprules.language.document import KNOWN_FROM, RANKS
from vbprules.language.grammar import Role
from vbprules.language.policy import REASONS_NOT_ENCODED
from vbprules.language.surface import chinese_of, english_of
from vbprules.language.vocabulary import ENTITIES
from vbprules.language.words import TERM
from vbprules.program.compile import builtin_quantities

FIELDS = sorted({item.name for entity in ENTITIES for item in entity.fields})
ROLES = [
    *(Role(kind) for kind in ("key", "name", "entity", "period", "yes", "value", "in_force", "code")),
    Role("key", "term"),
    *(Role("choice", of) for of in chinese.CHOICES),
    *(Role("code", field) for field in FIELDS),
]
CHINESE = """\
语言版本: 1
政策: inline
文件: {标题: 试, 文号: 试〔2019〕1号, 印发日期: 2019-01-01, 施行: {自: 未规定, 至: 未规定}}
条款目录:
  - {条款号: 一, 起句: 甲, 摘要: 甲}
"""
LEFT_OUT = "未编入语句:\n  - {依据: 一“甲”, 原因: 目标原则}\n"


def surface(text: str, wanted: str) -> str:
    report = Report()
    found = formatted(text.encode(), "inline.yaml", report, wanted)  # type: ignore[arg-type]
    assert found is not None, [finding.message("en") for finding in report.findings]
    return found.after.decode()


@pytest.mark.parametrize("role", ROLES, ids=lambda role: f"{role.kind} {role.of}")
def test_every_table_is_one_to_one(role: Role) -> None:
    table, back = chinese_of(role), english_of(role)
    assert len(set(table.values())) == len(table)
    assert all(back[zh] == en for en, zh in table.items())
    assert not set(table) & set(table.values())


def test_every_word_that_the_grammar_knows_has_a_chinese_form() -> None:
    assert set(chinese.CHOICES["rank"]) == set(RANKS)
    assert set(chinese.CHOICES["known_from"]) == set(KNOWN_FROM)
    assert set(chinese.CHOICES["reason"]) == set(REASONS_NOT_ENCODED)
    assert {named.id for named in builtin_quantities()} <= set(chinese.names())
    assert {entity.name for entity in ENTITIES} <= set(chinese.names())
    assert set(FIELDS) <= set(chinese.names())


def test_a_heading_never_names_another_field() -> None:
    names = {zh: en for en, zh in chinese.names().items()}
    for entity in ENTITIES:
        for item in entity.fields:
            written = names.get(item.zh) or chinese.headings()[item.zh]
            assert written in (item.name, f"{entity.name}.{item.name}")


def test_the_example_of_the_language_reads_in_chinese() -> None:
    text = (
        CHINESE
        + LEFT_OUT
        + "数量定义:\n  季度完成率: {名称: 季度完成率, 按: 设置任务量, 为: {比: [采购量, 设置量]}}\n"
        + "规定:\n  季度预警: {制裁: 预警, 依据: 一“甲”, 由: 医保经办机构, 对: 本机构, 逐一: 设置任务量, "
        + "条件: {季度完成率: {低于: 80%}}, 一次性: 是, 未规定: [自]}\n"
    )
    assert findings(text) == []
    facts = {
        "institution": {"kind": "hospital"},
        "drugs": {"complete": True, "entries": [{"id": "A"}]},
        "products": {"complete": True, "entries": [{"id": "AS", "drug": "A", "class": "selected"}]},
        "targets": {"complete": True, "entries": [{"drug": "A", "period": "2020Q1", "set_volume": 100_000}]},
        "purchases": {
            "complete_through": "2020-04-10",
            "entries": [{"product": "AS", "day": "2020-02-01", "quantity": 79_999}],
        },
        "acts": "none",
    }
    found = outcome(program_of(text), facts, "2020-04-10", "季度预警@A@2020Q1")
    assert (found.state.value, found.state.standing) == ("due", "settled")  # 79,999 of 100,000 is below 80%


def test_the_same_provision_on_both_surfaces() -> None:
    english = (
        HEAD.replace("  title", "\n  title", 0)
        + CLAUSES
        + (
            "provisions:\n"
            "  pay: {obligation: 付款, cite: 一“甲”, by: institution, toward: supplier, for_each: receipt, hedge: 原则上, "
            "when: {all: [{receipt.amount: {above: 20000 yuan}}, {institution.grade: {in: [tertiary]}}, "
            "{some: {payment: {payer: {is: fund}}}}]}, due: {count: 10 working days, after: accepted_on}, done: settled_on}\n"
        )
    )
    wanted = (
        "  pay: {义务: 付款, 依据: 一“甲”, 由: 本机构, 对: 企业, 逐一: 收货, 限定语: 原则上, "
        "条件: {全部: [{收货.金额: {超过: 2万元}}, {本机构.等级: {属于: [三级]}}, {存在: {付款: {付款方: {为: 医保基金}}}}]},\n"
        "      期限: {计: 10个工作日, 起于: 验收合格日}, 履行日: 付清日}\n"
    )
    assert surface(english, "zh").endswith("规定:\n" + wanted)


@pytest.mark.parametrize(
    ("chinese_text", "english"),
    [
        ("{期间末日: {不早于: 2020-01-01}}", "{period_end: {on_or_after: 2020-01-01}}"),
        ("{基准日: {早于: {期初: 次月, 的: 期间末日}}}", "{as_of: {before: {start_of: next month, of: period_end}}}"),
        ("{期间末日: {晚于: {日: 25, 的: 月, 在: 基准日}}}", "{period_end: {after: {day: 25, of: month, at: as_of}}}"),
        ("{设置量: {不超过: {合计: 数量, 范围: 采购, 其中: 属中选药品, 属于: 品种, 截至: 期间末日, 迄今: 是}}}",
         "{set_volume: {at_most: {sum: quantity, over: purchase, where: is_selected, in: drug, through: period_end, so_far: yes}}}"),
        ("{设置量: {等于: {如果: {存在: {采购: 平台采购}}, 则: 1000, 否则: 设置量}}}",
         "{set_volume: {exactly: {if: {some: {purchase: on_platform}}, then: 1000, else: set_volume}}}"),
        ("{本机构.等级: {不属于: [一级, 未定级]}}", "{institution.grade: {not_in: [primary, ungraded]}}"),
    ],
)  # fmt: skip
def test_conditions(chinese_text: str, english: str) -> None:
    def text(condition: str) -> str:
        return (
            CHINESE
            + LEFT_OUT
            + "规定:\n  甲: {许可: 甲, 依据: 一“甲”, 由: 本机构, 逐一: 设置任务量, 条件: "
            + condition
            + "}\n"
        )

    assert findings(text(chinese_text)) == []
    assert f"when: {english}}}" in surface(text(chinese_text), "en").replace("\n      ", " ")
    assert chinese_text in surface(surface(text(chinese_text), "en"), "zh").replace("\n      ", " ")


def test_a_heading_names_the_field_of_its_own_entity_and_no_other() -> None:
    """货款 is the amount of a receipt: on an agreement, whose amount is 合同金额, it is nothing."""
    row = "规定:\n  甲: {许可: 甲, 依据: 一“甲”, 由: 本机构, 逐一: %s, 条件: {货款: {超过: 1元}}}\n"
    assert findings(CHINESE + LEFT_OUT + row % "收货") == []
    assert [finding.code for finding in findings(CHINESE + LEFT_OUT + row % "购销合同")] == ["E101"]
    assert "{receipt.amount: {above: 1 yuan}}" in surface(CHINESE + LEFT_OUT + row % "收货", "en")


def test_a_name_of_the_policy_comes_before_a_heading() -> None:
    text = (
        CHINESE
        + LEFT_OUT
        + "数量定义:\n  货款: {名称: 货款, 按: 购销合同, 为: {份额: 50%, 的: 金额}}\n"
        + "规定:\n  甲: {许可: 甲, 依据: 一“甲”, 由: 本机构, 逐一: 购销合同, 条件: {货款: {超过: 1元}}}\n"
    )
    assert findings(text) == []
    assert "货款: {label: 货款, per: agreement, is: {share: 50%, of: amount}}" in surface(text, "en")


@pytest.mark.parametrize("id", ["季度完成率", "完成率2", "低于70", "late_2"])
def test_ids_may_be_chinese(id: str) -> None:
    assert findings(HEAD + CLAUSES + f"provisions:\n  {id}: {{permission: 甲, cite: 一“甲”, by: institution}}\n") == []


@pytest.mark.parametrize(
    ("id", "code"),
    [
        ("完成Rate", "P107"),
        ("rate完成", "P107"),
        ("ｒａｔｅ", "P107"),
        ("⼀月", "P107"),
        ("完成-率", "P107"),
        ("条件", "W102"),
    ],
)
def test_but_neither_mixed_nor_of_other_characters_nor_a_word(id: str, code: str) -> None:
    """``⼀`` is a Kangxi radical, which NFKC turns into 一."""
    found = findings(HEAD + CLAUSES + f"provisions:\n  {id}: {{permission: 甲, cite: 一“甲”, by: institution}}\n")
    assert code in [finding.code for finding in found]


def mixed(text: str) -> Finding:
    (found,) = [finding for finding in findings(text) if finding.code == "W101"]
    return found


def test_a_mixed_file_is_told_once_and_still_loads() -> None:
    text = HEAD + CLAUSES + "provisions:\n  a: {许可: 甲, cite: 一“甲”, 由: institution}\n"
    found = mixed(text)
    assert (found.severity, found.mark and found.mark.line) == ("warning", 13)
    assert found.message("zh") == "中文写法与英文写法混用：许可, 由（共 2 处）"
    assert [finding.code for finding in findings(surface(text, "en"))] == []
    assert [finding.code for finding in findings(surface(text, "zh"))] == []
    assert program_of(text).norms[0].id == "a"


def test_findings_about_a_chinese_file_name_its_words() -> None:
    text = CHINESE + LEFT_OUT + "规定:\n  甲: {制裁: 甲, 依据: 一“甲”, 由: 本机构, 生效方式: 立刻, 一次性: 是}\n"
    told = {finding.code: (finding.message("zh"), finding.hint("zh")) for finding in findings(text)}
    assert told["P106"] == ("规定.甲.生效方式：“立刻”不在可选范围内", "可选：作出才生效, 自动生效。")
    assert told["P115"] == ("制裁 应写明“自”", "请补上“自: …”；原文没有说明时请写 未规定: [自]。")


def test_the_appendix_of_the_language_lists_every_word() -> None:
    text = (Path(__file__).parents[2] / "docs" / "language.zh.md").read_text("utf-8")
    tables = (
        chinese.ENTITY,
        chinese.PERIODS,
        chinese.YES,
        chinese.SPECIAL,
        chinese.IN_FORCE,
        *chinese.CHOICES.values(),
    )
    missing = [en for table in (*tables, TERM) for en, zh in table.items() if f"`{en}` {zh}" not in text]
    assert missing == []
