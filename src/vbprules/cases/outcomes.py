"""The outcomes that a case expects, held against those of its decision."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from vbprules.cases.answers import Answer, Answers
from vbprules.cases.expectations import Expectation
from vbprules.cases.keys import FIGURES, NOT_APPLICABLE
from vbprules.cases.model import CaseItem
from vbprules.cases.values import (
    Came,
    Mismatch,
    clause_form,
    compare_needs,
    compare_parts,
    compare_set,
    compare_value,
    text_of,
)
from vbprules.decision.model import NotApplicable, Outcome, Reason, Text
from vbprules.decision.shown import show
from vbprules.reading import Node


def mismatches(item: CaseItem, answers: Answers, only: Collection[str] | None = None) -> Iterator[Mismatch]:
    """What a case expects and did not come out; with ``only``, of these provisions alone."""
    for expected in item.expect:
        if only is None or expected.provision in only:
            yield from compare_expected(answers, expected)
    for provision in item.must_not:
        if (only is None or provision in only) and answers.present(provision):
            yield Mismatch(provision, "must_not", "absent", "present", item.line)


def compare_expected(answers: Answers, expected: Expectation) -> Iterator[Mismatch]:
    """What one outcome was expected to be and is not."""
    wanted = expected.outcome
    found = answers.named(wanted)
    outside = [item for item in found if isinstance(item, NotApplicable)]
    if expected.kind == "absent":
        if found:
            yield Mismatch(wanted, "", "absent", _states(found), expected.line)
    elif expected.kind == NOT_APPLICABLE:
        if not outside:
            yield Mismatch(wanted, "", NOT_APPLICABLE, _states(found) or "absent", expected.line)
        for key, node in expected.values.items():
            for item in outside[:1]:
                yield from _told(item, key, node, node.mark.line, [item.reason])
    else:
        outcomes = [item for item in found if isinstance(item, Outcome)]
        if len(outcomes) == 1:
            for key, node in expected.values.items():
                yield from _one(outcomes[0], key, node, node.mark.line)
        else:
            actual = _states(found) or _near(answers, wanted)
            yield Mismatch(wanted, "", "an outcome", actual, expected.line)


def _states(found: Collection[Answer]) -> str:
    """The states of some answers on one line."""
    told = [
        f"{item.id}: {item.state.value or 'by_reading'}"
        if isinstance(item, Outcome)
        else f"{item.id}: {NOT_APPLICABLE} ({item.reason.zh})"
        for item in found
    ]
    return "; ".join(told[:6]) + (" …" if len(told) > 6 else "")


def _near(answers: Answers, wanted: str) -> str:
    near = [item.id for item in answers.named(wanted.partition("@")[0])]
    return f"absent (there are {', '.join(near[:6])})" if near else "absent"


def _one(outcome: Outcome, key: str, node: Node, line: int) -> Iterator[Mismatch]:
    if key in ("state", "triggered"):
        attribute = outcome.state if key == "state" else outcome.triggered
        yield from compare_value(outcome.id, key, node, Came.of(attribute), line)
    elif key in FIGURES:
        figure = outcome.attributes.get(key)
        yield from compare_value(outcome.id, key, node, None if figure is None else Came.of(figure), line)
    elif key == "standing":
        if text_of(node) != outcome.standing:
            yield Mismatch(outcome.id, key, text_of(node), f"{outcome.standing} {show(outcome.state)}", line)
    elif key in ("mode", "modality", "hedge", "choose"):
        actual = getattr(outcome, key) or "none"
        if text_of(node) != actual:
            yield Mismatch(outcome.id, key, text_of(node), actual, line)
    elif key in ("by", "toward"):
        yield from compare_set(outcome.id, key, node, outcome.by if key == "by" else outcome.toward, line)
    elif key == "fields":
        yield from compare_set(outcome.id, key, node, [text.zh for text in outcome.fields], line)
    elif key == "needs":
        yield from compare_needs(outcome.id, key, node, needs_of(outcome), line)
    else:
        texts = [text for reason in outcome.reasons for text in _texts_within(reason)]
        yield from _told(outcome, key, node, line, texts)


def _told(answer: Answer, key: str, node: Node, line: int, texts: list[Text]) -> Iterator[Mismatch]:
    """What an outcome and a provision that does not apply both have: clauses and reasons."""
    if key == "clause":
        yield from compare_set(answer.id, key, node, [cited.clause for cited in answer.clauses], line, clause_form)
    elif key == "reason":
        yield from compare_parts(answer.id, key, node, texts, line)
    else:
        yield Mismatch(answer.id, key, "a known key", "unknown expectation", line)


def needs_of(outcome: Outcome) -> set[str]:
    """The keys of everything that an outcome still needs."""
    found: set[str] = set()
    for attribute in (outcome.state, outcome.triggered, *outcome.attributes.values()):
        found.update(need.key for need in attribute.needs)
        for branch in attribute.branches:
            found.update(need.key for need in branch.needs)
    return found


def _texts_within(reason: Reason) -> Iterator[Text]:
    """The words of a step and of all beneath it."""
    yield reason.text
    for part in reason.parts:
        yield from _texts_within(part)
