"""Where each outcome of a decision is told: what weighs most first."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Final, Literal, TypeVar

from vbprules.decision.model import Attribute, Outcome

Place = Literal["harm", "duty", "entitlement", "price", "figure", "reading", "open", "met", "free", "quiet", "other"]
T = TypeVar("T")

BREACHED: Final = ("breached_unperformed", "breached_unrecorded", "breached", "breached_met_late")
LIVE: Final = ("due", "due_unrecorded", "in_force", "may_be_imposed", "may_be_imposed_unrecorded", "window_unknown",
               "imposed_ground_open", "due_later", "starts_later")  # fmt: skip
PAST: Final = ("ended", "no_longer_due")
_HARM: Final = (*BREACHED, *LIVE, *PAST)
_WITHOUT: Final = frozenset({"not_triggered", "trigger_unknown"})
_UNSURE: Final = frozenset({"trigger_unknown", "timeliness_unknown", "deadline_unknown", "breach_unknown"})


def codes(outcome: Outcome) -> tuple[str, ...]:
    """Every state that the outcome has under some reading."""
    if outcome.state.branches:
        return tuple(dict.fromkeys(branch.value or "" for branch in outcome.state.branches))
    return (outcome.state.value or "",)


def place(outcome: Outcome) -> Place:
    """The section of the page where an outcome belongs."""
    if not outcome.about_institution:
        return "other"
    found = codes(outcome)
    if outcome.state.branches:
        if outcome.modality == "entitlement" and not _WITHOUT & set(found):
            return "entitlement"
        if outcome.modality != "entitlement" and (set(found) <= set(BREACHED) or set(found) <= set(LIVE)):
            return "harm"
        return "reading"
    return _settled_place(outcome, found[0])


def _settled_place(outcome: Outcome, code: str) -> Place:
    if code == "not_triggered":
        return "quiet"
    if outcome.modality == "entitlement":
        return "open" if code == "trigger_unknown" else "entitlement"
    if code in _UNSURE:
        return "open"
    if code in _HARM:
        return "harm"
    if outcome.modality == "price":
        return "price"
    if outcome.modality == "definition":
        return "figure"
    if code in ("met", "observed"):
        return "met"
    return "free" if code == "available" else "duty"


def head_counts(outcomes: Iterable[Outcome], concerns: Callable[[Outcome], bool]) -> dict[str, list[Outcome]]:
    """What the head of a decision counts: the institution's own breaches and sanctions first."""
    there: dict[Place, list[Outcome]] = {}
    for outcome in outcomes:
        there.setdefault(place(outcome), []).append(outcome)
    harm = [outcome for outcome in there.get("harm", ()) if concerns(outcome)]
    return {
        "breaches": [o for o in harm if o.modality != "sanction"],
        "sanctions": [o for o in harm if o.modality == "sanction" and not (len(codes(o)) == 1 and codes(o)[0] in PAST)],
        "by_reading": [o for o in there.get("reading", ()) if may_harm(o) and concerns(o)],
        "to_perform": [o for o in there.get("duty", ()) if concerns(o)],
        "entitlements": there.get("entitlement", []),
        "open": there.get("open", []),
    }


def gravity(outcome: Outcome) -> int:
    """The order within the first section: breaches not made good first, what lies ahead or is over last."""
    return min((_HARM.index(code) for code in codes(outcome) if code in _HARM), default=len(_HARM))


def may_harm(outcome: Outcome) -> bool:
    """Whether some reading makes it a breach or a sanction."""
    return outcome.modality != "entitlement" and any(code in BREACHED or code in LIVE for code in codes(outcome))


def grouped(items: Iterable[T], key: Callable[[T], Hashable]) -> list[list[T]]:
    """Items with the same key together, in the order in which the keys first occur."""
    found: dict[Hashable, list[T]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return list(found.values())


def pattern(attribute: Attribute) -> tuple[Hashable, ...]:
    """What two attributes share if they read the same but for their needs' subjects."""
    branches = tuple(
        (tuple(sorted(branch.readings.items())), branch.value, branch.settled) for branch in attribute.branches
    )
    return (attribute.standing, attribute.value, branches)
