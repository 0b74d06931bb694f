"""Words by which the law obliges, forbids, allows, urges or sanctions. They say where to look, not what is meant."""

from __future__ import annotations

import re
from typing import Final

NORM_WORDS: Final = (
    # duties and prohibitions
    "不得", "不能", "不予", "不因", "不再", "严禁", "禁止", "必须", "应当", "应", "须", "需", "要", "要求",
    "负责", "确保", "按时", "及时", "优先", "督促", "纳入", "报送", "上报", "报告", "公示",
    # what is left to somebody
    "原则上", "视情况", "允许", "可以", "可", "鼓励", "探索", "逐步", "支持",
    # money
    "预付", "拨付", "结算", "自付", "报销", "付款", "回款",
    # measures
    "暂停", "取消", "扣减", "核减", "减少", "扣除", "追回", "缓支", "暂缓", "不予支付", "约谈", "通报", "预警", "警告",
    "责令", "责成", "整改", "限期", "处罚", "惩戒", "追究", "问责", "处理", "清退", "退出", "移送",
)  # fmt: skip
# Words that have one of those as a part and mean something else.
_OTHER: Final = re.compile(
    "相应|供应|应急|响应|反应|适应|应用|应对|效应|对应|回应|可能|可靠|认可|许可|可及|不可|可持续"
    "|主要|重要|必要|只要|要素|需求|急需|所需|必需"
)
_WORD: Final = re.compile("|".join(sorted(NORM_WORDS, key=len, reverse=True)))
_FORCE: Final = re.compile(r"自.{1,20}起(?:施行|实施|执行|生效)|有效期|施行日期|印发之日")


def norm_words(sentence: str) -> tuple[tuple[str, int], ...]:
    """The words that stand in a sentence and where, in its order."""
    hidden = _OTHER.sub(lambda match: "·" * len(match.group()), sentence)
    return tuple((match.group(), match.start()) for match in _WORD.finditer(hidden))


def on_force(sentence: str) -> bool:
    """Whether a sentence seems to say from when or until when the document is in force."""
    return _FORCE.search(sentence) is not None
