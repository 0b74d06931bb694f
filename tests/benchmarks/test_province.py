"""A made province is decided and its files are copied, each in a process of its own."""

from __future__ import annotations

import os
import sys

import pytest
from benchmarks.province import _line, _spent, run


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="the peak of a child is read by wait4, of POSIX")
def test_a_small_province() -> None:
    found = run("xian_2019", 34, 69)
    assert found.rows > found.units > 0
    assert found.outcomes > 0
    assert found.decided.peak > 0 < found.copied.processor
    cells = _line(found).strip("| ").split(" | ")
    assert len(cells) == 11
    assert cells[0] == f"{found.units:,}"


def test_a_process_that_fails_is_told() -> None:
    with pytest.raises(RuntimeError, match=r": 3$"):
        _spent([sys.executable, "-c", "raise SystemExit(3)"])
