"""What a dossier can hold: the entities, their fields and how they refer to each other. One table for every reader.

The policy compiler, the dossier reader, the schemas and the tables of a batch take names, units and labels from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from vbprules.values.figures import CODE, COUNT, DATE, DAYS, MONEY, NUMBER, TEXT, TRUTH, UNITS


@dataclass(frozen=True, slots=True)
class Field:
    """One column of an entity. ``options`` closes a code field; an open one takes the codes of the policy's lists."""

    name: str
    unit: str
    zh: str
    en: str
    options: Mapping[str, str] = field(default_factory=dict)
    fine: bool = False  # a unit price: may be less than a fen


@dataclass(frozen=True, slots=True)
class Entity:
    """A kind of row. ``day`` names its governing day; ``refs`` the rows it refers to, by the entity's name."""

    name: str
    list_name: str
    zh: str
    en: str
    fields: tuple[Field, ...]
    refs: tuple[str, ...] = ()
    day: str | None = None
    period: bool = False  # has a period of its own (a field ``period``, or from start to end)
    announced: bool = False  # set beforehand for a later day: known before that day comes
    once: tuple[str, ...] = ()  # a reference and the day, together only once: the id where none is given

    @property
    def field_map(self) -> Mapping[str, Field]:
        return _field_map(self.name)


_KIND = {"hospital": "医院", "primary_care": "基层医疗卫生机构", "village_clinic": "村卫生室", "clinic": "诊所",
         "pharmacy": "零售药店", "other": "其他"}  # fmt: skip
_OWNERSHIP = {"public": "公立", "state_enterprise": "国有企业办", "military": "军队", "private": "社会办"}
_GRADE = {"primary": "一级", "secondary": "二级", "tertiary": "三级", "ungraded": "未定级"}
_LEVEL = {"national": "国家级", "province": "省级", "city": "市级", "district": "区县级", "township": "乡镇级",
          "village": "村级"}  # fmt: skip
_CLASS = {"selected": "中选药品", "originator": "原研药", "reference": "参比制剂",
          "passed_generic": "通过一致性评价的仿制药", "unpassed_generic": "未通过一致性评价的仿制药",
          "other": "其他"}  # fmt: skip
_CATEGORY = {"chemical": "化学药品", "tcm_slices": "中药饮片", "centrally_procured": "集采药品",
             "negotiated_or_bid": "国谈及竞价药品", "narcotic": "麻醉药品", "psychotropic": "精神药品",
             "radioactive": "放射药品", "temporary": "临采药品", "other": "其他"}  # fmt: skip
_DAY = Field("day", DATE, "日期", "day")
_NAME = Field("name", TEXT, "名称", "name")
_AMOUNT = Field("amount", MONEY, "金额", "amount")
_QUANTITY = Field("quantity", UNITS, "数量", "quantity")
_PRICE = Field("price", MONEY, "单价", "price", fine=True)

INSTITUTION, MONTH, QUARTER, YEAR, TARGET = "institution", "month", "quarter", "year", "target"
PERIOD_ENTITIES: Final = (MONTH, QUARTER, YEAR)

ENTITIES: Final[tuple[Entity, ...]] = (
    Entity(INSTITUTION, INSTITUTION, "机构", "institution", (
        _NAME,
        Field("kind", CODE, "机构类别", "kind of institution", _KIND),
        Field("ownership", CODE, "办医主体", "ownership", _OWNERSHIP),
        Field("grade", CODE, "等级", "grade", _GRADE),
        Field("level", CODE, "隶属层级", "administrative level", _LEVEL),
        Field("region", TEXT, "所在地区", "region"),
        Field("designated", TRUTH, "医保定点", "designated by the insurance"),
        Field("joined", TRUTH, "已参加集采", "takes part in the procurement"),
        Field("special_drug_pharmacy", TRUTH, "医保特殊药品定点药店", "designated special-drug pharmacy"),
        Field("chain", TRUTH, "连锁门店", "part of a chain"),
    )),
    Entity(MONTH, "months", "月份", "month", (), period=True),
    Entity(QUARTER, "quarters", "季度", "quarter", (), period=True),
    Entity(YEAR, "years", "年度", "year", (Field("year_number", NUMBER, "年份", "year"),), period=True),
    Entity("drug", "drugs", "品种", "drug", (
        _NAME,
        Field("in_catalogue", TRUTH, "在医保目录内", "in the insurance catalogue"),
        Field("selected", TRUTH, "属集采品种", "in the procurement"),
        Field("selected_price", MONEY, "中选价格", "selected price", fine=True),
        Field("winners", COUNT, "中选企业数", "number of winners"),
        Field("passed_makers", COUNT, "通过一致性评价企业数", "makers that passed the evaluation"),
        Field("supply_ensured", TRUTH, "供应有保障", "supply ensured"),
        Field("counting_unit", TEXT, "计数单位", "counting unit"),
        Field("region_quantity", UNITS, "全地区采购数量", "quantity of the region"),
        Field("region_use_last_year", UNITS, "全地区上年度用量", "use of the region last year"),
    )),
    Entity("product", "products", "药品", "product", (
        _NAME,
        Field("class", CODE, "药品类别", "class", _CLASS),
        Field("category", CODE, "管理类别", "category", _CATEGORY),
        Field("selected", TRUTH, "中选药品", "selected"),
        Field("listed", TRUTH, "已挂网", "listed on the platform"),
        _PRICE,
        Field("conversion", NUMBER, "折算比例", "conversion ratio"),
        Field("earlier_price", MONEY, "集采前价格", "price before the procurement", fine=True),
        Field("national_lowest", MONEY, "全国最低价", "lowest national price", fine=True),
        Field("in_negotiation", TRUTH, "在议价范围内", "in the negotiation"),
    ), refs=("drug",)),
    Entity("standard_step", "standard_steps", "支付标准步骤", "step of the payment standard", (
        _DAY,
        Field("standard", MONEY, "支付标准", "payment standard", fine=True),
        Field("instrument", TEXT, "依据文件", "set by"),
    ), refs=("product",), day="day", announced=True, once=("product", "day")),
    Entity("supplier", "suppliers", "企业", "supplier", (
        _NAME,
        Field("kind", CODE, "企业类别", "kind of supplier",
              {"maker": "生产企业", "distributor": "配送企业", "other": "其他"}),
        Field("distributors", COUNT, "选定配送企业数", "distributors chosen"),
        Field("direct_delivery", TRUTH, "直接配送", "delivers directly"),
    )),
    Entity("agreement", "agreements", "购销合同", "agreement", (
        Field("signed_on", DATE, "签订日", "signed on"),
        Field("start", DATE, "开始日", "start"),
        Field("end", DATE, "截止日", "end"),
        Field("amount", MONEY, "合同金额", "contract amount"),
        Field("task_amount", MONEY, "任务金额", "task amount"),
        Field("ordered_amount", MONEY, "订单金额", "ordered amount"),
        Field("payment_days", DAYS, "约定付款天数", "agreed days for payment"),
        Field("payment_from", CODE, "付款期起算", "payment counted from",
              {"acceptance": "验收合格", "delivery": "到货", "invoice": "开票"}),
    ), refs=("supplier",), day="signed_on", period=True),
    Entity("agreement_line", "agreement_lines", "合同品种", "agreement line", (
        Field("quantity", UNITS, "约定采购量", "agreed quantity"),
        Field("monthly_quantity", UNITS, "月约定采购量", "agreed monthly quantity"),
        _PRICE, _AMOUNT,
    ), refs=("agreement", "product")),
    Entity(TARGET, "targets", "设置任务量", "target", (
        Field("set_volume", UNITS, "设置量", "set volume"),
        Field("finding_on", DATE, "认定日", "day of the finding"),
    ), refs=("drug",), day="period", period=True),
    Entity("purchase", "purchases", "采购", "purchase", (
        _DAY, _QUANTITY, _AMOUNT, Field("on_platform", TRUTH, "平台采购", "on the platform"),
    ), refs=("product",), day="day"),
    Entity("use", "uses", "使用", "use", (_DAY, _QUANTITY, _AMOUNT), refs=("product",), day="day"),
    Entity("receipt", "receipts", "收货", "receipt", (
        Field("delivered_on", DATE, "到货日", "delivered on"),
        Field("accepted_on", DATE, "验收合格日", "accepted on"),
        Field("due_on", DATE, "合同到期付款日", "due on by contract"),
        Field("amount", MONEY, "货款", "amount"),
        Field("centrally_procured", TRUTH, "集采药品货款", "for centrally procured drugs"),
    ), refs=("agreement", "product"), day="accepted_on"),
    Entity("payment", "payments", "付款", "payment", (
        _DAY, _AMOUNT, Field("payer", CODE, "付款方", "payer", {"hospital": "医疗机构", "fund": "医保基金"}),
    ), refs=("receipt",), day="day"),
    Entity("fund_payment", "fund_payments", "医保基金拨付", "fund payment", (_DAY, _AMOUNT), day="day"),
    Entity("prepayment", "prepayments", "医保预付", "prepayment", (
        _DAY, _AMOUNT,
        Field("separate_account", TRUTH, "单独核算", "separate account"),
        Field("purpose", TEXT, "用途", "purpose"),
        Field("tranche", COUNT, "批次", "tranche"),
    ), refs=("agreement",), day="day"),
    Entity("conduct", "conducts", "行为", "conduct", (
        Field("kind", CODE, "行为类别", "kind of conduct"),
        Field("ground", CODE, "理由", "ground"),
        _DAY,
        Field("verified", TRUTH, "经查实", "verified"),
        Field("reasonable_ground", TRUTH, "有合理理由", "reasonable ground"),
        Field("affects_supply_or_use", TRUTH, "影响供应或使用", "affects supply or use"),
        Field("supply_suffered", TRUTH, "已影响供应", "supply suffered"),
    ), refs=("drug", "product"), day="day"),
    Entity("dispensing", "dispensings", "配药", "dispensing", (_DAY, _PRICE, _QUANTITY), refs=("product",), day="day"),
)  # fmt: skip

# Recorded statements about the rest: not rows that a provision is judged for.
ACTS, PERFORMANCES, DETERMINATIONS, GIVEN = "acts", "performances", "determinations", "given"

STATEMENTS: Final[Mapping[str, tuple[str, ...]]] = {
    ACTS: ("id", "of", "day", "by", "subject", "lifted_on", "note", "source"),
    PERFORMANCES: ("id", "of", "day", "by", "subject", "lifted_on", "note", "source"),
    DETERMINATIONS: ("id", "question", "subject", "answer", "by", "day", "source", "replaces", "note"),
    GIVEN: ("name", "value", "source", "subject", "note"),
}
# Lists to which somebody can still add by acting, and who that is; what may be added is the figure of a row.
DOERS: Final[Mapping[str, str]] = {
    "purchase": INSTITUTION,
    "use": INSTITUTION,
    "payment": INSTITUTION,
    "fund_payment": "insurance_agency",
    "prepayment": "insurance_agency",
}
LIST_KEYS: Final = ("complete_through", "complete", "entries")

BY_NAME: Final[Mapping[str, Entity]] = {entity.name: entity for entity in ENTITIES}
BY_LIST: Final[Mapping[str, Entity]] = {entity.list_name: entity for entity in ENTITIES}


# The lists of rows that a dossier may hold, and its keys altogether.
ROW_LISTS: Final = tuple(e.list_name for e in ENTITIES if e.name not in (INSTITUTION, *PERIOD_ENTITIES))
DOSSIER_KEYS: Final = ("policy", "note", INSTITUTION, *ROW_LISTS, *STATEMENTS)


def row_keys(list_name: str) -> tuple[str, ...]:
    """What a row of a list, or the institution, may have: fields, references, its id; targets have a period."""
    if list_name in STATEMENTS:
        return STATEMENTS[list_name]
    entity = BY_LIST[list_name]
    period = ("period",) if entity.name == TARGET else ()
    return (*(("id",) if entity.name != INSTITUTION else ()), *entity.refs, *period, *entity.field_map, "note")


@cache
def _field_map(entity: str) -> Mapping[str, Field]:
    return {item.name: item for item in BY_NAME[entity].fields}


@cache
def is_dated(entity: str) -> bool:
    """Rows of this entity happen on a day, and are invisible before it. Targets and periods do not happen."""
    return BY_NAME[entity].day not in (None, "period")


@cache
def paths(entity: str) -> tuple[tuple[str, ...], ...]:
    """Every way along references from an entity, nearest first: ``(), ("agreement",), ("agreement", "supplier")``."""
    found: list[tuple[str, ...]] = [()]
    for path in found:
        for ref in BY_NAME[path[-1] if path else entity].refs:
            found.append((*path, ref))
    return tuple(found)


def path_to(entity: str, target: str) -> tuple[str, ...] | None:
    """The shortest way along references from one entity to another; ``()`` where they are the same."""
    if entity == target:
        return ()
    return next((path for path in paths(entity) if path and path[-1] == target), None)


# Parties every policy may name without declaring them.
PARTIES: Final[Mapping[str, tuple[str, str]]] = {
    "institution": ("本机构", "this institution"),
    "head_of_institution": ("机构负责人", "head of the institution"),
    "doctor": ("医务人员", "medical staff"),
    "pharmacist": ("药师", "pharmacist"),
    "patient": ("患者", "patient"),
    "supplier": ("企业", "supplier"),
    "maker": ("生产企业", "maker"),
    "distributor": ("配送企业", "distributor"),
    "insurance_agency": ("医保经办机构", "insurance agency"),
    "insurance_fund": ("医保基金", "insurance fund"),
    "insurance_department": ("医保部门", "insurance department"),
    "health_department": ("卫生健康部门", "health department"),
    "government": ("人民政府", "government"),
    "departments": ("有关部门", "departments concerned"),
}

HEDGES: Final[Mapping[str, tuple[str, bool]]] = {  # word → English, discretionary
    "原则上": ("in principle", False),
    "暂": ("for the time being", False),
    "可": ("may", True),
    "视情况": ("as the case may be", True),
    "鼓励": ("encouraged", True),
    "探索": ("to be explored", True),
    "逐步": ("step by step", True),
}

# What a norm may be about. Two norms of two documents on one matter are shown side by side; nothing else makes them so.
MATTERS: Final[Mapping[str, tuple[str, str]]] = {
    "payment_of_goods": ("支付货款", "payment for goods"),
    "payment_monitoring": ("货款支付的监督", "supervision of payment for goods"),
    "direct_payment": ("医保基金直接结算货款", "payment for goods by the fund"),
    "prepayment": ("医保预付", "prepayment by the fund"),
    "payment_standard": ("医保支付标准", "payment standard"),
    "agreed_volume": ("完成约定采购量", "purchase of the agreed quantity"),
    "nonselected_purchase": ("非中选药品的采购", "purchase of non-selected products"),
    "distributor_choice": ("配送企业的选定", "choice of the distributor"),
    "irregular_purchase": ("不规范采购的处理", "measures against irregular purchasing"),
    "total_budget": ("与医保总额预算挂钩", "link with the total budget"),
    "participation": ("参加集采", "participation in the procurement"),
    "agreement_signing": ("签订购销合同", "signing of the purchase agreement"),
    "priority_use": ("优先使用中选药品", "priority of selected drugs"),
    "barred_grounds": ("不得限制中选药品的理由", "grounds that must not restrict selected drugs"),
    "volume_shortfall": ("采购使用量不足的处理", "measures against too little purchase or use"),
    "platform_purchase": ("经平台采购", "purchase on the platform"),
    "listing": ("药品挂网", "listing of products on the platform"),
    "supply_duty": ("供货和配送责任", "duty to supply and deliver"),
    "supplier_failure": ("企业不履行供货配送责任的处理", "measures against suppliers that fail"),
    "assessment": ("纳入机构考核", "assessment of the institution"),
    "agreement_management": ("纳入医保协议管理", "management under the insurance agreement"),
    "retained_surplus": ("医保结余留用、超支分担", "retained surplus and shared overruns of the insurance"),
    "staff_discipline": ("对医务人员用药的处理", "measures against medical staff for their use of drugs"),
}
