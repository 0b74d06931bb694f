"""Sentences of procurement documents, and what figures a lawyer finds in them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from vbprules.fidelity.figure import HOURS, MONTH_DAY, QUARTERS, YEARLESS
from vbprules.fidelity.phrases import read_figures
from vbprules.values.figures import COUNT, DATE, DAYS, MONEY, MONTHS, NUMBER, SHARE, WORKING_DAYS, YEARS


def day(year: int, month: int, number: int) -> int:
    return date(year, month, number).toordinal()


P = Fraction(1, 100)
SENTENCES = [
    # The five documents, as they are written, with the breaks and spaces of the scans.
    ("原则上从收货验收合格到付款不得超过 30 天。", [(30, 30, DAYS, "at_most")]),
    (
        "对完成设置任务量比例低于 80％的定点医疗机构提出预警，低\n\n于 70％的",
        [(80 * P, 80 * P, SHARE, "below"), (70 * P, 70 * P, SHARE, "below")],
    ),
    ("预警后 10 个工作日内仍不回款的", [(10, 10, WORKING_DAYS, "at_most")]),
    ("逾期前 5 个工作日\n\n仍未支付的", [(5, 5, WORKING_DAYS, None)]),
    ("生产企业达到 3 家以上的", [(3, 3, COUNT, "at_least")]),
    ("选定不超过3家（含3家）药品经营企业", [(3, 3, COUNT, "at_most")]),
    ("在 2\n\n—3 年内调整到位", [(2, 3, YEARS, "at_most")]),
    (
        "原则上中选\n企业为 1—3 家的，采购周期 1—3 年，视实际情况可延长一年",
        [(1, 3, COUNT, None), (1, 3, YEARS, None), (1, 1, YEARS, None)],
    ),
    ("采购协议原则一年一签", [(1, 1, YEARS, None)]),
    ("总用量的60%—70%，确定", [(60 * P, 70 * P, SHARE, None)]),
    ("按不低于本地区年度购销合同或确定后的采购任务金额的30%向", [(30 * P, 30 * P, SHARE, "at_least")]),
    (
        "采购量达到协议约定采购量 50%后，再预付 40%的货款",
        [(50 * P, 50 * P, SHARE, "at_least"), (40 * P, 40 * P, SHARE, None)],
    ),
    ("各成员单位每月 25 日前以会议或书面形式报告 1 次", [(25, 25, MONTH_DAY, "before"), (1, 1, COUNT, None)]),
    ("2019年3月8日", [(day(2019, 3, 8), day(2019, 3, 8), DATE, None)]),
    ("（2019年3月前）", [(day(2019, 3, 1), day(2019, 3, 31), DATE, "before")]),
    ("（2020年2—3月）", [(day(2020, 2, 1), day(2020, 3, 31), DATE, None)]),
    ("(2020年2月底前)", [(day(2020, 2, 29), day(2020, 2, 29), DATE, "before")]),
    ("必须在 12 月底将预付款拨付到位，在 1 月份执行", [(1231, 1231, YEARLESS, None), (101, 131, YEARLESS, None)]),
    ("自2019年3月20日起实施", [(day(2019, 3, 20), day(2019, 3, 20), DATE, "on_or_after")]),
    ("市卫生健康委2月25日前", [(225, 225, YEARLESS, "before")]),
    # No figures of a rule.
    ("（国办发〔2019〕2 号）和（医保发〔2020〕2号）", []),
    ("医疗机构是结算货款的第一责任人，通过一致性评价，统一挂网，同一通用名", []),
    ("一是坚持以人民为中心。二是坚持综合施策。", []),
    ("“两个允许”、“三进”、“一云一网一平台”", []),
    ("1．加强药品采购管理。2. 畅通采购渠道", []),
    ("联勤保障部队第九二五医院、三级以上医疗机构、二十届三中全会", []),
    ("第二批国家组织药品集中采购，十分重要，纳入一个整体", []),
    # Other writings of the same.
    ("不少于百分之五十", [(50 * P, 50 * P, SHARE, "at_least")]),
    ("百分之八十五点五以下", [(Fraction(171, 200), Fraction(171, 200), SHARE, "at_most")]),
    ("按日加收千分之五的", [(Fraction(5, 1000), Fraction(5, 1000), SHARE, None)]),
    ("不足八成的", [(80 * P, 80 * P, SHARE, "below")]),
    ("达到一半以上", [(50 * P, 50 * P, SHARE, "at_least")]),
    ("３０日以内", [(30, 30, DAYS, "at_most")]),
    ("三十个工作日内", [(30, 30, WORKING_DAYS, "at_most")]),
    ("半年内", [(6, 6, MONTHS, "at_most")]),
    ("一年半", [(18, 18, MONTHS, None)]),
    ("连续两个季度", [(2, 2, QUARTERS, None)]),
    ("三个月以上不满六个月", [(3, 3, MONTHS, "at_least"), (6, 6, MONTHS, "below")]),
    ("1,000.50元以上", [(100_050, 100_050, MONEY, "at_least")]),
    ("超过五百万元", [(500_000_000, 500_000_000, MONEY, "above")]),
    ("不超过中选价格的1.8倍", [(Fraction(9, 5), Fraction(9, 5), NUMBER, "at_most")]),
    ("高于3家（含3家）", [(3, 3, COUNT, "at_least")]),
    ("80%以下（不含80%）", [(80 * P, 80 * P, SHARE, "below")]),
    ("二〇一九年十二月二十五日", [(day(2019, 12, 25), day(2019, 12, 25), DATE, None)]),
    (
        "2019年2月26日至3月24日",
        [(day(2019, 2, 26), day(2019, 2, 26), DATE, None), (day(2019, 3, 24), day(2019, 3, 24), DATE, None)],
    ),
    ("2019年2月30日", []),
    ("1至2年", [(1, 2, YEARS, None)]),
    ("得分不低于80的", [(80, 80, NUMBER, "at_least")]),
    ("高于最低中选价1.8倍的", [(Fraction(9, 5), Fraction(9, 5), NUMBER, "above")]),
    ("30%（含）以上", [(30 * P, 30 * P, SHARE, "at_least")]),
    ("30%（不含）以下", [(30 * P, 30 * P, SHARE, "below")]),
    ("三分之二以上", [(Fraction(2, 3), Fraction(2, 3), SHARE, "at_least")]),
    ("十分之一", [(Fraction(1, 10), Fraction(1, 10), SHARE, None)]),
    ("一倍以上三倍以下", [(1, 1, NUMBER, "at_least"), (3, 3, NUMBER, "at_most")]),
    (
        "按上年度采购量的80%、70%、60%",
        [(80 * P, 80 * P, SHARE, None), (70 * P, 70 * P, SHARE, None), (60 * P, 60 * P, SHARE, None)],
    ),
    ("中选企业为4家及以上的", [(4, 4, COUNT, "at_least")]),
    ("不低于80%且低于90%的", [(80 * P, 80 * P, SHARE, "at_least"), (90 * P, 90 * P, SHARE, "below")]),
    ("有效期至2022年12月31日", [(day(2022, 12, 31), day(2022, 12, 31), DATE, None)]),
    ("2.44元/片", [(244, 244, MONEY, None)]),
    ("不足一年的", [(1, 1, YEARS, "below")]),
    ("不应少于5家、不可多于八家", [(5, 5, COUNT, "at_least"), (8, 8, COUNT, "at_most")]),
    ("超过部分按30%支付", [(30 * P, 30 * P, SHARE, None)]),
    ("10日至15日内", [(10, 15, DAYS, "at_most")]),
    ("60％至70％", [(60 * P, 70 * P, SHARE, None)]),
    ("10日至15个工作日", [(10, 10, DAYS, None), (15, 15, WORKING_DAYS, None)]),
    ("每月1日至5日报送", [(1, 5, MONTH_DAY, None)]),
    ("两周内", [(14, 14, DAYS, "at_most")]),
    ("24小时内", [(24, 24, HOURS, "at_most")]),
    ("提高5个百分点", [(5 * P, 5 * P, SHARE, None)]),
    ("患者使用高于支付标准的药品，按30%支付", [(30 * P, 30 * P, SHARE, None)]),
]


@pytest.mark.parametrize(("text", "figures"), SENTENCES, ids=[text[:12] for text, _ in SENTENCES])
def test_a_sentence(text: str, figures: list[tuple[Fraction, Fraction, str, str | None]]) -> None:
    found = [(figure.value, figure.high, figure.unit, figure.comparator) for figure in read_figures(text)]
    assert found == figures


REQUIRED = [
    ("不低于50%", True),
    ("低于50%", False),
    ("达到50%", False),
    ("不得超过50%", True),
    ("超过50%", False),
    ("50%以上", False),
    ("至少50%", True),
]


@pytest.mark.parametrize(("text", "requires"), REQUIRED)
def test_a_bound_to_be_kept_is_told_from_a_case(text: str, requires: bool) -> None:
    (figure,) = read_figures(text)
    assert figure.requires is requires


def test_the_place_is_that_of_the_text_as_given() -> None:
    text = "低\n于 ８０ ％的"
    (figure,) = read_figures(text)
    assert text[slice(*figure.span)] == "８０ ％"
    assert figure.text == "80%"
