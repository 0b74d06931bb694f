"""Everything that is found about a policy's logic, and the same as findings of a report."""

from __future__ import annotations

from collections.abc import Iterator

from vbprules.diagnostics.catalogue import CATALOGUE
from vbprules.diagnostics.finding import Finding, Report
from vbprules.diagnostics.place import excerpt_at, shown
from vbprules.logic.duties import contradictions
from vbprules.logic.found import Found
from vbprules.logic.holding import held
from vbprules.logic.jumps import jumps
from vbprules.logic.ladders import steps
from vbprules.logic.readings import readings_without_difference
from vbprules.logic.windows import windows
from vbprules.program.ir import Program


def logic_findings(program: Program) -> Iterator[Found]:
    """What the conditions of a policy cannot be, and what happens at their bounds; each as soon as it is found."""
    yield from held(program)
    yield from steps(program)
    yield from windows(program)
    yield from contradictions(program)
    yield from readings_without_difference(program)
    yield from jumps(program)


def report_logic(program: Program, report: Report) -> None:
    """The same in the report's current source. A witness is kept whole, however long it is."""
    for found in logic_findings(program):
        report.take(_finding(found, report))


def _finding(found: Found, report: Report) -> Finding:
    source = report.current
    mark = found.mark
    excerpt = excerpt_at(source.line(mark.line), mark.column) if source and mark and mark.line >= 1 else ""
    args = {"clauses": ", ".join(dict.fromkeys(found.clauses)), **found.args}
    if found.witness is not None:
        args["witness"] = found.witness.text()
    if found.other_mark is not None and found.other_mark.line >= 1:
        args["other_line"] = str(found.other_mark.line)
    filled = tuple((name, shown(value)) for name, value in args.items())
    return Finding(CATALOGUE[found.name].code, found.severity, source.name if source else "", mark, excerpt, filled)
