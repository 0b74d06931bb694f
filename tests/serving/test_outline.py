"""The outline of a policy, section by section."""

from __future__ import annotations

import pytest
from both_surfaces import CHINESE, ENGLISH, understood

from vbprules.catalog import shipped_policies
from vbprules.diagnostics import Mark
from vbprules.serving.outline import Symbol, outline


def named(symbols: tuple[Symbol, ...]) -> list[tuple[str, str, str]]:
    return [(symbol.name, symbol.detail, symbol.kind) for symbol in symbols]


def section(text: str, name: str, lang: str = "zh") -> Symbol:
    return next(symbol for symbol in outline(understood(text), "en" if lang == "en" else "zh") if symbol.name == name)


def test_sections_are_named_as_the_file_writes_them() -> None:
    assert [symbol.name for symbol in outline(understood(ENGLISH), "zh")] == [
        "language", "policy", "document", "instruments", "parties", "readings", "questions", "lists", "terms",
        "quantities", "clauses", "left_out", "provisions",
    ]  # fmt: skip
    assert [symbol.name for symbol in outline(understood(CHINESE), "zh")] == [
        "语言版本", "政策", "文件", "其他文件", "主体", "解读", "认定事项", "清单", "术语", "数量定义", "条款目录",
        "未编入语句", "规定",
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), [(ENGLISH, "provisions"), (CHINESE, "规定")])
def test_provisions_with_their_kind_and_clause(text: str, name: str) -> None:
    found = section(text, name)
    assert named(found.children) == [
        ("pay_supplier 𠮷祥按期支付货款", "义务 二(一)", "provision"),
        ("late_warning 逾期预警", "制裁 二(一)", "provision"),
        ("hold 预警后仍未付清的措施", "制裁 二(一)", "provision"),
        ("prepayment 按不低于合同金额30%预付", "权益 二(二)", "provision"),
        ("low_completion 完成比例低于80%约谈", "制裁 二(三)", "provision"),
        ("serious_notice 情节较重的可通报", "制裁 二(三)", "provision"),
        ("free_choice 不得以费用控制等为由限制使用", "禁止 二(三)", "provision"),
    ]
    assert named(found.children[2].children) == [("funds 暂缓拨付医保费用", "", "step"), ("notice 通报", "", "step")]
    assert found.detail == "7"


def test_clauses_and_what_else_is_declared() -> None:
    assert named(section(ENGLISH, "clauses").children)[:2] == [
        ("封面 印发通知", "", "clause"),
        ("一 实施范围", "", "clause"),
    ]
    assert named(section(ENGLISH, "readings").children) == [("first_day 期间开始的当日是否计入", "二(一)", "reading")]
    assert named(section(ENGLISH, "lists").children) == [("grounds", "二(三)", "list")]
    assert section(ENGLISH, "provisions", "en").children[0].detail == "obligation 二(一)"


def inside(inner: Mark, outer: Mark) -> bool:
    starts = (outer.line, outer.column) <= (inner.line, inner.column)
    return starts and (inner.end_line, inner.end_column) <= (outer.end_line, outer.end_column)


def check_nested(symbol: Symbol) -> None:
    assert inside(symbol.name_at, symbol.whole)
    for child in symbol.children:
        assert inside(child.whole, symbol.whole)
        check_nested(child)


@pytest.mark.parametrize("name", sorted(shipped_policies()))
def test_every_part_lies_within_its_whole(name: str) -> None:
    for symbol in outline(understood(shipped_policies()[name].read_text("utf-8")), "zh"):
        check_nested(symbol)
