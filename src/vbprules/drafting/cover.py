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
_NOTICE: Final = re.compile(rf"关于(?!印发)[^《》。，：]{{4,70}}?的(?:{_KINDS})")
_DIGIT: Final = "[0-9０-９〇零一二三四五六七八九十]"
_SIGNED: Final = re.compile(rf"{_DIGIT}{{4}}年{_DIGIT}{{1,3}}月{_DIGIT}{{1,3}}日")
_CITED: Final = re.compile(r"[一-鿿]{2,12}〔[0-9]{4}〕[0-9]{1,5}号")
_BODY: Final = re.compile(r"[一-鿿]{2,20}(?:局|委员会|厅|政府|办公室|办公厅|中心|部|委)")

_TAIL: Final = 8  # lines at the end among which a signature is looked for


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
    """Read the lines before the first clause (``clauses`` of them), and at the end who signs, when, and 印发 lines."""
    head, rest = lines[:clauses], lines[clauses:]
    whole = joined(head)
    titles = [Candidate(match.group(1), _line_at(head, match.start(1))) for match in _TITLE.finditer(whole)]
    titles = titles or _notice(head)
    numbers = [Candidate(m.group(1), line.number) for line in head if (m := _NUMBER.fullmatch(line.text))]
    alone = tuple(number.text for number in numbers)  # the end of a title must not be read as their beginning
    cited = (match for match in _CITED.finditer(whole) if not match.group().endswith(alone))
    numbers += [Candidate(match.group(), _line_at(head, match.start())) for match in cited]
    signed = [at for at in range(max(len(rest) - _TAIL, 0), len(rest)) if _SIGNED.fullmatch(rest[at].text)]
    signers = [rest[at - 1] for at in signed if at]
    issuers = [Candidate(name, line.number) for line in (*head, *signers) for name in _names(line)]
    dated = [*head, *(rest[at] for at in signed), *(line for line in rest if line.text.endswith("印发"))]
    days = [Candidate(day, line.number) for line in dated for day in _days(line)]
    return Cover(_once(titles), _once(numbers), _once(issuers), _once(days))


def _notice(head: Sequence[Line]) -> list[Candidate]:
    """The title of a notice that is itself the document: 关于…的通知, before its number or the first full stop."""
    for at, line in enumerate(head):
        if line.text.endswith(("。", "：")):
            head = head[:at]
            break
    whole = joined(line for line in head if not _NUMBER.fullmatch(line.text))
    match = _NOTICE.search(whole)
    return [Candidate(whole[: match.end()], head[0].number)] if match else []


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
