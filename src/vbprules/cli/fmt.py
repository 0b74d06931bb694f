"""``vbprules fmt``: files in their normal form, on the Chinese or the English surface."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from vbprules.cli.output import Console
from vbprules.cli.parser import Namespace
from vbprules.cli.writing import changed_lines, write_whole
from vbprules.diagnostics import Report, render
from vbprules.diagnostics.finding import Finding
from vbprules.diagnostics.place import shown
from vbprules.formatting import Formatted, formatted
from vbprules.reading import read_bytes

_DONE: Final = {
    ("zh", True): "会改动 {}",
    ("zh", False): "已排版 {}",
    ("en", True): "would change {}",
    ("en", False): "formatted {}",
}


def run(args: Namespace, console: Console) -> int:
    """Write each file in its normal form, or with ``--check``, ``--diff`` or ``--stdout`` only say what it would be.

    Exit code 1 where a file cannot be formatted, and with ``--check`` where one would change.
    """
    if args.stdout and (len(args.files) > 1 or args.check or args.diff):
        console.tell(
            "用法错误：--stdout 只用于一份文件，不与 --check、--diff 同用\nusage error: --stdout takes one file alone"
        )
        return 2
    findings: list[Finding] = []
    changed = 0
    paths = [path for name in args.files for path in _files(Path(name))]
    for path in paths:
        report = Report()
        found = _formatted(path, args, report)
        if found is None or report.has_errors:
            findings += report.sorted_findings()
            continue
        if args.stdout:
            console.write_utf8(found.after.decode())
            continue
        changed += found.changed
        if found.changed:
            _act(path, found, args, console)
    if findings:
        console.tell(render(findings, args.lang, console.error_color))
    if not args.stdout:
        console.write(_summary(len(paths), changed, args) + "\n")
    return 1 if findings or (args.check and changed) else 0


def _files(path: Path) -> list[Path]:
    """The file itself; of a folder its YAML files."""
    return sorted(path.glob("*.yaml")) if path.is_dir() else [path]


def _formatted(path: Path, args: Namespace, report: Report) -> Formatted | None:
    data = read_bytes(path, report)
    return None if data is None else formatted(data, str(path), report, args.surface)


def _act(path: Path, found: Formatted, args: Namespace, console: Console) -> None:
    if args.diff:
        console.write_utf8(changed_lines(found.name, found.before, found.after))
    else:
        console.write(_DONE[args.lang, args.check].format(shown(found.name)) + "\n")
    if not (args.check or args.diff):
        write_whole(path, found.after)


def _summary(files: int, changed: int, args: Namespace) -> str:
    kept = args.check or args.diff
    if args.lang == "en":
        what = "would change" if kept else "changed"
        return f"{files} file{'' if files == 1 else 's'}: {changed} {what}"
    return f"共 {files} 份，{'会改动' if kept else '改动了'} {changed} 份"
