"""``vbprules next``: the sentences it prints, its forms, its exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vbprules.cli.main import main

DOSSIER = """\
institution: {name: 甲医院, kind: hospital, ownership: public, grade: secondary, designated: yes}
drugs: {complete: yes, entries: [{id: A, counting_unit: 片}]}
products: {complete: yes, entries: [{id: AS, drug: A, name: 阿托伐他汀钙片, selected: yes}]}
targets: {complete: yes, entries: [{drug: A, period: 2020Q1, set_volume: 100000}]}
receipts:
  complete_through: 2020-01-15
  entries: [{id: R2, product: AS, accepted_on: 2019-12-05, amount: 120000.00}]
payments: {complete_through: 2020-01-15, entries: []}
purchases: {complete_through: 2020-01-15, entries: [{product: AS, day: 2020-01-10, quantity: 72000}]}
uses: {complete_through: 2020-01-15, entries: [{product: AS, day: 2020-01-10, quantity: 80000}]}
acts:
  complete_through: 2020-01-15
  entries: [{of: late_warning, subject: R2, day: 2020-01-10, by: provincial_insurance}]
"""
ONLY = ("--only", "hold_disbursement", "quarterly_warning")
FIXED = ("--reading", "volume=purchased", "--reading", "payment_term=thirty")


@pytest.fixture
def bill(tmp_path: Path) -> Path:
    path = tmp_path / "档案.yaml"
    path.write_text(DOSSIER, encoding="utf-8")
    return path


def told(capsys: pytest.CaptureFixture[str], *args: str | Path, code: int = 0) -> str:
    assert main(["next", "guizhou_2019", *(str(arg) for arg in args)]) == code
    out, err = capsys.readouterr()
    assert err == ""
    return out


def flat(text: str) -> str:
    """Without the breaks of long lines."""
    return text.replace("\n    ", "").replace("\n  ", "")


def test_what_to_pay_and_to_buy_by_when(capsys, bill):
    # ten working days after 10 January, that day not counted, end on the 23rd; counted, on the 22nd
    out = flat(told(capsys, bill, "--as-of", "2020-01-15", *FIXED, *ONLY))
    for words in (
        "! 2020-01-22 前（含当日）付 R2 货款 120,000.00 元；否则自 2020-01-23 起 暂缓拨付医保费用",
        "2020-01-10 后第 10 个工作日（当日计入）是 2020-01-22",
        "◇ 在每一种读法下都够",
        "◇ 如自次日起算，到 2020-01-23 也够",
        "! 2020-03-31 前（含当日）采购 阿托伐他汀钙片 8,000 片；否则自 2020-04-01 起 季度完成比例低于80%预警",
        "由 本机构",
        "不完整的清单仍不完整，不作推测：",
    ):
        assert words in out, words
    out = flat(told(capsys, bill, "--as-of", "2020-01-15", *FIXED, "--reading", "first_day=next", *ONLY))
    assert "! 2020-01-23 前（含当日）付 R2 货款 120,000.00 元；否则自 2020-01-24 起 暂缓拨付医保费用" in out
    assert "◇" not in out


def test_in_english(capsys, bill):
    out = " ".join(told(capsys, bill, "--as-of", "2020-01-15", *FIXED, *ONLY, "--lang", "en").split())
    for words in (
        "! By 2020-01-22: pay 120,000.00 yuan for R2; or else from 2020-01-23 Holding back of insurance payments R2",
        "10 working days after 2020-01-10 (that day counted) end on 2020-01-22",
        "enough under every reading",
        "by 2020-01-23 if first_day=next",
        "! By 2020-03-31: buy 8,000 片 of 阿托伐他汀钙片; or else from 2020-04-01 Warning for completion below 80%",
        "by this institution",
    ):
        assert words in out, words


def test_json_and_markdown(capsys, bill, tmp_path):
    found = json.loads(told(capsys, bill, "--as-of", "2020-01-15", *FIXED, *ONLY, "--to", "2020-02-01", "--json"))
    assert (found["as_of"], found["to"], found["to_chosen"]) == ("2020-01-15", "2020-02-01", True)
    assert {step["outcome"] for step in found["steps"]} == {"hold_disbursement@R2"}
    page = tmp_path / "页.md"
    assert told(capsys, bill, "--as-of", "2020-01-15", *FIXED, *ONLY, "--markdown", "--output", page) == ""
    assert "- ! **2020-01-22 前（含当日）付 R2 货款 120,000.00 元**；否则自 2020-01-23 起" in page.read_text("utf-8")


def test_slips(capsys, bill):
    cases = (
        (("--as-of", "2020-01-15", "--only", "no_such"), "no_such"),
        (("--as-of", "2020-01-15", "--to", "2020-01-01"), "2020-01-01"),
        (("--as-of", "2020-01-15", "--reading", "volume=sold"), "sold"),
    )
    for args, word in cases:
        assert main(["next", "guizhou_2019", str(bill), *args]) == 1
        out, err = capsys.readouterr()
        assert out == ""
        assert word in err
    twice = ("--reading", "volume=used", "--reading", "volume=both")
    assert main(["next", "guizhou_2019", str(bill), "--as-of", "2020-01-15", *twice]) == 2
    capsys.readouterr()
