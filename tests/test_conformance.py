"""The conformance suites: fresh, well formed, and passed by this library; and the checker finds what is wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

ROOT = Path(__file__).parents[1]
CONFORMANCE = ROOT / "conformance"
SUITES = CONFORMANCE / "cases"
ADAPTER = [sys.executable, str(CONFORMANCE / "adapters" / "vbprules_adapter.py")]
SEMANTICS = sorted(SUITES / f"{path.stem}.json" for path in (CONFORMANCE / "semantics").glob("*.yaml"))
POLICIES = sorted(SUITES / f"{path.stem}.json" for path in (ROOT / "tests" / "cases").glob("*.yaml"))
EVERY = "1" if os.environ.get("VBPRULES_CONFORMANCE") == "all" else "25"

# An implementation that changes the answers of this library in one way.
LIAR = """
import json, subprocess, sys
inner = subprocess.Popen(sys.argv[2:], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
for line in sys.stdin.buffer:
    inner.stdin.write(line)
    inner.stdin.flush()
    answer = json.loads(inner.stdout.readline())
    for outcome in answer.get("outcomes", []):
        exec(sys.argv[1])
    print(json.dumps(answer), flush=True)
"""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )


def checked(*suites: Path, command: list[str] = ADAPTER, every: str = "1") -> subprocess.CompletedProcess[str]:
    paths = [str(path) for path in suites]
    return run(str(CONFORMANCE / "check.py"), *paths, "--every", every, "--", *command)


def loaded(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def test_the_suites_are_fresh() -> None:
    found = run(str(ROOT / "tools" / "conformance.py"), "--check")
    assert found.returncode == 0, found.stdout + found.stderr


def test_the_suites_have_the_form_that_the_schema_tells() -> None:
    schema = loaded(CONFORMANCE / "case-suite.schema.json")
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for path in (*SEMANTICS, POLICIES[0]):
        validator.validate(loaded(path))


def test_every_case_of_the_semantics_names_a_rule_that_there_is() -> None:
    rules = (CONFORMANCE / "SPECIFICATION.md").read_text("utf-8")
    for path in SEMANTICS:
        for case in loaded(path)["cases"]:
            named = [word.split("—")[0] for word in case["name"].split(" ")[0].split("、")]
            assert all(f"**{rule}**" in rules or f"**{rule} " in rules for rule in named), case["name"]


def test_this_library_passes_the_semantics() -> None:
    found = checked(*SEMANTICS)
    assert found.returncode == 0, found.stdout + found.stderr


def test_this_library_passes_the_cases_of_the_policies() -> None:
    """A sample of them; all with VBPRULES_CONFORMANCE=all."""
    found = checked(*POLICIES, every=EVERY)
    assert found.returncode == 0, found.stdout + found.stderr


@pytest.mark.parametrize(
    ("lie", "suite"),
    [
        ("outcome['state']['value'] = 'met'", "s12_states"),
        ("outcome['standing'] = 'settled'", "s2_truths"),
        ("outcome['state']['needs'] = []", "s2_truths"),
        ("outcome['state']['needs'] += [{'key': 'fact chain'}]", "s14_needs"),
        ("outcome['attributes'].clear()", "s3_arithmetic"),
        ("outcome['clauses'] = []", "s15_decision"),
        ("outcome['by'] = ['doctor']", "s15_decision"),
        ("outcome['state']['branches'] = outcome['state']['branches'][:1]", "s9_readings"),
        ("answer['outcomes'] = []", "s1_values"),
        ("answer['error'] = 'no'", "s1_values"),
    ],
)
def test_the_checker_finds_a_wrong_answer(lie: str, suite: str, tmp_path: Path) -> None:
    script = tmp_path / "liar.py"
    script.write_text(LIAR, "utf-8")
    found = checked(SUITES / f"{suite}.json", command=[sys.executable, str(script), lie, *ADAPTER], every="3")
    assert found.returncode == 1, found.stdout + found.stderr


@pytest.mark.parametrize(
    "command", [["no-such-command"], [sys.executable, "-c", "print('{}')"], [sys.executable, "-c", ""]]
)
def test_a_command_that_does_not_answer_is_told(command: list[str]) -> None:
    found = checked(SUITES / "s1_values.json", command=command)
    assert found.returncode == 2 and found.stderr and "Traceback" not in found.stderr


def test_the_checker_stands_alone() -> None:
    """Whoever checks another implementation needs no vbprules."""
    text = (CONFORMANCE / "check.py").read_text("utf-8")
    assert "import vbprules" not in text and "from vbprules" not in text


def test_a_stale_suite_is_told(tmp_path: Path) -> None:
    code = f"""
import importlib.util, pathlib
spec = importlib.util.spec_from_file_location("conformance", {str(ROOT / "tools" / "conformance.py")!r})
tool = importlib.util.module_from_spec(spec)
spec.loader.exec_module(tool)
tool.ROOT = tool.SUITES = pathlib.Path({str(tmp_path)!r})
tool.SOURCES = (tool.SEMANTICS,)
(tool.SUITES / "gone.json").write_text("")
assert tool.main(["--check"]) == 1
assert tool.main([]) == 0 and tool.main(["--check"]) == 0
assert not (tool.SUITES / "gone.json").exists()
"""
    found = run("-c", code)
    assert found.returncode == 0, found.stderr
