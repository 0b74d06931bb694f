"""The rows of one institution out of made tables, as a dossier."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

CATALOGUE = ("drugs", "products", "standard_steps", "suppliers")


def dossier(tables: Mapping[str, pl.DataFrame], institution: str) -> dict[str, Any]:
    """A dossier with the institution's rows and the rows of the catalogue to which they refer."""
    own = {
        name: list(frame.filter(pl.col("institution") == institution).iter_rows(named=True))
        for name, frame in tables.items()
        if "institution" in frame.columns and name != "completeness"
    }
    products = {row["product"] for rows in own.values() for row in rows if row.get("product")}
    drugs = {row["drug"] for rows in own.values() for row in rows if row.get("drug")}
    drugs |= set(tables["products"].filter(pl.col("id").is_in(products)).get_column("drug"))
    suppliers = {row["supplier"] for row in own["agreements"]}
    wanted = {"drugs": drugs, "products": products, "suppliers": suppliers}
    for name in CATALOGUE:
        key = "product" if name == "standard_steps" else "id"
        ids = wanted["products" if name == "standard_steps" else name]
        own[name] = list(tables[name].filter(pl.col(key).is_in(ids)).iter_rows(named=True))
    said = tables["completeness"].filter((pl.col("institution") == institution) | pl.col("institution").is_null())
    stated = {row["list"]: row for row in said.iter_rows(named=True)}
    found: dict[str, Any] = {}
    for name in {**own, **stated}:
        entries = [_row(row) for row in own.get(name, [])]
        statement = _row({key: stated.get(name, {}).get(key) for key in ("complete_through", "complete")})
        if statement:
            found[name] = {**statement, "entries": entries or "none"}
        elif entries:
            found[name] = entries
    facts = tables["institutions"].filter(pl.col("id") == institution).row(0, named=True)
    return {"institution": {key: value for key, value in _row(facts).items() if key != "id"}, **found}


def _row(row: Mapping[str, Any]) -> dict[str, str]:
    return {key: text(value) for key, value in row.items() if value is not None and key != "institution"}


def text(value: Any) -> str:
    """A native cell as a dossier writes it."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
