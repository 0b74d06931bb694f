"""An attribute on one line, as timelines, reports and case files write it."""

from __future__ import annotations

from vbprules.decision.model import Attribute


def show(found: Attribute) -> str:
    """The value, or the standing where there is none; by reading ``first_day=next: due; first_day=same: open``."""
    if not found.branches:
        return found.value or found.standing
    return "; ".join(
        f"{'&'.join(f'{r}={o}' for r, o in branch.readings.items())}: {branch.value}" for branch in found.branches
    )
