"""The documents that an editor has open: each with its newest text, and the last of its texts that was understood."""

from __future__ import annotations

from dataclasses import dataclass, field

from vbprules.diagnostics import Finding, Source
from vbprules.reading import Mark
from vbprules.serving.lines import Lines, compared
from vbprules.serving.places import Place
from vbprules.serving.understood import Examined, Understood


@dataclass(slots=True)
class Document:
    """One open document. A request is answered from what was understood, where its line is still the same."""

    source: Source
    version: int
    examined: Examined | None = None  # of the newest text
    understood: Understood | None = None  # of the newest text that is a tree
    proved: tuple[Finding, ...] = ()  # of the text of ``proved_of``
    proved_of: Source | None = None
    _lines: tuple[Source, Source, Lines] | None = field(default=None, repr=False)

    def edit(self, text: str, version: int) -> None:
        self.source, self.version, self.examined = Source(self.source.name, text), version, None

    def take(self, source: Source, found: Examined) -> None:
        """What was found of a text; of one that is no longer the newest only what it means is kept."""
        self.understood = found.understood or self.understood
        if self.source is source:
            self.examined = found

    def give_up(self, source: Source) -> None:
        """Nothing can be said of a text; nobody waits for it any longer."""
        if self.source is source and self.examined is None:
            self.examined = Examined(source, None, (), False)

    def unproved(self) -> Understood | None:
        """What its conditions can be together is still to be asked of the newest text, where that compiles."""
        found = self.examined
        known = found.understood if found is not None and found.compiles else None
        return None if known is None or known.source is self.proved_of else known

    def prove(self, known: Understood, found: tuple[Finding, ...]) -> None:
        """What the conditions of a text can be together."""
        self.proved, self.proved_of = found, known.source

    def then(self, place: Place) -> Place | None:
        """Where a place of the newest text stood in the one that was understood."""
        if self.understood is None:
            return None
        line = self._moves(self.understood.source).then(place[0])
        return None if line is None else (line, place[1])

    def now(self, mark: Mark) -> Mark | None:
        """Where a stretch of the text that was understood stands in the newest one."""
        return None if self.understood is None else self._moved(self.understood.source, mark)

    def span(self, mark: Mark) -> Mark | None:
        """As ``now``; what lies between may be new."""
        if self.understood is None:
            return None
        moves = self._moves(self.understood.source)
        line, end = moves.now(mark.line), moves.now(mark.end_line)
        return None if line is None or end is None else Mark(line, mark.column, end, mark.end_column)

    def findings(self) -> tuple[Finding, ...]:
        """What is said of the newest text; of its conditions what was last proved, on lines that are the same."""
        said = self.examined.findings if self.examined is not None else ()
        if self.proved_of is None or self.examined is None or not self.examined.compiles:
            return said
        kept = []
        for finding in self.proved:
            mark = finding.mark and self._moved(self.proved_of, finding.mark)
            if mark is not None:
                kept.append(finding.moved(self.source, mark))
        return (*said, *kept)

    def _moved(self, old: Source, mark: Mark) -> Mark | None:
        moves = self._moves(old)
        line, end = moves.now(mark.line), moves.now(mark.end_line)
        if line is None or end is None or end - line != mark.end_line - mark.line:
            return None
        return Mark(line, mark.column, end, mark.end_column)

    def _moves(self, old: Source) -> Lines:
        if self._lines is None or self._lines[0] is not old or self._lines[1] is not self.source:
            self._lines = (old, self.source, compared(old, self.source))
        return self._lines[2]
