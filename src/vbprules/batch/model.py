"""What a batch is decided from, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from vbprules.calendar import ChosenCalendar
from vbprules.columnar.results import texts_of
from vbprules.diagnostics import Finding
from vbprules.engine.case import Case
from vbprules.facts.rows import Dossier
from vbprules.law import Law
from vbprules.program.ir import Program
from vbprules.tables.chunks import Split

if TYPE_CHECKING:
    import polars as pl

FEW: Final = 25  # institutions: fewer of them the interpreter decides sooner than columns are set up
Progress = Callable[[int, int], None]  # institutions done, of all


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Tables, a law and a day. ``lost``: findings about rows that name no institution; ``reasons``: whether told."""

    law: Law
    as_of: int
    parts: Split
    lost: tuple[Finding, ...]
    reasons: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """The columns of its outcomes."""
        return texts_of(self.reasons)

    @property
    def program(self) -> Program:
        return self.law.program

    @property
    def calendar(self) -> ChosenCalendar:
        """Working days as they are known at the close of the day."""
        return self.law.calendar_on(self.as_of)

    def case_of(self, dossier: Dossier) -> Case:
        """The case of an institution."""
        return self.law.case_of(dossier, self.as_of)


@dataclass(slots=True)
class Tally:
    """What was done with the institutions of a batch, counted as it goes on."""

    institutions: int = 0
    outcomes: int = 0
    rejected: dict[str, tuple[Finding, ...]] = field(default_factory=dict)
    one_by_one: int = 0
    provisions: set[str] = field(default_factory=set)
    asked: int = 0

    def add(self, other: Tally) -> None:
        """Count what was done with other institutions as well."""
        self.institutions += other.institutions
        self.outcomes += other.outcomes
        self.rejected |= other.rejected
        self.one_by_one += other.one_by_one
        self.provisions |= other.provisions
        self.asked += other.asked


@dataclass(frozen=True, slots=True, eq=False)
class Done:
    """What is decided of one chunk. ``number``: from 1; ``questions``: of some of its institutions."""

    number: int
    outcomes: pl.DataFrame
    questions: pl.DataFrame
    tally: Tally


@dataclass(frozen=True, slots=True, eq=False)
class Decisions:
    """The results of a batch as tables.

    ``outcomes``: one row an outcome; ``institutions`` and ``provisions``: summaries; ``questions``: what could settle
    open outcomes, of the institutions that were asked; ``rejected``: what is wrong with the facts of institutions of
    which nothing is decided; ``receipt``: what all this was made from.
    """

    outcomes: pl.DataFrame
    institutions: pl.DataFrame
    provisions: pl.DataFrame
    questions: pl.DataFrame
    rejected: pl.DataFrame
    receipt: Mapping[str, Any]
