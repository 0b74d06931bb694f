"""Draws: the published generator, even, bounded, and without memory."""

from __future__ import annotations

from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vbprules.synth.draws import ONE, Draws, _mixed, doubled

GOLDEN = 0x9E3779B97F4A7C15
NUMBERS = pl.Series(range(200_000), dtype=pl.Int64)


def test_the_finaliser_is_that_of_splitmix64() -> None:
    """The first three outputs of splitmix64 from seed 0, as its authors publish them."""
    states = pl.Series([GOLDEN * n % 2**64 for n in (1, 2, 3)], dtype=pl.UInt64)
    assert _mixed(states).to_list() == [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F]


def test_whole_numbers_are_even() -> None:
    drawn = Draws.of(1, "row", NUMBERS).below("die", 10)
    counts = drawn.value_counts().get_column("count")
    assert (drawn.min(), drawn.max()) == (0, 9)
    assert counts.min() > 19_400 and counts.max() < 20_600  # 20,000 with a deviation of 134


def test_weights_are_kept_and_must_make_up_the_whole() -> None:
    drawn = Draws.of(1, "row", NUMBERS).pick("option", (700, 0, 300))
    assert 139_000 < (drawn == 0).sum() < 141_000
    assert (drawn == 1).sum() == 0
    with pytest.raises(ValueError, match="sum to 900"):
        Draws.of(1, "row", NUMBERS).pick("option", (700, 200))


def test_normal_draws_have_mean_nought_and_deviation_one() -> None:
    drawn = Draws.of(1, "row", NUMBERS).normal("z")
    assert abs(drawn.mean()) < ONE * 0.01
    assert abs(drawn.std() - ONE) < ONE * 0.01
    assert drawn.abs().max() <= 6 * ONE
    assert abs((drawn < ONE).mean() - 0.8413) < 0.005


def test_names_kinds_and_seeds_draw_apart() -> None:
    one = Draws.of(1, "row", NUMBERS)
    for other in (Draws.of(2, "row", NUMBERS).words("a"), Draws.of(1, "col", NUMBERS).words("a"), one.words("b")):
        assert (one.words("a") == other).sum() == 0


@given(
    st.integers(0, 2**63 - 1), st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 999)), min_size=1), st.data()
)
def test_a_draw_depends_on_nothing_but_its_row(seed: int, rows: list[tuple[int, int]], data: st.DataObject) -> None:
    """Whatever rows stand beside it, and in whatever order."""
    order = data.draw(st.permutations(rows))

    def drawn(some: list[tuple[int, int]]) -> dict[tuple[int, int], tuple[int, ...]]:
        draws = Draws.of(seed, "row", *(pl.Series([row[n] for row in some], dtype=pl.Int64) for n in (0, 1)))
        values = (draws.below("a", 1000), draws.normal("b"), draws.under(pl.Series([7] * len(some))).words("c"))
        return dict(zip(some, zip(*(value.to_list() for value in values), strict=True), strict=True))

    assert drawn(rows) == drawn(list(order))
    assert drawn(rows[:1])[rows[0]] == drawn(rows)[rows[0]]


@given(st.integers(0, 2**31), st.integers(-9 * ONE, 9 * ONE))
def test_powers_of_two(base: int, octaves: int) -> None:
    """Within one four-thousandth of an octave, and a unit for rounding down."""
    found = doubled(pl.Series([base], dtype=pl.Int64), pl.Series([octaves], dtype=pl.Int64)).item()
    upper = Fraction(base) * Fraction(2) ** (octaves // ONE) * Fraction(2 ** ((octaves % ONE) / ONE))
    assert upper * Fraction(9997, 10000) - 1 <= found <= upper * Fraction(10001, 10000)


def test_whole_octaves_are_exact() -> None:
    base = pl.Series([10, 10, 12], dtype=pl.Int64)
    assert doubled(base, pl.Series([0, 3 * ONE, -2 * ONE], dtype=pl.Int64)).to_list() == [10, 80, 3]
