"""``python -m benchmarks province``: a whole policy on made provinces, Parquet to Parquet, beside reading and writing.

Every run is a process of its own; what it is compared with reads the same files and writes the same results.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Final, NamedTuple

from vbprules import catalog
from vbprules.diagnostics import Report
from vbprules.synth.plan import Plan
from vbprules.synth.policy_words import words_of
from vbprules.synth.writing import write_province

_DRUGS: Final = 40
_UNITS_EACH: Final = 34  # institution-drug-quarters an institution of a year with so many drugs, about
_COPY: Final = """
import sys, polars as pl
from pathlib import Path
for path in sorted(Path(sys.argv[1]).glob("*.parquet")):
    pl.read_parquet(path)
for path in sorted(Path(sys.argv[2]).glob("*.parquet")):
    pl.read_parquet(path).write_parquet(Path(sys.argv[3]) / path.name)
"""
_BATCH: Final = "import sys; from vbprules.cli.main import main; sys.exit(main(sys.argv[1:]))"


class Spent(NamedTuple):
    """What a process took. ``peak``: bytes of memory."""

    wall: float
    processor: float
    peak: int


class Run(NamedTuple):
    """A made province decided, and its files read and written."""

    units: int
    rows: int
    outcomes: int
    decided: Spent
    copied: Spent


def main(arguments: Sequence[str]) -> int:
    """Measure and print. 0, whatever was found; raises RuntimeError where a process fails."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks province", description=__doc__)
    parser.add_argument("--policy", default="guizhou_2019")
    parser.add_argument(
        "--units", type=int, nargs="+", default=[1_000, 10_000, 100_000, 1_000_000], help="institution-drug-quarters"
    )
    parser.add_argument("--seed", type=int, default=69)
    parser.add_argument("--reasons", action="store_true", help="with the reasons of every outcome")
    given = parser.parse_args(arguments)
    print("\n".join(_head(given.policy)), flush=True)
    for units in given.units:
        print(_line(run(given.policy, units, given.seed, given.reasons)), flush=True)
    return 0


def run(policy: str, units: int, seed: int, reasons: bool = False) -> Run:
    """One province of about so many institution-drug-quarters of 2020, decided as of 15 January 2021."""
    institutions = max(1, round(units / _UNITS_EACH))
    plan = Plan(institutions, _DRUGS, date(2020, 1, 1), date(2020, 12, 31), seed, words=words_of(catalog.load(policy)))
    with tempfile.TemporaryDirectory(prefix="vbprules-") as folder:
        made, out, copy = (Path(folder) / name for name in ("made", "out", "copy"))
        counts = write_province(plan, made, "parquet", Report())
        copy.mkdir()
        words = ["batch", policy, str(made), "--as-of", "2021-01-15", "--out", str(out), "--questions", "0"]
        words += ["--reasons"] if reasons else []
        decided = _spent([sys.executable, "-c", _BATCH, *words])
        copied = _spent([sys.executable, "-c", _COPY, str(made), str(out), str(copy)])
        receipt = json.loads((out / "receipt.json").read_text("utf-8"))
        return Run(counts["targets"], sum(counts.values()), receipt["outcomes"], decided, copied)


def _spent(command: Sequence[str]) -> Spent:
    start = perf_counter()
    with open(os.devnull, "w") as nowhere:
        child = os.posix_spawn(
            command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, nowhere.fileno(), 1)]
        )
        _, status, used = os.wait4(child, 0)
    if status:
        raise RuntimeError(f"{' '.join(command[:4])}: {os.waitstatus_to_exitcode(status)}")
    peak = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Spent(perf_counter() - start, used.ru_utime + used.ru_stime, peak)


def _head(policy: str) -> list[str]:
    return [
        f"# 虚构的一省，全部规定 / A made province under all of {policy}",
        "",
        "每次都是新的进程；“倍”是判断的处理器时间除以只读写同样文件的。 Every run is a fresh process; *times*: the "
        "processor time of deciding by that of reading the same files and writing the same results.",
        "",
        "| 机构·品种·季度 units | 行 rows | 结论 outcomes | 判断 decide, s | CPU s | 内存峰值 peak MB "
        "| 只读写 files alone, s | CPU s | 峰值 peak MB | 倍 times | 每行 a row, CPU µs |",
        "|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]


def _line(run: Run) -> str:
    own, files = run.decided, run.copied
    return (
        f"| {run.units:,} | {run.rows:,} | {run.outcomes:,} "
        f"| {own.wall:.1f} | {own.processor:.1f} | {own.peak / 1e6:,.0f} "
        f"| {files.wall:.1f} | {files.processor:.1f} | {files.peak / 1e6:,.0f} "
        f"| {own.processor / files.processor:.0f} | {own.processor / run.rows * 1e6:.0f} |"
    )
