"""Two made provinces that several tests look at: one with gaps and a policy's names, a larger one without."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest

from vbprules import load
from vbprules.synth.plan import Plan
from vbprules.synth.policy_words import words_of
from vbprules.synth.province import made

sys.path.insert(0, str(Path(__file__).parent))

Tables = Mapping[str, pl.DataFrame]


@pytest.fixture(scope="session")
def plan() -> Plan:
    return Plan(150, 12, seed=5, gaps=Fraction(5, 100), words=words_of(load("guizhou_2019")))


@pytest.fixture(scope="session")
def tables(plan: Plan) -> Tables:
    return made(plan)


@pytest.fixture(scope="session")
def whole() -> Tables:
    """2,500 institutions, 40 drugs, nothing left out."""
    return made(Plan(2500, 40, seed=11, gaps=Fraction(0)))
