"""The language server is shared by the tests of this folder."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from language_server import ROOT, SETTINGS, START, Server


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    assert START is not None
    found = Server(START, ROOT, SETTINGS)
    yield found
    found.stop()
