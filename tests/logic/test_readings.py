"""Readings that make no difference, and readings that nothing asks."""

from __future__ import annotations

from asked import names
from inline import policy

SHAPE = "readings:\n  r: {{asks: 甲, cite: C, options: {{a: 甲, b: 乙}}}}\n"
HEAD = "readings:\n  r: {asks: 甲, cite: C, options: {a: 甲, b: 乙}}\n"


def test_options_that_decide_alike() -> None:
    shape = (
        SHAPE
        + "terms:\n  x: {{label: 甲, per: target, cite: C, is: {{set_volume: {{reading: r, a: {{{}}}, b: {{{}}}}}}}}}\n"
    )
    assert names(policy(shape.format("at_least: 10 units", "at_least: 10 units"))) == ["reading_without_difference"]
    assert names(policy(shape.format("at_least: 10 units", "above: 10 units"))) == []


def test_options_written_otherwise_that_still_decide_alike() -> None:
    shape = (
        SHAPE
        + "terms:\n  x: {{label: 甲, per: target, cite: C, is: {{reading: r, a: {{set_volume: {{below: 10 units}}}}, b: {{not: {{set_volume: {{{}: 10 units}}}}}}}}}}\n"
    )
    assert names(policy(shape.format("at_least"))) == ["reading_without_difference"]
    assert names(policy(shape.format("above"))) == []


def test_values_that_are_the_same() -> None:
    shape = (
        SHAPE
        + "quantities:\n  x: {{label: 甲, per: agreement, is: {{reading: r, a: {{share: 50%, of: amount}}, b: {{difference: [amount, {{share: {}, of: amount}}]}}}}}}\n"
    )
    assert names(policy(shape.format("50%"))) == ["reading_without_difference"]
    assert names(policy(shape.format("40%"))) == []


def test_one_place_where_they_differ_is_enough() -> None:
    body = HEAD + (
        "terms:\n  x: {label: 甲, per: target, cite: C, is: {set_volume: {reading: r, a: {at_least: 10 units}, b: {at_least: 10 units}}}}\n"
        "  y: {label: 乙, per: target, cite: C, is: {set_volume: {reading: r, a: {at_least: 20 units}, b: {above: 20 units}}}}\n"
    )
    assert names(policy(body)) == []


def test_a_reading_that_nothing_asks() -> None:
    assert names(policy(HEAD)) == ["unused_reading"]


def test_the_first_day_is_a_place_where_a_reading_stands() -> None:
    body = (
        HEAD.replace("a: 甲, b: 乙", "next: 次日, same: 当日")
        + "quantities:\n  x: {label: 甲, per: receipt, is: {count: 30 days, after: accepted_on}}\n"
    )
    assert names(policy(body, conventions="{first_day: {reading: r, next: next_day, same: same_day}}")) == []
