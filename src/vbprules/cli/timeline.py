"""``vbprules timeline``: what changes when, why, and by which clause."""

from __future__ import annotations

from vbprules import catalog
from vbprules.cli.inputs import headings_of_no_tables, root_of
from vbprules.cli.output import Console
from vbprules.cli.parser import Namespace
from vbprules.diagnostics import Report
from vbprules.engine.checks import check_provisions
from vbprules.facts.dossier import dossier_of
from vbprules.printing.subjects import Subjects
from vbprules.printing.terminal import to_terminal
from vbprules.timelines.build import timeline
from vbprules.timelines.page import TimelinePage


def run(args: Namespace, console: Console) -> int:
    """Print every change of state between two days; with ``--all`` every change of anything."""
    refused = headings_of_no_tables(args)
    if refused:
        console.tell(refused)
        return 2
    program = catalog.load(args.policy, pin=args.pin)
    report = Report()
    dossier = dossier_of(root_of(args.dossier, report, args.headings), report)
    report.raise_if_errors()
    check_provisions(args.only, program.policy, report)
    report.raise_if_errors()
    found = timeline(
        program,
        dossier,
        args.first,
        args.last,
        readings=dict(args.reading),
        rulings=args.rulings,
        calendar=args.calendar,
        instruments=args.instrument,
    )
    if args.json:
        console.write_utf8(found.to_json() + "\n")
        return 0
    page = TimelinePage(program.policy, Subjects(program.policy, dossier), args.lang)
    console.write(to_terminal(page.page(found, args.only, args.all), console.columns, console.color))
    return 0
