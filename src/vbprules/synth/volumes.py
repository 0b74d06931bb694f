"""What every institution was set to buy of every drug in every quarter, and how much of it was bought."""

from __future__ import annotations

from datetime import date

import polars as pl

from vbprules.calendar import Period
from vbprules.synth import parameters as p
from vbprules.synth.catalogue import EPOCH, Catalogue
from vbprules.synth.draws import Draws, doubled
from vbprules.synth.plan import Plan
from vbprules.synth.tables import KEY

_MOST = 1_000_000_000  # units a quarter


def pairs(plan: Plan, catalogue: Catalogue, institutions: pl.DataFrame) -> pl.DataFrame:
    """The drugs that institutions buy: ``i, d, product`` (number of the selected one), ``volume`` and ``slot``.

    ``volume`` is a quarter's set volume before it is rounded; ``slot`` says which of the institution's distributors
    delivers the drug.
    """
    drugs = catalogue.drugs.select("d", "winners", "first_selected", pl.col("id").alias("drug"))
    members = institutions.filter("joined").select(
        "i", "id", "class_of", "size", "weak", "slow_use", "payer", "states_due", "designated"
    )
    crossed = members.join(drugs, how="cross")
    draws = Draws.of(plan.seed, "pair", crossed.get_column("i"), crossed.get_column("d"))
    carried = draws.below("carried", 1000) < crossed.get_column("class_of").replace_strict(
        p.CARRIED, return_dtype=pl.Int64
    )
    found = crossed.with_columns(draws.keys.alias(KEY)).filter(carried)
    draws = Draws(found.get_column(KEY))
    liked = Draws.of(plan.seed, "liking", found.get_column("d")).normal("volume")
    octaves = (
        found.get_column("size") * p.SPREAD_INSTITUTION + liked * p.SPREAD_DRUG + draws.normal("volume") * p.SPREAD_PAIR
    ) // 100
    median = found.get_column("class_of").replace_strict(p.QUARTERLY_VOLUME, return_dtype=pl.Int64)
    return found.with_columns(
        doubled(median, octaves).clip(1, _MOST).alias("volume"),
        (found.get_column("first_selected") + draws.within("winner", found.get_column("winners"))).alias("product"),
        draws.below("slot", 3).alias("slot"),
    )


def yearly(plan: Plan, found: pl.DataFrame) -> pl.DataFrame:
    """Pairs by year, with ``agreed``: the quantity of the year, four times a multiple of the step."""
    years = pl.DataFrame({"year": pl.Series(plan.years, dtype=pl.Int64)})
    frame = found.join(years, how="cross")
    draws = Draws(frame.get_column(KEY)).under(frame.get_column("year"))
    grown = doubled(frame.get_column("volume"), draws.normal("year") * p.SPREAD_YEAR // 100)
    steps = ((grown + p.VOLUME_STEP // 2) // p.VOLUME_STEP).clip(1, None)
    return frame.with_columns((steps * (4 * p.VOLUME_STEP)).alias("agreed"), draws.keys.alias(KEY))


def quarters(plan: Plan) -> pl.DataFrame:
    """The quarters of the plan: ``q``, ``year, label, q_start, q_end`` (days since 1970), its months, ``season``."""
    rows = [_quarter(number, period) for number, period in enumerate(plan.quarters)]
    return pl.DataFrame(rows, schema_overrides={"q": pl.Int64})


def _quarter(number: int, period: Period) -> dict[str, object]:
    first = date.fromordinal(period.start)
    months = [date(first.year, first.month + step, 1) for step in range(3)]
    return {
        "q": number,
        "year": first.year,
        "label": period.label(),
        "q_start": period.start - EPOCH,
        "q_end": period.end - EPOCH,
        **{f"month{step}": month.toordinal() - EPOCH for step, month in enumerate(months)},
        "season": sum(season(month) for month in months) // 3,
    }


def season(month: date) -> int:
    """How much is bought in a month, in thousandths of an ordinary one."""
    return p.DIPS.get(f"{month.year}-{month.month:02d}", p.SEASON[month.month - 1])


def by_quarter(plan: Plan, years: pl.DataFrame) -> pl.DataFrame:
    """The pairs of every quarter with ``set_volume``, ``bought`` (of selected products) and ``exact``.

    ``exact`` says that what was bought is exactly 70, 80 or 100 percent of what was set.
    """
    frame = years.join(quarters(plan), on="year", maintain_order="left_right")
    draws = Draws(frame.get_column(KEY)).under(frame.get_column("q"))
    usual = frame.get_column("agreed") // 4
    share, exact = _completion(draws, frame.get_column("weak"), frame.get_column("season"))
    zero = draws.chance("zero", p.ZERO_VOLUME * 1000)
    bought = (usual * share // 1_000_000).clip(1, None)
    return frame.with_columns(
        draws.keys.alias(KEY),
        (usual * 0).zip_with(zero, usual).alias("set_volume"),
        bought.alias("bought"),
        (exact & ~zero).alias("exact"),
        _finding(plan, draws, frame.get_column("q_end")).alias("finding_on"),
    )


def _completion(draws: Draws, weak: pl.Series, season: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The share bought in millionths, and whether it is one of the exact ones."""
    options = tuple(p.COMPLETION["ordinary"])
    ordinary = draws.pick("completion", tuple(p.COMPLETION["ordinary"].values()))
    chosen = draws.pick("completion", tuple(p.COMPLETION["weak"].values())).zip_with(weak, ordinary)
    around = doubled(season * p.AROUND, draws.normal("around") * p.SPREAD_AROUND // 100)
    ends = {"short": p.SHORT, "low": p.LOW}
    found = around
    for number, option in enumerate(options):
        if option.startswith("at_"):
            value = season * 0 + int(option.removeprefix("at_")) * 10_000
        elif option in ends:
            low, high = ends[option]
            value = draws.below(option, (high - low) * 1000 + 1) + low * 1000
        else:
            continue
        found = value.zip_with(chosen == number, found)
    exact = chosen.is_in([number for number, option in enumerate(options) if option.startswith("at_")])
    return found, exact


def _finding(plan: Plan, draws: Draws, ended: pl.Series) -> pl.Series:
    day = ended + 10 + draws.below("finding_day", 20)
    known = draws.chance("finding", p.FINDING * 1000) & (day <= plan.last.toordinal() - EPOCH)
    return day.zip_with(known, pl.Series("finding_on", [None], dtype=pl.Int64).new_from_index(0, len(day)))


def targets(plan: Plan, frame: pl.DataFrame) -> pl.DataFrame:
    """A target for every quarter, and one for a year of which all four quarters are made."""
    whole = (
        frame.group_by("i", "d", "year", maintain_order=True)
        .agg(
            pl.col("id", "drug").first(),
            pl.col("set_volume").sum(),
            pl.col(KEY).first(),
            pl.len().alias("parts"),
            pl.lit(None, dtype=pl.Int64).alias("finding_on"),
        )
        .filter(pl.col("parts") == 4)
        .with_columns(pl.col("year").cast(pl.String).alias("label"), pl.lit(99, dtype=pl.Int64).alias("q"))
    )
    names = ["i", "d", "q", "id", "drug", "label", "set_volume", "finding_on", KEY]
    both = pl.concat([frame.select(names), whole.select(names)]).sort("i", "d", "q", maintain_order=True)
    keys = Draws(both.get_column(KEY)).under(both.get_column("q")).keys
    return both.with_columns(keys.alias(KEY), pl.col("id").alias("institution"), pl.col("label").alias("period"))
