"""A running total as steps, beside the sum of what counts by the close of each day."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vbprules.engine.steps import Steps
from vbprules.values.ranges import INF, NEG, Infinity, Number, Range

days = st.integers(1, 12)
spans = st.tuples(days, days).map(lambda pair: Range(min(pair), max(pair)))
values = st.tuples(st.integers(-5, 9), st.integers(0, 6)).map(lambda pair: Range(pair[0], pair[0] + pair[1]))
entries = st.lists(st.tuples(spans, st.booleans(), values), max_size=6)


def counted(entries: list[tuple[Range, bool, Range]], day: int, earliest: bool) -> Range:
    """What surely counts adds its value; what may adds nothing or its value."""
    low: Number = 0
    high: Number = 0
    for when, sure, value in entries:
        if when.lo > day:
            continue
        if sure and (earliest or when.hi <= day):
            low, high = low + value.lo, high + value.hi
        else:
            low, high = low + min(0, value.lo), high + max(0, value.hi)
    return Range(low, high)


@given(entries, st.integers(0, 13), st.booleans())
def test_every_day_is_the_sum_of_what_counts_by_then(
    found: list[tuple[Range, bool, Range]], day: int, earliest: bool
) -> None:
    assert Steps(found).total(day, earliest) == counted(found, day, earliest)


@pytest.mark.parametrize(
    ("value", "before", "by_then"),
    [
        (Range(5, 8), Range(0, 8), Range(5, 8)),
        (Range(5, INF), Range(0, INF), Range(5, INF)),
        (Range(NEG, 3), Range(NEG, 3), Range(NEG, 3)),
        (Range(-4, -1), Range(-4, 0), Range(-4, -1)),
        (Range(NEG, -1), Range(NEG, 0), Range(NEG, -1)),
    ],
)
def test_an_amount_counts_perhaps_from_the_first_day_and_surely_from_the_last(
    value: Range, before: Range, by_then: Range
) -> None:
    steps = Steps([(Range(3, 6), True, value)])
    assert [steps.total(day, False) for day in (2, 3, 5, 6)] == [Range(0, 0), before, before, by_then]
    assert [steps.total(day, True) for day in (2, 3)] == [Range(0, 0), by_then]


def test_an_open_end_is_no_number() -> None:
    total = Steps([(Range(3, 3), True, Range(5, INF)), (Range(4, 4), False, Range(1, 2))]).total(4, False)
    assert total.lo == 5
    assert isinstance(total.hi, Infinity)
