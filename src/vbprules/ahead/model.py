"""What lies ahead: what systems and people get. Frozen, typed, and the same bytes for the same input."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict

from vbprules.decision.model import Cited, NeedItem, Text

Kind = Literal["prevent", "cure", "earn", "allow"]
Else = Literal["comes", "open"]


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do: so much more of a list, from ``first`` through ``last``.

    ``amount`` is in yuan or counting units; of a list without a figure, the number of entries. ``performances`` name
    the provision ``of`` and its ``subject``. ``fields`` is what the condition demands of the entry beside; ``also``
    names other rows that would do in the place of the last of ``refs``. ``by`` are the parties that can do it.
    """

    list: str
    refs: dict[str, str]
    field: str
    unit: str
    amount: str
    fields: dict[str, str]
    first: str
    last: str | None
    also: tuple[str, ...]
    of: str
    subject: str
    by: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A term whose last day is the last day of a step: so many days or working days after a day.

    ``counted``: the day itself is the first of them.
    """

    after: str
    count: str
    unit: Literal["days", "working_days"]
    counted: bool
    last: str


@dataclass(frozen=True, slots=True)
class Effect:
    """An outcome that is another with the step than without, as of one day."""

    outcome: str
    title: Text
    clauses: tuple[Cited, ...]
    about_institution: bool
    before: str
    after: str
    turn: Literal["better", "worse", "other"]


@dataclass(frozen=True, slots=True)
class Step:
    """The smallest addition that changes one outcome, confirmed by judging the dossier with it.

    ``prevent``: without it the outcome comes on ``day``; ``cure``: the outcome stands, and ends with it; ``earn``: it
    makes an entitlement or a permission arise; ``allow``: so much would be too much, ``headroom`` is one unit less.
    ``last`` is the last day for it, None where no day until the horizon is too late. ``readings`` are the options under
    which it is the smallest, empty where it depends on none; ``every_reading``: it is enough under every one of them.
    ``less`` and ``later``: with one unit less, one day later, the outcome ``comes``, or is no longer settled
    (``open``). ``state`` is that of the outcome without it, ``after`` with it. ``alternatives`` do the same.
    """

    kind: Kind
    outcome: str
    provision: str
    subject: str
    title: Text
    modality: str
    clauses: tuple[Cited, ...]
    about_institution: bool
    todo: tuple[Todo, ...]
    last: str | None
    day: str
    begins: str
    readings: tuple[dict[str, str], ...]
    every_reading: bool
    less: Else
    later: Else | None
    state: str
    after: str
    headroom: str | None
    terms: tuple[Term, ...]
    alternatives: tuple[tuple[Todo, ...], ...]
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class Coming:
    """What turns on a day if nothing more happens. ``harm``: a breach comes, or a sanction."""

    day: str
    outcome: str
    title: Text
    clauses: tuple[Cited, ...]
    about_institution: bool
    before: str | None
    after: str
    harm: bool
    solved: bool


@dataclass(frozen=True, slots=True)
class Unsolved:
    """An outcome for which no step was found: ``why`` names what stands in the way, by stable words.

    ``fact``: only other facts of the past would change it; ``over``: the day for it has passed; ``open``: something it
    stands on is not known; ``list NAME``: that list is not complete; ``judgement``, ``elsewhere``: others decide;
    ``unconfirmed``: a change was computed, and judging it did not bear it out.
    """

    kind: Kind
    outcome: str
    title: Text
    clauses: tuple[Cited, ...]
    about_institution: bool
    day: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in its turn: what answering it settles once those before it are answered, and the sum so far."""

    need: NeedItem
    outcomes: tuple[str, ...]
    settles: tuple[str, ...]
    settled: int


class Ahead(BaseModel):
    """What comes from ``as_of`` to ``to`` if nothing more happens, and what could be done about it by when.

    ``open_lists`` are not complete on the day: what they may still hold is not guessed. ``left_out`` entries dated
    after the day were not looked at. ``waiting`` outcomes are open for reasons that no answer can settle.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    policy: str
    policy_sha256: str
    bundle: str = ""  # the bundle that the policy came in, as receipts name it
    facts_sha256: str
    institution: str
    as_of: str
    to: str
    to_chosen: bool
    calendar: str
    readings: dict[str, str]
    rulings: tuple[str, ...]
    open_lists: tuple[str, ...]
    left_out: int
    steps: tuple[Step, ...]
    coming: tuple[Coming, ...]
    unsolved: tuple[Unsolved, ...]
    questions: tuple[Asked, ...]
    waiting: int

    def of(self, outcome: str) -> tuple[Step, ...]:
        """The steps of an outcome, by its id or its provision."""
        return tuple(step for step in self.steps if outcome in (step.outcome, step.provision))

    def to_json(self) -> str:
        """Stable JSON: the same look ahead gives the same bytes."""
        return self.model_dump_json(indent=2)
