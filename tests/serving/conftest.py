"""A language server of ours in a process of its own, as an editor starts it: one for many files, one after another."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(Path(__file__).parent), str(ROOT / "tests" / "schemas")]

from language_server import Server  # noqa: E402

_NUMBERS = count()


@pytest.fixture(scope="session")
def running() -> Iterator[Server]:
    pytest.importorskip("pygls")
    found = Server([sys.executable, "-m", "vbprules.cli", "lsp", "--stdio"], ROOT, {})
    yield found
    found.stop()


@pytest.fixture
def server(running: Server) -> Iterator[Server]:
    yield running
    running.close_all()


@pytest.fixture
def file() -> Path:
    """A policy's file that no other test opens, so that nothing is said of it for another's sake."""
    return ROOT / f"sample_{next(_NUMBERS)}.yaml"
