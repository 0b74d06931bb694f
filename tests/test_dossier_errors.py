"""Traps of a dossier: each slip is found at its place, with its code, and all of them at once."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from vbprules.diagnostics import CATALOGUE, InputError, Report
from vbprules.facts.dossier import read_dossier
from vbprules.values.ranges import INF, NEG


def findings(text: str | dict[str, Any]) -> list[tuple[str, int, str]]:
    report = Report()
    read_dossier(text, report)
    by_code = {entry.code: name for name, entry in CATALOGUE.items()}
    return [(by_code[f.code], f.mark.line if f.mark else 0, f.hint("en")) for f in report.sorted_findings()]


@pytest.mark.parametrize(
    ("text", "name", "hint"),
    [
        ("institution: {kind: hospitl}\nacts: none\n", "bad_choice", "hospital"),
        ("institutoin: {kind: hospital}\nacts: none\n", "unknown_list_name", "institution"),
        ("receipts: [{acepted_on: 2020-03-02}]\n", "unknown_field", "accepted_on"),
        ("receipts: [{accepted_on: 2019-02-30}]\n", "bad_date", ""),
        ("receipts: [{accepted_on: 03/02/2020}]\n", "bad_date", ""),
        ("receipts: [{amount: -5}]\n", "negative", ""),
        ("receipts: [{amount: 1.005}]\n", "bad_value", ""),
        ("receipts: [{amount: 30 days}]\n", "bad_value", ""),
        ("receipts: [{amount: 1e6}]\n", "bad_value", ""),
        ("purchases: [{quantity: 200..100}]\n", "bad_range", ""),
        ("agreements: [{payment_days: 30.5}]\n", "bad_value", ""),
        ("payments: [{receipt: R2001, amount: 5}]\nreceipts: [{id: R2002}]\n", "bad_reference", "R2002"),
        ("receipts: [{id: R1}, {id: R1}]\n", "repeated_row", ""),
        ("payments: {complete_through: 2020-03, entries: []}\n", "bad_date", ""),
        ("institution: {designated: maybe}\nacts: none\n", "bad_value", ""),
        ("targets: [{drug: A, set_volume: 100}]\n", "missing_key", ""),
    ],
)
def test_a_slip_is_found_on_its_line(text: str, name: str, hint: str) -> None:
    found = findings(text)
    assert name in [item[0] for item in found], found
    finding = next(item for item in found if item[0] == name)
    assert finding[1] == 1 and hint in finding[2]


def test_all_slips_are_told_at_once() -> None:
    text = "institution: {kind: x}\nreceipts:\n  - {accepted_on: 2019-02-30}\n  - {amount: ten}\nnothing: 1\n"
    assert [line for _, line, _ in findings(text)] == [1, 3, 4, 5]


def test_an_empty_list_says_nothing_and_none_says_there_is_none() -> None:
    open_list, none = read_dossier("payments: []\nacts: none\n", Report()), read_dossier("payments: none\nacts: none\n")
    assert open_list.complete_through("payments") == NEG and none.complete_through("payments") == INF
    assert [name for name, _, _ in findings("payments: []\nacts: none\n")] == ["empty_list"]


def test_cells_are_exact_ranged_or_unknown() -> None:
    text = """
purchases:
  - {quantity: 79999, day: 2020-02}
  - {quantity: at_least 100, day: 2020Q1}
  - {quantity: 100..200, day: unknown}
receipts: [{amount: "12,000.50 yuan", accepted_on: 2020-03-05}]
products: [{price: 0.125}]
"""
    rows = read_dossier(text).rows
    quantities = [row.cells.get("quantity") for row in rows["purchase"]]
    assert quantities == [(79999, 79999), (100, INF), (100, 200)]
    first, second, third = (row.day for row in rows["purchase"])
    assert first is not None and second is not None and third is not None
    assert first.hi - first.lo == 28 and second.hi - second.lo == 90 and third == (NEG, INF)
    assert rows["receipt"][0].cells["amount"] == (1200050, 1200050)
    assert rows["product"][0].cells["price"] == (Decimal("12.5"), Decimal("12.5"))


def test_python_values_are_taken_exactly_and_floats_refused() -> None:
    dossier = read_dossier({"receipts": [{"amount": Decimal("100.10")}], "acts": "none"})
    assert dossier.rows["receipt"][0].cells["amount"] == (10010, 10010)
    with pytest.raises(InputError):
        read_dossier({"receipts": [{"amount": 100.1}]})


def test_a_row_takes_from_what_it_refers_to_what_it_does_not_say() -> None:
    dossier = read_dossier("drugs: [{id: A}]\nproducts: [{id: P, drug: A}]\nconducts: [{product: P, drug: unknown}]\n")
    assert dossier.rows["conduct"][0].refs["drug"].id == "A"


def test_the_digest_is_of_the_facts_and_not_of_the_layout() -> None:
    one = read_dossier("institution: {kind: hospital, grade: tertiary}\nacts: none\n")
    other = read_dossier("# comment\nacts: none\ninstitution:\n  grade: tertiary\n  kind: hospital\n")
    changed = read_dossier("institution: {kind: hospital, grade: secondary}\nacts: none\n")
    assert one.digest == other.digest != changed.digest
