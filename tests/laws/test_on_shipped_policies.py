"""The laws on the law itself: every shipped policy, with the dossiers of its own cases as seeds.

- Law 2, monotone: ``d ⊑ d'`` and ``v(d)`` settled implies ``v(d') = v(d)``.
- Law 3, no harm from ignorance: ``d ⊑ d'`` and harm settled at ``d`` implies harm settled at ``d'``.
- Law 8, discretion: without recorded acts and determinations no ``may`` sanction is due or in force.
- Order: permuting the entries of every list changes nothing but the hash of the facts.
"""

from __future__ import annotations

import copy
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from vbprules.cases.files import CaseItem, read_cases
from vbprules.catalog import load, shipped_policies
from vbprules.decision.model import Attribute, Decision, Outcome
from vbprules.diagnostics import InputError
from vbprules.evaluation import evaluate
from vbprules.language.vocabulary import BY_LIST
from vbprules.reading import Mapping, Node, Scalar, Sequence

CASES = Path(__file__).parents[1] / "cases"
POLICIES = sorted(name for name in shipped_policies() if (CASES / f"{name}.yaml").is_file())
EXAMPLES = int(os.environ.get("VBPRULES_EXAMPLES", "10"))
RUN = settings(
    max_examples=EXAMPLES, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
SETTLED_ATTRIBUTES = ("amount", "due", "from", "standard", "value")


def plain(node: Node) -> Any:
    if isinstance(node, Mapping):
        return {key.text: plain(value) for key, value in node.entries}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    assert isinstance(node, Scalar)
    return node.text


@cache
def seeds(policy: str) -> list[CaseItem]:
    return read_cases(CASES / f"{policy}.yaml")


def decide(case: CaseItem, facts: dict[str, Any]) -> Decision:
    return evaluate(load(case.policy), facts, case.as_of, readings=case.readings, check=False, explain=False)


def harmful(outcome: Outcome) -> bool:
    """A breach that is settled, or a sanction whose trigger is."""
    if outcome.modality == "sanction":
        settled = outcome.triggered.standing == "settled" and outcome.triggered.value == "yes"
        return settled and not outcome.would_be and outcome.mode == "must"
    return outcome.state.standing == "settled" and (outcome.state.value or "").startswith("breached")


def entries_of(facts: dict[str, Any], name: str) -> list[Any]:
    listed = facts[name]
    entries = listed.get("entries") if isinstance(listed, dict) else listed
    return entries if isinstance(entries, list) else []


def weaken(facts: dict[str, Any], draw: Any) -> dict[str, Any]:
    """One step down: forget a cell, a statement of completeness, or (from a list that then is open) an entry."""
    less = copy.deepcopy(facts)
    lists = [name for name in less if name != "institution" and less[name] not in ("none",)]
    step = draw(st.sampled_from(["institution", "cell", "completeness", "entry"]))
    if step == "institution" and less.get("institution"):
        less["institution"].pop(draw(st.sampled_from(sorted(less["institution"]))))
        return less
    if step == "completeness":
        lists = {name: less[name] for name in less if name != "institution"}
        stated = [name for name, listed in lists.items() if listed == "none" or isinstance(listed, dict)]
        if stated:
            name = draw(st.sampled_from(sorted(stated)))
            less[name] = [] if less[name] == "none" else less[name].get("entries") or []
            less[name] = less[name] if isinstance(less[name], list) else []
        return less
    filled = [name for name in lists if entries_of(less, name)]
    if not filled:
        return less
    name = draw(st.sampled_from(sorted(filled)))
    rows = entries_of(less, name)
    index = draw(st.integers(0, len(rows) - 1))
    if step == "entry":
        # What other rows refer to stays: a row that is gone would be a dangling reference, not less knowledge.
        if name in ("payments", "purchases", "uses", "prepayments", "fund_payments", "acts", "performances"):
            less[name] = [row for number, row in enumerate(rows) if number != index]
        return less
    cells = [key for key in rows[index] if key not in _KEPT]
    if cells:
        rows[index].pop(draw(st.sampled_from(sorted(cells))))
    return less


# References and identities are no cells: without them a row is another row. So are what an act or an answer is about.
_KEPT = frozenset({"id", "drug", "product", "agreement", "receipt", "supplier", "period", "of", "subject", "question",
                   "answer", "by", "name", "value", "source", "lifted_on", "replaces", "day"})  # fmt: skip


def settled(attribute: Attribute | None) -> str | None:
    return attribute.value if attribute is not None and attribute.standing == "settled" else None


@pytest.mark.parametrize("policy", POLICIES)
def test_nothing_bad_comes_from_what_is_not_known(policy: str) -> None:
    @RUN
    @given(st.data())
    def law(data: st.DataObject) -> None:
        case = data.draw(st.sampled_from(seeds(policy)))
        facts = plain(case.facts)
        less = facts
        for _ in range(data.draw(st.integers(1, 4))):
            less = weaken(less, data.draw)
        try:
            strong, weak = decide(case, facts), decide(case, less)
        except InputError:
            assume(False)
            return
        known = {outcome.id: outcome for outcome in strong.outcomes}
        for outcome in weak.outcomes:
            other = known.get(outcome.id)
            if harmful(outcome):
                assert other is not None and harmful(other), (case.name, outcome.id, outcome.state)
            if other is None or outcome.would_be:
                continue
            trigger = settled(outcome.triggered)
            assert trigger in (None, settled(other.triggered)), (case.name, outcome.id, "triggered")
            for name in SETTLED_ATTRIBUTES:
                value = settled(outcome.attributes.get(name))
                if value is not None and name in other.attributes and not other.would_be:
                    assert value == settled(other.attributes[name]), (case.name, outcome.id, name)

    law()


@pytest.mark.parametrize("policy", POLICIES)
def test_discretion_never_becomes_a_sanction_by_itself(policy: str) -> None:
    for case in seeds(policy)[::7]:
        facts = plain(case.facts)
        for name in ("acts", "determinations"):
            facts.pop(name, None)
        for outcome in decide(case, facts).outcomes:
            if outcome.modality == "sanction" and outcome.mode == "may":
                codes = {outcome.state.value, *(branch.value for branch in outcome.state.branches)}
                assert not codes & {"due", "due_unrecorded", "in_force", "due_later"}, (case.name, outcome.id)


@pytest.mark.parametrize("policy", POLICIES)
def test_the_order_of_facts_does_not_matter(policy: str) -> None:
    for case in seeds(policy)[::9]:
        facts = plain(case.facts)
        for name in facts:
            if name in BY_LIST and name != "targets":  # without an id it would take its number
                for number, row in enumerate(entries_of(facts, name), 1):
                    row.setdefault("id", f"{name}{number}")
        turned = copy.deepcopy(facts)
        for name in turned:
            if name != "institution":
                entries_of(turned, name).reverse()
        one, other = decide(case, facts), decide(case, turned)
        left = {outcome.id: (outcome.state, outcome.triggered, outcome.attributes) for outcome in one.outcomes}
        right = {outcome.id: (outcome.state, outcome.triggered, outcome.attributes) for outcome in other.outcomes}
        assert left == right, case.name
