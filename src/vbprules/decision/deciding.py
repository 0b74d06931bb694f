"""Which steps of a proof decided: of a state the tests that it turns on, of a condition the parts that make it so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from vbprules.decision.model import NotApplicable, Outcome, Reason
from vbprules.decision.words import TESTS

_MOST: Final = 5
_TRIGGER: Final = ("trigger",)
_HEADS: Final[Mapping[str, tuple[str, ...]]] = {  # the tests that a state turns on, as the tables of states have it
    "not_applicable": ("gate",),
    "not_triggered": ("trigger", "started", "ended"),
    "trigger_unknown": ("gate", "trigger", "started", "ended"),
    "met": ("in_time", "performed"),
    "open": ("over", "performed"),
    "open_unrecorded": ("over", "performed"),
    "breached_met_late": ("trigger", "in_time"),
    "breached_unperformed": ("trigger", "over", "in_time"),
    "breached_unrecorded": ("trigger", "over", "in_time", "performed"),
    "timeliness_unknown": ("in_time",),
    "deadline_unknown": ("over", "in_time"),
    "due_later": ("trigger", "started"),
    "starts_later": ("trigger", "started"),
    "window_unknown": ("trigger", "started"),
    "in_force": ("trigger", "imposed"),
    "ended": ("ended", "imposed"),
    "no_longer_due": ("ended",),
    "imposed_ground_open": ("imposed", "gate", "trigger"),
    "observed": ("breached",),
    "breached": ("trigger", "breached"),
    "breach_unknown": ("breached",),
}
_OPEN: Final = frozenset(
    {"trigger_unknown", "timeliness_unknown", "deadline_unknown", "window_unknown", "breach_unknown"}
)


def deciding(answer: Outcome | NotApplicable, tree: Sequence[Reason]) -> tuple[Reason, ...]:
    """At most five steps that make the outcome what it is; those that compare or name something come first.

    ``tree`` is a whole proof, or the reasons of a decision.
    """
    codes = ["not_applicable"]
    if isinstance(answer, Outcome):
        codes = [code for code in (answer.state.value, *(b.value for b in answer.state.branches)) if code is not None]
    heads = [reason for reason in tree if reason.kind in TESTS]
    if heads:
        wanted = {name for code in codes for name in _HEADS.get(code, _TRIGGER)}
        if set(codes) == {"met"} and any(head.kind == "in_time" for head in heads):
            wanted.discard("performed")  # in time says it already
        chosen = [head for head in heads if head.kind in wanted and _bears(head, codes)]
        found = [step for head in chosen for step in _walk(head.parts, head.truth)]
    else:
        found = list(_walk([reason for reason in tree if reason.kind != "figure"], None))
    kept = [step for step in _distinct(found) if step.truth != "yes" or step.kind not in ("scope", "gate")]
    told = [step for step in kept if step.comparator or step.kind in ("breach", "member", "question", "row")] or kept
    return tuple((told if len(kept) > _MOST else kept)[:_MOST])


def _bears(head: Reason, codes: Collection[str]) -> bool:
    """Whether a test has to do with the state: of what is not known, only what is not known."""
    if set(codes) <= _OPEN:
        return head.truth in ("open", "by_reading")
    if set(codes) == {"not_triggered"}:
        return (head.truth != "yes") != (head.kind == "ended")
    return True


def _walk(reasons: Iterable[Reason], whole: str | None) -> Iterator[Reason]:
    """The steps beneath a conjunction that make it ``whole``; of one that is not known to fail or to hold, all."""
    parts = _distinct(reasons)
    same = [part for part in parts if part.truth == whole]
    for part in same if whole not in (None, "yes") and same else parts:
        yield from _beneath(part)


def _beneath(reason: Reason) -> Iterator[Reason]:
    if reason.comparator or not reason.parts or reason.kind == "breach":
        yield reason
    elif reason.kind == "row":
        yield replace(reason, parts=tuple(_walk(reason.parts, reason.truth)))
    elif reason.kind == "choice":
        told = [option for option in reason.parts if option.parts]  # the others hold without condition
        for option in told if reason.truth in ("by_reading", "open") else told[:1]:
            yield from _walk(option.parts, option.truth)
    elif reason.kind == "not":
        yield from _walk(reason.parts, None)
    elif reason.truth == "yes" and (reason.kind == "any" or all(part.kind == "row" for part in reason.parts)):
        for part in [part for part in reason.parts if part.truth == "yes"][:1]:
            yield from _beneath(part)
    elif reason.kind == "any":
        yield from _walk(reason.parts, None if reason.truth == "no" else reason.truth)
    else:
        yield from _walk(reason.parts, reason.truth)


def _distinct(reasons: Iterable[Reason]) -> list[Reason]:
    """Steps said once. Equality comes as two comparisons of one sentence: it holds if both do."""
    found: dict[tuple[str, str], Reason] = {}
    rank = {"no": 0, "by_reading": 1, "open": 2, "yes": 3}
    for reason in reasons:
        key = (reason.kind, reason.text.en)
        if key not in found or rank[reason.truth] < rank[found[key].truth]:
            found[key] = reason
    return list(found.values())
