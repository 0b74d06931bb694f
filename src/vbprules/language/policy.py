"""A policy as its author wrote it: the structure of the file, with conditions and values still as located nodes.

``vbprules.program`` gives those nodes their meaning. Everything here is immutable.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from vbprules.reading import Mark, Node

Modality = Literal["obligation", "prohibition", "permission", "entitlement", "sanction", "price", "definition"]
Choice = Literal["all", "any", "in_order"]
NOT_STATED: Final = "not_stated"
KnownFrom = Literal["text", "secondary"]
Relation = Literal["yields_to", "displaces"]
OBLIGATION: Final = "obligation"
PROHIBITION: Final = "prohibition"
PERMISSION: Final = "permission"
ENTITLEMENT: Final = "entitlement"
SANCTION: Final = "sanction"
PRICE: Final = "price"
DEFINITION: Final = "definition"
MODALITIES: Final[tuple[Modality, ...]] = (
    OBLIGATION,
    PROHIBITION,
    PERMISSION,
    ENTITLEMENT,
    SANCTION,
    PRICE,
    DEFINITION,
)
REASONS_NOT_ENCODED: Final = ("heading", "basis", "aims", "internal", "exhortation", "declaratory", "other_addressee")


@dataclass(frozen=True, slots=True)
class Label:
    """A name for people: Chinese first, English beside it."""

    zh: str
    en: str = ""

    def text(self, lang: str) -> str:
        return self.zh if lang == "zh" or not self.en else self.en


@dataclass(frozen=True, slots=True)
class Citation:
    """A clause of the document and a phrase of at most 25 characters that stands there."""

    clause: str
    phrase: str
    mark: Mark = field(compare=False, repr=False)

    def __str__(self) -> str:
        return f"{self.clause}“{self.phrase}”"


@dataclass(frozen=True, slots=True)
class Clause:
    """One line of the clause ledger."""

    no: str
    starts: str
    title: Label
    not_encoded: str | None
    mark: Mark = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """An open question of the text, decided once and everywhere, or reported under each option."""

    id: str
    asks: Label
    cites: tuple[Citation, ...]
    options: Mapping[str, str]
    preferred: str | None


@dataclass(frozen=True, slots=True)
class Question:
    """A judgement that the text leaves to somebody."""

    id: str
    asks: Label
    cites: tuple[Citation, ...]
    by: tuple[str, ...]
    per: str


@dataclass(frozen=True, slots=True)
class Party:
    id: str
    label: Label
    cites: tuple[Citation, ...] = ()
    test: Node | None = None  # a condition on the institution


@dataclass(frozen=True, slots=True)
class Named:
    """A term (its ``node`` is a condition) or a quantity (a value)."""

    id: str
    label: Label
    per: str
    node: Node
    condition: bool
    cites: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeList:
    id: str
    closed: bool
    codes: tuple[str, ...]
    labels: Mapping[str, str]
    cites: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Instrument:
    id: str
    number: str
    title: Label


@dataclass(frozen=True, slots=True)
class Exemption:
    """An exception: where ``when`` holds the provision does not apply, or another instrument sets its figures."""

    when: Node
    cites: tuple[Citation, ...]
    set_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Provision:
    """One encoded norm. ``values`` holds its conditions and values by key: when, due, amount, from, until …"""

    id: str
    modality: Modality
    title: Label
    cites: tuple[Citation, ...]
    by: tuple[str, ...]
    toward: tuple[str, ...]
    for_each: str
    hedge: str | None
    silent: tuple[str, ...]
    values: Mapping[str, Node]
    exemptions: tuple[Exemption, ...]
    once: bool
    takes_effect: str
    sanctioned_by: tuple[str, ...]
    fields: str | None
    choose: Choice
    support: tuple[str, ...]
    note: Label | None
    group: str | None  # the sanction whose step this is
    mark: Mark = field(compare=False, repr=False)
    matters: tuple[str, ...] = ()  # what it is about, for a look at several documents together


@dataclass(frozen=True, slots=True)
class Precedence:
    """A clause on the document's rank beside others. Which others: those of these ranks and regions, by their date.

    Empty ``ranks`` or ``regions`` mean any. ``question`` must be answered yes. Without any of these the clause is in
    words only, and which documents it reaches is not for a program to say.
    """

    relation: Relation
    text: Label
    cites: tuple[Citation, ...]
    ranks: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()  # a national document has none
    dated: Literal["earlier", "later"] | None = None
    question: str = ""

    @property
    def in_words_only(self) -> bool:
        return not (self.ranks or self.regions or self.dated or self.question)


@dataclass(frozen=True, slots=True)
class Document:
    title: Label
    number: str
    issuer: str
    region: str
    rank: str
    issued: str  # a date, or not_stated
    start: Node | None
    end: Node | None
    first_day: Node | None
    abridged: tuple[Citation, ...]
    forwarded_by: str
    precedence: tuple[Precedence, ...]
    known_from: KnownFrom = "text"  # the document itself, or what others say of it
    ranked: bool = True  # the file says which rank; else ``rank`` is only what is shown

    def called(self, lang: str) -> str:
        """Its number, or its title where it has none."""
        return self.number if self.number != NOT_STATED else self.title.text(lang)


@dataclass(frozen=True, slots=True)
class OwnFigure:
    """A figure of the policy, by its address, that no phrase of the text writes, and why it is there."""

    address: str
    why: Label
    mark: Mark = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Policy:
    """One document as data. ``digest`` is the SHA-256 of the file's bytes."""

    id: str
    digest: str
    document: Document
    instruments: Mapping[str, Instrument]
    parties: Mapping[str, Party]
    readings: Mapping[str, Reading]
    questions: Mapping[str, Question]
    lists: Mapping[str, CodeList]
    terms: Mapping[str, Named]
    quantities: Mapping[str, Named]
    clauses: tuple[Clause, ...]
    left_out: tuple[tuple[Citation, str], ...]
    provisions: Mapping[str, Provision]
    not_in_text: tuple[OwnFigure, ...] = ()
    root: Node | None = field(default=None, compare=False, repr=False)  # the tree it was read from
