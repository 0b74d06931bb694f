"""The drugs, products, suppliers and payment standards of a made province. They are small and made at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from vbprules.synth import names
from vbprules.synth import parameters as p
from vbprules.synth.draws import Draws, doubled
from vbprules.synth.plan import Plan
from vbprules.synth.tables import KEY, PRICE_SCALE, table

EPOCH: Final = 719163  # the ordinal of 1970-01-01
_FEN: Final = PRICE_SCALE // 100


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """``products`` by number, with ``drug`` (its number) and ``price``; of a drug the first selected and other ones.

    ``drugs`` has ``winners``, ``first_selected``, ``others`` and ``first_other`` by the drug's number.
    """

    drugs: pl.DataFrame
    products: pl.DataFrame
    distributors: int
    tables: dict[str, pl.DataFrame]


def catalogue_of(plan: Plan) -> Catalogue:
    """Everything that institutions share; the same whatever their number."""
    drugs = _drugs(plan)
    products = _products(plan, drugs)
    distributors = p.DISTRIBUTORS
    first = products.group_by("d", maintain_order=True).agg(
        pl.col("n").filter(pl.col("selected")).first().alias("first_selected"),
        pl.col("n").filter(~pl.col("selected")).first().fill_null(0).alias("first_other"),
        (~pl.col("selected")).sum().cast(pl.Int64).alias("others"),
    )
    drugs = drugs.join(first, on="d", how="left", maintain_order="left")
    price = products.get_column("price").gather(drugs.get_column("first_selected"))
    tables = {
        "drugs": table("drugs", drugs.with_columns(price.alias("selected_price")), plan.gaps),
        "products": table("products", products, plan.gaps),
        "standard_steps": table("standard_steps", _steps(plan, products), plan.gaps),
        "suppliers": table("suppliers", _suppliers(plan, distributors), plan.gaps),
    }
    return Catalogue(drugs, products, distributors, tables)


def _drugs(plan: Plan) -> pl.DataFrame:
    number = pl.Series("d", range(plan.drugs), dtype=pl.Int64)
    draws = Draws.of(plan.seed, "drug", number)
    called = names.drug_names(plan.drugs)
    size = doubled(number * 0 + p.REGION_QUANTITY, draws.normal("popularity") * p.SPREAD_DRUG // 100)
    return pl.DataFrame(
        {
            "d": number,
            KEY: draws.keys,
            "id": [f"D{n + 1:03d}" for n in range(plan.drugs)],
            "name": called,
            "in_catalogue": draws.chance("in_catalogue", p.IN_CATALOGUE * 1000),
            "selected": [True] * plan.drugs,
            "winners": draws.pick("winners", tuple(p.WINNERS.values())) + 1,
            "passed_makers": draws.pick("passed", tuple(p.PASSED_GENERICS.values())),
            "supply_ensured": draws.chance("supply", p.SUPPLY_ENSURED * 1000),
            "counting_unit": [names.counting_unit(name) for name in called],
            "region_quantity": size,
            "region_use_last_year": size * draws.between("use", p.USE_LAST_YEAR) // 1000,
        }
    ).with_columns((pl.col("winners") + pl.col("passed_makers")).alias("passed_makers"))


def _products(plan: Plan, drugs: pl.DataFrame) -> pl.DataFrame:
    """Of each drug: a product of every winner, then the originator, a reference, generics passed and not passed."""
    number = drugs.get_column("d")
    draws = Draws.of(plan.seed, "range", number)
    median = number * 0 + p.SELECTED_PRICE * _FEN
    base = doubled(median, draws.normal("price") * p.SPREAD_PRICE // 100).clip(_FEN, None)
    unpassed = draws.pick("unpassed", tuple(p.UNPASSED_GENERICS.values()))
    counts = {
        "selected": drugs.get_column("winners"),
        "originator": draws.chance("originator", p.ORIGINATOR * 1000).cast(pl.Int64),
        "reference": draws.chance("reference", p.REFERENCE * 1000).cast(pl.Int64),
        "passed_generic": drugs.get_column("passed_makers") - drugs.get_column("winners"),
        "unpassed_generic": unpassed,
    }
    rows = [
        (d, kind, place) for d in range(plan.drugs) for kind, count in counts.items() for place in range(int(count[d]))
    ]
    frame = pl.DataFrame(rows, schema={"d": pl.Int64, "class": pl.String, "place": pl.Int64}, orient="row")
    frame = frame.with_row_index("n").with_columns(pl.col("n").cast(pl.Int64))
    own = Draws.of(plan.seed, "product", frame.get_column("d"), frame.get_column("n"))
    selected = frame.get_column("class") == "selected"
    dear = frame.get_column("class").is_in(["originator", "reference"])
    times = own.between("dear", p.PRICE_OF_ORIGINATOR).zip_with(dear, own.between("plain", p.PRICE_OF_GENERIC))
    times = own.between("winner", p.PRICE_OF_OTHER_WINNER).zip_with(selected, times)
    times = (times * 0 + 1000).zip_with(selected & (frame.get_column("place") == 0), times)
    price = base.gather(frame.get_column("d")) * times // 1000
    fine = own.chance("fine", p.FINE_PRICES * 1000)
    price = price.zip_with(fine, (price + _FEN // 2) // _FEN * _FEN).clip(_FEN, None)
    called = drugs.get_column("name").gather(frame.get_column("d"))
    letter = {"selected": "S", "originator": "O", "reference": "R", "passed_generic": "G", "unpassed_generic": "U"}
    return frame.with_columns(
        own.keys.alias(KEY),
        drugs.get_column("id").gather(frame.get_column("d")).alias("drug"),
        selected.alias("selected"),
        called.alias("name"),
        pl.lit("chemical").alias("category"),
        own.chance("listed", p.LISTED * 1000).alias("listed"),
        price.alias("price"),
        (price * own.between("earlier", p.EARLIER_PRICE) // 1000).alias("earlier_price"),
        (price * own.between("lowest", p.NATIONAL_LOWEST) // 1000).clip(1, None).alias("national_lowest"),
        own.chance("negotiation", p.IN_NEGOTIATION * 1000).alias("in_negotiation"),
        pl.format(
            "{}{}{}",
            drugs.get_column("id").gather(frame.get_column("d")),
            pl.col("class").replace_strict(letter, return_dtype=pl.String),
            pl.col("place") + 1,
        ).alias("id"),
    )


def _steps(plan: Plan, products: pl.DataFrame) -> pl.DataFrame:
    """From the first day on the standard is the price of the drug's first winner.

    Some originators come down in two steps: half their price, then the standard, a year apart.
    """
    start = plan.first.toordinal() - EPOCH
    first = products.filter(pl.col("selected") & (pl.col("place") == 0)).select("d", pl.col("price").alias("standard"))
    draws = Draws(products.get_column(KEY))
    stepped = draws.chance("stepped", p.STEPPED_STANDARD * 1000) & (products.get_column("class") == "originator")
    base = products.with_columns(stepped.alias("stepped")).join(first, on="d", maintain_order="left")
    half = pl.max_horizontal("standard", pl.col("price") // 2)
    at_once = base.with_columns(pl.when("stepped").then(half).otherwise(pl.col("standard")).alias("standard"))
    later = base.filter("stepped").with_columns(pl.lit(start + 366).alias("day"))
    return (
        pl.concat([at_once.with_columns(pl.lit(start).alias("day")), later], how="vertical_relaxed")
        .sort("n", "day")
        .select(
            "n", KEY, pl.col("id").alias("product"), "day", "standard", pl.lit(names.INSTRUMENT).alias("instrument")
        )
    )


def _suppliers(plan: Plan, distributors: int) -> pl.DataFrame:
    """A maker for every drug, and the distributors from whom institutions buy."""
    makers = pl.Series(range(plan.drugs), dtype=pl.Int64)
    others = pl.Series(range(distributors), dtype=pl.Int64)
    draws = Draws.of(plan.seed, "maker", makers)
    one = pl.DataFrame(
        {
            KEY: draws.keys,
            "id": [f"M{n + 1:03d}" for n in range(plan.drugs)],
            "name": [f"{names.CITIES[n % len(names.CITIES)][:2]}第{n + 1}制药厂" for n in range(plan.drugs)],
            "kind": ["maker"] * plan.drugs,
            "distributors": draws.between("distributors", p.MAKER_DISTRIBUTORS),
            "direct_delivery": draws.chance("direct", p.DIRECT_DELIVERY * 1000),
        }
    ).with_columns(pl.when("direct_delivery").then(0).otherwise(pl.col("distributors")).alias("distributors"))
    two = pl.DataFrame(
        {
            KEY: Draws.of(plan.seed, "distributor", others).keys,
            "id": [f"S{n + 1:03d}" for n in range(distributors)],
            "name": [f"{names.CITIES[n % len(names.CITIES)][:2]}第{n + 1}医药配送公司" for n in range(distributors)],
            "kind": ["distributor"] * distributors,
        }
    )
    return pl.concat([one, two], how="diagonal_relaxed")
