"""Invented names: no place, institution, drug or company of these names is meant."""

from __future__ import annotations

from typing import Final

import polars as pl

CITIES: Final = ("溪山市", "霁川市", "望岫市", "梧陵市", "澄野市", "岚泊市", "砚溪市", "云屿市")
DISTRICTS: Final = ("霁野区", "砚浦区", "岫安区", "澄坪区", "梧汀县", "沅麓县", "岚桥县", "溪屏县", "云埭县", "望渚县")
INSTITUTIONS: Final = {
    "tertiary_hospital": "人民医院",
    "secondary_hospital": "中心医院",
    "small_hospital": "医院",
    "primary_care": "卫生院",
    "village_clinic": "村卫生室",
    "clinic": "诊所",
    "pharmacy": "大药房",
    "other": "门诊部",
}
_STEMS: Final = ("岚洛", "霁尼", "砚普", "溪替", "梧美", "澄沙", "岫拉", "望贝", "沅曲", "云赛", "汀格", "屿伐")
_ENDINGS: Final = (
    "他亭片",
    "沙恬片",
    "洛欣片",
    "地苹片",
    "格帖片",
    "拉做胶囊",
    "西邻胶囊",
    "沙兴片",
    "替霓片",
    "韦安片",
)
COUNTING_UNITS: Final = {"片": "片", "胶囊": "粒"}
INSTRUMENT: Final = "溪山省医保局公告（虚构）"
PURPOSE: Final = "中选药品货款"


def drug_names(count: int) -> list[str]:
    """A name for each drug; beyond the first 120 they are numbered."""
    base = [stem + ending for ending in _ENDINGS for stem in _STEMS]
    rounds = (count + len(base) - 1) // len(base)
    return [name + (f"（{round + 1}）" if round else "") for round in range(rounds) for name in base][:count]


def counting_unit(name: str) -> str:
    """The unit in which a drug is counted, by the ending of its name."""
    return next((unit for ending, unit in COUNTING_UNITS.items() if ending in name), "支")


def institution_names(regions: pl.Series, classes: pl.Series, numbers: pl.Series) -> pl.Series:
    """``溪山市霁野区第12人民医院``: the region, then a number that tells two in one region apart."""
    words = pl.select(
        (
            pl.lit(regions)
            + pl.lit("第")
            + pl.lit(numbers).cast(pl.String)
            + pl.lit(classes).replace_strict(INSTITUTIONS, return_dtype=pl.String)
        ).alias("name")
    )
    return words.get_column("name")
