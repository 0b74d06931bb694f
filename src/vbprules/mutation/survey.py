"""Every change of a policy tried by its cases, in several processes: which ones no case tells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from vbprules.cases.files import CaseFile, Excused
from vbprules.diagnostics import VbprulesError
from vbprules.mutation.bench import Bench, Difference, Verdict
from vbprules.mutation.edits import Change

Progress = Callable[[int, int], None]  # how many changes have been tried, of how many
_CHUNKS: Final = 60  # pieces of work handed out: enough to show progress and to share it evenly


class CasesFail(VbprulesError):
    """Cases that the policy as it stands does not pass: until they are mended, mutation proves nothing."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(", ".join(names))
        self.names = tuple(names)


@dataclass(frozen=True, slots=True)
class Survivor:
    """A change that no case tells, and where it would show."""

    change: Change
    shows: Difference | None


@dataclass(frozen=True, slots=True)
class Survey:
    """What became of the changes of one policy. ``refused``: the compiler does not accept the changed policy."""

    policy: str
    path: str
    told: int
    refused: int
    equivalent: tuple[tuple[Change, Excused], ...]
    survivors: tuple[Survivor, ...]
    stale: tuple[Excused, ...]  # declared equivalent, but told by a case, refused, or no change at all

    @property
    def clean(self) -> bool:
        return not self.survivors and not self.stale


def survey(
    policy: str,
    files: Sequence[CaseFile],
    wanted: Callable[[Change], bool] | None = None,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Survey:
    """Try the changes of a policy that are ``wanted`` (all by default).

    Raises CasesFail if a case fails on the policy as it stands, InputError if a case's facts have errors.
    """
    bench = Bench(policy, files)
    failing = [f"{item.file.name}:{item.line} {item.name}" for item in bench.failing()]
    if failing:
        raise CasesFail(failing)
    numbers = [n for n, change in enumerate(bench.changes) if wanted is None or wanted(change)]
    verdicts = sorted(_tried(bench, policy, numbers, jobs, progress), key=lambda verdict: verdict.change)
    excused = [row for file in files for row in file.equivalent]
    equivalent, survivors, used = [], [], set()
    for verdict in verdicts:
        change = bench.changes[verdict.change]
        if verdict.fate != "survived":
            continue
        row = next((row for row in excused if row.at == change.at and change.after in row.what), None)
        if row is None:
            survivors.append(Survivor(change, verdict.shows))
        else:
            equivalent.append((change, row))
            used.add((row.at, change.after))
    return Survey(
        policy=policy,
        path=str(bench.path),
        told=sum(verdict.fate == "told" for verdict in verdicts),
        refused=sum(verdict.fate == "refused" for verdict in verdicts),
        equivalent=tuple(equivalent),
        survivors=tuple(survivors),
        stale=() if wanted else tuple(row for row in excused if any((row.at, text) not in used for text in row.what)),
    )


def _tried(
    bench: Bench, policy: str, numbers: Sequence[int], jobs: int, progress: Progress | None
) -> Iterator[Verdict]:
    done = 0
    for verdicts in _batches(bench, policy, numbers, jobs):
        done += len(verdicts)
        if progress is not None:
            progress(done, len(numbers))
        yield from verdicts


def _batches(bench: Bench, policy: str, numbers: Sequence[int], jobs: int) -> Iterator[list[Verdict]]:
    chunks = [chunk for start in range(_CHUNKS) if (chunk := numbers[start::_CHUNKS])]
    if jobs <= 1 or len(numbers) < 2 * _CHUNKS:
        for chunk in chunks:
            yield [bench.verdict(number) for number in chunk]
        return
    paths = [file.path for file in bench.files]
    with ProcessPoolExecutor(jobs, get_context("spawn"), initializer=_ready, initargs=(policy, paths)) as pool:
        for future in as_completed([pool.submit(_verdicts, chunk) for chunk in chunks]):
            yield future.result()


_BENCH: list[Bench] = []  # of this worker process


def _ready(policy: str, paths: Sequence[Path]) -> None:
    _BENCH[:] = [Bench.of(policy, paths)]


def _verdicts(numbers: Iterable[int]) -> list[Verdict]:
    return [_BENCH[0].verdict(number) for number in numbers]
