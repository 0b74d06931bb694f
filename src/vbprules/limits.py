"""What is accepted at most of what strangers wrote: one immutable value, chosen for a stretch of the program.

Limits are no part of what a policy or a dossier says, so they are no parameter of the functions that read them: whoever
needs others says so around the call (``within``), or for a whole process in the environment (``VBPRULES_LIMITS``).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Final

from vbprules.diagnostics import Report, suggest

ENVIRONMENT: Final = "VBPRULES_LIMITS"
DEEPEST: Final = 200  # no limit of nesting goes beyond: whatever walks a tree calls itself once a level
_LONGEST: Final = 15  # digits of a limit


@dataclass(frozen=True, slots=True)
class Limits:
    """What is accepted at most; one more is refused with a finding. Figures are whole numbers."""

    bytes: int = 4_000_000  # of a YAML file or a text
    depth: int = 40  # lists and mappings within each other
    nodes: int = 500_000  # keys not counted
    scalar: int = 20_000  # characters of a text
    key: int = 200  # characters of a key
    provisions: int = 1_000  # of a policy, with the tasks; each measure of one with several counts
    rows: int = 100_000  # of a dossier, all lists together
    cases: int = 2_000  # of a case file
    facts: int = 10_000_000  # nodes of all cases of a file together
    table_bytes: int = 50_000_000_000  # of a file of a table
    table_rows: int = 500_000_000  # of a file or a sheet; the numbers of rows end soon behind that
    columns: int = 500  # of a table
    cell: int = 20_000  # characters
    unpacked: int = 1_000_000_000  # bytes of everything that a workbook packs
    sheet_cells: int = 50_000_000  # of a sheet from its corner to its last row and column, empty ones too


NAMES: Final = tuple(field.name for field in fields(Limits))
_chosen: ContextVar[Limits | None] = ContextVar("vbprules_limits", default=None)


@contextmanager
def within(limits: Limits) -> Iterator[Limits]:
    """Within the block these limits hold: for this thread or task alone, and for what the environment says too."""
    before = _chosen.set(limits)
    try:
        yield limits
    finally:
        _chosen.reset(before)


def current() -> Limits:
    """The limits that hold here. Raises InputError where the environment has some that cannot be read."""
    return _chosen.get() or _of_environment(os.environ.get(ENVIRONMENT, ""))


@lru_cache(maxsize=8)
def _of_environment(text: str) -> Limits:
    """``bytes=50000000 rows=1000000``, over the defaults; commas part them too."""
    report = Report()
    report.use(ENVIRONMENT)
    found: dict[str, int] = {}
    for part in text.replace(",", " ").split():
        name, _, figure = part.partition("=")
        if name not in NAMES:
            report.error("unknown_limit", None, name=name, suggestion=suggest(name, NAMES))
        elif not (figure.isascii() and figure.isdecimal() and len(figure) <= _LONGEST and int(figure)):
            report.error("bad_limit", None, name=name, figure=figure)
        else:
            found[name] = int(figure)
    report.raise_if_errors()
    return replace(Limits(), **found)
