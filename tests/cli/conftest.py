"""The command line as a user runs it: a small dossier, and the command in a process of its own or in this one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

POLICY = """\
language: 1
policy: testland
document:
  title: 测试省药品集中采购实施方案
  en: Testland plan
  number: 测医保发〔2020〕1号
  issued: 2020-01-01
  issuer: 测试省医疗保障局
  region: 测试省
  rank: province
  in_force: {from: issued, until: silent}
  conventions: {first_day: {reading: first_day, next: next_day, same: same_day}}
parties:
  hospital: {label: 医疗机构, en: hospital, is: {kind: {in: [hospital]}}, cite: 一“医疗机构应当”}
readings:
  volume:
    asks: 按采购量还是使用量
    en: which volume counts
    cite: 二“完成比例低于80％”
    options: {bought: 采购量, used: 使用量}
    preferred: bought
  first_day:
    asks: 当日是否计入
    en: does the first day count
    cite: 一“30天内付款”
    options: {next: 自次日起, same: 当日计入}
    preferred: next
questions:
  abnormal: {asks: 是否属异常, en: is it abnormal, cite: 三“属异常的”, by: insurance_department, per: institution}
quantities:
  done: {label: 完成量, en: volume done, per: target, is: {reading: volume, bought: purchased, used: used}}
  completion: {label: 完成比例, en: completion, per: target, is: {ratio: [done, set_volume]}}
clauses:
  - {no: 一, starts: 一、付款, text: 付款, en: payment}
  - {no: 二, starts: 二、完成, text: 完成, en: completion}
  - {no: 三, starts: 三、异常, text: 异常, en: abnormal}
  - {no: 四, starts: 四、目标, text: 目标, en: aims, not_encoded: aims}
provisions:
  pay:
    obligation: 30天内付款
    en: Pay within 30 days
    cite: 一“30天内付款”
    hedge: 原则上
    by: hospital
    toward: supplier
    for_each: receipt
    due: {count: 30 days, after: accepted_on}
    done: settled_on
    sanctioned_by: [warn]
  warn:
    sanction: 逾期预警
    en: Warning for late payment
    cite: 一“逾期的给予预警”
    by: insurance_agency
    toward: hospital
    for_each: receipt
    when: {overdue: pay}
    once: yes
    silent: [from]
  low:
    sanction: 完成比例低于80%约谈
    en: Interview below 80%
    cite: 二“完成比例低于80％”
    by: insurance_agency
    toward: hospital
    for_each: target
    when: {completion: {below: 80%}}
    once: yes
    silent: [from]
  advance_payment:
    entitlement: 预付30%
    en: 30% in advance
    cite: 一“预付30%”
    by: insurance_fund
    toward: hospital
    for_each: agreement
    amount: {exactly: {share: 30%, of: amount}}
    received: prepaid
    silent: [due]
  cut:
    sanction: 异常的扣减
    en: Cut if abnormal
    cite: 三“属异常的”
    by: insurance_agency
    toward: hospital
    when: {judge: abnormal}
    silent: [from, until]
  split:
    price: 支付标准
    en: Payment standard
    cite: 一“以中选价格为标准”
    by: insurance_fund
    toward: patient
    for_each: dispensing
    standard: selected_price
  publish:
    obligation: 公布结果
    en: Publish results
    cite: 一“公布结果”
    by: insurance_department
    silent: [due]
"""

DOSSIER = """\
institution: {name: 测试医院, kind: hospital, ownership: public}
drugs: {complete: yes, entries: [{id: A, name: 甲药, selected: yes, selected_price: 2.00}]}
products:
  complete: yes
  entries:
    - {id: P, drug: A, name: 甲药中选, class: selected, selected: yes, price: 2.00}
    - {id: O, drug: A, name: 甲药原研, class: originator, selected: no, price: 5.50}
suppliers: {complete: yes, entries: [{id: S, name: 供货公司, kind: distributor}]}
agreements:
  complete: yes
  entries: [{id: H, supplier: S, signed_on: 2020-01-05, start: 2020-01-05, end: 2020-12-31, amount: 1000000.00}]
targets: {complete: yes, entries: [{drug: A, period: 2020Q1, set_volume: 100000}]}
purchases: {complete_through: 2020-04-15, entries: [{product: P, day: 2020-02, quantity: 79000}]}
uses: {complete_through: 2020-04-15, entries: [{product: P, day: 2020-02, quantity: 85000}]}
receipts:
  complete: yes
  entries:
    - {id: R1, agreement: H, product: P, accepted_on: 2020-02-03, amount: 12345.60}
    - {id: R2, agreement: H, product: P, accepted_on: 2020-02-04, amount: 500.00}
    - {id: R3, agreement: H, product: P, accepted_on: 2020-04-01, amount: 700.00}
payments: {complete_through: 2020-04-15, entries: [{receipt: R2, day: 2020-02-20, amount: 500.00, payer: hospital}]}
prepayments: {complete_through: 2020-04-15, entries: [{agreement: H, day: 2020-02-01, amount: 300000.00}]}
dispensings: {complete_through: 2020-04-15, entries: [{id: D, product: O, day: 2020-03-01, price: 5.50, quantity: 1}]}
conducts: none
acts: none
performances: none
"""

AS_OF = ("--as-of", "2020-04-15")
Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    path = tmp_path / "testland.yaml"
    path.write_text(POLICY, encoding="utf-8")
    return path


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    path = tmp_path / "医院档案.yaml"
    path.write_text(DOSSIER, encoding="utf-8")
    return path


@pytest.fixture
def run() -> Run:
    """The command in a process of its own, as bytes in and out."""

    def call(
        *args: str | Path, env: dict[str, str] | None = None, stdin: bytes = b""
    ) -> subprocess.CompletedProcess[bytes]:
        command: Sequence[str] = [sys.executable, "-m", "vbprules.cli", *map(str, args)]
        settings = {**os.environ, "PYTHONPATH": str(ROOT / "src"), **(env or {})}
        return subprocess.run(command, input=stdin, capture_output=True, env=settings, timeout=120, check=False)

    return call


@pytest.fixture
def case_file(policy: Path, tmp_path: Path) -> Callable[..., Path]:
    """A case file with one case on the small dossier; ``expect`` is the YAML of what it expects."""

    def make(expect: str, folder: Path = tmp_path) -> Path:
        facts = "\n".join("      " + line for line in DOSSIER.splitlines())
        head = f"policy: {policy}\ncases:\n  - case: 逾期未付\n    as_of: 2020-04-15\n"
        path = folder / "案例.yaml"
        path.write_text(f"{head}    facts:\n{facts}\n    expect:\n{expect}", encoding="utf-8")
        return path

    return make
