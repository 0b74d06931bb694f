"""``vbprules check`` on what conditions can be together: printed, as JSON, left out on request."""

from __future__ import annotations

import json

import pytest

from vbprules.cli.main import main

GAP = """\
language: 1
policy: gap
document: {title: 试, number: 试〔2019〕1号, issued: 2019-01-01, in_force: {from: issued, until: silent}}
clauses:
  - {no: 一, starts: 甲, text: 甲}
quantities:
  completion: {label: 完成比例, per: target, is: {ratio: [purchased, set_volume]}}
provisions:
  low: {sanction: 约谈, cite: 一“低于70%”, by: insurance_agency, toward: institution, for_each: target,
      when: {completion: {below: 70%}}, once: yes, silent: [from]}
  mid: {sanction: 预警, cite: 一“高于70%低于80%”, by: insurance_agency, toward: institution, for_each: target,
      when: {completion: {above: 70%, below: 80%}}, once: yes, silent: [from]}
"""


@pytest.fixture
def gap(tmp_path):
    path = tmp_path / "gap.yaml"
    path.write_text(GAP, encoding="utf-8")
    return path


def run(capsys, *args, code=0):
    assert main(["check", *map(str, args)]) == code
    return capsys.readouterr().out


def test_a_gap_is_printed_with_place_clause_and_facts(capsys, gap):
    out = run(capsys, gap)
    assert (
        f"{gap}:9:8: 提示 L101 low 与 mid 之间有空档：“completion” 为 70%时两者都不适用（一）；另一处在第 11 行" in out
    )
    assert "例证：as_of: 2019-05-10; " in out
    assert "错误 0 处，警告和提示 1 处" in out
    english = run(capsys, gap, "--lang", "en")
    assert (
        'hint L101 there is a gap between low and mid: with "completion" at 70% neither applies (一); the other is on line 11'
        in english
    )


def test_as_json(capsys, gap):
    (item,) = json.loads(run(capsys, gap, "--json"))
    assert (item["code"], item["severity"], item["line"]) == ("L101", "hint", 9)
    assert item["args"]["value"] == "70%"
    assert "targets: {complete: yes" in item["args"]["witness"]


def test_left_out_on_request(capsys, gap):
    assert json.loads(run(capsys, gap, "--json", "--no-logic")) == []


def test_not_looked_at_while_there_are_errors(capsys, gap):
    gap.write_text(GAP.replace("below: 80%", "bellow: 80%"), encoding="utf-8")
    assert "L101" not in run(capsys, gap, code=1)


def test_same_bytes_each_time(capsys, gap):
    assert run(capsys, gap, "--json") == run(capsys, gap, "--json")
