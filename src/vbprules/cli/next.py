"""``vbprules next``: what must be done by when, and what to ask first."""

from __future__ import annotations

from typing import Final

from vbprules.ahead.page import AheadPage
from vbprules.ahead.run import what_next
from vbprules.cli.inputs import inputs, refusal
from vbprules.cli.output import Console
from vbprules.cli.parser import Namespace
from vbprules.diagnostics import render
from vbprules.printing.markdown import to_markdown
from vbprules.printing.terminal import fitted, to_terminal

_DOING: Final = {
    "turns": ("往后看", "looking ahead"),
    "steps": ("求解并核实", "solving and confirming"),
    "questions": ("排问题", "ordering questions"),
}


def run(args: Namespace, console: Console) -> int:
    """Look ahead and print. Raises InputError as ``what_next`` does."""
    refused = refusal(args)
    if refused:
        console.tell(refused)
        return 2
    program, dossier, rulings, calendar, report = inputs(args, later=True)

    def progress(what: str, done: int, of: int) -> None:
        words = _DOING[what][args.lang == "en"]
        width = 30 * done // max(1, of)
        console.passing(fitted(f"{words}  {'█' * width}{'░' * (30 - width)}  {done}/{of}", console.columns - 1))

    found = what_next(
        program,
        dossier,
        args.as_of,
        to=args.until,
        readings=dict(args.reading),
        rulings=rulings,
        calendar=calendar,
        only=args.only,
        progress=progress,
    )
    console.passing("")
    console.tell(render(report.sorted_findings(), args.lang, console.error_color))
    if args.json:
        console.write_utf8(found.to_json() + "\n")
        return 0
    page = AheadPage(program.policy, dossier, args.lang, args.all).page(found)
    console.write(to_markdown(page) if args.markdown else to_terminal(page, console.columns, console.color))
    return 0
