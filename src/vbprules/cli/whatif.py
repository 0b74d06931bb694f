"""``vbprules whatif``: a case, and the same case with something changed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from vbprules import catalog
from vbprules.cli.inputs import headings_of_no_tables, is_of_tables, root_of
from vbprules.cli.output import Console
from vbprules.cli.parser import Namespace
from vbprules.diagnostics import Report
from vbprules.printing.markdown import to_markdown
from vbprules.printing.terminal import to_terminal
from vbprules.whatif.inputs import Tree
from vbprules.whatif.page import WhatIfPage
from vbprules.whatif.whatif import Changes, compared, two_sides

_STDIN: Final = "-"


def run(args: Namespace, console: Console) -> int:
    """Compare and print. With ``--exit-code``, 1 where anything differs. Raises InputError as ``what_if`` does."""
    refusal = _refusal(args)
    if refusal:
        console.tell(refusal)
        return 2
    laid = Changes(
        facts=args.facts,
        places=dict(args.set),
        readings=dict(args.reading),
        figures=dict(args.figure),
        then=args.then,
        other=args.other,
    )
    policy = args.policy if args.pin is None else catalog.load(args.policy, pin=args.pin)
    facts, check = _facts(args), not args.no_second_opinion
    sides = two_sides(policy, facts, args.as_of, laid, {}, args.rulings, args.calendar, check)
    found = compared(*sides)
    if args.json:
        console.write_utf8(found.to_json() + "\n")
    else:
        page = WhatIfPage(found, sides[:2], args.lang, args.all).whole()
        console.write(to_markdown(page) if args.markdown else to_terminal(page, console.columns, console.color))
    return 1 if args.exit_code and found.differs else 0


def _refusal(args: Namespace) -> str:
    """What makes the arguments contradict each other."""
    refused = headings_of_no_tables(args)
    if refused:
        return refused
    for name, given in (("--set", args.set), ("--reading", args.reading), ("--figure", args.figure)):
        if len(set(given)) > len(dict(given)):
            return f"用法错误：{name} 对同一处给了两个值\nusage error: {name} gives one place two values"
    inputs = [Path(name) for name in (args.policy, args.dossier, args.other or "") if name]
    inputs += [path for path in (args.facts, args.rulings) if path is not None]
    output = args.output
    if output is not None and output.exists() and any(path.is_file() and path.samefile(output) for path in inputs):
        return "用法错误：--output 会覆盖输入文件\nusage error: --output would overwrite an input"
    return ""


def _facts(args: Namespace) -> Path | bytes | Tree:
    """What the dossier is, to be read with everything else; an institution of tables is read here."""
    if args.dossier == _STDIN:
        return _standard_input()
    if not is_of_tables(args.dossier):
        return Path(args.dossier)
    report = Report()
    root = root_of(args.dossier, report, args.headings)
    report.raise_if_errors()
    assert root is not None and report.current is not None
    return Tree(root, report.current)


def _standard_input() -> bytes:
    if sys.stdin is None:
        raise OSError(9, "标准输入已关闭 standard input is closed")
    return sys.stdin.buffer.read()
