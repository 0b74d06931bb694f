"""``vbprules test``: regression cases that analysts write as YAML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from vbprules.cases.compare import Mismatch, run_case
from vbprules.cases.files import CaseItem, read_cases
from vbprules.cli.output import Console
from vbprules.cli.parser import Namespace
from vbprules.diagnostics import InputError, Report, VbprulesError, render
from vbprules.diagnostics.finding import Finding
from vbprules.diagnostics.place import width
from vbprules.printing.page import Page, Span, dim, strong
from vbprules.printing.terminal import clean, fitted, to_terminal


@dataclass(slots=True)
class Tally:
    """What came of the cases so far."""

    passed: int = 0
    failed: int = 0
    unreadable: int = 0
    disagreed: bool = False
    told: set[tuple[str, str, int]] = field(default_factory=set)  # findings already printed


def run(args: Namespace, console: Console) -> int:
    """Run every case and print those that fail. Exit code 1 if any does, 3 if the engines disagree."""
    tally = Tally()
    paths = list(_files(args.files, tally, args, console))
    cases = [case for path in paths for case in _cases(path, tally, args, console)]
    for number, case in enumerate(cases, 1):
        passing = f"{number}/{len(cases)}  {clean(case.file.name)}  {clean(case.name)}"
        console.passing(fitted(passing, console.columns - 1))
        _one(case, tally, args, console)
    console.passing("")
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
        found = sorted(item for item in path.rglob("*") if item.suffix in (".yaml", ".yml") and item.is_file())
        if not found:
            tally.unreadable += 1
            words = f"文件夹里没有案例文件：{clean(name)}" if args.lang == "zh" else f"no case files in {clean(name)}"
            console.tell(words)
        yield from found


def _cases(path: Path, tally: Tally, args: Namespace, console: Console) -> list[CaseItem]:
    report = Report()
    found = read_cases(path, report)
    _tell(report.sorted_findings(), tally, args, console)
    if report.has_errors:
        tally.unreadable += 1
        return []
    return found


def _one(case: CaseItem, tally: Tally, args: Namespace, console: Console) -> None:
    try:
        _, mismatches = run_case(case, check=not args.no_second_opinion)
    except InputError as error:
        tally.failed += 1
        console.passing("")
        console.write(f"✗ {_place(case)} {clean(case.name)}\n")
        _tell(error.findings, tally, args, console)
        return
    except VbprulesError as error:
        tally.failed += 1
        tally.disagreed = True
        console.passing("")
        console.write(f"✗ {_place(case)} {clean(case.name)}\n  {clean(str(error))}\n")
        return
    if not mismatches:
        tally.passed += 1
        return
    tally.failed += 1
    console.passing("")
    console.write(to_terminal(_failure(case, mismatches, args.lang, console.columns), console.columns, console.color))


def _failure(case: CaseItem, mismatches: Sequence[Mismatch], lang: str, columns: int) -> Page:
    """Expected and actual side by side where both fit, else one beneath the other; then the reasons."""
    expected, actual, because = ("应为", "实为", "理由") if lang == "zh" else ("expected", "actual", "because")
    page = Page()
    page.item(strong(f"{_place(case)} {case.name}"), marker="✗", style="bad")
    for item in mismatches:
        page.item(dim(f"{case.file.name}:{item.line}  "), item.outcome, "  " if item.key else "", item.key, level=1)
        if width(item.expected) + width(item.actual) + 30 <= columns:
            page.item(f"{expected} ", Span(item.expected, "good"), f"    {actual} ", Span(item.actual, "bad"), level=2)
        else:
            page.item(f"{expected} ", Span(item.expected, "good"), level=2)
            page.item(f"{actual} ", Span(item.actual, "bad"), level=2)
        page.item(dim(f"{because} {item.why}") if item.why else "", level=2)
    return page


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


def _place(case: CaseItem) -> str:
    return f"{clean(str(case.file))}:{case.line}"


def _summary(files: int, tally: Tally, lang: str) -> str:
    total = tally.passed + tally.failed
    if lang == "en":
        text = f"{files} files, {total} cases: {tally.passed} passed, {tally.failed} failed"
        return text + (f", {tally.unreadable} files or folders without readable cases" if tally.unreadable else "")
    text = f"{files} 个文件，{total} 个案例：{tally.passed} 个相符，{tally.failed} 个不符"
    return text + (f"，{tally.unreadable} 个文件或文件夹没有可读的案例" if tally.unreadable else "")
