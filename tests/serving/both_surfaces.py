"""A small policy on both surfaces, and a way to say where something stands in it."""

from __future__ import annotations

from vbprules.diagnostics import Report, Source
from vbprules.formatting import formatted
from vbprules.serving.understood import Understood, examined

ENGLISH = """\
language: 1
policy: sample_2020
document:
  title: 某省药品集中带量采购实施方案（示例）
  number: 示医保发〔2020〕1号
  issued: 2020-01-10
  rank: province
  in_force: {from: issued, until: silent}
  conventions:
    first_day: {reading: first_day, next: next_day, same: same_day}
instruments:
  pay_rules: {number: 示财〔2019〕3号, title: 药款支付办法, en: Payment rules}
parties:
  public_hospital: {label: 公立医疗机构, en: public institution, is: {ownership: {in: [public]}}, cite: 一“全省所有公立医疗机构”}
readings:
  first_day:
    asks: 期间开始的当日是否计入
    en: does the first day count
    cite: 二(一)“自验收合格之日起30天内”
    options: {next: 自次日起算, same: 当日计入}
    preferred: next
questions:
  serious: {asks: 情节是否较重, en: is it serious, cite: 二(三)“情节较重的”, by: insurance_agency, per: institution}
lists:
  grounds: {open: [cost, share], cite: 二(三)“费用控制、药占比等”, labels: {cost: 费用控制, share: 药占比}}
terms:
  late: {label: 逾期未付清, en: paid late, per: receipt, is: {settled_on: {after: grace_end}}}
quantities:
  completion: {label: 完成比例, en: completion, per: target, is: {ratio: [purchased, set_volume]}}
  grace_end: {label: 宽限末日, en: end of grace, per: receipt, is: {count: 10 working days, after: {date_of: late_warning}}}
clauses:
  - {no: 封面, starts: 示医保发〔2020〕1号, text: 印发通知, en: cover letter, not_encoded: basis}
  - {no: 一, starts: 一、实施范围, text: 实施范围, en: scope}
  - {no: 二, starts: 二、货款与监测, text: 货款与监测, en: payment and monitoring}
  - {no: 二(一), starts: （一）货款结算, text: 付款期限与预警, en: payment}
  - {no: 二(二), starts: （二）预付, text: 预付, en: prepayment}
  - {no: 二(三), starts: （三）监测, text: 监测, en: monitoring}
left_out:
  - {cite: 二(二)“减轻医疗机构资金压力”, why: aims}
provisions:
  pay_supplier:
    obligation: 𠮷祥按期支付货款
    en: Pay the supplier in time
    cite: 二(一)“自验收合格之日起30天内”
    by: public_hospital
    toward: supplier
    for_each: receipt
    due: {count: 30 days, after: accepted_on}
    done: settled_on
    sanctioned_by: [late_warning, hold]
  late_warning:
    sanction: 逾期预警
    en: Warning for late payment
    cite: 二(一)“逾期的给予预警”
    by: insurance_agency
    toward: public_hospital
    for_each: receipt
    when: {overdue: pay_supplier}
    once: yes
    silent: [from]
  hold:
    sanction: 预警后仍未付清的措施
    en: Measures after the warning
    cite: 二(一)“预警后10个工作日内仍未付清的”
    by: insurance_agency
    toward: public_hospital
    for_each: receipt
    when: late
    steps:
      funds: {does: 暂缓拨付医保费用, en: Hold disbursement, from: {day_after: grace_end}, until: settled_on}
      notice: {does: 通报, en: Notice, once: yes, silent: [from]}
  prepayment:
    entitlement: 按不低于合同金额30%预付
    en: Prepayment of at least 30%
    cite: 二(二)“不低于合同金额的30%”
    by: insurance_fund
    toward: public_hospital
    for_each: agreement
    amount: {at_least: 30%, of: amount}
    received: prepaid
    silent: [due]
    except:
      - {when: {judge: serious}, cite: 二(二)“按药款支付办法执行”, instead: {set_by: pay_rules}}
  low_completion: {sanction: 完成比例低于80%约谈, en: Interview below 80%, cite: 二(三)“低于80%的予以约谈”, by: insurance_agency,
      toward: public_hospital, for_each: target, when: {completion: {below: 80%}}, once: yes, silent: [from]}
  serious_notice: {sanction: 情节较重的可通报, en: Public notice where serious, cite: [二(三)“情节较重的”, 二(三)“可以通报”], hedge: 可,
      by: insurance_agency, toward: public_hospital, for_each: receipt, when: {all: [{judge: serious}, {imposed: hold.funds}]}, once: yes, silent: [from]}
  free_choice: {prohibition: 不得以费用控制等为由限制使用, en: No barred grounds, cite: 二(三)“费用控制、药占比等”, by: public_hospital, for_each: conduct,
      forbids: {ground: {in: grounds}}}
"""


def in_chinese(text: str) -> str:
    """The same policy in Chinese words."""
    report = Report()
    found = formatted(text.encode(), "sample.yaml", report, "zh")
    assert found is not None and not report.has_errors, report.findings
    return found.after.decode()


CHINESE = in_chinese(ENGLISH)


def understood(text: str) -> Understood:
    found = examined(text, "sample.yaml")
    assert found.understood is not None, [finding.message("zh") for finding in found.findings]
    return found.understood


def place(text: str, before: str, word: str, offset: int = 0) -> tuple[int, int]:
    """Line and column (from 1) of a word, the first one at or after ``before``."""
    start = text.index(word, text.index(before)) + offset
    return Source("", text).position(start)
