"""The small policy and its tables as files."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from smallland import POLICY, TABLES


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the policy and the tables stand: results tell the paths of tables, and are compared byte by byte."""
    return tmp_path_factory.mktemp("smallland")


@pytest.fixture
def policy(place: Path) -> Path:
    path = place / "smallland.yaml"
    path.write_text(POLICY, "utf-8")
    return path


@pytest.fixture
def tables(place: Path) -> Path:
    folder = place / "tables"
    folder.mkdir(exist_ok=True)
    for name, text in TABLES.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return folder
