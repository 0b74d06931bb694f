"""A small document with its cases: every kind of thing that a policy can get wrong occurs in it once."""

from __future__ import annotations

POLICY = """\
language: 1
policy: heyang
document:
  title: 河阳省药品集中采购实施方案
  en: Heyang plan
  number: 河医保发〔2020〕1号
  issued: 2020-01-01
  region: 河阳省
  rank: province
  in_force: {from: issued, until: silent}
  conventions: {first_day: {reading: first_day, next: next_day, same: same_day}}
parties:
  hospital: {label: 医疗机构, en: hospital, is: {kind: {in: [hospital, clinic]}}, cite: 一“医疗机构应当”}
  shop: {label: 药店, en: pharmacy, is: {kind: {in: [pharmacy]}}, cite: 一“定点药店”}
readings:
  first_day:
    asks: 当日是否计入
    en: does the first day count
    cite: 一“10个工作日内付款”
    options: {next: 自次日起, same: 当日计入}
questions:
  grave: {asks: 情节是否严重, en: is it grave, cite: 二“情节严重的”, by: insurance_agency, per: institution}
lists:
  barred: {closed: [cost, share], cite: 三“费用控制、药占比”, labels: {cost: 费用控制, share: 药占比}}
quantities:
  completion: {label: 完成比例, en: completion, per: target, is: {ratio: [purchased, set_volume]}}
clauses:
  - {no: 一, starts: 一、付款, text: 付款, en: payment}
  - {no: 二, starts: 二、完成, text: 完成, en: completion}
  - {no: 三, starts: 三、理由, text: 理由, en: grounds}
provisions:
  pay:
    obligation: 10个工作日内付款
    en: Pay within 10 working days
    cite: 一“10个工作日内付款”
    by: hospital
    toward: supplier
    for_each: receipt
    due: {count: 10 working days, after: accepted_on}
    done: settled_on
  low:
    sanction: 完成比例低于80%约谈
    en: Interview below 80%
    cite: 二“低于80%的”
    by: insurance_agency
    toward: hospital
    for_each: target
    when: {completion: {below: 80%}}
    once: yes
    silent: [from]
  cut:
    sanction: 可扣减
    en: May be cut
    cite: 二“情节严重的”
    hedge: 可
    by: insurance_agency
    toward: hospital
    when: [{judge: grave}, designated]
    silent: [from, until]
  advance:
    entitlement: 预付30%
    en: 30% in advance
    cite: 一“预付30%”
    by: insurance_fund
    toward: hospital
    for_each: agreement
    amount: {exactly: 30%, of: amount}
    received: prepaid
    due: 2020-06-30
    except: [{when: {grade: {in: [tertiary]}}, cite: 三“三级医疗机构除外”, instead: none}]
  no_pretext: {prohibition: 不得以理由影响, en: No pretexts, cite: 三“不得以”, by: hospital, for_each: conduct,
      forbids: {ground: {in: barred}}}
"""

CASES = """\
policy: heyang.yaml
fixtures:
  hospital:
    institution: {kind: hospital, designated: yes, grade: secondary}
    acts: none
    performances: none
  drug:
    products: {complete: yes, entries: [{id: P, drug: A, class: selected}]}
    targets: {complete: yes, entries: [{drug: A, period: 2020Q1, set_volume: 1000}]}
    purchases: {complete_through: 2020-04-10, entries: [{product: P, day: 2020-02-10, quantity: 800}]}
cases:
  - case: 恰为80%不约谈
    as_of: 2020-04-10
    use: [hospital, drug]
    expect: {low: {state: not_triggered, by: insurance_agency, toward: hospital, clause: 二, mode: must}}
    variants:
      set: [purchases.0.quantity]
      rows:
        - {values: [799], expect: {low: {state: due, mode: must}}}
        - {values: [801], expect: {low: {state: not_triggered}}}
"""
