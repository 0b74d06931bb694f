"""Which rows of a catalogue an institution has: what its rows refer to, all products of its drugs, and their steps."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from vbprules.language.vocabulary import BY_NAME
from vbprules.tables.chunks import INST
from vbprules.tables.headings import ROW
from vbprules.tables.rows import ID, ref_text

Frames = Mapping[str, pl.DataFrame]  # of an entity: its rows


def members_of(own: Frames, catalogues: Frames) -> dict[str, pl.DataFrame]:
    """Of each catalogue ``inst`` and ``:row``, once each. ``own``: the rows that name an institution."""
    found: dict[str, pl.DataFrame] = {}
    drugs = [_named(own, "drug")]
    if "product" in catalogues:
        products = catalogues["product"]
        direct = _join(_named(own, "product"), products, ID)
        drugs.append(_named({"product": direct}, "drug"))
        wanted = pl.concat(drugs).unique()
        of_drugs = _join(wanted, products, ref_text("drug"))
        found["product"] = pl.concat([direct, of_drugs.select(direct.columns)]).unique([INST, ROW])
    if "drug" in catalogues:
        through = [_named({"product": found["product"]}, "drug")] if "product" in found else []
        found["drug"] = _join(pl.concat([*drugs, *through]).unique(), catalogues["drug"], ID)
    if "supplier" in catalogues:
        found["supplier"] = _join(_named(own, "supplier"), catalogues["supplier"], ID)
    if "standard_step" in catalogues:
        there = found.get("product", own.get("product"))
        ids = _empty() if there is None else there.select(INST, pl.col(ID).alias("of")).unique()
        found["standard_step"] = _join(ids.drop_nulls(), catalogues["standard_step"], ref_text("product"))
    return {entity: frame.select(INST, ROW) for entity, frame in found.items()}


def _named(frames: Frames, ref: str) -> pl.DataFrame:
    """``inst`` and ``of``: every id of this kind to which rows refer."""
    column = ref_text(ref)
    found = [
        frame.select(INST, pl.col(column).alias("of")) for name, frame in frames.items() if ref in BY_NAME[name].refs
    ]
    return pl.concat([_empty(), *found]).drop_nulls().unique()


def _join(wanted: pl.DataFrame, catalogue: pl.DataFrame, key: str) -> pl.DataFrame:
    return wanted.join(catalogue.with_columns(pl.col(key).alias("of")), on="of", how="inner").drop("of")


def _empty() -> pl.DataFrame:
    return pl.DataFrame(schema={INST: pl.UInt32, "of": pl.String})
