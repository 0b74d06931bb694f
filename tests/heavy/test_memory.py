"""What stays behind of an evaluation: nothing. What is kept on purpose has a bound."""

from __future__ import annotations

import gc
import sys
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from mixed import DAY, dossier
from smallland import POLICY

from vbprules import InputError, catalog, evaluate, explain, load, read_dossier, timeline
from vbprules.engine import second_opinion
from vbprules.language import words
from vbprules.language.vocabulary import ENTITIES

TIMES = 15


def objects() -> int:
    gc.collect()
    return len(gc.get_objects())


def growth(work: Callable[[int], object], times: int = TIMES, before_that: int = 5) -> int:
    """By how many objects this process grows while work is done so many times on different facts."""
    for number in range(before_that):
        work(number)
    before = objects()
    for number in range(100, 100 + times):
        work(number)
    return objects() - before


@pytest.fixture(scope="module")
def of_a_dossier() -> int:
    """How many objects a dossier is made of."""
    kept = [read_dossier(dossier(0))]
    before = objects()
    kept += [read_dossier(dossier(number)) for number in range(1, TIMES + 1)]
    return (objects() - before) // TIMES


def test_a_leak_of_a_dossier_an_evaluation_would_be_seen(of_a_dossier: int, policy: Path) -> None:
    kept: list[object] = []

    def leaking(number: int) -> None:
        kept.append(read_dossier(dossier(number)))
        evaluate(policy, kept[-1], DAY, explain=False)  # type: ignore[arg-type]

    assert of_a_dossier >= 50  # 50 on Python 3.12, more on 3.11 and 3.13
    assert growth(leaking) > TIMES * of_a_dossier // 2


def ways(policy: Path) -> dict[str, Callable[[int], object]]:
    def refused(number: int) -> object:
        with pytest.raises(InputError) as caught:
            evaluate(policy, {**dossier(number), f"列表{number}": [{"x": str(number)}]}, DAY)
        return len(caught.value.findings)

    return {
        "alone": lambda n: evaluate(policy, dossier(n), DAY, check=False, explain=False),
        "reasons": lambda n: evaluate(policy, dossier(n), DAY, check=False),
        "second opinion": lambda n: evaluate(policy, dossier(n), DAY),
        "explained": lambda n: explain(policy, dossier(n), "pay@R0", DAY),
        "readings of JSON": lambda n: evaluate(policy, dossier(n), DAY).to_json(),
        "timeline": lambda n: timeline(policy, dossier(n), "2020-04-01", "2020-04-10"),
        "refused": refused,
    }


@pytest.mark.parametrize(
    "way", ["alone", "reasons", "second opinion", "explained", "readings of JSON", "timeline", "refused"]
)
def test_nothing_stays_of_an_evaluation(way: str, policy: Path, of_a_dossier: int) -> None:
    assert growth(ways(policy)[way]) < TIMES * of_a_dossier // 10


def test_nothing_stays_of_an_evaluation_under_the_shipped_policies(of_a_dossier: int) -> None:
    programs = [load(name) for name in catalog.shipped_policies()]
    many = 2 * len(programs)
    found = growth(lambda n: evaluate(programs[n % len(programs)], dossier(n), DAY), many, many)
    assert found < many * of_a_dossier // 10


def test_policies_are_kept_within_a_bound(tmp_path: Path) -> None:
    """Of 70 policies, each judged with both engines, no more stay than the catalogue keeps: 64."""
    catalog._compiled.cache_clear()
    second_opinion._rules.cache_clear()
    alive: weakref.WeakSet[object] = weakref.WeakSet()
    path = tmp_path / "smallland.yaml"
    for number in range(70):
        path.write_text(f"{POLICY}# {number}\n", "utf-8")
        program = load(path)
        alive.add(program)
        evaluate(program, dossier(number), DAY, explain=False)
        timeline(program, {}, "2020-04-01", "2020-04-02") if number < 3 else None
    del program
    gc.collect()
    assert len(alive) <= 64
    assert second_opinion._rules.cache_info().currsize <= 32


def test_keys_of_dossiers_are_not_remembered() -> None:
    for number in range(200):
        words.columns(f"列表{number}")
    assert words._columns.cache_info().currsize <= len(ENTITIES) + 1
