"""The README's first screen is a real decision: every line of it is printed by its own command."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "docs"))

from page import told_apart

from vbprules.catalog import load
from vbprules.cli.main import main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def test_the_decision_shown_is_what_the_command_prints(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    command = re.search(r"\.venv/bin/vbprules (evaluate [^\n]+)", README)
    shown = re.search(r"```text\n(.*?)```", README, re.DOTALL)
    assert command and shown
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "100")
    assert main(shlex.split(command.group(1))) == 0
    assert told_apart(shown.group(1).splitlines(), capsys.readouterr().out.splitlines()) == ""


def test_the_table_of_policies_is_true() -> None:
    rows = re.findall(r"\| `(\w+)` \| (\S+) \| (\d+) \| (\d+) \| (\d+) \|", README)
    assert len(rows) >= 5
    for name, number, clauses, norms, readings in rows:
        program = load(name)
        policy = program.policy
        assert (number, int(clauses), int(norms), int(readings)) == (
            policy.document.number, len(policy.clauses), len(program.norms), len(policy.readings)
        )  # fmt: skip
