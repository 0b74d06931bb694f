"""Writing a policy in an editor: a real yaml-language-server with the schema of policies."""

from __future__ import annotations

from typing import Any

import pytest
from language_server import NEEDS_SERVER, ROOT, Server, labels

from vbprules.diagnostics import Report
from vbprules.formatting import formatted

pytestmark = NEEDS_SERVER
TEXT = """\
# yaml-language-server: $schema=../src/vbprules/schemas/policy.schema.json
language: 1
policy: heyang_2021
document: {title: 合阳市方案, number: 合医保发〔2021〕7号, issued: 2021-03-01, in_force: {from: issued, until: silent}}
quantities:
  completion: {label: 完成比例, per: target, is: {ratio: [purchased, set_volume]}}
  paid_late:
    label: 逾期付款
    is:
      sum: amount
      ⏎
clauses: [{no: 一, starts: 一、付款, text: 付款}]
provisions:
  begun:
    ⏎
  pay:
    obligation: 支付货款
    cite: 一“低于80％”
    by: institution
    for_each: receipt
    standrd: 1
    silent: [due]
    ⏎
  warn:
    制裁: 完成比例预警
    依据: 一“低于80％”
    由: insurance_agency
    条件:
      completion: {below: 80%, 低于多少: 1}
      ⏎
    once: yes
    silent: [from]
    hedge: ⏎
  prepay:
    entitlement: 预付
    cite: 一“不低于30％的预付款，这个引语比二十五个字还要多得多了”
    by: insurance_agency
    silent: [due]
    amount: {at_least: 0.3, of: agreed_amount}
""".replace("⏎", "")  # where somebody is about to write
LINES = TEXT.splitlines()


@pytest.fixture(scope="module")
def uri(server: Server) -> str:
    return server.open(ROOT / "policies" / "editor.yaml", TEXT)


def place(word: str) -> tuple[int, int]:
    line = next(number for number, text in enumerate(LINES) if word in text)
    return line, LINES[line].index(word)


def offered(server: Server, uri: str, line: int, column: int) -> set[str]:
    return set(labels(server.at("completion", uri, line, column)))


@pytest.mark.parametrize(
    ("word", "zh", "en"),
    [
        ("clauses", "条款目录", "The ledger"),
        ("制裁", "制裁：预警、约谈、暂停、扣减等措施。", "Sanction"),
        ("依据", "语句至多25个字", "25 characters at most"),
        ("ratio", "比：[分子, 分母]", "[numerator, denominator]"),
        ("purchased,", "采购量，内建", "quantity purchased, built in"),
        ("set_volume", "设置量，数量（设置任务量）", "set volume, a quantity (target)"),
        ("below", "低于、不足、不满", "Below"),
        ("insurance_agency", "医保经办机构", "insurance agency"),
        ("receipt", "收货", "receipt"),
        ("issued, until", "印发日", "the day of issue"),
    ],
)
def test_hover_speaks_chinese_first(server: Server, uri: str, word: str, zh: str, en: str) -> None:
    text = server.at("hover", uri, *place(word))["contents"]["value"]
    assert 0 <= text.index(zh) < text.index(en, text.index(zh))


def test_completion_at_the_top(server: Server, uri: str) -> None:
    found = offered(server, uri, place("clauses")[0], 0)
    assert {"readings", "questions", "lists", "left_out", "tasks"} <= found
    assert not {"document", "obligation", "解读", "任务"} & found


def test_completion_offers_the_modalities_first(server: Server, uri: str) -> None:
    found = offered(server, uri, place("begun")[0] + 1, 4)
    assert {"obligation", "sanction", "definition", "cite", "for_each"} <= found
    assert not {"due", "standard", "steps", "义务", "期限"} & found


def test_completion_offers_the_keys_of_the_modality(server: Server, uri: str) -> None:
    found = offered(server, uri, place("silent: [due]")[0] + 1, 4)
    assert {"due", "requires", "sanctioned_by", "when", "note"} <= found
    assert not {"期限", "standard", "steps", "takes_effect", "sanction", "cite"} & found


def test_completion_in_a_condition_offers_operations_and_names(server: Server, uri: str) -> None:
    found = offered(server, uri, place("completion: {below")[0] + 1, 6)
    assert {"all", "judge", "purchased", "accepted_on", "as_of"} <= found
    assert not {"任一", "采购量", "below", "ratio", "cite"} & found


def test_completion_beside_an_operation_offers_its_keys(server: Server, uri: str) -> None:
    line = place("sum: amount")[0]
    assert {"over", "where", "from", "so_far"} <= offered(server, uri, line + 1, 6)
    assert not {"ratio", "reaches", "cite"} & offered(server, uri, line + 1, 6)


def test_completion_of_values(server: Server, uri: str) -> None:
    line, column = place("hedge: ")
    assert {"原则上", "可", "视情况", "鼓励"} <= offered(server, uri, line, column + len("hedge: "))
    line, column = place("receipt")
    assert {"receipt", "target", "quarter", "institution"} <= offered(server, uri, line, column)
    line, column = place("insurance_agency")
    assert {"insurance_agency", "health_department", "doctor"} <= offered(server, uri, line, column)


def test_slips_are_marked_where_they_stand(server: Server, uri: str) -> None:
    found = {(item["range"]["start"]["line"], item["range"]["start"]["character"]) for item in server.findings(uri)}
    assert found == {
        (place("begun")[0], LINES[place("begun")[0]].index(":") + 1),  # nothing written yet
        place("standrd"),
        place("低于多少"),
        (place("hedge: ")[0], place("hedge: ")[1] + len("hedge: ")),
        (place("还要多得多")[0], LINES[place("还要多得多")[0]].index("一“")),
        place("0.3"),
    }


CHINESE = """\
# yaml-language-server: $schema=../src/vbprules/schemas/policy.zh.schema.json
语言版本: 1
政策: heyang_2021
文件: {标题: 合阳市方案, 文号: 合医保发〔2021〕7号, 印发日期: 2021-03-01, 施行: {自: 印发日, 至: 未规定}}
数量定义:
  完成率: {名称: 完成比例, 按: 设置任务量, 为: {比: [采购量, 设置量]}}
  逾期付款额:
    名称: 逾期付款
    为:
      合计: 金额
      ⏎
条款目录: [{条款号: 一, 起句: 一、付款, 摘要: 付款}]
规定:
  付货款:
    义务: 支付货款
    依据: 一“低于80％”
    由: 本机构
    逐一: 收货
    未规定: [期限]
    ⏎
  预警:
    制裁: 完成比例预警
    依据: 一“低于80％”
    由: 医保经办机构
    条件:
      完成率: {低于: 80%, 高于: 1}
      ⏎
    一次性: 是
    未规定: [自]
    生效方式: ⏎
""".replace("⏎", "")


def chinese_place(word: str) -> tuple[int, int]:
    lines = CHINESE.splitlines()
    line = next(number for number, text in enumerate(lines) if word in text)
    return line, lines[line].index(word)


@pytest.fixture(scope="module")
def chinese(server: Server) -> str:
    return server.open(ROOT / "policies" / "chinese.yaml", CHINESE)


@pytest.mark.parametrize(
    ("word", "zh", "en"),
    [
        ("条款目录", "条款目录", "The ledger"),
        ("制裁", "制裁：预警、约谈、暂停、扣减等措施。", "Sanction"),
        ("比: ", "比：[分子, 分母]", "[numerator, denominator]"),
        ("采购量,", "采购量，内建", "quantity purchased, built in"),
        ("医保经办机构", "医保经办机构", "insurance agency"),
        ("印发日, 至", "印发日", "the day of issue"),
    ],
)
def test_a_chinese_file_has_the_same_hover_texts(server: Server, chinese: str, word: str, zh: str, en: str) -> None:
    text = server.at("hover", chinese, *chinese_place(word))["contents"]["value"]
    assert 0 <= text.index(zh) < text.index(en, text.index(zh))


def test_a_chinese_file_is_completed_in_chinese(server: Server, chinese: str) -> None:
    found = offered(server, chinese, chinese_place("条款目录")[0], 0)
    assert {"解读", "认定事项", "任务"} <= found and not {"readings", "tasks", "文件"} & found
    found = offered(server, chinese, chinese_place("未规定: [期限]")[0] + 1, 4)
    assert {"期限", "要求", "条件", "说明"} <= found and not {"due", "when", "支付标准", "制裁"} & found
    found = offered(server, chinese, chinese_place("完成率: {低于")[0] + 1, 6)
    assert {"全部", "认定", "采购量", "基准日"} <= found and not {"all", "purchased", "低于"} & found
    found = offered(server, chinese, chinese_place("合计: 金额")[0] + 1, 6)
    assert {"范围", "其中", "迄今"} <= found and not {"over", "比"} & found


def test_the_values_of_a_chinese_file_are_completed_in_chinese(server: Server, chinese: str) -> None:
    line, column = chinese_place("收货")
    found = offered(server, chinese, line, column)
    assert {"收货", "设置任务量", "季度", "机构"} <= found and "receipt" not in found
    line, column = chinese_place("医保经办机构")
    found = offered(server, chinese, line, column)
    assert {"医保经办机构", "卫生健康部门", "医务人员"} <= found and "doctor" not in found
    line, column = chinese_place("生效方式: ")
    found = offered(server, chinese, line, column + len("生效方式: "))
    assert {"作出才生效", "自动生效"} <= found and "by_itself" not in found


def test_slips_of_a_chinese_file_are_marked(server: Server, chinese: str) -> None:
    found = {(item["range"]["start"]["line"], item["range"]["start"]["character"]) for item in server.findings(chinese)}
    assert found == {
        chinese_place("高于"),
        (chinese_place("生效方式: ")[0], chinese_place("生效方式: ")[1] + len("生效方式: ")),
    }


@pytest.mark.parametrize("path", sorted((ROOT / "policies").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_shipped_policy_in_chinese_words_has_no_marks(server: Server, path: Any) -> None:
    found = formatted(path.read_bytes(), path.name, Report(), "zh")
    assert found is not None
    text = found.after.decode()
    assert text.startswith("# yaml-language-server: $schema=../src/vbprules/schemas/policy.zh.schema.json\n")
    assert server.findings(server.open(path.with_name(f"zh_{path.name}"), text)) == []


@pytest.mark.parametrize("path", sorted((ROOT / "policies").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_shipped_policy_has_no_marks(server: Server, path: Any) -> None:
    assert server.findings(server.open(path, path.read_text("utf-8"))) == []
