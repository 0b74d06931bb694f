"""Chunks of a batch as columns: the facts as the policy knows them, with the figures that instruments lend to it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from vbprules.batch.model import FEW, Batch
from vbprules.columnar.ends import BeyondColumns
from vbprules.columnar.evaluate import Columns
from vbprules.columnar.lent import lent_on_columns
from vbprules.law import Law
from vbprules.program.ir import Program
from vbprules.tables.chunks import Chunk
from vbprules.tables.intake import Intake, Taken


class Taking:
    """Takes up the chunks of a batch. ``broken``: lists of which rows are lost."""

    def __init__(self, batch: Batch, broken: Collection[str]) -> None:
        parts = batch.parts

        def intake(law: Law, checked: bool) -> Intake:
            return Intake(
                parts.tables, parts.shared, lambda dossier: law.own_case(dossier, batch.as_of), broken, checked
            )

        self.program = batch.program
        self.own = intake(batch.law, True)
        self.lenders = [(law.program, intake(law, False)) for law in batch.law.lenders]

    def take(self, chunk: Chunk) -> Taken:
        """The store of a chunk. Of few institutions all are left to the interpreter, which has decided them before
        columns are set up."""
        taken = self.own.take(chunk)
        if len(taken.store.ids) < FEW:
            taken = replace(taken, odd=taken.odd | True)
        for program, intake in self.lenders:
            if not taken.odd.all():
                taken = _with_lent(taken, self.program, program, intake.take(chunk))
        return taken


def _with_lent(taken: Taken, program: Program, lender: Program, theirs: Taken) -> Taken:
    """With what an instrument lends; what columns cannot tell of it is left to the interpreter."""
    case = theirs.nothing
    columns = Columns(lender, theirs.store, case.as_of, case.calendar, case.fixed)
    try:
        found = lent_on_columns(program, columns)
    except BeyondColumns:
        return replace(taken, odd=taken.odd | True)
    given = [(*own, *more) for own, more in zip(taken.store.given, found, strict=True)]
    odd = taken.odd | theirs.odd | columns.suspect
    return replace(taken, store=replace(taken.store, given=given), odd=odd)
