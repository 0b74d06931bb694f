"""``vbprules check``: every finding about policy files."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from vbprules import __version__, catalog
from vbprules.cli.output import Console
from vbprules.cli.parser import Namespace
from vbprules.diagnostics import InputError, Report, render, to_json, to_sarif
from vbprules.diagnostics.finding import Finding
from vbprules.fidelity.compare import compare_figures
from vbprules.fidelity.source_check import check_source
from vbprules.reading import read_file, read_text

_ONE_POLICY: Final = "用法错误：--source 只对一份政策\nusage error: --source is for one policy only"
_ONE_FORM: Final = "用法错误：--json 与 --format 不能并用\nusage error: --json and --format exclude each other"


def run(args: Namespace, console: Console) -> int:
    """Print the findings of every file, then how many there were. Errors give exit code 1."""
    refused = _ONE_POLICY if args.source is not None and len(args.files) > 1 else ""
    if args.json and args.format not in (None, "json"):
        refused = _ONE_FORM
    if refused:
        console.tell(refused)
        return 2
    findings: list[Finding] = []
    for name in args.files:
        findings += _findings(name, args.source, args.logic)
    errors = sum(1 for finding in findings if finding.severity == "error")
    form = "json" if args.json else args.format or "text"
    if form == "json":
        console.write_utf8(to_json(findings, args.lang) + "\n")
    elif form == "sarif":
        console.write_utf8(to_sarif(findings, args.lang, __version__) + "\n")
    else:
        if findings:
            console.write(render(findings, args.lang, console.color) + "\n")
        console.write(_summary(len(args.files), findings, errors, args.lang) + "\n")
    return 1 if errors else 0


def _findings(name: str, text: Path | None, logic: bool) -> list[Finding]:
    """What is said of one policy, by name or path, and of the text of its document."""
    report = Report()
    try:
        path = catalog.find(name)
    except InputError as error:
        if not Path(name).exists() and not _looks_like_path(name):
            return list(error.findings)
        read_file(name, report)  # says why this path is no policy file
        return report.sorted_findings()
    program = catalog.check(path.read_bytes(), str(path), report)
    policy = report.current
    source = read_text(text, report) if text is not None else None
    if program is None or policy is None or report.has_errors:
        return report.sorted_findings()
    with report.source(policy):
        if source is None:
            compare_figures(program, report)
        else:
            check_source(program, source, report)
        if logic:
            from vbprules.logic.report import report_logic

            report_logic(program, report)
    return report.sorted_findings()


def _looks_like_path(name: str) -> bool:
    return name.endswith((".yaml", ".yml")) or "/" in name


def _summary(files: int, findings: list[Finding], errors: int, lang: str) -> str:
    gentle = len(findings) - errors
    if lang == "en":
        return f"{files} file{'' if files == 1 else 's'} checked: {errors} errors, {gentle} warnings and hints"
    return f"检查了 {files} 份：错误 {errors} 处，警告和提示 {gentle} 处"
