"""``vbprules explain``: what it prints of the small dossier, and how it answers names that mean nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vbprules.cli.main import main

AS_OF = ("--as-of", "2020-04-15")


def told(capsys: pytest.CaptureFixture[str], *args: str | Path) -> list[str]:
    assert main([str(arg) for arg in ("explain", *args, *AS_OF)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out.splitlines()


def refused(capsys: pytest.CaptureFixture[str], *args: str | Path, code: int = 1) -> str:
    assert main([str(arg) for arg in ("explain", *args, *AS_OF)]) == code
    out, err = capsys.readouterr()
    assert out == ""
    return err


def test_the_verdict_stands_first_then_what_decided(capsys, policy, dossier):
    """Accepted 2020-02-03, thirty days, February has 29: the last day is 03-04, or 03-03 if the first day counts."""
    assert told(capsys, policy, dossier, "pay@R1") == [
        "30天内付款　R1 甲药中选 12,345.60 元",
        "测医保发〔2020〕1号　测试医院　截至 2020-04-15",
        "✗ 截至 2020-04-15，医疗机构对企业的“30天内付款”（R1 甲药中选 12,345.60 元）“原则上”：违反，仍未履",
        "  行；期限 2020-03-04（★自次日起）／2020-03-03（当日计入）。依据：一“30天内付款”。",
        "由什么决定",
        "  ✓ 验收合格日后 30天 2020-03-03／2020-03-04 早于判断日 2020-04-15（档案第 18 行）",
        "    ✓ first_day=next（自次日起） → 2020-03-04（早 42 天）",
        "    ✓ first_day=same（当日计入） → 2020-03-03（早 43 天）",
        "  ✗ 付清日截至 2020-04-15 尚无，晚于验收合格日后 30天 2020-03-03／2020-03-04（档案第 18 行）",
        "取决于解读",
        "  解读问题：当日是否计入？  一“30天内付款”  --reading first_day=next|same",
        "后果：逾期预警",
    ]


def test_the_value_under_each_option_of_a_reading(capsys, policy, dossier):
    """79,000 of 100,000 bought, 85,000 used."""
    assert told(capsys, policy, dossier, "low", "--lang", "en") == [
        "Interview below 80%　甲药 Q1 2020",
        "测医保发〔2020〕1号　测试医院　as of 2020-04-15",
        '◇ As of 2020-04-15, "Interview below 80%" (insurance agency → hospital, 甲药 Q1 2020): depends on',
        "  the reading: due / not triggered. Clause: 二“完成比例低于80％”.",
        "what decided",
        "  ◇ completion 79% / 85%: below 80% depends on the reading",
        "    ✓ volume=bought → 79% (1 percentage point less)",
        "    ✗ volume=used → 85% (5 percentage points more)",
        "depends on readings",
        "  reading: which volume counts?  二“完成比例低于80％”  --reading volume=bought|used",
        "  ★volume=bought → due · completion 79%, below 80% (quantity purchased 79,000; set volume 100,000)",
        "  volume=used → not triggered · completion 85%, not below 80% (quantity used 85,000; set volume",
        "    100,000)",
    ]


def test_a_fixed_reading_is_told_alone_and_the_whole_tree_names_the_rows(capsys, policy, dossier):
    assert told(capsys, policy, dossier, "low", "--reading", "volume=bought", "--all") == [
        "完成比例低于80%约谈　甲药 2020年第1季度",
        "测医保发〔2020〕1号　测试医院　截至 2020-04-15",
        "! 截至 2020-04-15，医保经办机构对医疗机构的“完成比例低于80%约谈”（甲药 2020年第1季度）：应作出，尚未",
        "  作出。依据：二“完成比例低于80％”。",
        "由什么决定",
        "  ✓ 完成比例 79% 低于 80%（少 1 个百分点）",
        "怎样会不同",
        "  · 若完成比例不低于 80%，这一条就不成立（现为 79%，少 1 个百分点）",
        "全部条件",
        "  ✓ 适用",
        "    ✓ 在文件有效期内",
        "      ✓ 适用日不早于 2020-01-01：2020-03-31（晚 90 天）",
        "    ✓ 对象为医疗机构",
        "      ✓ 机构类别属于：医院：医疗机构（档案第 1 行）",
        "  ✓ 条件",
        "    ✓ 完成比例低于 80%：79%（少 1 个百分点）",
        "      · 完成量 79,000",
        "        · 采购量 79,000",
        "          · 采购 purchase1（第 13 行）79,000",
        "      · 设置量 100,000（档案第 12 行）",
        "  ✗ 已作出",
        "    ✗ “完成比例低于80%约谈”作出日不晚于判断日（2020-04-15）：截至 2020-04-15 尚无",
    ]


def test_why_not_by_how_much_and_what_would_be_otherwise(capsys, policy, dossier):
    lines = told(capsys, policy, dossier, "low", "--reading", "volume=used")
    assert lines[2].startswith("– ") and "未触发" in "".join(lines[2:4])
    assert lines[4:] == [
        "由什么决定",
        "  ✗ 完成比例 85% 不低于 80%（多 5 个百分点）",
        "怎样会不同",
        "  · 若完成比例低于 80%，这一条就成立（现为 85%，多 5 个百分点）",
    ]


def test_what_is_missing_and_who_can_give_it(capsys, policy, dossier):
    assert told(capsys, policy, dossier, "cut")[2:] == [
        "? 截至 2020-04-15，医保经办机构对医疗机构的“异常的扣减”：是否触发未定；若成立：应作出。依据：三“属异",
        "  常的”。",
        "由什么决定",
        "  ? 是否属异常：未定",
        "还缺什么",
        "  ? 需要医保部门认定：是否属异常",
    ]
    text = dossier.read_text("utf-8").replace("uses: {complete_through: 2020-04-15, entries:", "uses: {entries:")
    dossier.write_text(text.replace("quantity: 85000", "quantity: 65000"), "utf-8")
    lines = told(capsys, policy, dossier, "low", "--reading", "volume=used")
    assert lines[3] == "  定；若成立：应作出。依据：二“完成比例低于80％”。" and lines[2].endswith("是否触发未")
    assert lines[lines.index("还缺什么") + 1].startswith("  ? 请确认使用记录（A@2020Q1）截至 2020-03-31 是否完整")
    assert "由填写档案的人确认" in "".join(lines)


def test_an_amount_with_its_base(capsys, policy, dossier):
    text = "".join(told(capsys, policy, dossier, "advance_payment@H"))
    assert "已履行；金额 300,000.00 元（= 合同金额的30%；合同金额 1,000,000.00 元），履行日 2020-02-01" in text.replace(
        "  ", ""
    )


def test_a_provision_stands_for_all_its_outcomes(capsys, policy, dossier):
    lines = told(capsys, policy, dossier, "pay")
    assert [line for line in lines if line.startswith("30天内付款")] == [
        "30天内付款　R1 甲药中选 12,345.60 元",
        "30天内付款　R2 甲药中选 500.00 元",
        "30天内付款　R3 甲药中选 700.00 元",
    ]


def test_why_it_does_not_apply(capsys, policy, dossier):
    text = dossier.read_text("utf-8").replace("kind: hospital, ", "kind: pharmacy, ")
    dossier.write_text(text, "utf-8")
    lines = told(capsys, policy, dossier, "pay@R1")
    assert lines[2:] == [
        "– “30天内付款”不适用：本机构不是医疗机构。依据：一“30天内付款”。",
        "由什么决定",
        "  ✗ 机构类别：零售药店，不属于医院（档案第 1 行）",
    ]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("pya@R1", ("没有名为“pya”的规定", "是不是“pay”？")),
        ("pay@R11", ("“pay@R11”不是这个档案的结论：这条规定判断的有 R1, R2, R3", "是不是“pay@R1”？")),
        ("pay@", ("“pay@”不是这个档案的结论",)),
        ("@R1", ("没有名为“”的规定",)),
    ],
)
def test_names_that_mean_nothing(capsys, policy, dossier, name, said):
    err = refused(capsys, policy, dossier, name)
    assert all(words in err for words in said) and err.startswith("OUTCOME: ")


def test_nothing_recorded_to_judge(capsys, policy, dossier):
    text = dossier.read_text("utf-8")
    start, end = text.index("dispensings:"), text.index("conducts:")
    dossier.write_text(text[:start] + text[end:], "utf-8")
    err = refused(capsys, policy, dossier, "split")
    assert "“split”没有结论" in err and "dispensings" in err


def test_forms_exclude_each_other(capsys, policy, dossier):
    err = refused(capsys, policy, dossier, "pay", "--json", "--graph", "dot", code=2)
    assert "不能与" in err


def test_json_keeps_its_shape_and_its_bytes(capsys, policy, dossier):
    once = told(capsys, policy, dossier, "low", "--json")
    assert told(capsys, policy, dossier, "low", "--json") == once
    data = json.loads("\n".join(once))
    assert data["format"] == 1
    (one,) = data["explanations"]
    assert list(one) == [
        "id", "provision", "subject", "title", "policy", "number", "institution", "as_of", "verdict", "clauses",
        "applies", "standing", "state", "triggered", "would_be", "attributes", "needs", "consequence", "note",
        "decided_by", "tree", "whole", "readings", "receipt",
    ]  # fmt: skip
    assert (one["id"], one["standing"], one["whole"]) == ("low@A@2020Q1", "by_reading", True)
    (step,) = one["decided_by"]
    parts = step.pop("parts")
    assert step == {
        "kind": "comparison",
        "text": {
            "zh": "完成比例 volume=bought: 79%; volume=used: 85% 低于 80%",
            "en": "completion volume=bought: 79%; volume=used: 85% below 80%",
        },
        "truth": "by_reading",
        "standing": "by_reading",
        "unit": "share",
        "value": "volume=bought: 79%; volume=used: 85%",
        "comparator": "below",
        "threshold": "80%",
    }
    assert [(part["kind"], part["unit"]) for part in parts] == [("operand", "units"), ("operand", "units")]
    assert parts[1]["records"] == [
        {
            "list": "targets",
            "id": "A@2020Q1",
            "name": {"zh": "设置任务量 A@2020Q1", "en": "target A@2020Q1"},
            "line": 12,
        }
    ]
    assert [head["kind"] for head in one["tree"]] == ["gate", "trigger", "imposed"]


def test_markdown_and_files(capsys, policy, dossier, tmp_path):
    lines = told(capsys, policy, dossier, "cut", "--markdown")
    assert lines[0] == "# 异常的扣减" and "- **由什么决定**" in lines
    target = tmp_path / "图.mmd"
    assert told(capsys, policy, dossier, "cut", "--graph", "mermaid", "--output", target) == []
    assert target.read_text("utf-8").startswith("flowchart TD\n  n0[")
