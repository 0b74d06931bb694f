"""The page on explanations names every kind of step."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from vbprules.decision.model import PartyKind, StepKind, TestKind

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "explaining.md").read_text("utf-8")


def test_every_kind_is_named() -> None:
    listed = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`]*)`", PAGE.rpartition("`kind`：")[2]))))
    assert listed == {*get_args(PartyKind), *get_args(TestKind), *get_args(StepKind)}
