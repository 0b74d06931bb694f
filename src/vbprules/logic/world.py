"""Two ways to look at the rows of a dossier.

``Any`` record: every row that an expression names may be a row of its own and a total is any amount; what cannot be
there cannot be in any dossier. ``One`` row of each kind: a small dossier, in which totals are sums of at most one row;
what can be there can be written down as facts.
"""

from __future__ import annotations

from typing import Final

from vbprules.language.vocabulary import BY_NAME, INSTITUTION
from vbprules.logic.formulas import RowId, Variable
from vbprules.program.ir import Place
from vbprules.values.figures import DATE

Rows = tuple[RowId, ...]
NEVER: Final = 3_640_000  # a day that does not come: later than any that is written


class World:
    """Names the rows that expressions look at. ``small``: one row of each kind."""

    def __init__(self, small: bool) -> None:
        self.small = small

    def origin(self, entity: str) -> RowId:
        return (entity,)

    def row(self, place: Place, rows: Rows) -> RowId:
        if place.entity == INSTITUTION or self.small:
            return (place.entity,)
        return (*rows[place.scope], *place.hops)

    def end_of_period(self, row: RowId, last: bool) -> Variable:
        if entity_of(row) == "agreement":
            return Variable("fact", row, "end" if last else "start", DATE)
        return Variable("period", row, "end" if last else "start", DATE)

    def day(self, row: RowId) -> Variable | None:
        """The day by which a row falls under a document; None where it is the as-of date."""
        entity = BY_NAME[entity_of(row)]
        if entity.name == "agreement_line":
            agreement = ("agreement",) if self.small else (*row, "agreement")
            return Variable("fact", agreement, "start", DATE)
        if entity.day is None:
            return self.end_of_period(row, True) if entity.period else None
        return self.end_of_period(row, True) if entity.day == "period" else Variable("fact", row, entity.day, DATE)


def entity_of(row: RowId) -> str:
    return row[-1]
