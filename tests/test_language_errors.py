"""Slips of a policy's author: each is found at its place with a stable code and a way to mend it, all of them at once."""

from __future__ import annotations

import pytest

from vbprules.catalog import check
from vbprules.diagnostics import CATALOGUE, Finding, Report

HEAD = """\
language: 1
policy: p
document: {title: 试, number: 试一号, issued: 2019-01-01, in_force: {from: silent}}
clauses: [{no: 一, starts: 甲, text: 甲}]
"""
BASE = "provisions:\n  p: {sanction: 甲, cite: 一“甲”, by: insurance_agency, once: yes, silent: [from], for_each: ENTITY, when: WHEN}\n"


def names(found: list[Finding]) -> list[str]:
    """The readable names of the findings' codes."""
    by_code = {entry.code: name for name, entry in CATALOGUE.items()}
    return [by_code[item.code] for item in found]


def findings(body: str, head: str = HEAD) -> list[Finding]:
    report = Report()
    check((head + body).encode(), "p.yaml", report)
    return report.sorted_findings()


def of_condition(when: str, entity: str = "target", more: str = "") -> list[Finding]:
    return findings(more + BASE.replace("ENTITY", entity).replace("WHEN", when))


READING = "readings: {r: {asks: 何, cite: 一“甲”, options: {a: 甲, b: 乙}}}\n"
COMPLETION = "quantities: {completion: {label: 比例, per: target, is: {ratio: [purchased, set_volume]}}}\n"


@pytest.mark.parametrize(
    ("when", "entity", "name", "hint"),
    [
        ("{completion: {below: 0.8}}", "target", "bare_number", "80%"),
        ("{completion: {below: 80}}", "target", "bare_number", "%"),
        ("{completion: {below: 10 days}}", "target", "unit_mismatch", ""),
        ("{completion: {belo: 80%}}", "target", "unknown_operation", "below"),
        ("{completon: {below: 80%}}", "target", "unknown_name", "completion"),
        ("{purchased: {below: used_up}}", "target", "unknown_name", ""),
        ("{outstanding: {above: 5}}", "receipt", "bare_number", ""),
        ("{settled_on: {after: 2019-02-30}}", "receipt", "bad_date", ""),
        ("{judge: lagging}", "target", "unknown_question", ""),
        ("{set_by: another}", "target", "unknown_instrument", ""),
        ("{reading: s, a: always, b: always}", "target", "unknown_reading", "r"),
        ("{reading: r, a: always}", "target", "reading_options", ""),
        ("{imposed: nothing}", "target", "unknown_provision", ""),
        ("{some: {recipt: always}}", "institution", "unknown_entity", "receipt"),
        ("{purchased: {below: {sum: quantity, over: purchase, wehre: always}}}", "target", "unknown_key", "where"),
        ("{purchased: {below: {least: [used, 5 units], greatest: [used, 5 units]}}}", "target", "unknown_key", ""),
        ("{settled_on: {after: {first_day: amount, reaches: amount}}}", "receipt", "not_running_total", ""),
        ("{any: []}", "target", "not_a_list", ""),
        ("{kind: {in: [hospitl]}}", "institution", "bad_choice", "hospital"),
    ],
)
def test_a_condition_with_a_slip(when: str, entity: str, name: str, hint: str) -> None:
    found = of_condition(when, entity, READING + COMPLETION)
    assert name in names(found), [item.message("en") for item in found]
    finding = next(item for item in found if item.code == CATALOGUE[name].code)
    assert finding.mark is not None and finding.mark.line == 8
    assert hint in finding.hint("en") and finding.message("zh") and finding.hint("zh")


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("provisions: {p: {cite: 一“甲”, by: institution}}\n", "no_modality"),
        ("provisions: {p: {obligation: 甲, sanction: 乙, cite: 一“甲”, by: institution, silent: [due, from, until]}}\n", "two_modalities"),
        ("provisions: {p: {obligation: 甲, cite: 一“甲”, by: institution}}\n", "missing_expected"),
        ("provisions: {p: {obligation: 甲, cite: 一“甲”, silent: [due]}}\n", "missing_key"),
        ("provisions: {p: {obligation: 甲, cite: 一“甲”, by: nobody, silent: [due]}}\n", "unknown_party"),
        ("provisions: {p: {obligation: 甲, cite: 二“甲”, by: institution, silent: [due]}}\n", "unknown_clause"),
        ("provisions: {p: {obligation: 甲, cite: 一甲, by: institution, silent: [due]}}\n", "bad_citation"),
        (f"provisions: {{p: {{obligation: 甲, cite: 一“{'甲' * 26}”, by: institution, silent: [due]}}}}\n", "phrase_too_long"),
        ("provisions: {p: {obligation: 甲, cite: 一“甲”, by: institution, silent: [due], until: 2020-01-01}}\n", "key_not_for_modality"),
        ("provisions: {p: {obligation: 甲, cite: 一“甲”, by: institution, silent: [due], hedge: 应当}}\n", "bad_hedge"),
        ("provisions: {P: {obligation: 甲, cite: 一“甲”, by: institution, silent: [due]}}\n", "bad_id"),
        (READING + COMPLETION.replace("purchased", "completion") + "provisions: {p: {definition: 甲, cite: 一“甲”, by: institution, "
         "silent: [value]}}\n", "cycle"),
        ("provisions: {}\n", "clause_not_covered"),
    ],
)  # fmt: skip
def test_a_provision_with_a_slip(body: str, name: str) -> None:
    found = findings(body)
    assert name in names(found), [item.message("en") for item in found]


def test_too_many_readings_on_one_value_are_refused() -> None:
    letters = "abcdefg"
    readings = "readings:\n" + "".join(
        f"  {n}: {{asks: 何, cite: 一“甲”, options: {{x: 甲, y: 乙}}}}\n" for n in letters
    )
    inner = "always"
    for name in letters:
        inner = f"{{reading: {name}, x: {{all: [{inner}, designated]}}, y: joined}}"
    found = findings(readings + BASE.replace("ENTITY", "institution").replace("WHEN", inner))
    assert names(found) == ["too_many_readings"]


def test_several_slips_are_told_at_once_in_both_languages() -> None:
    body = (
        "quantities: {q: {label: 量, per: target, is: {ratio: [purchasd, set_volume]}}}\n"
        "provisions:\n"
        "  a: {obligation: 甲, cite: 一“甲”, by: nobody, due: {count: 30 day, after: as_of}}\n"
        "  b: {sanction: 乙, cite: 三“乙”, by: institution, when: {q: {below: 0.8}}, once: yes}\n"
    )
    found = findings(body)
    assert len({item.code for item in found}) >= 4
    for item in found:
        assert item.message("zh") != item.message("en") and item.mark is not None and item.excerpt
