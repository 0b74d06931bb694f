"""What the text says of the document itself: candidates for its title, number, issuers and day of issue."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from vbprules.drafting.lines import Line, joined
from vbprules.fidelity.phrases import read_figures
from vbprules.values.figures import DATE, show_date

_NUMBER: Final = re.compile(r"[（(]?([一-鿿]{2,12}〔[0-9]{4}〕[0-9]{1,5}号)[）)]?")
_KINDS: Final = "方案|办法|细则|规定|意见|措施|通知|规则|通告|公告"
_TITLE: Final = re.compile(rf"印发《?([^《》。，]{{6,70}}?(?:{_KINDS})(?:（试行）)?)》?的通知(?!》)")
_CITED: Final = re.compile(r"[一-鿿]{2,12}〔[0-9]{4}〕[0-9]{1,5}号")
_BODY: Final = re.compile(r"[一-鿿]{2,20}(?:局|委员会|厅|政府|办公室|办公厅|中心|部|委)")


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the text has for an entry of ``document``, and on which line of the file."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Cover:
    """Candidates only; which is right, a person says."""

    titles: tuple[Candidate, ...]
    numbers: tuple[Candidate, ...]
    issuers: tuple[Candidate, ...]
    days: tuple[Candidate, ...]


def cover_of(lines: Sequence[Line], clauses: int) -> Cover:
    """Read the lines before the first clause (``clauses`` of them), and days on which a last line says 印发."""
    head, rest = lines[:clauses], [line for line in lines[clauses:] if line.text.endswith("印发")]
    whole = joined(head)
    titles = [Candidate(match.group(1), _line_at(head, match.start(1))) for match in _TITLE.finditer(whole)]
    numbers = [Candidate(m.group(1), line.number) for line in head if (m := _NUMBER.fullmatch(line.text))]
    numbers += [Candidate(m.group(), _line_at(head, m.start())) for m in _CITED.finditer(whole)]
    issuers = [Candidate(name, line.number) for line in head for name in _names(line)]
    days = [Candidate(day, line.number) for line in (*head, *rest) for day in _days(line)]
    return Cover(_once(titles), _once(numbers), _once(issuers), _once(days))


def _names(line: Line) -> Iterable[str]:
    """Authorities alone on a line, several side by side."""
    if line.text.endswith("文件"):
        return ()
    parts = line.cells[0].split()
    return parts if all(_BODY.fullmatch(part) for part in parts) else ()


def _days(line: Line) -> Iterable[str]:
    """Single days on a line that has little else."""
    if len(line.text) > 40:
        return ()
    days = (figure for figure in read_figures(line.text) if figure.unit == DATE and figure.value == figure.high)
    return [show_date(int(figure.value)) for figure in days]


def _line_at(lines: Sequence[Line], place: int) -> int:
    for line in lines:
        if place < len(line.text):
            return line.number
        place -= len(line.text)
    return lines[-1].number


def _once(found: Iterable[Candidate]) -> tuple[Candidate, ...]:
    first: dict[str, Candidate] = {}
    for candidate in found:
        first.setdefault(candidate.text, candidate)
    return tuple(first.values())
