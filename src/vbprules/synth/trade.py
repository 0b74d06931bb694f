"""Purchases, use and dispensing of the products of every pair in every quarter."""

from __future__ import annotations

from typing import Final

import polars as pl

from vbprules.synth import parameters as p
from vbprules.synth.catalogue import EPOCH, Catalogue
from vbprules.synth.draws import Draws, doubled
from vbprules.synth.plan import Plan
from vbprules.synth.tables import KEY, PRICE_SCALE

OTHER: Final = 3  # the slot of the purchase of another product; those of selected ones are 0, 1, 2
_MONTHS: Final = {1: ((0,), (1,), (2,)), 2: ((0, 1), (0, 2), (1, 2)), 3: ((0, 1, 2),) * 3}
_KEPT: Final = (
    "i", "d", "q", "id", "drug", "label", "year", "slot", "part", "quantity", "product", "day", "q_end", "exact",
    "payer", "slow_use", "states_due", KEY,
)  # fmt: skip


def purchases(plan: Plan, catalogue: Catalogue, frame: pl.DataFrame) -> pl.DataFrame:
    """Purchases through the last day: one to three of the selected product in a quarter, at times one of another.

    ``part`` numbers them within the quarter, ``product`` is a number, ``day`` days since 1970, ``amount`` in fen.
    """
    draws = Draws(frame.get_column(KEY))
    count = _times(draws, frame.get_column("bought"))
    bought = _selected(draws, frame, count)
    bought.append(_other(draws, catalogue, frame))
    found = pl.concat(bought).filter(pl.col("day") <= plan.last.toordinal() - EPOCH)
    found = found.sort("i", "d", "q", "part", maintain_order=True)
    own = Draws(found.get_column(KEY)).under(found.get_column("part"))
    products = catalogue.products
    number = found.get_column("product")
    price = products.get_column("price").gather(number)
    selected = found.get_column("part") < OTHER
    platform = own.chance("platform", p.ON_PLATFORM * 1000).zip_with(
        selected, own.chance("platform", p.ON_PLATFORM_OTHER * 1000)
    )
    return found.with_columns(
        own.keys.alias(KEY),
        pl.col("product").alias("n"),
        products.get_column("id").gather(number).alias("product"),
        amount_of(found.get_column("quantity"), price).alias("amount"),
        selected.alias("centrally_procured"),
        platform.alias("on_platform"),
        pl.col("id").alias("institution"),
    )


def amount_of(quantity: pl.Series, price: pl.Series) -> pl.Series:
    """Quantity times unit price in fen, half a fen rounded up, at least one fen."""
    fen = PRICE_SCALE // 100
    return ((quantity * price + fen // 2) // fen).clip(1, None)


def _times(draws: Draws, bought: pl.Series) -> pl.Series:
    count = draws.pick("purchases", tuple(p.PURCHASES.values())) + 1
    return (count * 0 + 1).zip_with(bought < p.ONE_PURCHASE_BELOW, count)


def _selected(draws: Draws, frame: pl.DataFrame, count: pl.Series) -> list[pl.DataFrame]:
    """The parts of what was bought in a quarter: they sum to it exactly."""
    bought, choice = frame.get_column("bought"), draws.below("months", 3)
    weights = [draws.below(f"weight{part}", 101) + 100 for part in range(3)]
    weights = [weight * (count > part).cast(pl.Int64) for part, weight in enumerate(weights)]
    total = weights[0] + weights[1] + weights[2]
    second, third = bought * weights[1] // total, bought * weights[2] // total
    quantities = [bought - second - third, second, third]
    found = []
    for part, quantity in enumerate(quantities):
        month = (choice * 0).alias("month")
        for times, choices in _MONTHS.items():
            for number, months in enumerate(choices):
                if part < times:
                    month = (month * 0 + months[part]).zip_with((count == times) & (choice == number), month)
        day = _working_day(draws, f"day{part}", frame, month)
        made = frame.with_columns(quantity.alias("quantity"), pl.lit(part, dtype=pl.Int64).alias("part"), day)
        found.append(made.filter(count > part).select(_KEPT))
    return found


def _other(draws: Draws, catalogue: Catalogue, frame: pl.DataFrame) -> pl.DataFrame:
    """One purchase of another product of the drug, for some: mostly little, at times as much as the selected."""
    drugs, d = catalogue.drugs, frame.get_column("d")
    others = drugs.get_column("others").gather(d)
    product = drugs.get_column("first_other").gather(d) + draws.within("other", others)
    bought = frame.get_column("bought")
    size = draws.pick("other_size", tuple(p.OTHER_SIZE.values()))
    little = doubled(bought * p.OTHER_MEDIAN, draws.normal("other_size") * p.SPREAD_OTHER // 100) // 1000
    more = bought * (draws.below("more", 491) + 1010) // 1000 + 1
    quantity = pl.select(pl.min_horizontal(pl.lit(little), pl.lit(bought * 95 // 100))).to_series().clip(1, None)
    quantity = bought.zip_with(size == 1, quantity)
    quantity = more.zip_with(size == 2, quantity).alias("quantity")
    has = draws.chance("other_bought", p.OTHER_BOUGHT * 1000) & (others > 0)
    day = _working_day(draws, "other_day", frame, draws.below("other_month", 3))
    made = frame.with_columns(quantity, product.alias("product"), pl.lit(OTHER, dtype=pl.Int64).alias("part"), day)
    return made.filter(has).select(_KEPT)


def _working_day(draws: Draws, name: str, frame: pl.DataFrame, month: pl.Series) -> pl.Series:
    """The 3rd to 27th of one of the quarter's months; what falls on a weekend moves to the Friday before."""
    start = frame.get_column("month0")
    for number in (1, 2):
        start = frame.get_column(f"month{number}").zip_with(month == number, start)
    day = start + 2 + draws.below(name, 25)
    weekday = (day + 3) % 7  # 1970-01-01 was a Thursday
    return (day - (weekday - 4).clip(0, None)).alias("day")


def uses(plan: Plan, bought: pl.DataFrame) -> pl.DataFrame:
    """One use for each purchase, within the quarter: of the exact quarters all that was bought, else nearly all."""
    draws = Draws(bought.get_column(KEY)).under(bought.get_column("part") * 0 + 1)
    share = draws.between("used_slowly", p.USED_SLOWLY).zip_with(
        bought.get_column("slow_use"), draws.between("used", p.USED)
    )
    share = (share * 0 + 1000).zip_with(bought.get_column("exact"), share)
    day = bought.get_column("day") + 1 + draws.below("lag", 20)
    return bought.with_columns(
        draws.keys.alias(KEY),
        (bought.get_column("quantity") * share // 1000).clip(1, None).alias("quantity"),
        pl.min_horizontal(pl.lit(day), pl.col("q_end")).alias("day"),
    ).filter(pl.col("day") <= plan.last.toordinal() - EPOCH).drop("amount")  # fmt: skip


def dispensings(plan: Plan, catalogue: Catalogue, bought: pl.DataFrame) -> pl.DataFrame:
    """For some purchases one dispensing of the same product some days later, at its listed price."""
    draws = Draws(bought.get_column(KEY)).under(bought.get_column("part") * 0 + 2)
    day = bought.get_column("day") + 1 + draws.below("lag", 25)
    share = (day * 0 + p.DISPENSED_SELECTED).zip_with(bought.get_column("centrally_procured"), day * 0 + 1000)
    dispensed = (draws.below("dispensed", 1_000_000) < share * p.DISPENSED) & (day <= plan.last.toordinal() - EPOCH)
    made = bought.with_columns(
        draws.keys.alias(KEY),
        day.alias("day"),
        catalogue.products.get_column("price").gather(bought.get_column("n")).alias("price"),
        (draws.below("quantity", 60) + 1).alias("quantity"),
    )
    return made.filter(dispensed).drop("amount")
