"""Frames: the rows in sight, for many rows at once. What the interpreter holds as a tuple of rows is a column of each.

``scopes[0]`` is the innermost row. A frame grows by the columns of what was evaluated in it; its rows stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any

import polars as pl

from vbprules.columnar.ends import BeyondColumns
from vbprules.columnar.leaves import Codes, Span, Truth, choose, unknown
from vbprules.columnar.store import ROW, Store
from vbprules.language.vocabulary import INSTITUTION
from vbprules.program.ir import Place
from vbprules.values.forks import lift

_NAMES: Iterator[int] = count()


class Frame:
    """``table``: its columns, among them ``inst`` and one of row numbers for each scope.

    ``own``: its rows are all rows of an entity, with the columns of that entity's table.
    """

    def __init__(
        self, store: Store, scopes: Sequence[tuple[str, str]], table: pl.DataFrame, own: str | None = None
    ) -> None:
        self.store = store
        self.own = own
        self.scopes = tuple(scopes)
        self.table = table
        self.memo: dict[Any, Any] = {}
        self.places: dict[tuple[int, tuple[str, ...]], str] = {}
        self.facts: dict[Any, Any] = {}

    @property
    def height(self) -> int:
        return self.table.height

    def kept(self, value: Any) -> Any:
        """The value with its expressions worked out once and for all, as columns of the frame."""
        return self.all_kept([value])[0]

    def all_kept(self, values: Sequence[Any]) -> list[Any]:
        """Several values so, with one look at the table."""
        columns: dict[str, pl.Expr] = {}

        def over(expr: pl.Expr) -> pl.Expr:
            if expr.meta.is_column():
                return expr
            name = new_name()
            columns[name] = expr
            return pl.col(name)

        found = [lift(lambda leaf: leaf.mapped(over), value) for value in values]
        if columns:
            self.add(values_of(self.table, columns))
        return found

    def add(self, columns: pl.DataFrame) -> None:
        """Grow by columns with a value for every row."""
        self.table = self.table.hstack(columns)

    def position(self, place: Place) -> str:
        """The column of the numbers of the rows at a place; null where there is none."""
        if place.entity == INSTITUTION:
            return "inst"
        entity, name = self.scopes[place.scope]
        for number, hop in enumerate(place.hops):
            key = (place.scope, place.hops[: number + 1])
            if key not in self.places:
                links = self.store.tables[entity].frame[f"@{hop}"]
                self.places[key] = new_name()
                self.add(links.gather(self.table[name]).alias(self.places[key]).to_frame())
            entity, name = hop, self.places[key]
        return name

    def fact(self, place: Place, name: str, unit: str) -> Any:
        """A field of the rows at a place."""
        key = (place.entity, place.scope, place.hops, name)
        if key not in self.facts:
            source = self.store.tables[place.entity]
            found = source.leaf(name, unit)
            if place.entity != self.own or place.hops:
                found = self.pulled(found, source.frame, self.position(place), unit)
            self.facts[key] = found
        return self.facts[key]

    def pulled(self, value: Any, table: pl.DataFrame, position: str, unit: str) -> Any:
        """A value of another table's rows, for the rows whose numbers stand in a column here."""
        numbers = self.table[position]
        missing = numbers.null_count() > 0
        columns: dict[str, pl.Expr] = {}

        def over(expr: pl.Expr) -> pl.Expr:
            name = new_name()
            columns[name] = expr
            return pl.col(name)

        found = lift(lambda leaf: leaf.mapped(over), value)
        if columns:
            there = values_of(table, columns)
            self.add(there.select(pl.all().gather(numbers)))
        return self.kept(self._present(position, found, unit)) if missing else found

    def only_where(self, place: Place, value: Any, unit: str) -> Any:
        """The value where there is a row at the place; elsewhere nothing is recorded."""
        position = self.position(place)
        return self._present(position, value, unit) if self.table[position].null_count() else value

    def _present(self, position: str, value: Any, unit: str) -> Any:
        present = Truth(pl.col(position).is_not_null(), nullable=False)
        return lift(lambda leaf: choose(present, leaf, _like(leaf, unit)), value)

    def here(self, expr: pl.Expr) -> pl.Series:
        """The column that an expression gives."""
        return values_of(self.table, {":here": expr})[":here"]

    def inner(self, child: str, pairs: pl.DataFrame) -> Frame:
        """The frame of pairs ``outer`` (a row of this frame), ``row`` (one of the child's), with all rows outside."""
        numbers = pairs["outer"]
        outside = [(entity, new_name()) for entity, _ in self.scopes]
        columns = [
            self.table[old].gather(numbers).alias(new) for (_, old), (_, new) in zip(self.scopes, outside, strict=True)
        ]
        table = pairs.with_columns(*columns, self.table["inst"].gather(numbers).alias("inst"))
        return Frame(self.store, [(child, "row"), *outside], table)


def values_of(table: pl.DataFrame, columns: Mapping[str, pl.Expr]) -> pl.DataFrame:
    """The values of expressions in every row. What they read is taken out first: a plan over a wide table is slow.

    Polars may take an expression for a single value where all rows turn out alike.
    """
    read = dict.fromkeys(name for expr in columns.values() for name in expr.meta.root_names())
    narrow = pl.DataFrame([table.get_column(name) for name in read])
    try:
        found = narrow.select(**columns).get_columns()
    except pl.exceptions.PolarsError:
        found = [narrow.select(expr.alias(name)).to_series() for name, expr in columns.items()]
    return pl.DataFrame(
        [one.new_from_index(0, table.height) if len(one) == 1 != table.height else one for one in found]
    )


def base_frame(store: Store, entity: str) -> Frame:
    """Every row of an entity."""
    source = store.tables[entity].frame
    table = source.with_columns(pl.Series("row", range(source.height), ROW))
    return Frame(store, [(entity, "row")], table, entity)


def new_name() -> str:
    return f"c{next(_NAMES)}"


def _like(leaf: Any, unit: str) -> Any:
    """What is not recorded, in the form of another value."""
    if isinstance(leaf, (Span, Truth, Codes)):
        return unknown(unit)
    raise BeyondColumns("a bounded figure of another row")
