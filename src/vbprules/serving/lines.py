"""Which lines of the text that was understood are still lines of the text at hand."""

from __future__ import annotations

from dataclasses import dataclass

from vbprules.diagnostics import Source


@dataclass(frozen=True, slots=True)
class Lines:
    """The first ``head`` and the last ``tail`` lines are the same in both; what lies between is new or gone."""

    head: int
    tail: int
    old: int
    new: int

    def then(self, line: int) -> int | None:
        """The line of the text that was understood, for one at hand; None where it did not stand there."""
        return _moved(line, self.new, self.old, self.head, self.tail)

    def now(self, line: int) -> int | None:
        """The line at hand for one of the text that was understood; None where it is gone."""
        return _moved(line, self.old, self.new, self.head, self.tail)


def compared(old: Source, new: Source) -> Lines:
    """How far two texts agree, from the front and from the back. Lines count from 1."""
    before, after = _lines(old), _lines(new)
    shorter = min(len(before), len(after))
    head = next((n for n in range(shorter) if before[n] != after[n]), shorter)
    rest = shorter - head
    tail = next((n for n in range(rest) if before[-1 - n] != after[-1 - n]), rest)
    return Lines(head, tail, len(before), len(after))


def _lines(source: Source) -> list[str]:
    count, _ = source.position(len(source.text))
    return [source.line(number) for number in range(1, count + 1)]


def _moved(line: int, here: int, there: int, head: int, tail: int) -> int | None:
    if line <= head:
        return line
    return line - here + there if line > here - tail else None
