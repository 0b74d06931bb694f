"""Values under readings: canonical diagrams, whatever the order of evaluation (SEMANTICS 4)."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vbprules.values.forks import Fork, fork, leaves, lift, restrict, under

OPTIONS = {"a": ("x", "y"), "b": ("u", "v", "w"), "c": ("m", "n")}
ASSIGNMENTS = [dict(zip(OPTIONS, chosen, strict=True)) for chosen in product(*OPTIONS.values())]
Table = dict[tuple[str, ...], int]


def tables(size: int = 3) -> st.SearchStrategy[Table]:
    """A function of every assignment to a small number: what a diagram stands for."""
    keys = [tuple(chosen.values()) for chosen in ASSIGNMENTS]
    return st.lists(st.integers(0, size), min_size=len(keys), max_size=len(keys)).map(
        lambda values: dict(zip(keys, values, strict=True))
    )


def built(table: Table, order: tuple[str, ...]) -> Any:
    """The diagram of a table, made by consulting the readings in an order."""

    def make(rest: tuple[str, ...], chosen: dict[str, str]) -> Any:
        if not rest:
            return table[tuple(chosen[name] for name in OPTIONS)]
        return fork(rest[0], [(option, make(rest[1:], {**chosen, rest[0]: option})) for option in OPTIONS[rest[0]]])

    return make(order, {})


def diagrams() -> st.SearchStrategy[Any]:
    return tables().map(lambda table: built(table, ("a", "b", "c")))


def readings_of(value: Any) -> set[str]:
    return {name for path, _ in leaves(value) for name, _ in path}


ORDERS = [("a", "b", "c"), ("c", "b", "a"), ("b", "a", "c"), ("c", "a", "b")]


@given(tables(), st.sampled_from(ORDERS))
def test_canonical_whatever_the_order(table: Table, order: tuple[str, ...]) -> None:
    """Two evaluations that consult the readings in different orders give the same diagram."""
    assert built(table, order) == built(table, ("a", "b", "c"))


@given(tables(), st.sampled_from(ORDERS))
def test_under_a_whole_assignment_is_the_leaf(table: Table, order: tuple[str, ...]) -> None:
    value = built(table, order)
    for chosen in ASSIGNMENTS:
        assert under(value, chosen) == table[tuple(chosen.values())]


@given(tables(1))
def test_only_readings_that_matter_remain(table: Table) -> None:
    """A reading stays exactly if some two assignments that differ in it alone differ in value."""
    value = built(table, ("a", "b", "c"))
    matter = set()
    for index, (name, options) in enumerate(OPTIONS.items()):
        for key in table:
            changed = {table[(*key[:index], option, *key[index + 1 :])] for option in options}
            if len(changed) > 1:
                matter.add(name)
    assert readings_of(value) == matter


@given(diagrams())
def test_ordered_and_reduced(value: Any) -> None:
    def check(node: Any, above: str) -> None:
        if type(node) is Fork:
            assert node.reading > above
            assert any(branch != node.branches[0][1] for _, branch in node.branches)
            for _, branch in node.branches:
                check(branch, node.reading)

    check(value, "")


@given(
    diagrams(),
    diagrams(),
    st.sampled_from([lambda x, y: x + y, lambda x, y: min(x, y), lambda x, y: (x, y), lambda x, y: 0]),
)
def test_lift_is_pointwise(one: Any, two: Any, operation: Callable[[int, int], Any]) -> None:
    """lift(f)(v, w) under a = f(v under a, w under a): options never mix."""
    lifted = lift(operation, one, two)
    for chosen in ASSIGNMENTS:
        assert under(lifted, chosen) == operation(under(one, chosen), under(two, chosen))


@given(diagrams(), diagrams())
def test_lift_of_equal_results_is_no_fork(one: Any, two: Any) -> None:
    assert lift(lambda x, y: "same", one, two) == "same"


@given(diagrams(), st.sampled_from(sorted(OPTIONS)), st.data())
def test_restrict(value: Any, name: str, data: st.DataObject) -> None:
    """restrict fixes one reading and nothing else; it is ``under`` with one entry."""
    option = data.draw(st.sampled_from(OPTIONS[name]))
    fixed = restrict(value, name, option)
    assert name not in readings_of(fixed)
    assert fixed == under(value, {name: option})
    for chosen in ASSIGNMENTS:
        if chosen[name] == option:
            assert under(fixed, chosen) == under(value, chosen)


@given(diagrams(), st.dictionaries(st.sampled_from(sorted(OPTIONS)), st.integers(0, 1)))
def test_under_in_any_order(value: Any, chosen: dict[str, int]) -> None:
    """Fixing readings one after another, in any order, is fixing them at once."""
    assignment = {name: OPTIONS[name][index] for name, index in chosen.items()}
    step = value
    for name in sorted(assignment, reverse=True):
        step = restrict(step, name, assignment[name])
    assert step == under(value, assignment)


@given(diagrams())
def test_leaves_cover_every_assignment_once(value: Any) -> None:
    found = list(leaves(value))
    for chosen in ASSIGNMENTS:
        matching = [leaf for path, leaf in found if all(chosen[name] == option for name, option in path)]
        assert matching == [under(value, chosen)]
    assert [path for path, _ in found] == [path for path, _ in leaves(value)]


def test_equal_branches_disappear() -> None:
    assert fork("a", [("x", 1), ("y", 1)]) == 1
    assert fork("a", [("x", fork("b", [("u", 1), ("v", 2)])), ("y", fork("b", [("u", 1), ("v", 2)]))]) == fork(
        "b", [("u", 1), ("v", 2)]
    )


def test_a_reading_consulted_twice_takes_one_option() -> None:
    """a: x → (a: x → 1, y → 2); the inner question is already answered."""
    inner = fork("a", [("x", 1), ("y", 2)])
    assert fork("a", [("x", inner), ("y", 3)]) == fork("a", [("x", 1), ("y", 3)])


def test_leaves_of_a_plain_value() -> None:
    assert list(leaves(7)) == [((), 7)]


@pytest.mark.parametrize("value", [None, (), (1, 2), "x"])
def test_tuples_and_none_are_leaves(value: Any) -> None:
    assert lift(lambda leaf: leaf, fork("a", [("x", value), ("y", 5)])) == fork("a", [("x", value), ("y", 5)])


@given(diagrams(), diagrams(), diagrams())
def test_lift_of_operations_that_fork(one: Any, two: Any, three: Any) -> None:
    """An operation may itself consult a reading; the option of the branch holds there too."""
    lifted = lift(lambda x, y: three if x < y else x, one, two)
    for chosen in ASSIGNMENTS:
        x, y = under(one, chosen), under(two, chosen)
        assert under(lifted, chosen) == (under(three, chosen) if x < y else x)
