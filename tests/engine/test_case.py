"""The rows of a case, its day of issue, and which expressions look at one row alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from inline import case_of, day, policy

from vbprules.engine.lists import looks_outside, of_the_row_alone
from vbprules.facts.rows import Given
from vbprules.language.policy import Label
from vbprules.program.ir import IR, Arithmetic, Definition, Fact, Fold, Link, Place, Ref
from vbprules.values.figures import MONEY

OWN = Fact(unit=MONEY, place=Place("payment"), name="amount")
OF_ITS_RECEIPT = Fact(unit=MONEY, place=Place("receipt", hops=("receipt",)), name="amount")
OUTSIDE = Fact(unit=MONEY, place=Place("receipt", scope=1), name="amount")
LISTED = Fold(
    unit=MONEY, kind="sum", child="payment", origin=Place("receipt"), link=Link(), item=OWN, where=None, start=None,
    end=None, so_far=False,
)  # fmt: skip


def named(id: str) -> Ref:
    return Ref(unit=MONEY, place=Place("payment"), id=id)


def sum_of(*parts: IR) -> Arithmetic:
    return Arithmetic(unit=MONEY, operation="plus", parts=parts)


@pytest.mark.parametrize(
    ("node", "alone"),
    [
        (OWN, True),
        (sum_of(OWN, OF_ITS_RECEIPT), True),
        (sum_of(OWN, OUTSIDE), False),
        (LISTED, False),
        (named("plain"), True),
        (named("of_plain"), True),
        (named("listed"), False),
        (named("of_listed"), False),
    ],
)
def test_what_looks_at_its_row_alone(node: IR, alone: bool) -> None:
    bodies: dict[str, IR] = {
        "plain": OWN,
        "of_plain": sum_of(named("plain"), OWN),
        "listed": LISTED,
        "of_listed": sum_of(named("listed"), OWN),
    }
    definitions = {id: Definition(id, Label("量", "q"), "payment", body, False) for id, body in bodies.items()}
    assert of_the_row_alone(node, replace(policy(""), definitions=definitions)) is alone


def folded(item: IR, origin: int = 0, start: IR | None = None) -> Fold:
    return replace(LISTED, origin=Place("receipt", scope=origin), item=item, start=start)


def amount_of(scope: int) -> Fact:
    return Fact(unit=MONEY, place=Place("receipt", scope=scope), name="amount")


@pytest.mark.parametrize(
    ("node", "outside"),
    [
        (OWN, False),
        (amount_of(0), False),
        (amount_of(1), True),
        (Fact(unit=MONEY, place=Place("institution", scope=1), name="beds"), False),  # there is but one
        (sum_of(OWN, amount_of(1)), True),
        (folded(amount_of(1)), False),  # the row that the inner fold starts from
        (folded(amount_of(2)), True),
        (folded(OWN, origin=1), True),
        (folded(OWN, start=amount_of(0)), False),
        (folded(OWN, start=amount_of(1)), True),
    ],
)
def test_what_looks_outside_a_fold(node: IR, outside: bool) -> None:
    assert looks_outside(node, 1) is outside


@pytest.mark.parametrize(
    ("given", "issued"),
    [
        ([("term.end", "2020-02-03")], None),
        ([("term.end", "2020-02-03"), ("document.issued", "2020-04-13")], "2020-04-13"),
        ([("document.issued", "第一季度")], None),
    ],
)
def test_only_the_day_of_issue_is_the_day_of_issue(given: list[tuple[str, str]], issued: str | None) -> None:
    case = case_of(policy(""), {}, "2020-05-01")
    said = tuple(Given(name, value, "封面", "", None) for name, value in given)
    without = replace(case, program=replace(case.program, issued=None), dossier=replace(case.dossier, given=said))
    assert without.issued() == (None if issued is None else day(issued))


@pytest.mark.parametrize(
    ("when", "months"),
    [
        ("2020-02-03", ["2020-02"]),
        ("2020-02", ["2020-02"]),
        ("unknown", []),
        ("at_least 2020-02-03", []),
        ("2020Q1", []),
    ],
)
def test_months_are_those_in_which_a_purchase_surely_lies(when: str, months: list[str]) -> None:
    facts: dict[str, Any] = {"purchases": [{"id": "A", "product": "P", "day": when, "quantity": "5"}]}
    assert [row.id for row in case_of(policy(""), facts, "2020-05-01").rows("month")] == months
