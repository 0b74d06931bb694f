"""A small policy and case files on it, run by a pytest of their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

# imported here so that they outlive the sessions within this one, each of which forgets what it has imported
import vbprules.cases.compare
import vbprules.cases.nodes
import vbprules.cases.report
import vbprules.cases.which  # noqa: F401

POLICY = """\
language: 1
policy: smallland
document:
  title: 小地实施方案
  en: Smallland plan
  number: 小医保发〔2020〕1号
  issued: 2020-01-01
  issuer: 小地医疗保障局
  region: 小地
  rank: province
  in_force: {from: issued, until: silent}
  conventions: {first_day: next_day}
parties:
  hospital: {label: 医疗机构, en: hospital, is: {kind: {in: [hospital]}}, cite: 一“医疗机构应当”}
readings:
  volume:
    asks: 按采购量还是使用量
    en: which volume counts
    cite: 二“完成比例低于80％”
    options: {bought: 采购量, used: 使用量}
    preferred: bought
quantities:
  done: {label: 完成量, en: volume done, per: target, is: {reading: volume, bought: purchased, used: used}}
  completion: {label: 完成比例, en: completion, per: target, is: {ratio: [done, set_volume]}}
clauses:
  - {no: 一, starts: 一、付款, text: 付款, en: payment}
  - {no: 二, starts: 二、完成, text: 完成, en: completion}
provisions:
  pay:
    obligation: 30天内付款
    en: Pay within 30 days
    cite: 一“30天内付款”
    by: hospital
    toward: supplier
    for_each: receipt
    due: {count: 30 days, after: accepted_on}
    done: settled_on
  low:
    sanction: 完成比例低于80%约谈
    en: Interview below 80%
    cite: 二“完成比例低于80％”
    by: insurance_agency
    toward: hospital
    for_each: target
    when:
      all:
        - {set_volume: {at_least: 1000 units}}
        - {completion: {below: 80%}}
    once: yes
    silent: [from]
"""

FACTS = """\
policy: smallland.yaml
fixtures:
  base:
    institution: {name: 测试医院, kind: hospital, ownership: public}
    drugs: {complete: yes, entries: [{id: A, name: 甲药, selected: yes}]}
    products: {complete: yes, entries: [{id: P, drug: A, class: selected, selected: yes}]}
    targets: {complete: yes, entries: [{drug: A, period: 2020Q1, set_volume: 100000}]}
    purchases: {complete_through: 2020-03-31, entries: [{product: P, day: 2020-02-03, quantity: 80000}]}
    uses: {complete_through: 2020-03-31, entries: [{product: P, day: 2020-02-04, quantity: 80000}]}
    receipts: {complete: yes, entries: [{id: R1, product: P, accepted_on: 2020-02-03, amount: 500.00}]}
    payments: {complete_through: 2020-03-09, entries: [{receipt: R1, day: 2020-03-04, amount: 500.00}]}
    acts: none
    performances: none
cases:
"""
RIGHT, WRONG = "{low: {state: not_triggered}}", "{low: {state: due}}"


def case(name: str, expect: str = RIGHT, facts: str = "", as_of: str = "2020-04-15") -> str:
    """One case on the small facts, as YAML; ``name`` is a YAML scalar."""
    more = f"    facts: {facts}\n" if facts else ""
    return f"  - case: {name}\n    as_of: {as_of}\n    use: [base]\n{more}    expect: {expect}\n"


Write = Callable[..., Path]


@pytest.fixture
def write(pytester: pytest.Pytester) -> Write:
    """Writes a case file into the folder in which the pytest within runs."""
    pytester.path.joinpath("smallland.yaml").write_text(POLICY, "utf-8")

    def make(*cases: str, name: str = "cases/例.yaml") -> Path:
        path = pytester.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(FACTS + "".join(cases), "utf-8")
        return path

    return make


@pytest.fixture
def case_yaml() -> Callable[..., str]:
    return case
