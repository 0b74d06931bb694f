"""``vbprules explain``: why one outcome of a case is what it is, and why it is not otherwise."""

from __future__ import annotations

from datetime import date

from vbprules import catalog
from vbprules.cli.inputs import inputs, refusal
from vbprules.cli.output import Console
from vbprules.cli.parser import Namespace
from vbprules.diagnostics import render
from vbprules.explaining import explain_each
from vbprules.facts.statements import statements_of
from vbprules.law import as_of_day
from vbprules.printing.explanation_graph import explanation_dot, explanation_mermaid
from vbprules.printing.explanation_json import explanations_json
from vbprules.printing.explanation_text import explanation_markdown, explanation_text
from vbprules.printing.subjects import Subjects


def run(args: Namespace, console: Console) -> int:
    """Decide the case and print the proof of one outcome, or of every outcome of one provision."""
    refused = refusal(args)
    if refused:
        console.tell(refused)
        return 2
    program, dossier, rulings, calendar, report = inputs(args)
    console.tell(render(report.sorted_findings(), args.lang, console.error_color))
    day, adopted = date.fromordinal(as_of_day(args.as_of, report)), dict(args.reading)
    check = not args.no_second_opinion
    found = explain_each(
        program,
        dossier,
        args.outcome,
        day,
        readings=adopted,
        rulings=rulings,
        calendar=calendar,
        instruments=args.instrument,
        check=check,
    )
    subjects = Subjects(program.policy, statements_of(dossier, program.policy.id, catalog.shipped_policies()))
    options = {name: reading.options for name, reading in program.policy.readings.items()}
    if args.json:
        console.write_utf8(explanations_json(found, subjects) + "\n")
    elif args.graph is not None:
        draw = explanation_mermaid if args.graph == "mermaid" else explanation_dot
        console.write_utf8(draw(found, args.lang, subjects=subjects, readings=options, full=args.all))
    elif args.markdown:
        console.write(explanation_markdown(found, args.lang, subjects=subjects, readings=options, full=args.all))
    else:
        columns, color = console.columns, console.color
        text = explanation_text(
            found, args.lang, subjects=subjects, readings=options, full=args.all, columns=columns, color=color
        )
        console.write(text)
    return 0
