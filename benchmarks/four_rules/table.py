"""``python -m benchmarks four-rules``: the table of rates, then the table of wrong answers, as Markdown."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from benchmarks.clock import CPU_TIME
from benchmarks.four_rules.contender import BASE, LIST
from benchmarks.four_rules.honesty import honesty
from benchmarks.four_rules.measure import Absent, Faults, Measured, measure
from benchmarks.four_rules.work import rows


def main(arguments: Sequence[str]) -> int:
    """Measure and print. 0, whatever was found."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks four-rules", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000, help="rows (default 100,000)")
    parser.add_argument("--repeats", type=int, default=7, help="rounds (default 7)")
    parser.add_argument("--seed", type=int, default=69)
    parser.add_argument("--output", type=Path, help="write the Markdown to a file too")
    given = parser.parse_args(arguments)
    count, repeats = max(given.rows, 1), max(given.repeats, 1)
    found = measure(LIST, rows(count, given.seed), repeats)
    text = "\n".join((*rates(found, count, repeats), "", *honesty(LIST)))
    print(text)
    if given.output is not None:
        given.output.write_text(text + "\n", encoding="utf-8")
    return 0


def rates(found: Sequence[Measured | Absent], count: int, repeats: int) -> list[str]:
    """The lines of the table: one for each contender."""
    base = next((one for one in found if isinstance(one, Measured) and one.contender.name == BASE.name), None)
    clock = "处理器时间（各核之和） processor time, all cores together" if CPU_TIME else "时钟时间 wall clock"
    return [
        "# 四条规则 / Four rules",
        "",
        f"{count:,} 行，{repeats} 轮交替，取中位数；{clock}。“自有形式”是引擎自己的列，“取出”是每行四个 Python 值；"
        "“倍”是每行用时与手写精确 Polars 之比。",
        f"{count:,} rows, medians of {repeats} interleaved rounds. *Own form*: the engine's own columns; *as values*: "
        "four Python values a row; *times*: how many times as long a row takes as with hand-written exact Polars.",
        "",
        "| 对手 rival | 版本 version | 测了几行 rows run | 自有形式，行每秒 own form, rows/s | 倍 times "
        "| 取出，行每秒 as values, rows/s | 倍 times | 对错 right or wrong |",
        "|---|---|--:|--:|--:|--:|--:|---|",
        *(_line(one, base, count) for one in found),
        "",
        "“*”：逐行调用的引擎只测前面几行，每秒行数由此推算。 *Engines called once a record run on the first rows only; "
        "their rates are extrapolated from those.*",
    ]


def _line(one: Measured | Absent, base: Measured | None, count: int) -> str:
    if isinstance(one, Absent):
        return f"| {one.name} | – | – | – | – | – | – | {one.why} |"
    run = f"{one.rows:,}" + ("*" if one.rows < count else "")
    own, values = _rate(one.own_form), _rate(one.as_values)
    own_times = _times(one.own_form, base and base.own_form)
    values_times = _times(one.as_values, base and base.as_values)
    verdict = _verdict(one.faults)
    return (
        f"| {one.contender.name} | {one.contender.version()} | {run} | {own} | {own_times} "
        f"| {values} | {values_times} | {verdict} |"
    )


def _rate(seconds: float) -> str:
    return f"{float(f'{1 / seconds:.3g}'):,.0f}" if seconds else "–"


def _times(seconds: float, base: float | None) -> str:
    if not base:
        return "–"
    times = seconds / base
    return f"{times:.2f}" if times < 10 else f"{times:,.0f}"


def _verdict(faults: Faults) -> str:
    if not faults.rows:
        return "对 right"
    return f"错 wrong: {faults.rows:,} / {faults.answers:,} 行 rows, {faults.sanctions:,} 行误罚 wrongly sanctioned"
