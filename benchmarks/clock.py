"""Timing things side by side: every round times every thing once, so that a noisy minute touches all alike."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import get_clock_info, perf_counter, process_time
from typing import Final

Timer = Callable[[], Mapping[str, Sequence[float]]]
CPU_TIME: Final = get_clock_info("process_time").resolution <= 1e-6
_cpu: Final = process_time if CPU_TIME else perf_counter
_HOME: Final = Path(__file__).parents[1]
_INSIDE: Final = "import time; _t = time.perf_counter()\n{}\nprint(time.perf_counter() - _t)"


@dataclass(slots=True)
class Figure:
    """The seconds that one thing took, over all rounds."""

    seconds: list[float] = field(default_factory=list)

    @property
    def least(self) -> float:
        return min(self.seconds)

    @property
    def middle(self) -> float:
        return median(self.seconds)


class Failed(Exception):
    """Something to be timed did not run; the text says why."""


def interleaved(timers: Sequence[Timer], repeats: int) -> dict[str, Figure]:
    """Run every timer once a round, each round starting with the next one. A timer may give several figures."""
    figures: dict[str, Figure] = {}
    for round_ in range(repeats):
        shift = round_ % len(timers) if timers else 0
        for timer in (*timers[shift:], *timers[:shift]):
            for name, seconds in timer().items():
                figures.setdefault(name, Figure()).seconds.extend(seconds)
    return figures


def calls(name: str, work: Callable[[], object], times: int = 1) -> Timer:
    """Times ``times`` calls in this process, each on its own. Throwing the result away is not counted.

    It is processor time where the system measures it finely: on a busy machine the wall clock would charge a long call
    for the work of others, but not a short one, and so distort every ratio.
    """

    def timer() -> Mapping[str, Sequence[float]]:
        gc.collect()
        found = []
        for _ in range(times):
            start = _cpu()
            kept = work()
            found.append(_cpu() - start)
            del kept
        return {name: found}

    return timer


def process(name: str, arguments: Sequence[str]) -> Timer:
    """Times a whole Python process from start to end. Raises Failed if it prints nothing."""

    def timer() -> Mapping[str, Sequence[float]]:
        start = perf_counter()
        done = _run(arguments)
        seconds = perf_counter() - start
        if not done.stdout.strip() and done.returncode:
            raise Failed(f"exit code {done.returncode}: {_last_line(done.stderr)}")
        return {name: [seconds]}

    return timer


def statement(name: str, code: str, prepare: str = "") -> Timer:
    """Times a statement in a fresh process: the whole process (``name``) and the statement alone (``name inside``)."""
    script = f"{prepare}\n{_INSIDE.format(code)}"

    def timer() -> Mapping[str, Sequence[float]]:
        start = perf_counter()
        done = _run(["-c", script])
        seconds = perf_counter() - start
        if done.returncode:
            raise Failed(f"exit code {done.returncode}: {_last_line(done.stderr)}")
        return {name: [seconds], f"{name} inside": [float(done.stdout)]}

    return timer


def _run(arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """A fresh process of this Python in the folder of the project."""
    return subprocess.run([sys.executable, *arguments], cwd=_HOME, capture_output=True, text=True, encoding="utf-8")


def _last_line(text: str) -> str:
    return next(iter(reversed(text.strip().splitlines())), "nothing printed")


def caches() -> Iterator[Callable[[], None]]:
    """What empties every function cache of the library's imported modules."""
    modules = [module for name, module in sys.modules.items() if name.partition(".")[0] == "vbprules"]
    for module in modules:
        for member in vars(module).values():
            clear = getattr(member, "cache_clear", None)
            if callable(clear):
                yield clear
