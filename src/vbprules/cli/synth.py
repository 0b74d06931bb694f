"""``vbprules synth``: a made province written as tables."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final

from vbprules.cli.arguments import both, common
from vbprules.diagnostics import InputError, Report, Source

if TYPE_CHECKING:
    from vbprules.cli.output import Console
    from vbprules.cli.parser import Namespace
    from vbprules.synth.plan import Plan

FORMS: Final = ("parquet", "csv", "xlsx")
_LIMITS: Final = {"institutions": 1_000_000, "drugs": 2_000, "seed": 2**63 - 1}


def synth_arguments(found: argparse.ArgumentParser) -> None:
    text = both("写到哪个文件夹：新的，或空的", "the folder to write: a new or an empty one")
    found.add_argument("--out", type=Path, required=True, metavar="DIR", help=text)
    text = both("种子：同样的种子得到同样的表，默认 1", "the seed: the same seed makes the same tables; 1 by default")
    found.add_argument("--seed", type=_whole("seed", 0), default=1, metavar="N", help=text)
    text = both("多少家机构，默认 100", "how many institutions; 100 by default")
    found.add_argument("--institutions", type=_whole("institutions", 1), default=100, metavar="N", help=text)
    text = both("多少个品种，默认 30", "how many drugs; 30 by default")
    found.add_argument("--drugs", type=_whole("drugs", 1), default=30, metavar="N", help=text)
    text = both(
        "从哪一天起，默认 2020-01-01；造这段时间里开始的季度",
        "the first day, 2020-01-01 by default; quarters that begin from here on are made",
    )
    found.add_argument("--from", dest="first", default="2020-01-01", metavar="DATE", help=text)
    text = both(
        "到哪一天止，默认 2020-12-31；各列表完整到这一天",
        "the last day, 2020-12-31 by default; lists are complete through it",
    )
    found.add_argument("--to", dest="last", default="2020-12-31", metavar="DATE", help=text)
    text = both("写成哪种文件，默认 parquet", "form of the files, parquet by default")
    found.add_argument("--format", dest="form", choices=FORMS, default="parquet", help=text)
    text = both(
        "留空的单元格、列表不完整的机构各占多少，默认 0.02",
        "the share of empty cells, and of institutions whose lists are not complete; 0.02 by default",
    )
    found.add_argument("--gaps", type=_share, default=Fraction(2, 100), metavar="SHARE", help=text)
    text = both(
        "措施、履行、认定、行为的名目取自这份政策；不写则不造这些表",
        "a policy from which acts, answers and conduct take their names; without it they are not made",
    )
    found.add_argument("--policy", default="", metavar="POLICY", help=text)
    common(found)


def run(args: Namespace, console: Console) -> int:
    """Write the tables and say how many rows each has. Raises InputError."""
    report = Report()
    days = tuple(_day(text, where, report) for text, where in ((args.first, "--from"), (args.last, "--to")))
    report.raise_if_errors(args.lang)
    try:
        plan = _plan(args, days, report)
        counts = _write(plan, args, console, report)
    except ModuleNotFoundError as error:
        if error.name != "polars":
            raise
        with report.source(Source("--format", "")):
            report.error("polars_missing", None)
        raise InputError(tuple(report.findings), args.lang) from None
    if args.json:
        told = {"folder": str(args.out), "seed": plan.seed, "rows": dict(counts)}
        console.write_utf8(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
    else:
        console.write(_told(counts, args, console))
    return 0


def _plan(args: Namespace, days: tuple[date, ...], report: Report) -> Plan:
    from vbprules import catalog
    from vbprules.synth.plan import Plan, quarters_within
    from vbprules.synth.policy_words import words_of

    words = words_of(catalog.load(args.policy)) if args.policy else None
    if not quarters_within(days[0], days[1]):
        with report.source(Source("--from", "")):
            report.error("no_quarter", None, first=days[0].isoformat(), last=days[1].isoformat())
        report.raise_if_errors(args.lang)
    return Plan(args.institutions, args.drugs, days[0], days[1], args.seed, args.gaps, words)


def _write(plan: Plan, args: Namespace, console: Console, report: Report) -> Mapping[str, int]:
    from vbprules.synth.writing import write_province

    def progress(done: int, of: int) -> None:
        words = f"已造 {done}/{of} 家机构" if args.lang == "zh" else f"{done}/{of} institutions made"
        console.passing(words)

    try:
        return write_province(plan, args.out, args.form, report, progress)
    finally:
        console.passing("")


def _told(counts: Mapping[str, int], args: Namespace, console: Console) -> str:
    from vbprules.language.vocabulary import BY_LIST, INSTITUTION
    from vbprules.language.words import WORDS
    from vbprules.printing.page import Page
    from vbprules.printing.terminal import to_terminal

    def chinese(name: str) -> str:
        known = BY_LIST.get(INSTITUTION if name == "institutions" else name)
        return known.zh if known is not None else "完整性" if name == "completeness" else WORDS[name]

    page = Page()
    zh = args.lang == "zh"
    total = sum(counts.values())
    made = f"虚构的一省，种子 {args.seed}，{total} 行" if zh else f"a made province, seed {args.seed}, {total} rows"
    head = ["表", "名称", "行数"] if zh else ["table", "Chinese", "rows"]
    page.table(head, [[name, chinese(name), str(count)] for name, count in counts.items()], right=(2,))
    colon = "：" if zh else ": "
    return f"{made}{colon}{args.out}\n\n{to_terminal(page, console.columns, console.color)}"  # a path is not wrapped


def _day(text: str, where: str, report: Report) -> date:
    from vbprules.law import as_of_day

    with report.source(Source(where, "")):
        return date.fromordinal(as_of_day(text, report))


def _whole(name: str, least: int) -> Callable[[str], int]:
    """Reads a whole number within the limits of an argument."""
    most = _LIMITS[name]

    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,19}", text) or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(
                f"应为 {least} 到 {most} 的整数 an integer from {least} to {most}: {text!r}"
            )
        return int(text)

    return read


def _share(text: str) -> Fraction:
    if not re.fullmatch(r"0(\.[0-9]{1,6})?|1(\.0{1,6})?", text):
        raise argparse.ArgumentTypeError(f"应为 0 到 1 的小数，如 0.02 a share from 0 to 1, as 0.02: {text!r}")
    return Fraction(text)
