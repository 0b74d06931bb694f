"""A batch from its tables to its decisions, some institutions at a time."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from vbprules.batch.decide import decide
from vbprules.batch.interpreted import Interpreted
from vbprules.batch.model import Batch, Decisions, Done, Progress, Tally
from vbprules.batch.questions import QUESTIONS, questions_of
from vbprules.batch.summaries import by_institution, by_provision, receipt_of, rejected_rows
from vbprules.batch.taking import Taking
from vbprules.calendar import LocalCalendar
from vbprules.diagnostics import Finding, InputError, Mark, Report, Source
from vbprules.facts.rulings import Rulings
from vbprules.law import as_of_day, law_of
from vbprules.program.ir import Program
from vbprules.tables.alike import check_alike
from vbprules.tables.chunks import ROWS_AT_ONCE, broken_lists, chunks_of, split
from vbprules.tables.dossiers import check_catalogues
from vbprules.tables.headings import ROW, Headings, headed
from vbprules.tables.intake import Taken
from vbprules.tables.sources import CATALOGUES, RawTable, tables_of

ASKED = 20  # institutions whose open questions are worked out, if nothing else is said


def evaluate_tables(
    policy: str | Path | Program,
    tables: Mapping[str, Any] | Path | str,
    as_of: date | str,
    *,
    readings: Mapping[str, str] | None = None,
    rulings: Rulings | Path | str | Mapping[str, Any] | None = None,
    calendar: str | Path | LocalCalendar | None = None,
    headings: Headings | None = None,
    instruments: Sequence[str | Path | Program] = (),
    strict: bool = False,
    reasons: bool = False,
    questions: int = ASKED,
    rows_at_once: int = ROWS_AT_ONCE,
    progress: Progress | None = None,
) -> Decisions:
    """Decide the cases of many institutions under one policy as of the close of a day.

    ``tables`` is a folder, a workbook, or a mapping from the names of lists to frames (Polars, pandas, or anything with
    an Arrow stream) or paths; ``headings`` says of a list what foreign columns mean (``"-"``: not part of the facts).
    ``instruments`` are policies that set what this one leaves to them, as for `evaluate`.
    ``reasons``: whether outcomes have their reasons as well, on a line in Chinese and one in English.
    ``questions``: of how many institutions the open questions are worked out, those with most open outcomes first.
    An institution whose facts have errors is not decided and stands in ``rejected``; with ``strict`` that is an error.

    Raises InputError about the policy, the day, the tables as a whole or, with ``strict``, any row.
    """
    batch = prepared(
        policy, tables, as_of, readings, rulings, calendar, headings, instruments, rows_at_once, reasons=reasons
    )
    tally = Tally()
    outcomes = [pl.DataFrame(schema=dict.fromkeys(batch.texts, pl.String))]
    asked = [pl.DataFrame(schema=QUESTIONS)]
    with tempfile.TemporaryDirectory(prefix="vbprules-") as spool:
        for done in decisions(batch, tally, questions, strict, progress, Path(spool)):
            outcomes.append(done.outcomes)
            asked.append(done.questions)
    found = pl.concat(outcomes)
    return Decisions(
        outcomes=found,
        institutions=by_institution(found.lazy(), batch, tally).collect(),
        provisions=by_provision(found.lazy(), batch.program).collect(),
        questions=pl.concat(asked),
        rejected=rejected_rows(batch, tally),
        receipt=receipt_of(batch, tally),
    )


def prepared(
    policy: str | Path | Program,
    tables: Mapping[str, Any] | Path | str | Sequence[RawTable],
    as_of: date | str,
    readings: Mapping[str, str] | None = None,
    rulings: Rulings | Path | str | Mapping[str, Any] | None = None,
    calendar: str | Path | LocalCalendar | None = None,
    headings: Headings | None = None,
    instruments: Sequence[str | Path | Program] = (),
    rows_at_once: int = ROWS_AT_ONCE,
    *,
    reasons: bool = False,
) -> Batch:
    """Everything that is needed to decide, with the tables looked over. Errors are those of `evaluate_tables`."""
    report = Report()
    with report.source(Source("--as-of", "")):
        day = as_of_day(as_of, report)
    law = law_of(policy, readings, rulings, calendar, day, report, instruments)
    raw = tables_of(tables, report) if isinstance(tables, (Mapping, Path, str)) else list(tables)
    found = headed(raw, report, headings)
    _same_kind(found, report)
    report.raise_if_errors()
    parts = split(found, rows_at_once)
    check_catalogues(found, parts.shared, report)
    check_alike(parts.order["institution"], report)
    report.raise_if_errors()
    lost = Report()
    for table in found:
        if table.number in parts.nobody:
            with lost.source(table.origin):
                column = table.positions["institution"]
                for row in parts.nobody[table.number][ROW]:
                    lost.error("row_of_nobody", Mark(row, column, row, column + 1), list=table.name)
    return Batch(law, day, parts, tuple(lost.sorted_findings()), reasons)


def decisions(
    batch: Batch, tally: Tally, questions: int, strict: bool, progress: Progress | None, spool: Path, after: int = 0
) -> Iterator[Done]:
    """What is decided of each chunk after the first so many; ``tally`` counts it too. ``spool``: an empty folder.

    Raises InputError on the first chunk with a rejected institution if ``strict``.
    """
    parts = batch.parts
    if strict and batch.lost:
        raise InputError(batch.lost)
    every = parts.order.height
    if after < parts.chunks:
        taking = Taking(batch, broken_lists(parts))
        for number, chunk in chunks_of(parts, spool, after):
            if progress is not None:
                progress(tally.institutions, every)
            share = questions // parts.chunks + (number < questions % parts.chunks)
            done = _done(batch, number + 1, taking.take(chunk), share, strict)
            tally.add(done.tally)
            yield done
    if progress is not None:
        progress(tally.institutions, every)


def _done(batch: Batch, number: int, taken: Taken, questions: int, strict: bool) -> Done:
    """A chunk decided, with the open questions of so many of its institutions."""
    left = Interpreted(taken.dossiers, batch.case_of, batch.reasons)
    decided = decide(batch.program, taken, left)
    if strict and decided.rejected:
        raise InputError(tuple(finding for found in decided.rejected.values() for finding in found))
    asked, of = questions_of(decided.outcomes, taken, left, questions)
    tally = Tally(
        decided.institutions,
        decided.outcomes.height,
        dict(decided.rejected),
        len(decided.one_by_one),
        set(decided.provisions),
        of,
    )
    return Done(number, decided.outcomes, asked, tally)


def _same_kind(tables: Sequence[Any], report: Report) -> None:
    """A list is a catalogue or not: of two tables that differ, the one would hide rows of the other."""
    for name in CATALOGUES:
        kinds = {table.catalogue for table in tables if table.name == name}
        if len(kinds) > 1:
            report.error("two_kinds_of_table", None, list=name)
    if not report.has_errors and not any(not table.catalogue for table in tables):
        report.error("nobody_at_all", None)


def all_findings(batch: Batch, tally: Tally) -> tuple[Finding, ...]:
    """What is wrong with rows, of everybody."""
    return (*batch.lost, *(finding for found in tally.rejected.values() for finding in found))
