"""This library as an implementation to be checked: requests on standard input, answers on standard output.

python conformance/check.py -- python conformance/adapters/vbprules_adapter.py
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from vbprules import InputError, evaluate
from vbprules.decision.model import Decision

_OUTCOME = ("id", "provision", "subject", "modality", "mode", "hedge", "by", "toward", "standing", "choose")


def answer(request: dict[str, Any]) -> dict[str, Any]:
    try:
        decision = evaluate(
            Path(request["policy"]), request["facts"], request["as_of"], readings=request["readings"], check=False,
            explain=False,
        )  # fmt: skip
    except InputError as error:
        return {"id": request["id"], "error": str(error)}
    return {"id": request["id"], **asked_for(decision, request["outcomes"])}


def asked_for(decision: Decision, names: list[str]) -> dict[str, Any]:
    """The outcomes of a decision that were asked for, as far as the specification says what they are."""

    def wanted(id: str, provision: str) -> bool:
        return any(name in (id, provision) or provision.startswith(name + ".") for name in names)

    return {
        "outcomes": [outcome(item) for item in decision.outcomes if wanted(item.id, item.provision)],
        "not_applicable": [
            {"id": item.id, "provision": item.provision, "clauses": clauses(item)}
            for item in decision.not_applicable
            if wanted(item.id, item.provision)
        ],
    }


def clauses(item: Any) -> list[dict[str, str]]:
    return [{"clause": cited.clause} for cited in item.clauses]


def outcome(item: Any) -> dict[str, Any]:
    return {
        **{name: getattr(item, name) for name in _OUTCOME},
        "clauses": clauses(item),
        "fields": [text.zh for text in item.fields],
        "state": attribute(item.state),
        "triggered": attribute(item.triggered),
        "attributes": {name: attribute(found) for name, found in item.attributes.items()},
    }


def attribute(found: Any) -> dict[str, Any]:
    return {
        "standing": found.standing,
        "value": found.value,
        "needs": needs(found),
        "branches": [
            {"readings": branch.readings, "value": branch.value, "settled": branch.settled, "needs": needs(branch)}
            for branch in found.branches
        ],
    }


def needs(holder: Any) -> list[dict[str, str]]:
    return [{"key": need.key} for need in holder.needs]


def main() -> None:
    for line in sys.stdin.buffer:
        told = json.dumps(answer(json.loads(line)), ensure_ascii=False)
        sys.stdout.buffer.write(told.encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
