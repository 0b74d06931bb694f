"""A comparison of two decisions. Frozen, typed, and the same bytes for the same input."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pydantic import BaseModel, ConfigDict

from vbprules.decision.model import Attribute, Cited, NeedItem, Receipt, Text

Kind = Literal["appeared", "disappeared", "state", "figure", "standing", "needs", "text"]
KINDS: tuple[Kind, ...] = ("appeared", "disappeared", "state", "figure", "standing", "needs", "text")
Correction = Literal["added_inside", "changed", "removed", "completeness", "answer", "records_differ"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True, slots=True)
class Replaced:
    """A figure of the policy: as the document has it, and what it was taken for."""

    written: str
    taken: str


@dataclass(frozen=True, slots=True)
class Overlay:
    """What the second decision was made with that the first was not. ``facts``: what was merged, by name."""

    facts: str | None = None
    places: dict[str, str] = field(default_factory=dict)
    readings: dict[str, str] = field(default_factory=dict)
    figures: dict[str, Replaced] = field(default_factory=dict)
    as_of: str | None = None
    policy: str | None = None

    @property
    def empty(self) -> bool:
        return not (self.facts or self.places or self.readings or self.figures or self.as_of or self.policy)


@dataclass(frozen=True, slots=True)
class Corrected:
    """Facts that do not add to what was recorded but contradict it: only these can change what was settled.

    ``where`` names the row or entry: ``payments payment1.day``.
    """

    kind: Correction
    where: str
    before: str | None
    after: str | None


class AttributeChange(_Frozen):
    """One attribute of an outcome on both sides: ``state``, ``triggered``, ``amount``, ``due`` …

    ``difference`` is after less before, where both are one figure or day: ``+3 days``, ``-50000.00``, ``+5%``.
    """

    name: str
    unit: str
    before: Attribute | None
    after: Attribute | None
    difference: str | None
    needs_gone: tuple[NeedItem, ...]
    needs_came: tuple[NeedItem, ...]


class OutcomeChange(_Frozen):
    """An outcome that is not the same on both sides. Where it is on one only, ``reason`` tells why not on the other.

    ``was_settled``: the state followed from text and facts before. ``corrected``: something of it that was settled is
    not the same, and only a correction of the facts can be the cause, since nothing else was changed.
    """

    id: str
    provision: str
    subject: str
    entity: str
    modality: str
    title: Text
    clauses: tuple[Cited, ...]
    kinds: tuple[Kind, ...]
    was_settled: bool
    corrected: bool
    attributes: tuple[AttributeChange, ...]
    texts: tuple[str, ...]  # what the policies word differently: title, clauses, by, toward, mode, hedge …
    reason: Text | None


@dataclass(frozen=True, slots=True)
class Money:
    """Sums of money that are settled: their total in yuan, how many they are, and how many more are not one figure."""

    total: str
    counted: int
    uncounted: int


class Totals(_Frozen):
    """How a decision stands at a glance, counted as the head of a decision counts."""

    breaches: int
    sanctions: int
    by_reading: int
    to_perform: int
    entitlements: int
    open: int
    owed_in_breach: Money  # amounts of obligations in breach
    sanctioned: Money
    entitled: Money


class ProvisionStates(_Frozen):
    """A provision of one side with how many of its outcomes are in each state."""

    provision: str
    title: Text
    clauses: tuple[Cited, ...]
    concerns: bool  # it is the institution's own duty or right, or aimed at it
    states: dict[str, int]


class Beside(_Frozen):
    """Provisions of two policies with one modality on one kind of row. They stand beside each other, no more."""

    modality: str
    entity: str
    before: tuple[ProvisionStates, ...]
    after: tuple[ProvisionStates, ...]


class Comparison(_Frozen):
    """Two decisions and everything in which they differ.

    Of one policy outcomes are matched by their id. Of two policies nothing is matched: ``changes`` is empty and
    ``beside`` has both sides by modality and entity. ``left_out``: acts, answers and figures of the dossier that the
    other policy knows nothing of.
    """

    overlay: Overlay
    matched: bool
    before: Receipt
    after: Receipt
    titles: tuple[Text, Text]
    changes: tuple[OutcomeChange, ...]
    unchanged: int
    corrections: tuple[Corrected, ...]
    totals: tuple[Totals, Totals]
    beside: tuple[Beside, ...]
    left_out: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Whether any outcome differs; always true of two policies."""
        return bool(self.changes) or not self.matched

    def of(self, provision: str) -> tuple[OutcomeChange, ...]:
        """Every changed outcome of a provision."""
        return tuple(item for item in self.changes if item.provision == provision)

    def to_json(self) -> str:
        """Stable JSON: the same comparison gives the same bytes."""
        return self.model_dump_json(indent=2)
