"""What is decided of every row as a table: standing, state, dates and amounts, as a decision says them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import polars as pl

from vbprules.columnar.evaluate import Columns
from vbprules.columnar.judge import JudgedRows
from vbprules.columnar.leaves import Truth
from vbprules.columnar.quick import Quick, quick_margin, quick_text
from vbprules.columnar.reasons import ColumnReasons
from vbprules.columnar.said import Asked, said
from vbprules.decision.margins import deciding_comparison
from vbprules.decision.model import Standing
from vbprules.decision.reasons import margin_text, path_text
from vbprules.decision.told import is_settled, shown, standing_of, unit_of
from vbprules.decision.wording import wording_of
from vbprules.engine.outcomes import State
from vbprules.program import ir
from vbprules.program.ir import Norm, Program
from vbprules.values.figures import TRUTH
from vbprules.values.forks import Fork, leaves, lift
from vbprules.values.ranges import FALSE, INF, TRUE, Range

FIGURES: Final = ("amount", "due", "not_before", "from", "until", "standard", "value", "received", "done")
TEXTS: Final = (
    "institution",
    "provision",
    "subject",
    "modality",
    "mode",
    "clause",
    "standing",
    "state",
    "by_reading",
    "triggered",
    *FIGURES,
    "margin",
)
REASONS: Final = ("reasons_zh", "reasons_en")
ASK: Final = ":ask"


def texts_of(reasons: bool) -> tuple[str, ...]:
    """The columns of a table of outcomes, all of them texts."""
    return (*TEXTS, *REASONS) if reasons else TEXTS


def outcomes_of(
    columns: Columns, judged: JudgedRows, institutions: pl.Series, reasons: ColumnReasons | None = None
) -> pl.DataFrame:
    """The outcomes of a norm, with the columns ``TEXTS``, those of ``REASONS`` if something tells them, and ``ASK``;
    where its gate surely fails there is none.

    A figure is text as in a decision: ``300000.00``, ``at_least 300000.00``, ``2020-04-01``; what depends on a reading
    is told option by option. Empty: the document does not say, or nothing is known. ``ASK``: the columns cannot tell
    whether an open figure is open because the document is silent, so that the interpreter must be asked.
    """
    norm = judged.norm
    source = judged.frame.store.tables[norm.entity].frame
    keep = source[":listed"] & ~judged.frame.here(judged.outside)
    rows = pl.DataFrame([judged.frame.table["inst"], source[":id"].alias("subject")]).filter(keep)
    asked = [*_told(columns.program, judged), _margin(columns, judged)]
    table = rows.hstack(said(judged.frame.table, keep, asked))
    if reasons is not None:
        lines = [judged.frame.here(line).alias(name) for name, line in zip(REASONS, reasons.of(judged), strict=True)]
        table = table.hstack(pl.DataFrame(lines).filter(keep))
    about = pl.lit("") if norm.entity == "institution" else pl.col("subject")
    return table.select(
        institutions.gather(rows["inst"]).alias("institution"),
        pl.lit(norm.id).alias("provision"),
        about.alias("subject"),
        pl.lit(norm.source.modality).alias("modality"),
        pl.lit(wording_of(columns.program).of(norm).mode).alias("mode"),
        *(pl.col(name) for name in (*texts_of(reasons is not None)[5:], ASK)),
    )


def _told(program: Program, judged: JudgedRows) -> Iterator[Asked]:
    """Standing, state, branches, trigger and attributes."""
    norm = judged.norm
    applies = lift(lambda gate, trigger: Truth(gate.expr & trigger.expr), judged.gate, judged.trigger)
    by_figure = {name for name in ("standard", "value") if name in judged.attributes}
    silent = {name for name in by_figure if _may_be_silent(program, norm.values[name])}
    inputs = [judged.state, *(_where(applies, judged.attributes[name]) for name in sorted(by_figure))]

    def state(value: Any, *figures: Any) -> tuple[Any, ...]:
        standing, code, branches = _state(value)
        standings: dict[str, Standing | None] = {"standard": None, "value": None}
        for name, figure in zip(sorted(by_figure), figures, strict=True):
            standings[name] = _figure_standing(figure)
        ask = standing == "settled" and code == "applies" and any(standings[name] == "open" for name in silent)
        return standing_of(standing, code, standings["standard"], standings["value"]), code, branches, ask

    yield Asked(("standing", "state", "by_reading", ASK), inputs, state, flags=frozenset((ASK,)))
    yield Asked(("clause",), judged.exempt, lambda *holds: (_clauses(norm, holds),))
    yield Asked(("triggered",), [judged.trigger], lambda value: (_text(value, TRUTH),))
    for name in FIGURES:
        if name in judged.attributes:
            node = norm.done if name == "done" else norm.values[name]
            unit = unit_of(name, None if node is None else node.unit)
            value = judged.attributes[name]
            yield Asked((name,), [_where(applies, value)], _attribute(name, unit), _quick(applies, value, unit))
        else:
            yield Asked((name,), (), lambda: (None,))


def _margin(columns: Columns, judged: JudgedRows) -> Asked:
    """How far the first figure of the condition lies from what it is compared with."""
    frame, found = judged.frame, deciding_comparison(columns.program, judged.norm)
    if found is None:
        return Asked(("margin",), (), lambda: (None,))
    values = frame.all_kept([columns.value(node, frame) for node in found])
    unit = found[0].unit

    def say(mine: Any, other: Any) -> tuple[str | None]:
        return (margin_text(mine, other, unit),)

    return Asked(("margin",), values, say, quick_margin(values[0], values[1], unit))


def _clauses(norm: Norm, holds: Sequence[Any]) -> str:
    """Where the norm stands, then where each exception stands that holds here."""
    cites = [
        *norm.cites,
        *(cite for (item, _), h in zip(norm.exempt, holds, strict=True) if h == TRUE for cite in item.cites),
    ]
    return "、".join(dict.fromkeys(cite.clause for cite in cites))


def _where(applies: Any, value: Any) -> Any:
    return lift(lambda a, leaf: (a, leaf), applies, value)


def _may_be_silent(program: Program, node: ir.IR) -> bool:
    return any(isinstance(part, ir.Elsewhere) and part.kind == "silent" for part in ir.reached(node, program))


def _quick(applies: Any, value: Any, unit: str) -> Quick | None:
    """Exact sums and days where the norm may apply."""
    found = quick_text(value, unit)
    if found is None or type(applies) is Fork:
        return None
    return found[0] & applies.expr.ne_missing(pl.lit(False)), found[1]


def _state(value: Any) -> tuple[Standing, str | None, str | None]:
    branches = list(leaves(value))
    if len(branches) == 1:
        state: State = branches[0][1]
        return "settled" if state.settled else "open", state.code, None
    told = (f"{path_text(path)}: {state.code}{'' if state.settled else ' (open)'}" for path, state in branches)
    return "by_reading", None, "; ".join(told)


def _attribute(name: str, unit: str) -> Callable[[Any], tuple[str | None]]:
    def say(value: Any) -> tuple[str | None]:
        there = _applying(value)
        if name == "done" and all(isinstance(leaf, Range) and leaf.hi == INF for _, leaf in leaves(there)):
            return (None,)
        return (_text(there, unit),)

    return say


def _applying(value: Any) -> Any:
    """The value where the norm may apply."""

    def figure(pair: tuple[Range, Any]) -> Any:
        applies, leaf = pair
        return None if applies == FALSE else leaf

    return lift(figure, value)


def _given(value: Any) -> list[Any]:
    return [leaf for _, leaf in leaves(value) if leaf is not None]


def _figure_standing(value: Any) -> Standing | None:
    found = _given(_applying(value))
    if not found:
        return None
    if all(leaf == found[0] for leaf in found):
        return "settled" if is_settled(found[0]) else "open"
    return "by_reading"


def _text(value: Any, unit: str) -> str | None:
    """One text, or one for each option."""
    branches = [(path, leaf) for path, leaf in leaves(value) if leaf is not None]
    if not branches:
        return None
    if all(leaf == branches[0][1] for _, leaf in branches):
        return shown(branches[0][1], unit)
    return "; ".join(f"{path_text(path)}: {shown(leaf, unit)}" for path, leaf in branches)
