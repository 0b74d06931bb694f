"""Witnesses of differences: a dossier on which one norm comes out otherwise under two policies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, Final

from vbprules.comparing.model import Difference, PolicyDiff, Seen, WitnessOfDifference
from vbprules.language import policy as p
from vbprules.language.vocabulary import INSTITUTION
from vbprules.program import ir
from vbprules.program.ir import IR, Norm, Program
from vbprules.values.figures import show_date
from vbprules.witness.search import drafts, first_day, present, shrunk
from vbprules.witness.witness import goals_for, judged_on, outcome_of, readings_of

_EFFORT: Final = 240
_MOST_DRAFTS: Final = 4
_MOST_NORMS: Final = 4
_MOST_TRAILS: Final = 4
_KINDS: Final = frozenset({"figure", "trigger", "base", "deadline", "scope", "party", "force"})
_BY_MODALITY: Final[Mapping[str, tuple[str, ...]]] = {
    p.OBLIGATION: ("breached_unperformed", "open", "met", "breached_met_late"),
    p.ENTITLEMENT: ("breached_unperformed", "open", "met", "breached_met_late"),
    p.PROHIBITION: ("breached", "observed"),
    p.SANCTION: ("due", "due_later", "no_longer_due", "ended"),
}


def with_witnesses(found: PolicyDiff, first: Program, second: Program) -> PolicyDiff:
    """The diff with a witness wherever a condition, figure or deadline differs and one can be built."""
    names = {item.before: item.after for item in found.renamed}
    if not found.versions:
        sides = tuple(
            replace(side, compared=tuple(_of_pair(item, side.first[0].id, side.second[0].id, first, second)
                                         for item in side.compared))
            for side in found.side_by_side
        )  # fmt: skip
        return replace(found, side_by_side=sides)
    return replace(found, differences=tuple(_witnessed(item, first, second, names) for item in found.differences))


def _witnessed(item: Difference, first: Program, second: Program, names: Mapping[str, str]) -> Difference:
    if item.kind not in _KINDS or item.before is None or item.after is None:
        return item
    others = {norm.id: norm for norm in second.norms}
    pairs = [
        (norm, others[names.get(norm.id, norm.id)])
        for norm in users(item, first)
        if names.get(norm.id, norm.id) in others
    ]
    for norm, other in pairs[:_MOST_NORMS]:
        for readings in islice(_readings_under(item, norm, first), _MOST_TRAILS):
            witness = telling_apart(first, norm, second, other, _in_trigger(item), readings)
            if witness is not None:
                return replace(item, witness=witness, sought=True)
    return replace(item, sought=bool(pairs))


def _of_pair(item: Difference, one: str, other: str, first: Program, second: Program) -> Difference:
    """Of two regions: only where both compare the same rows."""
    norm = next(norm for norm in first.norms if norm.id == one)
    twin = next(norm for norm in second.norms if norm.id == other)
    if item.kind != "trigger" or norm.entity != twin.entity or norm.source.modality != twin.source.modality:
        return item
    return replace(item, witness=telling_apart(first, norm, second, twin, regions=True), sought=True)


def _in_trigger(item: Difference) -> bool:
    steps = item.address.split(".")
    return item.facet not in ("due", "from", "until", "amount", "value", "standard", "requires", "forbids") and not (
        set(steps[:3]) & {"due", "from", "until", "amount", "requires", "forbids"}
    )


# Which norms a difference reaches


def users(item: Difference, program: Program) -> list[Norm]:
    """The norms that a difference may change: the norm itself, its steps, or those that use the quantity."""
    if item.section == "provisions":
        own = [norm for norm in program.norms if norm.id == item.part]
        group = own[0].source.group if own else None
        mates = [norm for norm in program.norms if group and norm.source.group == group and norm.id != item.part]
        return own + (mates if item.address and not item.address.startswith(f"{item.part}.") else [])
    if item.section in ("terms", "quantities"):
        return [norm for norm in program.norms if any(_names(node, item.part, program) for node in _nodes(norm))]
    if item.section == "parties":
        return [norm for norm in program.norms if item.part in (*norm.source.by, *norm.source.toward)]
    return list(program.norms[:1]) if item.section == "document" else []


def _nodes(norm: Norm) -> tuple[IR, ...]:
    done = () if norm.done is None else (norm.done,)
    return (norm.when, *norm.values.values(), *norm.tests.values(), norm.gate, *done)


def _names(node: IR, name: str, program: Program, seen: set[str] | None = None) -> bool:
    """A quantity or term stands in a node, or below it."""
    known = set() if seen is None else seen
    for part in ir.walk(node):
        if isinstance(part, (ir.Ref, ir.OtherYear)) and part.id not in known:
            known.add(part.id)
            if part.id.partition(".")[2] == name or _names(program.definitions[part.id].body, name, program, known):
                return True
    return False


def _readings_under(item: Difference, norm: Norm, program: Program) -> Iterator[dict[str, str]]:
    """The options under which a figure counts, one way to it after the other; for anything else no option."""
    address = item.address.partition("#")[0]
    if not address:
        yield {}
        return
    told: list[dict[str, str]] = []
    for node in _nodes(norm):
        for trail in _trails(node, address, program, {}):
            if trail not in told:
                told.append(trail)
                yield trail


def _trails(node: IR, address: str, program: Program, chosen: dict[str, str]) -> Iterator[dict[str, str]]:
    """The options on the ways from a node down to a figure; an option chosen above stays chosen."""
    figure = node.share if isinstance(node, ir.Share) else node.count if isinstance(node, ir.Count) else node
    if isinstance(node, ir.Edge) and node.written is not None:
        figure = node.written
    if isinstance(figure, ir.Const) and figure.address == address:
        yield chosen
    if isinstance(node, ir.Choose):
        for option, part in node.options:
            if chosen.get(node.reading, option) == option:
                yield from _trails(part, address, program, {**chosen, node.reading: option})
        return
    if isinstance(node, (ir.Ref, ir.OtherYear)):
        yield from _trails(program.definitions[node.id].body, address, program, chosen)
    for part in node.children():
        yield from _trails(part, address, program, chosen)


# The search


def telling_apart(
    first: Program,
    norm: Norm,
    second: Program,
    other: Norm,
    trigger_first: bool = True,
    readings: Mapping[str, str] | None = None,
    regions: bool = False,
) -> WitnessOfDifference | None:
    """A dossier on which a norm and its counterpart come out differently, both settled; None where none was found.

    ``regions``: both norms must apply there, so that it is no matter of dates or of whom a document binds.
    """
    since = max(first_day(first), first_day(second)) if regions else 0
    basic = ("triggered", "not_triggered")
    states = _BY_MODALITY.get(norm.source.modality, ())
    for wanted in (*basic, *states) if trigger_first else (*states, *basic):
        for program, mine in ((first, norm), (second, other)):
            goals = goals_for(mine, wanted)
            if goals is None:
                continue
            found = islice(drafts(program, mine.entity, goals, readings or {}, _EFFORT, since), _MOST_DRAFTS)
            for draft, at, chosen in found:
                subject = "" if at.entity == INSTITUTION else at.id
                witness = _told_apart(
                    (first, norm), (second, other), draft.mapping(), show_date(draft.judged_on), chosen, subject
                )
                if regions and witness is not None and not all("triggered" in side.found for side in witness.sides):
                    continue
                if witness is not None:
                    return witness
    return None


Side = tuple[Program, Norm]


def _told_apart(
    one: Side, other: Side, dossier: Mapping[str, Any], as_of: str, readings: Mapping[str, str], subject: str
) -> WitnessOfDifference | None:
    names = readings_of(one[1]) | readings_of(other[1])
    used = {name: option for name, option in readings.items() if name in names}
    before = [_quick(side, dossier, as_of, used, subject) for side in (one, other)]
    if None in before or before[0] == before[1]:
        return None
    small = shrunk(dossier, lambda less: [_quick(side, less, as_of, used, subject) for side in (one, other)] == before)
    sides = tuple(_seen(side, small, as_of, used, subject) for side in (one, other))
    if not all(side.found for side in sides) or sides[0].found == sides[1].found:
        return None
    return WitnessOfDifference(present(small), as_of, used, (sides[0], sides[1]))


def _known(side: Side, dossier: Mapping[str, Any]) -> dict[str, Any]:
    """What a policy can be told: another document's questions and acts are not its own."""
    policy = side[0].policy
    kept = dict(dossier)
    asked = {*policy.questions, *policy.lists, *policy.provisions}
    for name, key in (("determinations", "question"), ("given", "name")):
        if name in kept:
            kept[name] = [row for row in kept[name] if row is not None and (name == "given" or row.get(key) in asked)]
    return {name: value for name, value in kept.items() if value != []}


def _quick(
    side: Side, dossier: Mapping[str, Any], as_of: str, readings: Mapping[str, str], subject: str
) -> tuple[Any, ...] | None:
    """What is compared: the trigger, the state and the attributes, where the trigger and the state are settled."""
    program, norm = side
    own = {name: option for name, option in readings.items() if name in program.policy.readings}
    judged = judged_on(program, norm, _known(side, dossier), as_of, own, subject)
    if judged is None or getattr(judged.state, "settled", False) is not True:
        return None
    values = {name: value for name, value in judged.attributes.items() if name not in ("done", "received")}
    return judged.state.code, judged.gate, judged.trigger, tuple(sorted((n, repr(v)) for n, v in values.items()))


def _seen(side: Side, dossier: Mapping[str, Any], as_of: str, readings: Mapping[str, str], subject: str) -> Seen:
    program, norm = side
    outcome = outcome_of(program, norm.id, _known(side, dossier), as_of, readings, subject)
    if outcome is None:
        judged = judged_on(program, norm, _known(side, dossier), as_of, readings, subject)
        found = {"state": "not_applicable"} if judged is not None and not judged.applies else {}
        return Seen(program.policy.id, norm.id, found)
    values = {
        name: item.value for name, item in outcome.attributes.items() if item.value and name not in ("done", "received")
    }
    state, triggered = outcome.state.value or "", outcome.triggered.value or ""
    return Seen(program.policy.id, norm.id, {"triggered": triggered, "state": state, **dict(sorted(values.items()))})


def measured(found: Sequence[Difference]) -> tuple[int, int]:
    """How many differences a witness was sought for, and how many have one."""
    return sum(item.sought for item in found), sum(item.witness is not None for item in found)


__all__ = ["measured", "telling_apart", "users", "with_witnesses"]
