"""The schemas are valid, ship as generated, accept every shipped file and what the reader accepts, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from vbprules.cases.blocks import keys as blocks
from vbprules.cases.keys import CASE, CHOICES, EQUIVALENT, EXPECTED, ROW, TABLE, TOP, UNREACHABLE
from vbprules.cases.words import CHINESE, OUTCOME
from vbprules.cli.main import main
from vbprules.diagnostics import Report
from vbprules.language.vocabulary import DOSSIER_KEYS, ROW_LISTS, STATEMENTS, row_keys
from vbprules.language.words import ENGLISH, LISTS, WORDS, columns
from vbprules.reading import Mapping, Node, Sequence, read
from vbprules.schemas import SCHEMAS, schema_text

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "src" / "vbprules" / "schemas"
MODELINE = "# yaml-language-server: $schema="
CASE_FILES = sorted((ROOT / "tests" / "cases").rglob("*.yaml"))


def plain(node: Node | None) -> Any:
    """A tree as plain data in which every scalar is text."""
    if isinstance(node, Mapping):
        return {key.text: plain(value) for key, value in node.entries}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return "" if node is None else node.text


def load(text: str | bytes) -> Any:
    report = Report()
    root = read(text, "a.yaml", report)
    assert not report.has_errors
    return plain(root)


def validator(name: str) -> Draft7Validator:
    return Draft7Validator(SCHEMAS[name]())


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_a_schema_is_valid_and_ships_as_generated(
    name: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    Draft7Validator.check_schema(SCHEMAS[name]())
    shipped = (SHIPPED / f"{name}.schema.json").read_text("utf-8")
    assert shipped == schema_text(name), f"run: vbprules schema {name} --output src/vbprules/schemas/{name}.schema.json"
    kind, _, surface = name.partition(".")
    args = ["schema", kind, "--surface", surface or "en"]
    assert main(args) == 0
    assert capsys.readouterr().out == shipped
    assert main([*args, "--output", str(tmp_path / "x.json")]) == 0
    assert (tmp_path / "x.json").read_text("utf-8") == shipped
    assert main(["schema", "nothing"]) == 2
    assert "参数 schema 的值 'nothing' 不在可选之列" in capsys.readouterr().err


@pytest.mark.parametrize("path", CASE_FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_shipped_case_file_is_valid_and_names_its_schema(path: Path) -> None:
    text = path.read_text("utf-8")
    head, _, place = text.splitlines()[0].rpartition("=")
    assert f"{head}=" == MODELINE
    assert (path.parent / place).resolve() == SHIPPED / "case.schema.json"
    assert [error.message for error in validator("case").iter_errors(load(text))] == []


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_shipped_dossier_is_valid(path: Path) -> None:
    assert [error.message for error in validator("dossier").iter_errors(load(path.read_bytes()))] == []


def _mappings(schema: Any) -> list[dict[str, Any]]:
    """Every mapping with keys of its own, wherever it stands in a schema."""
    found = []
    if isinstance(schema, dict):
        if "properties" in schema and schema.get("type") == "object":
            found.append(schema)
        for value in schema.values():
            found += _mappings(value)
    elif isinstance(schema, list):
        for value in schema:
            found += _mappings(value)
    return found


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_every_key_has_a_hover_text_with_chinese_first(name: str) -> None:
    for mapping in _mappings(SCHEMAS[name]()):
        for key, schema in mapping["properties"].items():
            zh, _, en = schema["description"].partition("\n\n")
            assert any("一" <= character <= "鿿" for character in zh) and en.strip(), key
            assert (
                schema["markdownDescription"].endswith(schema["description"])
                and f"`{key}`" in schema["markdownDescription"]
            )


def test_the_keys_are_those_of_the_readers_in_both_languages() -> None:
    schema = SCHEMAS["case"]()
    known = schema["definitions"]

    def both(keys: tuple[str, ...]) -> set[str]:
        return {form for key in keys for form in (key, WORDS[key])}

    assert set(schema["properties"]) == both(TOP)
    assert set(known["case"]["properties"]) == both(CASE)
    assert set(known["variants"]["properties"]) == both(TABLE)
    assert set(known["variants"]["properties"]["rows"]["items"]["properties"]) == both(ROW)
    assert set(schema["properties"]["equivalent"]["items"]["properties"]) == both(EQUIVALENT)
    assert set(schema["properties"]["unreachable"]["items"]["properties"]) == both(UNREACHABLE)
    assert set(known["outcome"]["anyOf"][0]["properties"]) == both(EXPECTED)
    assert set(known["facts"]["properties"]) == {*DOSSIER_KEYS, *(zh for zh, en in LISTS.items() if en in DOSSIER_KEYS)}
    for name in (*ROW_LISTS, *STATEMENTS):
        keys = row_keys(name)
        expected = {*keys, *(zh for zh, en in columns(name).items() if en in keys)}
        assert set(known[f"{name}_row"]["properties"]) == expected, name
    assert ENGLISH["状态"] == "state"


def case(expected: str, more: str = "") -> Any:
    return load(f"policy: p\ncases:\n  - {{case: a, as_of: 2020-04-10, expect: {{x@R7: {expected}}}}}\n{more}")


@pytest.mark.parametrize("key", sorted(CHOICES))
def test_closed_words_are_accepted_in_both_languages(key: str) -> None:
    check = validator("case")
    for word in {*CHOICES[key], *(zh for forms in CHINESE[key].values() for zh in forms)}:
        assert check.is_valid(case(f'{{{key}: "{word}"}}')), word
        assert check.is_valid(case(f'{{{WORDS[key]}: "{word}"}}')), word
    assert not check.is_valid(case(f"{{{key}: nonsense}}"))


@pytest.mark.parametrize(
    "expected",
    [
        "{stat: met}", "{state: [met]}", "{state: {first_day: met}}", "{state: {first_day=next: mett}}", "met", "[absent]",
        "{standing: {first_day=next: settled}}", "{needs: [lists uses]}", "{clause: {a: b}}",
    ],
)  # fmt: skip
def test_what_the_reader_refuses_the_schema_refuses(expected: str) -> None:
    assert not validator("case").is_valid(case(expected))


@pytest.mark.parametrize("word", [*OUTCOME, *(zh for forms in OUTCOME.values() for zh in forms)])
def test_words_for_a_whole_outcome(word: str) -> None:
    assert validator("case").is_valid(case(word))


def test_a_mixed_file_is_valid() -> None:
    text = """
政策: p
fixtures: {base: {机构: {机构类别: 医院, grade: 三级, 医保定点: 是}, 付款: 无, receipts: {完整: 是, 记录: [{编号: R7, 货款: 5}]}}}
案例:
  - 案由: a
    as_of: 2020年4月10日
    采用事实: base
    期望: {x@R7: {状态: 应作出, due: {first_day=next: 2020-04-01}, 条款: [五(三)]}, y: 没有}
    变体: {改动: [截止日], 各行: [{取值: [2020-04-11]}]}
等效改动: [{在: x.when, 变为: below, 原因: 无}]
"""
    assert [error.message for error in validator("case").iter_errors(load(text))] == []


def test_dossiers_demand_what_their_reader_demands() -> None:
    check = validator("dossier")
    assert check.is_valid(load("targets: [{drug: A, period: 2020Q1}]\n"))
    assert not check.is_valid(load("targets: [{drug: A}]\n"))
    assert not check.is_valid(load("acts: [{of: x}]\n"))
    assert not check.is_valid(load("payments: nothing\n"))
    assert not check.is_valid(load("institution: {kind: hospitl}\n"))
    assert not check.is_valid(load("receits: none\n"))


def test_the_workspace_maps_its_files_to_the_schemas() -> None:
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text("utf-8"))
    for schema in settings["yaml.schemas"]:
        assert (ROOT / schema).is_file()


def test_the_keys_of_blocks_are_those_of_their_readers_in_both_languages() -> None:
    known = SCHEMAS["case"]()["definitions"]
    tables = {
        "timeline": blocks.TIMELINE, "change": blocks.CHANGE, "explained": blocks.EXPLAINED, "step": blocks.STEP,
        "supposed": blocks.WHAT_IF, "together": blocks.TOGETHER, "relation": blocks.RELATION, "claim": blocks.CLAIM,
        "overlap": blocks.OVERLAP, "conflict": blocks.CONFLICT, "gap": blocks.GAP,
    }  # fmt: skip
    for name, keys in tables.items():
        assert set(known[name]["properties"]) == {form for key in keys for form in (key, WORDS[key])}, name
    changed = known["changed"]["anyOf"][0]["properties"]
    assert set(changed) == {form for key in blocks.CHANGED for form in (key, WORDS[key])}


@pytest.mark.parametrize(
    ("block", "good"),
    [
        ("timeline: {from: 2020-01-01, changes: {x@R7: [{day: 2020-01-02, state: 应作出, 起因: 付款}], y: []}}", True),
        ("timeline: {from: 2020-01-01, changes: {x@R7: [{state: due}]}}", False),
        ("timeline: {from: 2020-01-01, changes: {x@R7: [{day: 2020-01-02, state: duee}]}}", False),
        ("解释: {x@R7: {取决于: [{写明: 付清日, 真假: 否, value: {first_day=next: 5}}], 尚缺: 无}}", True),
        ("explain: {x@R7: {decided_by: [{truth: maybe}]}}", False),
        ("what_if: [{set: {payments.0.day: 2020-01-02}, changes: {x@R7: {state: [due, absent], amount: [5, 6, +1]}, y: 不变}}]", True),
        ("what_if: {changes: {x@R7: {state: due}}}", False),
        ("what_if: {changes: {x@R7: {state: [due, met, open]}}}", False),
        ("together: {with: p, conflicts: none, overlaps: [{sides: {p: x, q: y}, 不同之处: [承担者]}], silent: 医保预付}", True),
        ("together: {conflicts: none}", False),
        ("together: {with: p, conflicts: [{sides: {p: x, q: y}, clash: quarrel}]}", False),
    ],
)  # fmt: skip
def test_blocks_are_checked_as_their_readers_do(block: str, good: bool) -> None:
    found = load(f"policy: p\ncases:\n  - case: a\n    as_of: 2020-04-10\n    {block}\n")
    assert validator("case").is_valid(found) == good
