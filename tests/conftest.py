"""Profiles of the property tests, and the modules that tests of several folders share.

By default every run takes the same examples, and what is held of every policy is tried on one of them, another one for
each test. ``VBPRULES_EXAMPLES=1000 pytest tests`` takes that many fresh examples and every policy.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "laws"))

from one_policy import left_out
from profiles import EXAMPLES, register

register()

pytest_plugins = ["pytester"]  # sessions of pytest within tests; only a conftest at the top may ask for it


def pytest_report_header() -> str:
    """What is left out, and how it is run."""
    return (
        ""
        if EXAMPLES
        else "对每份政策都成立的，各取一份试；VBPRULES_EXAMPLES=1 全部试 of all policies one is tried for each test"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Not where tests are asked for by name."""
    asked_for = config.option.keyword or any("::" in str(word) for word in config.args)
    gone = set() if EXAMPLES or asked_for else set(left_out(items))
    if gone:
        config.hook.pytest_deselected(items=[item for item in items if item in gone])
        items[:] = [item for item in items if item not in gone]
