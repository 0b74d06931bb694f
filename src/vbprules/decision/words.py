"""The words in which decisions speak: states, modalities, comparators, standings. Chinese first, English beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# Of a policy written from what others say of its document.
SECONDARY: Final = (
    "本政策依转述编写，未与原文核对：条款号是自编的，引语是转述，不是原文；不宜单独据以作出处理。",
    "This policy was written from secondary knowledge and not checked against the document: its clause numbers are our"
    " own, its quotations paraphrase. It should not be acted on alone.",
)
STATES: Final[Mapping[str, tuple[str, str]]] = {
    "met": ("已履行", "met"),
    "open": ("待履行", "open"),
    "open_unrecorded": ("期限未过，是否履行未见记录", "open, performance not on record"),
    "breached_met_late": ("违反：逾期后才履行", "breached, met late"),
    "breached_unperformed": ("违反：仍未履行", "breached, still unperformed"),
    "breached_unrecorded": ("违反：此后是否履行未见记录", "breached, later performance not on record"),
    "timeliness_unknown": ("是否按期未知", "not known whether in time"),
    "deadline_unknown": ("期限是否已过未知", "not known whether the deadline has passed"),
    "not_triggered": ("未触发", "not triggered"),
    "trigger_unknown": ("是否触发未定", "not known whether triggered"),
    "due_later": ("应作出，尚未到起始日", "due from a later day"),
    "due": ("应作出，尚未作出", "due"),
    "due_unrecorded": ("应作出，未见作出的记录", "due, no act on record"),
    "in_force": ("已作出，执行中", "in force"),
    "ended": ("已解除", "ended"),
    "no_longer_due": ("不再应作出", "no longer due"),
    "may_be_imposed": ("可以作出（裁量）", "may be imposed"),
    "may_be_imposed_unrecorded": ("可以作出（裁量），未见作出的记录", "may be imposed, no act on record"),
    "starts_later": ("将自动开始", "starts later by itself"),
    "window_unknown": ("是否已到起始日未知", "not known whether it has begun"),
    "imposed_ground_open": ("已作出，条件现不成立或未定", "imposed; its condition does not hold now, or is open"),
    "observed": ("未违反", "observed"),
    "breached": ("违反", "breached"),
    "breach_unknown": ("是否违反未定", "not known whether breached"),
    "available": ("可以行使", "available"),
    "applies": ("适用", "applies"),
    "not_applicable": ("不适用", "not applicable"),
}
# What a case file may write for a state whose label is long. Every label itself may stand there as well.
SHORT_STATES: Final[Mapping[str, str]] = {
    "open_unrecorded": "待履行，未见记录",
    "breached_met_late": "逾期后履行",
    "breached_unperformed": "逾期未履行",
    "breached_unrecorded": "逾期，未见履行记录",
    "due_later": "尚未到起始日",
    "due": "应作出",
    "due_unrecorded": "应作出，未见记录",
    "in_force": "执行中",
    "may_be_imposed": "可以作出",
    "may_be_imposed_unrecorded": "可以作出，未见记录",
    "window_unknown": "起始日未知",
    "imposed_ground_open": "条件现未成立",
}
MODALITIES: Final[Mapping[str, tuple[str, str]]] = {
    "obligation": ("义务", "obligation"),
    "prohibition": ("禁止", "prohibition"),
    "permission": ("许可", "permission"),
    "entitlement": ("权益", "entitlement"),
    "sanction": ("制裁", "sanction"),
    "price": ("支付分担", "price split"),
    "definition": ("规定", "definition"),
}
MODES: Final[Mapping[str, tuple[str, str]]] = {
    "must": ("应当", "must"),
    "may": ("可以", "may"),
}
CHOICES: Final[Mapping[str, tuple[str, str]]] = {  # how an authority takes the measures or fields of a sanction
    "all": ("全部", "all of them"),
    "any": ("择一或几项", "one or several"),
    "in_order": ("依次", "in order"),
}
STANDINGS: Final[Mapping[str, tuple[str, str]]] = {
    "settled": ("已定", "settled"),
    "by_reading": ("视解读而定", "by reading"),
    "open": ("待定", "open"),
    "silent": ("文件未规定", "silent"),
}
ATTRIBUTES: Final[Mapping[str, tuple[str, str]]] = {
    "amount": ("金额", "amount"),
    "due": ("期限", "due"),
    "not_before": ("最早", "not before"),
    "from": ("起", "from"),
    "until": ("止", "until"),
    "done": ("履行日", "performed on"),
    "early": ("早于最早日期", "performed early"),
    "breached_on": ("违反日", "breached on"),
    "received": ("已收", "received"),
    "standard": ("支付标准", "payment standard"),
    "base": ("医保计算基数", "base"),
    "excess": ("超出标准由患者自付", "patient's excess"),
    "value": ("内容", "value"),
}
CONTRADICTION: Final = ("两处记录不一致，以直接记录的为准：", "two records differ, the direct one counts: ")
TESTS: Final[Mapping[str, tuple[str, str]]] = {  # what an outcome turns on, as the heads of its whole proof
    "gate": ("适用", "applies"),
    "in_force": ("在文件有效期内", "within the document's time in force"),
    "by": ("主体为", "by: "),
    "toward": ("对象为", "toward: "),
    "exempt": ("属于例外", "an exception applies:"),
    "trigger": ("条件", "condition"),
    "over": ("期限已过", "the deadline has passed"),
    "in_time": ("按期履行", "performed in time"),
    "performed": ("已履行", "performed"),
    "early": ("提前履行", "performed early"),
    "started": ("已到起始日", "its first day has come"),
    "ended": ("已到截止日", "its last day has passed"),
    "imposed": ("已作出", "imposed"),
    "breached": ("违反", "breached"),
}
COMPARATORS: Final[Mapping[str, tuple[str, str]]] = {
    "below": ("低于", "below"),
    "at_most": ("不超过", "at most"),
    "at_least": ("不低于", "at least"),
    "above": ("超过", "above"),
    "exactly": ("等于", "exactly"),
    "before": ("早于", "before"),
    "on_or_before": ("不晚于", "on or before"),
    "on_or_after": ("不早于", "on or after"),
    "after": ("晚于", "after"),
    "imposed": ("不晚于", "on or before"),
}
TRUTHS: Final[Mapping[str, tuple[str, str]]] = {
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "open": ("未知", "open"),
    "by_reading": ("视解读", "by reading"),
}
BOUNDS: Final[Mapping[str, tuple[str, str]]] = {
    "exactly": ("", ""),
    "at_least": ("不低于 ", "at least "),
    "at_most": ("不超过 ", "at most "),
    "between": ("", ""),
}
NEEDS: Final[Mapping[str, tuple[str, str]]] = {
    "fact": ("请补充事实", "record the fact"),
    "list": ("请确认清单完整", "state that the list is complete"),
    "time": ("等待时间经过", "wait"),
    "judgement": ("需要有权机关认定", "needs a determination"),
    "instrument": ("由另一文件规定", "set by another instrument"),
    "calendar": ("工作日安排尚未公布", "working days not yet published"),
    "undefined": ("没有可取的记录或分母为零，无从得出", "undefined: no record to take it from, or a zero denominator"),
    "silent": ("文件未规定", "the document is silent"),
}
WOULD_BE: Final[Mapping[str, tuple[str, str]]] = {  # what stands if an open condition turns out to hold
    "obligation": ("应当履行", "owed"),
    "entitlement": ("应当兑现", "owed"),
    "sanction": ("应作出", "to be imposed"),
    "prohibition": ("不得违反", "the prohibition applies"),
    "permission": ("可以行使", "available"),
    "price": ("适用", "applies"),
    "definition": ("适用", "applies"),
}
WOULD_BE_AT_DISCRETION: Final = ("可以作出（裁量）", "at discretion")
GIVERS: Final[Mapping[str, tuple[str, str]]] = {  # who can fill a need
    "fact": ("由填写档案的人补充", "to be recorded in the dossier"),
    "list": ("由填写档案的人确认", "to be stated in the dossier"),
    "time": ("只能等待", "only time can tell"),
    "judgement": ("由有权机关认定", "for the authority to determine"),
    "instrument": ("见另一文件", "in the other instrument"),
    "calendar": ("待国务院办公厅公布", "for the State Council to publish"),
    "undefined": ("无从补充", "nobody can supply it"),
    "silent": ("无从补充", "nobody can supply it"),
}
NOT_ENCODED: Final[Mapping[str, tuple[str, str]]] = {
    "heading": ("标题", "heading"),
    "basis": ("依据", "basis"),
    "aims": ("目标", "aims"),
    "internal": ("内部程序", "internal"),
    "exhortation": ("号召", "exhortation"),
    "declaratory": ("宣示", "declaratory"),
    "other_addressee": ("对象不在此列", "other addressee"),
}
