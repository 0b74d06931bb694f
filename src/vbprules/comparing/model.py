"""What policies say, and how they differ, as plain immutable data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from vbprules.decision.model import Text

Kind = Literal[
    "scope", "trigger", "figure", "base", "deadline", "ladder", "sanction", "list", "party", "reading", "force",
    "clause", "wording",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing that a norm (or another part of a policy) says. Two are alike where their ``form`` is.

    ``form`` is the thing as written, with its figures left out and the order of conjunctions fixed; ``figures`` are the
    addresses of its figures below the part's id.
    """

    kind: Kind
    name: str
    form: str
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class PolicyFigureInLaw:
    """A figure as the file writes it: ``address`` names its place."""

    address: str
    text: str
    unit: str


@dataclass(frozen=True, slots=True)
class Part:
    """A norm, or a term, quantity, list, party, reading, question, instrument or the document itself."""

    section: str  # provisions, terms, quantities …, document
    id: str
    title: Text
    facets: tuple[Facet, ...]
    figures: tuple[PolicyFigureInLaw, ...] = ()
    modality: str = ""
    entity: str = ""
    group: str = ""
    matters: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    hedge: str = ""
    may: bool = False


@dataclass(frozen=True, slots=True)
class PolicyInLaw:
    """A policy in law: the document, then its parts in the order of the file."""

    id: str
    title: Text
    number: str
    region: str
    parts: tuple[Part, ...]

    @property
    def norms(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.section == "provisions")


@dataclass(frozen=True, slots=True)
class Seen:
    """What evaluation under one policy finds on a witness: settled values of one outcome; empty where it has none."""

    policy: str
    norm: str
    found: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class WitnessOfDifference:
    """A dossier that two policies treat differently, and how. Confirmed by evaluation under both."""

    dossier: Mapping[str, Any]
    as_of: str
    readings: Mapping[str, str]
    sides: tuple[Seen, Seen]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in which two policies differ. None is for what a side does not have."""

    kind: Kind
    section: str
    part: str  # the id under A, else under B
    title: Text
    facet: str
    before: tuple[Text, ...] | None
    after: tuple[Text, ...] | None
    clauses: tuple[tuple[str, ...], tuple[str, ...]]
    address: str = ""  # of a figure
    witness: WitnessOfDifference | None = None
    sought: bool = False  # a witness was looked for


@dataclass(frozen=True, slots=True)
class Renamed:
    """Two ids that look like one part renamed: a guess, by equal content."""

    before: str
    after: str
    why: Text


@dataclass(frozen=True, slots=True)
class SideBySide:
    """What two regions say on a matter, by modality; nothing says that two norms are the same."""

    matter: str
    title: Text
    modality: str
    first: tuple[Part, ...]
    second: tuple[Part, ...]
    compared: tuple[Difference, ...] = ()  # where each side has one norm, its facets side by side


@dataclass(frozen=True, slots=True)
class PolicyDiff:
    """How two policies differ. ``versions``: two versions of one, matched by id; else two laid side by side."""

    first: PolicyInLaw
    second: PolicyInLaw
    versions: bool
    differences: tuple[Difference, ...]
    renamed: tuple[Renamed, ...] = ()
    side_by_side: tuple[SideBySide, ...] = field(default=())

    @property
    def differs(self) -> bool:
        return bool(self.differences or self.renamed or self.side_by_side)
