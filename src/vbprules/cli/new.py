"""``vbprules new``: the beginning of a policy from a document's text."""

from __future__ import annotations

import os
from pathlib import Path

from vbprules import schemas
from vbprules.cli.output import Console
from vbprules.cli.parser import Namespace
from vbprules.diagnostics import Report, Source
from vbprules.drafting import Draft, draft_of, skeleton
from vbprules.limits import current

_HIGHEST = 2  # folders that the path of the schema may climb


def run(args: Namespace, console: Console) -> int:
    """Write the skeleton and say what was found. Raises InputError where there is nothing to begin from."""
    report = Report()
    draft = _draft(args.text, report)
    if args.output is not None and args.output.exists():
        report.error("file_exists", None, path=str(args.output))
    report.raise_if_errors()
    console.write_utf8(skeleton(draft, args.id, args.region, _schema(args.output)))
    console.tell(_told(draft, args.output, args.lang))
    return 0


def _draft(path: Path, report: Report) -> Draft:
    most = current().bytes
    with report.source(Source(str(path), "")):
        if path.exists() and not path.is_file():  # a pipe would be waited for
            report.error("not_a_file", None, path=str(path))
            report.raise_if_errors()
        with path.open("rb") as stream:
            data = stream.read(most + 1)
        if len(data) > most:
            report.error("file_too_big", None, limit=most)
            report.raise_if_errors()
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            report.error("not_a_text", None)
            report.raise_if_errors()
            raise
        draft = draft_of(text)
        if not draft.items:
            report.error("no_clauses", None)
    return draft


def _schema(output: Path | None) -> str:
    """The shipped schema as seen from the file; nothing where the two lie in different trees."""
    if output is None:
        return ""
    shipped = Path(schemas.__file__).with_name("policy.schema.json")
    relative = Path(os.path.relpath(shipped, output.parent)).as_posix()
    return relative if relative.count("../") <= _HIGHEST else ""


def _told(draft: Draft, output: Path | None, lang: str) -> str:
    clauses, leads = len(draft.items), draft.passages
    figures = sum(1 for _, found in draft.items for passage in found if passage.figure)
    where = "" if output is None else str(output)
    if lang == "en":
        following = f"; next: vbprules check {where}" if where else ""
        return f"{clauses} clauses, {leads} passages to confirm, {figures} of them with figures{following}"
    following = f"。下一步：vbprules check {where}" if where else ""
    return f"条款 {clauses} 条，待确认语句 {leads} 处，其中有数的 {figures} 处{following}"
