"""Cases as they are read: frozen, with the places of the file in which they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from vbprules.calendar import LocalCalendar
from vbprules.cases.expectations import Expectation
from vbprules.diagnostics import Report, Source
from vbprules.facts.dossier import dossier_of
from vbprules.facts.rows import Dossier
from vbprules.reading import Node, Scalar

NO_SOURCE: Final = Source("", "")


@dataclass(frozen=True, slots=True)
class CaseItem:
    """One case with its fixtures merged and its variant applied. ``source``: the text in which its places are.

    ``calendar`` and ``instruments``: the working days it counts by and the policies that set figures for its own, as
    ``evaluate`` takes them. ``blocks``: what it asserts besides single outcomes, by the name of the block
    (``cases.blocks.table``).
    """

    name: str
    file: Path
    line: int
    policy: str
    as_of: str
    facts: Node
    readings: Mapping[str, str]
    expect: tuple[Expectation, ...]
    must_not: tuple[str, ...]
    calendar: str | LocalCalendar | None = None
    instruments: tuple[str, ...] = ()
    blocks: Mapping[str, Any] = field(default_factory=dict)
    source: Source = field(default=NO_SOURCE, compare=False, repr=False)

    @property
    def asserts_outcomes(self) -> bool:
        """Whether it says anything of single outcomes on its day: what mutation, coverage and conformance count."""
        return bool(self.expect or self.must_not)


@dataclass(frozen=True, slots=True)
class Excused:
    """What no case can tell or reach: ``at`` an address of the policy, ``what`` of it, and why."""

    at: str
    what: tuple[str, ...]
    why: str
    line: int


@dataclass(frozen=True, slots=True)
class Written:
    """What a file says of its policy, each place once, however many cases a table makes of it."""

    source: Source = NO_SOURCE
    policy: Scalar | None = None
    expect: tuple[Expectation, ...] = ()
    readings: tuple[tuple[Scalar, Scalar], ...] = ()
    instruments: tuple[Scalar, ...] = ()
    excused: tuple[Scalar, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case file. ``policy`` is the id of one that ships, or a path.

    ``equivalent``: changes of the policy that no outcome shows; ``unreachable``: points that no facts reach.
    """

    path: Path
    policy: str
    cases: tuple[CaseItem, ...]
    equivalent: tuple[Excused, ...] = ()
    unreachable: tuple[Excused, ...] = ()
    written: Written = field(default_factory=Written, compare=False, repr=False)


def facts_of(item: CaseItem) -> Dossier:
    """The dossier of a case. Raises InputError with every finding at its place."""
    report = Report()
    report.use(item.source)
    dossier = dossier_of(item.facts, report)
    report.raise_if_errors()
    return dossier


def beside(case_file: Path, policy: str) -> str:
    """The policy that a case file names: a path is looked for beside the file first; anything else stays as it is."""
    if "/" not in policy and "\\" not in policy and not policy.endswith((".yaml", ".yml")):
        return policy
    path = case_file.parent / policy
    try:
        return str(path) if path.is_file() else policy
    except (OSError, ValueError):
        return policy
