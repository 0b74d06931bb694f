"""The arguments of ``whatif`` and ``figures``: what may be supposed of a case."""

from __future__ import annotations

import argparse
from pathlib import Path

from vbprules.cli.arguments import adopted, both, common, judged, reading, second_opinion


def whatif(found: argparse.ArgumentParser) -> None:
    text = both("政策名（见 list）或政策文件", "name of a policy (see list), or a policy file")
    found.add_argument("policy", metavar="POLICY", help=text)
    judged(found)
    text = both("并入的事实：逐项覆盖，列表整个替换", "facts to lay over the dossier; lists are replaced whole")
    found.add_argument("--facts", type=Path, metavar="FILE", help=text)
    text = both("改一处事实，如 payments.0.day=2020-01-22，可多次给出", "change one place of the facts; repeatable")
    found.add_argument("--set", action="append", default=[], type=_place, metavar="PATH=VALUE", help=text)
    text = both("假设采用一种解读，可多次给出", "suppose one option of an open reading; may be repeated")
    found.add_argument("--reading", action="append", default=[], type=reading, metavar="NAME=OPTION", help=text)
    text = both("假设政策的一个数不同（位置见 figures），可多次给出", "suppose another figure; repeatable")
    found.add_argument("--figure", action="append", default=[], type=_place, metavar="ADDRESS=FIGURE", help=text)
    text = both("假设在另一日判断", "suppose another day")
    found.add_argument("--then", metavar="DATE", help=text)
    text = both("假设适用另一份政策：并列，不逐项对应", "suppose another policy: side by side, nothing is matched")
    found.add_argument("--policy", dest="other", metavar="POLICY", help=text)
    adopted(found)
    second_opinion(found)
    text = both("所缺的改变也逐项列出", "list changed needs in full as well")
    found.add_argument("--all", action="store_true", help=text)
    text = both("有差别则退出码为 1", "exit code 1 if anything differs")
    found.add_argument("--exit-code", action="store_true", help=text)
    text = both("写入文件（UTF-8），不写到标准输出", "write to a file (UTF-8) instead of standard output")
    found.add_argument("--output", type=Path, metavar="FILE", help=text)
    common(found, json=False)


def figures(found: argparse.ArgumentParser) -> None:
    text = both("政策名或政策文件", "name of a policy, or a policy file")
    found.add_argument("policy", metavar="POLICY", help=text)
    common(found)


def _place(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    if not name.strip() or not value.strip():
        raise argparse.ArgumentTypeError(f"应写作 write PATH=VALUE (payments.0.day=2020-01-22): {text!r}")
    return name.strip(), value.strip()
