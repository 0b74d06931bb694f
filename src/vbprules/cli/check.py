"""``vbprules check``: every finding about policy files."""

from __future__ import annotations

from pathlib import Path

from vbprules import catalog
from vbprules.cli.output import Console
from vbprules.cli.parser import Namespace
from vbprules.diagnostics import InputError, Report, render, to_json
from vbprules.diagnostics.finding import Finding
from vbprules.reading import read_file


def run(args: Namespace, console: Console) -> int:
    """Print the findings of every file, then how many there were. Errors give exit code 1."""
    findings: list[Finding] = []
    for name in args.files:
        findings += _findings(name, args.logic)
    errors = sum(1 for finding in findings if finding.severity == "error")
    if args.json:
        console.write_utf8(to_json(findings, args.lang) + "\n")
        return 1 if errors else 0
    if findings:
        console.write(render(findings, args.lang, console.color) + "\n")
    console.write(_summary(len(args.files), findings, errors, args.lang) + "\n")
    return 1 if errors else 0


def _findings(name: str, logic: bool) -> list[Finding]:
    """What is said of one policy, by name or path."""
    report = Report()
    try:
        path = catalog.find(name)
    except InputError as error:
        if not Path(name).exists() and not _looks_like_path(name):
            return list(error.findings)
        read_file(name, report)  # says why this path is no policy file
        return report.sorted_findings()
    program = catalog.check(path.read_bytes(), str(path), report)
    if logic and program is not None and not report.has_errors:
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
