"""A decision: what the library gives to people and systems. Frozen, typed, and the same bytes for the same input."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from vbprules.decision.explanation import Explanation

Standing = Literal["settled", "by_reading", "open", "silent"]
# The heads of a whole proof.
PartyKind = Literal["gate", "in_force", "by", "toward", "exempt"]
TestKind = Literal["trigger", "over", "in_time", "performed", "early", "started", "ended", "imposed", "breached"]
StepKind = Literal[
    "comparison",
    "scope",  # a comparison that only says which year or day the row is of
    "today",  # a comparison with the as-of date: whether a day has come
    "member",  # a code is one of a list
    "question",  # for a determination
    "breach",  # of another norm of the document
    "term",  # a condition with a name
    "elsewhere",  # set by another instrument, or by nothing
    "condition",  # any other
    "all",
    "any",
    "not",
    "so_far",
    "choice",  # between readings; its parts are options
    "option",
    "figure",  # of the outcome: how its amount arises
    "operand",  # a figure beneath another
    "option_figure",  # the same as it stands under one option of a reading
    "row",  # that counts in a total
]
ReasonKind = PartyKind | TestKind | StepKind


class _Frozen(BaseModel):
    """The larger parts are models; the many small ones plain dataclasses, which pydantic reads and writes as well."""

    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True, slots=True)
class Text:
    """Words for people: Chinese first, English beside it."""

    zh: str
    en: str

    def lang(self, lang: str) -> str:
        return self.zh if lang == "zh" or not self.en else self.en


@dataclass(frozen=True, slots=True)
class Cited:
    """A clause and a phrase that stands there."""

    clause: str
    phrase: str

    def __str__(self) -> str:
        return f"{self.clause}“{self.phrase}”"


@dataclass(frozen=True, slots=True)
class NeedItem:
    """What could settle an answer. ``key`` is its stable form; ``asks`` says it in words."""

    kind: Literal["fact", "list", "time", "judgement", "instrument", "calendar", "undefined", "silent"]
    what: str
    subject: str
    day: str | None
    key: str
    asks: Text


@dataclass(frozen=True, slots=True)
class Branch:
    """The answer under some options of the readings it depends on."""

    readings: dict[str, str]
    preferred: bool
    value: str | None
    settled: bool
    needs: tuple[NeedItem, ...] = ()


class Attribute(_Frozen):
    """One attribute of an outcome with its own standing.

    ``value`` is the settled value, or as much as is known of an open one: ``2020-04-01``, ``300000.00``,
    ``at_least 600000.00``, ``?``. Money is in yuan.
    """

    standing: Standing
    unit: str
    value: str | None = None
    branches: tuple[Branch, ...] = ()
    needs: tuple[NeedItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """An entry of the dossier on which a step rests: of which list, its id, the line where it stands (0: no file)."""

    list: str
    id: str
    name: Text
    line: int


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of the proof: a condition with its value, its threshold and whether it holds; or a figure.

    ``unit`` is that of value and threshold (``share``, ``money``, ``date`` …; ``year`` for a calendar year).
    """

    text: Text
    truth: Literal["yes", "no", "open", "by_reading"]
    kind: ReasonKind = "condition"
    unit: str = ""
    value: str | None = None
    comparator: str | None = None
    threshold: str | None = None
    margin: str | None = None
    parts: tuple[Reason, ...] = ()
    needs: tuple[NeedItem, ...] = ()  # what could settle this step; told in whole proofs only, as are the records
    records: tuple[Record, ...] = field(default=(), compare=False)

    @property
    def standing(self) -> Standing:
        """How sure the step is; silent where nothing but the silence of the document keeps it open."""
        if self.truth == "by_reading":
            return "by_reading"
        if self.truth == "open":
            return "silent" if self.needs and all(need.kind == "silent" for need in self.needs) else "open"
        return "settled"


class Outcome(_Frozen):
    """One norm on one subject: its state, its attributes, its clause and its reasons."""

    id: str
    provision: str
    subject: str
    modality: Literal["obligation", "prohibition", "permission", "entitlement", "sanction", "price", "definition"]
    mode: Literal["must", "may"]
    title: Text
    clauses: tuple[Cited, ...]
    by: tuple[str, ...]
    by_names: tuple[Text, ...]
    toward: tuple[str, ...]
    toward_names: tuple[Text, ...]
    hedge: str | None
    about_institution: bool
    standing: Standing  # of the state; of the figure, for a price split or definition that applies
    state: Attribute
    triggered: Attribute
    would_be: bool  # gate or trigger is open: the other attributes say what it would be
    attributes: dict[str, Attribute]
    reasons: tuple[Reason, ...]
    consequence: Text | None
    note: Text | None
    once: bool = False  # a measure that does not last: a warning, an interview
    fields: tuple[Text, ...] = ()  # where a sanction bites
    choose: Literal["all", "any", "in_order"] = "all"  # how the authority takes the fields or measures
    support_names: tuple[Text, ...] = ()


class NotApplicable(_Frozen):
    """A norm that does not reach this institution or row, and why."""

    id: str
    provision: str
    subject: str
    title: Text
    clauses: tuple[Cited, ...]
    reason: Text


class Question(_Frozen):
    """An open need with the outcomes that hang on it."""

    need: NeedItem
    outcomes: tuple[str, ...]


class OpenReading(_Frozen):
    """A reading on which some outcome depends."""

    id: str
    asks: Text
    clauses: tuple[Cited, ...]
    options: dict[str, str]
    preferred: str | None
    outcomes: tuple[str, ...]


class Receipt(_Frozen):
    """What the decision was made from and by what. It carries no time of its own."""

    policy: str
    policy_sha256: str
    language: int
    facts_sha256: str
    as_of: str
    calendar: str
    readings: dict[str, str]
    rulings: tuple[str, ...]
    assumptions: tuple[str, ...]
    engine: str
    second_opinion: str
    figures: dict[str, str] = {}  # figures of the policy taken for others, by address: never those of the document
    instruments: dict[str, str] = {}  # policies that set figures for this one: id and SHA-256
    bundle: str = ""  # the bundle that the policy came in, by its SHA-256, with the rulings and calendar of that bundle


class Decision(_Frozen):
    """All outcomes of one policy for one institution on one day."""

    policy: str
    title: Text
    number: str
    institution: str
    as_of: str
    known_from: Literal["text", "secondary"] = "text"
    outcomes: tuple[Outcome, ...]
    not_applicable: tuple[NotApplicable, ...]
    questions: tuple[Question, ...]
    readings: tuple[OpenReading, ...]
    notes: tuple[Text, ...]
    receipt: Receipt

    def outcome(self, id: str) -> Outcome:
        """The outcome ``provision@subject`` (or ``provision``, if it has one only). Raises KeyError."""
        exact = [item for item in self.outcomes if item.id == id]
        found = exact or [item for item in self.outcomes if item.provision == id]
        if len(found) != 1:
            raise KeyError(id)
        return found[0]

    def explain(self, id: str) -> Explanation:
        """Why an outcome is so, as far as this decision carries its reasons; `vbprules.explain` tells it in full.

        Raises KeyError.
        """
        from vbprules.decision.explanation import carried_explanation

        return carried_explanation(self, id)

    def of(self, provision: str) -> tuple[Outcome, ...]:
        """Every outcome of a provision."""
        return tuple(item for item in self.outcomes if item.provision == provision)

    def to_json(self) -> str:
        """Stable JSON: the same decision gives the same bytes."""
        return self.model_dump_json(indent=2)
