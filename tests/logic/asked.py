"""Small policies with a flaw, and what the logic check says of them."""

from __future__ import annotations

from inline import policy

from vbprules.decision.model import Decision
from vbprules.evaluation import evaluate
from vbprules.logic.found import Found
from vbprules.logic.report import logic_findings
from vbprules.program.ir import Program

TARGET = """
quantities:
  completion: {label: 完成比例, per: target, is: {ratio: [purchased, set_volume]}}
provisions:
"""
SANCTION = "cite: C, by: insurance_agency, toward: institution, for_each: target, once: yes, silent: [from]"


def bands(*rules: str, head: str = TARGET) -> Program:
    """A policy of sanctions on targets, one to a rule: ``name title when``, the name and title without spaces."""
    lines = []
    for rule in rules:
        name, title, when = rule.split(" ", 2)
        lines.append(f"  {name}: {{sanction: {title}, {SANCTION}, when: {when}}}")
    return policy(head + "\n".join(lines) + "\n")


def found(program: Program) -> list[Found]:
    return list(logic_findings(program))


def names(program: Program) -> list[str]:
    return [item.name for item in found(program)]


def only(program: Program, name: str) -> Found:
    """The one finding that there is, which has this name."""
    items = found(program)
    assert [item.name for item in items] == [name]
    return items[0]


def decided(program: Program, item: Found) -> Decision:
    """The decision on a finding's witness."""
    assert item.witness is not None
    shown = item.witness
    return evaluate(program, dict(shown.facts), shown.as_of, readings=shown.readings, check=False)


def states(program: Program, item: Found) -> dict[str, str]:
    """The settled state of every outcome under the witness, by provision."""
    found = {outcome.provision: outcome.state for outcome in decided(program, item).outcomes}
    return {name: str(state.value) for name, state in found.items() if state.standing == "settled"}
