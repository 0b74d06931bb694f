"""Summaries of outcomes, the list of rejected rows, and the receipt of a batch."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import polars as pl

from vbprules import __version__
from vbprules.batch.model import FEW, Batch, Tally
from vbprules.diagnostics import Finding
from vbprules.language.versions import NEWEST
from vbprules.program.ir import Program
from vbprules.tables.chunks import broken_lists
from vbprules.tables.digests import file_digest
from vbprules.values.figures import show_date

ENGINE: Final = "vbprules-columns 1, vbprules-interpreter 1"


def by_institution(outcomes: pl.LazyFrame, batch: Batch, tally: Tally) -> pl.LazyFrame:
    """Of every institution that was decided: how many outcomes, how sure, what is breached and what is due."""
    state, settled = pl.col("state").fill_null(""), pl.col("standing") == "settled"
    sanction = pl.col("modality") == "sanction"
    counts = outcomes.group_by("institution").agg(
        outcomes=pl.len(),
        settled=settled.sum(),
        open=(pl.col("standing") == "open").sum(),
        by_reading=(pl.col("standing") == "by_reading").sum(),
        breached=(settled & state.str.starts_with("breached")).sum(),
        sanctions_due=(sanction & settled & (state == "due")).sum(),
        sanctions_in_force=(sanction & settled & (state == "in_force")).sum(),
        sanctions_that_may_be=(sanction & settled & (state == "may_be_imposed")).sum(),
    )
    everyone = batch.parts.order.lazy().select("institution").with_row_index(":at")
    everyone = everyone.filter(~pl.col("institution").is_in(list(tally.rejected)))
    found = everyone.join(counts, on="institution", how="left").sort(":at").drop(":at")
    return found.with_columns(pl.exclude("institution").fill_null(0).cast(pl.Int64))


def by_provision(outcomes: pl.LazyFrame, program: Program) -> pl.LazyFrame:
    """Of every provision and state: how many outcomes, of how many institutions."""
    sources = [norm.source for norm in program.norms]
    titles = pl.LazyFrame(
        {
            "provision": [source.id for source in sources],
            "title_zh": [source.title.zh for source in sources],
            "title_en": [source.title.text("en") for source in sources],
        }
    ).with_row_index(":at")
    keys = ["provision", "clause", "modality", "state", "standing"]
    counts = outcomes.group_by(keys).agg(
        outcomes=pl.len().cast(pl.Int64), institutions=pl.col("institution").n_unique().cast(pl.Int64)
    )
    found = counts.join(titles, on="provision", how="left").sort(":at", "clause", "state", "standing", nulls_last=True)
    return found.select("provision", "title_zh", "title_en", *keys[1:], "outcomes", "institutions")


def rejected_rows(batch: Batch, tally: Tally) -> pl.DataFrame:
    """What is wrong with the facts, one finding a row: of whom, in which file, row and column."""
    rows = [_row("", finding) for finding in batch.lost]
    rows += [_row(name, finding) for name, found in tally.rejected.items() for finding in found]
    names = ("institution", "file", "code", "message_zh", "message_en", "hint_zh", "hint_en")
    schema: dict[str, Any] = dict.fromkeys(names, pl.String)
    schema = {"institution": pl.String, "file": pl.String, "row": pl.Int64, "column": pl.Int64, **schema}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _row(institution: str, finding: Finding) -> tuple[Any, ...]:
    row, column = (None, None) if finding.mark is None else (finding.mark.line, finding.mark.column)
    words = (finding.message("zh"), finding.message("en"), finding.hint("zh"), finding.hint("en"))
    return (institution, finding.file, row, column, finding.code, *words)


def receipt_of(batch: Batch, tally: Tally) -> dict[str, Any]:
    """What the decisions were made from and by what. It carries no time of its own."""
    program, rulings = batch.program, batch.law.rulings
    return {
        "vbprules": __version__,
        "policy": program.policy.id,
        "policy_sha256": program.policy.digest,
        "bundle": program.bundle_label,
        "language": NEWEST,
        "as_of": show_date(batch.as_of),
        "calendar": batch.calendar.label,
        "readings": batch.law.named,
        "rulings": [] if rulings is None else list(rulings.describe(batch.as_of)),
        "instruments": batch.law.instruments,
        "engine": ENGINE,
        "tables": [
            {"list": table.name, "from": Path(table.origin).name, "sha256": file_digest(table.origin)}
            for table in batch.parts.tables
        ],
        "institutions": tally.institutions,
        "decided": tally.institutions - len(tally.rejected),
        "rejected": len(tally.rejected),
        "rows_without_institution": len(batch.lost),
        "lists_not_complete_for_lost_rows": sorted(broken_lists(batch.parts)),
        "outcomes": tally.outcomes,
        "interpreted": {
            "institutions": tally.one_by_one,
            "provisions": sorted(tally.provisions),
            "because": f"facts that contradict each other, periods without end, or fewer than {FEW} institutions",
        },
        "asked_for_open_questions": tally.asked,
    }
