"""What is no arithmetic of columns: the interpreter's own function, called once for each combination that occurs.

Days, terms and truths have few values however many rows there are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import polars as pl

from vbprules.columnar.ends import BEFORE, End
from vbprules.columnar.frames import Frame, new_name, values_of
from vbprules.columnar.leaves import Span, Truth
from vbprules.values.ranges import INF, NEG, Infinity, Number, Range


def rowwise(frame: Frame, function: Callable[..., Range], values: Sequence[Span | Truth]) -> Span:
    """The days that ``function`` gives for the ends of spans (as numbers) and for truths (as True, False, None)."""
    columns: list[pl.Expr] = []
    readers: list[Callable[[Any], Any]] = []
    for value in values:
        if isinstance(value, Truth):
            columns.append(value.expr)
            readers.append(_as_is)
        else:
            columns += [value.lo.number, value.hi.number]
            readers += [_low, _high]
    names = [f"{number}" for number, _ in enumerate(columns)]
    lo, hi = new_name(), new_name()
    here = values_of(frame.table, dict(zip(names, columns, strict=True)))
    known = here.unique()
    found = [function(*(read(cell) for read, cell in zip(readers, row, strict=True))) for row in known.iter_rows()]
    known = known.with_columns(
        pl.Series(lo, [_day(day.lo) for day in found], pl.Int64),
        pl.Series(hi, [None if day.hi == INF else _day(day.hi) for day in found], pl.Int64),
    )
    exact = all(day.exact and not isinstance(day.lo, Infinity) for day in found)
    there = here.join(known, on=names, how="left", nulls_equal=True, maintain_order="left")
    frame.add(there.select(lo, hi))
    top = max((abs(_day(end)) for day in found for end in day if end != INF), default=0)
    low = End(pl.col(lo), top)
    return Span(low, low if exact else End(pl.col(hi), top, nullable=True), signed=True, day=True)


def _day(day: Number) -> int:
    return BEFORE if isinstance(day, Infinity) else int(day)


def _as_is(cell: Any) -> Any:
    return cell


def _low(cell: int | None) -> Number:
    return NEG if cell is None or cell <= BEFORE else cell


def _high(cell: int | None) -> Number:
    return INF if cell is None else NEG if cell <= BEFORE else cell
