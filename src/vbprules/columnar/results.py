"""What is decided of every row as a table: standing, state, dates and amounts, as a decision says them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

import polars as pl

from vbprules.columnar.frames import with_values
from vbprules.columnar.judge import JudgedRows
from vbprules.columnar.leaves import Truth
from vbprules.columnar.plain import reader
from vbprules.decision.model import Standing
from vbprules.decision.reasons import show_value
from vbprules.decision.told import is_settled, unit_of
from vbprules.engine.outcomes import State
from vbprules.language import policy as p
from vbprules.program.ir import Norm
from vbprules.values.figures import TRUTH
from vbprules.values.forks import leaves, lift
from vbprules.values.ranges import FALSE, INF, OPEN, Range

SHOWN: Final = ("amount", "due", "not_before", "from", "until", "standard", "value", "received", "done")
SCHEMA: Final[dict[str, pl.DataType]] = {
    "institution": pl.String(),
    "provision": pl.String(),
    "subject": pl.String(),
    "modality": pl.String(),
    "mode": pl.String(),
    "clause": pl.String(),
    "standing": pl.String(),
    "state": pl.String(),
    "by_reading": pl.String(),
    "triggered": pl.String(),
    **{name: pl.String() for name in SHOWN},
}


def outcomes_of(judged: JudgedRows, institutions: pl.Series) -> pl.DataFrame:
    """The outcomes of a norm in the form of ``SCHEMA``; where its gate fails under every reading there is none.

    A figure is text as in a decision: ``300000.00``, ``at_least 300000.00``, ``2020-04-01``; what depends on a reading
    is told option by option. Empty: the document does not say, or nothing is known.
    """
    norm = judged.norm
    source = judged.frame.store.tables[norm.entity].frame
    said = _told(judged)
    table = judged.frame.table.select("inst").with_columns(
        source[":id"].alias("subject"), source[":listed"].alias(":listed"), *said, judged.outside.alias(":outside")
    )
    table = table.filter(pl.col(":listed") & ~pl.col(":outside"))
    about = pl.lit("") if norm.entity == "institution" else pl.col("subject")
    mode = "may" if norm.discretionary or norm.source.modality == p.PERMISSION else "must"
    clauses = "、".join(dict.fromkeys(cite.clause for cite in norm.cites))
    return table.select(
        institutions.gather(table["inst"]).alias("institution"),
        pl.lit(norm.id).alias("provision"),
        about.alias("subject"),
        pl.lit(norm.source.modality).alias("modality"),
        pl.lit(mode).alias("mode"),
        pl.lit(clauses).alias("clause"),
        *(pl.col(name) for name in list(SCHEMA)[6:]),
    )


def _told(judged: JudgedRows) -> Iterator[pl.Series]:
    """Standing, state, branches, trigger and attributes of every row, worked out once for each combination."""
    norm, frame = judged.norm, judged.frame
    yield from _columns(
        frame.table, [judged.state], lambda state: _state(state), ("standing", "state", "by_reading")
    )
    yield from _columns(frame.table, [judged.trigger], lambda value: (_shown(value, TRUTH)[1],), ("triggered",))
    applies = lift(lambda gate, trigger: Truth(gate.expr & trigger.expr), judged.gate, judged.trigger)
    for name in SHOWN:
        if name in judged.attributes:
            where = lift(lambda a, value: (a, value), applies, judged.attributes[name])
            unit = unit_of(norm, name)
            yield from _columns(frame.table, [where], _attribute(norm, name, unit), (name,))
        else:
            yield pl.Series(name, [None], pl.String).new_from_index(0, frame.height)


def _columns(
    table: pl.DataFrame, values: list[Any], say: Callable[..., tuple[str | None, ...]], names: tuple[str, ...]
) -> Iterator[pl.Series]:
    """New columns of text, from the interpreter's own values of each combination that occurs."""
    columns: list[pl.Expr] = []
    readers = [reader(value, columns) for value in values]
    keys = {f":{number}": column for number, column in enumerate(columns)}
    cells = with_values(table, keys).select(list(keys))
    known = cells.unique()
    found = []
    for row in known.iter_rows():
        rest = iter(row)
        found.append(say(*(read(rest) for read in readers)))
    texts = [pl.Series(name, [each[at] for each in found], pl.String) for at, name in enumerate(names)]
    there = cells.join(known.with_columns(texts), on=list(keys), how="left", nulls_equal=True, maintain_order="left")
    yield from (there[name] for name in names)


def _state(value: Any) -> tuple[Standing, str | None, str | None]:
    branches = list(leaves(value))
    if len(branches) == 1:
        state: State = branches[0][1]
        return "settled" if state.settled else "open", state.code, None
    told = (f"{_path(path)}: {state.code}{'' if state.settled else ' (open)'}" for path, state in branches)
    return "by_reading", None, "; ".join(told)


def _attribute(norm: Norm, name: str, unit: str) -> Callable[[Any], tuple[str | None]]:
    def say(value: Any) -> tuple[str | None]:
        def figure(pair: tuple[Range, Any]) -> Any:
            applies, leaf = pair
            return None if applies == FALSE else leaf

        there = lift(figure, value)
        if name == "done" and all(isinstance(leaf, Range) and leaf.hi == INF for _, leaf in leaves(there) if leaf):
            return (None,)
        return (_shown(there, unit)[1],)

    return say


def _shown(value: Any, unit: str) -> tuple[bool, str | None]:
    """Whether it is settled, and the text: one, or one for each option."""
    branches = [(path, leaf) for path, leaf in leaves(value) if leaf is not None]
    if not branches:
        return True, None
    if all(leaf == branches[0][1] for _, leaf in branches):
        return is_settled(branches[0][1]), _text(branches[0][1], unit)
    told = (f"{_path(path)}: {_text(leaf, unit)}" for path, leaf in branches)
    return False, "; ".join(told)


def _text(leaf: Any, unit: str) -> str:
    if unit == TRUTH:
        return "open" if leaf == OPEN else "no" if leaf == FALSE else "yes"
    return show_value(leaf, unit)


def _path(path: Any) -> str:
    return "&".join(f"{reading}={option}" for reading, option in path)
