"""The arguments of ``vbprules batch``."""

from __future__ import annotations

import argparse
from pathlib import Path

from vbprules.cli.arguments import adopted, both, common, headings, instruments, reading


def batch_arguments(found: argparse.ArgumentParser) -> None:
    text = both("政策名（见 list）或政策文件", "name of a policy (see list), or a policy file")
    found.add_argument("policy", metavar="POLICY", help=text)
    text = both(
        "各家机构的表：文件夹、工作簿、CSV 或 Parquet 文件（以列表命名，或写 列表=文件）",
        "tables of the institutions: a folder, a workbook, CSV or Parquet files named after lists, or LIST=FILE",
    )
    found.add_argument("tables", nargs="+", metavar="TABLES", help=text)
    text = both("判断日，按当日日终判断", "the day at whose close the cases are decided")
    found.add_argument("--as-of", required=True, metavar="DATE", help=text)
    text = both("结果写入这个新文件夹", "a new folder for the results")
    found.add_argument("--out", required=True, type=Path, metavar="DIR", help=text)
    text = both("结果的格式，默认 parquet", "form of the results, parquet by default")
    found.add_argument(
        "--format", dest="table_format", choices=("parquet", "csv", "xlsx"), default="parquet", help=text
    )
    headings(found)
    text = both("有一行有误就停，什么也不写", "stop at the first row that is wrong, and write nothing")
    found.add_argument("--strict", action="store_true", help=text)
    text = both("每项结论写上理由，中英文各一列", "the reasons of every outcome, a column in each language")
    found.add_argument("--reasons", action="store_true", help=text)
    text = both("为多少家未定最多的机构列出待答问题，默认 20", "open questions of so many institutions, 20 by default")
    found.add_argument("--questions", type=_many, default=20, metavar="N", help=text)
    text = both("一次处理多少行，默认 1000000；内存随之增减", "rows at a time, 1000000 by default: memory follows it")
    found.add_argument("--rows-at-once", type=_many, default=1_000_000, metavar="N", help=text)
    text = both("采用一种解读，可多次给出", "adopt one option of an open reading; may be repeated")
    found.add_argument("--reading", action="append", default=[], type=reading, metavar="NAME=OPTION", help=text)
    adopted(found)
    instruments(found)
    common(found)


def _many(text: str) -> int:
    if not text.isdecimal() or len(text) > 12:
        raise argparse.ArgumentTypeError(f"应为非负整数 a number from 0: {text!r}")
    return int(text)
