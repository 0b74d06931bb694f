"""Threads and processes give the bytes of one thread; a killed worker loses nothing and has nothing counted twice."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from random import Random
from threading import Barrier

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from mixed import Work, done

from vbprules import catalog, load
from vbprules.engine import second_opinion


def pieces(policy: Path, tables: Path) -> list[Work]:
    """Every shipped policy on dossiers of its own, some explained, some with errors, and tables in several chunks."""
    found: list[Work] = []
    for place, name in enumerate(catalog.shipped_policies()):
        found.append(("evaluate", name, str(10 * place)))
        found.append(("wrong", name, str(place)))
    found.append(("evaluate", str(policy), "7"))
    found += [("explain", str(policy), str(n), "pay@R0") for n in range(3)]
    found += [("tables", str(policy), str(tables), rows) for rows in ("6", "1000")]
    return found


@pytest.fixture(scope="module")
def expected() -> dict[Work, bytes]:
    return {}


@pytest.fixture
def wanted(policy: Path, tables: Path, expected: dict[Work, bytes]) -> dict[Work, bytes]:
    """What one thread makes of every piece, one after the other."""
    if not expected:
        expected |= {work: done(work) for work in pieces(policy, tables)}
    return expected


def test_pieces_are_what_they_should_be(wanted) -> None:
    kinds = {work[0]: result for work, result in wanted.items()}
    assert b'"policy"' in kinds["evaluate"] and b"pay" in kinds["explain"]
    assert b"D103" in kinds["wrong"] and b"G01" in kinds["tables"]
    assert len(set(wanted.values())) >= len(wanted) - 8  # no two decisions alike; wrong dossiers say the same


def test_eight_threads(wanted) -> None:
    """All caches are empty at first, so that the threads fill them together."""
    catalog._compiled.cache_clear()
    second_opinion._rules.cache_clear()
    order = [*wanted] * 2
    Random(8).shuffle(order)
    ready = Barrier(8)

    def begun(number: int) -> list[tuple[Work, bytes]]:
        ready.wait()
        return [(work, done(work)) for work in order[number::8]]

    with ThreadPoolExecutor(8) as pool:
        found = [item for part in pool.map(begun, range(8)) for item in part]
    assert len(found) == len(order)
    assert [work for work, result in found if result != wanted[work]] == []


def test_two_processes(wanted) -> None:
    with spawned() as pool:
        assert dict(zip(wanted, pool.map(done, wanted), strict=True)) == wanted


def spawned() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(2, mp_context=get_context("spawn"))


def all_done(works: Iterable[Work], pool_of: Callable[[], Executor], attempts: int = 3) -> dict[Work, bytes]:
    """As the page on heavy use tells: what a broken pool has given counts, and only the rest is asked again."""
    found: dict[Work, bytes] = {}
    for _ in range(attempts):
        left = [work for work in works if work not in found]
        if not left:
            break
        try:
            with pool_of() as pool:
                running = {pool.submit(done, work): work for work in left}
                for future in as_completed(running):
                    found[running[future]] = future.result()
        except BrokenProcessPool:
            continue
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_worker_that_is_killed(wanted, tmp_path) -> None:
    """The piece that kills its worker does so once; then every piece is there, and each of them once."""
    mark = tmp_path / "killed"
    name = next(iter(catalog.shipped_policies()))
    works = [work for work in wanted if work[0] == "evaluate"][:4]
    works.insert(2, ("kill", name, "0", str(mark)))
    found = all_done(works, spawned)
    assert mark.exists()
    assert found == {work: wanted[("evaluate", name, "0")] if work[0] == "kill" else wanted[work] for work in works}


def test_policies_that_threads_load_at_once_are_alike() -> None:
    catalog._compiled.cache_clear()
    name = next(iter(catalog.shipped_policies()))
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: load(name), range(8)))
    assert len({program.policy.digest for program in found}) == 1
    assert load(name) is load(name)
