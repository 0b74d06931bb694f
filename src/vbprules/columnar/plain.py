"""Cells of columns as the interpreter's own values: ranges, codes, bounded figures, states."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import polars as pl

from vbprules.columnar.ends import BEFORE, End
from vbprules.columnar.judge import States
from vbprules.columnar.leaves import Bound, Codes, Span, Truth
from vbprules.engine.interpret import Figured
from vbprules.engine.outcomes import State
from vbprules.facts.rows import Code
from vbprules.values.figures import whole
from vbprules.values.forks import Fork, fork
from vbprules.values.ranges import FALSE, INF, NEG, OPEN, TRUE, Number, Range

Cells = Iterator[Any]
Reader = Callable[[Cells], Any]


def reader(value: Any, columns: list[pl.Expr]) -> Reader:
    """How a value is read from a row's cells; the columns that it needs, in order, are added to ``columns``.

    Forks come out reduced: a reading on which this row's value does not depend has left it.
    """
    if type(value) is Fork:
        branches = [(name, reader(branch, columns)) for name, branch in value.branches]
        name = value.reading
        return lambda cells: fork(name, [(option, read(cells)) for option, read in branches])
    return _leaf(value, columns)


def _leaf(leaf: Any, columns: list[pl.Expr]) -> Reader:
    if isinstance(leaf, tuple):
        parts = [_leaf(part, columns) for part in leaf]
        return lambda cells: tuple(part(cells) for part in parts)
    if isinstance(leaf, States):
        columns += [leaf.code, leaf.settled]
        return lambda cells: State(next(cells), next(cells))
    if isinstance(leaf, Truth):
        columns.append(leaf.expr)
        return lambda cells: _TRUTH[next(cells)]
    if isinstance(leaf, Codes):
        columns.append(leaf.expr)
        return lambda cells: Code(next(cells))
    if isinstance(leaf, Bound):
        inner, bound = _leaf(leaf.value, columns), leaf.bound
        columns.append(leaf.legal)
        return lambda cells: Figured(bound, inner(cells), next(cells))
    assert isinstance(leaf, Span)
    low, high = _end(leaf.lo, NEG, leaf.day, columns), _end(leaf.hi, INF, leaf.day, columns)
    return lambda cells: Range(low(cells), high(cells))


def _end(end: End, open_end: Number, day: bool, columns: list[pl.Expr]) -> Reader:
    columns.append(end.number)
    if end.over is not None:
        columns.append(end.over)

    def read(cells: Cells) -> Number:
        number = next(cells)
        under = end.scale if end.over is None else next(cells)
        if number is None:
            return open_end
        if day and abs(number) >= -BEFORE:
            return NEG if number < 0 else INF
        return number if under == 1 else whole(Fraction(number, under))

    return read


_TRUTH = {True: TRUE, False: FALSE, None: OPEN}
