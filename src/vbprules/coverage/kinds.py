"""The kinds of things to reach, with their names for people. Importing this costs nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

Kind = Literal["clauses", "provisions", "branches", "states", "readings", "boundaries"]
KINDS: Final[Mapping[Kind, tuple[str, str]]] = {
    "clauses": ("条款", "clauses"),
    "provisions": ("规定", "provisions"),
    "branches": ("条件的两面", "branches of conditions"),
    "states": ("状态", "states"),
    "readings": ("解读的选项", "options of readings"),
    "boundaries": ("界限", "boundaries"),
}
