"""The second engine, and what is written and read again, on random policies and records."""

from __future__ import annotations

import json

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from order import Dossier, readable, weaker
from profiles import examples
from strategies import Policy, settings_of

from vbprules import Decision, evaluate
from vbprules.diagnostics import InputError
from vbprules.engine import rete
from vbprules.engine.outcomes import Judge
from vbprules.engine.second_opinion import second_opinion

Setting = tuple[Policy, Dossier, str]


@pytest.mark.skipif(not rete.available(), reason="durable_rules cannot be imported on this Python")
@examples(40)
@given(settings_of(), st.data())
def test_durable_rules_says_the_same(setting: Setting, data: st.DataObject) -> None:
    """Every condition of every norm, decided again by another engine. A difference raises EngineDisagreement."""
    policy, record, as_of = setting
    program = policy.program()
    steps = weaker(record, as_of)
    for _, less in [("", lambda known: known), *([data.draw(st.sampled_from(steps))] if steps else [])]:
        found = readable(less(record), as_of, program)
        if found is not None:
            judge = Judge(found)
            assert second_opinion(judge, tuple(judge.all())).startswith("durable_rules")


@examples(40)
@given(settings_of())
def test_what_is_written_is_read_again(setting: Setting) -> None:
    """load ∘ dump = id, of decisions with all their reasons; and the bytes are the same."""
    policy, record, as_of = setting
    try:
        decision = evaluate(policy.program(), record, as_of, check=False)
    except InputError:
        assume(False)
        raise
    written = decision.to_json()
    assert Decision.model_validate_json(written) == decision
    assert Decision.model_validate(json.loads(written)).to_json() == written
