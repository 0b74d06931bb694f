"""Running a case: its outcomes first, then what else it asserts."""

from __future__ import annotations

from dataclasses import replace

from vbprules import catalog
from vbprules.cases.answers import DecisionAnswers
from vbprules.cases.blocks.table import BLOCKS
from vbprules.cases.model import CaseItem, facts_of
from vbprules.cases.outcomes import mismatches
from vbprules.cases.values import Mismatch
from vbprules.decision.model import Decision
from vbprules.evaluation import evaluate

__all__ = ["Mismatch", "mismatches", "run_case"]


def run_case(item: CaseItem, check: bool = True) -> tuple[Decision | None, list[Mismatch]]:
    """Run a case and list what differs. The decision of its day is made only if the case asserts outcomes.

    Raises InputError if its facts have errors, EngineDisagreement if the two engines differ.
    """
    decision = None
    found: list[Mismatch] = []
    if item.asserts_outcomes:
        decision = evaluate(
            catalog.load(item.policy),
            facts_of(item),
            item.as_of,
            readings=item.readings,
            calendar=item.calendar,
            instruments=item.instruments,
            check=check,
        )
        found += mismatches(item, DecisionAnswers(decision))
    for name, block in item.blocks.items():
        found += (replace(one, block=name) for one in BLOCKS[name].run(item, block, check))
    return decision, found
