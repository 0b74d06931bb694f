"""The decisions of many institutions on a Spark that is there already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import reduce
from pathlib import Path
from typing import Any, Final

import polars as pl

from vbprules.calendar import LocalCalendar
from vbprules.facts.rulings import Rulings
from vbprules.spread.kernel import columns_of
from vbprules.spread.packed import Packing
from vbprules.spread.planned import needs, planned
from vbprules.tables.headings import OF, ROW, Headings

_KINDS: Final[Mapping[str, pl.DataType]] = {
    "string": pl.String(),
    "byte": pl.Int8(),
    "short": pl.Int16(),
    "integer": pl.Int32(),
    "long": pl.Int64(),
    "date": pl.Date(),
    "boolean": pl.Boolean(),
    "float": pl.Float32(),
    "double": pl.Float64(),
    "void": pl.Null(),
}
_CSV: Final = {"header": True, "inferSchema": False, "escape": '"', "multiLine": True, "mode": "FAILFAST"}


def outcomes_on_spark(
    spark: Any,
    tables: Mapping[str, Any],
    policy: str | Path,
    as_of: date | str,
    *,
    pin: str | None = None,
    readings: Mapping[str, str] | None = None,
    rulings: Rulings | Path | str | Mapping[str, Any] | None = None,
    calendar: str | Path | LocalCalendar | None = None,
    headings: Headings | None = None,
    instruments: Sequence[str | Path] = (),
    reasons: bool = False,
    partitions: int | None = None,
) -> Any:
    """A Spark DataFrame with the columns of the kernel: outcomes, and what is wrong with the facts of the others.

    ``tables``: from the names of lists to Spark DataFrames, or paths of Parquet or CSV that Spark can read. A column
    ``:row`` says where a row stands in its source; without it the rows of an institution are numbered in the order of
    their cells. ``partitions``: how many parts the institutions are divided into. Nothing is decided before an action
    asks for it; heads, catalogues, names of institutions and rows that name none are read at once.

    ``pin`` is that of `load`, ``reasons`` that of `evaluate_tables`. Raises InputError as `evaluate_tables` does, and
    where PySpark is missing.
    """
    needs("pyspark", "Spark", "spark")
    known = {name: _SparkTable(_opened(spark, source)) for name, source in tables.items()}
    plan = planned(policy, known, as_of, pin, readings, rulings, calendar, headings, instruments, reasons)
    rows = [_as_rows(table.frame, packing, names) for table, packing, names in plan.tables]
    together = reduce(lambda one, other: one.unionByName(other, allowMissingColumns=True), rows)
    if partitions is not None:
        together = together.repartition(partitions, OF)
    facts = together.groupBy(OF).agg(*(_gathered(table.frame, packing) for table, packing, _ in plan.tables))
    schema = ", ".join(f"`{name}` string" for name in columns_of(reasons))
    found = facts.mapInArrow(plan.kernel.over, schema)
    if plan.lost.height:
        found = found.unionByName(spark.createDataFrame(plan.lost.rows(), schema))
    return found


class _SparkTable:
    def __init__(self, frame: Any) -> None:
        self.frame = frame

    def head(self) -> pl.DataFrame:
        return pl.DataFrame(schema={field.name: _kind(field.dataType) for field in self.frame.schema.fields})

    def rows(self) -> pl.DataFrame:
        found = pl.from_arrow(self.frame.toArrow())
        assert isinstance(found, pl.DataFrame)
        return found

    def institutions(self, column: str) -> pl.Series:
        names = self.frame.select(_stripped(_cell(column)).alias(OF))
        return _SparkTable(names.filter(_cell(OF) != "").distinct()).rows()[OF]

    def rows_of_nobody(self, column: str) -> pl.DataFrame:
        name = _stripped(_cell(column))
        return _SparkTable(self.frame.filter(name.isNull() | (name == ""))).rows()


def _opened(spark: Any, source: Any) -> Any:
    """A path as a DataFrame: every cell of CSV a text, and a row that does not fit its head an error."""
    if not isinstance(source, (str, Path)):
        return source
    path = str(source)
    return spark.read.csv(path, **_CSV) if path.lower().endswith(".csv") else spark.read.parquet(path)


def _kind(kind: Any) -> pl.DataType:
    name = kind.typeName()
    if name.startswith("decimal"):
        return pl.Decimal(kind.precision, kind.scale)
    return _KINDS.get(name, pl.Object())  # moments depend on the zone of the session; lists are no cells


def _cell(name: str) -> Any:
    from pyspark.sql import functions as f

    return f.col("`" + name.replace("`", "``") + "`")


def _stripped(column: Any) -> Any:
    """Without the space around it, as tables elsewhere are read."""
    from pyspark.sql import functions as f

    return f.regexp_replace(column.cast("string"), r"(?U)^\s+|\s+$", "")


def _as_rows(frame: Any, packing: Packing, names: Mapping[str, str]) -> Any:
    """``institution`` and a row as one struct, its place first."""
    from pyspark.sql import functions as f

    own = [_cell(ROW).cast("long").alias(ROW)] if ROW in frame.columns else []
    cells = [_cell(names[key]).alias(key) for key in packing.keys if key != ROW]
    found = frame.select(_stripped(_cell(names[OF])).alias(OF), f.struct(*own, *cells).alias(packing.column))
    return found.filter(f.col(OF) != "")


def _gathered(frame: Any, packing: Packing) -> Any:
    """The rows of an institution in their order, whatever order they arrived in."""
    from pyspark.sql import functions as f

    sorted_rows = f.array_sort(f.collect_list(_cell(str(packing.column))))
    if ROW in frame.columns:
        return sorted_rows.alias(packing.column)

    def placed(row: Any, at: Any) -> Any:
        cells = (row.getField(key).alias(key) for key in packing.keys if key != ROW)
        return f.struct((at + 1).cast("long").alias(ROW), *cells)

    return f.transform(sorted_rows, placed).alias(packing.column)
