"""Laws of explanations on random policies and records: a proof never says other than the decision or than its parts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st
from order import blurred, readable, relevant
from profiles import examples
from strategies import settings_of

from vbprules.decision.explanation import Explanation, whole_explanation
from vbprules.decision.model import Outcome, Reason, Receipt
from vbprules.decision.words import TESTS
from vbprules.engine.outcomes import Judge

NO_RECEIPT = Receipt(
    policy="", policy_sha256="", language=1, facts_sha256="", as_of="", calendar="", readings={}, rulings=(),
    assumptions=(), engine="", second_opinion="",
)  # fmt: skip


@st.composite
def explanations(draw: Any) -> list[Explanation]:
    """Every outcome of a random policy on a dossier that leaves some of the record out."""
    policy, record, as_of = draw(settings_of())
    program = policy.program()
    case = readable(draw(blurred(record, as_of, relevant(program))), as_of, program)
    assume(case is not None)
    assert case is not None
    judge = Judge(case)
    return [whole_explanation(judge, judged, NO_RECEIPT) for judged in judge.all()]


def steps(reasons: tuple[Reason, ...]) -> Iterator[Reason]:
    for reason in reasons:
        yield reason
        yield from steps(reason.parts)


def combined(parts: tuple[Reason, ...], some: bool = False) -> set[str]:
    """What a conjunction (or an alternative) of these can be."""
    truths = {part.truth for part in parts}
    decides, other = ("yes", "no") if some else ("no", "yes")
    if decides in truths:
        return {decides}
    if truths <= {other}:
        return {other}
    # Readings may cancel out: one alternative under each option.
    return {"yes", "no", "open", "by_reading"} if "by_reading" in truths else {"open"}


@examples(60)
@given(explanations())
def test_a_step_is_what_its_parts_make_it(found: list[Explanation]) -> None:
    for one in found:
        for step in steps(one.tree):
            if not step.parts:
                continue
            if step.kind == "all" or step.kind in TESTS.keys() - {"gate", "exempt"}:
                assert step.truth in combined(step.parts), step
            elif step.kind == "any":
                assert step.truth in combined(step.parts, some=True), step
            elif step.kind == "not":
                (inner,) = step.parts
                assert step.truth == {"yes": "no", "no": "yes"}.get(inner.truth, inner.truth)
            elif step.kind == "choice" and len({part.truth for part in step.parts}) > 1:
                assert step.truth == "by_reading"


@examples(60)
@given(explanations())
def test_the_proof_says_what_the_decision_says(found: list[Explanation]) -> None:
    for one in found:
        answer = one.answer
        assert len(one.decisive) <= 5
        trigger = [step for step in one.tree if step.kind == "trigger"]
        if isinstance(answer, Outcome):
            told = "by_reading" if answer.triggered.branches else answer.triggered.value
            assert [step.truth for step in trigger] == [told]
        else:
            assert trigger == [] and one.tree[0].truth == "no"


@examples(60)
@given(explanations())
def test_an_open_step_says_what_could_settle_it(found: list[Explanation]) -> None:
    """And the step that is settled asks for nothing."""
    for one in found:
        hidden = {id(part) for step in steps(one.tree) if step.kind == "so_far" for part in steps(step.parts)}
        for step in steps(one.tree):
            if step.truth in ("yes", "no"):
                assert step.needs == ()
            elif step.kind in ("comparison", "today", "scope", "member", "question") and step.truth == "open":
                assert step.needs or id(step) in hidden, step
