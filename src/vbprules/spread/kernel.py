"""The kernel: packed institutions in, rows of outcomes out, wherever an engine runs it.

It is plain data and travels to workers by pickle: the bytes of the policy, the day, what the caller fixed, and the
small tables that all institutions share. The policy is compiled once a process. The same batch gives the same bytes.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import polars as pl

from vbprules import __version__, catalog
from vbprules.batch.decide import decide
from vbprules.batch.interpreted import Interpreted
from vbprules.batch.model import Batch, Tally
from vbprules.batch.run import prepared
from vbprules.batch.summaries import rejected_rows
from vbprules.batch.taking import Taking
from vbprules.calendar import ChosenCalendar, LocalCalendar
from vbprules.columnar.results import texts_of
from vbprules.diagnostics import Report
from vbprules.facts.rulings import Rulings
from vbprules.law import Law
from vbprules.program.ir import Program
from vbprules.spread.packed import Packing, packed, packings, parts_of, unpacked
from vbprules.tables.chunks import ROWS_AT_ONCE, Split, broken_lists
from vbprules.tables.headings import Headings

if TYPE_CHECKING:
    import pyarrow as pa

REJECTED: Final = "rejected"
FINDING: Final = "finding"


def columns_of(reasons: bool) -> tuple[str, ...]:
    """The columns that a kernel gives."""
    return (*texts_of(reasons), FINDING)


@dataclass(frozen=True, slots=True)
class Kernel:
    """What every institution is decided by. Made by `kernel_for` or `kernel_and_facts`.

    ``policy``: the bytes of its file or bundle; ``shared``: of a table, by its number, its rows as an Arrow stream;
    ``broken``: lists of which some row names no institution, so that none of them is complete; ``lenders``: the bytes
    of the files of instruments, with their readings; ``reasons``: whether outcomes have theirs.
    """

    policy: bytes
    as_of: int
    readings: tuple[tuple[str, str], ...]
    rulings: Rulings | None
    calendar: ChosenCalendar
    lenders: tuple[tuple[bytes, tuple[tuple[str, str], ...]], ...]
    tables: tuple[Packing, ...]
    shared: tuple[tuple[int, bytes], ...]
    broken: frozenset[str]
    version: str = __version__
    reasons: bool = False

    def __call__(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The outcomes of packed institutions: `columns_of`, all of them texts.

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
            return pl.DataFrame(schema=dict.fromkeys(columns_of(self.reasons), pl.String))
        taken = ready.taking.take(chunk)
        found = decide(ready.batch.program, taken, Interpreted(taken.dossiers, ready.batch.case_of, self.reasons))
        outcomes = found.outcomes.with_columns(pl.lit(None, pl.String).alias(FINDING))
        rejected = rejected_rows(replace(ready.batch, lost=()), Tally(rejected=dict(found.rejected)))
        return pl.concat([outcomes, refused(rejected, self.reasons)])

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
    instruments: Sequence[str | Path] = (),
    reasons: bool = False,
) -> tuple[Kernel, pl.LazyFrame]:
    """The kernel for some tables, and their facts in the packed form, for any engine that maps batches of Arrow.

    Parameters and errors are those of `evaluate_tables`, ``pin`` is that of `load`. Rows that name no institution are
    in no packed row; the lists that they belong to count as complete for nobody.
    """
    files = opened(policy, pin, instruments)
    batch = prepared(files.program, tables, as_of, readings, rulings, calendar, headings, files.instruments)
    return kernel_for(files, batch, broken_lists(batch.parts), reasons), packed(batch)


class Files(NamedTuple):
    """A policy and its instruments, and the bytes of their files, those of the policy first."""

    program: Program
    instruments: tuple[Program, ...]
    data: tuple[bytes, ...]


def opened(policy: str | Path, pin: str | None, instruments: Sequence[str | Path]) -> Files:
    """The files of a law. Raises InputError as `load` does."""
    found = [catalog.opened(policy, pin), *map(catalog.opened, instruments)]
    programs, data = zip(*found, strict=True)
    return Files(programs[0], programs[1:], data)


def kernel_for(files: Files, batch: Batch, broken: frozenset[str], reasons: bool) -> Kernel:
    """The kernel for a batch prepared for the policy of these files. ``broken``: lists of which rows are lost."""
    law = batch.law
    lenders = zip(files.data[1:], law.lenders, strict=True)
    return Kernel(
        policy=files.data[0],
        as_of=batch.as_of,
        readings=tuple(sorted(law.readings.items())),
        rulings=law.rulings,
        calendar=batch.calendar,
        lenders=tuple((data, tuple(sorted(lender.readings.items()))) for data, lender in lenders),
        tables=packings(batch.parts.tables),
        shared=tuple((number, _stream(frame)) for number, frame in sorted(batch.parts.shared.items())),
        broken=broken,
        reasons=reasons,
    )


def refused(rejected: pl.DataFrame, reasons: bool) -> pl.DataFrame:
    """The rows of the table ``rejected`` of a batch in the columns of a kernel."""
    columns = columns_of(reasons)
    told = [json.dumps(row, ensure_ascii=False) for row in rejected.drop("institution").iter_rows(named=True)]
    cells: dict[str, Any] = {name: pl.Series([None], dtype=pl.String).new_from_index(0, len(told)) for name in columns}
    cells |= {
        "institution": rejected["institution"],
        "standing": pl.Series([REJECTED] * len(told), dtype=pl.String),
        FINDING: pl.Series(told, dtype=pl.String),
    }
    return pl.DataFrame(cells).select(columns)


def arrow_of(frame: pl.DataFrame) -> pa.RecordBatch:
    """Texts as one batch of Arrow's plain strings, which every engine takes."""
    import pyarrow as pa

    kinds = pa.schema([(name, pa.string()) for name in frame.columns])
    batches = frame.rechunk().to_arrow(compat_level=pl.CompatLevel.oldest()).cast(kinds).combine_chunks().to_batches()
    return batches[0] if batches else pa.RecordBatch.from_pylist([], schema=kinds)


@dataclass(frozen=True, slots=True, eq=False)
class _Ready:
    batch: Batch
    taking: Taking


@lru_cache(maxsize=8)
def _ready(kernel: Kernel) -> _Ready:
    """What a process needs of a kernel, once."""
    report = Report()
    with report.source("kernel"):
        if kernel.version != __version__:
            report.error("other_version", None, here=__version__, there=kernel.version)
    report.raise_if_errors()
    law = Law(_program(kernel.policy), dict(kernel.readings), kernel.rulings, kernel.calendar, _lenders(kernel))
    tables = [packing.table() for packing in kernel.tables]
    shared = {number: pl.read_ipc_stream(io.BytesIO(rows)) for number, rows in kernel.shared}
    nobody = pl.DataFrame(schema={"institution": pl.String})
    parts = Split(tables, nobody, shared, {}, 0)
    batch = Batch(law, kernel.as_of, parts, ())
    return _Ready(batch, Taking(batch, kernel.broken))


def _lenders(kernel: Kernel) -> tuple[Law, ...]:
    return tuple(Law(_program(data), dict(readings), None, kernel.calendar) for data, readings in kernel.lenders)


def _program(data: bytes) -> Program:
    report = Report()
    program = catalog.check(data, "policy", report)
    report.raise_if_errors()
    assert program is not None
    return program


def _stream(frame: pl.DataFrame) -> bytes:
    target = io.BytesIO()
    frame.write_ipc_stream(target)
    return target.getvalue()


def _frame(batch: pa.RecordBatch) -> pl.DataFrame:
    found = pl.from_arrow(batch)
    assert isinstance(found, pl.DataFrame)
    return found
