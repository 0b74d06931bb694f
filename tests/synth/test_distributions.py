"""The shares that docs/synth.md states hold in a made province, within what chance allows."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import polars as pl
import pytest

from vbprules.synth.plan import Plan
from vbprules.synth.province import made

Tables = Mapping[str, pl.DataFrame]


def shares(column: pl.Series) -> dict[str, float]:
    counts = column.value_counts(normalize=True)
    return dict(zip(counts.get_column(column.name), counts.get_column("proportion"), strict=True))


@pytest.fixture(scope="module")
def completion(whole: Tables) -> pl.DataFrame:
    """Set volume and what was bought of selected products, by institution, drug and quarter."""
    drugs = whole["products"].select(pl.col("id").alias("product"), "drug", "selected")
    label = pl.format("{}Q{}", pl.col("day").dt.year(), pl.col("day").dt.quarter())
    bought = (
        whole["purchases"]
        .join(drugs, on="product")
        .with_columns(label.alias("period"))
        .group_by("institution", "drug", "period", "selected")
        .agg(pl.col("quantity").sum())
    )
    key = ["institution", "drug", "period"]
    mine = bought.filter("selected").select(*key, pl.col("quantity").alias("bought"))
    others = bought.filter(~pl.col("selected")).select(*key, pl.col("quantity").alias("other"))
    found = whole["targets"].filter(pl.col("period").str.len_chars() == 6).join(mine, on=key, how="left")
    found = found.join(others, on=key, how="left").with_columns(pl.col("bought").fill_null(0))
    assert found.height > 50_000
    return found


def test_kinds_of_institutions(whole: Tables) -> None:
    stated = {
        "hospital": 0.12,
        "primary_care": 0.28,
        "village_clinic": 0.20,
        "clinic": 0.15,
        "pharmacy": 0.22,
        "other": 0.03,
    }
    found = shares(whole["institutions"].get_column("kind"))
    assert found == pytest.approx(stated, abs=0.03)
    hospitals = whole["institutions"].filter(pl.col("kind") == "hospital")
    assert shares(hospitals.get_column("ownership"))["public"] == pytest.approx(0.68, abs=0.08)
    assert shares(hospitals.get_column("grade"))["tertiary"] == pytest.approx(0.16, abs=0.07)


def test_who_has_joined(whole: Tables) -> None:
    by_owner = {
        key[0]: rows.get_column("joined").mean()
        for key, rows in whole["institutions"].filter(pl.col("kind") != "pharmacy").group_by("ownership")
    }
    assert by_owner["public"] == pytest.approx(0.97, abs=0.02)
    assert by_owner["private"] == pytest.approx(0.35, abs=0.06)
    bought = whole["purchases"].get_column("institution").unique().to_list()
    assert whole["institutions"].filter(pl.col("id").is_in(bought)).get_column("joined").all()


def test_set_volumes_are_multiples_of_ten_and_grow_with_the_class(whole: Tables, completion: pl.DataFrame) -> None:
    assert (completion.get_column("set_volume") % 10 == 0).all()
    zero = (completion.get_column("set_volume") == 0).mean()
    assert zero == pytest.approx(0.002, abs=0.001)
    kinds = whole["institutions"].select(pl.col("id").alias("institution"), "kind", "grade")
    joined = completion.join(kinds, on="institution").filter(pl.col("set_volume") > 0)
    tertiary = joined.filter(pl.col("grade") == "tertiary").get_column("set_volume").median()
    primary = joined.filter(pl.col("kind") == "primary_care").get_column("set_volume").median()
    assert 24000 / 1200 * 0.6 < tertiary / primary < 24000 / 1200 * 1.7


@pytest.mark.parametrize(("percent", "share"), [(70, 0.010), (80, 0.020), (100, 0.020)])
def test_exactly_at_a_bound(completion: pl.DataFrame, percent: int, share: float) -> None:
    """Large volumes only: of small ones more are exact by chance."""
    large = completion.filter(pl.col("set_volume") >= 2000)
    exact = (large.get_column("bought") * 100 == large.get_column("set_volume") * percent).mean()
    assert exact == pytest.approx(share, abs=0.003)


def test_the_tail_below_80_and_70_percent(completion: pl.DataFrame) -> None:
    """Of nine ordinary institutions and a weak one: 5.4% low, 7.2% short, and of those around 106% few.

    In the third quarter (season 99.7%) those are below 80% that fall log2(1.06 × 0.997 / 0.8) / 0.18 = 2.23 deviations
    under the median: 1.3% of 82.4%.
    """
    third = completion.filter((pl.col("period") == "2020Q3") & (pl.col("set_volume") >= 1000))
    below_80 = (third.get_column("bought") * 100 < third.get_column("set_volume") * 80).mean()
    below_70 = (third.get_column("bought") * 100 < third.get_column("set_volume") * 70).mean()
    assert below_80 == pytest.approx(0.054 + 0.072 + 0.011, abs=0.02)
    assert below_70 == pytest.approx(0.054, abs=0.015)


def test_the_epidemic_dips(completion: pl.DataFrame) -> None:
    """Median completion of the first quarter of 2020 against the third: seasons of 86.0% and 99.3%."""
    large = completion.filter(pl.col("set_volume") >= 1000)
    ratio = (pl.col("bought") / pl.col("set_volume")).median()
    median = {row[0]: row[1] for row in large.group_by("period").agg(ratio).iter_rows()}
    assert median["2020Q1"] / median["2020Q3"] == pytest.approx(0.860 / 0.993, abs=0.02)


def test_other_products(completion: pl.DataFrame) -> None:
    has = completion.filter(pl.col("other").is_not_null() & (pl.col("bought") >= 100))
    assert (has.get_column("other") == has.get_column("bought")).mean() == pytest.approx(0.01, abs=0.004)
    assert (has.get_column("other") > has.get_column("bought")).mean() == pytest.approx(0.04, abs=0.01)


def test_use_within_the_quarter(whole: Tables) -> None:
    bought, used = (whole[name].get_column("quantity").sum() for name in ("purchases", "uses"))
    assert 0.90 < used / bought < 0.96  # 95.5% for nine institutions, 72.5% for a slow one


def test_days_of_payment(whole: Tables) -> None:
    """Of goods accepted by April, for all of which 240 days have passed: the mixture of 70% prompt, 22%, 8%."""
    goods = whole["receipts"].filter(pl.col("accepted_on") < pl.date(2020, 5, 1))
    paid = (
        whole["payments"]
        .group_by("institution", "receipt")
        .agg(pl.col("amount").sum().alias("paid"), pl.col("day").max(), pl.len())
    )
    joined = goods.join(paid, left_on=["institution", "id"], right_on=["institution", "receipt"], how="left")
    days = (pl.col("day") - pl.col("accepted_on")).dt.total_days()
    whole_sum = joined.filter(pl.col("paid") == pl.col("amount")).with_columns(days.alias("days"))
    of_all = joined.height

    def share(low: int, high: int) -> float:
        return float(whole_sum.get_column("days").is_between(low, high).sum()) / of_all

    assert share(0, 29) == pytest.approx(0.85 * 0.7 + 0.45 * 0.22 + 0.15 * 0.08, abs=0.05)
    assert share(30, 30) == pytest.approx(0.0292, abs=0.006)
    assert share(31, 31) == pytest.approx(0.0130, abs=0.005)
    assert share(32, 90) == pytest.approx(0.08 * 0.7 + 0.35 * 0.22 + 0.38 * 0.08, abs=0.04)
    assert joined.get_column("paid").is_null().mean() == pytest.approx(0.01 * 0.7 + 0.03 * 0.22 + 0.1 * 0.08, abs=0.012)
    assert (whole_sum.get_column("len") == 2).mean() == pytest.approx(0.12, abs=0.02)
    assert (whole["payments"].get_column("payer") == "fund").mean() == pytest.approx(0.025, abs=0.01)


def test_prepayments(whole: Tables) -> None:
    """Of designated institutions' agreements 65%; of those 40% and the first of two payments are exactly 30%."""
    first = whole["prepayments"].filter(pl.col("tranche") == 1)
    agreed = whole["agreements"].rename({"id": "agreement", "amount": "agreed"})
    joined = first.join(agreed, on=["institution", "agreement"]).with_columns(
        (pl.col("amount") * 100).cast(pl.Int64).alias("fen"),
        (pl.col("agreed") * 100).cast(pl.Int64).alias("of"),
    )
    up = (pl.col("of") * 30 + 99) // 100
    assert joined.select((pl.col("fen") == up).mean()).item() == pytest.approx(0.50, abs=0.06)
    assert joined.select((pl.col("fen") * 100 < pl.col("of") * 30).mean()).item() == pytest.approx(0.20, abs=0.05)
    designated = whole["institutions"].filter("designated").get_column("id").to_list()
    able = agreed.filter(pl.col("institution").is_in(designated))
    assert first.height / able.height == pytest.approx(0.65, abs=0.05)
    assert first.get_column("institution").is_in(designated).all()


def test_gaps_are_the_share_asked_for(tables: Tables, whole: Tables) -> None:
    """Five in a hundred cells of fields, and as many institutions that are not complete; none where none is asked."""
    for name, column in (("purchases", "quantity"), ("purchases", "day"), ("uses", "day"), ("payments", "amount")):
        frame = tables[name]
        assert frame.get_column(column).null_count() / frame.height == pytest.approx(0.05, abs=0.012), (name, column)
        assert whole[name].get_column(column).null_count() == 0
    assert (
        whole["completeness"].get_column("institution").drop_nulls().value_counts().get_column("count").n_unique() == 1
    )
    last = pl.date(2020, 12, 31)
    late = made(Plan(1500, 1, gaps=Fraction(1, 10)))["completeness"]
    short = late.filter(pl.col("complete_through") < last).get_column("institution").n_unique()
    assert short / 1500 == pytest.approx(0.1, abs=0.025)
