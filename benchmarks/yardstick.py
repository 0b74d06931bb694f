"""The yardstick: a pydantic model of a dossier, made from the vocabulary's own table.

It does what validation does and no more: every cell is typed (dates, decimals, flags, closed codes, text), unknown keys
are refused, lists state their completeness. It does not resolve references, compute periods or keep ranges. Unions are
tried in the order in which they succeed, so that the yardstick is not slower than it must be.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from vbprules.language.vocabulary import (
    ACTS,
    DETERMINATIONS,
    ENTITIES,
    GIVEN,
    INSTITUTION,
    PERFORMANCES,
    PERIOD_ENTITIES,
    TARGET,
    Entity,
)
from vbprules.language.vocabulary import Field as Column
from vbprules.values.figures import CODE, COUNT, DATE, DAYS, TEXT, TRUTH

_PERIOD = r"^\d{4}(-\d{2}|Q[1-4])?$"
_Text = str | None
_Day = date | None


class Row(BaseModel):
    """Whatever is not a known key is refused; every cell may be absent."""

    model_config = ConfigDict(extra="forbid")

    id: _Text = None
    note: _Text = None


class Act(Row):
    """A recorded act or performance."""

    of: str
    day: date
    by: _Text = None
    subject: _Text = None
    lifted_on: _Day = None
    source: _Text = None


class Determination(Row):
    """A recorded answer."""

    question: str
    answer: bool
    by: str
    day: date
    subject: _Text = None
    source: _Text = None
    replaces: _Text = None


class Given(Row):
    """A figure from another source."""

    name: str
    value: str
    source: str
    subject: _Text = None


@cache
def dossier_model() -> type[BaseModel]:
    """A model of a whole dossier, generated from ``vbprules.language.vocabulary``."""
    fields: dict[str, Any] = {"policy": (_Text, None), "note": (_Text, None)}
    for entity in ENTITIES:
        if entity.name == INSTITUTION:
            fields[INSTITUTION] = (_row(entity) | None, None)
        elif entity.name not in PERIOD_ENTITIES:
            fields[entity.list_name] = (_listed(entity.name, _row(entity)), None)
    statements: dict[str, type[Row]] = {ACTS: Act, PERFORMANCES: Act, DETERMINATIONS: Determination, GIVEN: Given}
    for name, row in statements.items():
        fields[name] = (_listed(name, row), None)
    return create_model("Dossier", __config__=ConfigDict(extra="forbid"), **fields)


def _row(entity: Entity) -> type[Row]:
    fields: dict[str, Any] = {column.name: (_type(column) | None, None) for column in entity.fields}
    fields |= dict.fromkeys(entity.refs, (_Text, None))
    if entity.name == TARGET:
        fields["period"] = (Annotated[str, Field(pattern=_PERIOD)], ...)
    return create_model(entity.name, __base__=Row, **fields)


def _type(column: Column) -> Any:
    if column.unit == TEXT or (column.unit == CODE and not column.options):
        return str
    if column.unit == CODE:
        return Literal[tuple(column.options)]
    return {TRUTH: bool, DATE: date, COUNT: int, DAYS: int}.get(column.unit, Decimal)


def _listed(name: str, row: type[Row]) -> Any:
    """A list with what it states of its completeness, ``none``, or a plain list."""
    stated = create_model(
        f"{name}_list",
        __config__=ConfigDict(extra="forbid"),
        complete=(bool | None, None),
        complete_through=(_Day, None),
        entries=(list[row], ...),  # type: ignore[valid-type]
    )
    return Annotated[stated | list[row] | Literal["none"] | None, Field(union_mode="left_to_right")]  # type: ignore[valid-type]
