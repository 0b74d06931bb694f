"""What an instrument settles for another document, for all institutions at once. Mirrors ``engine.lent``."""

from __future__ import annotations

from typing import Any

import polars as pl

from vbprules.columnar.evaluate import Columns
from vbprules.columnar.judge import ColumnJudge
from vbprules.columnar.said import Asked, said
from vbprules.engine.lent import alike, figure_text, given, slots, the_one
from vbprules.facts.rows import Given
from vbprules.language.vocabulary import INSTITUTION
from vbprules.program import ir
from vbprules.program.ir import Norm, Program

_TEXT, _WHICH = ":text", ":which"


def lent_on_columns(program: Program, instrument: Columns) -> list[list[Given]]:
    """Of each institution what ``program`` leaves to the document of ``instrument``, as far as that settles it.

    Raises BeyondColumns where the interpreter has to decide.
    """
    judge = ColumnJudge(instrument)
    found: list[list[Given]] = [[] for _ in instrument.store.ids]
    for norm, name, slot in slots(program, instrument.program):
        others = alike(norm, instrument.program)
        if not others:
            continue
        for inst, subject, text, which in _figures(judge, others, name, slot).iter_rows():
            about = "" if norm.entity == INSTITUTION else subject
            found[inst].append(given(slot, text, about, others[int(which)], instrument.program))
    return found


def _figures(judge: ColumnJudge, norms: list[Norm], name: str, slot: ir.Elsewhere) -> pl.DataFrame:
    """Of every row for which the figure is settled: its institution, its id, the figure, and the number of its norm."""
    judged = [judge.judge(norm) for norm in norms]
    values: list[Any] = []
    for item in judged:
        values += [item.gate, item.trigger]
    values += [item.attributes[name] for item in judged if name in item.attributes]

    def say(*told: Any) -> tuple[str | None, str | None]:
        pairs, rest = told[: 2 * len(judged)], iter(told[2 * len(judged) :])
        figures = [next(rest) if name in item.attributes else None for item in judged]
        at = the_one(zip(pairs[::2], pairs[1::2], strict=True))
        text = None if at is None else figure_text(figures[at], slot.unit)
        return text, None if text is None else str(at)

    frame = judged[0].frame
    source = frame.store.tables[norms[0].entity].frame
    columns = said(frame.table, source[":listed"], [Asked((_TEXT, _WHICH), values, say)])
    table = source.filter(":listed").select("inst", ":id").with_columns(columns)
    return table.filter(pl.col(_TEXT).is_not_null())
