"""The tables are what a batch reads: known columns, native types, references that resolve, days in order, fen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl
import pytest

from vbprules.language.vocabulary import BY_LIST, ROW_LISTS, STATEMENTS, row_keys
from vbprules.synth.plan import Plan
from vbprules.synth.tables import CATALOGUE, ORDER

Tables = Mapping[str, pl.DataFrame]
TYPES = {
    "date": pl.Date,
    "units": pl.Int64,
    "count": pl.Int64,
    "days": pl.Int64,
    "truth": pl.Boolean,
    "code": pl.String,
    "text": pl.String,
}


def test_the_tables_are_lists_of_a_dossier(tables: Tables, whole: Tables) -> None:
    assert tuple(tables) == ORDER
    assert set(tables) <= {"institutions", "completeness", *ROW_LISTS, *STATEMENTS}
    assert set(tables) - set(whole) == {"conducts", "acts", "performances", "determinations"}


@pytest.mark.parametrize("name", [name for name in ORDER if name not in ("institutions", "completeness")])
def test_columns_are_known_and_typed(tables: Tables, name: str) -> None:
    schema = tables[name].schema
    own = set() if name in CATALOGUE else {"institution"}
    assert set(schema) - own <= set(row_keys(name))
    assert own <= set(schema)
    for column, kind in schema.items():
        field = BY_LIST[name].field_map.get(column) if name in BY_LIST else None
        if field is None:
            assert kind == (pl.Date if column == "day" else pl.String), column
        elif field.unit == "money":
            assert kind == pl.Decimal(38, 4 if field.fine else 2), column
        else:
            assert kind == TYPES[field.unit], column


def test_institutions_and_completeness(tables: Tables) -> None:
    assert set(tables["institutions"].columns) == {"id", *BY_LIST["institution"].field_map}
    assert tables["completeness"].schema == {
        "institution": pl.String,
        "list": pl.String,
        "complete_through": pl.Date,
        "complete": pl.Boolean,
    }
    assert set(tables["completeness"].get_column("list")) == set(tables) - {"institutions", "completeness"}


def test_ids_are_unique_within_an_institution(tables: Tables) -> None:
    for name, frame in tables.items():
        if "id" in frame.columns:
            key = ["institution", "id"] if "institution" in frame.columns else ["id"]
            assert frame.select(key).is_unique().all(), name
            assert frame.get_column("id").null_count() == 0
    assert tables["targets"].select("institution", "drug", "period").is_unique().all()


def test_references_resolve(tables: Tables) -> None:
    homes = {entity: list_name for list_name, entity in ((name, BY_LIST[name].name) for name in ROW_LISTS)}
    for name, frame in tables.items():
        if name in STATEMENTS or name in ("institutions", "completeness"):
            continue
        for ref in BY_LIST[name].refs:
            if ref not in frame.columns:
                continue
            home = tables[homes[ref]]
            shared = ["institution"] if "institution" in home.columns else []
            there = home.select(*shared, pl.col("id").alias(ref))
            assert frame.filter(pl.col(ref).is_not_null()).join(there, on=[*shared, ref], how="anti").is_empty(), name
            if (name, ref) != ("receipts", "agreement"):
                assert frame.get_column(ref).null_count() == 0, (name, ref)
    known = tables["institutions"].get_column("id").to_list()
    for name, frame in tables.items():
        if "institution" in frame.columns:
            assert frame.get_column("institution").drop_nulls().is_in(known).all(), name


def test_selected_goods_have_an_agreement_and_others_none(whole: Tables) -> None:
    goods = whole["receipts"]
    assert (goods.get_column("agreement").is_null() == ~goods.get_column("centrally_procured")).all()
    selected = whole["products"].select(pl.col("id").alias("product"), "selected")
    joined = goods.join(selected, on="product")
    assert (joined.get_column("selected") == joined.get_column("centrally_procured")).all()


def test_no_payment_before_the_goods_and_none_beyond_the_sum(tables: Tables, whole: Tables) -> None:
    for found in (tables, whole):
        goods = found["receipts"].select(
            "institution", pl.col("id").alias("receipt"), "delivered_on", "accepted_on", pl.col("amount").alias("owed")
        )
        assert (goods.get_column("delivered_on") <= goods.get_column("accepted_on")).drop_nulls().all()
        paid = found["payments"].join(goods, on=["institution", "receipt"])
        assert (paid.get_column("day") >= paid.get_column("accepted_on")).drop_nulls().all()
        sums = (
            paid.drop_nulls("owed")
            .group_by("institution", "receipt")
            .agg(pl.col("amount").sum(), pl.col("owed").first())
        )
        assert (sums.get_column("amount") <= sums.get_column("owed")).all()
        assert sums.height > 1000


def test_nothing_happens_after_the_last_day(tables: Tables, plan: Plan) -> None:
    assert plan.last == date(2020, 12, 31)
    for name, frame in tables.items():
        if name in CATALOGUE or name == "agreements":
            continue
        for column in ("day", "accepted_on", "delivered_on", "finding_on", "complete_through"):
            if column in frame.columns and frame.height:
                latest = frame.get_column(column).max()
                assert latest is None or latest <= plan.last, (name, column)


def test_money_and_quantities_are_positive_and_amounts_are_their_product(whole: Tables) -> None:
    price = whole["products"].select(pl.col("id").alias("product"), "price")
    bought = whole["purchases"].join(price, on="product")
    assert (bought.get_column("quantity") >= 1).all()
    exact = bought.select(pl.col("quantity").cast(pl.Decimal(38, 0)) * pl.col("price")).to_series()
    off = (bought.get_column("amount").cast(pl.Decimal(38, 4)) - exact.cast(pl.Decimal(38, 4))).cast(pl.Float64)
    least = bought.get_column("amount").cast(pl.String) == "0.01"
    assert (off.abs() <= 0.005).filter(~least).all()


def test_agreements_are_the_sum_of_their_lines(whole: Tables) -> None:
    sums = whole["agreement_lines"].group_by("institution", "agreement").agg(pl.col("amount").sum())
    there = whole["agreements"].select("institution", pl.col("id").alias("agreement"), pl.col("amount").alias("stated"))
    joined = there.join(sums, on=["institution", "agreement"])
    assert joined.height == whole["agreements"].height
    assert (joined.get_column("amount") == joined.get_column("stated")).all()


def test_statements_are_about_what_is_recorded(tables: Tables) -> None:
    subjects = pl.concat(
        [
            tables["targets"].select("institution", pl.format("{}@{}", "drug", "period").alias("subject")),
            tables["targets"].select("institution", pl.col("period").alias("subject")),
            *(
                tables[name].select("institution", pl.col("id").alias("subject"))
                for name in ("receipts", "agreements", "conducts")
            ),
        ]
    )
    for name in ("acts", "performances", "determinations"):
        said = tables[name].filter(pl.col("subject").is_not_null())
        assert said.join(subjects, on=["institution", "subject"], how="anti").is_empty(), name
        assert tables[name].drop("subject").null_count().sum_horizontal().item() == 0
        assert tables[name].height > 0
