"""``vbprules evaluate``: one institution's case under one policy."""

from __future__ import annotations

from datetime import date

from vbprules import catalog
from vbprules.cli.inputs import inputs, refusal
from vbprules.cli.output import Console
from vbprules.cli.parser import Namespace
from vbprules.diagnostics import render
from vbprules.evaluation import evaluate
from vbprules.facts.statements import statements_of
from vbprules.law import as_of_day
from vbprules.printing.decision_text import decision_markdown, decision_text
from vbprules.printing.subjects import Subjects


def run(args: Namespace, console: Console) -> int:
    """Decide and print. Raises InputError with everything that is wrong with the inputs, all at once."""
    refused = refusal(args)
    if refused:
        console.tell(refused)
        return 2
    program, dossier, rulings, calendar, report = inputs(args)
    console.tell(render(report.sorted_findings(), args.lang, console.error_color))
    decision = evaluate(
        program,
        dossier,
        date.fromordinal(as_of_day(args.as_of, report)),
        readings=dict(args.reading),
        rulings=rulings,
        calendar=calendar,
        instruments=args.instrument,
        check=not args.no_second_opinion,
        explain=not args.quiet_reasons,
    )
    own = statements_of(dossier, program.policy.id, catalog.shipped_policies())
    subjects, reasons = Subjects(program.policy, own), not args.quiet_reasons
    if args.json:
        console.write_utf8(decision.to_json() + "\n")
    elif args.markdown:
        console.write(decision_markdown(decision, args.lang, subjects=subjects, full=args.all, reasons=reasons))
    else:
        columns, color = console.columns, console.color
        text = decision_text(
            decision, args.lang, subjects=subjects, full=args.all, reasons=reasons, columns=columns, color=color
        )
        console.write(text)
    return 0
