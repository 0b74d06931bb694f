"""``vbprules fmt`` as a user runs it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from vbprules.cli.main import main

FORMED = """\
language: 1
policy: small

document:
  title: 试
  number: 试〔2019〕1号
  issued: 2019-01-01
  in_force: {from: silent, until: silent}

clauses:
  - {no: 一, starts: 甲, text: 甲}

provisions:
  a: {permission: 甲, cite: 一“甲”, by: institution}  # 甲
"""
LOOSE = FORMED.replace(
    "{permission: 甲, cite: 一“甲”, by: institution}", "{ cite: 一“甲”,  permission: '甲', by: institution }"
)
ZH = """\
规定:
  a: {许可: 甲, 依据: 一“甲”, 由: 本机构}  # 甲
"""


@pytest.fixture
def loose(tmp_path: Path) -> Path:
    path = tmp_path / "small.yaml"
    path.write_text(LOOSE, "utf-8")
    return path


def test_a_file_is_formatted_in_place(loose: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fmt", str(loose)]) == 0
    assert loose.read_text("utf-8") == FORMED
    assert capsys.readouterr().out == f"已排版 {loose}\n共 1 份，改动了 1 份\n"
    assert main(["fmt", str(loose), "--lang", "en"]) == 0
    assert capsys.readouterr().out == "1 file: 0 changed\n"


def test_check_changes_nothing_and_fails(loose: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fmt", "--check", str(loose)]) == 1
    assert loose.read_text("utf-8") == LOOSE
    assert capsys.readouterr().out == f"会改动 {loose}\n共 1 份，会改动 1 份\n"
    loose.write_text(FORMED, "utf-8")
    assert main(["fmt", "--check", str(loose.parent)]) == 0


def test_diff_shows_what_would_change(loose: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fmt", "--diff", str(loose)]) == 0
    out = capsys.readouterr().out
    assert "-  a: { cite: 一“甲”,  permission: '甲', by: institution }  # 甲\n" in out
    assert "+  a: {permission: 甲, cite: 一“甲”, by: institution}  # 甲\n" in out
    assert loose.read_text("utf-8") == LOOSE


def test_stdout_leaves_the_file(loose: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fmt", "--stdout", str(loose)]) == 0
    assert capsys.readouterr().out == FORMED
    assert loose.read_text("utf-8") == LOOSE
    assert main(["fmt", "--stdout", "--check", str(loose)]) == 2


def test_into_chinese_words_and_back(loose: Path) -> None:
    assert main(["fmt", "--surface", "zh", str(loose)]) == 0
    assert loose.read_text("utf-8").endswith(ZH)
    assert main(["fmt", str(loose)]) == 0  # a file keeps its surface
    assert loose.read_text("utf-8").endswith(ZH)
    assert main(["fmt", "--surface", "en", str(loose)]) == 0
    assert loose.read_text("utf-8") == FORMED


def test_what_cannot_be_read_is_told_and_left(loose: Path, capsys: pytest.CaptureFixture[str]) -> None:
    loose.write_text("a: [1\n", "utf-8")
    assert main(["fmt", str(loose), str(loose.parent / "none.yaml")]) == 1
    told = capsys.readouterr().err
    assert "small.yaml:1:4" in told and "none.yaml" in told
    assert loose.read_text("utf-8") == "a: [1\n"


def test_permissions_and_links_stay(loose: Path) -> None:
    os.chmod(loose, 0o640)
    link = loose.parent / "link.yaml"
    link.symlink_to(loose)
    assert main(["fmt", str(link)]) == 0
    assert link.is_symlink()
    assert stat.S_IMODE(loose.stat().st_mode) == 0o640
    assert loose.read_text("utf-8") == FORMED
    assert sorted(path.name for path in loose.parent.iterdir()) == ["link.yaml", "small.yaml"]
