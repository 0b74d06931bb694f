"""A whole province: chunks of institutions one after another, each with the rows of all its lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import polars as pl

from vbprules.synth import money, statements, trade, volumes
from vbprules.synth.catalogue import Catalogue, catalogue_of
from vbprules.synth.institutions import institutions
from vbprules.synth.plan import Plan
from vbprules.synth.tables import COMPLETENESS, INSTITUTIONS, ORDER, table

AT_ONCE: Final = 500_000  # institution-drug-quarters held at once, before it is drawn which drugs are bought

Tables = Mapping[str, pl.DataFrame]


def made(plan: Plan) -> Tables:
    """All tables of a province, by the names of the lists. Everything is held in memory: see `chunks`."""
    parts: dict[str, list[pl.DataFrame]] = {}
    for chunk in chunks(plan):
        for name, frame in chunk.items():
            parts.setdefault(name, []).append(frame)
    return {name: pl.concat(parts[name]) for name in ORDER if name in parts}


def chunks(plan: Plan, at_once: int = AT_ONCE) -> Iterator[Tables]:
    """The tables in pieces: first the catalogue, then some institutions at a time with all their rows.

    ``at_once`` bounds the institution-drug-quarters of a piece, and so the memory; whatever it is, the rows and their
    order are the same.
    """
    catalogue = catalogue_of(plan)
    yield catalogue.tables
    for start, stop in spans(plan, at_once):
        yield _chunk(plan, catalogue, start, stop)


def spans(plan: Plan, at_once: int = AT_ONCE) -> list[tuple[int, int]]:
    """The institutions of each piece but the first, by their numbers."""
    step = max(1, at_once // (plan.drugs * len(plan.quarters)))
    return [(start, min(start + step, plan.institutions)) for start in range(0, plan.institutions, step)]


def _chunk(plan: Plan, catalogue: Catalogue, start: int, stop: int) -> dict[str, pl.DataFrame]:
    members = institutions(plan, start, stop)
    years = volumes.yearly(plan, volumes.pairs(plan, catalogue, members))
    quarters = volumes.by_quarter(plan, years)
    bought = trade.purchases(plan, catalogue, quarters)
    lines = money.agreement_lines(catalogue, years)
    agreed = money.agreements(plan, catalogue, lines, bought)
    paid, received = money.payments(plan, money.receipts(plan, bought, agreed))
    frames = {
        INSTITUTIONS: members,
        "agreements": agreed,
        "agreement_lines": lines.drop("id"),
        "targets": volumes.targets(plan, quarters).drop("id"),
        "purchases": bought.drop("id"),
        "uses": trade.uses(plan, bought).drop("id"),
        "receipts": received,
        "payments": paid,
        "fund_payments": money.fund_payments(plan, members),
        "prepayments": money.prepayments(plan, agreed),
        "dispensings": trade.dispensings(plan, catalogue, bought).drop("id"),
    }
    frames |= _statements(plan, members, quarters, bought, received, agreed)
    found = {name: table(name, frame, plan.gaps) for name, frame in frames.items()}
    found[COMPLETENESS] = statements.completeness(plan, members, with_catalogue=start == 0)
    return found


def _statements(
    plan: Plan,
    members: pl.DataFrame,
    quarters: pl.DataFrame,
    bought: pl.DataFrame,
    received: pl.DataFrame,
    agreed: pl.DataFrame,
) -> dict[str, pl.DataFrame]:
    words = plan.words
    if words is None:
        return {}
    conduct = statements.conducts(plan, words, bought)
    about = statements.subjects(plan, members, quarters, received, agreed, conduct)
    return {
        "conducts": conduct,
        "acts": statements.acts(plan, words, about),
        "performances": statements.performances(plan, words, about),
        "determinations": statements.determinations(plan, words, about),
    }
