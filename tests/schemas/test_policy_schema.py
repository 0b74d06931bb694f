"""The schema of policies accepts every shipped policy, in both languages, and refuses what the checker refuses by form."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from test_schemas import ROOT, SHIPPED, load, validator

from vbprules.diagnostics import Report
from vbprules.formatting import formatted
from vbprules.language import keys
from vbprules.language.chinese import SPECIAL
from vbprules.language.chinese import names as chinese_names
from vbprules.language.operations import COMPARATORS, CONDITIONS, OPERATIONS
from vbprules.language.policy import MODALITIES
from vbprules.language.vocabulary import HEDGES
from vbprules.language.words import TERM, WORDS
from vbprules.schemas import SCHEMAS
from vbprules.schemas.scalars import DATE, FIGURE, known_names
from vbprules.values.figures import parse_date, parse_figure

POLICIES = sorted((ROOT / "policies").glob("*.yaml"))
MODELINE = "# yaml-language-server: $schema=../src/vbprules/schemas/{}.schema.json"
CHECK: Draft7Validator = validator("policy")
HEAD = """
language: 1
policy: heyang_2021
document: {title: 合阳市方案, number: 合医保发〔2021〕7号, issued: 2021-03-01, in_force: {from: issued, until: silent}}
readings: {volume: {asks: 按哪个量, cite: 一“数量”, options: {a: 甲, b: 乙}}}
clauses: [{no: 一, starts: 一、付款, text: 付款}]
"""


def marks(text: str) -> list[str]:
    return [error.message for error in CHECK.iter_errors(load(HEAD + text))]


def provision(body: str) -> list[str]:
    return marks(f"provisions: {{p: {{{body}}}}}")


def condition(text: str) -> list[str]:
    return provision(f"permission: 可, cite: 一“数量”, by: institution, when: {text}")


def value(text: str) -> list[str]:
    return marks(f"quantities: {{q: {{label: 量, is: {text}}}}}\nprovisions: {{}}")


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_a_shipped_policy_is_valid_and_names_its_schema(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.splitlines()[0] == MODELINE.format("policy")
    assert (path.parent / MODELINE.format("policy").rpartition("=")[2]).resolve() == SHIPPED / "policy.schema.json"
    assert [error.message for error in CHECK.iter_errors(load(text))] == []


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_shipped_dossier_names_its_schema(path: Path) -> None:
    assert path.read_text("utf-8").splitlines()[0] == MODELINE.format("dossier")


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_a_shipped_policy_in_chinese_keys_is_valid(path: Path) -> None:
    free = {WORDS[name] for name in ("provisions", "parties", "readings", "questions", "lists", "terms", "quantities")}
    free |= {WORDS[name] for name in ("instruments", "labels", "options", "steps")}

    def chinese(node: Any, ids: bool = False) -> Any:
        if isinstance(node, dict):
            named = {key if ids else WORDS.get(key, key): node[key] for key in node}
            return {key: chinese(item, key in free and not ids) for key, item in named.items()}
        return [chinese(item) for item in node] if isinstance(node, list) else node

    assert [error.message for error in CHECK.iter_errors(chinese(load(path.read_bytes())))] == []


def test_the_keys_are_those_of_the_parser_in_both_languages() -> None:
    schema = SCHEMAS["policy"]()
    known = schema["definitions"]

    def both(names: Any) -> set[str]:
        return {form for name in names for form in (name, WORDS[name])}

    assert set(schema["properties"]) == both(keys.TOP)
    assert set(known["document"]["properties"]) == both(keys.DOCUMENT)
    for section, names in keys.SECTIONS.items():
        found = known[f"{section}_item"] if f"{section}_item" in known else known[section]
        assert set(found["properties"]) == both(names), section
    for modality in MODALITIES:
        names = {modality, *keys.COMMON, *keys.OF_MODALITY[modality]}
        assert set(known[f"provision_{modality}"]["properties"]) == both(names)
    assert set(known["step"]["properties"]) == both(keys.STEP)
    assert set(known["tests_words"]["properties"]) == both((*COMPARATORS, "reading"))
    assert set(known["condition_words"]["properties"]) == {
        *both(CONDITIONS),
        *known_names(),
        *({**chinese_names(), **SPECIAL}[name] for name in known_names()),
        *(WORDS[name] for name in known_names() if name in WORDS),
    }
    assert set(known["value_none"]["properties"]) == both(OPERATIONS)
    for word, beside in OPERATIONS.items():
        if word != "reading":
            counted = set(TERM.values()) if word == "count" else set()
            assert set(known[f"value_{word}"]["properties"]) == both((word, *beside)) | counted


@pytest.mark.parametrize("surface", ["policy", "policy.zh"])
@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_a_policy_in_chinese_words_is_accepted_by_both(path: Path, surface: str) -> None:
    found = formatted(path.read_bytes(), path.name, Report(), "zh")
    assert found is not None
    checked = Draft7Validator(SCHEMAS[surface]())
    assert [error.message for error in checked.iter_errors(load(found.after))] == []


@pytest.mark.parametrize(("surface", "ascii"), [("policy", True), ("policy.zh", False)])
def test_what_is_offered_are_words_of_one_surface(surface: str, ascii: bool) -> None:
    def offered(schema: Any) -> Iterator[str]:
        if isinstance(schema, dict):
            for key, item in schema.get("properties", {}).items():
                if isinstance(item, dict) and "description" in item and not item.get("doNotSuggest"):
                    yield key
            if "enumDescriptions" in schema:
                yield from (word for word in schema["enum"] if word not in HEDGES)
            for item in schema.values():
                yield from offered(item)
        elif isinstance(schema, list):
            for item in schema:
                yield from offered(item)

    found = set(offered(SCHEMAS[surface]()))
    assert len(found) > 250
    assert {word for word in found if word.isascii() != ascii} == set()


def test_a_skeleton_of_every_modality() -> None:
    common = "cite: 一“数量”, by: insurance_agency"
    assert provision(f"obligation: 付款, {common}, due: {{count: 30 days, after: accepted_on}}") == []
    assert provision("义务: 付款, 依据: 一“数量”, 由: institution, 未规定: [due]") == []
    assert provision(f"obligation: 付款, {common}, requires: joined") == []
    assert provision(f"prohibition: 不得, {common}") == []
    assert provision(f"entitlement: 预付, {common}, amount: {{at_least: 30%, of: agreed_amount}}, silent: [due]") == []
    assert provision(f"sanction: 预警, {common}, once: yes, silent: from") == []
    assert provision(f"sanction: 暂停, {common}, steps: {{a: {{does: 甲, silent: [from, until]}}}}") == []
    assert provision("price: 标准, cite: 一“数量”, for_each: dispensing, standard: price") == []
    assert provision("definition: 周期, cite: 一“数量”, value: {between: 1–3 years}") == []


@pytest.mark.parametrize(
    "body",
    [
        "obligation: 付款, sanction: 预警, cite: 一“数量”, by: doctor, silent: [due, from, until]",
        "cite: 一“数量”, by: doctor",
        "obligation: 付款, by: doctor, silent: [due]",
        "obligation: 付款, cite: 一“数量”, silent: [due]",
        "obligation: 付款, cite: 一“数量”, by: doctor",
        "obligation: 付款, cite: 一“数量”, by: doctor, due: 30 days",
        "obligation: 付款, cite: 一“数量”, by: doctor, silent: [due], takes_effect: by_itself",
        "prohibition: 不得, cite: 一“数量”, by: doctor, amount: {exactly: 5 yuan}",
        "obligation: 付款, cite: 一\"数量\", by: doctor, silent: [due]",
        "obligation: 付款, cite: 一“一二三四五六七八九十一二三四五六七八九十一二三四五六”, by: doctor, silent: [due]",
        "obligation: 付款, cite: 一“数量”, by: doctor, silent: [due], hedge: 或许",
        "obligation: 付款, cite: 一“数量”, by: doctor, silent: [due], matter: goods",
        "obligation: 付款, cite: 一“数量”, by: doctor, silent: [due], for_each: hospital",
        "obligation: 付款, cite: 一“数量”, by: doctor, silent: [due], except: [{cite: 一“数量”}]",
        "entitlement: 预付, cite: 一“数量”, by: doctor, silent: [due], amount: {at_least: 0.3, of: agreed_amount}",
        "entitlement: 预付, cite: 一“数量”, by: doctor, silent: [due], amount: {at_least: 5 yuan, at_most: 6 yuan}",
        "sanction: 预警, cite: 一“数量”, by: doctor, silent: [from]",
        "sanction: 暂停, cite: 一“数量”, by: doctor, silent: [from], steps: {a: {does: 甲, silent: [from, until]}}",
        "sanction: 暂停, cite: 一“数量”, by: doctor, steps: {a: {does: 甲, silent: [from]}}",
    ],
)  # fmt: skip
def test_provisions_that_the_parser_refuses_by_form(body: str) -> None:
    assert provision(body)


@pytest.mark.parametrize(
    "text",
    [
        "always", "joined", "[joined, {not: is_selected}]", "{completion: {below: 70%, at_least: 50%}}",
        "{reading: volume, a: always, b: {joined: {is: x}}}", "{completion: {reading: volume, a: {below: 1%}, b: {above: 2％}}}",
        "{全部: [joined], 任一: [{并非: joined}]}", "{some: {target: {set_volume: {above: 0}}}}", "{judge: lagging}",
        "{imposed: late.withholding}", "{agreement.amount: {at_least: 100.50 yuan}}", "{as_of: {on_or_after: 2021-03-01}}",
        "{ground: {in: [a, b]}}", "{set_by: [a, b]}", "{silent: 没有写}", "{known_by: [joined, joined]}",
    ],
)  # fmt: skip
def test_conditions(text: str) -> None:
    assert condition(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "{anny: [joined]}", "{all: joined}", "{all: []}", "{}", "{completion: 70%}", "{completion: {belw: 70%}}", "{completion: {}}",
        "{reading: volume, a: always}", "{known_by: [joined]}", "{some: {hospital: always}}", "{some: {target: always, use: always}}",
        "{completion: {between: [1, 2]}}", "{as_of: {before: 30 days}}", "{judge: [a, b]}",
    ],
)  # fmt: skip
def test_conditions_that_the_compiler_refuses_by_form(text: str) -> None:
    assert condition(text)


@pytest.mark.parametrize(
    "text",
    [
        "purchased", "30 days", "３０天", "5", "2021-03-01", "as_of", "{ratio: [purchased, set_volume]}", "{share: 30％, of: purchased}",
        "{sum: quantity, over: purchase, where: is_selected, from: 2021-01-01, through: as_of, so_far: yes, in: drug}",
        "{count: receipt}", "{count: 10 working days, after: accepted_on}", "{count: payment_days, before: accepted_on}",
        "{if: joined, then: 1, else: {least: [1, 2, 3]}}", "{first_day: paid, reaches: amount, capped: yes}",
        "{reading: volume, a: 1, b: 2}", "{start_of: next month, of: as_of}", "{day: 25, of: month, at: as_of}", "{合计: quantity, 范围: use}",
    ],
)  # fmt: skip
def test_values(text: str) -> None:
    assert value(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "[1, 2]", "{}", "{summ: 1}", "{ratio: [1]}", "{ratio: 1}", "{share: 0.3, of: purchased}", "{share: 30%}", "{if: joined, then: 1}",
        "{sum: quantity, over: hospital}", "{sum: quantity, reaches: 1}", "{sum: 1, lowest: 1}", "{first_day: paid}",
        "{start_of: week, of: as_of}", "{day: 25, of: year, at: as_of}", "80 %%", "2021/03/01", "'1,000 yuan'",
    ],
)  # fmt: skip
def test_values_that_the_compiler_refuses_by_form(text: str) -> None:
    assert value(text)


def test_sections() -> None:
    assert marks("provisions: {}") == []
    assert marks("provision: {}")
    assert marks("provisions: {}\nlists: {a: {closed: [x], cite: 一“数量”}}") == []
    assert marks("provisions: {}\nlists: {a: {closed: [x], open: [x], cite: 一“数量”}}")
    assert marks("provisions: {}\nreadings2: {}")
    assert marks("provisions: {Bad: {permission: 可, cite: 一“数量”, by: doctor}}")
    assert marks("provisions: {}\ntasks: [{no: 1, does: 甲, cite: 一“数量”, lead: doctor, due: 2021-03-01}]") == []
    assert marks("provisions: {}\ntasks: [{no: 1, does: 甲, cite: 一“数量”, lead: doctor}]")
    whole = load(HEAD + "provisions: {}")
    for key in keys.REQUIRED["policy"]:
        less = copy.deepcopy(whole)
        del less[key]
        assert not CHECK.is_valid(less)
    whole["document"]["rank"] = "county"
    assert not CHECK.is_valid(whole)
    whole["document"] |= {
        "rank": "city",
        "in_force": {"from": {"reading": "volume", "a": "issued", "b": "silent"}, "until": "2022-01-01"},
    }
    assert CHECK.is_valid(whole)
    whole["clauses"][0]["starts"] = "字" * 26
    assert not CHECK.is_valid(whole)


UNITS = [
    "",
    "%",
    "％",
    " days",
    "天",
    "个工作日",
    " working days",
    "个月",
    "元",
    "万元",
    " yuan",
    " suppliers",
    "家",
    "x",
    "元元",
]


@given(
    st.from_regex(r"[0-9０-９]{1,16}(\.[0-9]{0,7})?", fullmatch=True),
    st.sampled_from(["", "–", "-", "~", "至", " to ", "..", "/"]),
    st.sampled_from(UNITS),
)
def test_the_pattern_of_figures_accepts_whatever_the_reader_accepts(number: str, between: str, unit: str) -> None:
    text = f"{number}{between}{number}{unit}" if between else f"{number}{unit}"
    if parse_figure(text) is not None:
        assert re.search(FIGURE, text)
    elif unit in ("x", "元元") or between == "/":
        assert not re.search(FIGURE, text)


@given(st.dates())
def test_the_pattern_of_dates_accepts_whatever_the_reader_accepts(day: Any) -> None:
    forms = (day.isoformat(), f"{day.year:04}年{day.month}月{day.day}日")
    for text in forms:
        if 1900 <= day.year <= 2200:
            assert parse_date(text) == day.toordinal()
        assert re.search(DATE, text)
