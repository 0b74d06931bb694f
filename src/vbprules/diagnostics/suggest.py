"""\"Did you mean …\"."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Final

_LONGEST = 60
_MOST = 400
_CLOSE = 0.6
# A slip in one of these is no slip of the finger: 五(二) is another clause than 五(三), rate_70 another rate.
_NUMERALS: Final = frozenset("0123456789〇零一二三四五六七八九十百千万两")
_SHORTEST_WORD: Final = 4
_SHORTEST_CHINESE: Final = 3


class Sure(str):
    """A suggestion that can only be what was meant: one slip away, and nothing else is."""

    __slots__ = ()


def suggest(name: str, candidates: Iterable[str]) -> str:
    """The candidate nearest to a mistyped name, or an empty text. Deterministic; long names get none."""
    if not name or len(name) > _LONGEST:
        return ""
    wanted = _plain(name)
    near = sorted({c for c in candidates if c and c != name and len(c) <= 2 * len(name) + 4}, key=lambda c: (len(c), c))
    near.sort(key=lambda c: abs(len(c) - len(name)))
    near = near[:_MOST]
    alike = [one for one in near if _plain(one) == wanted]
    if alike:
        return Sure(alike[0]) if len(alike) == 1 else alike[0]
    best, best_score = "", (-3, _CLOSE)
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted)
    for candidate in near:
        other = _plain(candidate)
        matcher.set_seq1(other)
        if matcher.real_quick_ratio() > _CLOSE and matcher.quick_ratio() > _CLOSE:
            score = (-slips(wanted, other), matcher.ratio())
            if score > best_score:
                best, best_score = candidate, score
    return Sure(best) if best and _surely(wanted, best, near) else best


def _surely(wanted: str, best: str, near: Iterable[str]) -> bool:
    meant = _plain(best)
    shortest = _SHORTEST_WORD if wanted.isascii() else _SHORTEST_CHINESE
    if min(len(wanted), len(meant)) < shortest or slips(wanted, meant) != 1:
        return False
    if sorted(filter(_NUMERALS.__contains__, wanted)) != sorted(filter(_NUMERALS.__contains__, meant)):
        return False
    return all(one == best or slips(wanted, _plain(one)) > 1 for one in near)


def slips(a: str, b: str) -> int:
    """How many letters were left out, put in, mistaken or exchanged with their neighbour; 3 stands for more than two.

    The optimal string alignment distance.
    """
    if abs(len(a) - len(b)) > 2:
        return 3
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        older, before = before, row
        row = [i]
        for j, y in enumerate(b, 1):
            least = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                least = min(least, older[j - 2] + 1)
            row.append(least)
    return min(row[-1], 3)


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().replace("-", "_").replace(" ", "_")
