"""What a policy cites, as figures: those of its phrases, read where they stand when the text is at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from vbprules.fidelity.figure import Figure
from vbprules.fidelity.phrases import read_figures
from vbprules.language.ledger import parents
from vbprules.language.policy import Citation, Policy

Reader = Callable[[Citation], tuple[Figure, ...]]


class Cited:
    """The figures of citations. ``reader`` gives those of one citation; without it its phrase alone is read."""

    def __init__(self, policy: Policy, reader: Reader | None = None) -> None:
        self._reader = reader or _of_phrase
        self._read: dict[tuple[str, str], tuple[Figure, ...]] = {}
        self._heading = {clause.no: read_figures(clause.starts) for clause in policy.clauses}

    def of(self, cite: Citation) -> tuple[Figure, ...]:
        key = (cite.clause, cite.phrase)
        if key not in self._read:
            self._read[key] = self._reader(cite)
        return self._read[key]

    def all_of(self, cites: Iterable[Citation]) -> tuple[Figure, ...]:
        """The figures of several citations, and of the headings of their clauses and those above."""
        cites = tuple(cites)
        clauses = dict.fromkeys(no for cite in cites for no in (cite.clause, *parents(cite.clause)))
        headings = (figure for no in clauses for figure in self._heading.get(no, ()))
        return (*(figure for cite in cites for figure in self.of(cite)), *headings)


def _of_phrase(cite: Citation) -> tuple[Figure, ...]:
    return _read(cite.phrase)


@lru_cache(maxsize=4096)
def _read(phrase: str) -> tuple[Figure, ...]:
    return read_figures(phrase, quotes_are_names=False)


def related(one: str, other: str) -> bool:
    """Whether two clauses are the same, or one lies below the other."""
    return one == other or one in parents(other) or other in parents(one)
