"""New columns that the interpreter's own code fills, asked once for each combination of values that occurs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import polars as pl

from vbprules.columnar.frames import values_of
from vbprules.columnar.once import asked_once, each_once
from vbprules.columnar.plain import Reader, reader


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
        keys = [_key(column, f":{number}:{place}") for place, column in enumerate(columns)]
        quick = {} if each.quick is None else dict(zip((f":{number}", f":{number}:text"), each.quick, strict=True))
        wanted |= dict(zip(keys, columns, strict=True)) | quick
        plans.append((each, readers, keys, list(quick)))
    cells = values_of(table, wanted).filter(keep)
    found: list[pl.Series] = []
    for each, readers, names, plain in plans:
        found += _said(each, readers, cells, names, plain) if names else _same(each, int(keep.sum()))
    return found


def _key(column: pl.Expr, otherwise: str) -> str:
    """The name of what is read: a column that branches share is read once."""
    return f":{column.meta.output_name()}" if column.meta.is_column() else otherwise


def _same(asked: Asked, height: int) -> Iterator[pl.Series]:
    """Columns with the same cell in every row."""
    for name, cell in zip(asked.names, asked.say(), strict=True):
        yield pl.Series(name, [cell], asked.kind(name)).new_from_index(0, height)


def _said(
    asked: Asked, readers: Sequence[Reader], cells: pl.DataFrame, keys: list[str], quick: list[str]
) -> list[pl.Series]:
    """Columns from the cells of others, each combination of which is read once."""

    def say(known: pl.DataFrame) -> list[tuple[Any, ...]]:
        lists = {column.name: column.to_list() for column in known.get_columns()}
        told_from = [lists[key] for key in keys]
        read = [each(told_from) for each in readers]

        def answer(*key: int) -> tuple[Any, ...]:
            return asked.say(*(told.values[at] for told, at in zip(read, key, strict=True)))

        return each_once(zip(*(told.numbers for told in read), strict=True), answer)

    plain = cells[quick[0]] if quick else None
    kinds = {name: asked.kind(name) for name in asked.names}
    read_from = pl.DataFrame([cells[key] for key in dict.fromkeys(keys)])
    found = asked_once(read_from, kinds, say, None if plain is None else ~plain)
    return found if plain is None else [cells[quick[1]].zip_with(plain, found[0]).alias(found[0].name)]
