"""The Chinese forms of what stands for a value: entities, names of expressions, codes, choices. Keys are in ``words``.

Every table is one to one, so that a file can be turned from one surface into the other and back. A field that several
entities have (``amount``) has one Chinese name here, whatever its heading in a dossier. Where a heading is the one of
a single entity (货款), it may be written too, and names the field of that entity.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from vbprules.language.vocabulary import ENTITIES, MATTERS, PARTIES

Table = Mapping[str, str]

YES: Final[Table] = {"yes": "是", "no": "否"}
ENTITY: Final[Table] = {entity.name: entity.zh for entity in ENTITIES}
# A month, quarter or year at whose edge a day stands: 月, 次月, 上月.
PERIODS: Final[Table] = {
    "month": "月", "next month": "次月", "previous month": "上月",
    "quarter": "季度", "next quarter": "次季度", "previous quarter": "上季度",
    "year": "年度", "next year": "次年度", "previous year": "上年度",
}  # fmt: skip
CHOICES: Final[Mapping[str, Table]] = {
    "rank": {"national": "国家", "province": "省", "city": "市", "district": "区县"},
    "known_from": {"text": "原文", "secondary": "转述"},
    "dated": {"earlier": "较早", "later": "较晚"},
    "first_day": {"next_day": "次日起算", "same_day": "当日计入"},
    "reason": {
        "heading": "只是标题", "basis": "制定依据", "aims": "目标原则", "internal": "内部程序", "exhortation": "号召",
        "declaratory": "宣示", "other_addressee": "对象不在此列",
    },
    "takes_effect": {"when_imposed": "作出才生效", "by_itself": "自动生效"},
    "choose": {"all": "全部", "any": "择一或几项", "in_order": "依次"},
    "instead": {"none": "无"},
    "matter": {name: zh for name, (zh, _) in MATTERS.items()},
}  # fmt: skip
# Beside names and figures a value may be one of these.
SPECIAL: Final[Table] = {"always": "总是", "as_of": "基准日"}
IN_FORCE: Final[Table] = {"issued": "印发日", "not_stated": "没有写", "silent": "未规定"}

# Where the heading in a dossier tells one entity's field from another's, the name that serves them all.
_NEUTRAL: Final[Table] = {
    "kind": "类别", "amount": "金额", "quantity": "数量", "day": "日期", "selected": "中选", "region": "所在地区",
}  # fmt: skip
# The quantities that every policy may name, and what a period has.
_BUILT_IN: Final[Table] = {
    "is_selected": "属中选药品", "purchased": "采购量", "used": "使用量", "selected_purchased": "中选药品采购量",
    "nonselected_purchased": "非中选药品采购量", "nonselected_converted": "非中选药品折算采购量",
    "purchased_amount": "采购金额", "used_amount": "使用金额", "line_amount": "品种约定金额",
    "agreed_amount": "约定采购金额", "prepaid": "已预付金额", "paid": "已付金额", "outstanding": "未付金额",
    "settled_on": "付清日", "contract_due": "合同付款到期日", "fund_paid": "医保基金拨付额",
    "step_then": "当日所在步骤起执行日", "scheduled_standard": "当日所在步骤的支付标准",
    "step_now": "现行步骤起执行日", "standard_now": "现行步骤的支付标准",
    "period_start": "期间首日", "period_end": "期间末日",
}  # fmt: skip


@cache
def names() -> Table:
    """What an expression may name, and who may bear a norm: parties, entities, fields, built-in quantities."""
    found = {name: zh for name, (zh, _) in PARTIES.items()}
    for entity in ENTITIES:
        found.setdefault(entity.name, entity.zh)
        for item in entity.fields:
            found.setdefault(item.name, _NEUTRAL.get(item.name, item.zh))
    return {**found, **_BUILT_IN}


@cache
def headings() -> Table:
    """Headings of a dossier that tell whose field they are, and what they name: 货款 is ``receipt.amount``."""
    known = set(names().values())
    return {
        item.zh: f"{entity.name}.{item.name}" for entity in ENTITIES for item in entity.fields if item.zh not in known
    }


@lru_cache(maxsize=512)
def codes(field: str) -> Table:
    """The codes that a field of this name may have; those of other fields too, since a policy's lists may take them."""
    fields = [item for entity in ENTITIES for item in entity.fields if item.options]
    found: dict[str, str] = {}
    for item in sorted(fields, key=lambda item: item.name != field):
        for code, zh in item.options.items():
            if code not in found and zh not in found.values():
                found[code] = zh
    return found
