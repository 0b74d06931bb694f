"""``vbprules check``: every finding about policy files."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from vbprules import __version__, catalog
from vbprules.bundles.reading import is_bundle
from vbprules.checking import report_further
from vbprules.cli.output import Console
from vbprules.cli.parser import Namespace
from vbprules.cli.writing import changed_lines, write_whole
from vbprules.diagnostics import InputError, Report, render, to_json, to_sarif
from vbprules.diagnostics.finding import Finding
from vbprules.mending import Mended, mended, with_edits
from vbprules.reading import read_bytes, read_file, read_text

_ONE_POLICY: Final = "用法错误：--source 只对一份政策\nusage error: --source is for one policy only"
_ONE_FORM: Final = "用法错误：--json 与 --format 不能并用\nusage error: --json and --format exclude each other"
_DIFF_ALONE: Final = "用法错误：--diff 要与 --fix 同用\nusage error: --diff goes with --fix"
_NOT_BUNDLES: Final = "用法错误：--fix 不改政策包\nusage error: --fix does not change bundles"
_NOT_SHIPPED: Final = (
    "用法错误：--fix 只改自己的文件，不改随库的政策\nusage error: --fix mends files of yours, not policies that ship"
)


def run(args: Namespace, console: Console) -> int:
    """Print the findings of every file, then how many there were. Errors give exit code 1.

    With ``--fix`` the files are mended first, where only one thing can have been meant; what was done is told.
    """
    refused = _refused(args)
    if refused:
        console.tell(refused)
        return 2
    form = "json" if args.json else args.format or "text"
    findings: list[Finding] = []
    fixed: list[Finding] = []
    for name in args.files:
        done = _mended(name, args, console) if args.fix else None
        fixed += () if done is None else done.findings
        findings += _findings(name, args.source, args.logic, None if done is None else done.after)
    errors = sum(1 for finding in findings if finding.severity == "error")
    if form == "json":
        console.write_utf8(to_json(findings, args.lang) + "\n")
    elif form == "sarif":
        console.write_utf8(to_sarif(findings, args.lang, __version__) + "\n")
    else:
        for finding in fixed:
            console.write(_told(finding, args.lang) + "\n")
        if findings:
            console.write(render(findings, args.lang, console.color) + "\n")
        console.write(_summary(len(args.files), findings, errors, args.lang, len(fixed)) + "\n")
    return 1 if errors else 0


def _refused(args: Namespace) -> str:
    if args.source is not None and len(args.files) > 1:
        return _ONE_POLICY
    if args.json and args.format not in (None, "json"):
        return _ONE_FORM
    if args.diff and not args.fix:
        return _DIFF_ALONE
    if args.fix and any(Path(name).is_file() and is_bundle(catalog.bytes_of(Path(name))) for name in args.files):
        return _NOT_BUNDLES
    if args.fix and any(name in catalog.shipped_policies() and not Path(name).exists() for name in args.files):
        return _NOT_SHIPPED
    return ""


def _mended(name: str, args: Namespace, console: Console) -> Mended | None:
    """The file mended: written, or with ``--diff`` only shown. None where there is no such file."""
    path = Path(name)
    data = read_bytes(path, Report()) if path.is_file() else None
    if data is None:
        return None
    found = mended(data, lambda data, report: catalog.check(data, name, report))
    if found.changed and args.diff:
        console.write_utf8(changed_lines(name, found.before, found.after))
    elif found.changed:
        write_whole(path, found.after)
    return found


def _findings(name: str, text: Path | None, logic: bool, data: bytes | None) -> list[Finding]:
    """What is said of one policy, by name or path (or as mended), and of the text of its document."""
    report = Report()
    try:
        path = catalog.find(name)
    except InputError as error:
        if not Path(name).exists() and not _looks_like_path(name):
            return list(error.findings)
        read_file(name, report)  # says why this path is no policy file
        return report.sorted_findings()
    if data is None:
        data = read_bytes(path, report, catalog.limits_of_files())
        if data is None:
            return report.sorted_findings()
    program = catalog.check(data, str(path), report)
    policy = report.current
    source = read_text(text, report) if text is not None else None
    if program is not None and policy is not None:
        report_further(program, policy, report, source, logic)
    return with_edits(report.sorted_findings(), report.sources)


def _looks_like_path(name: str) -> bool:
    return name.endswith((".yaml", ".yml")) or "/" in name


def _told(finding: Finding, lang: str) -> str:
    """What was mended: the place, the code, and what stands there now."""
    done = "fixed" if lang == "en" else "已改正"
    return f"{finding.place}: {done} {finding.code} {finding.message(lang)}"


def _summary(files: int, findings: list[Finding], errors: int, lang: str, fixed: int) -> str:
    gentle = len(findings) - errors
    mendable = sum(1 for finding in findings if finding.edits)
    if lang == "en":
        told = f"{files} file{'' if files == 1 else 's'} checked: {errors} errors, {gentle} warnings and hints"
        told += f"; {fixed} fixed" if fixed else ""
        return told + (f"; --fix mends {mendable}" if mendable else "")
    told = f"检查了 {files} 份：错误 {errors} 处，警告和提示 {gentle} 处"
    told += f"，已改正 {fixed} 处" if fixed else ""
    return told + (f"，其中 {mendable} 处可用 --fix 改正" if mendable else "")
