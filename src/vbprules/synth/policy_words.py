"""The names of a policy that acts, answers and conduct of a made province need: no rule of the policy is used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from vbprules.language.policy import DEFINITION, PERMISSION, PRICE, PROHIBITION, SANCTION
from vbprules.program import ir

_NO_ACTS: Final = (PROHIBITION, PERMISSION, PRICE, DEFINITION)  # nothing is done of these


@dataclass(frozen=True, slots=True)
class Word:
    """A sanction, duty or question with the first who takes it; None where the document names nobody."""

    name: str
    by: str | None


@dataclass(frozen=True, slots=True)
class PolicyWords:
    """Names by what they are said of: ``institution``, ``target``, ``receipt`` …; the codes of conduct by its field."""

    policy: str
    sanctions: Mapping[str, tuple[Word, ...]]
    duties: Mapping[str, tuple[Word, ...]]
    questions: Mapping[str, tuple[Word, ...]]
    codes: Mapping[str, tuple[str, ...]]


def words_of(program: ir.Program) -> PolicyWords:
    """The names that a compiled policy has, in the order of its file."""
    policy = program.policy
    sanctions: dict[str, list[Word]] = {}
    duties: dict[str, list[Word]] = {}
    questions: dict[str, list[Word]] = {}
    for name, item in policy.provisions.items():
        if item.modality == SANCTION:
            sanctions.setdefault(item.for_each, []).append(Word(name, _first(item.by)))
        elif item.modality not in _NO_ACTS:
            duties.setdefault(item.for_each, []).append(Word(name, _first(item.by)))
    for name, question in policy.questions.items():
        questions.setdefault(question.per, []).append(Word(name, _first(question.by)))
    return PolicyWords(policy.id, _fixed(sanctions), _fixed(duties), _fixed(questions), _codes(program))


def _first(names: Sequence[str]) -> str | None:
    return names[0] if names else None


def _fixed(found: Mapping[str, list[Word]]) -> Mapping[str, tuple[Word, ...]]:
    return {key: tuple(words) for key, words in found.items()}


def _codes(program: ir.Program) -> Mapping[str, tuple[str, ...]]:
    """The codes that conditions of the policy look for in the fields of conduct."""
    found: dict[str, dict[str, None]] = {}
    for root in _roots(program):
        for node in ir.walk(root):
            if isinstance(node, ir.Member) and isinstance(node.subject, ir.Fact):
                fact = node.subject
                if fact.place.entity == "conduct":
                    found.setdefault(fact.name, {}).update(dict.fromkeys(node.codes))
    return {name: tuple(codes) for name, codes in found.items()}


def _roots(program: ir.Program) -> Iterator[ir.IR]:
    for definition in program.definitions.values():
        yield definition.body
    for norm in program.norms:
        yield norm.when
        yield norm.gate
        yield from norm.values.values()
