"""On made provinces columns say of every institution what the interpreter says, row by row."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest
from one_policy import POLICIES
from profiles import EXAMPLES

pytest.importorskip("polars")
sys.path.insert(0, str(Path(__file__).parents[1] / "tables"))

from lanes import differences, lanes

from vbprules import catalog
from vbprules.diagnostics import Report
from vbprules.synth.plan import Plan
from vbprules.synth.policy_words import words_of
from vbprules.synth.writing import write_province

INSTITUTIONS, DRUGS = (60, 20) if EXAMPLES else (6, 5)


@pytest.mark.parametrize("policy", POLICIES)
def test_columns_say_what_the_interpreter_says(policy: str, tmp_path: Path) -> None:
    year = max(int(policy[-4:]), 2020)
    words = words_of(catalog.load(policy))
    plan = Plan(INSTITUTIONS, DRUGS, date(year, 1, 1), date(year, 9, 30), seed=69, words=words)
    write_province(plan, tmp_path / "made", "parquet", Report())
    tables = {path.stem: path for path in (tmp_path / "made").glob("*.parquet")}
    found = lanes(policy, tables, f"{year}-10-15")
    assert found.odd == [] and not found.rejected and found.provisions == frozenset()
    assert found.columns.height > 50 * INSTITUTIONS // 3
    assert not differences(found)
