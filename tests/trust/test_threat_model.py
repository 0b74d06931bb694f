"""The threat model cites tests that exist, and says what it must."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "threat-model.md").read_text("utf-8")
SECURITY = (ROOT / "SECURITY.md").read_text("utf-8")
CITED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", PAGE)))
THREATS = re.findall(r"^### (\d+)\. (.+?) / (.+)$", PAGE, re.MULTILINE)


@pytest.mark.parametrize(("path", "name"), CITED)
def test_a_cited_test_exists(path: str, name: str) -> None:
    text = (ROOT / path).read_text("utf-8")
    assert re.search(rf"^def {name}\(", text, re.MULTILINE) if name else "def test_" in text


def test_every_threat_cites_a_test_and_says_what_is_not_prevented() -> None:
    assert [int(number) for number, _, _ in THREATS] == list(range(1, 15))
    parts = re.split(r"^### ", PAGE.split("## 根本防不了的")[0], flags=re.MULTILINE)[1:]
    for part in parts:
        assert re.search(r"`tests/[\w/]+\.py", part), part
        assert "**防不了" in part, part
        assert "防住" in part or "发现" in part, part


def test_no_path_of_a_test_is_written_in_another_way() -> None:
    assert len(re.findall(r"tests/[\w/]+\.py", PAGE)) == len(re.findall(r"`tests/[\w/]+\.py(?:::\w+)?`", PAGE))


@pytest.mark.parametrize("code", sorted(set(re.findall(r"\b[BG]\d{3}\b", PAGE + SECURITY))))
def test_a_code_that_is_named_exists(code: str) -> None:
    from vbprules.diagnostics import BY_CODE

    assert code in BY_CODE


def test_the_limits_that_are_stated_are_those_of_the_readers() -> None:
    from vbprules.bundles.archive import LARGEST

    assert f"{LARGEST:,} 字节" in SECURITY and f"{LARGEST // 1_000_000} MB" in PAGE


def test_a_wrong_settled_sanction_is_a_vulnerability() -> None:
    told = SECURITY.split("## 什么是漏洞")[1].split("## 什么不是")[0]
    assert "已定的结论错了" in told and "sanction" in told
    assert "threat-model.md" in SECURITY and "SECURITY.md" in PAGE
