"""The corpus of the fuzzers is read again: every seed, and every input that once broke something."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from fuzz.replay import replayed, seeds  # noqa: E402
from fuzz.table import TARGETS  # noqa: E402
from fuzz.trees import mutated_text, parsed, written  # noqa: E402

TABLES = ("headings", "csv", "parquet", "xlsx", "frames")


@pytest.mark.parametrize("name", TARGETS)
def test_every_seed_gives_a_value_or_findings(name: str) -> None:
    if name in TABLES:
        pytest.importorskip("polars")
    assert list(replayed(name)) == seeds(name) != []


def test_mutated_trees_are_the_same_for_a_seed_and_are_yaml_again() -> None:
    text = (ROOT / "fuzz" / "corpus" / "dossier" / "full.yaml").read_bytes()
    assert parsed(written(parsed(text.decode()))) == parsed(text.decode())
    for seed in range(40):
        other = mutated_text(text, 8_000, seed)
        assert other == mutated_text(text, 8_000, seed)
