"""What a batch is made from, in one text: work that was broken off is gone on with only where the text is the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Final

import polars as pl

from vbprules import __version__, catalog
from vbprules.batch.model import FEW, Batch
from vbprules.batch.summaries import ENGINE
from vbprules.diagnostics import Report
from vbprules.limits import current
from vbprules.tables.digests import content_digest, is_as_read
from vbprules.tables.headings import Headed

_PARTS_OF_US: Final = (".py", ".toml", ".yaml")


def digests_of(batch: Batch) -> dict[int, str] | None:
    """SHA-256 of every table, by its number; None where one of them is a frame in memory.

    Raises InputError where a file is no longer the one that was read: chunks would be kept under the digest of another.
    """
    found = {table.number: content_digest(table) for table in batch.parts.tables}
    refuse_changed(table for table in batch.parts.tables if not is_as_read(table))
    digests = {number: digest for number, digest in found.items() if digest is not None}
    return digests if len(digests) == len(found) else None


def made_from(batch: Batch, digests: Mapping[int, str], strict: bool, questions: int) -> str:
    """Everything that the outcomes, questions and findings of a chunk hang on."""
    tables = [[table.name, table.origin, digests[table.number], dict(table.positions)] for table in batch.parts.tables]
    program, rulings, work = batch.program, batch.law.rulings, batch.calendar.work
    found = {
        "vbprules": __version__,
        "code_sha256": _code(),
        "polars": pl.__version__,
        "engine": ENGINE,
        "few": FEW,
        "limits": asdict(current()),
        "policy": program.policy.id,
        "policy_sha256": program.policy.digest,
        "bundle": program.bundle_label,
        "figures": {address: list(taken) for address, taken in program.overlaid.items()},
        "other_policies": sorted(catalog.shipped_policies()),
        "as_of": batch.as_of,
        "calendar": batch.calendar.label,
        "working_days_sha256": hashlib.sha256(repr((work.spans, work.working)).encode()).hexdigest(),
        "readings": batch.law.named,
        "instruments": batch.law.instruments,
        "rulings": None if rulings is None else rulings.digest,
        "tables": tables,
        "rows_at_once": batch.parts.rows_at_once,
        "chunks": batch.parts.chunks,
        "strict": strict,
        "reasons": batch.reasons,
        "questions": questions,
    }
    return json.dumps(found, ensure_ascii=True, indent=1, sort_keys=True) + "\n"


def refuse_changed(tables: Iterable[Headed]) -> None:
    """Raises InputError about these tables, which have changed while the cases were decided."""
    report = Report()
    for table in tables:
        with report.source(table.origin):
            report.error("table_changed", None, path=table.origin)
    report.raise_if_errors()


@cache
def _code() -> str:
    """Of the library itself: between two releases it changes and its version does not."""
    home = Path(catalog.__file__).parent
    whole = hashlib.sha256()
    for path in sorted(path for path in home.rglob("*") if path.suffix in _PARTS_OF_US):
        whole.update(path.relative_to(home).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()
