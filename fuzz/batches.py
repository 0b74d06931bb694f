"""Tables of a stranger, decided under a fixed policy."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fuzz.oracle import checked, refused
from fuzz.samples import DAY, program
from vbprules.batch.run import evaluate_tables
from vbprules.diagnostics import InputError


def decided(tables: Mapping[str, Any] | Path) -> None:
    """Decide; rows that are wrong stand in ``rejected``, tables that are wrong are refused."""
    try:
        found = evaluate_tables(program(), tables, DAY, questions=1)
    except InputError as error:
        refused(error)
        return
    found.outcomes.write_csv()
    found.rejected.write_csv()
    checked(())
