"""What may stand in the blocks of a case: their keys, and the closed words with their Chinese forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from vbprules.cases.keys import ABSENT, FIGURES, NONE
from vbprules.cases.words import ABSENT_ZH, NONE_ZH
from vbprules.decision.words import TRUTHS
from vbprules.timelines.run import SHOWN

TIMELINE: Final = ("from", "to", "changes")
CHANGE: Final = ("day", "state", *SHOWN, "cause", "clause")
STEP: Final = ("says", "value", "threshold", "margin", "truth", "record")
EXPLAINED: Final = ("decided_by", "missing")
NEXT: Final = ("to", "steps", "questions")
STEP_AHEAD: Final = ("kind", "add", "through", "day", "state", "becomes", "clause")
WHAT_IF: Final = ("set", "facts", "readings", "figures", "as_of", "policy", "changes", "only", "corrections")
SUPPOSED: Final = ("set", "facts", "readings", "figures", "as_of", "policy")  # at least one of them is supposed
CHANGED: Final = ("state", "triggered", *FIGURES)
TOGETHER: Final = ("with", "readings", "precedence", "overlaps", "conflicts", "gaps", "silent", "expect")
RELATION: Final = ("sides", "ranking", "prevails", "claims")
CLAIM: Final = ("policy", "relation", "applies", "clause", "reason")
OVERLAP: Final = ("sides", "matter", "unlike", "compared", "silent")
CONFLICT: Final = ("sides", "clash", "attribute", "values", "standing")
GAP: Final = ("matter", "attribute", "sets", "silent")
COMPARED: Final = ("amount", "due", "not_before", "from", "until", "standard", "value")
# What must stand in each mapping.
REQUIRED: Final[Mapping[str, tuple[str, ...]]] = {
    "timeline": ("from", "changes"),
    "change": ("day",),
    "together": ("with",),
    "overlap": ("sides",),
    "conflict": ("sides",),
}

APPEARED: Final = "appeared"
DISAPPEARED: Final = "disappeared"
UNCHANGED: Final = "unchanged"

Words = Mapping[str, tuple[str, str]]  # Chinese and English of each code

TRUTH: Final[Words] = {code: TRUTHS[code] for code in ("yes", "no", "open", "by_reading")}
YES: Final[Words] = {code: TRUTHS[code] for code in ("yes", "no")}
NOTHING: Final[Words] = {NONE: (NONE_ZH, "none")}
KIND: Final[Words] = {
    "prevent": ("避免", "it does not come"),
    "cure": ("补救", "it ends"),
    "earn": ("取得", "it arises"),
    "allow": ("上限", "so much would be too much"),
}
WHOLE: Final[Words] = {  # what may be said of a whole outcome that is compared
    APPEARED: ("新出现", "it was not there before"),
    DISAPPEARED: ("不再有", "it is no longer there"),
    UNCHANGED: ("不变", "nothing of it changes"),
}
NOT_THERE: Final[Words] = {ABSENT: (ABSENT_ZH, "absent")}
RANKING: Final[Words] = {
    "ranked": ("已排定", "one goes before the other"),
    "unranked": ("未排定", "no clause ranks them"),
    "open": ("待定", "not known"),
    "contradictory": ("互相矛盾", "each clause says otherwise"),
}
RELATIONS: Final[Words] = {"yields_to": ("让位于", "yields to"), "displaces": ("取代", "displaces")}
REACHES: Final[Words] = {code: TRUTHS[code] for code in ("yes", "no", "open")}
UNLIKE: Final[Words] = {
    "modality": ("种类", "another kind of norm"),
    "bearer": ("承担者", "another bearer"),
    "entity": ("对象", "judged for other rows"),
    NONE: (NONE_ZH, "alike"),
}
VERDICT: Final[Words] = {
    "same": ("相同", "the same"),
    "different": ("不同", "different"),
    "disjoint": ("不能并存", "no figure meets both"),
    "by_reading": ("视解读而定", "by reading"),
    "unknown": ("未定", "not known"),
}
CONFLICT_KIND: Final[Words] = {
    "figures": ("两个数", "two figures"),
    "disjoint": ("两个数不能并存", "no figure meets both"),
    "days": ("日期先后矛盾", "the last day of one lies before the first day of the other"),
    "permitted_and_prohibited": ("许可与禁止", "one permits what the other prohibits"),
    "required_and_prohibited": ("要求与禁止", "one requires what the other prohibits"),
}
BINDING: Final[Words] = {"settled": ("已定", "settled"), "by_reading": ("视解读而定", "by reading")}


def forms(words: Words) -> Mapping[str, tuple[str, ...]]:
    """The Chinese forms of closed words, as trees are changed by them."""
    return {code: (zh,) for code, (zh, _) in words.items()}
