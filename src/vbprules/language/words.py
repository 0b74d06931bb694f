"""The words of the language: every key and operation of a policy, a dossier and a case file, English and Chinese.

The grammar knows the English word; a file may use the Chinese one. Names of entities and their fields come from the
vocabulary. Identifiers are ASCII, so a Chinese key can only be a word of the language.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as MappingType
from functools import cache
from typing import Final

from vbprules.language.vocabulary import BY_LIST, ENTITIES
from vbprules.reading import Mapping, Node, Scalar, Sequence

WORDS: Final[MappingType[str, str]] = {
    # the file
    "language": "语言版本", "policy": "政策", "document": "文件", "instruments": "其他文件", "parties": "主体",
    "readings": "解读", "questions": "认定事项", "lists": "清单", "terms": "术语", "quantities": "数量定义",
    "clauses": "条款目录", "left_out": "未编入语句", "provisions": "规定", "tasks": "任务", "note": "说明",
    "note_en": "英文说明",
    # the document
    "title": "标题", "en": "英文", "number": "文号", "issued": "印发日期", "issuer": "印发机关", "region": "地区",
    "rank": "层级", "in_force": "施行", "from": "自", "until": "至", "known_from": "编写依据", "abridged": "有删减",
    "forwarded_by": "转发机关",
    "conventions": "计算惯例", "first_day": "首日", "precedence": "效力关系", "yields_to": "让位于",
    "displaces": "取代", "dated": "先后",
    # declarations
    "label": "名称", "is": "为", "cite": "依据", "asks": "问题", "options": "选项", "preferred": "倾向", "by": "由",
    "per": "按", "closed": "封闭", "open": "开放", "labels": "标签", "no": "条款号", "starts": "起句", "text": "摘要",
    "not_encoded": "不编入", "why": "原因", "not_in_text": "非原文数", "figure": "数字",
    # modalities and their keys
    "obligation": "义务", "prohibition": "禁止", "permission": "许可", "entitlement": "权益", "sanction": "制裁",
    "price": "支付", "definition": "定义", "toward": "对", "for_each": "逐一", "when": "条件", "hedge": "限定语",
    "except": "例外", "instead": "改为", "silent": "未规定", "due": "期限", "not_before": "最早", "done": "履行日",
    "requires": "要求", "forbids": "不得", "amount": "金额", "received": "已收",
    "takes_effect": "生效方式", "once": "一次性", "steps": "措施", "does": "内容", "fields": "领域", "choose": "选择",
    "sanctioned_by": "后果", "standard": "支付标准", "value": "数值", "lead": "牵头", "support": "配合",
    "matter": "事项", "governed_by": "适用日",
    # conditions
    "all": "全部", "any": "任一", "not": "并非", "some": "存在", "every": "每一", "judge": "认定", "breach_of": "违反",
    "overdue": "逾期未履行", "imposed": "已作出", "set_by": "另由", "reading": "按解读", "known_by": "互证",
    "below": "低于", "at_most": "不超过", "at_least": "不低于", "above": "超过", "exactly": "等于", "between": "介于",
    "before": "早于", "on_or_before": "不晚于", "on_or_after": "不早于", "after": "晚于", "in": "属于",
    "not_in": "不属于",
    # values
    "sum": "合计", "count": "计", "lowest": "最低", "highest": "最高", "over": "范围", "where": "其中",
    "through": "截至", "so_far": "迄今", "ratio": "比", "difference": "差", "plus": "和", "product": "积",
    "least": "较小", "greatest": "较大", "share": "份额", "of": "的", "if": "如果", "then": "则", "else": "否则",
    "reaches": "达到", "capped": "封顶", "last_year": "上年", "next_year": "下年", "day_after": "次日",
    "day_before": "前一日", "start_of": "期初", "end_of": "期末", "day": "日", "at": "在", "earliest": "最早者",
    "latest": "最晚者", "date_of": "作出日",
    # dossiers, rulings and cases
    "id": "编号", "complete_through": "完整至", "complete": "完整", "entries": "记录", "acts": "措施记录",
    "performances": "履行记录", "determinations": "认定记录", "given": "另行给定", "name": "名目", "source": "出处",
    "subject": "对象", "lifted_on": "解除日", "question": "认定问题", "answer": "结论", "replaces": "更正",
    "option": "采用", "period": "期间", "cases": "案例", "case": "案由", "fixtures": "公用事实",
    "expect_nothing_of": "不应出现", "as_of": "截止日", "use": "采用事实", "facts": "事实", "expect": "期望",
    "must_not": "不得出现", "variants": "变体", "set": "改动", "rows": "各行", "values": "取值",
    "equivalent": "等效改动", "becomes": "变为", "unreachable": "不可到达", "point": "取点",
    # what a case expects of an outcome
    "state": "状态", "standing": "把握", "triggered": "触发", "mode": "方式", "modality": "种类", "clause": "条款",
    "needs": "所缺", "reason": "理由", "base": "计算基数", "excess": "超出部分", "breached_on": "违反日",
    "early": "提前履行",
    # what else a case asserts
    "calendar": "日历", "timeline": "时间线", "to": "到", "changes": "变化", "cause": "起因", "explain": "解释",
    "decided_by": "取决于", "says": "写明", "threshold": "界限", "margin": "差额", "truth": "真假", "record": "所据",
    "missing": "尚缺", "next": "接下来", "kind": "类型", "add": "增加",
    "what_if": "假设", "figures": "政策数字", "only": "仅此", "corrections": "更正项",
    "together": "并列", "with": "连同", "sides": "双方", "ranking": "位次", "prevails": "优先", "claims": "主张",
    "relation": "关系", "applies": "及于", "overlaps": "同一事项", "unlike": "不同之处", "compared": "比较",
    "conflicts": "冲突", "clash": "类别", "attribute": "项目", "gaps": "缺漏", "sets": "写有者",
}  # fmt: skip

# The day from which a term is counted, {count: 30 days, after: …}: no comparison, and another word in Chinese.
TERM: Final[MappingType[str, str]] = {"after": "起于", "before": "前于"}

ENGLISH: Final[MappingType[str, str]] = {zh: en for table in (WORDS, TERM) for en, zh in table.items()}
LISTS: Final[MappingType[str, str]] = {**ENGLISH, **{entity.zh: entity.list_name for entity in ENTITIES}}


def dossier_in_english(node: Node) -> Node:
    """A dossier whose lists and columns may have Chinese headings: 采购, 数量, 验收合格日 …"""
    if not isinstance(node, Mapping):
        return node
    entries = []
    for key, value in node.entries:
        word = english(key, LISTS)
        entries.append((word, _rows_in_english(value, columns(word.text))))
    return Mapping(tuple(entries), node.mark)


def columns(list_name: str) -> MappingType[str, str]:
    """The Chinese headings of one list: words of the language, references, and the fields of its rows."""
    return _columns(list_name if list_name in BY_LIST else "")  # keys of dossiers are anybody's: not one entry each


@cache
def _columns(list_name: str) -> MappingType[str, str]:
    found = {**ENGLISH, **{item.zh: item.name for item in ENTITIES}}
    entity = BY_LIST.get(list_name)
    return found if entity is None else found | {item.zh: item.name for item in entity.fields}


def _rows_in_english(node: Node, words: MappingType[str, str]) -> Node:
    if isinstance(node, Mapping):
        entries = tuple((english(key, words), _rows_in_english(value, words)) for key, value in node.entries)
        return Mapping(entries, node.mark)
    if isinstance(node, Sequence):
        return Sequence(tuple(_rows_in_english(item, words) for item in node.items), node.mark)
    return node


def english(key: Scalar, words: MappingType[str, str] = ENGLISH) -> Scalar:
    """The key as its English word, where it is a Chinese one."""
    word = words.get(key.text)
    return key if word is None else Scalar(word, key.mark, key.quoted)


def repeated_keys(node: Node) -> Iterator[tuple[Scalar, Scalar]]:
    """Keys that stand twice in one mapping of a translated tree, in Chinese and in English, each after the first."""
    if isinstance(node, Mapping):
        if len({key.text for key, _ in node.entries}) < len(node.entries):
            first: dict[str, Scalar] = {}
            for key, _ in node.entries:
                if first.setdefault(key.text, key) is not key:
                    yield first[key.text], key
        for _, value in node.entries:
            yield from repeated_keys(value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from repeated_keys(item)
