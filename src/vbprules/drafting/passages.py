"""The sentences of a clause that carry a figure, a deadline or a word of a norm, each with a phrase to cite."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from vbprules.drafting.words import norm_words, on_force
from vbprules.fidelity.phrases import read_figures
from vbprules.language.keys import LONGEST_PHRASE
from vbprules.language.words import WORDS

_SENTENCE: Final = re.compile(r"[^。；;！？]+[。；;！？]?")
_STOP: Final = re.compile(r"[，,：:。；;“”！？]")
_NUMBER: Final = re.compile(r"[0-9０-９.．〇零一二三四五六七八九十百千万]+")
_LEAD: Final = 14  # characters before a figure that its phrase should show
_EDGE: Final = "，,、。；;：:（）()"


@dataclass(frozen=True, slots=True)
class Passage:
    """A phrase of at most 25 characters, the figure in it (as written, with its bound), the words of norms in it."""

    phrase: str
    figure: str
    words: tuple[str, ...]
    force: bool  # its sentence seems to say when the document is in force


def passages(text: str) -> Iterator[Passage]:
    """Where a person has to look in a clause: a passage for each figure, then for each word that none of them shows."""
    for match in _SENTENCE.finditer(text):
        yield from _of_sentence(match.group())


def _of_sentence(sentence: str) -> Iterator[Passage]:
    """The passages of one sentence, in its order."""
    words, force = norm_words(sentence), on_force(sentence)
    shown: list[tuple[int, int, str]] = []
    for figure in read_figures(sentence):
        bound = f"（{WORDS[figure.comparator]}）" if figure.comparator else ""
        shown.append((*around(sentence, *figure.span), figure.text + bound))
    for word, at in words:
        if not any(first <= at < last for first, last, _ in shown):
            shown.append((*around(sentence, at, at + len(word)), ""))
    if force and not shown:
        shown.append((*around(sentence, 0, 1), ""))
    for first, last, figure_text in sorted(shown):
        within = tuple(dict.fromkeys(word for word, at in words if first <= at < last))
        yield Passage(sentence[first:last], figure_text, within, force)


def around(sentence: str, start: int, end: int) -> tuple[int, int]:
    """The part of a sentence around a stretch: 25 characters at most, no quotation marks, no number cut in two."""
    stops = [match.start() for match in _STOP.finditer(sentence) if not start <= match.start() < end]
    first = max((at + 1 for at in stops if at < start), default=0)
    last = min((at for at in stops if at >= end), default=len(sentence))
    if last - first > LONGEST_PHRASE:
        first = max(first, min(start - _LEAD, last - LONGEST_PHRASE), end - LONGEST_PHRASE)
        last = min(last, first + LONGEST_PHRASE)
        for match in _NUMBER.finditer(sentence):
            if match.start() < first < match.end() <= start:
                first = match.end()
            elif end <= match.start() < last < match.end():
                last = match.start()
    while first < start and sentence[first] in _EDGE:
        first += 1
    while last > end and sentence[last - 1] in _EDGE:
        last -= 1
    return first, min(last, first + LONGEST_PHRASE)
