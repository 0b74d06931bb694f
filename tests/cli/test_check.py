"""``vbprules check --source`` and ``--format``."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from vbprules.cli.main import main

sys.path.insert(0, str(Path(__file__).parents[1] / "fidelity"))
from sample import POLICY, TEXT

SCHEMA = os.environ.get("VBPRULES_SARIF_SCHEMA", "")
WRONG = POLICY.replace("{completion: {below: 80%}}", "{completion: {at_most: 80%}}")


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    policy, text = tmp_path / "sample.yaml", tmp_path / "原文.txt"
    policy.write_text(POLICY, "utf-8")
    text.write_text(TEXT, "utf-8")
    return policy, text


def run(capsys: pytest.CaptureFixture[str], *args: object) -> tuple[int, str, str]:
    code = main([str(arg) for arg in args])
    out = capsys.readouterr()
    return code, out.out, out.err


def test_what_is_not_encoded_is_a_hint_and_no_error(capsys, files):
    policy, text = files
    code, out, _ = run(capsys, "check", policy, "--source", text)
    assert code == 0
    assert "原文.txt:15:39: 提示 F203 原文 二(二) 的“低于5万元”没有编入" in out
    assert out.endswith("检查了 1 份：错误 0 处，警告和提示 2 处\n")


def test_a_strictness_slip_is_an_error(capsys, files):
    policy, text = files
    policy.write_text(WRONG, "utf-8")
    code, out, _ = run(capsys, "check", policy, "--lang", "en")
    assert code == 1
    assert 'error F103 the phrase says "低于80%", the rule says `at_most: 80%`' in out
    assert "                 when: {completion: {at_most: 80%}}" in out or "at_most: 80%" in out
    code, out, _ = run(capsys, "check", policy, "--source", text, "--json")
    assert code == 1
    assert [finding["code"] for finding in json.loads(out)] == ["F103", "F203", "F203"]


def test_source_is_for_one_policy(capsys, files):
    policy, text = files
    code, out, err = run(capsys, "check", policy, policy, "--source", text)
    assert (code, out) == (2, "")
    assert "usage error: --source is for one policy only" in err


def test_json_and_another_format_exclude_each_other(capsys, files):
    assert run(capsys, "check", files[0], "--json", "--format", "sarif")[0] == 2


def test_a_source_that_cannot_be_read_is_a_finding(capsys, files, tmp_path):
    policy, text = files
    code, out, _ = run(capsys, "check", policy, "--source", tmp_path / "no.txt", "--lang", "en")
    assert code == 1
    assert "Y030" in out
    text.write_bytes(TEXT.encode("gbk"))
    assert "Y015" in run(capsys, "check", policy, "--source", text)[1]
    assert "Y032" in run(capsys, "check", policy, "--source", tmp_path)[1]
    text.write_text(" ", "utf-8")
    assert "Y014" in run(capsys, "check", policy, "--source", text)[1]


def test_the_formats_say_the_same(capsys, files):
    policy, text = files
    args = ("check", policy, "--source", text)
    assert run(capsys, *args, "--json")[1] == run(capsys, *args, "--format", "json")[1]
    assert run(capsys, *args)[1] == run(capsys, *args, "--format", "text")[1]


def test_sarif(capsys, files):
    policy, text = files
    policy.write_text(WRONG, "utf-8")
    code, out, _ = run(capsys, "check", policy, "--source", text, "--format", "sarif", "--lang", "en")
    assert code == 1
    log = json.loads(out)
    (one,) = log["runs"]
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    rules = one["tool"]["driver"]["rules"]
    assert [(rule["id"], rule["name"]) for rule in rules] == [
        ("F103", "figure_strictness"),
        ("F203", "text_figure_not_encoded"),
    ]
    assert one["columnKind"] == "unicodeCodePoints"
    first, second, _ = one["results"]
    assert (first["ruleId"], first["ruleIndex"], first["level"]) == ("F103", 0, "error")
    assert first["message"]["text"].startswith('the phrase says "低于80%", the rule says `at_most: 80%`')
    line = WRONG.splitlines().index("      when: {completion: {at_most: 80%}}, once: yes, silent: [from]}") + 1
    column = "      when: {completion: {at_most: 80%}}".index("80%") + 1
    place = first["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": line, "startColumn": column, "endLine": line, "endColumn": column + 3}
    assert (second["level"], second["ruleIndex"]) == ("note", 1)
    assert second["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].endswith("%E5%8E%9F%E6%96%87.txt")


def test_sarif_without_findings_and_without_a_place(capsys, files):
    log = json.loads(run(capsys, "check", files[0], "--format", "sarif")[1])
    assert log["runs"][0]["results"] == []
    code, out, _ = run(capsys, "check", "no_such_policy", "--format", "sarif")
    assert code == 1
    (result,) = json.loads(out)["runs"][0]["results"]
    assert "locations" not in result


@pytest.mark.skipif(not SCHEMA, reason="the schema of SARIF is not at hand (set VBPRULES_SARIF_SCHEMA)")
def test_sarif_is_valid(capsys, files):
    import jsonschema

    policy, text = files
    schema = json.loads(Path(SCHEMA).read_text("utf-8"))
    for written in (POLICY, WRONG, "a: [", ""):
        policy.write_text(written, "utf-8")
        for given in ((policy, "--source", text), ("no_such_policy",)):
            log = json.loads(run(capsys, "check", *given, "--format", "sarif")[1])
            jsonschema.Draft7Validator(schema).validate(log)
