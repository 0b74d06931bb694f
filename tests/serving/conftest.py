"""A language server of ours in a process of its own, as an editor starts it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(Path(__file__).parent), str(ROOT / "tests" / "schemas")]

from language_server import Server  # noqa: E402


@pytest.fixture
def server() -> Iterator[Server]:
    pytest.importorskip("pygls")
    found = Server([sys.executable, "-m", "vbprules.cli", "lsp", "--stdio"], ROOT, {})
    yield found
    found.stop()
