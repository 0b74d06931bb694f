"""Words by which the law obliges, forbids, allows, urges or sanctions. They say where to look, not what is meant."""

from __future__ import annotations

import re
from typing import Final

# Longest first where one contains another.
NORM_WORDS: Final = (
    "不得", "不能", "不予", "严禁", "禁止", "必须", "应当", "应", "须", "要求", "负责", "确保", "按时", "及时", "优先",
    "原则上", "视情况", "允许", "可以", "可", "鼓励", "探索", "逐步", "支持",
    "暂停", "取消", "扣减", "核减", "减少", "扣除", "追回", "缓支", "缓拨", "不予支付", "约谈", "通报", "预警", "警告",
    "责令", "整改", "限期", "处罚", "惩戒", "追究", "问责", "严肃处理", "清退", "移送",
)  # fmt: skip
# Parts of other words: 相应, 供应, 可能, 可靠, 必须品 …
_OTHER: Final = re.compile(
    r"相应|供应|应急|响应|反应|适应|应用|应对|效应|对应|回应|可能|可靠|认可|许可|可及|不可|可持续"
)
_FORCE: Final = re.compile(r"自.{1,20}起(?:施行|实施|执行|生效)|有效期|施行日期|印发之日")


def norm_words(sentence: str) -> tuple[tuple[str, int], ...]:
    """The words that stand in a sentence, each once with the place where it first stands."""
    hidden = _OTHER.sub(lambda match: "·" * len(match.group()), sentence)
    found: dict[str, int] = {}
    for word in sorted(NORM_WORDS, key=len, reverse=True):
        at = hidden.find(word)
        if at >= 0:
            found[word] = at
            hidden = hidden.replace(word, "·" * len(word))
    return tuple(sorted(found.items(), key=lambda item: item[1]))


def on_force(sentence: str) -> bool:
    """Whether a sentence seems to say from when or until when the document is in force."""
    return _FORCE.search(sentence) is not None
