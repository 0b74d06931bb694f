"""Differences and matrices as plain data for JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from vbprules.comparing.matrix import CellNorm, Matrix
from vbprules.comparing.model import Part, PolicyDiff, PolicyInLaw
from vbprules.decision.model import Text


def diff_json(found: PolicyDiff) -> str:
    """A diff: the two policies by name, then every difference. Same input, same bytes."""
    data = {
        "first": _named(found.first),
        "second": _named(found.second),
        "versions": found.versions,
        "differences": [_plain(item) for item in found.differences],
        "renamed": [_plain(item) for item in found.renamed],
        "side_by_side": [
            {
                "matter": side.matter,
                "title": _plain(side.title),
                "modality": side.modality,
                "first": [_short(norm) for norm in side.first],
                "second": [_short(norm) for norm in side.second],
                "compared": [_plain(item) for item in side.compared],
            }
            for side in found.side_by_side
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def matrix_json(found: Matrix) -> str:
    """A matrix: policies, then rows with one cell for each policy, in the order of the policies."""
    data = {
        "asked": found.asked,
        "modality": found.modality,
        "policies": [_named(law) for law in found.policies],
        "rows": [
            {
                "matter": row.matter,
                "title": _plain(row.title),
                "modality": row.modality,
                "cells": {
                    law.id: [_cell(norm) for norm in cell] for law, cell in zip(found.policies, row.cells, strict=True)
                },
            }
            for row in found.rows
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def _named(law: PolicyInLaw) -> dict[str, Any]:
    return {"id": law.id, "title": _plain(law.title), "number": law.number, "region": law.region}


def _short(norm: Part) -> dict[str, Any]:
    return {"id": norm.id, "title": _plain(norm.title), "clauses": list(norm.clauses)}


def _cell(norm: CellNorm) -> Any:
    return _plain(norm)


def _plain(value: Any) -> Any:
    if isinstance(value, Text):
        return {"zh": value.zh, "en": value.en}
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value
