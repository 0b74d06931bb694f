"""How far a figure lies from its bound, worked out on columns: the text that a decision says, or left to it."""

from __future__ import annotations

from fractions import Fraction

import polars as pl
import pytest

from vbprules.columnar.ends import BEFORE, End
from vbprules.columnar.leaves import Span
from vbprules.columnar.quick import quick_margin, quick_text
from vbprules.decision.reasons import margin_text
from vbprules.values.figures import DATE, MONEY, SHARE, UNITS, show, whole
from vbprules.values.ranges import INF, NEG, Range

PAIRS = {
    UNITS: [(5, 5), (79_999, 80_000), (80_001, 80_000), (0, 10**12), (10**12, 0)],
    MONEY: [(0, 0), (100, 1), (1, 100), (12_345, 12_400), (12_400, 12_345), (0, 10**15)],
    DATE: [(737_400, 737_400), (737_401, 737_400), (737_399, 737_400), (1, 3_652_059)],
}


def span(name: str, day: bool) -> Span:
    return Span(End(pl.col(f"{name}_lo"), 10**16), End(pl.col(f"{name}_hi"), 10**16, nullable=True), day=day)


@pytest.mark.parametrize("unit", PAIRS)
def test_exact_figures_have_the_text_of_a_decision(unit: str) -> None:
    day = unit == DATE
    rows = [(a, a, b, b) for a, b in PAIRS[unit]]
    rows += [(a, a + 1, b, b) for a, b in PAIRS[unit]] + [(a, a, b, None) for a, b in PAIRS[unit]]
    table = pl.DataFrame(rows, schema=["mine_lo", "mine_hi", "other_lo", "other_hi"], orient="row")
    quick = quick_margin(span("mine", day), span("other", day), unit)
    assert quick is not None
    plain, text = quick
    found = table.select(plain.alias("plain"), text.alias("text"))
    for (a, most, b, top), (is_plain, told) in zip(rows, found.iter_rows(), strict=True):
        wanted = margin_text(Range(a, most), Range(b, INF if top is None else top), unit)
        assert is_plain == (wanted is not None), (a, most, b, top)
        assert not is_plain or told == wanted, (a, b)


def test_a_day_before_every_day_has_no_margin() -> None:
    table = pl.DataFrame(
        {"mine_lo": [BEFORE, 5], "mine_hi": [BEFORE, 5], "other_lo": [5, -BEFORE], "other_hi": [5, -BEFORE]}
    )
    quick = quick_margin(span("mine", True), span("other", True), DATE)
    assert quick is not None and table.select(quick[0])["literal"].to_list() == [False, False]
    assert margin_text(Range(NEG, NEG), Range(5, 5), DATE) is None


def test_shares_are_told_in_lowest_terms() -> None:
    rows = [
        (13, 20),
        (0, 5),
        (133, 200),
        (2, 3),
        (8, 12),
        (10**15, 3),
        (7, 10),
        (3, 10**13),
        (1, 5**13),
        (5, 0),
        (None, 4),
    ]
    ratio = End(pl.col("n"), 10**16, over=pl.col("d"), over_top=10**13, nullable=True)
    most = End(pl.lit(7), 7, 10)
    table = pl.DataFrame(rows, schema={"n": pl.Int64, "d": pl.Int64}, orient="row").with_columns(
        n=pl.when(pl.col("d") > 0).then("n")
    )
    margin = quick_margin(Span(ratio, ratio), Span(most, most), SHARE)
    text = quick_text(Span(ratio, ratio), SHARE)
    assert margin is not None and text is not None
    found = table.select(a=margin[0], b=margin[1], c=text[0], d=text[1])
    for (top, bottom), (is_margin, gap, is_text, told) in zip(rows, found.iter_rows(), strict=True):
        if top is None or not bottom:
            assert (is_margin, is_text) == (False, False)
            continue
        share, bound = whole(Fraction(top, bottom)), Fraction(7, 10)
        assert is_margin and gap == margin_text(Range(share, share), Range(bound, bound), SHARE)
        assert is_text and told == show(share, SHARE)
    assert found["d"].to_list()[:5] == ["65%", "0%", "66.5%", "2/3", "2/3"]


def test_what_is_no_whole_figure_is_left_to_the_decision() -> None:
    ratio = End(pl.col("n"), 10, over=pl.col("d"), over_top=10)
    half = End(pl.col("n"), 10, 2)
    huge = End(pl.col("n"), 2**126)  # a sum of such would not fit into 128 bits
    for end in (ratio, half, huge):
        assert quick_margin(Span(end, end), span("other", False), UNITS) is None
        assert quick_text(Span(end, end), UNITS) is None
    assert quick_margin(Span(huge, huge), Span(huge, huge), SHARE) is None
    low, high = (End(pl.col(name), 10**18, over=pl.col("d"), over_top=2**70) for name in ("n", "m"))
    wide = Span(low, high)  # whether its ends meet would take more than 128 bits
    assert quick_text(wide, SHARE) is None and quick_margin(wide, wide, SHARE) is None
