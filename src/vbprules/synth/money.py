"""Agreements, goods received, payments, and the money of the fund."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl

from vbprules.calendar.periods import add_months
from vbprules.synth import names
from vbprules.synth import parameters as p
from vbprules.synth.catalogue import EPOCH, Catalogue
from vbprules.synth.draws import Draws, doubled
from vbprules.synth.plan import Plan
from vbprules.synth.tables import KEY
from vbprules.synth.trade import amount_of
from vbprules.synth.volumes import season

_LINE: Final = ("i", "year", "slot")


def agreement_lines(catalogue: Catalogue, years: pl.DataFrame) -> pl.DataFrame:
    """The agreed quantity of a year for every pair, under the agreement with the distributor of its slot."""
    price = catalogue.products.get_column("price").gather(years.get_column("product"))
    return years.with_columns(
        catalogue.products.get_column("id").gather(years.get_column("product")).alias("product"),
        pl.col("id").alias("institution"),
        agreement_id().alias("agreement"),
        pl.col("agreed").alias("quantity"),
        price.alias("price"),
        amount_of(years.get_column("agreed"), price).alias("amount"),
    ).sort("i", "d", "year", maintain_order=True)


def agreement_id() -> pl.Expr:
    """``A12-2020-1``: institution, year, distributor."""
    return pl.format("A{}-{}-{}", pl.col("i") + 1, pl.col("year"), pl.col("slot") + 1)


def agreements(plan: Plan, catalogue: Catalogue, lines: pl.DataFrame, bought: pl.DataFrame) -> pl.DataFrame:
    """One agreement a year with each of an institution's distributors; the amount is that of its lines."""
    ordered = bought.filter("centrally_procured").group_by(_LINE).agg(pl.col("amount").sum().alias("ordered_amount"))
    found = (
        lines.group_by(_LINE, maintain_order=True)
        .agg(pl.col("institution", "designated", "states_due").first(), pl.col("amount").sum())
        .sort(_LINE)
        .join(ordered, on=_LINE, how="left", maintain_order="left")
    )
    draws = Draws.of(plan.seed, "agreement", *(found.get_column(name) for name in _LINE))
    seller = Draws.of(plan.seed, "seller", found.get_column("i"), found.get_column("slot"))
    start = pl.Series([_new_year(year) for year in found.get_column("year")], dtype=pl.Int64)
    end = pl.Series([_new_year(year + 1) - 1 for year in found.get_column("year")], dtype=pl.Int64)
    amount = found.get_column("amount")
    task = amount * draws.between("task", p.TASK) // 1000
    task = amount.zip_with(draws.chance("task_equal", p.TASK_EQUAL * 1000), task)
    supplier = seller.below("supplier", catalogue.distributors) + 1
    return found.with_columns(
        draws.keys.alias(KEY),
        agreement_id().alias("id"),
        ("S" + supplier.cast(pl.String).str.zfill(3)).alias("supplier"),
        (start - draws.between("signed", p.SIGNED)).alias("signed_on"),
        start.alias("start"),
        end.alias("end"),
        task.alias("task_amount"),
        pl.col("ordered_amount").fill_null(0),
        pl.Series([int(days) for days in p.PAYMENT_DAYS], dtype=pl.Int64)
        .gather(draws.pick("payment_days", tuple(p.PAYMENT_DAYS.values())))
        .alias("payment_days"),
        pl.Series(list(p.PAYMENT_FROM))
        .gather(draws.pick("from", tuple(p.PAYMENT_FROM.values())))
        .alias("payment_from"),
    )


def _new_year(year: int) -> int:
    return date(year, 1, 1).toordinal() - EPOCH


def receipts(plan: Plan, bought: pl.DataFrame, agreed: pl.DataFrame) -> pl.DataFrame:
    """The goods of every purchase that were accepted by the last day; those of selected products have an agreement."""
    draws = Draws(bought.get_column(KEY)).under(bought.get_column("part") * 0 + 3)
    delivered = bought.get_column("day") + draws.between("delivery", p.DELIVERY)
    taken = pl.Series([int(days) for days in p.ACCEPTANCE], dtype=pl.Int64)
    accepted = delivered + taken.gather(draws.pick("acceptance", tuple(p.ACCEPTANCE.values())))
    terms = agreed.select(*_LINE, "payment_days", "payment_from")
    found = bought.with_columns(
        draws.keys.alias(KEY),
        delivered.alias("delivered_on"),
        accepted.alias("accepted_on"),
        pl.when("centrally_procured").then(agreement_id()).alias("agreement"),
        pl.format("R{}-{}-{}-{}", pl.col("i") + 1, pl.col("d") + 1, pl.col("q") + 1, pl.col("part") + 1).alias("id"),
    ).filter(pl.col("accepted_on") <= plan.last.toordinal() - EPOCH)
    found = found.join(terms, on=_LINE, how="left", maintain_order="left")
    since = (
        pl.when(pl.col("payment_from") == "acceptance")
        .then(pl.col("accepted_on"))
        .when(pl.col("payment_from") == "delivery")
        .then(pl.col("delivered_on"))
    )
    said = pl.col("states_due") & pl.col("centrally_procured")
    return found.with_columns(pl.when(said).then(since + pl.col("payment_days")).alias("due_on"))


def payments(plan: Plan, received: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The payments made by the last day, and the receipts with ``how`` they are paid (an option of the parameters)."""
    draws = Draws(received.get_column(KEY))
    options = tuple(p.PAYMENT["prompt"])
    how = draws.below("none", 1)
    for payer, shares in p.PAYMENT.items():
        how = draws.pick("how", tuple(shares.values())).zip_with(received.get_column("payer") == payer, how)
    days = how * 0
    for number, option in enumerate(options):
        if option in p.PAYMENT_DAY:
            days = draws.between(option, p.PAYMENT_DAY[option]).zip_with(how == number, days)
    amount = received.get_column("amount")
    full = (how != options.index("part")) & (how != options.index("never"))
    twice = full & draws.chance("twice", p.TWO_PAYMENTS * 1000) & (amount > 1)
    share = draws.between("share", (300, 700))
    first = (amount * share // 1000).clip(1, None).zip_with(twice, amount)
    first = (
        (amount * draws.between("part_share", (200, 800)) // 1000)
        .clip(1, None)
        .zip_with(how == options.index("part"), first)
    )
    base = received.with_columns(
        pl.Series(options).gather(how).alias("how"),
        pl.Series("payer", ["fund"])
        .new_from_index(0, len(how))
        .zip_with(
            full & draws.chance("fund", p.PAID_BY_FUND * 1000), pl.Series(["hospital"]).new_from_index(0, len(how))
        ),
        pl.col("id").alias("receipt"),
        first.alias("_first"),
        (amount - first).alias("_second"),
        days.alias("_days"),
        twice.alias("_twice"),
    )
    later = pl.col("accepted_on") + pl.col("_days")
    sooner = pl.col("accepted_on") + pl.col("_days") // 2
    one = base.filter(pl.col("how") != "never").with_columns(
        pl.when("_twice").then(sooner).otherwise(later).alias("day"), pl.col("_first").alias("amount"), _part(0)
    )
    two = base.filter("_twice").with_columns(later.alias("day"), pl.col("_second").alias("amount"), _part(1))
    kept = ["i", "d", "q", "part", "instalment", "institution", "receipt", "day", "amount", "payer", KEY]
    made = pl.concat([one.select(kept), two.select(kept)]).filter(pl.col("day") <= plan.last.toordinal() - EPOCH)
    made = made.sort("i", "d", "q", "part", "instalment", maintain_order=True)
    keys = Draws(made.get_column(KEY)).under(made.get_column("instalment")).keys
    return made.with_columns(keys.alias(KEY)), base


def _part(number: int) -> pl.Expr:
    return pl.lit(number, dtype=pl.Int64).alias("instalment")


def fund_payments(plan: Plan, institutions: pl.DataFrame) -> pl.DataFrame:
    """A payment of the fund for every month from two years before the first day, in the month after."""
    first = add_months(plan.first.replace(day=1).toordinal(), -p.FUND_MONTHS_BEFORE)
    months, day = [], first
    while day <= plan.last.toordinal():
        months.append((day - EPOCH, add_months(day, 1) - EPOCH, season(date.fromordinal(day))))
        day = add_months(day, 1)
    table = pl.DataFrame(months, schema={"month": pl.Int64, "after": pl.Int64, "season": pl.Int64}, orient="row")
    found = institutions.filter("designated").select("i", "id", "class_of", "size").join(table, how="cross")
    draws = Draws.of(plan.seed, "fund", found.get_column("i"), found.get_column("month"))
    yuan = found.get_column("class_of").replace_strict(p.MONTHLY_FUND_PAYMENT, return_dtype=pl.Int64)
    octaves = found.get_column("size") * p.SPREAD_INSTITUTION + draws.normal("amount") * p.SPREAD_FUND_PAYMENT
    amount = doubled(yuan, octaves // 100) * 100 * found.get_column("season") // 1000
    return found.with_columns(
        draws.keys.alias(KEY),
        pl.col("id").alias("institution"),
        amount.alias("amount"),
        (found.get_column("after") + 9 + draws.below("day", 16)).alias("day"),
    ).drop("id").filter(pl.col("day") <= plan.last.toordinal() - EPOCH)  # fmt: skip


def prepayments(plan: Plan, agreed: pl.DataFrame) -> pl.DataFrame:
    """Money of the fund in advance for most agreements of designated institutions: exactly, above or below 30%."""
    draws = Draws(agreed.get_column(KEY)).under(agreed.get_column("i") * 0 + 1)
    how = draws.pick("how", tuple(p.PREPAYMENT.values()))
    more, less = draws.between("more", (301, 500)), draws.between("less", (100, 299))
    share = less.zip_with(how == 2, more.zip_with(how == 1, how * 0 + 300))
    paid = draws.chance("paid", p.PREPAID * 1000) & agreed.get_column("designated")
    base = agreed.with_columns(
        draws.keys.alias(KEY),
        share.alias("share"),
        how.alias("how"),
        (agreed.get_column("signed_on") + draws.between("day", p.PREPAID_AFTER)).alias("day"),
        pl.col("id").alias("agreement"),
        draws.chance("separate", p.SEPARATE_ACCOUNT * 1000).alias("separate_account"),
        pl.lit(names.PURPOSE).alias("purpose"),
    ).filter(paid)
    one = base.with_columns(pl.lit(1, dtype=pl.Int64).alias("tranche"))
    two = base.filter(pl.col("how") == 3).with_columns(
        pl.lit(2, dtype=pl.Int64).alias("tranche"),
        pl.lit(400, dtype=pl.Int64).alias("share"),
        pl.col("day") + 150,
    )
    made = pl.concat([one, two]).sort(*_LINE, "tranche", maintain_order=True)
    keys = Draws(made.get_column(KEY)).under(made.get_column("tranche")).keys
    return made.with_columns(
        keys.alias(KEY),
        ((pl.col("amount") * pl.col("share") + 999) // 1000).alias("amount"),
        pl.format("P{}-{}", pl.col("agreement"), pl.col("tranche")).alias("id"),
    ).filter(pl.col("day") <= plan.last.toordinal() - EPOCH)  # fmt: skip
