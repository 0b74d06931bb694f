"""Interval arithmetic is sound and, on exact operands, tight; truths are strong Kleene logic (SEMANTICS 1)."""

from __future__ import annotations

import copy
import itertools
import operator
import pickle
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vbprules.values import ranges as r
from vbprules.values.ranges import FALSE, INF, NEG, OPEN, TRUE, UNKNOWN, UNKNOWN_AMOUNT, Infinity, Number, Range

TRUTHS = (FALSE, OPEN, TRUE)
FAR = 60  # members of an open range are sampled this far


def finite(low: int, high: int) -> st.SearchStrategy[Range]:
    return st.tuples(st.integers(low, high), st.integers(low, high)).map(lambda e: Range(min(e), max(e)))


def ranges(low: int = -6, high: int = 6, floor: Number = NEG) -> st.SearchStrategy[Range]:
    """Small ranges, some open at one end or both."""
    return st.one_of(
        finite(low, high),
        st.integers(low, high).map(lambda e: Range(e, INF)),
        st.integers(low, high).map(lambda e: Range(floor, e) if not isinstance(floor, Infinity) else Range(NEG, e)),
        st.just(Range(floor, INF)),
    )


def members(value: Range) -> list[int]:
    """Whole members: all of a finite range, those near the finite end of an open one."""
    low, high = value
    if isinstance(low, Infinity) and isinstance(high, Infinity):
        return [-FAR, -1, 0, 1, FAR]
    if isinstance(low, Infinity):
        return list(range(int(high) - FAR, int(high) + 1))  # type: ignore[arg-type]
    return list(range(int(low), int(low) + FAR if isinstance(high, Infinity) else int(high) + 1))


def holds(x: Number, value: Range) -> bool:
    return bool(value.lo <= x <= value.hi)


SUMS: dict[str, tuple[Callable[[Range, Range], Range], Callable[[Fraction, Fraction], Fraction]]] = {
    "add": (r.add, operator.add),
    "subtract": (r.subtract, operator.sub),
    "least": (r.least, min),
    "greatest": (r.greatest, max),
    "multiply": (r.multiply, operator.mul),
}


@pytest.mark.parametrize("name", SUMS)
@given(a=ranges(), b=ranges())
def test_arithmetic_is_sound(name: str, a: Range, b: Range) -> None:
    """x ∈ a, y ∈ b ⟹ x∘y ∈ a∘b."""
    over, exact = SUMS[name]
    result = over(a, b)
    assert result.lo <= result.hi
    for x, y in itertools.product(members(a)[:20], members(b)[:20]):
        assert holds(exact(Fraction(x), Fraction(y)), result), (x, y, result)


@pytest.mark.parametrize("name", SUMS)
@given(a=finite(-6, 6), b=finite(-6, 6))
def test_arithmetic_is_tight(name: str, a: Range, b: Range) -> None:
    """Both ends of a∘b are reached by members, so no answer is left open needlessly."""
    over, exact = SUMS[name]
    found = [exact(Fraction(x), Fraction(y)) for x, y in itertools.product(members(a), members(b))]
    assert over(a, b) == Range(min(found), max(found))


@given(n=ranges(), d=ranges(0, 8, floor=0))
def test_division_is_sound(n: Range, d: Range) -> None:
    """x ∈ n, 0 < y ∈ d ⟹ x/y ∈ n/d; a denominator that may be zero tells nothing."""
    result = r.divide(n, d)
    if d.lo <= 0:
        assert result == UNKNOWN
        return
    assert result.lo <= result.hi
    for x, y in itertools.product(members(n)[:20], members(d)[:20]):
        assert holds(Fraction(x, y), result)


def test_less_than_one_is_not_less_than_nothing() -> None:
    assert r.divide(Range(Fraction(1, 2), 1), Range(1, 2)) == Range(Fraction(1, 4), 1)


@given(n=finite(0, 9), d=finite(1, 9))
def test_division_is_tight(n: Range, d: Range) -> None:
    found = [Fraction(x, y) for x, y in itertools.product(members(n), members(d))]
    assert r.divide(n, d) == Range(min(found), max(found))


COMPARISONS = {"below": (r.below, operator.lt), "at_most": (r.at_most, operator.le), "equal": (r.equal, operator.eq)}


@pytest.mark.parametrize("name", COMPARISONS)
@given(a=finite(-5, 5), b=finite(-5, 5))
def test_comparison_is_exactly_what_the_members_say(name: str, a: Range, b: Range) -> None:
    """Surely where every pair of members agrees, open where some do and some do not."""
    over, exact = COMPARISONS[name]
    found = {exact(x, y) for x, y in itertools.product(members(a), members(b))}
    assert over(a, b) == (OPEN if len(found) == 2 else TRUE if found == {True} else FALSE)


@pytest.mark.parametrize("name", COMPARISONS)
@given(a=ranges(), b=ranges())
def test_comparison_of_open_ranges_is_sound(name: str, a: Range, b: Range) -> None:
    over, exact = COMPARISONS[name]
    result = over(a, b)
    for x, y in itertools.product(members(a), members(b)):
        assert holds(int(exact(x, y)), result)


@given(a=ranges(), b=ranges(), c=ranges(), d=ranges())
def test_operations_are_monotone(a: Range, b: Range, c: Range, d: Range) -> None:
    """a' ⊆ a, b' ⊆ b ⟹ a'∘b' ⊆ a∘b, for every operation: what makes more facts shrink every answer."""
    narrow, other = r.meet(a, c), r.meet(b, d)
    if narrow is None or other is None:
        return
    for over in (r.add, r.subtract, r.least, r.greatest, r.multiply, r.below, r.at_most, r.equal, r.hull):
        wide, tight = over(a, b), over(narrow, other)
        assert wide.lo <= tight.lo and tight.hi <= wide.hi, over.__name__
    positive = r.meet(b, Range(0, INF))
    tighter = r.meet(other, Range(0, INF))
    if positive is not None and tighter is not None:
        wide, tight = r.divide(a, positive), r.divide(narrow, tighter)
        assert wide.lo <= tight.lo and tight.hi <= wide.hi


@given(a=ranges(), b=ranges())
def test_meet_and_hull(a: Range, b: Range) -> None:
    """meet: exactly the common members; hull: both ranges and nothing beyond their ends."""
    common, whole = r.meet(a, b), r.hull(a, b)
    for x in {*members(a), *members(b)}:
        assert (common is not None and holds(x, common)) == (holds(x, a) and holds(x, b))
        assert not (holds(x, a) or holds(x, b)) or holds(x, whole)
    assert whole.lo in (a.lo, b.lo) and whole.hi in (a.hi, b.hi)


# Truths


def possible(value: Range) -> list[bool]:
    return [bool(x) for x in (0, 1) if holds(x, value)]


def kleene(found: set[bool]) -> Range:
    return OPEN if len(found) == 2 else TRUE if found == {True} else FALSE


@pytest.mark.parametrize("a", TRUTHS)
def test_negation_table(a: Range) -> None:
    assert r.negate(a) == kleene({not x for x in possible(a)}) == r.subtract(TRUE, a)


@pytest.mark.parametrize(("a", "b"), list(itertools.product(TRUTHS, repeat=2)))
def test_and_or_tables(a: Range, b: Range) -> None:
    """Strong Kleene logic is not a separate table but min and max."""
    pairs = list(itertools.product(possible(a), possible(b)))
    assert r.both((a, b)) == kleene({x and y for x, y in pairs}) == r.least(a, b)
    assert r.either((a, b)) == kleene({x or y for x, y in pairs}) == r.greatest(a, b)


@given(st.lists(st.sampled_from(TRUTHS), max_size=6))
def test_junctions_of_any_number(values: list[Range]) -> None:
    """and = min with 1 for none, or = max with 0 for none; order does not matter; de Morgan."""
    low, high = TRUE, FALSE
    for value in values:
        low, high = r.least(low, value), r.greatest(high, value)
    assert r.both(values) == low == r.both(reversed(values))
    assert r.either(values) == high == r.either(reversed(values))
    assert r.negate(r.both(values)) == r.either(r.negate(v) for v in values)


def test_truth_by_ends() -> None:
    assert [r.truth(True, True), r.truth(False, True), r.truth(False, False)] == [TRUE, OPEN, FALSE]


@given(a=finite(-5, 5), b=finite(-5, 5))
def test_not_below_is_at_least(a: Range, b: Range) -> None:
    """not (a < b) = (b <= a), open or not: so ``below 80%`` and ``not at_least 80%`` are one."""
    assert r.negate(r.below(a, b)) == r.at_most(b, a)


# Open ends


NUMBERS = (NEG, -3, Fraction(-1, 2), 0, Fraction(1, 3), 7, INF)


@pytest.mark.parametrize(("i", "j"), list(itertools.product(range(len(NUMBERS)), repeat=2)))
def test_infinity_is_ordered_with_numbers(i: int, j: int) -> None:
    a, b = NUMBERS[i], NUMBERS[j]
    assert (a < b, a <= b, a > b, a >= b, a == b, a != b) == (i < j, i <= j, i > j, i >= j, i == j, i != j)


@pytest.mark.parametrize("number", [-3, Fraction(1, 3), 0, 10**20])
def test_infinity_absorbs(number: Number) -> None:
    assert INF + number == number + INF == INF - number == INF
    assert NEG + number == number + NEG == NEG - number == number - INF == NEG
    assert number - NEG == INF
    assert -INF == NEG and -NEG == INF


def test_infinity_times() -> None:
    """0 × ∞ = 0: nothing bought at an unknown price costs nothing."""
    assert INF * 0 == 0 == 0 * INF == NEG * 0
    assert INF * Fraction(1, 2) == INF == 3 * INF
    assert INF * -1 == NEG == -2 * INF
    assert r.multiply(Range(0, 0), UNKNOWN_AMOUNT) == Range(0, 0)


@pytest.mark.parametrize("pair", [(INF, NEG), (NEG, INF)])
def test_opposite_infinities_have_no_sum(pair: tuple[Infinity, Infinity]) -> None:
    with pytest.raises(ArithmeticError):
        pair[0] + pair[1]


@pytest.mark.parametrize("pair", [(INF, INF), (NEG, NEG)])
def test_infinity_less_itself_has_no_value(pair: tuple[Infinity, Infinity]) -> None:
    with pytest.raises(ArithmeticError):
        pair[0] - pair[1]


def test_infinity_is_hashable_and_equal_to_itself() -> None:
    assert {INF, NEG, Infinity(True), Infinity(False)} == {INF, NEG}
    assert repr(Range(NEG, INF)) == "Range(lo=-INF, hi=INF)"


@pytest.mark.parametrize("end", [INF, NEG])
def test_an_open_end_that_travelled_is_the_same(end: Infinity) -> None:
    assert pickle.loads(pickle.dumps(end)) is end and copy.deepcopy(end) is end


# Exactness


def test_twenty_million_and_one_units() -> None:
    """No binary float anywhere: one unit in twenty million decides."""
    target = r.exactly(25_000_001)
    assert r.below(r.exactly(20_000_000), r.multiply(r.exactly(Fraction(4, 5)), target)) == TRUE
    assert r.below(r.exactly(20_000_001), r.multiply(r.exactly(Fraction(4, 5)), target)) == FALSE
    completion = r.divide(r.exactly(20_000_001), target)
    assert completion == r.exactly(Fraction(20_000_001, 25_000_001))
    assert r.below(completion, r.exactly(Fraction(4, 5))) == FALSE
    assert r.below(r.divide(r.exactly(20_000_000), target), r.exactly(Fraction(4, 5))) == TRUE
    assert r.equal(r.multiply(r.exactly(Fraction(1, 3)), r.exactly(60_000_003)), r.exactly(20_000_001)) == TRUE


@given(n=st.integers(0, 10**15), d=st.integers(1, 10**15), p=st.integers(0, 200))
def test_ratio_compares_like_cross_multiplication(n: int, d: int, p: int) -> None:
    share = Fraction(p, 100)
    assert r.below(r.divide(r.exactly(n), r.exactly(d)), r.exactly(share)) == r.truth(n * 100 < p * d, n * 100 < p * d)


@given(st.integers() | st.fractions())
def test_exact_ranges(number: Number) -> None:
    value = r.exactly(number)
    assert value.exact and value == (number, number)
    assert not UNKNOWN.exact and not Range(number, INF).exact
