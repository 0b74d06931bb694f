"""A joint decision: every document's Decision whole, and how the documents stand to each other. Nothing is netted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict

from vbprules.decision.model import Attribute, Cited, Decision, NeedItem, Outcome, Standing, Text

Reach = Literal["yes", "no", "open"]
Ranking = Literal["ranked", "unranked", "open", "contradictory"]
Verdict = Literal["same", "different", "disjoint", "by_reading", "unknown"]
Unlike = Literal["modality", "bearer", "entity"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True, slots=True)
class Matter:
    """What norms are about, from the vocabulary that all policies share."""

    id: str
    name: Text


class Document(_Frozen):
    """One of the documents; ``in_force`` on the as-of day: yes, no, open or by reading."""

    policy: str
    title: Text
    number: str
    rank: str | None  # None where the file does not say
    region: str
    issued: str
    in_force: Attribute


class Claim(_Frozen):
    """A clause of one document on its rank, held against another document."""

    policy: str
    other: str
    relation: Literal["yields_to", "displaces"]
    text: Text
    clauses: tuple[Cited, ...]
    reaches: Reach
    why: tuple[Text, ...]  # what decides it
    needs: tuple[NeedItem, ...] = ()


class Relation(_Frozen):
    """How two documents rank. ``over`` goes before the other; no outcome is removed by that."""

    documents: tuple[str, str]
    ranking: Ranking
    over: str | None
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One outcome of an overlap. ``outcome`` is ``policy:provision@subject``.

    ``in_play`` is its standing as a norm that binds here: settled, by reading or open; ``under`` the options under
    which it does, where only some do.
    """

    policy: str
    outcome: str
    title: Text
    clauses: tuple[Cited, ...]
    in_play: Standing
    under: tuple[dict[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """The verdict under some options of both documents' readings, each named ``policy:reading``."""

    readings: dict[str, str]
    verdict: Verdict


class Comparison(_Frozen):
    """One attribute of two norms that are alike.

    ``different`` figures may both be met (the earlier day, the higher floor); ``disjoint`` ones cannot be one figure.
    """

    attribute: str
    unit: str
    first: Attribute
    second: Attribute
    verdict: Verdict
    branches: tuple[Compared, ...] = ()


class Overlap(_Frozen):
    """Two norms of two documents on one matter and one subject, both in play here or possibly so.

    ``unlike`` says in what they differ: another kind of norm, another bearer, rows of another kind. Only norms that
    are alike are compared figure by figure.
    """

    matters: tuple[Matter, ...]
    entity: str
    subject: str
    sides: tuple[Side, Side]
    unlike: tuple[Unlike, ...]
    comparisons: tuple[Comparison, ...]
    ranking: Ranking
    over: str | None


class Conflict(_Frozen):
    """What two norms that bind cannot both have: two settled figures for one thing, or leave against a ban.

    ``standing`` is by reading where one of them binds only under some options: the sides say which.
    """

    kind: Literal["figures", "disjoint", "days", "permitted_and_prohibited", "required_and_prohibited"]
    standing: Literal["settled", "by_reading"]
    attribute: str | None
    sides: tuple[Side, Side]
    values: tuple[str, str]
    unit: str
    ranking: Ranking
    over: str | None


class Gap(_Frozen):
    """What one document sets and the other does not. Of a ``matter`` the other has no norm at all that is so marked."""

    kind: Literal["attribute", "matter"]
    matters: tuple[Matter, ...]
    attribute: str | None
    sets: tuple[Side, ...]
    silent: str  # the policy
    silent_side: Side | None = None


class JointDecision(_Frozen):
    """The decisions of several documents for one institution on one day, in the order of the policies' ids."""

    policies: tuple[str, ...]
    institution: str
    as_of: str
    documents: tuple[Document, ...]
    decisions: tuple[Decision, ...]
    relations: tuple[Relation, ...]
    overlaps: tuple[Overlap, ...]
    conflicts: tuple[Conflict, ...]
    gaps: tuple[Gap, ...]
    facts_sha256: str

    def decision(self, policy: str) -> Decision:
        """The whole decision under one document. Raises KeyError."""
        for item in self.decisions:
            if item.policy == policy:
                return item
        raise KeyError(policy)

    def outcome(self, id: str) -> Outcome:
        """The outcome ``policy:provision@subject``. Raises KeyError."""
        policy, _, rest = id.partition(":")
        return self.decision(policy).outcome(rest)

    def relation(self, first: str, second: str) -> Relation:
        """How two documents rank. Raises KeyError."""
        for item in self.relations:
            if set(item.documents) == {first, second} and first != second:
                return item
        raise KeyError((first, second))

    def to_json(self) -> str:
        """Stable JSON: the same joint decision gives the same bytes."""
        return self.model_dump_json(indent=2)
