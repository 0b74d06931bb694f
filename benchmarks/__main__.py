"""``python -m benchmarks``: every figure, as Markdown. No figure is tested; nothing is written without ``--output``."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from benchmarks.clock import CPU_TIME
from benchmarks.exactness import Comparison, compare
from benchmarks.figures import Size, Table, evaluation, loading, processes

_OTHERS: Final = {
    "four-rules": "benchmarks.four_rules.table",
    "heavy": "benchmarks.heavy",
    "one-decision": "benchmarks.one_decision",
    "province": "benchmarks.province",
}
_PACKAGES: Final = ("vbprules", "pydantic", "pydantic-core", "PyYAML", "python-dateutil", "durable-rules")
_NEAR: Final = (
    (("16000000",), "20000001"),
    (("16000001",), "20000001"),
    (("4901703.1", "3677482.8", "7420814.1"), "20000000"),
)


def main(arguments: list[str] | None = None) -> int:
    """Measure and print. The name of another benchmark as the first argument runs that instead."""
    given_words = sys.argv[1:] if arguments is None else arguments
    if given_words and given_words[0] in _OTHERS:  # imported when wanted: optional packages are their own affair
        other: Callable[[list[str]], int] = import_module(_OTHERS[given_words[0]]).main
        return other(given_words[1:])
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=__doc__,
        epilog="other benchmarks: python -m benchmarks four-rules | heavy | one-decision | province, each with --help.",
    )
    parser.add_argument("--repeats", type=int, default=7, help="rounds (default 7)")
    parser.add_argument("--drugs", type=int, default=25)
    parser.add_argument("--quarters", type=int, default=4)
    parser.add_argument("--receipts", type=int, default=50)
    parser.add_argument("--seed", type=int, default=69)
    parser.add_argument("--output", type=Path, help="write the Markdown to a file too")
    given = parser.parse_args(given_words)
    repeats, size = max(given.repeats, 1), Size(given.drugs, given.quarters, given.receipts, given.seed)
    text = "\n".join(
        (
            "# 性能与精确 / Speed and exactness",
            "",
            *_machine(repeats),
            *_table(processes(repeats)),
            *_table(loading(repeats)),
            *_table(evaluation(repeats, size)),
            *_exactness([compare(done, volume) for done, volume in _NEAR]),
        )
    )
    print(text)
    if given.output is not None:
        given.output.write_text(text + "\n", encoding="utf-8")
    return 0


def _machine(repeats: int) -> list[str]:
    found = []
    for name in _PACKAGES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} –")
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return [
        f"- 机器 / machine: {_processor()}, {os.cpu_count()} CPU, {platform.system()} {platform.machine()}",
        f"- {python}; {', '.join(found)}",
        f"- 每轮各项交替测一次，共 {repeats} 轮；写“最小 / 中位”，比值同。 "
        f"Everything is timed once a round, {repeats} rounds; cells are min / median, and so are the ratios.",
        "- 进程按时钟计时，进程内各项按处理器时间。 Processes by the wall clock, the rest by processor time."
        if CPU_TIME
        else "- 均按时钟计时。 All by the wall clock.",
        "",
    ]


def _processor() -> str:
    """The name of the processor where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or "?")


def _table(table: Table) -> list[str]:
    lines = [f"## {table.zh} / {table.en}", ""]
    for note in table.notes:
        lines += [note, ""]
    lines += [
        "| 项目 / figure | 毫秒，最小 / 中位 / ms, min / median | 比值 / ratio | 目标 / aim |",
        "|---|--:|--:|--:|",
    ]
    for line in table.lines:
        figure = table.figures.get(line.key)
        if figure is None:
            continue
        ratio = table.ratio(figure)
        shown = "1" if line.yardstick or ratio is None else f"{_ratio(ratio[0])} / {_ratio(ratio[1])}"
        times = f"{_milliseconds(figure.least)} / {_milliseconds(figure.middle)}"
        lines.append(f"| {line.zh} / {line.en} | {times} | {shown} | {line.aim} |")
    return [*lines, ""]


def _milliseconds(seconds: float) -> str:
    value = 1000 * seconds
    return f"{value:.3f}" if value < 1 else f"{value:.2f}" if value < 100 else f"{value:.0f}"


def _ratio(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:.0f}"


def _exactness(found: list[Comparison]) -> list[str]:
    lines = [
        "## 精确 / Exactness",
        "",
        "完成比例是否低于80%：文库所答，与二进制浮点所答。 "
        "Is the completion below 80%: what the library answers, and what binary floats would have said.",
        "",
        "| 各月采购量与使用量 / bought and used | 任务量 / set | 完成比例 / completion | 实为 / truth "
        "| 文库 / vbprules | 双精度 / double | 单精度 / single |",
        "|--:|--:|--:|:--|:--|:--|:--|",
    ]
    for item in found:
        done = " + ".join(_grouped(quantity) for quantity in item.done)
        answers = [_judged(value, item.truth) for value in (item.library, item.double, item.single)]
        answers[1] += f" ({item.ratio!r})"
        shown = item.percent if item.shown == item.percent else f"{item.shown} = {item.percent}"
        lines.append(
            f"| {done} | {_grouped(item.set_volume)} | {shown} | {_answer(item.truth)} | {' | '.join(answers)} |"
        )
    return lines


def _grouped(number: str) -> str:
    head, point, tail = number.partition(".")
    return f"{int(head):,}{point}{tail}"


def _answer(below: bool | None) -> str:
    return "不定 / open" if below is None else "低于 / below" if below else "不低于 / not below"


def _judged(below: bool | None, truth: bool) -> str:
    return f"{_answer(below)} {'✓' if below is truth else '✗'}"


if __name__ == "__main__":
    sys.exit(main())
