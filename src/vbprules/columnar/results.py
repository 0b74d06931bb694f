"""What is decided of every row as a table: standing, state, dates and amounts, as a decision says them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import polars as pl

from vbprules.columnar import ends as e
from vbprules.columnar.ends import day_text
from vbprules.columnar.evaluate import Columns
from vbprules.columnar.judge import JudgedRows
from vbprules.columnar.leaves import Span, Truth
from vbprules.columnar.said import Asked, said
from vbprules.decision.margins import deciding_comparison
from vbprules.decision.model import Standing
from vbprules.decision.reasons import margin_text, path_text
from vbprules.decision.told import is_settled, shown, standing_of, unit_of
from vbprules.engine.outcomes import State
from vbprules.language import policy as p
from vbprules.program import ir
from vbprules.program.ir import Norm, Program
from vbprules.values.figures import DATE, MONEY, TRUTH, UNITS
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
ASK: Final = ":ask"


def outcomes_of(columns: Columns, judged: JudgedRows, institutions: pl.Series) -> pl.DataFrame:
    """The outcomes of a norm, with the columns ``TEXTS`` and ``ASK``; where its gate surely fails there is none.

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
    about = pl.lit("") if norm.entity == "institution" else pl.col("subject")
    mode = "may" if norm.discretionary or norm.source.modality == p.PERMISSION else "must"
    return table.select(
        institutions.gather(rows["inst"]).alias("institution"),
        pl.lit(norm.id).alias("provision"),
        about.alias("subject"),
        pl.lit(norm.source.modality).alias("modality"),
        pl.lit(mode).alias("mode"),
        *(pl.col(name) for name in (*TEXTS[5:], ASK)),
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
            quick = _quick(applies, value, unit) if type(value) is not Fork and type(applies) is not Fork else None
            yield Asked((name,), [_where(applies, value)], _attribute(name, unit), quick)
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

    return Asked(("margin",), values, say, _quick_margin(values[0], values[1], unit))


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


def _quick(applies: Truth, value: Any, unit: str) -> tuple[pl.Expr, pl.Expr] | None:
    """Exact sums and days, which may be as many as there are rows."""
    if not isinstance(value, Span) or value.lo.over is not None or value.lo.scale != 1 or unit not in _PLAIN:
        return None
    low = value.lo.number
    least = 1 if unit == DATE else 0
    most = pl.lit(_LAST) if unit == DATE else pl.lit(10**18)
    plain = (low >= least) & (low <= most)
    if not value.exact:
        plain = plain & e.less(value.hi, value.lo, False) & e.less(value.lo, value.hi, False)
    return (plain & (applies.expr.ne_missing(pl.lit(False)))).fill_null(False), _PLAIN[unit](low)


def _quick_margin(mine: Any, other: Any, unit: str) -> tuple[pl.Expr, pl.Expr] | None:
    """Of exact whole figures, which may be as many as there are rows."""
    if unit not in _DIFFERENCES or not (isinstance(mine, Span) and isinstance(other, Span)):
        return None
    whole = all(end.over is None and end.scale == 1 for end in (mine.lo, other.lo))
    if not whole or mine.lo.top + other.lo.top >= 2**63:
        return None
    plain = pl.lit(True)
    for each in (mine, other):
        plain &= each.lo.number.is_between(-_LAST, _LAST) if each.day else each.lo.number.is_not_null()
        if not each.exact:
            plain &= e.less(each.hi, each.lo, False)
    return plain.fill_null(False), _DIFFERENCES[unit](mine.lo.number - other.lo.number)


def _money(fen: pl.Expr) -> pl.Expr:
    return pl.format("{}.{}", fen.floordiv(100), fen.mod(100).cast(pl.String).str.zfill(2))


_LAST: Final = 3_652_059  # 9999-12-31
_PLAIN: Final[dict[str, Callable[[pl.Expr], pl.Expr]]] = {
    MONEY: _money,
    UNITS: lambda number: number.cast(pl.String),
    DATE: lambda ordinal: day_text(ordinal.clip(0, _LAST)),
}
_DIFFERENCES: Final[dict[str, Callable[[pl.Expr], pl.Expr]]] = {
    DATE: lambda days: days.cast(pl.String),
    UNITS: lambda number: number.cast(pl.String),
    MONEY: lambda fen: pl.when(fen < 0).then(pl.lit("-")).otherwise(pl.lit("")) + _money(fen.abs()),
}


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
