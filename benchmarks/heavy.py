"""``python -m benchmarks heavy``: one process that decides different dossiers for a long time: its memory and its rate.

Every evaluation reads a dossier that no other has, under the shipped policies in turn. One way after the other: the
interpreter alone, with reasons, with the second engine as well, and under a policy that is loaded for it alone.
With ``--small`` records of four facts under the four rules of ``one-decision``, each with its reasons.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import count
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, Final, NamedTuple

from benchmarks import one_decision
from benchmarks.dossier import as_of, make_dossier
from benchmarks.four_rules.work import Row
from vbprules import catalog, evaluate
from vbprules.program.ir import Program

_POINTS: Final = 5  # lines of the table for each way
_WARM: Final = 3  # rounds over all policies before the first figure
_NAMED: Final = ("acts", "performances", "determinations")  # lists whose rows name provisions of one policy


class Point(NamedTuple):
    """Where a way stands: evaluations done, seconds and processor seconds they took, bytes of memory, objects alive."""

    done: int
    wall: float
    processor: float
    memory: int
    objects: int


class Way(NamedTuple):
    """A way to decide the case of a number: it makes a dossier of its own from it."""

    name: str
    share: int  # of the evaluations, in hundredths
    decide: Callable[[int], object]


def main(arguments: Sequence[str]) -> int:
    """Measure and print. 0, whatever was found."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks heavy", description=__doc__)
    parser.add_argument("--evaluations", type=int, default=2_000, metavar="N", help="of all ways (default 2000)")
    parser.add_argument("--drugs", type=int, default=1)
    parser.add_argument("--quarters", type=int, default=1)
    parser.add_argument("--receipts", type=int, default=1)
    parser.add_argument("--seed", type=int, default=69, help="of the first dossier; each has the next one")
    parser.add_argument("--small", action="store_true", help="records of four facts instead of dossiers")
    given = parser.parse_args(arguments)
    size = {"drugs": given.drugs, "quarters": given.quarters, "receipts": given.receipts}
    print("\n".join(_head({"facts": 4} if given.small else size)), flush=True)
    with tempfile.TemporaryDirectory(prefix="vbprules-") as folder:
        numbers = count(given.seed)
        for way in [small()] if given.small else ways(size, as_of(given.quarters), Path(folder)):
            for point in points(way, numbers, max(1, given.evaluations * way.share // 100)):
                print(_line(way, point), flush=True)
    return 0


def ways(size: Mapping[str, int], day: date, folder: Path) -> list[Way]:
    """The ways, lightest first."""
    programs = [catalog.load(name) for name in catalog.shipped_policies()]

    def decided(number: int, check: bool, explain: bool) -> object:
        program = programs[number % len(programs)]
        return evaluate(
            program, _fitting(make_dossier(**size, seed=number), program), day, check=check, explain=explain
        )

    def loaded(number: int) -> object:
        """Under a copy of a policy that is the only one with its bytes."""
        known = list(catalog.shipped_policies().values())
        path = folder / "policy.yaml"
        path.write_bytes(known[number % len(known)].read_bytes() + f"\n# {number}\n".encode())
        program = catalog.load(path)
        return evaluate(program, _fitting(make_dossier(**size, seed=number), program), day)

    return [
        Way("解释器 interpreter", 70, lambda number: decided(number, False, False)),
        Way("附理由 with reasons", 20, lambda number: decided(number, False, True)),
        Way("再加第二引擎 and the second engine", 8, lambda number: decided(number, True, True)),
        Way("每次另载一份政策 and a policy loaded for each", 2, loaded),
    ]


def small() -> Way:
    """A record of four facts, one of which may be missing, under four rules."""
    decide = one_decision.ours().decide

    def decided(number: int) -> object:
        days = None if number % 7 == 0 else number % 41
        return decide([Row(1 + number % 1_000_003, number * 7919 % 1_000_033, days, number % 29)])

    return Way("附理由 with reasons", 100, decided)


def points(way: Way, numbers: Iterator[int], evaluations: int) -> Iterator[Point]:
    """The state before the first and after each share of so many evaluations. Warming up is not counted."""
    for _ in range(_WARM * len(catalog.shipped_policies())):
        way.decide(next(numbers))
    yield _point(0, 0.0, 0.0)
    wall = processor = 0.0
    done = 0
    for part in range(1, _POINTS + 1):
        start, begun = perf_counter(), process_time()
        while done < evaluations * part // _POINTS:
            way.decide(next(numbers))
            done += 1
        wall += perf_counter() - start
        processor += process_time() - begun
        yield _point(done, wall, processor)


def _point(done: int, wall: float, processor: float) -> Point:
    gc.collect()
    return Point(done, wall, processor, memory(), len(gc.get_objects()))


def memory() -> int:
    """The bytes of memory that this process has now; where the system does not tell, the most that it ever had."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return pages * os.sysconf("SC_PAGE_SIZE")


def _fitting(data: dict[str, Any], program: Program) -> dict[str, Any]:
    """The dossier without the lists that name provisions or questions of another policy."""
    policy = program.policy
    known = {*policy.provisions, *policy.questions, *(norm.id for norm in program.norms)}
    found = {}
    for name, value in data.items():
        entries = value["entries"] if name in _NAMED else ()
        if {row.get("of") or row["question"] for row in entries} <= known:
            found[name] = value
    return found


def _head(size: Mapping[str, int]) -> list[str]:
    told = "、".join(f"{name} {number}" for name, number in size.items())
    return [
        "# 一个进程，许多判断 / One process, many evaluations",
        "",
        f"每次一份不同的档案（{told}）；几份政策轮流。 A different dossier each time, several policies in turn.",
        "",
        "| 怎样 how | 次 evaluations | 每秒 per second | 处理器每秒 per processor second | 内存 MB | 对象 objects |",
        "|---|--:|--:|--:|--:|--:|",
    ]


def _line(way: Way, point: Point) -> str:
    rate = f"{point.done / point.wall:,.1f} | {point.done / point.processor:,.1f}" if point.done else " | "
    return f"| {way.name} | {point.done:,} | {rate} | {point.memory / 2**20:,.1f} | {point.objects:,} |"
