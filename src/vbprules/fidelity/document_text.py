"""The text of a document under the clauses of a policy: where each begins and ends, and where a phrase stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from vbprules.diagnostics import Mark, Source
from vbprules.fidelity.figure import Figure
from vbprules.fidelity.folding import Folded, folded, normal
from vbprules.fidelity.phrases import read_figures
from vbprules.language.ledger import parents
from vbprules.language.policy import Citation, Clause, Policy

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class DocumentText:
    """A text cut into clauses. Spans are of the folded text; ``missing`` are clauses that it does not have in order."""

    source: Source
    fold: Folded = field(repr=False)
    spans: dict[str, Span]
    missing: tuple[Clause, ...]
    figures: tuple[Figure, ...] = field(repr=False)  # with spans of the folded text

    def place(self, cite: Citation) -> Span | None:
        """Where a cited phrase stands under its clause; None where it does not."""
        return self.find(cite.phrase, cite.clause)

    def find(self, phrase: str, clause: str) -> Span | None:
        if clause not in self.spans:
            return None
        start, end = self.spans[clause]
        wanted = normal(phrase)
        at = self.fold.text.find(wanted, start, end)
        return None if at < 0 or not wanted else (at, at + len(wanted))

    def clauses_with(self, phrase: str) -> tuple[str, ...]:
        """The innermost clauses under which a phrase stands."""
        found = [clause for clause in self.spans if self.find(phrase, clause) is not None]
        return tuple(clause for clause in found if not any(clause in parents(other) for other in found))

    def figures_of(self, cite: Citation) -> tuple[Figure, ...]:
        """The figures of a phrase as the whole sentence has them; those of the phrase alone where it is not found."""
        alone = read_figures(cite.phrase, quotes_are_names=False)
        place = self.place(cite)
        if place is None:
            return alone
        inside = tuple(f for f in self.figures if place[0] <= f.span[0] and f.span[1] <= place[1])
        return inside if len(inside) == len(alone) else alone

    def innermost(self, span: Span) -> str | None:
        """The clause that a stretch stands under, as far down as the policy lists clauses."""
        found = [clause for clause, (start, end) in self.spans.items() if start <= span[0] < end]
        return next((clause for clause in found if not any(clause in parents(other) for other in found)), None)

    def mark(self, span: Span) -> Mark:
        """The place of a stretch in the text as given."""
        start, end = self.fold.original(*span)
        return Mark(*self.source.position(start), *self.source.position(end))

    def sentence(self, span: Span, most: int = 25) -> str:
        """The words around a stretch, at most so many characters of its sentence."""
        text = self.fold.text
        start, end = span
        while end - start < most:
            grown = (
                start - 1 if start and text[start - 1] not in "。；;\n" else start,
                end + 1 if end < len(text) and text[end] not in "。；;\n" else end,
            )
            if grown == (start, end):
                break
            start = grown[0]
            end = grown[1] if grown[1] - start <= most else end
        first, last = self.fold.original(start, end)
        return "".join(self.source.text[first:last].split())


def document_text(policy: Policy, source: Source) -> DocumentText:
    """Cut a text into the clauses of a policy, each from where it starts to the next that does not lie below it."""
    fold = folded(source.text)
    starts, missing = _starts(policy, fold.text)
    spans = dict(_spans(policy, starts, len(fold.text)))
    return DocumentText(source, fold, spans, missing, read_figures(fold.text))


def _starts(policy: Policy, text: str) -> tuple[dict[str, int], tuple[Clause, ...]]:
    starts: dict[str, int] = {}
    missing: list[Clause] = []
    position = 0
    for clause in policy.clauses:
        found = text.find(normal(clause.starts), position)
        if found < 0:
            missing.append(clause)
        else:
            starts[clause.no] = position = found
    return starts, tuple(missing)


def _spans(policy: Policy, starts: dict[str, int], length: int) -> Iterator[tuple[str, Span]]:
    order = [clause.no for clause in policy.clauses if clause.no in starts]
    for index, clause in enumerate(order):
        after = (starts[later] for later in order[index + 1 :] if clause not in parents(later))
        yield clause, (starts[clause], next(after, length))
