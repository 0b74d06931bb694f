"""Spark and Dask decide what a batch on one machine decides: real ones, on this machine."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from provinces import DAYS, county, in_any_order, with_places

from vbprules import load
from vbprules.batch.run import evaluate_tables
from vbprules.diagnostics import InputError
from vbprules.spread.dask import outcomes_on_dask
from vbprules.spread.kernel import columns_of
from vbprules.spread.spark import outcomes_on_spark

POLICY = "guizhou_2019"
DAY = DAYS[POLICY]


class Dask:
    """Tables on a local Dask of threads."""

    def __init__(self) -> None:
        pytest.importorskip("dask.dataframe", reason="the extra `dask` is not installed")

    def frame(self, table: pl.DataFrame, parts: int = 3) -> Any:
        import dask.dataframe as dd

        return dd.from_pandas(table.to_pandas(use_pyarrow_extension_array=True), npartitions=parts)

    def outcomes(self, tables: dict[str, Any], policy: str = POLICY, day: str = DAY, **more: Any) -> pl.DataFrame:
        found = outcomes_on_dask(tables, policy, day, **more)
        assert list(found.columns) == list(columns_of(more.get("reasons", False)))
        return pl.from_pandas(found.compute(scheduler="sync")).cast(pl.String)


class Spark:
    """Tables on a local Spark of one core."""

    def __init__(self) -> None:
        sql = pytest.importorskip("pyspark.sql", reason="the extra `spark` is not installed")
        os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
        builder = sql.SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
        self.session = builder.config("spark.sql.shuffle.partitions", "3").getOrCreate()
        self.session.sparkContext.setLogLevel("ERROR")

    def frame(self, table: pl.DataFrame, parts: int = 3) -> Any:
        return self.session.createDataFrame(table.to_arrow(compat_level=pl.CompatLevel.oldest())).repartition(parts)

    def outcomes(self, tables: dict[str, Any], policy: str = POLICY, day: str = DAY, **more: Any) -> pl.DataFrame:
        found = pl.from_arrow(outcomes_on_spark(self.session, tables, policy, day, **more).toArrow())
        assert isinstance(found, pl.DataFrame)
        assert found.columns == list(columns_of(more.get("reasons", False)))
        return found


@pytest.fixture(scope="module", params=[Dask, Spark], ids=["dask", "spark"])
def engine(request: pytest.FixtureRequest) -> Iterator[Any]:
    yield request.param()


def decided(found: pl.DataFrame) -> pl.DataFrame:
    return in_any_order(found.filter(pl.col("finding").is_null()).drop("finding"))


def told(found: pl.DataFrame) -> list[tuple[str, dict[str, Any]]]:
    rows = found.filter(pl.col("standing") == "rejected").select("institution", "finding").sort(pl.all()).rows()
    return [(name, json.loads(text)) for name, text in rows]


def test_the_rows_of_one_machine(engine: Any) -> None:
    tables = county(7, wrong=1)
    whole = evaluate_tables(POLICY, tables, DAY, questions=0, reasons=True)
    placed = {name: engine.frame(table) for name, table in with_places(tables).items()}
    found = engine.outcomes(placed, partitions=2, reasons=True)
    assert decided(found).equals(in_any_order(whole.outcomes))
    assert {row["institution"]: row["row"] for row in whole.rejected.rows(named=True)} == {"H0000": 1}
    assert [(name, finding["row"]) for name, finding in told(found)] == [("H0000", 1)]


def test_catalogues_and_what_is_said_of_everybody(engine: Any) -> None:
    tables = county(3)
    own = tables["completeness"].filter(pl.col("list") != "payments")
    general = pl.DataFrame({"institution": [None], "list": ["payments"], "complete_through": ["2020-04-15"]})
    tables["completeness"] = pl.concat([own, general.cast(own.schema)])
    thirty = {"payment_term": "thirty"}
    whole = evaluate_tables(POLICY, tables, DAY, questions=0, readings=thirty).outcomes
    placed = {name: engine.frame(table, 1) for name, table in with_places(tables).items()}
    found = engine.outcomes(placed, readings=thirty)
    assert decided(found).equals(in_any_order(whole))
    late = found.filter(pl.col("provision") == "pay_supplier", pl.col("subject") == "R2")
    assert (
        late["state"].to_list() == ["breached_unperformed"] * 3
    )  # 30 days from 17 February are over, and no payment is missing


def test_without_places_the_order_of_arrival_is_of_no_consequence(engine: Any) -> None:
    tables = county(3)
    one, other = (
        engine.outcomes({name: engine.frame(table[::step], parts) for name, table in tables.items()})
        for step, parts in ((1, 1), (-1, 2))
    )
    assert one.height == evaluate_tables(POLICY, tables, DAY, questions=0).outcomes.height
    assert in_any_order(one).equals(in_any_order(other))


def test_a_row_of_nobody_is_told_and_its_list_complete_for_nobody(engine: Any) -> None:
    tables = with_places(county(2))
    name = "receipts"
    nobody = tables[name].with_columns(
        pl.when(pl.col(":row") == 2).then(pl.lit("  ")).otherwise("institution").alias("institution")
    )
    plain = {key: (nobody if key == name else table).drop(":row") for key, table in tables.items()}
    whole = evaluate_tables(POLICY, plain, DAY, questions=0)
    found = engine.outcomes({key: engine.frame(nobody if key == name else table) for key, table in tables.items()})
    assert decided(found).equals(in_any_order(whole.outcomes))
    assert [(name, finding["code"], finding["row"]) for name, finding in told(found)] == [("", "B108", 2)]


def test_paths(engine: Any, tmp_path: Path) -> None:
    tables = county(2)
    paths: dict[str, Any] = {}
    for number, (name, table) in enumerate(tables.items()):
        paths[name] = tmp_path / f"{name}.{'csv' if number % 2 else 'parquet'}"
        table.write_csv(paths[name]) if number % 2 else table.write_parquet(paths[name])
    whole = evaluate_tables(POLICY, paths, DAY, questions=0).outcomes
    keys = ["provision", "standing", "state", "amount", "due"]  # rows without an id are numbered otherwise
    found = decided(engine.outcomes(paths))
    assert in_any_order(found.select("institution", *keys)).equals(in_any_order(whole.select("institution", *keys)))


def test_a_column_of_floats_is_refused_before_anything_runs(engine: Any) -> None:
    tables = county(1)
    tables["purchases"] = tables["purchases"].with_columns(pl.lit(0.5).alias("quantity"))
    with pytest.raises(InputError) as caught:
        engine.outcomes({name: engine.frame(table) for name, table in tables.items()})
    assert {finding.code for finding in caught.value.findings} == {"B104"}


def test_lookalike_names_are_refused_before_anything_runs(engine: Any) -> None:
    tables = county(2)
    targets = tables["targets"].with_columns(pl.col("institution").str.replace("H0001", "Ｈ0001 "))
    placed = {name: engine.frame(table) for name, table in {**tables, "targets": targets}.items()}
    with pytest.raises(InputError) as caught:
        engine.outcomes(placed)
    (finding,) = caught.value.findings
    assert finding.code == "B129"
    assert {text for name, text in finding.args if name in ("first", "second")} == {"H0001", "Ｈ0001"}


def test_another_policy_than_the_one_pinned_is_refused(engine: Any) -> None:
    tables = {name: engine.frame(table, 1) for name, table in county(2).items()}
    pin = f"sha256:{load(POLICY).policy.digest}"
    assert engine.outcomes(tables, pin=pin).height
    with pytest.raises(InputError) as caught:
        engine.outcomes(tables, "hechuan_2025", pin=pin)
    assert [finding.code for finding in caught.value.findings] == ["G122"]


def test_a_missing_engine_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vbprules.spread.planned.find_spec", lambda name: None)
    for run, extra in ((lambda: outcomes_on_dask({}, POLICY, DAY), "dask"),
                       (lambda: outcomes_on_spark(None, {}, POLICY, DAY), "spark")):  # fmt: skip
        with pytest.raises(InputError) as caught:
            run()
        (finding,) = caught.value.findings
        assert (finding.code, finding.hint("en")) == ("B143", f"pip install 'vbprules[{extra}]'")
