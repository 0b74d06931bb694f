"""A small policy and the text it was written from; both are made up."""

from __future__ import annotations

from vbprules.catalog import check
from vbprules.diagnostics import Report, render
from vbprules.fidelity.compare import compare_figures
from vbprules.program.ir import Program

TEXT = """
示医保发〔2020〕1号

关于印发示例方案的通知

2020 年 1 月 10 日

一、实施范围
全省所有公立医疗机构。第一批 25 个品种，“两个允许”照旧。

二、货款与监测
（一）货款结算。医疗机构应当自验收合格之日起 30
天内付清货款。逾期的给予预警，预警后 10 个工作日内仍未付清的，暂缓拨付医保
费用。
（二）预付。医保基金按不低于合同金额的 30％预付，减轻资金压力；金额低于 5 万元的合同，可以一次付清。
（三）监测。完成比例低于 80％的，予以约谈。配送企业不超过 3 家。
"""

POLICY = """language: 1
policy: sample
document: {title: 示例方案, en: Sample, number: 示医保发〔2020〕1号, issued: 2020-01-10, in_force: {from: issued, until: silent}}
parties:
  hospital: {label: 公立医疗机构, en: public institution, is: {ownership: {in: [public]}}, cite: 一“全省所有公立医疗机构”}
quantities:
  completion: {label: 完成比例, en: completion, per: target, is: {ratio: [purchased, set_volume]}}
  grace_end: {label: 宽限末日, en: end of grace, per: receipt, is: {count: 10 working days, after: {date_of: late_warning}}}
  suppliers: {label: 配送企业数, en: distributors, is: {count: supplier}}
clauses:
  - {no: 封面, starts: 示医保发〔2020〕1号, text: 通知, en: notice, not_encoded: basis}
  - {no: 一, starts: 一、实施范围, text: 范围, en: scope}
  - {no: 二, starts: 二、货款与监测, text: 货款与监测, en: payment}
  - {no: 二(一), starts: （一）货款结算, text: 货款, en: payment}
  - {no: 二(二), starts: （二）预付, text: 预付, en: prepayment}
  - {no: 二(三), starts: （三）监测, text: 监测, en: monitoring}
left_out:
  - {cite: 二(二)“减轻资金压力”, why: aims}
provisions:
  pay: {obligation: 付款, en: Pay, cite: 二(一)“自验收合格之日起 30天内”, by: hospital, toward: supplier, for_each: receipt,
      due: {count: 30 days, after: accepted_on}, done: settled_on}
  late_warning: {sanction: 预警, en: Warn, cite: 二(一)“逾期的给予预警”, by: insurance_agency, toward: hospital, for_each: receipt,
      when: {overdue: pay}, once: yes, silent: [from]}
  hold: {sanction: 暂缓, en: Hold, cite: 二(一)“预警后10个工作日内仍未付清的”, by: insurance_agency, toward: hospital, for_each: receipt,
      when: {settled_on: {after: grace_end}}, from: {day_after: grace_end}, until: settled_on}
  prepay: {entitlement: 预付, en: Prepay, cite: 二(二)“按不低于合同金额的30％预付”, by: insurance_fund, toward: hospital, for_each: agreement,
      amount: {at_least: 30%, of: amount}, received: prepaid, silent: [due]}
  interview: {sanction: 约谈, en: Interview, cite: 二(三)“完成比例低于80％的”, by: insurance_agency, toward: hospital, for_each: target,
      when: {completion: {below: 80%}}, once: yes, silent: [from]}
  few: {obligation: 配送企业不超过3家, en: At most 3, cite: 二(三)“配送企业不超过3家”, by: hospital, requires: {suppliers: {at_most: 3}}, silent: [due]}
"""


def compiled(text: str) -> tuple[Program, Report]:
    report = Report()
    program = check(text.encode(), "sample.yaml", report)
    assert program is not None, render(report.findings, "en")
    assert not report.findings, render(report.findings, "en")
    return program, report


def with_changes(*changes: tuple[str, str]) -> str:
    """The policy with texts put in place of others, each of which it has once."""
    text = POLICY
    for old, new in changes:
        assert text.count(old) == 1, (old, text.count(old))
        text = text.replace(old, new)
    return text


def findings(text: str) -> list[tuple[str, str]]:
    """Code and message (English) of what is found between the figures and the phrases."""
    program, report = compiled(text)
    compare_figures(program, report)
    return [(finding.code, finding.message("en")) for finding in report.sorted_findings()]
