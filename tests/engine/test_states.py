"""The table of states of a duty, S-12.1 of the specification, row by row and for every combination of truths."""

from __future__ import annotations

from itertools import product

import pytest
from inline import policy

from vbprules.engine.outcomes import state_of
from vbprules.values.ranges import FALSE, OPEN, TRUE, Range

PAY = policy(
    """
provisions:
  pay: {obligation: 付款, cite: C, by: institution, for_each: receipt, due: {count: 30 days, after: accepted_on}, done: settled_on}
"""
)
DUTY = next(norm for norm in PAY.norms if norm.id == "pay")
ANY = (TRUE, FALSE, OPEN)

ROWS: list[tuple[str, tuple[Range, ...], tuple[Range, ...], tuple[Range, ...], str, tuple[str, ...]]] = [
    ("S-12.1.1", ANY, (TRUE,), (TRUE,), "met", ()),
    ("S-12.1.2", (FALSE,), ANY, (FALSE,), "open", ()),
    ("S-12.1.3", (FALSE,), ANY, (OPEN,), "open_unrecorded", ("performed",)),
    ("S-12.1.9", (FALSE,), (FALSE, OPEN), (TRUE,), "open", ()),
    ("S-12.1.4", (OPEN,), (FALSE, OPEN), ANY, "deadline_unknown", ("over", "in_time")),
    ("S-12.1.5", (TRUE,), (OPEN,), ANY, "timeliness_unknown", ("in_time",)),
    ("S-12.1.6", (TRUE,), (FALSE,), (TRUE,), "breached_met_late", ()),
    ("S-12.1.7", (TRUE,), (FALSE,), (FALSE,), "breached_unperformed", ()),
    ("S-12.1.8", (TRUE,), (FALSE,), (OPEN,), "breached_unrecorded", ("performed",)),
]


def _duty(applies: Range, over: Range, in_time: Range, performed: Range) -> tuple[str, bool, tuple[str, ...]]:
    tests = {"over": over, "in_time": in_time, "performed": performed}
    found = state_of(DUTY, applies, tests, FALSE, True)
    return found.code, found.settled, found.hangs_on


@pytest.mark.parametrize(("row", "over", "in_time", "performed", "code", "needs"), ROWS, ids=[row[0] for row in ROWS])
def test_a_row_of_the_table(
    row: str,
    over: tuple[Range, ...],
    in_time: tuple[Range, ...],
    performed: tuple[Range, ...],
    code: str,
    needs: tuple[str, ...],
) -> None:
    for truths in product(over, in_time, performed):
        assert _duty(TRUE, *truths) == (code, not needs, needs), truths


def test_what_was_done_in_time_is_met_whatever_stands_now() -> None:
    """Kept through a window that is over: what holds afterwards is no part of the duty."""
    assert _duty(TRUE, TRUE, TRUE, FALSE) == ("met", True, ())
    assert _duty(TRUE, TRUE, TRUE, OPEN) == ("met", True, ())


@pytest.mark.parametrize(("applies", "code"), [(FALSE, "not_triggered"), (OPEN, "trigger_unknown")])
def test_where_it_does_not_surely_apply_nothing_else_is_looked_at(applies: Range, code: str) -> None:
    assert {_duty(applies, *truths)[0] for truths in product(ANY, repeat=3)} == {code}
