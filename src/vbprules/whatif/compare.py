"""Two decisions of one policy, outcome by outcome; of two policies, side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Final

from vbprules.decision.model import Attribute, Decision, NeedItem, NotApplicable, Outcome
from vbprules.printing.sorting import grouped, place
from vbprules.printing.subjects import Subjects
from vbprules.program.ir import Program
from vbprules.values.figures import DATE, MONEY, decimal_text
from vbprules.whatif.model import AttributeChange, Beside, Kind, OutcomeChange, ProvisionStates

_TEXTS: Final = ("title", "clauses", "by", "toward", "mode", "hedge", "modality", "once", "fields", "choose", "note")
_NUMBER: Final = re.compile(
    r"((?:at_least|at_most) )?(-?\d+(?:\.\d+)?|\d+/\d+)(%| working days?| days?| months?| years?)?"
)
_STATES: Final = ("state", "triggered")


def changes(before: Decision, after: Decision, entities: Mapping[str, str], corrected: bool) -> Iterator[OutcomeChange]:
    """Every outcome that differs, in the order of the first decision, then of the second.

    ``entities`` maps provisions to the kind of row that they judge. ``corrected``: facts were corrected and nothing but
    facts was changed.
    """
    first = {item.id: item for item in before.outcomes}
    second = {item.id: item for item in after.outcomes}
    outside = (_outside(before), _outside(after))
    same_file = before.receipt.policy_sha256 == after.receipt.policy_sha256
    for id in dict.fromkeys((*first, *second)):
        one, two = first.get(id), second.get(id)
        told = one or two
        assert told is not None
        attributes = tuple(_attributes(one, two))
        texts = () if same_file or one is None or two is None else _texts(one, two)
        kinds = _kinds(one, two, attributes, texts)
        if not kinds:
            continue
        absent = outside[0].get(id) if one is None else outside[1].get(id) if two is None else None
        yield OutcomeChange(
            id=id,
            provision=told.provision,
            subject=told.subject,
            entity=entities.get(told.provision, ""),
            modality=told.modality,
            title=told.title,
            clauses=told.clauses,
            kinds=kinds,
            was_settled=one is not None and one.state.standing == "settled" and not one.would_be,
            corrected=corrected and one is not None and not one.would_be and _unsettled(attributes),
            attributes=attributes,
            texts=texts,
            reason=None if absent is None else absent.reason,
        )


def _unsettled(attributes: Sequence[AttributeChange]) -> bool:
    """Whether anything that was settled is not the same."""
    return any(
        item.before is not None
        and item.before.standing == "settled"
        and (item.after is None or (item.after.standing, item.after.value) != ("settled", item.before.value))
        for item in attributes
    )


def _outside(decision: Decision) -> dict[str, NotApplicable]:
    return {item.id: item for item in decision.not_applicable}


def _texts(one: Outcome, two: Outcome) -> tuple[str, ...]:
    """What two versions of a policy word differently."""
    return tuple(name for name in _TEXTS if getattr(one, name) != getattr(two, name))


def _kinds(
    one: Outcome | None, two: Outcome | None, attributes: Sequence[AttributeChange], texts: Sequence[str]
) -> tuple[Kind, ...]:
    if one is None or two is None:
        return ("appeared",) if one is None else ("disappeared",)
    found: list[Kind] = []
    if any(item.name in _STATES and _valued(item.before) != _valued(item.after) for item in attributes):
        found.append("state")
    if any(item.name not in _STATES and _valued(item.before) != _valued(item.after) for item in attributes):
        found.append("figure")
    if any(
        item.before is not None and item.after is not None and item.before.standing != item.after.standing
        for item in attributes
    ):
        found.append("standing")
    if any(item.needs_gone or item.needs_came for item in attributes):
        found.append("needs")
    if texts:
        found.append("text")
    return tuple(found)


def _valued(attribute: Attribute | None) -> object:
    """What an attribute says, whatever its standing: one value, or one for each option."""
    if attribute is None:
        return None
    branches = tuple((tuple(sorted(b.readings.items())), b.value, b.settled) for b in attribute.branches)
    return (attribute.value, branches, attribute.unit)


def _attributes(one: Outcome | None, two: Outcome | None) -> Iterator[AttributeChange]:
    first, second = _every(one), _every(two)
    for name in dict.fromkeys((*first, *second)):
        before, after = first.get(name), second.get(name)
        if before == after:
            continue
        known, new = _needs(before), _needs(after)
        yield AttributeChange(
            name=name,
            unit=(after or before).unit,  # type: ignore[union-attr]
            before=before,
            after=after,
            difference=difference(before, after),
            needs_gone=tuple(need for key, need in known.items() if key not in new),
            needs_came=tuple(need for key, need in new.items() if key not in known),
        )


def _every(outcome: Outcome | None) -> dict[str, Attribute]:
    if outcome is None:
        return {}
    return {"state": outcome.state, "triggered": outcome.triggered, **outcome.attributes}


def _needs(attribute: Attribute | None) -> dict[str, NeedItem]:
    if attribute is None:
        return {}
    every = (*attribute.needs, *(need for branch in attribute.branches for need in branch.needs))
    return {need.key: need for need in every}


def difference(before: Attribute | None, after: Attribute | None) -> str | None:
    """After less before, where both are settled as one figure of one unit (or one bound of it), or as one day.

    Where both depend on the same readings: the difference, if it is the same under each option.
    """
    if before is None or after is None or before.unit != after.unit:
        return None
    one, two = _by_option(before), _by_option(after)
    if one is None or two is None or one.keys() != two.keys():
        return None
    found = {_less(one[key], two[key], before.unit) for key in one}
    return found.pop() if len(found) == 1 else None


def _by_option(attribute: Attribute) -> dict[tuple[tuple[str, str], ...], str] | None:
    """The value under every option, one where it depends on none; None unless all are settled."""
    if attribute.standing == "settled" and attribute.value is not None:
        return {(): attribute.value}
    told = {tuple(sorted(b.readings.items())): b.value for b in attribute.branches if b.settled and b.value is not None}
    return told if told and len(told) == len(attribute.branches) else None


def _less(before: str, after: str, unit: str) -> str | None:
    if unit == DATE:
        return _days(before, after)
    one, two = _NUMBER.fullmatch(before), _NUMBER.fullmatch(after)
    if one is None or two is None or one.group(1) != two.group(1) or _plural(one.group(3)) != _plural(two.group(3)):
        return None
    change = Fraction(two.group(2)) - Fraction(one.group(2))
    if not change:
        return None
    word = two.group(3) or ""
    if word not in ("", "%"):
        word = f" {_plural(word)[:-1] if abs(change) == 1 else _plural(word)}"
    return f"{'+' if change > 0 else ''}{decimal_text(change, 2 if unit == MONEY else None)}{word}"


def _days(before: str, after: str) -> str | None:
    try:
        change = (date.fromisoformat(after) - date.fromisoformat(before)).days
    except ValueError:
        return None
    return f"{change:+d} day{'' if abs(change) == 1 else 's'}" if change else None


def _plural(unit: str | None) -> str:
    word = (unit or "").strip()
    return word if not word or word == "%" or word.endswith("s") else word + "s"


def beside(before: tuple[Program, Decision], after: tuple[Program, Decision]) -> Iterator[Beside]:
    """The provisions of two policies by modality and kind of row. That they stand together says no more than that."""
    sides = []
    for program, decision in (before, after):
        entities = {norm.id: norm.entity for norm in program.norms}
        groups: dict[tuple[str, str], list[Outcome]] = {}
        for outcome in decision.outcomes:
            groups.setdefault((outcome.modality, entities[outcome.provision]), []).append(outcome)
        subjects = Subjects(program.policy)
        sides.append({key: tuple(_states(found, subjects)) for key, found in groups.items()})
    for modality, entity in dict.fromkeys((*sides[0], *sides[1])):
        one, two = (side.get((modality, entity), ()) for side in sides)
        yield Beside(modality=modality, entity=entity, before=one, after=two)


def _states(outcomes: Sequence[Outcome], subjects: Subjects) -> Iterator[ProvisionStates]:
    for same in grouped(outcomes, lambda outcome: outcome.provision):
        states: dict[str, int] = {}
        for outcome in same:
            state = "by_reading" if outcome.state.branches else outcome.state.value or ""
            states[state] = states.get(state, 0) + 1
        yield ProvisionStates(
            provision=same[0].provision,
            title=same[0].title,
            clauses=same[0].clauses,
            concerns=place(same[0]) != "other" and subjects.concerns(same[0]),
            states=states,
        )
