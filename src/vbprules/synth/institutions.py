"""The institutions of a chunk: what they are, how large, how weak, how they pay."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from vbprules.synth import names
from vbprules.synth import parameters as p
from vbprules.synth.draws import Draws
from vbprules.synth.plan import Plan
from vbprules.synth.tables import KEY


def institutions(plan: Plan, start: int, stop: int) -> pl.DataFrame:
    """Institutions from number ``start`` to before ``stop``.

    Columns beside those of the table: ``i`` the number, ``class_of`` one of the classes of the parameters, ``size`` a
    normal draw, ``weak``, ``slow_use``, ``payer``, ``states_due`` (its contracts
    say when goods are due) and ``complete`` (its lists are).
    """
    number = pl.Series("i", range(start, stop), dtype=pl.Int64)
    draws = Draws.of(plan.seed, "institution", number)
    kind = _picked(draws, "kind", p.KINDS)
    ownership = _by(draws, "ownership", kind, p.OWNERSHIPS)
    grade = _by(draws, "grade", kind, p.GRADES)
    frame = pl.DataFrame(
        {
            "i": number,
            KEY: draws.keys,
            "id": "H" + (number + 1).cast(pl.String).str.zfill(6),
            "kind": kind,
            "ownership": ownership,
            "grade": grade,
            "city": draws.below("city", len(names.CITIES)),
            "district": draws.below("district", len(names.DISTRICTS)),
            "size": draws.normal("size"),
            "weak": draws.chance("weak", p.WEAK * 1000),
            "slow_use": draws.chance("slow_use", p.SLOW_USERS * 1000),
            "payer": _picked(draws, "payer", p.PAYERS),
            "states_due": draws.chance("states_due", p.STATES_DUE * 1000),
            "complete": ~draws.chance("incomplete", round(plan.gaps * 1_000_000)),
        }
    ).with_columns(_class().alias("class_of"))
    group = frame.get_column("class_of")
    joined = _at(draws, "joined", ownership, p.JOINED).zip_with(
        kind != "pharmacy", draws.chance("joined_pharmacy", p.JOINED_PHARMACY * 1000)
    )
    city = pl.Series(names.CITIES).gather(frame.get_column("city"))
    region = city + pl.Series(names.DISTRICTS).gather(frame.get_column("district"))
    pharmacy = kind == "pharmacy"
    return frame.with_columns(
        names.institution_names(region, group, number + 1).alias("name"),
        region.alias("region"),
        _by(draws, "level", group, p.LEVELS).alias("level"),
        _at(draws, "designated", group, p.DESIGNATED).alias("designated"),
        joined.alias("joined"),
        (pharmacy & draws.chance("special", p.SPECIAL_DRUG_PHARMACY * 1000)).alias("special_drug_pharmacy"),
        (pharmacy & draws.chance("chain", p.CHAIN * 1000)).alias("chain"),
    )


def _class() -> pl.Expr:
    hospital = pl.col("kind") == "hospital"
    return (
        pl.when(hospital & (pl.col("grade") == "tertiary"))
        .then(pl.lit("tertiary_hospital"))
        .when(hospital & (pl.col("grade") == "secondary"))
        .then(pl.lit("secondary_hospital"))
        .when(hospital)
        .then(pl.lit("small_hospital"))
        .otherwise(pl.col("kind"))
    )


def _picked(draws: Draws, name: str, shares: Mapping[str, int]) -> pl.Series:
    """One of the options, drawn by their shares."""
    return pl.Series(name, list(shares)).gather(draws.pick(name, tuple(shares.values())))


def _by(draws: Draws, name: str, group: pl.Series, shares: Mapping[str, Mapping[str, int]]) -> pl.Series:
    """One of the options, by the shares of the row's group."""
    found = pl.Series(name, [""]).new_from_index(0, len(group))
    for key, options in shares.items():
        found = _picked(draws, name, options).zip_with(group == key, found)
    return found


def _at(draws: Draws, name: str, group: pl.Series, shares: Mapping[str, int]) -> pl.Series:
    """True for the share of the row's group."""
    edge = group.replace_strict(shares, return_dtype=pl.Int64)
    return draws.below(name, 1000) < edge
