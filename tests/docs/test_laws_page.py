"""The page of laws names tests that exist, and every law of the laws' own file is on it."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
CITED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (ROOT / "docs" / "laws.md").read_text("utf-8"))


@cache
def names_in(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def test_every_cited_test_is_there() -> None:
    assert len(CITED) > 40
    assert [f"{path}::{name}" for path, name in CITED if name not in names_in(path)] == []


def test_no_law_is_left_out() -> None:
    cited = {name for path, name in CITED if path == "tests/laws/test_laws.py"}
    assert {name for name in names_in("tests/laws/test_laws.py") if name.startswith("test_law_")} <= cited


def test_rows_have_a_law_its_algebra_and_a_test() -> None:
    rows = [
        line for line in (ROOT / "docs" / "laws.md").read_text("utf-8").splitlines() if "::" in line and "|" in line
    ]
    for row in rows:
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", row.strip("|"))]
        assert len(cells) == 3, row
        assert all(cells), row
