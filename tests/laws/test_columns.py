"""Columns and the interpreter say the same: of random policies and records, many institutions at once."""

from __future__ import annotations

import sys
from pathlib import Path
from unittest import mock

from hypothesis import assume, given
from hypothesis import strategies as st
from order import readable, weaker
from profiles import examples
from strategies import settings_of

sys.path.insert(0, str(Path(__file__).parents[1] / "columnar"))

from same import differences_of

from vbprules.columnar import once


@examples(60)
@given(st.data())
def test_columns_and_the_interpreter_say_the_same(data: st.DataObject) -> None:
    policy, record, as_of = data.draw(settings_of())
    program = policy.program()
    steps = weaker(record, as_of)
    picked = data.draw(st.lists(st.sampled_from(steps), max_size=3)) if steps else []
    records = [record, *(less(record) for _, less in picked)]
    cases = [case for case in (readable(known, as_of, program) for known in records) if case is not None]
    assume(cases)
    with mock.patch.object(once, "FEW", data.draw(st.sampled_from((0, once.FEW)))):  # rows one by one, or what is alike
        found = differences_of(cases)
    assert not found, "\n".join([*found[:5], repr(policy), repr(record)])
