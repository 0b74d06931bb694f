"""The block ``explain``: which steps decided an outcome, with their figures, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from vbprules import catalog
from vbprules.cases.blocks import reading as r
from vbprules.cases.blocks.keys import EXPLAINED, NOTHING, STEP, TRUTH, forms
from vbprules.cases.expectations import well_formed
from vbprules.cases.model import CaseItem, facts_of
from vbprules.cases.outcomes import needs_of
from vbprules.cases.policy_check import PolicyCheck
from vbprules.cases.trees import Change, each_item, each_value, keyed, worded
from vbprules.cases.values import AMONG, Came, Mismatch, compare_needs, compare_value, text_of
from vbprules.decision.explanation import Explanation, whole_explanation
from vbprules.decision.model import Outcome, Reason
from vbprules.diagnostics import Report
from vbprules.evaluation import judged_case
from vbprules.explaining import chosen
from vbprules.language.shape import Shape
from vbprules.reading import Node, Scalar
from vbprules.values.figures import normal

_MOST: Final = 12
_FIGURES: Final = ("value", "threshold", "margin")
ENGLISH: Final[Change] = each_value(
    keyed({"decided_by": each_item(keyed({"truth": worded(forms(TRUTH))})), "missing": worded(forms(NOTHING))})
)


@dataclass(frozen=True, slots=True)
class Explained:
    """Why one outcome is to be what it is."""

    outcome: Scalar
    decided_by: tuple[r.Row, ...]
    missing: Node | None


def read(node: Node, around: r.Around) -> tuple[Explained, ...]:
    """Slips go to the report."""
    return tuple(_explained(name, value, around.report) for name, value in r.outcomes(node, around.report, "explain"))


def _explained(name: Scalar, node: Node, report: Report) -> Explained:
    s = Shape(node, report, "explain", EXPLAINED)
    if not any(key in s for key in EXPLAINED):
        report.error("empty_row", name, where=f"explain.{name.text}", choices=", ".join(EXPLAINED))
    steps = r.rows(s.get("decided_by"), report, "explain.decided_by", STEP)
    for step in steps:
        for key, value in step.values.items():
            if key in _FIGURES:
                r.by_reading(value, report, key)
            elif key == "truth":
                r.word(value, report, key, TRUTH)
            else:
                r.one_text(value, report, key)
    missing = s.get("missing")
    if missing is not None and text_of(missing) != "none":
        well_formed(Scalar("needs", missing.mark), missing, report)
    return Explained(name, steps, missing)


def check(case: CaseItem, block: tuple[Explained, ...], policy: PolicyCheck) -> None:
    for item in block:
        policy.provision(item.outcome.text.partition("@")[0], item.outcome)
        for step in item.decided_by:
            for key in _FIGURES:
                value = step.get(key)
                if value is not None:
                    policy.options(value)


def run(case: CaseItem, block: tuple[Explained, ...], second_opinion: bool) -> Iterator[Mismatch]:
    """The case is decided once; each outcome named is explained down to the facts."""
    program = catalog.load(case.policy)
    judge, judged, receipt = judged_case(
        program,
        facts_of(case),
        case.as_of,
        case.readings,
        calendar=case.calendar,
        check=second_opinion,
        instruments=case.instruments,
    )
    for item in block:
        name = item.outcome.text
        found = chosen(program, judged, name, Report())
        if len(found) == 1:
            explanation = whole_explanation(judge, found[0], receipt)
            differing = _compared(explanation, item)
            yield from (replace(one, clauses=explanation.answer.clauses) for one in differing)
        else:
            actual = ", ".join(one.key for one in found[:6]) or "absent"
            yield Mismatch(name, "", "an outcome", actual, item.outcome.mark.line)


def _compared(found: Explanation, expected: Explained) -> Iterator[Mismatch]:
    name = found.answer.id
    steps = [step for top in found.decisive for step in _within(top)]
    for row in expected.decided_by:
        yield from _nearest(name, row, steps)
    if expected.missing is not None:
        yield from compare_needs(name, "missing", expected.missing, _needs(found, steps), expected.missing.mark.line)


def _within(step: Reason) -> Iterator[Reason]:
    yield step
    for part in step.parts:
        yield from _within(part)


def _needs(found: Explanation, steps: list[Reason]) -> set[str]:
    answer = found.answer
    of_answer = needs_of(answer) if isinstance(answer, Outcome) else set()
    return of_answer | {need.key for step in steps for need in step.needs}


def _nearest(name: str, row: r.Row, steps: list[Reason]) -> Iterator[Mismatch]:
    """Nothing if one of the steps is as expected; else what differs in the one that comes nearest."""
    says = row.text("says")
    meant = [step for step in steps if normal(says) in normal(step.text.zh) or normal(says) in normal(step.text.en)]
    if not meant:
        told = AMONG.join(text for step in steps[:_MOST] for text in (step.text.zh, step.text.en))
        yield Mismatch(name, "decided_by", says, told or "none", row.line)
        return
    differing = [list(_step(name, row, step)) for step in meant]
    yield from min(differing, key=len)


def _step(name: str, row: r.Row, step: Reason) -> Iterator[Mismatch]:
    for key, node in row.values.items():
        if key == "truth" and text_of(node) != step.truth:
            yield Mismatch(name, key, text_of(node), step.truth, row.line_of(key), about=step.text.zh)
        elif key in _FIGURES:
            text = getattr(step, key)
            came = None if text is None else Came.told(text, step.unit)
            differing = compare_value(name, key, node, came, row.line_of(key))
            yield from (replace(one, about=step.text.zh) for one in differing)
        elif key == "record":
            known = [f"{record.list} {record.id}" for record in step.records]
            if text_of(node) not in known:
                yield Mismatch(
                    name, key, text_of(node), ", ".join(known) or "none", row.line_of(key), about=step.text.zh
                )
