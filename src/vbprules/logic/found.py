"""One thing found about a policy's logic: what, where, and the facts that show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from vbprules.logic.records import Witness
from vbprules.reading import Mark

Severity = Literal["warning", "hint"]


@dataclass(frozen=True, slots=True)
class Found:
    """``name`` is the catalogue's; ``clauses`` where the text says it; ``witness`` facts confirmed by evaluation.

    A finding that says *never* or *always* rests on a proof; its witness then shows the nearest that there is, or none.
    """

    name: str
    severity: Severity
    mark: Mark | None
    clauses: tuple[str, ...]
    args: Mapping[str, str]
    witness: Witness | None = None
    other_mark: Mark | None = None
    provisions: tuple[str, ...] = field(default=())
