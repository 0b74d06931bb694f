"""Made institutions for distributed runs: a shipped example many times, each time a little different."""

from __future__ import annotations

import copy
import sys
from pathlib import Path
from typing import Any

import polars as pl

sys.path[:0] = [str(Path(__file__).parents[1] / "tables")]

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


def with_places(tables: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The tables with the places of their rows, as frames have them: from 1."""
    return {name: frame.with_row_index(":row", offset=1) for name, frame in tables.items()}


def in_any_order(frame: pl.DataFrame) -> pl.DataFrame:
    """Rows as a set."""
    return frame.sort(frame.columns, nulls_last=True)


def _entries(dossier: dict[str, Any], name: str) -> list[dict[str, str]]:
    rows = dossier.get(name, [])
    found = rows.get("entries", []) if isinstance(rows, dict) else rows
    return found if isinstance(found, list) else []
