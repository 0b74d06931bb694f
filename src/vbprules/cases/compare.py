"""Running a case and comparing what is expected with what came out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from vbprules import catalog
from vbprules.cases.answers import Answer, Answers, DecisionAnswers
from vbprules.cases.expectations import assignment
from vbprules.cases.files import CaseItem, Expectation
from vbprules.cases.keys import FIGURES, NOT_APPLICABLE
from vbprules.decision.model import Attribute, Decision, NotApplicable, Outcome, Reason
from vbprules.decision.shown import show
from vbprules.diagnostics import Report
from vbprules.evaluation import evaluate
from vbprules.facts.dossier import dossier_of
from vbprules.reading import Mapping as MappingNode
from vbprules.reading import Node, Scalar, Sequence
from vbprules.values.figures import normal


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One expected value that did not come out, with the line of the case file to look at."""

    outcome: str
    key: str
    expected: str
    actual: str
    line: int


def run_case(item: CaseItem, check: bool = True) -> tuple[Decision, list[Mismatch]]:
    """Evaluate a case and list what differs. Raises InputError if its facts have errors."""
    report = Report()
    report.use(item.source)
    dossier = dossier_of(item.facts, report)
    report.raise_if_errors()
    decision = evaluate(catalog.load(item.policy), dossier, item.as_of, readings=item.readings, check=check)
    return decision, list(mismatches(item, DecisionAnswers(decision)))


def mismatches(item: CaseItem, answers: Answers, only: Collection[str] | None = None) -> Iterator[Mismatch]:
    """What a case expects and did not come out; with ``only``, of these provisions alone."""
    for expected in item.expect:
        if only is None or expected.provision in only:
            yield from _compare(answers, expected)
    for provision in item.must_not:
        if (only is None or provision in only) and answers.present(provision):
            yield Mismatch(provision, "must_not", "absent", "present", item.line)


def _compare(answers: Answers, expected: Expectation) -> Iterator[Mismatch]:
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
                yield from _told(item, key, node, node.mark.line, [item.reason.zh, item.reason.en])
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
        yield from _attribute(outcome, key, node, attribute, line)
    elif key in FIGURES:
        yield from _attribute(outcome, key, node, outcome.attributes.get(key), line)
    elif key == "standing":
        if _text(node) != outcome.standing:
            yield Mismatch(outcome.id, key, _text(node), f"{outcome.standing} {show(outcome.state)}", line)
    elif key in ("mode", "modality", "hedge", "choose"):
        actual = getattr(outcome, key) or "none"
        if _text(node) != actual:
            yield Mismatch(outcome.id, key, _text(node), actual, line)
    elif key in ("by", "toward"):
        yield from _set(outcome.id, key, node, outcome.by if key == "by" else outcome.toward, line)
    elif key == "fields":
        yield from _set(outcome.id, key, node, [text.zh for text in outcome.fields], line)
    elif key == "needs":
        keys = sorted(needs_of(outcome))
        for need in _texts(node):
            if not any(found == need or found.startswith(need + " ") for found in keys):
                yield Mismatch(outcome.id, key, need, "; ".join(keys), line)
    else:
        texts = [text for reason in outcome.reasons for text in _reason_texts(reason)]
        yield from _told(outcome, key, node, line, texts)


def _told(answer: Answer, key: str, node: Node, line: int, texts: list[str]) -> Iterator[Mismatch]:
    """What an outcome and a provision that does not apply both have: clauses and reasons."""
    if key == "clause":
        yield from _set(answer.id, key, node, [cited.clause for cited in answer.clauses], line, _clause)
    elif key == "reason":
        for wanted in _texts(node):
            if not any(normal(wanted) in normal(text) for text in texts):
                yield Mismatch(answer.id, key, wanted, " | ".join(texts), line)
    else:
        yield Mismatch(answer.id, key, "a known key", "unknown expectation", line)


def _set(
    outcome: str,
    key: str,
    node: Node,
    actual: Collection[str],
    line: int,
    form: Callable[[str], str] = str,
) -> Iterator[Mismatch]:
    """Just these, in any order; ``none`` or an empty list: none at all."""
    wanted = [] if _text(node) == "none" else [form(text) for text in _texts(node)]
    if set(wanted) != set(actual):
        yield Mismatch(outcome, key, ", ".join(wanted) or "none", ", ".join(dict.fromkeys(actual)) or "none", line)


def _clause(text: str) -> str:
    return text.replace("（", "(").replace("）", ")")


def _attribute(outcome: Outcome, key: str, node: Node, found: Attribute | None, line: int) -> Iterator[Mismatch]:
    if found is None:
        if _text(node) != "absent":
            yield Mismatch(outcome.id, key, _text(node) or "…", "absent", line)
        return
    if isinstance(node, MappingNode):
        for option, wanted in node.entries:
            name, values = f"{key} ({option.text})", _under(found, assignment(option.text) or {})
            if not values:
                yield Mismatch(outcome.id, name, _text(wanted), f"no such branch: {show(found)}", line)
            for value, standing in values:
                if not _same(_text(wanted), value, standing, found.unit):
                    yield Mismatch(outcome.id, name, _text(wanted), value or standing, line)
        return
    if found.branches or not _same(_text(node), found.value, found.standing, found.unit):
        yield Mismatch(outcome.id, key, _text(node), show(found), line)


def _under(found: Attribute, chosen: Mapping[str, str]) -> list[tuple[str | None, str]]:
    if not found.branches:
        return [(found.value, found.standing)]
    return [
        (branch.value, "settled" if branch.settled else "open")
        for branch in found.branches
        if all(branch.readings.get(name, option) == option for name, option in chosen.items())
    ]


def _same(expected: str, value: str | None, standing: str, unit: str) -> bool:
    wanted = expected.removeprefix("exactly ").removeprefix("between ").replace("–", "..").strip()
    if unit != "state" and wanted in ("silent", "open") and standing == wanted:
        return True
    return wanted == (value or "").removeprefix("exactly ").removeprefix("between ")


def needs_of(outcome: Outcome) -> set[str]:
    """The keys of everything that an outcome still needs."""
    found: set[str] = set()
    for attribute in (outcome.state, outcome.triggered, *outcome.attributes.values()):
        found.update(need.key for need in attribute.needs)
        for branch in attribute.branches:
            found.update(need.key for need in branch.needs)
    return found


def _reason_texts(reason: Reason) -> Iterator[str]:
    yield reason.text.zh
    yield reason.text.en
    for part in reason.parts:
        yield from _reason_texts(part)


def _text(node: Node) -> str:
    return node.text if isinstance(node, Scalar) else ""


def _texts(node: Node) -> list[str]:
    return [_text(item) for item in node.items] if isinstance(node, Sequence) else [_text(node)]
