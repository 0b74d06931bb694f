"""Dossiers as the tables of a batch."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import polars as pl

from vbprules.language.words import dossier_in_english
from vbprules.reading import Mapping as MappingNode
from vbprules.reading import Node, Scalar, Sequence


def tables_from(dossiers: Mapping[str, Mapping[str, Any]], catalogues: Collection[str] = ()) -> dict[str, pl.DataFrame]:
    """Tables of text from dossiers as YAML gives them (every scalar a text). ``catalogues``: lists whose rows are put
    into one table for all, as those of the first dossier that has them."""
    rows: dict[str, list[dict[str, str]]] = {"institutions": []}
    shared: dict[str, dict[str, dict[str, str]]] = {}
    for institution, dossier in dossiers.items():
        for key, value in dossier.items():
            if key in ("policy", "note"):
                continue
            if key == "institution":
                rows["institutions"].append({"id": institution, **value})
                continue
            entries = value
            if isinstance(value, Mapping):
                said = {name: value[name] for name in ("complete_through", "complete") if name in value}
                if said:
                    rows.setdefault("completeness", []).append({"institution": institution, "list": key, **said})
                entries = value.get("entries", ())
            if entries in ("none", "无"):
                if not isinstance(value, Mapping):
                    said = {"institution": institution, "list": key, "complete": "yes"}
                    rows.setdefault("completeness", []).append(said)
                continue
            for number, entry in enumerate(entries):
                if key in catalogues:
                    shared.setdefault(key, {}).setdefault(entry.get("id", f"{key}{number}"), dict(entry))
                else:
                    rows.setdefault(key, []).append({"institution": institution, **entry})
    rows |= {key: list(found.values()) for key, found in shared.items()}
    return {key: _frame(found) for key, found in rows.items() if found}


def _frame(rows: list[dict[str, str]]) -> pl.DataFrame:
    names = list(dict.fromkeys(name for row in rows for name in row))
    return pl.DataFrame({name: pl.Series([row.get(name) for row in rows], dtype=pl.String) for name in names})


def plain(node: Node | None) -> Any:
    """A dossier's tree as mappings, lists and texts, under English keys."""
    return None if node is None else _plain(dossier_in_english(node))


def _plain(node: Node) -> Any:
    if isinstance(node, MappingNode):
        return {key.text: _plain(value) for key, value in node.entries}
    if isinstance(node, Sequence):
        return [_plain(item) for item in node.items]
    assert isinstance(node, Scalar)
    return node.text
