"""A skeleton is a policy file of which the checker says what is missing, and nothing in it is law."""

from __future__ import annotations

import pytest
import yaml
from jsonschema import Draft7Validator

from vbprules.catalog import check
from vbprules.diagnostics import Report
from vbprules.drafting import draft_of, skeleton
from vbprules.drafting.passages import passages
from vbprules.drafting.skeleton import scalar
from vbprules.schemas import SCHEMAS

TEXT = """合医保发〔2021〕7号
合阳市医疗保障局关于印发《合阳市药品集中带量采购工作方案》的通知
合阳市医疗保障局  合阳市财政局
2021年3月1日
根据《国务院办公厅关于印发国家组织药品集中采购试点方案的通知》（国办发〔2019〕2号），制定本方案。
一、回款
医疗机构应自验收合格之日起30天内付款，原则上不得拖欠。
二、考核
完成比例低于80％的，约谈。
本方案自2021年4月1日起实施，有效期两年。
"""
EXPECTED = """\
document:
  title: 待确认
  # 待确认 title 标题：合阳市药品集中带量采购工作方案（原文第2行）
  number: 待确认
  # 待确认 number 文号：合医保发〔2021〕7号（原文第1行）
  # 待确认 number 文号：国办发〔2019〕2号（原文第5行）
  # 待确认 issuer 印发机关：合阳市医疗保障局（原文第3行）
  # 待确认 issuer 印发机关：合阳市财政局（原文第3行）
  region: 合阳市
  issued: 待确认
  # 待确认 issued 印发日期：2021-03-01（原文第4行）
  in_force:
    from: 待确认
    until: 待确认
    # 待确认 施行：附则“本方案自2021年4月1日起实施”  数：2021年4月1日（不早于）
    # 待确认 施行：附则“有效期两年”  数：两年
clauses:
  - no: 封面
    starts: 合医保发〔2021〕7号
    text: 合医保发〔2021〕7号
    # 原文第1—5行
  - no: 一
    starts: 一、回款
    text: 回款
    # 原文第6—7行
    # 待确认 一“医疗机构应自验收合格之日起30天内付款”  数：30天（不超过）  词：应、付款
    # 待确认 一“原则上不得拖欠”  词：原则上、不得
  - no: 二
    starts: 二、考核
    text: 考核
    # 原文第8—9行
    # 待确认 二“完成比例低于80％的”  数：80%（低于）
    # 待确认 二“约谈”  词：约谈
  - no: 附则
    starts: 本方案自2021年4月1日起实施，有效期两年。
    text: 本方案自2021年4月1日起实施，有效期两年
    # 原文第10行
    # 待确认 附则“本方案自2021年4月1日起实施”  数：2021年4月1日（不早于）
    # 待确认 附则“有效期两年”  数：两年
provisions: {}
"""


def test_the_whole_skeleton() -> None:
    written = skeleton(draft_of(TEXT), "heyang_2021", "合阳市", "../policy.schema.json")
    lines = written.splitlines()
    assert lines[0] == "# yaml-language-server: $schema=../policy.schema.json"
    assert written[written.index("document:") :] == EXPECTED
    assert lines[4:6] == ["language: 1", "policy: heyang_2021"]


def test_the_checker_says_what_is_missing() -> None:
    report = Report()
    check(skeleton(draft_of(TEXT), "heyang_2021").encode(), "heyang_2021.yaml", report)
    found = [
        (finding.code, dict(finding.args).get("key") or dict(finding.args).get("clause")) for finding in report.findings
    ]
    assert found == [
        ("N101", "title"), ("N101", "number"), ("N101", "issued"), ("N101", "from"), ("N101", "until"),
        ("P113", "封面"), ("P113", "一"), ("P113", "二"), ("P113", "附则"),
    ]  # fmt: skip
    assert all(finding.mark is not None for finding in report.findings)


def test_a_skeleton_that_a_person_has_confirmed_is_a_policy() -> None:
    written = skeleton(draft_of(TEXT), "heyang_2021")
    for key, value in (("title", "合阳市方案"), ("number", "合医保发〔2021〕7号"), ("issued", "2021-03-01")):
        written = written.replace(f"  {key}: 待确认", f"  {key}: {value}")
    written = written.replace("from: 待确认", "from: 2021-04-01").replace("until: 待确认", "until: silent")
    for number, text in (
        ("封面", "合医保发〔2021〕7号"),
        ("一", "回款"),
        ("附则", "本方案自2021年4月1日起实施，有效期两年"),
    ):
        assert f"    text: {text}\n" in written, number
        written = written.replace(f"    text: {text}\n", f"    text: {text}\n    not_encoded: internal\n")
    provision = """provisions:
  interview:
    sanction: 约谈
    cite: 二“完成比例低于80％的”
    by: insurance_agency
    for_each: target
    when: {completion: {below: 80%}}
    once: yes
    silent: [from]
quantities: {completion: {label: 完成比例, per: target, is: {ratio: [purchased, set_volume]}}}
"""
    report = Report()
    program = check(written.replace("provisions: {}\n", provision).encode(), "heyang_2021.yaml", report)
    assert report.findings == [] and program is not None
    assert [norm.id for norm in program.norms] == ["interview"]


def test_nothing_of_a_skeleton_is_law() -> None:
    data = yaml.load(skeleton(draft_of(TEXT), "heyang_2021"), yaml.BaseLoader)
    assert data["provisions"] == {}
    assert set(data) == {"language", "policy", "document", "clauses", "provisions"}
    assert data["document"] == {
        "title": "待确认",
        "number": "待确认",
        "issued": "待确认",
        "in_force": {"from": "待确认", "until": "待确认"},
    }
    assert all(set(clause) == {"no", "starts", "text"} for clause in data["clauses"])


def test_the_schema_marks_what_is_to_be_confirmed_where_it_can() -> None:
    data = yaml.load(skeleton(draft_of(TEXT), "heyang_2021"), yaml.BaseLoader)
    places = {".".join(map(str, error.path)) for error in Draft7Validator(SCHEMAS["policy"]()).iter_errors(data)}
    assert places == {"document.issued", "document.in_force.from", "document.in_force.until"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("不低于年度采购任务金额的30%预付", [("不低于年度采购任务金额的30%预付", "30%（不低于）", ("预付",))]),
        ("医疗机构应当付款。", [("医疗机构应当付款", "", ("应当", "付款"))]),
        ("相应核减下一年度医保费用额度；供应企业可能不足。", [("相应核减下一年度医保费用额度", "", ("核减",))]),
        ("按照“两个允许”的要求，统筹用于支出。", [("两个允许", "", ("允许",)), ("的要求", "", ("要求",))]),
        ("本条没有线索。", []),
    ],
)
def test_passages(text: str, found: list[tuple[str, str, tuple[str, ...]]]) -> None:
    assert [(item.phrase, item.figure, item.words) for item in passages(text)] == found


@pytest.mark.parametrize(
    "text", ["：回款", "a: b", "#x", "[一]", "- 一", "*一", '"一"', "一\\二", "1", "yes", "一 # 二"]
)
def test_scalars_come_back_as_they_were(text: str) -> None:
    assert yaml.load(f"a: {scalar(text)}", yaml.BaseLoader) == {"a": text}


NOTICE = """合阳市医疗保障局等三部门关于做好
中选结果落地执行工作的通知
合医保发〔2021〕8号
各县医疗保障局：
根据《合阳市关于加强管理的意见》（合政发〔2020〕3号），现通知如下。
一、回款
医疗机构应自2021年5月1日起按时付款。
本通知自2021年4月1日起施行。
合阳市医疗保障局　合阳市卫生健康委员会
2021年3月9日
"""


def test_a_notice_that_is_itself_the_document_has_its_title_and_its_signature() -> None:
    """Not a plan sent out by a notice: its title says 关于…的通知, and who issued it, and when, stands at the end."""
    cover = draft_of(NOTICE).cover
    assert [(one.text, one.line) for one in cover.titles] == [
        ("合阳市医疗保障局等三部门关于做好中选结果落地执行工作的通知", 1)
    ]
    assert [(one.text, one.line) for one in cover.numbers] == [("合医保发〔2021〕8号", 3), ("合政发〔2020〕3号", 5)]
    assert [(one.text, one.line) for one in cover.issuers] == [("合阳市医疗保障局", 9), ("合阳市卫生健康委员会", 9)]
    assert [(one.text, one.line) for one in cover.days] == [("2021-03-09", 10)]


def test_the_end_of_a_title_is_no_part_of_the_number_below_it() -> None:
    assert [
        one.text for one in draft_of("实施方案的通知\n合府办发〔2021〕9号\n一、回款\n应付款。\n").cover.numbers
    ] == ["合府办发〔2021〕9号"]


def test_a_day_within_a_clause_is_no_day_of_issue() -> None:
    assert draft_of("一、回款\n应付款。\n二、期限\n2021年5月1日前完成。\n").cover.days == ()
