"""\"Did you mean …\"."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

_LONGEST = 60
_MOST = 400
_CLOSE = 0.6


def suggest(name: str, candidates: Iterable[str]) -> str:
    """The candidate nearest to a mistyped name, or an empty text. Deterministic; long names get none."""
    if not name or len(name) > _LONGEST:
        return ""
    wanted = _plain(name)
    best, best_score = "", _CLOSE
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted)
    near = sorted({c for c in candidates if c and c != name and len(c) <= 2 * len(name) + 4}, key=lambda c: (len(c), c))
    near.sort(key=lambda c: abs(len(c) - len(name)))
    for candidate in near[:_MOST]:
        other = _plain(candidate)
        if other == wanted:
            return candidate
        matcher.set_seq1(other)
        if matcher.real_quick_ratio() > best_score and matcher.quick_ratio() > best_score:
            score = matcher.ratio()
            if score > best_score:
                best, best_score = candidate, score
    return best


def _plain(name: str) -> str:
    return name.casefold().replace("-", "_").replace(" ", "_")
