"""Explanations as JSON of a stable, documented shape (docs/explaining.md). The same input gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any, Final

from vbprules.decision.explanation import Explanation
from vbprules.decision.model import NeedItem, NotApplicable, Outcome, Reason
from vbprules.decision.words import GIVERS
from vbprules.printing.explanation_page import verdict
from vbprules.printing.subjects import Subjects

FORMAT: Final = 1


def explanations_json(explanations: Iterable[Explanation], subjects: Subjects | None = None) -> str:
    """Every explanation with its whole tree."""
    told = [explanation_data(one, subjects) for one in explanations]
    return json.dumps({"format": FORMAT, "explanations": told}, ensure_ascii=False, indent=2)


def explanation_data(explanation: Explanation, subjects: Subjects | None = None) -> dict[str, Any]:
    """One explanation as plain data. What is empty is left out of steps, never of the explanation itself."""
    answer, decision = explanation.answer, explanation.decision
    said = {lang: verdict(explanation, lang, subjects).replace("\u00a0", " ") for lang in ("zh", "en")}
    return {
        "id": answer.id,
        "provision": answer.provision,
        "subject": answer.subject,
        "title": asdict(answer.title),
        "policy": decision.policy,
        "number": decision.number,
        "institution": decision.institution,
        "as_of": decision.as_of,
        "verdict": said,
        "clauses": [asdict(cited) for cited in answer.clauses],
        **_answer(answer),
        "decided_by": [step_data(step) for step in explanation.decisive],
        "tree": [step_data(step) for step in explanation.tree],
        "whole": explanation.whole,
        "readings": [reading.model_dump(mode="json") for reading in decision.readings],
        "receipt": decision.receipt.model_dump(mode="json"),
    }


def _answer(answer: Outcome | NotApplicable) -> Mapping[str, Any]:
    if isinstance(answer, NotApplicable):
        return {"applies": False, "reason": asdict(answer.reason)}
    state = answer.state
    needs = [*state.needs, *(need for branch in state.branches for need in branch.needs)]
    return {
        "applies": True,
        "standing": answer.standing,
        "state": state.model_dump(mode="json"),
        "triggered": answer.triggered.model_dump(mode="json"),
        "would_be": answer.would_be,
        "attributes": {name: item.model_dump(mode="json") for name, item in answer.attributes.items()},
        "needs": [_need(need) for need in {need.key: need for need in needs}.values()],
        "consequence": None if answer.consequence is None else asdict(answer.consequence),
        "note": None if answer.note is None else asdict(answer.note),
    }


def _need(need: NeedItem) -> dict[str, Any]:
    zh, en = GIVERS[need.kind]
    return {**asdict(need), "giver": {"zh": zh, "en": en}}


def step_data(step: Reason) -> dict[str, Any]:
    """One step with all beneath it: kind, words, truth and standing always, the rest where there is any."""
    found: dict[str, Any] = {
        "kind": step.kind,
        "text": asdict(step.text),
        "truth": step.truth,
        "standing": step.standing,
    }
    for name in ("unit", "value", "comparator", "threshold", "margin"):
        if getattr(step, name):
            found[name] = getattr(step, name)
    if step.records:
        found["records"] = [asdict(record) for record in step.records]
    if step.needs:
        found["needs"] = [_need(need) for need in step.needs]
    if step.parts:
        found["parts"] = [step_data(part) for part in step.parts]
    return found
