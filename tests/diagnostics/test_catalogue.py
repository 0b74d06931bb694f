"""The catalogue is complete, consistent and stable."""

from __future__ import annotations

import re

import pytest

from vbprules.diagnostics import BY_CODE, CATALOGUE, Mark, Report, Source, render

FIELDS = """
unknown_key(key, where, suggestion) missing_key(key, where) not_a_mapping(where) not_a_list(where) not_text(where)
bad_choice(value, where, choices, suggestion) bad_id(value) repeated_id(value) unknown_party(name, suggestion)
unknown_clause(clause, suggestion) bad_citation(text) phrase_too_long(phrase, length) clause_not_covered(clause)
clause_both(clause) missing_expected(key, modality) unknown_list(name, suggestion) unknown_reading(name, suggestion)
reading_options(name, missing, extra) unknown_question(name, suggestion) unknown_instrument(name, suggestion)
unknown_provision(name, suggestion) key_not_for_modality(key, modality) no_modality(id) two_modalities(id)
bad_hedge(value, choices) cycle(path) too_many_readings(where, count, names) language_version(value, supported)
unknown_name(name, entity, suggestion) ambiguous_name(name, choices) bad_figure(text) bare_number(text, expected)
unit_mismatch(left, right) not_a_condition(text) not_a_value(text) unknown_operation(name, suggestion)
wrong_arity(operation, expected) not_linked(child, parent) unknown_entity(name, suggestion) bad_date(text)
not_running_total(text) expects_unit(expected, found) unknown_list_name(key, suggestion)
unknown_field(key, entity, suggestion) bad_value(value, field, expected) bad_reference(value, entity, suggestion)
repeated_row(id) after_as_of(date) complete_after_as_of(date, as_of) empty_list(list) contradiction(what)
negative(value) paid_twice(receipt) bad_range(text) missing_complete_through(list) bad_ruling(what)
unknown_ruling_reading(name, suggestion) ruling_option(name, option, choices)
unknown_expectation(key, suggestion) unknown_fixture(name, suggestion) expectation_form(outcome)
unknown_state(value, suggestion) expected_word(key, value, choices, suggestion) not_with_not_applicable(key)
expected_provision(name, suggestion) bad_assignment(text) figure_not_of(key, provision, choices)
variant_values(found, expected) bad_set_path(path, part, suggestion) repeated_case(name, first_line)
nothing_expected(name) too_many_cases(limit) too_many_facts(limit) empty_table() unknown_address(address, suggestion)
empty_cases() unknown_calendar(name, suggestion) local_day_form() local_year_unknown(date, years)
local_day_twice(date, first_line) local_day_changes_nothing(dates) local_without_days()
"""
WANTED = {
    name: frozenset(fields.replace(" ", "").split(",")) - {""}
    for name, fields in re.findall(r"(\w+)\(([^)]*)\)", FIELDS)
}
# Shown when given, never needed.
OPTIONAL = {"after_as_of": {"as_of"}}


@pytest.mark.parametrize("name", sorted(WANTED))
def test_agreed_findings(name: str) -> None:
    assert CATALOGUE[name].fields() - OPTIONAL.get(name, set()) == WANTED[name]


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_both_languages_say_the_same(name: str) -> None:
    entry = CATALOGUE[name]
    assert re.fullmatch(r"[A-Z][0-9]{3}", entry.code)
    assert BY_CODE[entry.code] is entry
    texts = (entry.zh, entry.en, entry.hint_zh, entry.hint_en)
    assert all(texts)

    def fields(text: str) -> set[str]:
        return set(re.findall(r"\$(\w+)", text))

    assert fields(entry.zh) == fields(entry.en)
    assert fields(entry.hint_zh) == fields(entry.hint_en)
    assert all(text.count("[[") == text.count("]]") for text in texts)
    assert not re.search(
        r"[一-鿿]",
        re.sub("[一五三低于的定点医疗机构“”（）…不足超过达到以内上高天工作日月年]", "", entry.en + entry.hint_en),
    )


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_every_field_is_filled(name: str) -> None:
    report = Report()
    report.add_source(Source("f", "a: b"))
    args: dict[str, object] = {field: f"<{field}>" for field in CATALOGUE[name].fields()}
    report.error(name, Mark(1, 1, 1, 2), **args)
    for lang in ("zh", "en"):
        text = render(report.findings, lang)
        assert "$" not in text
        assert "[[" not in text
        assert all(f"<{field}>" in text for field in args)


def test_codes_are_stable() -> None:
    known = {"duplicate_key": "Y001", "tab": "Y006", "syntax": "Y040", "unknown_key": "P101", "missing_key": "P102"}
    known |= {"unknown_name": "E101", "unknown_list_name": "D101", "bad_ruling": "R101"}
    known |= {"unknown_expectation": "C102", "unknown_fixture": "C103", "unknown_state": "C105", "empty_cases": "C119"}
    assert {name: CATALOGUE[name].code for name in known} == known
    assert "C101" not in BY_CODE  # one code for every slip of a case file, once
