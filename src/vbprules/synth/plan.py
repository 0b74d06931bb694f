"""What is to be made: how many institutions and drugs, which days, which seed, how much is left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from vbprules.calendar import Period
from vbprules.synth.policy_words import PolicyWords


def quarters_within(first: date, last: date) -> tuple[Period, ...]:
    """The quarters that begin from the first to the last day."""
    period = Period.containing("quarter", first.toordinal())
    if period.start < first.toordinal():
        if period.end >= last.toordinal():
            return ()
        period = period.next()
    found = []
    while period.start <= last.toordinal():
        found.append(period)
        if period.end >= last.toordinal():
            break
        period = period.next()
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Plan:
    """A province to be made. ``last`` is also the day as of which everything is known.

    ``gaps`` is the share of cells left empty and of institutions whose lists are not complete. ``words`` are the names
    of a policy's sanctions, duties and questions; without them no acts, answers or conduct are made.
    Raises ValueError for figures that cannot be: nothing to make, no whole beginning of a quarter, a share above one.
    """

    institutions: int
    drugs: int
    first: date = date(2020, 1, 1)
    last: date = date(2020, 12, 31)
    seed: int = 1
    gaps: Fraction = Fraction(2, 100)
    words: PolicyWords | None = None

    def __post_init__(self) -> None:
        if self.institutions < 1 or self.drugs < 1:
            raise ValueError("at least one institution and one drug")
        if not 0 <= self.seed < 2**63:
            raise ValueError("the seed is a number from 0 to 2**63 - 1")
        if not 0 <= self.gaps <= 1:
            raise ValueError("gaps is a share from 0 to 1")
        if not self.quarters:
            raise ValueError("no quarter begins between the first and the last day")

    @property
    def quarters(self) -> tuple[Period, ...]:
        """The quarters that begin within the days of the plan; the last one may still be running."""
        return quarters_within(self.first, self.last)

    @property
    def years(self) -> tuple[int, ...]:
        """The calendar years in which a quarter lies: agreements are made for each."""
        return tuple(dict.fromkeys(date.fromordinal(quarter.start).year for quarter in self.quarters))
