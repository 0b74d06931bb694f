"""Names of many things in one line: the first of them and how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from vbprules.decision.model import Outcome
from vbprules.printing.entries import View
from vbprules.printing.sorting import grouped

_MOST: Final = 5
_FIRST: Final = 3


def subject_names(view: View, found: Sequence[str]) -> str:
    """The subjects that have a name; of more than a handful, the first and their number."""
    told = [name for name in found if name]
    if len(told) <= _MOST or view.full:
        return view.comma.join(told)
    kept = view.comma.join(told[:_FIRST])
    return view.say(f"{kept} 等 {len(told)} 项", f"{kept} … ({len(told)})")


def titles(view: View, outcomes: Sequence[Outcome], most: int | None = None, clauses: bool = False) -> str:
    """Each norm once, with the number of its subjects: 按期付清 ×48."""
    groups = grouped(outcomes, lambda o: o.provision)
    kept = groups if view.full or most is None or len(groups) <= most else groups[: most - 1]
    told = []
    for same in kept:
        clause = same[0].clauses[0].clause if clauses and same[0].clauses else ""
        count = f" ×{len(same)}" if len(same) > 1 else ""
        told.append(
            same[0].title.lang(view.lang) + (view.say(f"（{clause}）", f" ({clause})") if clause else "") + count
        )
    more = len(groups) - len(kept)
    return view.comma.join(told) + (view.say(f" 等 {len(groups)} 种", f" … ({len(groups)} norms)") if more else "")
