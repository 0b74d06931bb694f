"""The clause ledger: every clause once, in order, with what became of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from vbprules.diagnostics import Report, suggest
from vbprules.language.policy import Citation, Policy

_PARTS: Final = re.compile(r"\([^()]+\)|\d+|[^()\d]+")


def parents(clause: str) -> Iterator[str]:
    """``五(三)1`` → ``五(三)``, ``五``."""
    parts = _PARTS.findall(clause)
    for length in range(len(parts) - 1, 0, -1):
        yield "".join(parts[:length])


def citations(policy: Policy) -> Iterable[tuple[str, Citation]]:
    """Every citation of the policy with the id of what cites it."""
    for provision in policy.provisions.values():
        for cite in provision.cites:
            yield provision.id, cite
        for exemption in provision.exemptions:
            for cite in exemption.cites:
                yield provision.id, cite
    for group in (policy.parties, policy.readings, policy.questions, policy.lists, policy.terms, policy.quantities):
        for item in group.values():
            for cite in item.cites:
                yield item.id, cite
    for precedence in policy.document.precedence:
        for cite in precedence.cites:
            yield "precedence", cite
    for cite in policy.document.abridged:
        yield "abridged", cite
    for cite, _ in policy.left_out:
        yield "left_out", cite


def encoded_by(policy: Policy) -> dict[str, tuple[str, ...]]:
    """For each clause the provisions that cite it, in the order of the file."""
    found: dict[str, list[str]] = {clause.no: [] for clause in policy.clauses}
    for provision in policy.provisions.values():
        for cite in provision.cites:
            if provision.id not in found.setdefault(cite.clause, []):
                found[cite.clause].append(provision.id)
    return {clause: tuple(ids) for clause, ids in found.items()}


def check_ledger(policy: Policy, report: Report) -> None:
    """Outline − cited − not encoded = ∅, and nothing is both cited and not encoded."""
    known = {clause.no for clause in policy.clauses}
    seen: set[str] = set()
    for clause in policy.clauses:
        if clause.no in seen:
            report.error("repeated_id", clause.mark, value=clause.no)
        seen.add(clause.no)
    cited: set[str] = set()
    covered: set[str] = set()
    for _, cite in citations(policy):
        if cite.clause not in known:
            report.error("unknown_clause", cite.mark, clause=cite.clause, suggestion=suggest(cite.clause, known))
        cited.add(cite.clause)
        covered.update((cite.clause, *parents(cite.clause)))
    for clause in policy.clauses:
        if clause.not_encoded is not None and clause.no in cited:
            report.error("clause_both", clause.mark, clause=clause.no)
        elif clause.not_encoded is None and clause.no not in covered:
            report.error("clause_not_covered", clause.mark, clause=clause.no)
