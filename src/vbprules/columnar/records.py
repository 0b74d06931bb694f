"""What is recorded about the rest: acts, determinations, and figures that another source sets."""

from __future__ import annotations

from math import lcm
from typing import Any

import polars as pl

from vbprules.columnar.ends import BEFORE, End
from vbprules.columnar.frames import Frame, new_name
from vbprules.columnar.leaves import Codes, Span, Truth, unknown
from vbprules.columnar.store import Store
from vbprules.facts.given import given_value
from vbprules.facts.rows import Code
from vbprules.language.vocabulary import INSTITUTION
from vbprules.program import ir
from vbprules.program.ir import Place
from vbprules.values.figures import DATE, TRUTH
from vbprules.values.ranges import INF, Infinity

_NEVER = 10**8  # after every day


def act_days(store: Store, acts: pl.DataFrame | None, frame: Frame, node: ir.ActDay, through: pl.Expr) -> Span:
    """Day of the first of these acts, see ``Interpreter.act_day``. ``through``: the day to which they are complete."""
    if acts is None:
        return _first_acts(frame, node, through + 1, pl.lit(None, pl.Int64))
    latest = pl.min_horizontal("imposed", "lifted_by").min()
    position = frame.position(node.place)
    if node.place.entity == INSTITUTION:
        there = acts.group_by("inst").agg(latest.alias("latest"), pl.col("earliest").min())
        table = frame.table.select("inst").join(there, on="inst", how="left", maintain_order="left")
    else:
        ids = store.tables[node.place.entity].frame[":id"].gather(frame.table[position]).alias("subject")
        own = acts.group_by("inst", "subject").agg(latest.alias("latest"), pl.col("earliest").min())
        loose = acts.filter(pl.col("subject") == "").group_by("inst").agg(pl.col("earliest").min().alias("loose"))
        table = frame.table.select("inst").with_columns(ids)
        table = table.join(own, on=["inst", "subject"], how="left", maintain_order="left")
        table = table.join(loose, on="inst", how="left", maintain_order="left")
        table = table.with_columns(earliest=pl.min_horizontal("earliest", "loose"))
    names = {name: new_name() for name in ("earliest", "latest")}
    frame.add(table.select(pl.col(old).cast(pl.Int64).alias(new) for old, new in names.items()))
    return _first_acts(frame, node, pl.min_horizontal(names["earliest"], through + 1), pl.col(names["latest"]))


def _first_acts(frame: Frame, node: ir.ActDay, low: pl.Expr, high: pl.Expr) -> Span:
    low = pl.when(low <= BEFORE + 1).then(BEFORE).otherwise(low)
    position = frame.position(node.place)
    if node.place.entity != INSTITUTION and frame.table[position].null_count():
        present = pl.col(position).is_not_null()
        low, high = pl.when(present).then(low).otherwise(BEFORE), pl.when(present).then(high)
    return Span(End(low, _NEVER), End(high, _NEVER, nullable=True), signed=True, day=True)


def answered(
    store: Store, frame: Frame, question: str, place: Place, subject: str | None, column: str | None = None
) -> Truth:
    """The determination of a question about the rows at a place, about the institution or about texts of a column."""
    answers = store.answers.filter(pl.col("question") == question).select("inst", "subject", "answer")
    if not answers.height:
        return Truth(pl.lit(None, pl.Boolean))
    if column is not None:
        about: Any = frame.table[column].alias("subject")
    elif subject is not None:
        about = pl.lit(subject).alias("subject")
    else:
        ids = store.tables[place.entity].frame[":id"]
        position = frame.position(place)
        about = ids.gather(frame.table[position]).alias("subject")
    name = new_name()
    table = frame.table.select("inst").with_columns(about)
    found = table.join(answers, on=["inst", "subject"], how="left", maintain_order="left")["answer"]
    frame.add(found.alias(name).to_frame())
    return Truth(pl.col(name))


def given_values(store: Store, frame: Frame, node: ir.Elsewhere) -> Any:
    """What other sources give for a figure: of several entries the first that names no other row."""
    entries = []
    for inst, given in enumerate(store.given):
        for order, item in enumerate(given):
            value = given_value(item.value, node.unit) if item.name == node.name else None
            if value is not None:
                entries.append((inst, item.subject, order, value))
    if not entries:
        return unknown(node.unit)
    table = _table(entries, node.unit)
    position = frame.position(node.place)
    ids = store.tables[node.place.entity].frame[":id"].gather(frame.table[position]).alias("subject")
    wanted = frame.table.select("inst").with_columns(ids).with_row_index("at")
    general = wanted.select("at", "inst").join(table.filter(pl.col("subject") == "").drop("subject"), on="inst")
    own = wanted.join(table.filter(pl.col("subject") != ""), on=["inst", "subject"]).drop("subject")
    first = pl.concat([general, own.select(general.columns)]).sort("at", "order").unique("at", keep="first")
    first = first.drop("inst", "order")
    names = {name: new_name() for name in first.columns if name != "at"}
    found = wanted.select("at").join(first.rename(names), on="at", how="left", maintain_order="left").drop("at")
    frame.add(found)
    return _leaf(entries, names, node.unit)


def _table(entries: list[tuple[int, str, int, Any]], unit: str) -> pl.DataFrame:
    columns: dict[str, pl.Series] = {
        "inst": pl.Series([entry[0] for entry in entries], dtype=pl.UInt32),
        "subject": pl.Series([entry[1] for entry in entries], dtype=pl.String),
        "order": pl.Series([entry[2] for entry in entries], dtype=pl.Int64),
    }
    values = [entry[3] for entry in entries]
    if unit == TRUTH:
        columns["value"] = pl.Series([None if v.lo != v.hi else bool(v.lo) for v in values], dtype=pl.Boolean)
    elif isinstance(values[0], Code):
        columns["value"] = pl.Series([v.text for v in values], dtype=pl.String)
    else:
        scale = _scale(values)
        columns["lo"] = pl.Series([_int(v.lo, scale) for v in values], dtype=pl.Int128)
        columns["hi"] = pl.Series([_int(v.hi, scale) for v in values], dtype=pl.Int128)
    return pl.DataFrame(columns)


def _scale(values: list[Any]) -> int:
    return lcm(*(end.denominator for value in values for end in value if not isinstance(end, Infinity)), 1)


def _int(number: Any, scale: int) -> int | None:
    if isinstance(number, Infinity):
        return None if number == INF else BEFORE
    return int(number * scale)


def _leaf(entries: list[tuple[int, str, int, Any]], names: dict[str, str], unit: str) -> Any:
    if unit == TRUTH:
        return Truth(pl.col(names["value"]))
    if "value" in names:
        return Codes(pl.col(names["value"]))
    values = [entry[3] for entry in entries]
    scale = _scale(values)
    top = max((abs(int(end * scale)) for v in values for end in v if not isinstance(end, Infinity)), default=0)
    day = unit == DATE
    nothing = unknown(unit)
    low = pl.col(names["lo"])
    if not nothing.lo.nullable:
        low = low.fill_null(BEFORE if day else 0)
    lo = End(low, max(top, -BEFORE if day else 0), scale, nullable=nothing.lo.nullable)
    return Span(lo, End(pl.col(names["hi"]), top, scale, nullable=True), signed=nothing.signed, day=day)
