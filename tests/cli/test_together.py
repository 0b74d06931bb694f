"""``vbprules together``: two documents on one hospital, printed in Chinese and English, as Markdown and as JSON."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from vbprules import shipped_policies
from vbprules.cli.main import main
from vbprules.diagnostics.place import width

DOSSIER = """\
institution: {name: 示例区医院, kind: hospital, ownership: public, level: district, designated: yes, joined: no}
products: {complete: yes, entries: [{id: P, drug: A, name: 甲药, class: selected, selected: yes}]}
agreements:
  complete: yes
  entries: [{id: H, signed_on: 2025-07-01, start: 2025-07-01, end: 2026-06-30, amount: 1000000.00}]
receipts:
  complete: yes
  entries: [{id: R1, agreement: H, product: P, accepted_on: 2025-07-10, due_on: 2025-08-20, amount: 100000.00, centrally_procured: yes}]
payments: none
prepayments: none
acts: none
performances: none
determinations:
  - {question: "chongqing_2019:irregular", answer: no, by: health_commission, day: 2025-09-01}
"""
POLICIES = ("--policies", "hechuan_2025", "chongqing_2019")
AS_OF = ("--as-of", "2025-09-25")
FIXED = ("--reading", "chongqing_2019:lapse=continues")


@pytest.fixture
def bill(tmp_path: Path) -> Path:
    path = tmp_path / "区医院.yaml"
    path.write_text(DOSSIER, encoding="utf-8")
    return path


def told(capsys: pytest.CaptureFixture[str], *args: str | Path) -> str:
    assert main(["together", *map(str, args)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def refused(capsys: pytest.CaptureFixture[str], code: int, *args: str | Path) -> str:
    assert main(["together", *map(str, args)]) == code
    out, err = capsys.readouterr()
    assert out == ""
    return err


def test_side_by_side_in_chinese(capsys, bill):
    out = told(capsys, bill, *POLICIES, *AS_OF, *FIXED, "--relations-only")
    flat = out.replace("\n", "").replace(" ", "")
    for line in (
        "示例区医院　截至2025-09-25",
        "chongqing_2019与hechuan_2025：没有条款排定先后，结论并列",
        "hechuan_2025附则“如遇国家和市级政策调整”让位于：国家和市级此后调整的政策",
        "不及于chongqing_2019：该条指此后的文件，本文件2025-06-27印发，另一文件2019-03-08印发",
        "没有发现冲突",
        "支付货款R1甲药100,000.00元",
        "chongqing_2019按合同及时结算药款义务医疗机构→企业违反：仍未履行·期限2025-08-20",
        "hechuan_2025医保基金直接支付货款权益·裁量医保基金→企业可以行使·金额100,000.00元",
        "医保预付：chongqing_2019有医保基金预付不低于50%（二(七)“不低于采购金额的50%提前预付”）；hechuan_2025没有标明这一事项的规定",
    ):
        assert line in flat, line
    assert all(width(line) <= 100 for line in out.splitlines())


def test_every_decision_is_printed_whole_after_it(capsys, bill):
    out = told(capsys, bill, *POLICIES, *AS_OF, *FIXED)
    assert main(["evaluate", "hechuan_2025", str(bill), *AS_OF]) == 0
    assert capsys.readouterr().out in out


def test_english(capsys, bill):
    out = told(capsys, bill, *POLICIES, *AS_OF, "--lang", "en", "--relations-only")
    flat = " ".join(out.split())
    assert "chongqing_2019 and hechuan_2025: no clause ranks them; their outcomes stand side by side" in flat
    assert "it names district-level documents; this is provincial" in flat
    assert "only if lapse=continues" in flat
    assert "no norm of hechuan_2025 is marked with this matter" in flat
    assert "没有" not in out


def test_markdown(capsys, bill):
    out = told(capsys, bill, *POLICIES, *AS_OF, "--markdown", "--relations-only")
    assert out.startswith("# 2 份文件一起看")
    assert "## 二、先后" in out


def test_json_is_the_same_in_any_order(capsys, bill):
    found = told(capsys, bill, *POLICIES, *AS_OF, "--json")
    assert told(capsys, bill, "--policies", *POLICIES[:0:-1], *AS_OF, "--json") == found
    data = json.loads(found)
    assert data["policies"] == ["chongqing_2019", "hechuan_2025"]
    assert data["relations"][0]["ranking"] == "unranked"


def test_an_ambiguous_question_is_located(capsys, bill):
    bill.write_text(DOSSIER.replace('"chongqing_2019:irregular"', "irregular"), encoding="utf-8")
    err = refused(capsys, 1, bill, *POLICIES, *AS_OF)
    assert "区医院.yaml:14:5: 错误 D201 “irregular”在几份文件里都有：chongqing_2019, hechuan_2025" in err
    assert "chongqing_2019:irregular, hechuan_2025:irregular" in err


def test_a_policy_that_is_not_there_and_a_bad_day_are_said_together(capsys, bill):
    err = refused(capsys, 1, bill, "--policies", "hechuan_2025", "hechuan_2052", "--as-of", "2025-02-30")
    assert "D100" in err and "hechuan_2025" in err and "E112" in err


def test_one_policy_is_not_enough(capsys, bill):
    assert "D203" in refused(capsys, 1, bill, "--policies", "hechuan_2025", *AS_OF)
    assert "用法错误：缺少参数：--policies" in refused(capsys, 2, bill, *AS_OF)


def test_the_output_never_replaces_an_input(capsys, bill):
    err = refused(capsys, 2, bill, *POLICIES, *AS_OF, "--output", bill)
    assert "--output would overwrite an input" in err
    assert bill.read_text("utf-8") == DOSSIER


def test_a_dossier_for_both_serves_each_alone(capsys, bill):
    for policy in ("chongqing_2019", "hechuan_2025"):
        assert main(["evaluate", policy, str(bill), *AS_OF]) == 0
        assert capsys.readouterr().err == ""


def test_a_calendar_holds_for_every_document(capsys, bill):
    found = json.loads(told(capsys, bill, *POLICIES, *AS_OF, *FIXED, "--calendar", "original", "--json"))
    assert [item["receipt"]["calendar"] for item in found["decisions"]] == ["cn-2026.1 (original)"] * 2
    assert "K101" in refused(capsys, 1, bill, *POLICIES, *AS_OF, "--calendar", "orginal")


def pin_of(policy: str) -> str:
    return "sha256:" + hashlib.sha256(shipped_policies()[policy].read_bytes()).hexdigest()


def test_each_policy_may_be_pinned(capsys, bill):
    hechuan = ("--pin", f"hechuan_2025={pin_of('hechuan_2025')}")
    both = (*hechuan, "--pin", f"chongqing_2019={pin_of('chongqing_2019')}")
    plain = told(capsys, bill, *POLICIES, *AS_OF, *FIXED)
    assert told(capsys, bill, *POLICIES, *AS_OF, *FIXED, *hechuan) == plain
    assert told(capsys, bill, *POLICIES, *AS_OF, *FIXED, *both) == plain


def test_another_policy_than_the_one_pinned_is_refused(capsys, bill):
    wrong = ("--pin", f"chongqing_2019={pin_of('hechuan_2025')}")
    said = refused(capsys, 1, bill, *POLICIES, *AS_OF, *wrong)
    assert "G122" in said and pin_of("chongqing_2019") in said.replace("\n", "").replace(" ", "")
    assert "G121" in refused(capsys, 1, bill, *POLICIES, *AS_OF, "--pin", "chongqing_2019=sha256:12")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("guizhou_2019=sha256:0",), "--pin 写的 guizhou_2019 不在 --policies 里"),
        (("hechuan_2025=sha256:0", "hechuan_2025=sha256:1"), "two pins are given for one policy"),
        (("sha256:0",), "write POLICY=sha256:HEX"),
        (("=sha256:0",), "write POLICY=sha256:HEX"),
    ],
)
def test_a_pin_names_one_of_the_policies(capsys, bill, given, said):
    pins = [word for each in given for word in ("--pin", each)]
    assert said in refused(capsys, 2, bill, *POLICIES, *AS_OF, *pins)
