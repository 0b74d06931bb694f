"""New columns that the interpreter's own code fills, asked once for each combination of values that occurs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import polars as pl

from vbprules.columnar.frames import values_of
from vbprules.columnar.plain import Reader, numbered, reader


class Asked(NamedTuple):
    """The columns ``names``, of texts (those in ``flags`` of booleans): ``say`` gives their cells for values.

    ``quick``: where plain arithmetic of texts gives the one column, and that text.
    """

    names: tuple[str, ...]
    values: Sequence[Any]
    say: Callable[..., tuple[Any, ...]]
    quick: tuple[pl.Expr, pl.Expr] | None = None
    flags: frozenset[str] = frozenset()

    def kind(self, name: str) -> type[pl.Boolean | pl.String]:
        return pl.Boolean if name in self.flags else pl.String


def said(table: pl.DataFrame, keep: pl.Series, asked: Sequence[Asked]) -> list[pl.Series]:
    """The columns for the kept rows; the table is looked at once for all of them."""
    wanted: dict[str, pl.Expr] = {}
    plans = []
    for number, each in enumerate(asked):
        columns: list[pl.Expr] = []
        readers = [reader(value, columns) for value in each.values]
        keys = {f":{number}:{place}": column for place, column in enumerate(columns)}
        quick = {} if each.quick is None else dict(zip((f":{number}", f":{number}:text"), each.quick, strict=True))
        wanted |= keys | quick
        plans.append((each, readers, list(keys), list(quick)))
    cells = values_of(table, wanted).filter(keep)
    found: list[pl.Series] = []
    for each, readers, names, plain in plans:
        found += _said(each, readers, cells, names, plain) if names else _same(each, int(keep.sum()))
    return found


def _same(asked: Asked, height: int) -> Iterator[pl.Series]:
    """Columns with the same cell in every row."""
    for name, cell in zip(asked.names, asked.say(), strict=True):
        yield pl.Series(name, [cell], asked.kind(name)).new_from_index(0, height)


def _said(
    asked: Asked, readers: Sequence[Reader], cells: pl.DataFrame, keys: list[str], quick: list[str]
) -> Iterator[pl.Series]:
    """Columns from the cells of others, each combination of which is read once."""
    known = (cells.filter(~pl.col(quick[0])) if quick else cells).select(keys).unique()
    lists = [column.to_list() for column in known.get_columns()]
    read = [each(lists) for each in readers]
    numbers, combinations = numbered(zip(*(told.numbers for told in read), strict=True))
    answers = [asked.say(*(told.values[at] for told, at in zip(read, key, strict=True))) for key in combinations]
    texts = [
        pl.Series(name, [answer[at] for answer in answers], asked.kind(name)).gather(numbers)
        for at, name in enumerate(asked.names)
    ]
    there = cells.select(keys + quick).join(
        known.with_columns(texts), on=keys, how="left", nulls_equal=True, maintain_order="left"
    )
    if quick:
        (name,) = asked.names
        there = there.with_columns(pl.when(quick[0]).then(quick[1]).otherwise(name).alias(name))
    yield from (there[name] for name in asked.names)
