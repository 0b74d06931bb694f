"""Clauses are found by the labels at the beginning of lines, in sequence, through a messy extraction."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vbprules.catalog import load
from vbprules.drafting import draft_of
from vbprules.drafting.lines import joined, lines_of
from vbprules.drafting.outline import outline
from vbprules.fidelity.phrases import read_figures
from vbprules.language.ledger import citations

ROOT = Path(__file__).parents[2]
SOURCES = Path(os.environ.get("VBPRULES_SOURCES", ROOT.parent / "shared" / "sources"))
DOCUMENTS = ("chongqing_2019", "guizhou_2019", "hechuan_2025", "xian_2019", "yunnan_2020")

MESSY = """
 合医保发〔2021〕7 号 

合阳市医疗保障局关于印发《合阳市药品集中带量采

购工作方案》的通知

合阳市医疗保障局

2021 年 3 月 1 日

- 1 -
# 合阳市药品集中带量采购工作方案

## 一、总体要求

坚持以人民为中心，按照本市

二、三级医院分工，推进工作。

二、主要措施

（一）保证回款。医疗机构应自验收合格之日起 3０

天内付款，不得拖欠。
- 2 -
1．监测。每月 25 日前报送。

（二）加强考核

1. 考核指标。完成比例低于 80％的给予预警。

三、其他

(一)解释。由市医疗保障局负责。

本方案自印发之日起实施。

附件

序号\t任务\t牵头\t完成时间
1\t挂网\t市医保局\t2021年4月底前
2\t培训\t市卫健委\t2021年5月底前
"""


def numbers(text: str) -> list[str]:
    return [item.no for item in outline(lines_of(text))]


def test_a_messy_document() -> None:
    assert numbers(MESSY) == [
        "封面", "一", "二", "二(一)", "二(一)1", "二(二)", "二(二)1", "三", "三(一)", "附则", "附件", "附件1", "附件2"
    ]  # fmt: skip


def test_beginnings_and_headings() -> None:
    found = {item.no: (item.starts, item.heading) for item in outline(lines_of(MESSY))}
    assert found["一"] == ("一、总体要求", "总体要求")
    assert found["二(一)"] == ("（一）保证回款。", "保证回款")
    assert found["二(二)"] == ("（二）加强考核", "加强考核")
    assert found["二(二)1"] == ("1.考核指标。", "考核指标")
    assert found["附则"][0] == "本方案自印发之日起实施。"
    assert found["附件1"][0] == "1挂网市医保局2021年4月底前"
    assert found["封面"][0] == "合医保发〔2021〕7号"


def test_a_wrapped_line_that_begins_like_a_label_is_none() -> None:
    assert numbers("一、甲\n按照第\n五、六条办理。\n二、乙\n") == ["一", "二"]
    assert numbers("一、甲\n（一）子。\n见前款\n（三）项。\n（二）丑。\n") == ["一", "一(一)", "一(二)"]
    assert numbers("一、甲\n增长\n1.5倍。\n督促按本\n方案自行执行。\n") == ["一"]


def test_numbers_that_run_through_the_document() -> None:
    text = "二、乙\n"
    assert numbers(text) == []  # no 一 before it
    text = "一、甲\n（一）子\n1．一事。\n2．二事。\n（二）丑\n3．三事。\n二、乙\n（一）寅\n4．四事。\n"
    assert numbers(text) == ["一", "一(一)", "一(一)1", "一(一)2", "一(二)", "一(二)3", "二", "二(一)", "二(一)4"]


def test_articles_and_chapters() -> None:
    text = "合阳市办法\n第一章 总则\n第一条 为了规范。\n第二条 应当付款：\n（一）按时；\n（二）足额。\n第二章 罚则\n第三条 处罚。\n"
    assert numbers(text) == ["封面", "第一章", "第一条", "第二条", "第二条(一)", "第二条(二)", "第二章", "第三条"]


def test_several_annexes() -> None:
    text = "一、甲\n附件：1.表\n附件1\n1\n挂网\n2\n培训\n附件2\n|序号|任务|\n|---|---|\n|1|报送|\n"
    assert numbers(text) == ["一", "附件1", "附件1(1)", "附件1(2)", "附件2", "附件2(1)"]


def test_an_annex_that_only_the_list_names() -> None:
    assert numbers("一、甲。\n附件：任务分工表\n") == ["一", "附件"]


@given(
    st.text(
        st.sampled_from("一二三四五、（）()1２．.第条附件：\n\t| 。本方案自起实施待确认《》〔〕2021号\"'#:"),
        max_size=200,
    )
)
def test_any_text_is_read(text: str) -> None:
    found = draft_of(text)
    nos = [item.no for item, _ in found.items]
    assert len(nos) == len(set(nos))
    for item, passages in found.items:
        assert 0 < len(item.starts) <= 25
        for passage in passages:
            assert 0 < len(passage.phrase) <= 25
            assert not set("“”\n ") & set(passage.phrase)


def folded(text: str) -> str:
    return re.sub(r"[\s*#|]", "", unicodedata.normalize("NFKC", text))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_clauses_of_a_real_document_are_those_of_its_ledger(name: str) -> None:
    path = SOURCES / f"{name}.txt"
    if not path.is_file():
        pytest.skip("the document's text is not at hand (set VBPRULES_SOURCES)")
    text = path.read_text("utf-8")
    found = draft_of(text)
    policy = load(name).policy
    assert [item.no for item, _ in found.items] == [clause.no for clause in policy.clauses]
    whole, position = folded(text), 0
    for item, passages in found.items:
        position = whole.find(folded(item.starts), position)
        assert position >= 0, item.no
        for passage in passages:
            assert folded(passage.phrase) in whole, passage.phrase
    # every figure that the policy cites is among the leads of its clause
    leads = {item.no: folded(joined(item.lines)) for item, _ in found.items}
    shown = {item.no: {lead.figure.partition("（")[0] for lead in passages} for item, passages in found.items}
    missed = [
        f"{cite.clause}“{cite.phrase}” {figure.text}"
        for _, cite in citations(policy)
        for figure in read_figures(cite.phrase, quotes_are_names=False)
        if folded(cite.phrase) in leads[cite.clause] and figure.text not in shown[cite.clause]
    ]
    assert missed == []
