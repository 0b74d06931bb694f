"""A batch says of every institution what its own decision says: every outcome, standing, figure, day and clause."""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "laws"))

from lanes import differences, lanes
from made import plain, tables_from
from profiles import EXAMPLES, share

from vbprules import catalog
from vbprules.cases.files import read_cases

CASES = Path(__file__).parents[1] / "cases"
SHARED = ("drugs", "products", "suppliers", "standard_steps")


def groups(policy: str) -> list[tuple[str, dict[str, str], dict[str, Any]]]:
    """The dossiers of a policy's cases by day and readings, each under a name of its own."""
    found: dict[tuple[str, tuple[tuple[str, str], ...]], dict[str, Any]] = defaultdict(dict)
    for number, case in enumerate(read_cases(CASES / f"{policy}.yaml")):
        facts = plain(case.facts)
        found[str(case.as_of), tuple(sorted(case.readings.items()))][f"H{number:04d}"] = facts
    most = None if EXAMPLES else 6
    return [(day, dict(readings), dict(list(dossiers.items())[:most])) for (day, readings), dossiers in found.items()]


@pytest.mark.parametrize("policy", catalog.shipped_policies())
def test_every_case_of_every_policy(policy: str) -> None:
    largest = sorted(groups(policy), key=lambda group: (-len(group[2]), group[0]))
    told = []
    for day, readings, dossiers in share(largest, len(largest)):
        found = lanes(policy, tables_from(dossiers), day, readings)
        assert found.provisions == frozenset(), "a provision that columns cannot decide"
        told += [f"{day} {readings} {line}" for line in differences(found)]
    assert not told, "\n".join(told)


def test_an_odd_dossier_is_judged_or_refused_as_the_interpreter_does() -> None:
    day, readings, dossiers = max(groups("guizhou_2019"), key=lambda group: len(group[2]))
    for number, dossier in enumerate(dossiers.values()):
        if number % 2:
            dossier["purchases"] = [{"product": "p", "day": "2020-01-05", "quantity": "-5"}]
    found = lanes("guizhou_2019", tables_from(dossiers), day, readings)
    assert found.rejected and found.rejected == found.refused
    assert not differences(found)


def test_chunks_of_few_rows_say_what_one_chunk_says() -> None:
    day, readings, dossiers = max(groups("hechuan_2025"), key=lambda group: len(group[2]))
    tables = tables_from(dossiers)
    whole, parts = (lanes("hechuan_2025", tables, day, readings, rows) for rows in (10**6, 60))
    assert whole.columns.equals(parts.columns)
    assert not differences(whole)
