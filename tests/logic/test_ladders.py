"""Gaps, overlaps and bands that add nothing: each beside a ladder that just misses it."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise, permutations

import pytest
from asked import bands, found, names, only, states
from hypothesis import example, given
from hypothesis import strategies as st
from inline import case_of, policy, value_of
from profiles import examples

from vbprules.values.ranges import exactly


def test_a_gap_at_exactly_the_figure() -> None:
    program = bands("low 低 {completion: {below: 70%}}", "mid 中 {completion: {above: 70%, below: 80%}}")
    item = only(program, "gap")
    assert dict(item.args) == {"name": "completion", "value": "70%", "first": "low", "second": "mid"}
    assert item.severity == "hint"
    assert item.clauses == ("一",)
    # the record that shows it: completion is exactly 70% and neither applies
    assert item.witness is not None
    case = case_of(program, item.witness.facts, item.witness.as_of)
    assert value_of(case, "completion", "target") == exactly(Fraction(7, 10))
    assert states(program, item) == {"low": "not_triggered", "mid": "not_triggered"}


def test_no_gap_where_one_band_includes_the_figure() -> None:
    assert names(bands("low 低 {completion: {below: 70%}}", "mid 中 {completion: {at_least: 70%, below: 80%}}")) == []
    assert names(bands("low 低 {completion: {at_most: 70%}}", "mid 中 {completion: {above: 70%, below: 80%}}")) == []


def test_a_gap_between_two_figures() -> None:
    program = bands("low 低 {completion: {at_most: 60%}}", "mid 中 {completion: {at_least: 70%, below: 80%}}")
    assert [dict(item.args)["value"] for item in found(program)] == ["60% … 70%"]
    program = bands("low 低 {completion: {below: 60%}}", "mid 中 {completion: {above: 70%, below: 80%}}")
    assert [dict(item.args)["value"] for item in found(program)] == ["60%", "60% … 70%", "70%"]


def test_between_too_little_and_too_much_all_is_well() -> None:
    assert names(bands("little 低 {completion: {below: 80%}}", "much 高 {completion: {above: 120%}}")) == []
    gap = only(bands("little 低 {completion: {below: 100%}}", "much 高 {completion: {above: 100%}}"), "gap")
    assert gap.args["value"] == "100%"


def test_whole_numbers_leave_no_gap_between_neighbours() -> None:
    head = "provisions:\n"
    rule = "cite: C, by: insurance_agency, toward: supplier, for_each: supplier, once: yes, silent: [from]"
    few = policy(
        f"{head}  few: {{sanction: 少, {rule}, when: {{distributors: {{at_most: 2}}}}}}\n"
        f"  many: {{sanction: 多, {rule}, when: {{distributors: {{at_least: 3}}}}}}\n"
    )
    assert names(few) == []
    gap = policy(
        f"{head}  few: {{sanction: 少, {rule}, when: {{distributors: {{at_most: 2}}}}}}\n"
        f"  many: {{sanction: 多, {rule}, when: {{distributors: {{at_least: 4, at_most: 9}}}}}}\n"
    )
    item = only(gap, "gap")
    assert item.args["value"] == "2 … 4"
    assert item.witness is not None
    assert item.witness.facts["suppliers"]["entries"][0]["distributors"] == "3"


def test_other_conditions_that_cannot_meet_make_no_gap() -> None:
    """What the one rule says of hospitals leaves nothing open in what the other says of pharmacies."""
    assert (
        names(
            bands(
                "low 低 [{kind: {in: [hospital]}}, {completion: {below: 70%}}]",
                "mid 中 [{kind: {in: [pharmacy]}}, {completion: {above: 70%}}]",
            )
        )
        == []
    )


def test_bands_that_both_apply() -> None:
    program = bands("warn 预警 {completion: {below: 80%}}", "hold 暂停 {completion: {below: 70%}}")
    item = only(program, "overlap")
    assert dict(item.args) == {"name": "completion", "first": "warn", "second": "hold"}
    assert states(program, item) == {"warn": "due", "hold": "due"}


def test_a_reading_that_says_how_they_stand_is_no_overlap() -> None:
    head = """
readings:
  also: {asks: 低于70%的是否也预警, cite: C, options: {both: 也, one: 否}}
quantities:
  completion: {label: 完成比例, per: target, is: {ratio: [purchased, set_volume]}}
provisions:
"""
    warn = "warn 预警 {reading: also, both: {completion: {below: 80%}}, one: {completion: {at_least: 70%, below: 80%}}}"
    assert names(bands(warn, "hold 暂停 {completion: {below: 70%}}", head=head)) == []


def test_a_band_that_repeats_a_wider_one() -> None:
    program = bands("wide 预警 {completion: {below: 80%}}", "narrow 预警 {completion: {below: 70%}}")
    item = only(program, "shadowed")
    assert dict(item.args) == {"name": "completion", "first": "narrow", "second": "wide"}
    assert item.severity == "warning"
    assert states(program, item) == {"wide": "due", "narrow": "due"}


def test_a_band_that_reaches_one_step_further_is_not_repeated() -> None:
    program = bands("wide 预警 {completion: {below: 80%}}", "narrow 预警 {completion: {at_most: 80%}}")
    assert only(program, "shadowed").args["first"] == "wide"
    program = bands(
        "wide 预警 {completion: {below: 80%}}",
        "other 预警 [{completion: {at_most: 80%}}, {purchased: {at_least: 100}}]",
    )
    assert names(program) == ["overlap"]  # neither lies within the other


def test_a_ladder_over_a_bound_that_varies() -> None:
    head = "provisions:\n"
    rule = "cite: C, by: insurance_fund, for_each: product, silent: [value]"

    def two(first: str, second: str) -> list[str]:
        return names(
            policy(
                f"{head}  a: {{definition: 甲, {rule}, when: {{price: {{{first}: earlier_price}}}}}}\n"
                f"  b: {{definition: 乙, {rule}, when: {{price: {{{second}: earlier_price}}}}}}\n"
            )
        )

    assert two("below", "at_least") == []
    assert two("at_most", "above") == []
    assert two("below", "above") == ["gap"]  # where the two prices are equal


# ── Random ladders against a scan of values ──────────────────────────────────────────────────────────────────────────

_FIGURES = (50, 60, 70, 80)
_LOW = st.one_of(st.none(), st.tuples(st.sampled_from(("at_least", "above")), st.sampled_from(_FIGURES)))
_HIGH = st.one_of(st.none(), st.tuples(st.sampled_from(("at_most", "below")), st.sampled_from(_FIGURES)))
Bound = tuple[str, int] | None


def _holds(band: tuple[Bound, Bound], value: Fraction) -> bool:
    for bound in band:
        if bound is not None:
            word, figure = bound
            fits = {
                "at_least": value >= figure,
                "above": value > figure,
                "at_most": value <= figure,
                "below": value < figure,
            }
            if not fits[word]:
                return False
    return True


def _when(band: tuple[Bound, Bound]) -> str:
    tests = ", ".join(f"{word}: {figure}%" for word, figure in (bound for bound in band if bound is not None))
    return f"{{completion: {{{tests}}}}}"


@st.composite
def ladder(draw: st.DrawFn) -> list[tuple[Bound, Bound]]:
    found = []
    for _ in range(draw(st.integers(2, 3))):
        low, high = draw(_LOW), draw(_HIGH)
        if low is None and high is None:
            high = ("below", draw(st.sampled_from(_FIGURES)))
        found.append((low, high))
    return found


@examples(60)
@given(ladder())
@example([(None, ("below", 70)), (("above", 70), ("below", 80))])
@example([(None, ("at_most", 50)), (("at_least", 60), None), (("above", 50), ("below", 60))])
def test_gaps_and_overlaps_are_those_of_a_scan(drawn: list[tuple[Bound, Bound]]) -> None:
    """Every value from 0% to 100% in half steps of what is written: between two figures one value stands for all."""
    names_of = ["one", "two", "three"][: len(drawn)]
    program = bands(*(f"{name} 措施{name} {_when(band)}" for name, band in zip(names_of, drawn, strict=True)))
    items = found(program)
    figures = sorted({bound[1] for band in drawn for bound in band if bound is not None})
    alive = [band for band in drawn if any(_holds(band, value) for value in _values(figures))]
    if len({frozenset(bound for bound in band if bound) for band in drawn}) == 1:
        return  # all by the same comparisons: no steps of one ladder
    cells: list[tuple[str, Fraction]] = []
    for low, high in pairwise(figures):
        cells += [(f"{low}%", Fraction(low)), (f"{low}% … {high}%", Fraction(low + high, 2))]
    cells += [(f"{figure}%", Fraction(figure)) for figure in figures[-1:]]
    expected = [
        shown
        for shown, value in cells
        if not any(_holds(band, value) for band in drawn)
        and any(
            _reaches(low, figures, 0, value) and _reaches(high, figures, value, 1000) and not _corridor(low, high)
            for low, high in permutations(alive, 2)
        )
    ]
    assert [item.args["value"] for item in items if item.name == "gap"] == expected
    both = {
        (names_of[i], names_of[j])
        for i in range(len(drawn))
        for j in range(i + 1, len(drawn))
        if any(_holds(drawn[i], value) and _holds(drawn[j], value) for value in _values(figures))
    }
    assert {(i.args["first"], i.args["second"]) for i in items if i.name == "overlap"} == both
    for item in items:
        if item.name in ("gap", "overlap"):
            shown = states(program, item)
            due = {name for name, state in shown.items() if state == "due"}
            if item.name == "gap":
                assert not due and len(shown) == len(drawn)
            else:
                assert {item.args["first"], item.args["second"]} <= due


def _reaches(band: tuple[Bound, Bound], figures: list[int], low: Fraction | int, high: Fraction | int) -> bool:
    return any(_holds(band, value) for value in _values(figures) if low <= value <= high)


def _corridor(low: tuple[Bound, Bound], high: tuple[Bound, Bound]) -> bool:
    """Below one figure and above another: between them nothing is to be sanctioned."""
    return low[0] is None and high[1] is None and low[1] is not None and high[0] is not None and low[1][1] != high[0][1]


def _values(figures: list[int]) -> list[Fraction]:
    found = [Fraction(0), Fraction(figures[0], 2), Fraction(figures[-1] + 10)]
    for low, high in pairwise(figures):
        found.append(Fraction(low + high, 2))
    return [*found, *(Fraction(figure) for figure in figures)]


@pytest.mark.parametrize("name", ["guizhou_2019", "hechuan_2025", "xian_2019", "yunnan_2020"])
def test_shipped_policies_are_left_in_peace(name: str) -> None:
    from vbprules.catalog import load

    assert names(load(name)) == []
