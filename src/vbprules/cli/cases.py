"""``vbprules test``: regression cases that analysts write as YAML."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from vbprules.cases.checks import load_case_file
from vbprules.cases.compare import run_case
from vbprules.cases.files import CaseItem
from vbprules.cases.report import failure_page, place, stopped_page
from vbprules.cases.which import SUFFIXES, is_case_file
from vbprules.cli.output import Console
from vbprules.cli.parser import Namespace
from vbprules.diagnostics import InputError, Report, VbprulesError, render
from vbprules.diagnostics.finding import Finding
from vbprules.printing.terminal import clean, fitted, to_terminal


@dataclass(slots=True)
class Tally:
    """What came of the cases so far."""

    passed: int = 0
    failed: int = 0
    unreadable: int = 0
    left_out: int = 0  # by name
    disagreed: bool = False
    told: set[tuple[str, str, int]] = field(default_factory=set)  # findings already printed


def run(args: Namespace, console: Console) -> int:
    """Run every case and print those that fail. Exit code 1 if any does, 3 if the engines disagree."""
    tally = Tally()
    paths = list(_files(args.files, tally, args, console))
    found = [case for path in paths for case in _cases(path, tally, args, console)]
    cases = [case for case in found if _plain(args.named) in _plain(case.name)]
    tally.left_out = len(found) - len(cases)
    for number, case in enumerate(cases, 1):
        passing = f"{number}/{len(cases)}  {clean(case.file.name)}  {clean(case.name)}"
        console.passing(fitted(passing, console.columns - 1))
        _one(case, tally, args, console)
    console.passing("")
    if found and not cases:
        named = clean(args.named)
        zh, en = f"没有名称含“{named}”的案例", f'no case has "{named}" in its name'
        console.tell(zh if args.lang == "zh" else en)
    console.write(_summary(len(paths), tally, args.lang) + "\n")
    if tally.disagreed:
        return 3
    return 1 if tally.failed or tally.unreadable or not cases else 0


def _files(names: Sequence[str], tally: Tally, args: Namespace, console: Console) -> Iterator[Path]:
    for name in names:
        path = Path(name)
        if not path.is_dir():
            yield path
            continue
        there = sorted(item for item in path.rglob("*") if item.suffix in SUFFIXES and item.is_file())
        found = [item for item in there if is_case_file(item)]
        for other in there:
            if other not in found:
                zh, en = "略过（没有 policy 和 cases，不是案例文件）", "skipped, has neither policy nor cases"
                console.tell(f"{zh if args.lang == 'zh' else en}: {clean(str(other))}")
        if not found:
            tally.unreadable += 1
            words = f"文件夹里没有案例文件：{clean(name)}" if args.lang == "zh" else f"no case files in {clean(name)}"
            console.tell(words)
        yield from found


def _cases(path: Path, tally: Tally, args: Namespace, console: Console) -> list[CaseItem]:
    report = Report()
    found = load_case_file(path, report)
    _tell(report.sorted_findings(), tally, args, console)
    if report.has_errors:
        tally.unreadable += 1
        return []
    return list(found.cases)


def _one(case: CaseItem, tally: Tally, args: Namespace, console: Console) -> None:
    try:
        _, mismatches = run_case(case, check=not args.no_second_opinion)
    except InputError as error:
        tally.failed += 1
        console.passing("")
        console.write(f"✗ {place(case)}  {clean(case.name)}\n")
        _tell(error.findings, tally, args, console)
        return
    except VbprulesError as error:
        tally.failed += 1
        tally.disagreed = True
        console.passing("")
        console.write(to_terminal(stopped_page(case, error, args.lang), console.columns, console.color))
        return
    if not mismatches:
        tally.passed += 1
        return
    tally.failed += 1
    console.passing("")
    page = failure_page(case, mismatches, args.lang, console.columns)
    page.gap()
    console.write(to_terminal(page, console.columns, console.color))


def _tell(findings: Sequence[Finding], tally: Tally, args: Namespace, console: Console) -> None:
    """Findings said once, however many cases share them."""
    new = []
    for finding in findings:
        key = (finding.code, finding.place, hash(finding.args))
        if key not in tally.told:
            tally.told.add(key)
            new.append(finding)
    if new:
        console.passing("")
        console.tell(render(new, args.lang, console.error_color))


def _plain(text: str) -> str:
    """A name as it is compared with what is asked for: 80％ is 80%, capitals are small letters."""
    return unicodedata.normalize("NFKC", text).casefold()


def _summary(files: int, tally: Tally, lang: str) -> str:
    total = tally.passed + tally.failed
    if lang == "en":
        text = f"{files} files, {total} cases: {tally.passed} passed, {tally.failed} failed"
        text += f", {tally.left_out} not selected" if tally.left_out else ""
        return text + (f", {tally.unreadable} files or folders without readable cases" if tally.unreadable else "")
    text = f"{files} 个文件，{total} 个案例：{tally.passed} 个相符，{tally.failed} 个不符"
    text += f"，{tally.left_out} 个未选" if tally.left_out else ""
    return text + (f"，{tally.unreadable} 个文件或文件夹没有可读的案例" if tally.unreadable else "")
