"""Pieces of work of every kind, each with the bytes that come of it. Importable, so that a worker process finds it."""

from __future__ import annotations

import os
import signal
from datetime import date
from pathlib import Path
from typing import Any

from vbprules import InputError, evaluate, evaluate_tables, explain, read_dossier

DAY = date(2020, 5, 1)
Work = tuple[str, ...]


def dossier(number: int) -> dict[str, Any]:
    """A dossier that differs with every number, and names nothing of any policy."""
    bought = 60 + number % 50
    return {
        "institution": {"name": f"第{number}医院", "kind": "hospital", "ownership": "public"},
        "drugs": {"complete": "yes", "entries": [{"id": "A", "name": "甲药", "selected": "yes"}]},
        "products": {
            "complete": "yes",
            "entries": [{"id": "P", "drug": "A", "name": "甲药中选", "class": "selected", "selected": "yes"}],
        },
        "targets": {"complete": "yes", "entries": [{"drug": "A", "period": "2020Q1", "set_volume": "100"}]},
        "purchases": {
            "complete_through": "2020-05-01",
            "entries": [{"product": "P", "day": f"2020-02-{1 + number % 28:02}", "quantity": str(bought)}],
        },
        "receipts": {
            "complete": "yes",
            "entries": [
                {"id": f"R{n}", "product": "P", "accepted_on": f"2020-0{1 + n}-03", "amount": f"{number + 1}.50"}
                for n in range(3)
            ],
        },
        "payments": {
            "complete_through": "2020-05-01",
            "entries": [{"receipt": "R1", "day": "2020-02-20", "amount": "0.50"}],
        },
    }


def done(work: Work) -> bytes:
    """What comes of a piece of work: the bytes of a decision, an explanation, the findings, or tables."""
    kind, policy, *rest = work
    if kind == "tables":
        found = evaluate_tables(policy, Path(rest[0]), "2020-04-15", questions=5, rows_at_once=int(rest[1]))
        frames = (found.outcomes, found.institutions, found.provisions, found.questions, found.rejected)
        return "\n".join(frame.write_csv() for frame in frames).encode()
    number = int(rest[0])
    if kind == "kill" and not Path(rest[1]).exists():
        Path(rest[1]).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if kind == "wrong":
        try:
            evaluate(policy, {**dossier(number), "purchases": [{"quantity": "many"}]}, DAY)
        except InputError as error:
            return str(error).encode()
        return b"decided"
    if kind == "explain":
        return explain(policy, dossier(number), rest[1], DAY).model_dump_json().encode()
    return evaluate(policy, read_dossier(dossier(number)), DAY).to_json().encode()
