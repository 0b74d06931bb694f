"""The page on explanations shows what its command prints, and names every kind of step."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import get_args

import pytest

from vbprules.cli.main import main
from vbprules.decision.model import PartyKind, StepKind, TestKind

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "explaining.md").read_text("utf-8")


def test_the_sample_is_what_the_command_prints(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    command = re.search(r"```sh\nvbprules ([^\n]+)", PAGE)
    shown = re.search(r"```text\n(.*?)```", PAGE, re.DOTALL)
    assert command and shown
    monkeypatch.chdir(ROOT)
    assert main(shlex.split(command[1])) == 0
    assert capsys.readouterr().out == shown[1]


def test_every_kind_is_named() -> None:
    listed = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`]*)`", PAGE.rpartition("`kind`：")[2]))))
    assert listed == {*get_args(PartyKind), *get_args(TestKind), *get_args(StepKind)}


def test_the_python_lines_run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    code = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert code
    monkeypatch.chdir(ROOT)
    exec(compile(code[1], "explaining.md", "exec"), {})
    assert capsys.readouterr().out.startswith("[('2020-02-06', 'after', 'no')]\nHolding back")
