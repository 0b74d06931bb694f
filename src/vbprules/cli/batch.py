"""``vbprules batch``: the cases of many institutions, from tables to tables."""

from __future__ import annotations

from typing import Any, Final

from vbprules.cli.output import Console
from vbprules.cli.parser import Namespace
from vbprules.diagnostics import InputError, Report, render

_SHOWN: Final = 20


def run(args: Namespace, console: Console) -> int:
    """Decide and write; 1 if the facts of some institution could not be used."""
    from vbprules.tables.needed import has_polars

    report = Report()
    if not has_polars(report):
        raise InputError(tuple(report.sorted_findings()), args.lang)
    from vbprules import catalog
    from vbprules.batch.run import all_findings, prepared
    from vbprules.batch.writing import write_decisions
    from vbprules.tables.mapping import headings_of, raw_tables

    headings = headings_of(args.headings, report)
    raw = raw_tables(args.tables, report)
    report.raise_if_errors()
    batch = prepared(
        catalog.load(args.policy, pin=args.pin),
        raw,
        args.as_of,
        dict(args.reading),
        args.rulings,
        args.calendar,
        headings,
        args.instrument,
        max(args.rows_at_once, 1),
        reasons=args.reasons,
    )

    def passing(done: int, every: int) -> None:
        console.passing(f"已判断 decided {done}/{every} 家 institutions")

    def resumed(done: int, every: int) -> None:
        en = f"Going on from last time: {done} of {every} chunks are there."
        console.tell(en if args.lang == "en" else f"接着上次：已有 {done} 块，共 {every} 块。")

    try:
        tally = write_decisions(
            batch,
            args.out,
            args.table_format,
            strict=args.strict,
            questions=args.questions,
            lang=args.lang,
            progress=passing,
            resumed=resumed,
        )
    except (KeyboardInterrupt, OSError):
        console.passing("")
        console.tell(_left(args))
        raise
    finally:
        console.passing("")
    found = all_findings(batch, tally)
    console.tell(render(found[:_SHOWN], args.lang, console.error_color))
    if args.json:
        console.write_utf8((args.out / "receipt.json").read_text(encoding="utf-8"))
    else:
        console.write(_said(tally, len(found), args))
    return 1 if found else 0


def _left(args: Namespace) -> str:
    """What is there of work that is broken off."""
    from vbprules.tables.unfinished import steps_left, unfinished_folder

    chunks = steps_left(args.out)
    if not chunks:
        return ""
    if args.lang == "en":
        return f"{chunks} whole chunks wait in {unfinished_folder(args.out)}; the same command goes on after them."
    return f"已完成的 {chunks} 块留在 {unfinished_folder(args.out)}；再运行同一条命令，就从那里接着做。"


def _said(tally: Any, findings: int, args: Namespace) -> str:
    decided = tally.institutions - len(tally.rejected)
    if args.lang == "en":
        lines = [f"{decided} institutions decided, {tally.outcomes} outcomes: {args.out}"]
        if findings:
            lines.append(f"{len(tally.rejected)} not decided, {findings} findings: see the table rejected")
    else:
        lines = [f"判断了 {decided} 家机构，{tally.outcomes} 项结论：{args.out}"]
        if findings:
            lines.append(f"{len(tally.rejected)} 家未判断，问题 {findings} 处，见 rejected 表")
    return "\n".join(lines) + "\n"
