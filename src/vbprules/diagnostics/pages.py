"""Where the documentation explains a finding: the page of its letter, and its heading there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from vbprules.diagnostics.catalogue import NAMES

PAGES: Final[Mapping[str, str]] = {
    "Y": "yaml",
    "P": "policy",
    "E": "expressions",
    "F": "fidelity",
    "L": "logic",
    "M": "comparing",
    "D": "dossier",
    "R": "rulings",
    "C": "cases",
    "K": "calendars",
    "W": "writing",
    "N": "drafting",
    "B": "tables",
    "G": "bundles",
}


def page_of(code: str) -> tuple[str, str]:
    """The page in ``docs/findings`` and the anchor of a finding's heading. Raises KeyError for an unknown code."""
    return PAGES[code[0]], f"{code.lower()}-{NAMES[code]}"
