"""Text as it is compared: width, spaces, line breaks and markdown do not matter, and every place can be found again."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import Final

_DROPPED: Final = frozenset("*#|")


@dataclass(frozen=True, slots=True)
class Folded:
    """``text`` without what does not matter; ``places[i]`` is where its character ``i`` stands in the original."""

    text: str
    places: tuple[int, ...] = field(repr=False)

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that ``text[start:end]`` came from."""
        if start >= end:
            at = self.places[start] if start < len(self.places) else (self.places[-1] + 1 if self.places else 0)
            return at, at
        return self.places[start], self.places[end - 1] + 1


def folded(text: str) -> Folded:
    """Fold a text: NFKC, then without spaces, line breaks and the signs of markdown."""
    kept: list[str] = []
    places: list[int] = []
    for place, written in enumerate(text):
        for character in unicodedata.normalize("NFKC", written):
            if not character.isspace() and character not in _DROPPED:
                kept.append(character)
                places.append(place)
    return Folded("".join(kept), tuple(places))


def normal(text: str) -> str:
    """The folded text alone."""
    return folded(text).text
