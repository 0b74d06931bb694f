"""The kernel: packed institutions in, rows of outcomes out, wherever an engine runs it.

It is plain data and travels to workers by pickle: the bytes of the policy, the day, what the caller fixed, and the
small tables that all institutions share. The policy is compiled once a process. The same batch gives the same bytes.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from vbprules import __version__, catalog
from vbprules.batch.decide import decide, left_if_few
from vbprules.batch.interpreted import Interpreted
from vbprules.batch.model import Batch, Tally
from vbprules.batch.run import prepared
from vbprules.batch.summaries import rejected_rows
from vbprules.calendar import ChosenCalendar, LocalCalendar
from vbprules.columnar.results import TEXTS
from vbprules.diagnostics import Report
from vbprules.facts.rulings import Rulings
from vbprules.spread.packed import Packing, packed, packings, parts_of, unpacked
from vbprules.tables.chunks import ROWS_AT_ONCE, Split, broken_lists
from vbprules.tables.headings import Headings
from vbprules.tables.intake import Intake

if TYPE_CHECKING:
    import pyarrow as pa

REJECTED: Final = "rejected"
FINDING: Final = "finding"
COLUMNS: Final = (*TEXTS, FINDING)


@dataclass(frozen=True, slots=True)
class Kernel:
    """What every institution is decided by. Made by `kernel_for` or `kernel_and_facts`.

    ``policy``: the bytes of its file or bundle; ``shared``: of a table, by its number, its rows as an Arrow stream;
    ``broken``: lists of which some row names no institution, so that none of them is complete.
    """

    policy: bytes
    as_of: int
    readings: tuple[tuple[str, str], ...]
    rulings: Rulings | None
    calendar: ChosenCalendar
    tables: tuple[Packing, ...]
    shared: tuple[tuple[int, bytes], ...]
    broken: frozenset[str]
    version: str = __version__

    def __call__(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The outcomes of packed institutions: ``COLUMNS``, all of them texts.

        An institution of which the facts have errors has no outcome but a row a finding, with the standing
        ``rejected`` and in ``finding`` a JSON object with the columns of the table ``rejected`` of a batch. Raises
        InputError where the batch is not packed as the kernel's tables are.
        """
        return arrow_of(self.decided(_frame(batch)))

    def decided(self, facts: pl.DataFrame) -> pl.DataFrame:
        """The same from Polars to Polars."""
        ready = _ready(self)
        report = Report()
        chunk = unpacked(facts, self.tables, ready.batch.parts.shared, report)
        report.raise_if_errors()
        if chunk is None or not len(chunk.institutions):
            return pl.DataFrame(schema=dict.fromkeys(COLUMNS, pl.String))
        taken = left_if_few(ready.intake.take(chunk))
        found = decide(ready.batch.program, taken, Interpreted(taken.dossiers, ready.batch.case_of))
        outcomes = found.outcomes.with_columns(pl.lit(None, pl.String).alias(FINDING))
        rejected = rejected_rows(replace(ready.batch, lost=()), Tally(rejected=dict(found.rejected)))
        return pl.concat([outcomes, refused(rejected)])

    def over(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """One batch after the other, as Spark's ``mapInArrow`` gives them, in parts that memory holds."""
        for batch in batches:
            for part in parts_of(_frame(batch), ROWS_AT_ONCE):
                yield arrow_of(self.decided(part))


def kernel_and_facts(
    policy: str | Path,
    tables: Mapping[str, Any] | Path | str,
    as_of: date | str,
    *,
    pin: str | None = None,
    readings: Mapping[str, str] | None = None,
    rulings: Rulings | Path | str | Mapping[str, Any] | None = None,
    calendar: str | Path | LocalCalendar | None = None,
    headings: Headings | None = None,
) -> tuple[Kernel, pl.LazyFrame]:
    """The kernel for some tables, and their facts in the packed form, for any engine that maps batches of Arrow.

    Parameters and errors are those of `evaluate_tables`, ``pin`` is that of `load`. Rows that name no institution are
    in no packed row; the lists that they belong to count as complete for nobody.
    """
    program, data = catalog.opened(policy, pin)
    batch = prepared(program, tables, as_of, readings, rulings, calendar, headings)
    return kernel_for(data, batch, broken_lists(batch.parts)), packed(batch)


def kernel_for(policy: bytes, batch: Batch, broken: frozenset[str]) -> Kernel:
    """The kernel for a batch prepared for the policy in these bytes. ``broken``: lists of which rows are lost."""
    return Kernel(
        policy=policy,
        as_of=batch.as_of,
        readings=tuple(sorted(batch.readings.items())),
        rulings=batch.rulings,
        calendar=batch.calendar,
        tables=packings(batch.parts.tables),
        shared=tuple((number, _stream(frame)) for number, frame in sorted(batch.parts.shared.items())),
        broken=broken,
    )


def refused(rejected: pl.DataFrame) -> pl.DataFrame:
    """The rows of the table ``rejected`` of a batch in the columns of the kernel."""
    told = [json.dumps(row, ensure_ascii=False) for row in rejected.drop("institution").iter_rows(named=True)]
    cells: dict[str, Any] = {name: pl.Series([None], dtype=pl.String).new_from_index(0, len(told)) for name in COLUMNS}
    cells |= {
        "institution": rejected["institution"],
        "standing": pl.Series([REJECTED] * len(told), dtype=pl.String),
        FINDING: pl.Series(told, dtype=pl.String),
    }
    return pl.DataFrame(cells).select(COLUMNS)


def arrow_of(frame: pl.DataFrame) -> pa.RecordBatch:
    """Texts as one batch of Arrow's plain strings, which every engine takes."""
    import pyarrow as pa

    kinds = pa.schema([(name, pa.string()) for name in frame.columns])
    batches = frame.rechunk().to_arrow(compat_level=pl.CompatLevel.oldest()).cast(kinds).combine_chunks().to_batches()
    return batches[0] if batches else pa.RecordBatch.from_pylist([], schema=kinds)


@dataclass(frozen=True, slots=True, eq=False)
class _Ready:
    batch: Batch
    intake: Intake


@lru_cache(maxsize=8)
def _ready(kernel: Kernel) -> _Ready:
    """What a process needs of a kernel, once."""
    report = Report()
    with report.source("kernel"):
        if kernel.version != __version__:
            report.error("other_version", None, here=__version__, there=kernel.version)
    report.raise_if_errors()
    program = catalog.check(kernel.policy, "policy", report)
    report.raise_if_errors()
    assert program is not None
    tables = [packing.table() for packing in kernel.tables]
    shared = {number: pl.read_ipc_stream(io.BytesIO(rows)) for number, rows in kernel.shared}
    nobody = pl.DataFrame(schema={"institution": pl.String})
    parts = Split(tables, nobody, shared, {}, 0)
    batch = Batch(program, kernel.as_of, parts, dict(kernel.readings), kernel.rulings, kernel.calendar, ())
    return _Ready(batch, Intake(tables, shared, batch.case_of, kernel.broken))


def _stream(frame: pl.DataFrame) -> bytes:
    target = io.BytesIO()
    frame.write_ipc_stream(target)
    return target.getvalue()


def _frame(batch: pa.RecordBatch) -> pl.DataFrame:
    found = pl.from_arrow(batch)
    assert isinstance(found, pl.DataFrame)
    return found
