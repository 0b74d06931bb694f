"""A batch decided twice: on columns, and institution by institution with the interpreter."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import polars as pl

from vbprules.batch import taking as takings
from vbprules.batch.decide import decide
from vbprules.batch.interpreted import Interpreted
from vbprules.batch.run import prepared
from vbprules.batch.taking import Taking
from vbprules.program.ir import Program
from vbprules.tables.chunks import broken_lists, chunks_of


class Lanes(NamedTuple):
    """``columns`` and ``interpreter``: outcomes; ``odd``: institutions that columns left to the interpreter."""

    columns: pl.DataFrame
    interpreter: pl.DataFrame
    odd: list[str]
    rejected: set[str]
    refused: set[str]
    provisions: frozenset[str]


def lanes(
    policy: str | Program,
    tables: Mapping[str, Any],
    as_of: str,
    readings: Mapping[str, str] = {},
    rows: int = 10**6,
    instruments: Sequence[str] = (),
) -> Lanes:
    """Both results, each in the order of institution, provision and subject."""
    batch = prepared(policy, tables, as_of, readings, instruments=instruments, rows_at_once=rows, reasons=True)
    taking = Taking(batch, broken_lists(batch.parts))
    fast, slow = [], []
    odd: list[str] = []
    rejected: set[str] = set()
    refused: set[str] = set()
    provisions: frozenset[str] = frozenset()
    with tempfile.TemporaryDirectory() as spool:
        for _, chunk in chunks_of(batch.parts, Path(spool)):
            with patch.object(takings, "FEW", 0):  # however few, columns decide them
                taken = taking.take(chunk)
            decided = decide(batch.program, taken, Interpreted(taken.dossiers, batch.case_of, batch.reasons))
            fast.append(decided.outcomes)
            odd += chunk.institutions.filter(taken.odd).to_list()
            rejected |= set(decided.rejected)
            provisions |= decided.provisions
            one_by_one = Interpreted(taken.dossiers, batch.case_of, batch.reasons)
            found, _ = one_by_one.all(list(range(len(chunk.institutions))), batch.program)
            slow.append(found.drop(":norm"))
            refused |= set(one_by_one.rejected)
    keys = ["institution", "provision", "subject"]
    return Lanes(pl.concat(fast).sort(keys), pl.concat(slow).sort(keys), odd, rejected, refused, provisions)


def differences(found: Lanes) -> list[str]:
    """What the two say differently."""
    told = [] if found.rejected == found.refused else [f"rejected: {found.rejected} {found.refused}"]
    if found.columns.equals(found.interpreter):
        return told
    keys = ["institution", "provision", "subject"]
    both = found.columns.join(found.interpreter, on=keys, how="full", suffix="_wanted", coalesce=True)
    for name in found.columns.columns[3:]:
        rows = both.filter(pl.col(name).ne_missing(pl.col(f"{name}_wanted")))
        told += [f"{name}: {row}" for row in rows.select(*keys, name, f"{name}_wanted").head(3).rows()]
    return told or ["a row is there twice"]
