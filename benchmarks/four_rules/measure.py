"""Every contender on the same rows: whether it is right, and its processor time in interleaved rounds."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.clock import Figure, Timer, calls, interleaved
from benchmarks.four_rules.contender import Contender, Listed, load
from benchmarks.four_rules.work import Answer, Row, right

_CALLS: Final = 5  # a round, of what takes milliseconds


@dataclass(frozen=True, slots=True)
class Absent:
    """A contender that could not be measured."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Faults:
    """How the answers to the rows of a round differ from the right ones."""

    rows: int  # with any wrong answer
    sanctions: int  # with a warning or a suspension that is not due, or not known to be
    answers: int


@dataclass(frozen=True, slots=True)
class Measured:
    """One contender's figures, in seconds a row."""

    contender: Contender
    rows: int  # in a round
    faults: Faults
    own_form: float
    as_values: float


def measure(listed: Sequence[Listed], rows: Sequence[Row], repeats: int) -> list[Measured | Absent]:
    """One result for each line of the list, in its order; what is not installed or fails is Absent."""
    right_answers = [right(row) for row in rows]
    ready: dict[str, tuple[Contender, int, Faults]] = {}
    absent: dict[str, Absent] = {}
    for line in listed:
        try:
            ready[line.name] = _ready(load(line), rows, right_answers)
        except ImportError as error:
            absent[line.name] = Absent(line.name, f"未安装 not installed: {error.name or error}")
        except Exception as error:  # engines raise what they like, and the others are still to be measured
            absent[line.name] = Absent(line.name, f"失败 failed: {type(error).__name__}: {error}")
    figures = _rounds([contender for contender, _, _ in ready.values()], repeats)
    return [absent.get(line.name) or _measured(*ready[line.name], figures) for line in listed]


def _ready(contender: Contender, rows: Sequence[Row], right_answers: Sequence[Answer]) -> tuple[Contender, int, Faults]:
    """The contender with its rows, after a first run, which is judged."""
    count = len(rows) if contender.most is None else min(contender.most, len(rows))
    contender.prepare(rows[:count])
    return contender, count, _faults(contender, right_answers[:count])


def _faults(contender: Contender, right_answers: Sequence[Answer]) -> Faults:
    wrong = sanctions = count = 0
    for given, wanted in zip(contender.run(), right_answers, strict=True):
        count += 1
        wrong += any(mine is not due for mine, due in zip(given, wanted, strict=True))
        sanctions += any(mine and due is not True for mine, due in zip(given[:2], wanted[:2], strict=True))
    return Faults(wrong, sanctions, count)


def _rounds(contenders: Sequence[Contender], repeats: int) -> dict[str, Figure]:
    timers: list[Timer] = []
    for contender in contenders:
        batch = contender.in_own_form
        timers.append(calls(contender.name, contender.decide, times=_CALLS if batch else 1))
        if batch:
            timers.append(calls(_as_values(contender), contender.run))
    gc.collect()
    gc.freeze()  # the collector would go through everybody's rows at everybody's expense
    try:
        return interleaved(timers, repeats)
    finally:
        gc.unfreeze()


def _as_values(contender: Contender) -> str:
    return f"{contender.name}, as values"


def _measured(contender: Contender, count: int, faults: Faults, figures: dict[str, Figure]) -> Measured:
    own = figures[contender.name]
    values = figures.get(_as_values(contender), own)
    return Measured(contender, count, faults, own.middle / count, values.middle / count)
