"""``vbprules diff`` and ``vbprules compare``: their arguments and their runs."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from vbprules.cli.arguments import both, common
from vbprules.language.policy import MODALITIES

if TYPE_CHECKING:
    from vbprules.cli.output import Console
    from vbprules.cli.parser import Namespace


def diff_arguments(found: argparse.ArgumentParser) -> None:
    text = both("政策名或政策文件；另一份", "a policy, by name or file; and another")
    found.add_argument("policy", metavar="A", help=text)
    found.add_argument("other", metavar="B", help=text)
    form = found.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=both("输出 JSON", "print JSON"))
    form.add_argument("--markdown", action="store_true", help=both("输出 Markdown", "print Markdown"))
    text = both("不构造见证档案", "build no witnesses")
    found.add_argument("--no-witness", action="store_true", help=text)
    text = both("有不同则退出码为 1", "exit with 1 where anything differs")
    found.add_argument("--exit-code", action="store_true", help=text)
    _output(found)


def compare_arguments(found: argparse.ArgumentParser) -> None:
    text = both("政策名或政策文件，默认随库的全部", "policies, by name or file; by default all that ship")
    found.add_argument("policies", nargs="*", metavar="POLICY", help=text)
    text = both("只列与此有关的：事项，或措施的用词，如 暂停结算", "a matter, or words of a measure, as prepayment")
    found.add_argument("--about", default="", metavar="MATTER|WORDS", help=text)
    text = both("只列一种规定", "one kind of norm")
    found.add_argument("--modality", choices=MODALITIES, default="", help=text)
    form = found.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=both("输出 JSON", "print JSON"))
    form.add_argument("--markdown", action="store_true", help=both("输出 Markdown 表", "print a Markdown table"))
    text = both("写入 HTML 文件，独立成页", "write an HTML file that stands alone")
    form.add_argument("--html", type=Path, metavar="FILE", help=text)
    form.add_argument("--xlsx", type=Path, metavar="FILE", help=both("写入 Excel 文件", "write an Excel file"))
    _output(found)


def _output(found: argparse.ArgumentParser) -> None:
    text = both("写入文件（UTF-8），不写到标准输出", "write to a file (UTF-8) instead of standard output")
    found.add_argument("--output", type=Path, metavar="FILE", help=text)
    common(found, json=False)


def run_diff(args: Namespace, console: Console) -> int:
    """Print what differs in law; 1 where anything does and ``--exit-code`` asks for it."""
    from vbprules import catalog
    from vbprules.comparing.differences import diff_of
    from vbprules.comparing.witnessed import with_witnesses
    from vbprules.printing.compared import diff_json
    from vbprules.printing.diff_page import DiffPage
    from vbprules.printing.markdown import to_markdown
    from vbprules.printing.terminal import to_terminal

    first, second = catalog.load(args.policy), catalog.load(args.other or "")
    found = diff_of(first, second)
    if not args.no_witness:
        found = with_witnesses(found, first, second)
    if args.json:
        console.write_utf8(diff_json(found) + "\n")
    else:
        page = DiffPage(found, args.lang).whole()
        console.write(to_markdown(page) if args.markdown else to_terminal(page, console.columns, console.color))
    return 1 if args.exit_code and found.differs else 0


def run_compare(args: Namespace, console: Console) -> int:
    """Print the policies side by side, or write them to a file."""
    from vbprules import catalog
    from vbprules.cli.writing import write_whole
    from vbprules.comparing.asked import nearest
    from vbprules.comparing.matrix import matrix_of
    from vbprules.diagnostics import InputError, Report
    from vbprules.printing.compared import matrix_json
    from vbprules.printing.matrix_page import MatrixPage
    from vbprules.printing.terminal import to_terminal

    names = list(dict.fromkeys(args.policies)) or list(catalog.shipped_policies())
    found = matrix_of([catalog.load(name) for name in names], args.about, args.modality)
    report = Report()
    if not found.rows:
        asked = args.about or args.modality
        report.error("nothing_about", None, asked=asked, policies=", ".join(names), suggestion=nearest(asked))
        raise InputError(tuple(report.findings))
    page = MatrixPage(found, args.lang)
    if args.xlsx is not None:
        try:
            data = page.xlsx()
        except ImportError:
            report.error("no_spreadsheets", None)
            raise InputError(tuple(report.findings)) from None
        write_whole(args.xlsx, data)
    elif args.html is not None:
        write_whole(args.html, page.html().encode())
    elif args.json:
        console.write_utf8(matrix_json(found) + "\n")
    elif args.markdown:
        console.write(page.markdown())
    else:
        console.write(to_terminal(page.page(), console.columns, console.color))
    return 0
