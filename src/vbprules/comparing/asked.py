"""What an analyst asks for, found in titles, matters, steps and lists: by the words' own parts, in either language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from vbprules.comparing.model import Part
from vbprules.diagnostics import suggest
from vbprules.language.vocabulary import MATTERS

_WORDS: Final = re.compile(r"[a-z0-9_]+|[\u3400-\u9fff]+")
_STEM: Final = 5  # letters that two English forms of a word share
_SHORT: Final = frozenset({"the", "of", "and", "or", "a", "an", "by", "to", "for", "in", "is"})


def is_about(part: Part, asked: str) -> bool:
    """A norm is about what is asked: by its matter (id or label), or every word of the question in one of its texts."""
    texts = [f"{part.title.zh} {part.title.en}", *part.phrases]
    texts += [f"{name} {MATTERS[name][0]} {MATTERS[name][1]}" for name in part.matters if name in MATTERS]
    texts += [f"{text.zh} {text.en}" for facet in part.facets if facet.kind == "list" for text in facet.texts]
    return asked in part.matters or asked == part.id or any(matches(asked, text) for text in texts)


def matches(asked: str, text: str) -> bool:
    """Every word of the question stands in the text. A Chinese word may be spread: 暂停结算 in 暂停医保月结算."""
    words = [word for word in _WORDS.findall(asked.lower()) if word not in _SHORT]
    low = text.lower()
    return bool(words) and all(_spread(w, low) if w[0] > "\u3000" else _english(w, low) for w in words)


def nearest(asked: str) -> str | None:
    """The matter that is written most like what was asked for."""
    return suggest(asked, [*MATTERS, *(label for labels in MATTERS.values() for label in labels)])


def _spread(word: str, text: str) -> bool:
    """The word, or its pieces of two characters and more in their order."""
    if word in text:
        return True
    for length in range(len(word) - 2, 1, -1):
        at = text.find(word[:length])
        if at >= 0 and _spread(word[length:], text[at + length :]):
            return True
    return False


def _english(word: str, text: str) -> bool:
    found: Iterable[str] = re.findall(r"[a-z0-9_]+", text)
    stem = word[: max(_STEM, len(word) - 3)] if len(word) > _STEM else word
    return any(other == word or (len(word) > 3 and other.startswith(stem)) for other in found)
