"""``vbprules whatif`` and ``vbprules figures``: what they print, their exit codes, and slips told where they stand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vbprules.cli.main import main

AS_OF = ("--as-of", "2020-04-15", "--no-second-opinion")


def told(capsys: pytest.CaptureFixture[str], *args: str | Path, code: int = 0) -> str:
    assert main([str(arg) for arg in args]) == code
    out, err = capsys.readouterr()
    assert err == ""
    return out


def refused(capsys: pytest.CaptureFixture[str], *args: str | Path, code: int = 1) -> str:
    assert main([str(arg) for arg in args]) == code
    out, err = capsys.readouterr()
    assert out == ""
    return err


def test_a_figure_a_place_and_a_reading(capsys, policy, dossier):
    # accepted on 3 February 2020: 30 days end on 4 March, 90 days on 3 May; 79,000 of 90,000 is more than 80%
    out = told(capsys, "whatif", policy, dossier, *AS_OF, "--figure", "pay.due.count=90 days", "--set",
               "targets.0.set_volume=90000", "--reading", "first_day=next")  # fmt: skip
    for line in (
        "· 事实：targets.0.set_volume = 90000",
        "· 解读：first_day=next",
        "· 政策的数：pay.due.count  30 days → 90 days",
        "! targets A@2020Q1.set_volume  改为不同的值：100000 → 90000",
        "违反：仍未履行 → 待履行",
        "不是文件原文的数 pay.due.count=90 days",
    ):
        assert line in out, line
    # by reading on both sides, and 60 days later under each
    out = told(capsys, "whatif", policy, dossier, *AS_OF, "--figure", "pay.due.count=90 days")
    assert "2020-05-03（★自次日起）／2020-05-02（当日计入）（推迟 60 天）" in out.replace("\n    ", "")


def test_nothing_differs_and_the_exit_code_tells(capsys, policy, dossier):
    out = told(capsys, "whatif", policy, dossier, *AS_OF, "--exit-code", "--lang", "en")
    assert "No difference" in out
    assert "nothing is changed" in out
    changed = ("whatif", policy, dossier, *AS_OF, "--figure", "low.when.completion.below=50%")
    told(capsys, *changed)
    told(capsys, *changed, "--exit-code", code=1)


def test_json_is_the_comparison_and_always_the_same(capsys, policy, dossier):
    args = ("whatif", policy, dossier, *AS_OF, "--figure", "advance_payment.amount.exactly.share=50%", "--json")
    first = told(capsys, *args)
    assert told(capsys, *args) == first
    data = json.loads(first)
    (change,) = (item for item in data["changes"] if item["provision"] == "advance_payment")
    amount = next(part for part in change["attributes"] if part["name"] == "amount")
    # 30% and 50% of 1,000,000
    assert (amount["before"]["value"], amount["after"]["value"]) == ("300000.00", "500000.00")
    assert amount["difference"] == "+200000.00"
    assert data["after"]["figures"] == {"advance_payment.amount.exactly.share": "50%"}


def test_markdown_to_a_file(capsys, policy, dossier, tmp_path):
    page = tmp_path / "假设.md"
    args = ("whatif", policy, dossier, *AS_OF, "--then", "2020-04-20", "--markdown", "--output", page)
    assert told(capsys, *args) == ""
    text = page.read_text("utf-8")
    assert text.startswith("# 假设比较\n")
    assert "判断日：2020-04-15 → 2020-04-20" in text


def test_facts_from_a_file_and_from_standard_input(capsys, policy, dossier, tmp_path, run):
    more = tmp_path / "更多.yaml"
    more.write_text("机构: {办医主体: private}\n", "utf-8")
    out = told(capsys, "whatif", policy, dossier, *AS_OF, "--facts", more)
    assert "institution.ownership  改为不同的值：public → private" in out
    done = run("whatif", policy, "-", *AS_OF, "--then", "2020-04-16", stdin=dossier.read_bytes())
    assert (done.returncode, done.stderr) == (0, b"")


def test_another_policy_stands_beside(capsys, policy, dossier):
    out = told(capsys, "whatif", policy, dossier, *AS_OF, "--policy", "yunnan_2020", "--lang", "en")
    assert "that does not make them one norm" in out
    assert "policy: testland → yunnan_2020" in out
    assert "other outcomes are the same" not in out


def test_slips_stand_where_they_are_written(capsys, policy, dossier, tmp_path):
    more = tmp_path / "more.yaml"
    more.write_text("receipts: []\npayment: none\n", "utf-8")
    err = refused(capsys, "whatif", policy, dossier, *AS_OF, "--facts", more)
    assert "more.yaml:2:1: 错误 D101" in err
    err = refused(capsys, "whatif", policy, dossier, *AS_OF, "--figure", "low.when.completion.belo=75%", "--set",
                  "receipts.9.amount=1.00", "--reading", "volume=both")  # fmt: skip
    assert "figure low.when.completion.belo:1:1: 错误 E191" in err
    assert "是不是“low.when.completion.below”？" in err
    assert "set receipts.9.amount:1:1: 错误 C112" in err
    assert "reading volume:1:1: 错误" in err
    assert "共 3 处" in err
    err = refused(
        capsys, "whatif", policy, dossier, *AS_OF, "--figure", "low.when.completion.below=75 days", "--lang", "en"
    )
    assert '"75 days" cannot stand for "80%" at "low.when.completion.below"' in err


def test_usage(capsys, policy, dossier):
    args = ("whatif", policy, dossier, *AS_OF)
    assert "给了两个值" in refused(capsys, *args, "--set", "a=1", "--set", "a=2", code=2)
    assert "PATH=VALUE" in refused(capsys, *args, "--set", "a", code=2)
    assert "会覆盖输入文件" in refused(capsys, *args, "--output", dossier, code=2)


def test_figures_are_listed_with_unit_clause_and_phrase(capsys, policy):
    out = told(capsys, "figures", policy)
    assert "· low.when.completion.below  80%  比例" in out
    assert "二“完成比例低于80％”" in out
    rows = {row["address"]: row for row in json.loads(told(capsys, "figures", policy, "--json"))}
    assert {address: (row["value"], row["unit"]) for address, row in rows.items()} == {
        "document.issued": ("2020-01-01", "date"),
        "pay.due.count": ("30 days", "days"),
        "low.when.completion.below": ("80%", "share"),
        "advance_payment.amount.exactly.share": ("30%", "share"),
    }
    assert rows["pay.due.count"]["cites"] == [{"clause": "一", "phrase": "30天内付款"}]
    assert "4 figures" in told(capsys, "figures", policy, "--lang", "en")
