"""What someone meets who writes a first policy: figures checked early, and printed lines that can be used as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from vbprules.cli.main import main

POLICY = """\
language: 1
policy: first
document: {title: 示例, number: not_stated, issued: 2024-03-15, in_force: {from: 2024-05-01, until: silent}}
instruments: {city_rules: {title: 各市的规定}, other_rules: {title: 另一办法}}
readings:
  month_end: {asks: 次月底是否顺延, cite: 一“次月底前付清”, options: {as_is: 不顺延, moved: 顺延}PREFERRED}
clauses:
  - {no: 一, starts: 一、付款, text: 付款}
  - {no: 二, starts: 二、预付, text: 预付}
MORE
provisions:
  pay:
    obligation: 次月底前付清
    cite: 一“次月底前付清”
    by: institution
    for_each: receipt
    due: {reading: month_end, as_is: {end_of: next month, of: accepted_on},
        moved: {count: 1 working days, after: {day_before: {end_of: next month, of: accepted_on}}}}
    done: settled_on
  prepay:
    entitlement: 按不低于合同金额的30%预付
    cite: 二“不低于合同金额的30%”
    by: insurance_fund
    toward: institution
    for_each: agreement
    amount: {at_least: 30%, of: amount}
    received: prepaid
    due: {set_by: city_rules}
"""
DOSSIER = """\
receipts: {complete: yes, entries: [{id: R1, accepted_on: 2024-07-31, amount: 100.00}]}
payments: none
agreements: {complete: yes, entries: [{id: HT, signed_on: 2024-06-01, amount: 1000.00}]}
prepayments: none
"""


def policy(preferred: str = "", more: str = "") -> str:
    return POLICY.replace("PREFERRED", preferred).replace("MORE\n", more)


def run(capsys: pytest.CaptureFixture[str], *args: object) -> tuple[int, str]:
    code = main([str(arg) for arg in args])
    return code, capsys.readouterr().out


@pytest.fixture
def evaluated(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    def of(text: str, *more: str) -> str:
        written, facts = tmp_path / "first.yaml", tmp_path / "facts.yaml"
        written.write_text(text, "utf-8")
        facts.write_text(DOSSIER, "utf-8")
        code, out = run(capsys, "evaluate", written, facts, "--as-of", "2024-09-10", *more)
        assert code == 0
        return out

    return of


def test_a_wrong_figure_is_told_while_clauses_are_still_to_be_encoded(capsys, tmp_path):
    more = "  - {no: 三, starts: 三、考核, text: 考核}\n"
    written = tmp_path / "first.yaml"
    written.write_text(policy(more=more).replace("at_least: 30%", "at_least: 20%"), "utf-8")
    code, out = run(capsys, "check", written, "--no-logic")
    assert code == 1
    assert "错误 P113 没有任何内容引用条款“三”" in out
    assert "错误 F101 短语写的是“30%”，规定写的是“20%”" in out


def test_other_errors_keep_the_figures_from_being_compared(capsys, tmp_path):
    written = tmp_path / "first.yaml"
    text = policy().replace("at_least: 30%", "at_least: 20%").replace("set_by: city_rules", "set_by: county_rules")
    written.write_text(text, "utf-8")
    code, out = run(capsys, "check", written)
    assert code == 1 and "F101" not in out and "county_rules" in out


def test_the_star_is_explained_only_where_a_reading_is_preferred(evaluated):
    assert "★" not in evaluated(policy())
    shown = evaluated(policy(", preferred: as_is"))
    assert "★ 为政策编写者倾向的解读，只作参考，不因此定论" in shown


def test_the_line_to_paste_names_what_another_document_sets(evaluated):
    assert "given: [{name: prepay.due, value: …, source: …}]" in evaluated(policy())


def test_what_two_places_leave_to_a_document_is_not_guessed(evaluated):
    both = policy().replace("amount: {at_least: 30%, of: amount}", "amount: {set_by: city_rules}")
    assert "given: [{name: …, value: …, source: …}]" in evaluated(both)


def test_a_quantity_left_to_a_document_is_given_under_its_own_name(evaluated):
    text = policy(more="quantities: {base: {label: 基数, per: agreement, is: {set_by: other_rules}}}\n")
    assert "given: [{name: base, value: …, source: …}]" in evaluated(text.replace("of: amount}", "of: base}"))


@pytest.mark.parametrize(
    ("edge", "zh", "en"),
    [
        ("{end_of: next month, of: accepted_on}", "验收合格日的次月末日 2024-08-31", "last day of the month following"),
        ("{start_of: next quarter, of: accepted_on}", "验收合格日的次季度首日 2024-10-01", "first day of the quarter"),
        (
            "{end_of: previous year, of: accepted_on}",
            "验收合格日的上年度末日 2023-12-31",
            "last day of the year preceding",
        ),
        ("{day: 25, of: month, at: accepted_on}", "验收合格日的当月25日 2024-07-25", "day 25 of the month of"),
    ],
)
def test_a_day_at_the_edge_of_a_period_is_called_by_it(evaluated, edge, zh, en):
    """Without it the reason said that payment came after the day of acceptance, and named the end of the next month."""
    start = policy().index("    due: {reading")
    text = policy()[:start] + f"    due: {edge}\n" + policy()[policy().index("    done:") :]
    text = "\n".join(line for line in text.splitlines() if "month_end" not in line and line != "readings:") + "\n"
    assert zh in evaluated(text, "--all")
    assert en in evaluated(text, "--all", "--lang", "en")


def test_pages_over_time_say_that_a_policy_is_secondary_and_name_a_document_without_number(capsys, tmp_path):
    written, facts = tmp_path / "first.yaml", tmp_path / "facts.yaml"
    facts.write_text(DOSSIER, "utf-8")
    told = policy().replace("number: not_stated,", "number: not_stated, known_from: secondary,")
    for text, secondary in ((policy(), False), (told, True)):
        written.write_text(text, "utf-8")
        for command in (
            ("timeline", written, facts, "--from", "2024-08-01", "--to", "2024-09-10"),
            ("next", written, facts, "--as-of", "2024-08-10"),
            ("explain", written, facts, "pay@R1", "--as-of", "2024-09-10"),
        ):
            code, out = run(capsys, *command)
            assert code == 0 and "示例" in out and "not_stated" not in out
            assert ("本政策依转述编写，未与原文核对" in out) == secondary
