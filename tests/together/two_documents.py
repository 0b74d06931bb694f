"""Two small documents on one hospital, and what is asked of a joint decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from inline import program_of, text_of

from vbprules.diagnostics import InputError
from vbprules.program.ir import Program
from vbprules.together.joint import evaluate_together
from vbprules.together.model import Claim, JointDecision

HOSPITAL = {"institution": {"kind": "hospital", "ownership": "public"}, "acts": "none", "performances": "none"}
BILL = {**HOSPITAL, "receipts": {"complete": "yes", "entries": [{"id": "R1", "accepted_on": "2020-03-02", "amount": "1000.00"}]},
        "payments": "none"}  # fmt: skip


def document(id: str, body: str, document: str = "", issued: str = "2019-01-01") -> Program:
    """A policy with its own id; ``document`` holds further lines of its section, as ``rank: city``."""
    text = text_of(body, issued=issued).replace("policy: inline", f"policy: {id}")
    lines = "".join(f"  {line}\n" for line in document.splitlines())
    return program_of(text.replace("clauses:", f"{lines}clauses:", 1))


def joint(
    *programs: Program,
    facts: Mapping[str, Any] = BILL,
    as_of: str = "2020-06-01",
    readings: dict[str, str] | None = None,
) -> JointDecision:
    return evaluate_together(programs, dict(facts), as_of, readings=readings, check=False, explain=False)


def codes(*programs: Program, facts: Mapping[str, Any], **more: Any) -> list[tuple[str, str]]:
    """The findings about inputs that have errors: code and English message."""
    try:
        joint(*programs, facts=facts, **more)
    except InputError as error:
        return [(finding.code, finding.message("en")) for finding in error.findings]
    return []


def conflicts(found: JointDecision) -> list[tuple[str, str | None, tuple[str, str]]]:
    return [(item.kind, item.attribute, item.values) for item in found.conflicts]


def claims(found: JointDecision) -> list[Claim]:
    return [claim for relation in found.relations for claim in relation.claims]
