"""A small policy of two duties, and the tables of five institutions, one of which cannot be decided.

Of G01 to G05 each set volume is 100; bought are 79, 80, 81, nonsense and nothing that is recorded.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import vbprules

ROOT = Path(__file__).parents[2]
DAY = "2020-04-15"
POLICY = """\
language: 1
policy: smallland
document: {title: 小省药品集中采购实施方案, en: Smallland plan, number: 小医保发〔2020〕1号, issued: 2020-01-01,
  issuer: 小省医疗保障局, region: 小省, rank: province, in_force: {from: issued, until: silent},
  conventions: {first_day: next_day}}
parties:
  hospital: {label: 医疗机构, en: hospital, is: {kind: {in: [hospital]}}, cite: 一“医疗机构应当”}
quantities:
  completion: {label: 完成比例, en: completion, per: target, is: {ratio: [purchased, set_volume]}}
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
    when: {completion: {below: 80%}}
    once: yes
    silent: [from]
"""
TABLES = {
    "institutions": "id,name,kind\n" + "".join(f"G0{n},第{n}医院,hospital\n" for n in range(1, 6)),
    "drugs": "id,name,selected\nA,甲药,yes\n",
    "products": "id,drug,name,class,selected\nP,A,甲药中选,selected,yes\n",
    "targets": "institution,drug,period,set_volume\n" + "".join(f"G0{n},A,2020Q1,100\n" for n in range(1, 6)),
    "purchases": "institution,product,day,quantity\n"
    "G01,P,2020-02-01,79\nG02,P,2020-02-01,80\nG03,P,2020-02-01,81\nG04,P,2020-02-01,约一百\n",
    "receipts": "institution,id,product,accepted_on,amount\nG01,R1,P,2020-02-03,12.50\nG05,R1,P,2020-04-01,7.00\n",
    "completeness": "institution,list,complete_through\n,purchases,2020-04-15\n,payments,2020-04-15\n",
}
STATES = {
    "G01": "due_unrecorded",
    "G02": "not_triggered",
    "G03": "not_triggered",
    "G05": "due_unrecorded",
}  # of ``low``


def environment() -> dict[str, str]:
    """Of a process that runs the library that is tested, wherever it is installed."""
    return {**os.environ, "PYTHONPATH": str(Path(vbprules.__file__).parents[1])}


def command(policy: Path, tables: Path, out: Path, *more: str) -> list[str]:
    """The arguments of a batch of three chunks: G01; G02, G03; G04, G05."""
    return ["batch", str(policy), str(tables), "--as-of", DAY, "--out", str(out), "--rows-at-once", "6", *more]


def process(arguments: list[str]) -> list[str]:
    return [sys.executable, "-m", "vbprules.cli", *arguments]


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
