"""A policy against the text of its document: every clause, every phrase, every figure."""

from __future__ import annotations

from collections.abc import Iterable

from vbprules.diagnostics import Report, Source
from vbprules.fidelity.compare import Comparison, compare_figures
from vbprules.fidelity.document_text import DocumentText, Span, document_text
from vbprules.fidelity.likeness import alike
from vbprules.language.ledger import citations, parents
from vbprules.language.policy import Policy
from vbprules.program.ir import Program
from vbprules.values.figures import DATE


def check_source(program: Program, source: Source, report: Report) -> None:
    """Report what the text does not have of the policy, and the figures of the text that the policy does not have.

    The report's current source is the policy file. Figures are compared as the whole sentence has them, so that a
    phrase cut short keeps the word that bounds its figure. Figures of the text that are not encoded are hints, each at
    its place in the text.
    """
    policy = program.policy
    text = document_text(policy, source)
    for clause in text.missing:
        report.error("clause_not_in_text", clause.mark, clause=clause.no, starts=clause.starts)
    placed = _check_phrases(policy, text, report)
    comparison = compare_figures(program, report, text.figures_of)
    for figure in comparison.figures:
        encoded = figure.first
        stated = encoded.address.startswith("document.") and encoded.unit == DATE
        if stated and not any(alike(encoded, written) for written in text.figures):
            report.warning("date_not_in_text", encoded, encoded=encoded.text)
    if text.missing:
        return  # the clause of a figure is not known
    with report.source(source):
        _check_figures(policy, text, placed, comparison, report)


def _check_phrases(policy: Policy, text: DocumentText, report: Report) -> tuple[Span, ...]:
    """Where every phrase stands. One that does not stand under its clause is an error; where the clause itself is
    missing that was said already."""
    missing = {clause.no for clause in text.missing}
    placed: list[Span] = []
    for _, cite in citations(policy):
        place = text.place(cite)
        if place is not None:
            placed.append(place)
        elif cite.clause not in missing:
            found = ", ".join(text.clauses_with(cite.phrase))
            report.error("phrase_not_in_text", cite.mark, clause=cite.clause, phrase=cite.phrase, found=found)
    return tuple(placed)


def _check_figures(
    policy: Policy, text: DocumentText, placed: Iterable[Span], comparison: Comparison, report: Report
) -> None:
    placed = tuple(placed)
    disposed = {clause.no for clause in policy.clauses if clause.not_encoded is not None}
    for written in text.figures:
        clause = text.innermost(written.span)
        if clause is None or disposed & {clause, *parents(clause)}:
            continue
        cited = any(start <= written.span[0] and written.span[1] <= end for start, end in placed)
        if not cited and not comparison.carried_in(written, clause) and not comparison.stated_in_head(written):
            report.hint(
                "text_figure_not_encoded",
                text.mark(written.span),
                clause=clause,
                written=written.said,
                sentence=text.sentence(written.span),
            )
