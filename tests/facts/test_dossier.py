"""Traps of a dossier: what is refused, at its line and with a suggestion, and what absence, ranges and lists say."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inline import case_of, decide, policy

from vbprules.diagnostics import CATALOGUE, Finding, InputError, Report
from vbprules.facts.dossier import read_dossier
from vbprules.facts.rows import Code, Dossier, Row
from vbprules.language.vocabulary import BY_LIST
from vbprules.values.figures import DATE, MONEY
from vbprules.values.ranges import FALSE, INF, NEG, TRUE, Range, exactly

CODES = {name: entry.code for name, entry in CATALOGUE.items()}


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def found_in(source: Any) -> list[Finding]:
    report = Report()
    read_dossier(dedent(source) if isinstance(source, str) else source, report)
    return report.sorted_findings()


def names(found: list[Finding]) -> list[str]:
    by_code = {code: name for name, code in CODES.items()}
    return [by_code[finding.code] for finding in found]


def rows(list_name: str, *entries: dict[str, Any], **more: Any) -> tuple[Row, ...]:
    dossier = read_dossier({list_name: list(entries), **more})
    return dossier.rows[BY_LIST[list_name].name]


def cell(list_name: str, name: str, value: Any) -> Any:
    return rows(list_name, {name: value})[0].cells.get(name)


# Several slips at once, each at its own line


def test_every_slip_is_told_at_its_line() -> None:
    text = """\
    institution: {kind: hospitl, ownership: 公立, grde: tertiary}
    recipts: []
    receipts:
      - {id: R1, accepted_on: 2019-02-30, amount: 100.00}
      - {id: R1, amount: -5.00}
      - {id: R2, amount: 300..100, product: P9}
      - {id: R3, accepted_by: 2020-03-02}
    products: [{id: P1}]
    payments: {complete_through: 2020-13-01, entries: [{receipt: R9, day: 30.04.2020, amount: 1e3}]}
    targets: [{drug: A, set_volume: 100}]
    purchases: 17
    """
    told = [
        (finding.mark.line if finding.mark else 0, name)
        for finding, name in zip(found_in(text), names(found_in(text)), strict=True)
    ]
    assert told == [
        (1, "bad_choice"),
        (1, "unknown_field"),
        (2, "unknown_list_name"),
        (4, "bad_date"),
        (5, "repeated_row"),
        (5, "negative"),
        (6, "bad_range"),
        (6, "bad_reference"),
        (7, "unknown_field"),
        (9, "bad_date"),
        (9, "bad_reference"),
        (9, "bad_date"),
        (9, "bad_value"),
        (10, "missing_key"),
        (11, "not_a_list"),
    ]


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("institution: {kind: hospitl}\nacts: none\n", "hospital"),
        ("institution: {knd: hospital}\nacts: none\n", "kind"),
        ("recipts: []\nacts: none\n", "receipts"),
        ("receipts: [{acepted_on: 2020-03-02}]\n", "accepted_on"),
        ("products: [{class: orginator}]\n", "originator"),
        ("drugs: [{id: D2001}]\nproducts: [{drug: D2002}]\n", "D2001"),
        ("agreements: [{payment_from: acceptence}]\n", "acceptance"),
    ],
)
def test_suggestions(text: str, suggestion: str) -> None:
    assert any(suggestion in finding.hint("en") and suggestion in finding.hint("zh") for finding in found_in(text))


# Dates


@pytest.mark.parametrize(
    "text", ["2019-02-30", "2019-13-01", "2020-3-32", "20200301", "03/02/2020", "1800-01-01", "9999-12-31", "yesterday", "2020Q5", "2020-02-01..2020-01-01", "-1"]
)  # fmt: skip
def test_days_that_are_none(text: str) -> None:
    assert names(found_in({"receipts": [{"accepted_on": text}]})) == ["bad_date"]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("2020-03-05", "2020-03-05", "2020-03-05"),
        ("2020年3月5日", "2020-03-05", "2020-03-05"),
        ("２０２０-03-05", "2020-03-05", "2020-03-05"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2020Q1", "2020-01-01", "2020-03-31"),
        ("2020", "2020-01-01", "2020-12-31"),
        ("2020-01-01..2020-02-15", "2020-01-01", "2020-02-15"),
        ("at_least 2020-03-05", "2020-03-05", None),
        ("at_most 2020-03-05", None, "2020-03-05"),
        ("至少 2020-03-05", "2020-03-05", None),
    ],
)
def test_days(text: str, low: str | None, high: str | None) -> None:
    expected = Range(NEG if low is None else day(low), INF if high is None else day(high))
    assert cell("receipts", "accepted_on", text) == expected
    assert rows("receipts", {"accepted_on": text})[0].day == expected


@pytest.mark.parametrize("text", ["unknown", "未知", "?", "？"])
def test_unknown_is_absent(text: str) -> None:
    for list_name, name in (
        ("receipts", "accepted_on"),
        ("receipts", "amount"),
        ("products", "class"),
        ("products", "listed"),
    ):
        assert cell(list_name, name, text) is None


def test_an_absent_day_is_any_day() -> None:
    assert rows("payments", {"amount": 5})[0].day == Range(NEG, INF)


# Figures


@pytest.mark.parametrize(
    ("list_name", "name", "text", "low", "high"),
    [
        ("receipts", "amount", "120000.00", 12_000_000, 12_000_000),
        ("receipts", "amount", "120,000.50", 12_000_050, 12_000_050),
        ("receipts", "amount", "120000 yuan", 12_000_000, 12_000_000),
        ("receipts", "amount", "0", 0, 0),
        ("receipts", "amount", "100..200", 10_000, 20_000),
        ("receipts", "amount", "at_least 100", 10_000, INF),
        ("receipts", "amount", "at_most 100", 0, 10_000),
        ("receipts", "amount", "至多 100", 0, 10_000),
        ("targets", "set_volume", "20000001", 20_000_001, 20_000_001),
        ("targets", "set_volume", "20000001 units", 20_000_001, 20_000_001),
        ("targets", "set_volume", "100.5", Fraction(201, 2), Fraction(201, 2)),
        ("products", "conversion", "0.333333", Fraction(333333, 10**6), Fraction(333333, 10**6)),
        ("agreements", "payment_days", "30", 30, 30),
        ("agreements", "payment_days", "30 days", 30, 30),
        ("agreements", "payment_days", "30天", 30, 30),
        ("drugs", "winners", "3家", 3, 3),
    ],
)
def test_figures(list_name: str, name: str, text: str, low: Any, high: Any) -> None:
    row = {name: text} | ({"drug": "A", "period": "2020Q1"} if list_name == "targets" else {})
    assert rows(list_name, row)[0].cells[name] == Range(low, high)


@pytest.mark.parametrize(
    ("list_name", "name", "text", "code"),
    [
        ("receipts", "amount", "-5", "negative"),
        ("receipts", "amount", "-5..10", "negative"),
        ("receipts", "amount", "1.005", "bad_value"),
        ("receipts", "amount", "1e6", "bad_value"),
        ("receipts", "amount", "30 days", "bad_value"),
        ("receipts", "amount", "80%", "bad_value"),
        ("receipts", "amount", "ten", "bad_value"),
        ("receipts", "amount", "1,00.00", "bad_value"),
        ("receipts", "amount", "٢٠", "bad_value"),
        ("receipts", "amount", "100..", "bad_value"),
        ("receipts", "amount", "1..2..3", "bad_value"),
        ("receipts", "amount", "200..100", "bad_range"),
        ("receipts", "amount", "at_least", "bad_value"),
        ("receipts", "amount", "NaN", "bad_value"),
        ("targets", "set_volume", "80%", "bad_value"),
        ("targets", "set_volume", "100 yuan", "bad_value"),
        ("agreements", "payment_days", "30.5", "bad_value"),
        ("agreements", "payment_days", "1 month", "bad_value"),
        ("drugs", "winners", "2.5", "bad_value"),
        ("products", "listed", "maybe", "bad_value"),
        ("products", "listed", "1", "bad_value"),
        ("products", "class", "generic", "bad_choice"),
    ],
)
def test_figures_that_are_none(list_name: str, name: str, text: str, code: str) -> None:
    row = {name: text} | ({"drug": "A", "period": "2020Q1"} if list_name == "targets" else {})
    assert names(found_in({list_name: [row]})) == [code]


def test_flags_and_codes() -> None:
    assert [cell("products", "listed", text) for text in ("yes", "是", "true", "no", "否", "false")] == [TRUE] * 3 + [
        FALSE
    ] * 3
    assert cell("products", "class", "原研药") == cell("products", "class", "originator") == Code("originator")
    assert cell("conducts", "ground", "anything_else") == Code("anything_else")  # the policy's lists say what it means


@given(st.integers(0, 10**13), st.integers(0, 2))
def test_money_is_exact(digits: int, places: int) -> None:
    text = f"{Decimal(digits).scaleb(-places):f}"
    assert cell("receipts", "amount", text) == exactly(Fraction(text) * 100)


@given(st.text(max_size=12))
def test_no_cell_breaks_the_reader(text: str) -> None:
    for list_name, name in (
        ("receipts", "accepted_on"),
        ("receipts", "amount"),
        ("products", "class"),
        ("payments", "receipt"),
    ):
        found_in({list_name: [{name: text}]})


# From Python


def test_python_values() -> None:
    source = {
        "receipts": [
            {"id": "R", "accepted_on": date(2020, 3, 2), "amount": Decimal("100.10"), "centrally_procured": True}
        ],
        "acts": (),
    }
    row = read_dossier(source).rows["receipt"][0]
    assert (row.cells["accepted_on"], row.cells["amount"]) == (exactly(day("2020-03-02")), exactly(10_010))
    assert row.cells["centrally_procured"] == TRUE


@pytest.mark.parametrize(
    "value",
    [100.1, 1e3, float("nan"), Decimal("NaN"), Decimal("Infinity"), datetime(2020, 3, 2), {1, 2}, b"5", object()],
)
def test_python_values_that_are_refused(value: Any) -> None:
    with pytest.raises(InputError):
        read_dossier({"receipts": [{"amount": value}]})


def test_a_cycle_is_refused() -> None:
    row: dict[str, Any] = {}
    row["note"] = row
    with pytest.raises(InputError):
        read_dossier({"receipts": [row]})


# Lists: what is said of completeness


@pytest.mark.parametrize(
    ("node", "through"),
    [
        ("none", INF),
        ("无", INF),
        ([], NEG),
        ([{"amount": 5}], NEG),
        ({"entries": [{"amount": 5}]}, NEG),
        ({"complete": "yes", "entries": []}, INF),
        ({"complete": "no", "entries": []}, NEG),
        ({"complete": "yes"}, INF),
        ({"complete_through": "2020-04-15", "entries": "none"}, day("2020-04-15")),
        ({"complete_through": date(2020, 4, 15)}, day("2020-04-15")),
    ],
)
def test_completeness(node: Any, through: Any) -> None:
    assert read_dossier({"payments": node, "acts": "none"}).complete_through("payments") == through


def test_a_list_that_is_not_given_is_open() -> None:
    assert read_dossier({"acts": "none"}).complete_through("payments") == NEG


def test_an_empty_list_is_answered_with_a_hint() -> None:
    """``[]`` says nothing: nobody may take it for none."""
    found = found_in("payments: []\nacts: none\n")
    assert names(found) == ["empty_list"] and found[0].severity == "hint" and "none" in found[0].hint("en")
    assert found_in("payments: none\nacts: none\n") == []
    assert names(found_in("payments: {complete_through: 2020-04-15, entries: []}\nacts: none\n")) == []


@pytest.mark.parametrize(
    "node",
    [
        {"complete_through": "2020-03", "entries": []},
        {"complete_through": "at_least 2020-03-01", "entries": []},
        {"complete_through": "2020-01-01..2020-03-31", "entries": []},
        {"complete_through": "today", "entries": []},
        {"complete_thru": "2020-03-01", "entries": []},
        {"complete": "perhaps", "entries": []},
        {"entries": "some"},
        {"entries": {"amount": 5}},
        "nothing",
        17,
        ["R1"],
        [[{"amount": 5}]],
    ],
)
def test_lists_that_are_none(node: Any) -> None:
    """A statement of completeness is one day; whatever could be taken for more is refused."""
    report = Report()
    read_dossier({"payments": node}, report)
    assert report.has_errors, node


def test_completeness_after_the_as_of_date_is_an_error() -> None:
    program = policy("")
    payments = {"complete_through": "2020-05-02", "entries": []}
    with pytest.raises(InputError) as error:
        decide(program, {"payments": payments}, "2020-05-01")
    assert names(list(error.value.findings)) == ["complete_after_as_of"]
    assert case_of(program, {"payments": payments}, "2020-05-02").complete_through("payment") == day("2020-05-02")
    assert case_of(program, {"payments": "none"}, "2020-05-02").complete_through("payment") == day("2020-05-02")


# Rows, references, ids


def test_ids_are_given_or_made() -> None:
    dossier = read_dossier(
        {
            "receipts": [{}, {"id": "R"}, {}],
            "targets": [{"drug": "A", "period": "2020-01"}, {"drug": "A", "period": "2020Q1"}],
        }
    )
    assert [row.id for row in dossier.rows["receipt"]] == ["receipt1", "R", "receipt3"]
    assert [row.id for row in dossier.rows["target"]] == ["A@2020-01", "A@2020Q1"]


@pytest.mark.parametrize(
    "source",
    [
        {"receipts": [{"id": "R"}, {"id": "R"}]},
        {"targets": [{"drug": "A", "period": "2020Q1"}, {"drug": "A", "period": "2020Q1"}]},
        {"receipts": [{}, {"id": "receipt1"}]},
    ],
)
def test_ids_are_not_repeated(source: Any) -> None:
    assert names(found_in(source)) == ["repeated_row"]


def test_references() -> None:
    """An id must be in its list where the list is given; otherwise the row exists and nothing is known of it."""
    dossier = read_dossier({"payments": [{"receipt": "R1"}]})
    receipt = dossier.rows["payment"][0].refs["receipt"]
    assert receipt.id == "R1" and receipt.cells == {} and dossier.rows["receipt"] == (receipt,)
    assert names(found_in({"payments": [{"receipt": "R1"}], "receipts": [{"id": "R2"}]})) == ["bad_reference"]
    assert names(found_in({"payments": [{"receipt": "R1"}], "receipts": "none"})) == ["bad_reference"]
    linked = read_dossier({"products": [{"id": "P", "drug": "A"}], "purchases": [{"product": "P"}, {"product": "P"}]})
    first, second = linked.rows["purchase"]
    assert (
        first.refs["product"] is second.refs["product"] and first.follow(("product", "drug")) is linked.rows["drug"][0]
    )


@pytest.mark.parametrize("period", ["2020-01", "2020Q1", "2020", "2020-01-15..2020-02-20"])
def test_targets_have_a_period(period: str) -> None:
    row = read_dossier({"targets": [{"drug": "A", "period": period}]}).rows["target"][0]
    assert row.span is not None and row.span[0].exact and row.span[1].exact and row.id == f"A@{period}"


@pytest.mark.parametrize("period", ["2020Q5", "soon", "", "2020-01..2020-03"])
def test_periods_that_are_none(period: str) -> None:
    assert names(found_in({"targets": [{"drug": "A", "period": period}]})) == ["bad_date"]


def test_every_field_of_every_list_is_read() -> None:
    """The vocabulary and the reader agree: each field takes a value of its unit."""
    for list_name, entity in BY_LIST.items():
        if list_name in ("months", "quarters", "years", "institution"):
            continue
        for name, column in entity.field_map.items():
            value = (
                next(iter(column.options), "x")
                if column.unit in ("code", "text")
                else {"truth": "yes", DATE: "2020-01-01", MONEY: "1.00"}.get(column.unit, "1")
            )
            row = {name: value} | ({"drug": "A", "period": "2020Q1"} if list_name == "targets" else {})
            assert found_in({list_name: [row]}) == [] and name in rows(list_name, row)[0].cells, (list_name, name)


# Acts, determinations, given


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ({"acts": [{"of": "x"}]}, "missing_key"),
        ({"acts": [{"day": "2020-01-01"}]}, "missing_key"),
        ({"acts": [{"of": "x", "day": "2020-02-30"}]}, "bad_date"),
        ({"acts": [{"of": "x", "day": "2020-02-01", "lifted": "2020-03-01"}]}, "unknown_key"),
        ({"determinations": [{"question": "q", "answer": "yes", "day": "2020-01-01"}]}, "missing_key"),
        ({"determinations": [{"question": "q", "answer": "perhaps", "by": "x", "day": "2020-01-01"}]}, "bad_choice"),
        ({"given": [{"name": "x.due", "value": "2020-01-01"}]}, "missing_key"),
        ({"given": [{"name": "x.due", "value": v, "source": "s"} for v in ("2020-01-01", "2020-01-02")]}, "contradiction"),
    ],
)  # fmt: skip
def test_statements_that_are_none(source: Any, code: str) -> None:
    assert code in names(found_in(source))


def test_the_same_answer_twice_is_no_contradiction() -> None:
    answers = [{"question": "q", "answer": "yes", "by": "x", "day": f"2020-01-0{n}"} for n in (1, 2)]
    assert found_in({"determinations": answers, "acts": "none"}) == []


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"acts": [{"of": "payy", "day": "2020-01-01"}]}, "unknown_provision"),
        ({"acts": [{"of": "warn", "subject": "R9", "day": "2020-01-01"}]}, "bad_reference"),
        ({"determinations": [{"question": "qq", "answer": "yes", "by": "doctor", "day": "2020-01-01"}]}, "unknown_question"),
        ({"given": [{"name": "warn.dew", "value": "2020-01-01", "source": "s"}]}, "unknown_name"),
        ({"given": [{"name": "warn.from", "value": "30 days", "source": "s"}]}, "bad_value"),
    ],
)  # fmt: skip
def test_statements_about_what_the_policy_does_not_know(facts: Any, code: str) -> None:
    program = policy(
        """
questions: {q: {asks: 否, cite: C, by: insurance_agency, per: institution}}
provisions:
  warn: {sanction: 警, cite: C, by: insurance_agency, for_each: receipt, when: {judge: q}, from: {silent: 无}, once: yes}
"""
    )
    with pytest.raises(InputError) as error:
        decide(program, {"receipts": [{"id": "R1"}], **facts}, "2020-05-01")
    assert names(list(error.value.findings)) == [code]


# The digest


def digest(source: Any) -> str:
    found: Dossier = read_dossier(source)
    return found.digest


def test_the_digest_is_of_the_facts() -> None:
    """The same for any layout, order of keys and comments, from YAML or Python; another fact, another digest."""
    text = "institution: {kind: hospital, grade: tertiary}\npayments: none\n"
    same = "# comment\npayments: none\ninstitution:\n  grade: tertiary\n  kind: hospital\n"
    python = {"payments": "none", "institution": {"grade": "tertiary", "kind": "hospital"}}
    assert digest(text) == digest(same) == digest(python)
    assert digest(text) != digest(text.replace("tertiary", "secondary"))
    assert digest(text) != digest(text.replace("payments: none", "payments: []"))


def test_two_steps_of_a_payment_standard_on_one_day_contradict_each_other() -> None:
    source = """
standard_steps:
  complete: yes
  entries:
    - {product: O, day: 2019-05-01, standard: 8.00}
    - {id: later, product: O, day: 2019-05-01, standard: 7.00}
    - {product: O, day: 2020-05-01, standard: 7.00}
    - {product: P, day: 2019-05-01, standard: 7.00}
    - {product: P, day: 2019, standard: 6.00}
"""
    found = found_in(source)
    assert names(found) == ["repeated_row"]
    assert found[0].mark is not None and found[0].mark.line == 6
    assert "O@2019-05-01" in found[0].message("en")
