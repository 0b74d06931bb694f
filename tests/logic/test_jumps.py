"""A figure that jumps at a threshold: the rule of 2019 on payment standards, and one whose two sides meet."""

from __future__ import annotations

from asked import found, names, only
from inline import policy

from vbprules.catalog import load
from vbprules.evaluation import evaluate

PRICE = "cite: C, by: insurance_fund, toward: patient, for_each: dispensing"


def test_the_shipped_rule_at_twice_the_selected_price() -> None:
    """Selected price 10.00: at 20.00 the standard is 10.00; at 20.01 up to 70% of it, 14.007."""
    program = load("nhsa_2019_18")
    item = only(program, "jump")
    assert item.severity == "hint"
    assert (item.args["first"], item.args["second"]) == ("at_once", "in_steps")
    assert (item.args["here"], item.args["beyond"]) == ("10.00", "10.00..14.007")
    assert item.witness is not None
    facts = item.witness.facts
    assert facts["products"]["entries"][0]["earlier_price"] == "20.00"
    assert facts["drugs"]["entries"][0]["selected_price"] == "10.00"
    assert "earlier_price: 20.01" in item.args["facts"]
    decision = evaluate(program, dict(facts), item.witness.as_of, readings=item.witness.readings, check=False)
    assert decision.outcome("at_once@dispensing").attributes["standard"].value == "10.00"


def two(first: str, second: str) -> list[str]:
    return names(
        policy(
            f"provisions:\n  low: {{price: 甲, {PRICE}, when: {{product.earlier_price: {{at_most: 20 yuan}}}}, standard: {first}}}\n"
            f"  high: {{price: 乙, {PRICE}, when: {{product.earlier_price: {{above: 20 yuan}}}}, standard: {second}}}\n"
        )
    )


def test_two_sides_that_meet() -> None:
    assert two("earlier_price", "{least: [earlier_price, 20 yuan]}") == []
    assert two("earlier_price", "{share: 50%, of: earlier_price}") == ["jump"]
    assert two("10 yuan", "10.05 yuan") == []  # five fen
    assert two("10 yuan", "12 yuan") == ["jump"]


def test_a_figure_that_is_not_known_is_no_jump() -> None:
    assert two("10 yuan", "selected_price") == []


def test_both_sides_are_told() -> None:
    program = policy(
        f"provisions:\n  low: {{price: 甲, {PRICE}, when: {{product.earlier_price: {{below: 20 yuan}}}}, standard: 5 yuan}}\n"
        f"  high: {{price: 乙, {PRICE}, when: {{product.earlier_price: {{at_least: 20 yuan}}}}, standard: 8 yuan}}\n"
    )
    (item,) = found(program)
    assert (item.args["first"], item.args["here"], item.args["second"], item.args["beyond"]) == (
        "high",
        "8.00",
        "low",
        "5.00",
    )
    assert "earlier_price: 19.99" in item.args["facts"]
