"""What a case reaches: only what decides what it asserts, under the options about which it says something."""

from __future__ import annotations

import json
import re

import pytest
from heyang_document import CASES

from vbprules.cases.suite import suite_of
from vbprules.cli.main import main
from vbprules.coverage.points import Point
from vbprules.coverage.report import coverage

AGREEMENT = """\
  - case: 到期日预付足额
    as_of: 2020-06-30
    use: [hospital]
    facts:
      agreements: {complete: yes, entries: [{id: H, signed_on: 2020-02-01, amount: 100.00}]}
      prepayments: {complete_through: 2020-06-30, entries: [{agreement: H, day: 2020-06-30, amount: 30.00}]}
    expect: {advance@H: {state: met, amount: 30.00}}
    variants:
      set: [as_of, prepayments.0.amount]
      rows:
        - {values: [2020-06-30, 29.99], expect: {advance@H: {state: open}}}
        - {values: [2020-07-01, 29.99], expect: {advance@H: {state: breached_unrecorded}}}
"""


@pytest.fixture
def covered(heyang):
    def make(more="", cases=CASES):
        (heyang / "cases.yaml").write_text(cases + more, "utf-8")
        return coverage("heyang.yaml", suite_of("heyang.yaml", ["cases.yaml"]))

    return make


def reached(found, kind):
    return {str(point) for point in found.by_kind[kind] if found.is_reached(point)}


def test_only_what_is_asserted_counts(covered):
    found = covered()
    assert reached(found, "provisions") == {"low"}
    assert reached(found, "boundaries") == {f"low.when.completion.below {edge}" for edge in ("below", "at", "above")}
    assert reached(found, "states") == {"low not_triggered", "low due"}
    silent = covered(cases=re.sub(r"state: \w+, ", "", CASES).replace("{state: not_triggered}", "{mode: must}"))
    assert reached(silent, "provisions") == set()  # a clause or a party asserted says nothing of the condition


def test_a_case_that_fails_reaches_nothing(covered):
    found = covered(cases=CASES.replace("state: due", "state: not_triggered"))
    assert [case.name for case in found.failing] == ["恰为80%不约谈 [799]"]
    assert "low.when.completion.below below" not in reached(found, "boundaries")
    assert not found.is_full(())


def test_deadlines_and_amounts_have_three_points(covered):
    found = covered(AGREEMENT)
    assert {"advance.due at", "advance.due above"} <= reached(found, "boundaries")
    share = {point for point in reached(found, "boundaries") if point.startswith("advance.amount")}
    assert share == {"advance.amount.exactly.share at", "advance.amount.exactly.share below"}
    assert {"advance met", "advance open"} <= reached(found, "states")


@pytest.mark.parametrize(
    ("facts", "sides"),
    [
        (
            "determinations: [{question: grave, answer: yes, by: insurance_agency, day: 2020-03-01, source: 文}]",
            {"1 yes", "2 yes"},
        ),
        (
            "determinations: [{question: grave, answer: no, by: insurance_agency, day: 2020-03-01, source: 文}]",
            {"1 no"},
        ),
    ],
)
def test_a_conjunct_beside_one_that_fails_decides_nothing(covered, facts, sides):
    """The institution is designated either way, but that matters only where the conduct is grave."""
    state = "may_be_imposed" if "1 yes" in sides else "not_triggered"
    found = covered(f"""\
  - case: 情节是否严重
    as_of: 2020-04-10
    use: [hospital]
    facts: {{{facts}}}
    expect: {{cut: {{state: {state}}}}}
""")
    mine = {name.removeprefix("cut.when ") for name in reached(found, "branches") if name.startswith("cut.when")}
    assert mine == sides


def test_options_of_a_reading(covered):
    bill = """\
  - case: 期限视首日是否计入
    as_of: 2020-04-10
    use: [hospital]
    facts: {receipts: {complete: yes, entries: [{id: R, accepted_on: 2020-03-02, amount: 1.00}]}, payments: none}
    expect: {pay@R: {due: {first_day=next: 2020-03-16}}}
"""
    assert reached(covered(bill), "readings") == {"pay first_day=next"}
    both = bill.replace("first_day=next: 2020-03-16", "first_day=next: 2020-03-16, first_day=same: 2020-03-13")
    assert reached(covered(both), "readings") == {"pay first_day=next", "pay first_day=same"}
    settled = bill.replace("{due: {first_day=next: 2020-03-16}}", "{state: breached_unperformed}")
    assert reached(covered(settled), "readings") == {"pay first_day=next", "pay first_day=same"}


def test_what_does_not_apply_reaches_its_gate(covered):
    found = covered("""\
  - case: 药店不适用
    as_of: 2020-04-10
    use: [drug]
    facts: {institution: {kind: pharmacy}}
    expect: {low: not_applicable}
""")
    assert "parties.hospital 1 no" in reached(found, "branches") and "low not_applicable" in reached(found, "states")


def test_declared_unreachable(covered):
    point = "unreachable: [{at: low.when.completion.below, point: above, why: 只为试验}, "
    found = covered(point + "{at: advance.due, point: [below, at], why: 只为试验}]\n")
    assert found.excused == {Point("boundaries", "advance.due", edge): "只为试验" for edge in ("below", "at")}
    assert [row.at for row in found.stale] == ["low.when.completion.below"]  # a case reaches it


def test_clauses_are_coloured(covered):
    found = covered()
    # 一: the test of the hospital, which it defines, is reached through the interview of 二
    colours = {clause.no: found.colour(clause.no) for clause in found.policy.clauses}
    assert colours == {"一": "part", "二": "part", "三": "none"}


def test_the_command(covered, heyang, capsys):
    covered(AGREEMENT)
    assert main(["coverage", "heyang.yaml", "--cases", "cases.yaml"]) == 0
    out = capsys.readouterr().out
    assert re.search(r"规定\s+2\s+5", out) and "✗ pay" in out
    assert "✗ advance.amount.exactly.share  略高于 30%" in out
    assert main(["coverage", "heyang.yaml", "--cases", "cases.yaml", "--full", "provisions"]) == 1
    assert main(["coverage", "heyang.yaml", "--cases", "cases.yaml", "--all", "--lang", "en"]) == 0
    assert "cases.yaml:12 恰为80%不约谈" in capsys.readouterr().out


def test_json_and_html(covered, heyang, capsys):
    covered("""\
  - case: <script>alert(1)</script> & 约谈
    as_of: 2020-04-10
    use: [hospital, drug]
    expect: {low: {state: not_triggered}}
""")
    assert main(["coverage", "heyang.yaml", "--cases", "cases.yaml", "--json", "--html", "page.html"]) == 0
    [data] = json.loads(capsys.readouterr().out)
    assert data["totals"]["provisions"] == {"points": 5, "reached": 1, "unreachable": 0}
    at = next(row for row in data["points"] if (row["at"], row["point"]) == ("low.when.completion.below", "at"))
    assert [data["cases"][number]["name"] for number in at["reached_by"]] == [
        "恰为80%不约谈",
        "<script>alert(1)</script> & 约谈",
    ]
    page = (heyang / "page.html").read_text("utf-8")
    assert "<script>" not in page and "&lt;script&gt;alert(1)&lt;/script&gt; &amp; 约谈" in page
    for clause, colour in (("二", "part"), ("三", "none")):
        assert f'<details class="clause {colour}"><summary><b>{clause}</b>' in page
    assert "http" not in page and "src=" not in page
