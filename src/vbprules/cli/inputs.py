"""What commands that judge one case read: the policy, the dossier, the rulings, all their slips at once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from vbprules import catalog
from vbprules.cli.parser import Namespace
from vbprules.diagnostics import InputError, Report, Source
from vbprules.diagnostics.finding import Finding
from vbprules.engine.checks import check_facts
from vbprules.facts.dossier import dossier_of
from vbprules.facts.local_calendar import adopted_calendar
from vbprules.facts.rulings import Rulings, adopted_rulings, check_reading
from vbprules.law import as_of_day, build_case
from vbprules.limits import current
from vbprules.reading import Mapping, Node, Scalar, read, read_file
from vbprules.tables.database_urls import is_database_url, shown_institution

if TYPE_CHECKING:
    from vbprules.calendar import LocalCalendar
    from vbprules.facts.rows import Dossier
    from vbprules.program.ir import Program

_STDIN: Final = "-"


def refusal(args: Namespace) -> str:
    """What makes the arguments contradict each other."""
    refused = headings_of_no_tables(args)
    if refused:
        return refused
    if len(set(args.reading)) > len(dict(args.reading)):
        return "用法错误：同一解读给了两种选项\nusage error: two options are given for one reading"
    if _overwrites(args):
        return "用法错误：--output 会覆盖输入文件\nusage error: --output would overwrite an input"
    return ""


def headings_of_no_tables(args: Namespace) -> str:
    """What is said where headings are given for a dossier that is no institution of tables; else nothing."""
    if args.headings is None or is_of_tables(args.dossier):
        return ""
    zh = "--headings 只用于表中的一家：表的文件夹#机构编号，文件夹须存在"
    en = "--headings is for one institution of tables, FOLDER#ID, whose folder is there"
    return f"用法错误：{zh}\nusage error: {en}"


def _overwrites(args: Namespace) -> bool:
    """Whether the output would replace the dossier, the policy or the rulings."""
    if args.output is None or not args.output.exists():
        return False
    given = [Path(name) for name in (args.policy, args.dossier, args.rulings, args.calendar) if name]
    return any(path.is_file() and path.samefile(args.output) for path in given)


def inputs(
    args: Namespace, later: bool = False
) -> tuple[Program, Dossier, Rulings | None, str | LocalCalendar | None, Report]:
    """Policy, dossier, rulings and calendar. What is wrong with any of them is said together, each at its place.

    ``later``: lists may be stated to be complete through a day after the as-of date.
    """
    report = Report()
    program, findings = _policy(args.policy, args.pin)
    root = root_of(args.dossier, report, args.headings)
    source = report.current
    dossier = dossier_of(root, report) if root is not None else None
    with report.source(Source("--as-of", "")):
        day = as_of_day(args.as_of, report)
    chosen = adopted_calendar(args.calendar, (None if program is None else program.bundle,), day, report)
    rulings = None
    if program is not None:
        rulings = adopted_rulings(args.rulings, program.policy, program.bundle, report)
        with report.source(Source("--reading", "")):
            own = {name: option for name, option in args.reading if ":" not in name}  # others are an instrument's
            for name, option in own.items():
                check_reading(program.policy, name, option, None, report)
        if dossier is not None and source is not None:
            with report.source(source):
                _same_policy(root, program, report)
                if not report.has_errors:
                    day = dossier.last_stated(day) if later else day
                    check_facts(build_case(program, dossier, day, own, rulings, chosen.work), report)
    findings += report.sorted_findings()
    if program is None or dossier is None or report.has_errors:
        raise InputError(tuple(findings), args.lang)
    return program, dossier, rulings, chosen.local_calendar or chosen.pinned, report


def _policy(name: str, pin: str | None) -> tuple[Program | None, list[Finding]]:
    try:
        return catalog.load(name, pin=pin), []
    except InputError as error:
        return None, list(error.findings)


def root_of(name: str, report: Report, headings: Path | None = None) -> Node | None:
    """The tree of a dossier: of a file, of standard input, or of an institution in tables (``province/#H0012``).

    ``headings``: the file that says what foreign headings of the tables mean.
    """
    if name == _STDIN:
        if sys.stdin is None:
            raise OSError(9, "标准输入已关闭 standard input is closed")
        return read(sys.stdin.buffer.read(current().bytes + 1), "<stdin>", report)
    if not is_of_tables(name):
        return read_file(Path(name), report)
    from vbprules.tables.needed import has_polars

    if not has_polars(report):
        return None
    from vbprules.tables.mapping import headings_of
    from vbprules.tables.one import institution_tree

    foreign = headings_of(headings, report)
    place, _, institution = name.rpartition("#")
    report.use(shown_institution(place, institution))
    return institution_tree(place, institution, report, foreign)


def is_of_tables(name: str) -> bool:
    """Whether a dossier is one institution of tables."""
    place, _, institution = name.rpartition("#")
    if not place or not institution or Path(name).exists():
        return False
    return Path(place).exists() or is_database_url(place)


def _same_policy(root: Node | None, program: Program, report: Report) -> None:
    """A dossier that names another policy is probably given to the wrong one."""
    named = root.get("policy") if isinstance(root, Mapping) else None
    if isinstance(named, Scalar) and named.text and named.text != program.policy.id:
        report.warning("contradiction", named, what=f"policy: {named.text} ≠ {program.policy.id}")
