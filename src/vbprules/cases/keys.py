"""What may stand in a case file: its keys, and the words of each expectation. Every reader takes them from here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from vbprules.decision.words import CHOICES as CHOOSE
from vbprules.decision.words import MODALITIES, MODES, STANDINGS, STATES
from vbprules.language.vocabulary import HEDGES

TOP: Final = ("policy", "note", "fixtures", "expect_nothing_of", "equivalent", "unreachable", "cases")
BLOCKS: Final = ("timeline", "explain", "next", "what_if", "together")  # beside single outcomes, see cases.blocks.table
CASE: Final = (
    "case", "as_of", "use", "facts", "readings", "calendar", "instruments", "expect", "must_not", *BLOCKS, "variants",
    "note",
)  # fmt: skip
TABLE: Final = ("set", "rows")
ROW: Final = ("values", "case", "as_of", "readings", "expect")
EQUIVALENT: Final = ("at", "becomes", "why")
UNREACHABLE: Final = ("at", "point", "why")
# What must stand in each mapping.
REQUIRED: Final[Mapping[str, tuple[str, ...]]] = {
    "file": ("policy", "cases"),
    "case": ("case", "as_of"),
    "variants": ("rows",),
    "equivalent": EQUIVALENT,
    "unreachable": UNREACHABLE,
}

ABSENT: Final = "absent"
NOT_APPLICABLE: Final = "not_applicable"
NONE: Final = "none"

DATES: Final = ("due", "not_before", "from", "until", "done", "breached_on")
FIGURES: Final = (
    "amount",
    "due",
    "not_before",
    "from",
    "until",
    "standard",
    "base",
    "excess",
    "value",
    "done",
    "breached_on",
    "received",
    "early",
)
SETS: Final = ("clause", "by", "toward", "fields")  # just these
PARTS: Final = ("needs", "reason")  # each of these, and perhaps more
BY_READING: Final = ("state", "triggered", *FIGURES)  # one value, or one per reading
WORDED: Final = ("state", "standing", "triggered", "mode", "modality", "hedge", "choose")  # a word of a closed set
EXPECTED: Final = (*WORDED, *SETS, *PARTS, *FIGURES)
OUTSIDE: Final = ("state", "clause", "reason")  # what can be said of a provision that does not apply

CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "state": tuple(STATES),
    "standing": tuple(STANDINGS),
    "triggered": ("yes", "no", "open"),
    "mode": tuple(MODES),
    "modality": tuple(MODALITIES),
    "hedge": (*HEDGES, NONE),
    "choose": tuple(CHOOSE),
}
