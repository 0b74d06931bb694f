"""docs/calendar.md says what the command prints and what the library reads."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from vbprules import read_local_calendar
from vbprules.cli.main import main

PAGE = (Path(__file__).parents[1] / "docs" / "calendar.md").read_text("utf-8")
LOCAL = re.search(r"```yaml\n(calendar: .*?)```", PAGE, re.DOTALL)
SHOWN = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize(
    ("shown", "args"), [(SHOWN[0], ["2020-01-17", "+10wd"]), (SHOWN[1], ["2026-12-25", "+15wd"])], ids=["term", "open"]
)
def test_what_is_shown_is_printed(shown: str, args: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calendar", *args]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert [line for line in shown.splitlines() if line != "…" and line not in printed] == []


def test_every_command_runs(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert LOCAL is not None
    (tmp_path / "示例市.yaml").write_text(LOCAL.group(1), "utf-8")
    monkeypatch.chdir(tmp_path)
    commands = re.findall(r"^vbprules (calendar[^#\n]*)", PAGE, re.MULTILINE)
    assert len(commands) == 10
    for command in commands:
        assert main(shlex.split(command)) == 0, command
        assert capsys.readouterr().out


def test_the_local_file_shown_is_read() -> None:
    assert LOCAL is not None
    found = read_local_calendar(LOCAL.group(1))
    assert found is not None and [item.name for item in found.days] == ["延迟复工", "补班"]
