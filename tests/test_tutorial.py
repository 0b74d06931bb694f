"""The document in the tutorial is the one among the examples, and what the drafter says of it there is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from vbprules.cli.main import main

ROOT = Path(__file__).parents[1]
TEXT = ROOT / "examples" / "qinglan_2024.txt"


def block(page: str, title: str) -> str:
    found = re.search(rf'^```\w+ title="{re.escape(title)}"\n(.*?)^```$', page, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found.group(1)


def test_the_text_is_that_of_the_examples() -> None:
    assert block((ROOT / "docs" / "tutorial.md").read_text("utf-8"), "qinglan_2024.txt") == TEXT.read_text("utf-8")


@pytest.mark.parametrize("page", ["tutorial.md", "starting-a-policy.md"])
def test_the_draft_is_as_told(page: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "qinglan_2024.yaml"
    made = main(["new", "--text", str(TEXT), "--id", "qinglan_2024", "--region", "青岚省", "--output", str(target)])
    assert made == 0
    told = (ROOT / "docs" / page).read_text("utf-8")
    counts = "条款 13 条，待确认语句 20 处，其中有数的 8 处。"
    assert counts in told and capsys.readouterr().err.startswith(counts)
    leads = re.findall(r"^    # 待确认 四\(二\).*$", told, re.MULTILINE)
    assert leads and set(leads) <= set(target.read_text("utf-8").splitlines())
