"""Frames of whole numbers made into tables as a batch reads them: columns of the vocabulary, native types, gaps."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

import polars as pl

from vbprules.language.vocabulary import BY_LIST, INSTITUTION, STATEMENTS, Field, row_keys
from vbprules.synth.draws import Draws
from vbprules.values.figures import COUNT, DATE, DAYS, MONEY, NUMBER, TRUTH, UNITS

MONEY_TYPE: Final = pl.Decimal(38, 2)
PRICE_TYPE: Final = pl.Decimal(38, 4)
PRICE_SCALE: Final = 10_000  # unit prices are made in ten-thousandths of a yuan
COMPLETENESS, INSTITUTIONS = "completeness", "institutions"
CATALOGUE: Final = ("drugs", "products", "standard_steps", "suppliers")
ORDER: Final = (
    INSTITUTIONS,
    *CATALOGUE,
    "agreements",
    "agreement_lines",
    "targets",
    "purchases",
    "uses",
    "receipts",
    "payments",
    "fund_payments",
    "prepayments",
    "conducts",
    "dispensings",
    *("acts", "performances", "determinations"),
    COMPLETENESS,
)
KEY: Final = "_key"  # the key of a row's draws


def table(list_name: str, frame: pl.DataFrame, gaps: Fraction) -> pl.DataFrame:
    """The columns of ``frame`` that the list has, in the order of the vocabulary.

    Days come as days since 1970-01-01, money in fen, unit prices in ten-thousandths of a yuan. Where a frame has a
    column ``_key``, this share of the cells of its fields is left empty; ids, references and periods never are.
    """
    fields = _fields(list_name)
    known = row_keys(INSTITUTION if list_name == INSTITUTIONS else list_name) if list_name != COMPLETENESS else ()
    own = "id" if list_name == INSTITUTIONS else INSTITUTION
    wanted = (own, *known, "list", "complete_through", "complete") if list_name == COMPLETENESS else (own, *known)
    names = [name for name in dict.fromkeys(wanted) if name in frame.columns]
    typed = frame.with_columns(_typed(fields[name]) for name in names if name in fields)
    if KEY in frame.columns and gaps > 0:
        draws, millionths = Draws(frame.get_column(KEY)), round(gaps * 1_000_000)
        empty = {name: draws.chance(f"gap.{name}", millionths) for name in names if name in fields}
        typed = typed.with_columns(
            pl.when(pl.lit(where)).then(None).otherwise(pl.col(name)).alias(name) for name, where in empty.items()
        )
    return typed.select(names)


def _fields(list_name: str) -> dict[str, Field]:
    if list_name in STATEMENTS or list_name == COMPLETENESS:
        return {}
    return dict(BY_LIST[INSTITUTION if list_name == INSTITUTIONS else list_name].field_map)


def _typed(field: Field) -> pl.Expr:
    column = pl.col(field.name)
    if field.unit == DATE:
        return column.cast(pl.Int32).cast(pl.Date)
    if field.unit == MONEY and field.fine:
        return (column.cast(pl.Decimal(38, 0)) * pl.lit("0.0001").cast(PRICE_TYPE)).cast(PRICE_TYPE)
    if field.unit == MONEY:
        return (column.cast(pl.Decimal(38, 0)) * pl.lit("0.01").cast(MONEY_TYPE)).cast(MONEY_TYPE)
    if field.unit in (UNITS, COUNT, DAYS, NUMBER):
        return column.cast(pl.Int64)
    return column.cast(pl.Boolean) if field.unit == TRUTH else column.cast(pl.String)


def days(column: str) -> pl.Expr:
    """A column of days since 1970-01-01 as dates."""
    return pl.col(column).cast(pl.Int32).cast(pl.Date)
