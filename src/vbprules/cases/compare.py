"""Running a case and comparing what is expected with what came out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vbprules import catalog
from vbprules.cases.files import CaseItem, Expectation
from vbprules.decision.model import Attribute, Decision, Outcome, Reason
from vbprules.diagnostics import Report
from vbprules.evaluation import evaluate
from vbprules.facts.dossier import dossier_of
from vbprules.reading import Mapping as MappingNode
from vbprules.reading import Node, Scalar, Sequence
from vbprules.values.figures import normal

_ATTRIBUTES = frozenset(
    {
        "amount",
        "due",
        "not_before",
        "from",
        "until",
        "standard",
        "base",
        "excess",
        "value",
        "done",
        "breached_on",
        "received",
    }
)


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One expected value that did not come out, with the line of the case file to look at."""

    outcome: str
    key: str
    expected: str
    actual: str
    line: int
    why: str = ""


def run_case(item: CaseItem, check: bool = True) -> tuple[Decision, list[Mismatch]]:
    """Evaluate a case and list what differs. Raises InputError if its facts have errors."""
    report = Report()
    dossier = dossier_of(item.facts, report)
    report.raise_if_errors()
    decision = evaluate(catalog.load(item.policy), dossier, item.as_of, readings=item.readings, check=check)
    found = [mismatch for expected in item.expect for mismatch in _compare(decision, expected)]
    present = {outcome.provision for outcome in decision.outcomes} | {out.provision for out in decision.not_applicable}
    for provision in item.must_not:
        if provision in present or any(name.startswith(provision + ".") for name in present):
            found.append(Mismatch(provision, "must_not", "absent", "present", item.line))
    return decision, found


def _compare(decision: Decision, expected: Expectation) -> Iterator[Mismatch]:
    wanted = expected.outcome
    if expected.kind == "not_applicable":
        outside = {out.id for out in decision.not_applicable} | {out.provision for out in decision.not_applicable}
        if wanted not in outside:
            yield Mismatch(wanted, "", "not_applicable", _state_of(decision, wanted), expected.line)
        return
    try:
        outcome = decision.outcome(wanted)
    except KeyError:
        if expected.kind != "absent":
            yield Mismatch(wanted, "", "an outcome", _state_of(decision, wanted), expected.line)
        return
    if expected.kind == "absent":
        yield Mismatch(wanted, "", "absent", _state_of(decision, wanted), expected.line)
        return
    for key, node in expected.values.items():
        yield from _one(outcome, key, node, expected.line)


def _state_of(decision: Decision, wanted: str) -> str:
    for outcome in decision.outcomes:
        if wanted in (outcome.id, outcome.provision):
            return outcome.state.value or "by_reading"
    for out in decision.not_applicable:
        if wanted in (out.id, out.provision):
            return f"not_applicable: {out.reason.zh}"
    near = [outcome.id for outcome in decision.outcomes if outcome.provision == wanted.partition("@")[0]]
    return f"absent (there are {', '.join(near[:6])})" if near else "absent"


def _one(outcome: Outcome, key: str, node: Node, line: int) -> Iterator[Mismatch]:
    why = "；".join(reason.text.zh for reason in outcome.reasons)
    if key in ("state", "triggered") or key in _ATTRIBUTES:
        attribute = getattr(outcome, key) if key in ("state", "triggered") else outcome.attributes.get(key)
        yield from _attribute(outcome, key, node, attribute, line, why)
    elif key == "standing":
        if _text(node) != outcome.standing:
            yield Mismatch(outcome.id, key, _text(node), f"{outcome.standing} {show(outcome.state)}", line, why)
    elif key == "mode":
        if _text(node) != outcome.mode:
            yield Mismatch(outcome.id, key, _text(node), outcome.mode, line)
    elif key == "clause":
        clauses = [cited.clause for cited in outcome.clauses]
        for clause in _texts(node):
            if clause.replace("（", "(").replace("）", ")") not in clauses:
                yield Mismatch(outcome.id, key, clause, ", ".join(clauses), line)
    elif key == "needs":
        keys = sorted(needs_of(outcome))
        for need in _texts(node):
            if not any(found == need or found.startswith(need + " ") for found in keys):
                yield Mismatch(outcome.id, key, need, "; ".join(keys), line, why)
    elif key == "reason":
        texts = [text for reason in outcome.reasons for text in _reason_texts(reason)]
        for wanted in _texts(node):
            if not any(normal(wanted) in normal(text) for text in texts):
                yield Mismatch(outcome.id, key, wanted, " | ".join(texts), line)
    else:
        yield Mismatch(outcome.id, key, "a known key", "unknown expectation", line)


def _attribute(
    outcome: Outcome, key: str, node: Node, found: Attribute | None, line: int, why: str
) -> Iterator[Mismatch]:
    if found is None:
        if _text(node) != "absent":
            yield Mismatch(outcome.id, key, _text(node) or "…", "absent", line, why)
        return
    if isinstance(node, MappingNode):
        for option, wanted in node.entries:
            assignment = dict(part.split("=", 1) for part in option.text.split("&") if "=" in part)
            for value, standing in _under(found, assignment):
                if not _same(_text(wanted), value, standing, found.unit):
                    yield Mismatch(outcome.id, f"{key} ({option.text})", _text(wanted), value or standing, line, why)
        return
    if found.branches or not _same(_text(node), found.value, found.standing, found.unit):
        yield Mismatch(outcome.id, key, _text(node), show(found), line, why)


def _under(found: Attribute, assignment: dict[str, str]) -> list[tuple[str | None, str]]:
    if not found.branches:
        return [(found.value, found.standing)]
    return [
        (branch.value, "settled" if branch.settled else "open")
        for branch in found.branches
        if all(branch.readings.get(name, option) == option for name, option in assignment.items())
    ]


def _same(expected: str, value: str | None, standing: str, unit: str) -> bool:
    wanted = expected.removeprefix("exactly ").removeprefix("between ").replace("–", "..").strip()
    if unit != "state" and wanted in ("silent", "open") and standing == wanted:
        return True
    return wanted == (value or "").removeprefix("exactly ").removeprefix("between ")


def show(found: Attribute) -> str:
    """An attribute on one line, by reading where it forks."""
    if not found.branches:
        return found.value or found.standing
    return "; ".join(
        f"{'&'.join(f'{r}={o}' for r, o in branch.readings.items())}: {branch.value}" for branch in found.branches
    )


def needs_of(outcome: Outcome) -> set[str]:
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
