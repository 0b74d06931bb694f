"""The states that a provision can be found in, apart from those that only say what is not known."""

from __future__ import annotations

from collections.abc import Iterator

from vbprules.language import policy as p
from vbprules.program.ir import TRUE_NODE, Norm


def states_of(norm: Norm) -> Iterator[str]:
    """The settled states of a provision's kind, as far as its terms allow them, and whether it is undecided."""
    if norm.when is not TRUE_NODE:
        yield "not_triggered"
        yield "trigger_unknown"
    if norm.gate is not TRUE_NODE:
        yield "not_applicable"
    modality = norm.source.modality
    if modality in (p.OBLIGATION, p.ENTITLEMENT):
        yield from _performance(norm)
    elif modality == p.PROHIBITION:
        yield from ("observed", "breached")
    elif modality == p.SANCTION:
        yield from _sanction(norm)
    else:
        yield "available" if modality == p.PERMISSION else "applies"


def _performance(norm: Norm) -> Iterator[str]:
    yield "met"
    if norm.discretionary:
        yield "available"
        return
    at_once = "over" in norm.tests and "due" not in norm.values
    if not at_once:
        yield "open"
    if "over" in norm.tests:
        yield "breached_unperformed"
        if not at_once:
            yield "breached_met_late"


def _sanction(norm: Norm) -> Iterator[str]:
    by_itself = norm.source.takes_effect == "by_itself"
    if "from" in norm.values and not norm.discretionary:
        yield "starts_later" if by_itself else "due_later"
    yield "may_be_imposed" if norm.discretionary else "in_force" if by_itself else "due"
    if not by_itself or norm.discretionary:
        yield "in_force"
    if "until" in norm.values:
        yield "ended"
        if not by_itself:
            yield "no_longer_due"
