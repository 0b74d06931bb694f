"""One change of a policy file's tree, and the address under which it is named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from vbprules.mutation.kinds import Kind
from vbprules.reading import Mark
from vbprules.reading.edits import Edit, Path

DROPPED: Final = "dropped"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a policy could get wrong. ``at`` and ``after`` identify it; ``owner`` is what it is part of."""

    at: str
    kind: Kind
    before: str
    after: str
    owner: str
    mark: Mark
    path: Path
    edit: Edit


def address(path: Path) -> str:
    """A path as text: provisions are named without their section, positions are counted from one."""
    steps = path[1:] if path and path[0] == "provisions" else path
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in steps)
