"""Figures as the law writes them: every accepted form, what is refused, and how they are shown."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vbprules.values.figures import Figure, decimal_text, normal, parse_date, parse_figure, show, show_date, show_range
from vbprules.values.ranges import INF, NEG, UNKNOWN, UNKNOWN_AMOUNT, Range, exactly

ACCEPTED = {
    "80%": (Fraction(4, 5), "share"),
    "80 %": (Fraction(4, 5), "share"),
    "80％": (Fraction(4, 5), "share"),
    "８０％": (Fraction(4, 5), "share"),
    "0.5%": (Fraction(1, 200), "share"),
    "33.333333%": (Fraction(33333333, 10**8), "share"),
    "100%": (1, "share"),
    "30 days": (30, "days"),
    "30天": (30, "days"),
    "30日": (30, "days"),
    "３０天": (30, "days"),
    "1 day": (1, "days"),
    "30 calendar days": (30, "days"),
    "10 working days": (10, "working_days"),
    "10个工作日": (10, "working_days"),
    "10工作日": (10, "working_days"),
    "6 months": (6, "months"),
    "6个月": (6, "months"),
    "3 years": (3, "years"),
    "3年": (3, "years"),
    "1000.00 yuan": (100000, "money"),
    "1000元": (100000, "money"),
    "0.01 yuan": (1, "money"),
    "5万元": (5_000_000, "money"),
    "1.5万元": (1_500_000, "money"),
    "0.000001万元": (1, "money"),
    "3 times": (3, "count"),
    "3次": (3, "count"),
    "3家": (3, "count"),
    "3 suppliers": (3, "count"),
    "100 units": (100, "units"),
    "  3 years  ": (3, "years"),
    "20000001 units": (20_000_001, "units"),
    "999999999999999 units": (999_999_999_999_999, "units"),
}


@pytest.mark.parametrize("text", ACCEPTED)
def test_accepted(text: str) -> None:
    value, unit = ACCEPTED[text]
    assert parse_figure(text) == Figure(exactly(value), unit, False)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("1–3 years", 1, 3, "years"),
        ("1—3年", 1, 3, "years"),
        ("1-3 years", 1, 3, "years"),
        ("1～3年", 1, 3, "years"),
        ("1至3年", 1, 3, "years"),
        ("1 to 3 years", 1, 3, "years"),
        ("1..3 years", 1, 3, "years"),
        ("30–50%", Fraction(3, 10), Fraction(1, 2), "share"),
        ("3 – 3 years", 3, 3, "years"),
    ],
)
def test_legal_ranges(text: str, low: int, high: int, unit: str) -> None:
    assert parse_figure(text) == Figure(Range(low, high), unit, False)


def test_bare_numbers_are_counts_and_say_so() -> None:
    assert parse_figure("12") == Figure(exactly(12), "count", True)
    assert parse_figure("1–3") == Figure(Range(1, 3), "count", True)
    assert parse_figure("0.8") == Figure(exactly(Fraction(4, 5)), "number", True)
    assert parse_figure("12.000000") == Figure(exactly(12), "count", True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "%",
        "-5%",
        "+5%",
        "1e3",
        "1e3 yuan",
        "1,000.00 yuan",
        "１，０００元",
        "0x10",
        "80 percent!",
        "八十%",
        "1/3",
        "80%%",
        "3 % 4",
        "NaN",
        "inf",
        "3-1 years",
        "1.5 days",
        "1.5 months",
        "2.5 times",
        "0.001 yuan",
        "0.0000001万元",
        "1234567890123456 units",
        "1.1234567%",
        "1–2–3 years",
        "10 WORKING DAYS",
        "5 年度",
        "3 x",
        "1 000 yuan",
        "80%-90%",
        "1_000",
        "三家",
        "3 suppliers 2",
        "٣٠ days",
        "३ years",
        "x" * 81,
        "1" * 90,
    ],
)
def test_refused(text: str) -> None:
    assert parse_figure(text) is None


@given(st.integers(0, 10**15 - 1), st.integers(0, 6), st.sampled_from(["%", " yuan", " units", ""]))
def test_figures_are_exact(digits: int, places: int, unit: str) -> None:
    """Whatever the number, its figure is that number: no rounding, no float."""
    text = f"{Decimal(digits).scaleb(-places):f}"
    number = Fraction(text)
    found = parse_figure(text + unit)
    scale = {"%": Fraction(1, 100), " yuan": Fraction(100), " units": Fraction(1), "": Fraction(1)}[unit]
    if unit == " yuan" and (number * 100).denominator != 1:
        assert found is None
        return
    assert found is not None and found.range == exactly(number * scale)


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader(text: str) -> None:
    found = parse_figure(text)
    assert found is None or found.range.lo <= found.range.hi


# Dates


@pytest.mark.parametrize("text", ["2019-12-30", "2019年12月30日", "２０１９-１２-３０", " 2019-12-30 "])
def test_dates(text: str) -> None:
    assert parse_date(text) == date(2019, 12, 30).toordinal()


@pytest.mark.parametrize(
    "text",
    ["2019-02-30", "2019-13-01", "2019-00-10", "2019年2月29日", "1899-12-31", "2201-01-01", "0001-01-01", "9999-12-31"],
)
def test_days_that_are_not_on_the_calendar(text: str) -> None:
    with pytest.raises(ValueError):
        parse_date(text)


@pytest.mark.parametrize(
    "text", ["", "2019", "2019-12", "19-12-30", "30/12/2019", "2019-12-30T00:00", "2019.12.30", "Dec 30", "٢٠١٩-١٢-٣٠"]
)
def test_no_dates(text: str) -> None:
    assert parse_date(text) is None


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_dates_round_trip(day: date) -> None:
    assert parse_date(show_date(day.toordinal())) == day.toordinal()


def test_show_date_beyond_the_calendar() -> None:
    assert [show_date(INF), show_date(NEG), show_date(0), show_date(10**9)] == ["∞", "-∞", "-∞", "∞"]


# Showing


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (20_000_001, "20000001"),
        (-5, "-5"),
        (Fraction(1, 2), "0.5"),
        (Fraction(-1, 2), "-0.5"),
        (Fraction(1, 8), "0.125"),
        (Fraction(1, 3), "1/3"),
        (Fraction(-2, 3), "-2/3"),
        (Fraction(1, 10**12), "0.000000000001"),
        (Fraction(1, 10**13), "1/10000000000000"),
        (Fraction(20_000_001, 25_000_001), "20000001/25000001"),
        (INF, "∞"),
        (NEG, "-∞"),
        (Fraction(100), "100"),
        (Fraction(1005, 10), "100.5"),
    ],
)
def test_decimal_text(value: Fraction, text: str) -> None:
    assert decimal_text(value) == text


@given(st.integers(-(10**20), 10**20), st.integers(0, 12))
def test_decimal_text_is_exact(digits: int, places: int) -> None:
    number = Fraction(digits, 10**places)
    assert Fraction(decimal_text(number)) == number == Fraction(decimal_text(number, 2))


@given(st.fractions())
def test_decimal_text_never_rounds(number: Fraction) -> None:
    assert Fraction(decimal_text(number)) == number


@given(number=st.fractions())
def test_shares_and_money_are_shown_exactly(number: Fraction) -> None:
    share, money = show(number, "share"), show(number, "money")
    assert number == (Fraction(share[:-1]) / 100 if share.endswith("%") else Fraction(share)) == Fraction(money) * 100


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (100000, "money", "1000.00"),
        (1, "money", "0.01"),
        (0, "money", "0.00"),
        (150, "money", "1.50"),
        (Fraction(1, 2), "money", "0.005"),
        (Fraction(100, 3), "money", "1/3"),
        (Fraction(4, 5), "share", "80%"),
        (Fraction(1, 3), "share", "1/3"),
        (Fraction(799, 1000), "share", "79.9%"),
        (1, "share", "100%"),
        (INF, "share", "∞"),
        (INF, "money", "∞"),
        (79999, "units", "79999"),
        (date(2020, 4, 1).toordinal(), "date", "2020-04-01"),
    ],
)
def test_show(value: Fraction, unit: str, text: str) -> None:
    assert show(value, unit) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (exactly(30000), "money", "300.00"),
        (Range(10000, 20000), "money", "100.00..200.00"),
        (Range(0, 20000), "money", "0.00..200.00"),
        (Range(10000, INF), "money", "at_least 100.00"),
        (UNKNOWN_AMOUNT, "money", "?"),
        (UNKNOWN, "money", "?"),
        (Range(NEG, 5), "units", "at_most 5"),
        (UNKNOWN, "date", "?"),
        (Range(date(2020, 3, 1).toordinal(), INF), "date", "at_least 2020-03-01"),
        (Range(NEG, date(2020, 3, 1).toordinal()), "date", "at_most 2020-03-01"),
        (Range(date(2020, 3, 1).toordinal(), date(2020, 3, 31).toordinal()), "date", "2020-03-01..2020-03-31"),
        (Range(Fraction(3, 5), INF), "share", "at_least 60%"),
    ],
)
def test_show_range(value: Range, unit: str, text: str) -> None:
    assert show_range(value, unit) == text


@given(st.integers(0, 10**12), st.sampled_from(["units", "share", "money"]))
def test_shown_figures_are_read_back(number: int, unit: str) -> None:
    """What a reason shows is the figure itself, in the form that the language accepts."""
    value = Fraction(number, 10_000) if unit == "share" else number
    text = show(value, unit) + {"units": " units", "share": "", "money": " yuan"}[unit]
    found = parse_figure(text)
    assert found is not None and found.range == exactly(value) and found.unit == unit


def test_normal() -> None:
    assert normal(" ８０％ ") == "80%"
