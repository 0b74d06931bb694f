"""One chunk of institutions decided: on columns where they can tell, otherwise by the interpreter, one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from vbprules.batch.interpreted import ORDER, Interpreted
from vbprules.columnar.ends import BeyondColumns
from vbprules.columnar.evaluate import Columns
from vbprules.columnar.judge import ColumnJudge
from vbprules.columnar.reasons import ColumnReasons
from vbprules.columnar.results import ASK, outcomes_of, texts_of
from vbprules.diagnostics import Finding
from vbprules.program.ir import Program
from vbprules.tables.intake import Taken


@dataclass(frozen=True, slots=True, eq=False)
class Decided:
    """What is decided of a chunk. ``rejected``: institutions whose facts have errors; nothing is decided of them.

    ``one_by_one``: institutions that the interpreter decided; ``provisions``: those it decided for everybody else.
    """

    outcomes: pl.DataFrame
    institutions: int
    rejected: Mapping[str, tuple[Finding, ...]]
    one_by_one: tuple[str, ...]
    provisions: frozenset[str]


def decide(program: Program, taken: Taken, left: Interpreted) -> Decided:
    """The outcomes of every institution of a chunk, in the order of the institutions, then of the policy.

    ``left`` decides what the columns leave to the interpreter, and says whether reasons are told.
    """
    names = taken.store.ids
    tables, odd, provisions = ([], taken.odd, frozenset()) if taken.odd.all() else _on_columns(program, taken, left)
    rest, one_by_one = left.all([inst for inst, is_odd in enumerate(odd) if is_odd], program)
    outcomes = pl.concat([*tables, rest])
    place = pl.DataFrame({"institution": pl.Series(names, dtype=pl.String)}).with_row_index(":at")
    outcomes = outcomes.filter(~pl.col("institution").is_in(list(left.rejected)))
    outcomes = outcomes.join(place, on="institution", how="left", maintain_order="left")
    outcomes = outcomes.sort(":at", ORDER, maintain_order=True).select(texts_of(left.reasons))
    return Decided(outcomes, len(names), left.rejected, one_by_one, provisions)


def _on_columns(
    program: Program, taken: Taken, left: Interpreted
) -> tuple[list[pl.DataFrame], pl.Series, frozenset[str]]:
    """The outcomes of the institutions that are not odd, which ones are, and the norms that columns cannot decide."""
    store, nothing = taken.store, taken.nothing
    institutions = pl.Series("institution", store.ids, pl.String)
    columns = Columns(program, store, nothing.as_of, nothing.calendar, nothing.fixed)
    judge = ColumnJudge(columns)
    reasons = ColumnReasons(columns) if left.reasons else None
    found: list[pl.DataFrame] = []
    beyond: list[int] = []
    for number, norm in enumerate(program.norms):
        try:
            table = outcomes_of(columns, judge.judge(norm), institutions, reasons)
        except BeyondColumns:
            beyond.append(number)
            continue
        found.append(table.with_columns(pl.lit(number, pl.Int32).alias(ORDER)))
    odd = taken.odd | columns.suspect
    strange = institutions.filter(odd).implode()
    tables: list[pl.DataFrame] = []
    if found:
        decided = pl.concat(found).filter(~pl.col("institution").is_in(strange))
        numbers = {name: inst for inst, name in enumerate(store.ids)}
        tables = [decided.filter(~pl.col(ASK)).drop(ASK), left.asked(program, numbers, decided.filter(ASK))]
    plain = [inst for inst, is_odd in enumerate(odd) if not is_odd]
    tables += [left.norm(plain, number, program.norms[number]) for number in beyond]
    return tables, odd, frozenset(program.norms[number].id for number in beyond)
