"""Made institutions for distributed runs: a shipped example many times, each time a little different."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import polars as pl
from made import plain, tables_from

from vbprules.diagnostics import Report
from vbprules.reading import read_file

ROOT = Path(__file__).parents[2]
CATALOGUES = ("drugs", "products", "standard_steps", "suppliers")
DAYS = {"guizhou_2019": "2020-04-15", "hechuan_2025": "2026-06-30", "xian_2019": "2020-04-10"}
EXAMPLES = {
    "guizhou_2019": "guizhou_city_hospital.yaml",
    "hechuan_2025": "hechuan_district_hospital.yaml",
    "xian_2019": "xian_public_hospital.yaml",
}


def province(policy: str, many: int, wrong: int = 0) -> dict[str, pl.DataFrame]:
    """Tables of institutions H0000…; the first so many of them ``wrong``: a purchase of less than nothing."""
    whole = plain(read_file(ROOT / "examples" / EXAMPLES[policy], Report()))
    found = {}
    for number in range(many):
        dossier = copy.deepcopy(whole)
        entries = _entries(dossier, "purchases")
        if number < wrong:
            entries[0]["quantity"] = "-5"
        elif entries:
            entries[number % len(entries)]["quantity"] = str(1000 * number)
        if number % 3 == 1 and isinstance(dossier.get("payments"), dict):
            dossier["payments"].pop("complete_through", None)  # no longer stated to be complete
        if number % 4 == 2:
            dossier.pop("acts", None)
        found[f"H{number:04d}"] = dossier
    catalogues = CATALOGUES if policy == "guizhou_2019" else ()
    return tables_from(found, catalogues)


def county(many: int, wrong: int = 0) -> dict[str, pl.DataFrame]:
    """Tables of small institutions under guizhou_2019: two receipts each, of which one is paid by some, and a quarter.

    The first so many of them ``wrong``: a purchase of less than nothing.
    """
    ids = [f"H{number:04d}" for number in range(many)]
    hospital = {"kind": "hospital", "ownership": "public", "designated": "yes", "joined": "yes"}
    day = {"complete_through": "2020-04-15"}
    found: dict[str, list[dict[str, str]]] = {
        "institutions": [{"id": name, **hospital} for name in ids],
        "drugs": [{"id": "D", "selected": "yes", "in_catalogue": "yes", "selected_price": "2.44"}],
        "products": [{"id": "P", "drug": "D", "class": "selected", "selected": "yes", "price": "2.44"}],
        "targets": [{"institution": name, "drug": "D", "period": "2020Q1", "set_volume": "1000"} for name in ids],
        "purchases": [
            {"institution": name, "product": "P", "day": "2020-02-03", "quantity": str(100 * number if number >= wrong else -5)}
            for number, name in enumerate(ids)
        ],
        "uses": [
            {"institution": name, "product": "P", "day": f"2020-0{month}", "quantity": str(300 + number)}
            for month in (2, 3)
            for number, name in enumerate(ids)
        ],
        "receipts": [
            {"institution": name, "id": id, "product": "P", "accepted_on": day, "amount": "1600.00"}
            for id, day in (("R1", "2020-01-16"), ("R2", "2020-02-17"))
            for name in ids
        ],
        "payments": [
            {"institution": name, "receipt": "R1", "day": "2020-02-06", "amount": "1600.00"} for name in ids[::2]
        ],
        "completeness": [
            {"institution": name, "list": key, **day}
            for number, name in enumerate(ids)
            for key in ("purchases", "uses", "payments")[: 2 + number % 2]
        ],
        "acts": [{"institution": name, "of": "late_warning", "subject": "R2", "day": "2020-03-20", "by": "insurance_agency"}
                 for name in ids[1::3]],
    }  # fmt: skip
    return {name: pl.DataFrame(rows) for name, rows in found.items() if rows}


def with_places(tables: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The tables with the places of their rows, as frames have them: from 1."""
    return {name: frame.with_columns(pl.int_range(1, pl.len() + 1).alias(":row")) for name, frame in tables.items()}


def in_any_order(frame: pl.DataFrame) -> pl.DataFrame:
    """Rows as a set."""
    return frame.sort(frame.columns, nulls_last=True)


def _entries(dossier: dict[str, Any], name: str) -> list[dict[str, str]]:
    rows = dossier.get(name, [])
    found = rows.get("entries", []) if isinstance(rows, dict) else rows
    return found if isinstance(found, list) else []
