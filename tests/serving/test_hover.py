"""What an editor says of a place: names in both languages, units, definitions in words, clauses with their phrases."""

from __future__ import annotations

import re

import pytest
from both_surfaces import CHINESE, ENGLISH, place, understood
from hypothesis import given
from hypothesis import strategies as st

from vbprules.serving.hover import hover
from vbprules.serving.notes import Lang

KNOWN = {text: understood(text) for text in (ENGLISH, CHINESE)}


def lines(text: str, before: str, word: str, lang: Lang = "zh") -> list[str]:
    found = hover(KNOWN[text], place(text, before, word), lang)
    assert found is not None
    told, mark = found
    assert KNOWN[text].written(mark)
    shown = re.sub(r"\\([\\`*<>\[\]])", r"\1", told)  # as Markdown shows it
    return [line for line in shown.splitlines() if line]


def test_a_quantity_on_either_surface_and_in_either_language() -> None:
    told = [
        "**完成比例** · completion",
        "量 `completion`",
        "- 单位：比例",
        "- 按：设置任务量",
        "- 含义：采购量 ÷ 设置量",
        "- 用它的规定引用：二(三)“低于80%的予以约谈”",
    ]
    assert lines(ENGLISH, "{completion: {below", "completion") == told
    assert lines(CHINESE, "{completion: {低于", "completion") == told
    assert lines(ENGLISH, "{completion: {below", "completion", "en") == [
        "**completion** · 完成比例",
        "quantity `completion`",
        "- unit: a share",
        "- per: target",
        "- means: quantity purchased / set volume",
        "- cited where it is used: 二(三)“低于80%的予以约谈”",
    ]


def test_a_term_is_a_condition() -> None:
    assert lines(ENGLISH, "when: late\n", "late")[:5] == [
        "**逾期未付清** · paid late",
        "术语（条件） `late`",
        "- 单位：是或否",
        "- 按：收货",
        "- 含义：付清日晚于 宽限末日（即“逾期预警”作出日后 10个工作日）",
    ]


@pytest.mark.parametrize(("text", "word", "id"), [(ENGLISH, "settled_on", "settled_on"), (CHINESE, "付清日", "付清日")])
def test_a_built_in_quantity_has_the_name_that_the_file_writes(text: str, word: str, id: str) -> None:
    told = lines(text, word, word)
    assert told[:4] == ["**付清日** · day settled", f"内建的量 `{id}`", "- 单位：日期", "- 按：收货"]


@pytest.mark.parametrize(
    ("text", "word", "id", "code"),
    [
        (ENGLISH, "ownership", "institution.ownership", "公立 public"),
        (CHINESE, "办医主体", "本机构.办医主体", "公立、"),
    ],
)
def test_a_field_has_its_unit_its_row_and_its_codes(text: str, word: str, id: str, code: str) -> None:
    told = lines(text, word, word)
    assert told[:4] == ["**办医主体** · ownership", f"档案的字段 `{id}`", "- 单位：代码", "- 按：机构"]
    assert told[4].startswith("- 代码：" + code)


@pytest.mark.parametrize("text", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_a_figure_with_the_phrase_that_has_it(text: str) -> None:
    assert lines(text, "{completion: {", "80%}") == [
        "**80%**",
        "比例",
        "- 依据：二(三)“低于80%的予以约谈”",
        "- 位置：low_completion.when.completion.below",
    ]


def test_a_term_of_days_with_the_phrase_of_its_provision() -> None:
    assert lines(ENGLISH, "due: {count", "30 days")[2] == "- 依据：二(一)“自验收合格之日起30天内”"
    assert lines(ENGLISH, "is: {count", "10 working")[1:3] == ["工作日", "- 依据：二(一)“预警后10个工作日内仍未付清的”"]


def test_a_figure_that_is_not_of_the_text_says_why_it_is_there() -> None:
    quantity = "  monthly: {label: 月均预付, en: monthly, per: agreement, is: {ratio: [prepaid, 12]}, cite: 二(二)“不低于合同金额的30%”}\n"
    own = "not_in_text:\n  - {figure: monthly.ratio.2, why: 一年十二个月, en: twelve months}\n"
    text = ENGLISH.replace("clauses:\n", quantity + "clauses:\n").replace("provisions:\n", own + "provisions:\n")
    found = hover(understood(text), place(text, "[prepaid, 12", "12"), "zh")
    assert found is not None
    assert found[0].splitlines()[4:] == [
        "- 不出自原文：一年十二个月",
        "- 所在之处引用，其中没有这个数：二(二)“不低于合同金额的30%”",
        "- 位置：monthly.ratio.2",
    ]


def test_a_party_with_its_test() -> None:
    assert lines(ENGLISH, "by: public_hospital", "public_hospital") == [
        "**公立医疗机构** · public institution",
        "主体 `public_hospital`",
        "- 本机构须符合：",
        "```yaml",
        "{ownership: {in: [public]}}",
        "```",
        "- 依据：一“全省所有公立医疗机构”",
    ]
    assert lines(CHINESE, "由: 医保经办机构", "医保经办机构") == [
        "**医保经办机构** · insurance agency",
        "内建的主体 `医保经办机构`",
        "- 本机构以外的人：不因它而适用",
    ]


def test_a_reading_its_options_and_that_the_preferred_settles_nothing() -> None:
    told = [
        "**期间开始的当日是否计入** · does the first day count",
        "解读 `first_day`",
        "- next — 自次日起算（倾向，只作显示）",
        "- same — 当日计入",
        "- 依据：二(一)“自验收合格之日起30天内”",
    ]
    assert lines(ENGLISH, "{reading: first_day", "first_day") == told
    assert lines(CHINESE, "{按解读: first_day", "first_day") == told
    assert lines(ENGLISH, "next: next_day", "next")[:2] == ["**自次日起算**", "解读的一个选项 `next`"]


def test_a_question_and_who_decides_it() -> None:
    assert lines(ENGLISH, "judge: serious", "serious") == [
        "**情节是否较重** · is it serious",
        "认定事项 `serious`",
        "- 由：医保经办机构",
        "- 按：机构",
        "- 依据：二(三)“情节较重的”",
    ]


def test_a_provision_where_it_is_named() -> None:
    assert lines(ENGLISH, "overdue: pay_supplier", "pay_supplier") == [
        "**𠮷祥按期支付货款** · Pay the supplier in time",
        "义务 `pay_supplier`",
        "- 由：公立医疗机构",
        "- 对：企业",
        "- 逐一：收货",
        "- 依据：二(一)“自验收合格之日起30天内”",
    ]
    assert lines(ENGLISH, "[late_warning, hold]", "hold") == [
        "**预警后仍未付清的措施** · Measures after the warning",
        "分几项措施的制裁 `hold`",
        "- hold.funds 暂缓拨付医保费用",
        "- hold.notice 通报",
    ]


def test_a_citation_and_a_row_of_the_ledger_tell_the_clause() -> None:
    told = [
        "**二(二) 预付** · prepayment",
        "条款",
        "- 起句：（二）预付",
        "- prepayment 按不低于合同金额30%预付 “不低于合同金额的30%”“按药款支付办法执行”",
        "- left_out “减轻医疗机构资金压力”",
    ]
    assert lines(ENGLISH, "二(二)“不低于", "二(二)") == told
    assert lines(ENGLISH, "（二）预付", "（二）预付") == told
    assert lines(ENGLISH, "封面", "封面")[2:] == ["- 起句：示医保发〔2020〕1号", "- 不编入：依据"]


def test_a_list_an_instrument_a_hedge() -> None:
    assert lines(ENGLISH, "in: grounds", "grounds") == [
        "**grounds**",
        "开放的清单（等）",
        "- cost 费用控制",
        "- share 药占比",
        "- 依据：二(三)“费用控制、药占比等”",
    ]
    assert lines(ENGLISH, "set_by: pay_rules", "pay_rules")[2:] == ["- 文号：示财〔2019〕3号"]
    assert lines(ENGLISH, "hedge: 可", "可")[2:] == ["- 裁量：不自动成为义务、违反或应作出的制裁"]
    assert lines(ENGLISH, "hedge: 可", "可", "en")[0] == "**may** · 可"


@pytest.mark.parametrize(
    ("text", "before", "word", "name", "says"),
    [
        (ENGLISH, "below: 80%", "below", "**低于** · below", "低于、不足、不满：不含本数。"),
        (CHINESE, "低于: 80%", "低于", "**低于** · below", "低于、不足、不满：不含本数。"),
        (ENGLISH, "at_least: 30%", "at_least", "**不低于** · at_least", "不低于、达到、以上：含本数。"),
        (ENGLISH, "after: accepted_on", "after", "**起于** · after", "期限从哪一天起算。"),
        (ENGLISH, "after: grace_end", "after", "**晚于** · after", "晚于这一天。"),
        (ENGLISH, "ratio:", "ratio", "**比** · ratio", "比：[分子, 分母]，精确，不舍入。"),
        (ENGLISH, "overdue:", "overdue", "**逾期未履行** · overdue", "逾期，至今仍未履行。"),
        (ENGLISH, "clauses:", "clauses", "**条款目录** · clauses", "条款目录：每一条款一行"),
        (ENGLISH, "issued: 2020", "issued", "**印发日期** · issued", "印发日期，如"),
        (ENGLISH, "preferred:", "preferred", "**倾向** · preferred", "显示时放在前面的一种"),
        (ENGLISH, "instead:", "instead", "**改为** · instead", "none（或不写）"),
        (ENGLISH, "obligation:", "obligation", "**义务** · obligation", "义务：必须做什么。"),
    ],
)
def test_a_word_of_the_language(text: str, before: str, word: str, name: str, says: str) -> None:
    told = lines(text, before, word)
    assert told[:2] == [name, "语言的词"]
    assert told[2].startswith(f"- {says}")
    assert lines(text, before, word, "en")[3] == told[2]  # both languages, the other first


def test_a_kind_of_row() -> None:
    assert lines(ENGLISH, "for_each: agreement", "agreement")[:2] == ["**购销合同** · agreement", "一种行 `agreement`"]
    told = lines(CHINESE, "逐一: 购销合同", "购销合同")
    assert told[1] == "一种行 `购销合同`"
    assert "- 指向：企业" in told


def test_a_free_text_says_nothing() -> None:
    assert hover(KNOWN[ENGLISH], place(ENGLISH, "𠮷祥", "祥"), "zh") is None
    assert hover(KNOWN[ENGLISH], (9999, 1), "zh") is None


@given(st.sampled_from([ENGLISH, CHINESE]), st.data())
def test_every_place_can_be_asked(text: str, data: st.DataObject) -> None:
    source = KNOWN[text].source
    at = source.position(data.draw(st.integers(0, len(text))))
    for lang in ("zh", "en"):
        found = hover(KNOWN[text], at, lang)
        if found is not None:
            told, mark = found
            assert told.strip()
            assert (mark.line, mark.column) <= at <= (mark.end_line, mark.end_column)
