"""The keys of a policy file, mapping by mapping: one table for the parser and for the schema that editors use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from vbprules.language import policy as p

TOP: Final = (
    "language",
    "policy",
    "document",
    "instruments",
    "parties",
    "readings",
    "questions",
    "lists",
    "terms",
    "quantities",
    "clauses",
    "left_out",
    "not_in_text",
    "provisions",
    "tasks",
)
DOCUMENT: Final = (
    "title",
    "en",
    "number",
    "issued",
    "issuer",
    "region",
    "rank",
    "in_force",
    "known_from",
    "abridged",
    "forwarded_by",
    "precedence",
    "conventions",
)
# The other mappings of which the language fixes the keys, by the section in which they stand.
SECTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "in_force": ("from", "until"),
    "conventions": ("first_day",),
    "precedence": ("yields_to", "displaces", "rank", "region", "dated", "when", "en", "cite"),
    "instruments": ("number", "title", "en"),
    "parties": ("label", "en", "is", "cite"),
    "readings": ("asks", "en", "cite", "options", "preferred"),
    "questions": ("asks", "en", "cite", "by", "per"),
    "lists": ("closed", "open", "cite", "labels"),
    "terms": ("label", "en", "per", "is", "cite"),
    "quantities": ("label", "en", "per", "is", "cite"),
    "clauses": ("no", "starts", "text", "en", "not_encoded"),
    "left_out": ("cite", "why"),
    "not_in_text": ("figure", "why", "en"),
    "tasks": ("no", "does", "en", "cite", "lead", "support", "due", "silent", "note", "note_en"),
    "except": ("when", "cite", "instead"),
    "instead": ("set_by",),
}
# What must stand in each mapping.
REQUIRED: Final[Mapping[str, tuple[str, ...]]] = {
    "policy": ("language", "policy", "document", "clauses", "provisions"),
    "document": ("title", "number", "issued", "in_force"),
    "precedence": ("cite",),
    "parties": ("label",),
    "readings": ("asks", "cite", "options"),
    "questions": ("asks", "cite", "by"),
    "lists": ("cite",),
    "terms": ("label", "is"),
    "quantities": ("label", "is"),
    "clauses": ("no", "text"),
    "left_out": ("cite", "why"),
    "not_in_text": ("figure", "why"),
    "tasks": ("no", "does", "cite", "lead"),
    "except": ("when", "cite"),
}

# Provisions: the keys of all, and beside them those of each modality.
COMMON: Final = (
    "en",
    "cite",
    "by",
    "toward",
    "for_each",
    "when",
    "hedge",
    "except",
    "silent",
    "note",
    "note_en",
    "matter",
    "governed_by",
)
OF_MODALITY: Final[Mapping[str, tuple[str, ...]]] = {
    p.OBLIGATION: ("due", "not_before", "done", "requires", "forbids", "amount", "sanctioned_by"),
    p.PROHIBITION: ("requires", "forbids", "sanctioned_by"),
    p.PERMISSION: ("from", "until"),
    p.ENTITLEMENT: ("amount", "due", "not_before", "received", "sanctioned_by"),
    p.SANCTION: ("from", "until", "once", "takes_effect", "steps", "choose", "fields", "amount"),
    p.PRICE: ("standard",),
    p.DEFINITION: ("value",),
}
# Given, or written as silent. One of ``JUDGED_AT_ONCE`` stands for ``due``, ``once`` for ``until``.
EXPECTED: Final[Mapping[str, tuple[str, ...]]] = {
    p.OBLIGATION: ("due",),
    p.ENTITLEMENT: ("amount", "due"),
    p.SANCTION: ("from", "until"),
    p.PRICE: ("standard",),
    p.DEFINITION: ("value",),
}
JUDGED_AT_ONCE: Final = ("requires", "forbids", "done")
WITHOUT_BEARER: Final = (p.PRICE, p.DEFINITION)
STEP: Final = (
    "does",
    "en",
    "cite",
    "toward",
    "by",
    "from",
    "until",
    "once",
    "silent",
    "hedge",
    "fields",
    "choose",
    "takes_effect",
    "note",
    "note_en",
    "amount",
    "matter",
)
# A sanction in several steps leaves these to its steps.
LEFT_TO_STEPS: Final = ("from", "until", "once", "silent", "amount")
CONDITIONS: Final = ("when", "requires", "forbids")
DAYS: Final = ("due", "not_before", "done", "from", "until")
GOVERNED: Final = ("governed_by",)
BOUNDED: Final = ("amount", "value")
FIGURES: Final = ("received", "standard")

# Words from which one is chosen.
RANKS: Final = ("national", "province", "city", "district")
KNOWN_FROM: Final = ("text", "secondary")
DATED: Final = ("earlier", "later")
TAKES_EFFECT: Final = ("when_imposed", "by_itself")
CHOOSE: Final = ("all", "any", "in_order")
FIRST_DAY: Final = ("next_day", "same_day")
YES: Final[Mapping[str, bool]] = {"yes": True, "no": False, "true": True, "false": False, "是": True, "否": False}

LONGEST_PHRASE: Final = 25
CITATION: Final = "\\s*([^“”\\s]{1,30})\\s*“([^“”]+)”\\s*"
