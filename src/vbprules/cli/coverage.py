"""``vbprules coverage``: what of a policy its cases reach."""

from __future__ import annotations

import json

from vbprules import catalog
from vbprules.cases.suite import suite_of
from vbprules.cli.output import Console
from vbprules.cli.parser import Namespace
from vbprules.cli.writing import write_whole
from vbprules.coverage.html import html_page
from vbprules.coverage.page import CoveragePage
from vbprules.coverage.report import Coverage, coverage
from vbprules.printing.terminal import fitted, to_terminal


def run(args: Namespace, console: Console) -> int:
    """Print what is reached and what is not. With ``--full``, exit code 1 where these kinds are not wholly reached."""
    found = [_covered(name, args, console) for name in args.policies or catalog.shipped_policies()]
    if args.html is not None:
        write_whole(args.html, html_page(found, args.lang).encode())
    if args.json:
        console.write_utf8(json.dumps([item.data() for item in found], ensure_ascii=False, indent=2) + "\n")
    else:
        for item in found:
            page = CoveragePage(item, args.lang).page(args.full, args.all)
            console.write(to_terminal(page, console.columns, console.color))
    return 0 if all(item.is_full(args.full) for item in found) else 1


def _covered(name: str, args: Namespace, console: Console) -> Coverage:
    def progress(done: int, total: int) -> None:
        console.passing(fitted(f"{name}  {done}/{total}", console.columns - 1))

    found = coverage(name, suite_of(name, args.cases), progress)
    console.passing("")
    return found
