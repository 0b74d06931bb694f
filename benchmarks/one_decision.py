"""``python -m benchmarks one-decision``: the four rules on records, each decision with what explains it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, NamedTuple

import polars as pl

from benchmarks.clock import CPU_TIME, Figure, Timer, calls, interleaved
from benchmarks.four_rules.work import Answer, Row, right, rows
from vbprules import catalog, evaluate, evaluate_tables, read_dossier

_POLICY: Final = Path(__file__).parent / "four_rules" / "four_rules.yaml"
_FIELDS: Final = ("region_quantity", "region_use_last_year", "winners", "passed_makers")  # see ``four_rules.ours``
_DAY: Final = "2020-06-30"
_TRUTHS: Final = {"yes": True, "no": False, "open": None}


class Way(NamedTuple):
    """One way to decide records. ``answers``: the four answers of each, taken from what it returned."""

    name: str
    decide: Callable[[Sequence[Row]], Any]
    answers: Callable[[Any], list[Sequence[bool | None]]]
    many: bool = False  # it takes many at once


def main(arguments: Sequence[str]) -> int:
    """Measure and print. 0, whatever was found."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks one-decision", description=__doc__)
    parser.add_argument("--records", type=int, default=200, help="records a round, one at a time (default 200)")
    parser.add_argument("--many", type=int, default=100_000, help="records a round, many at once (default 100000)")
    parser.add_argument("--repeats", type=int, default=7, help="rounds (default 7)")
    given = parser.parse_args(arguments)
    few, many = _records(given.records), _records(given.many)
    ways, missing = _found()
    timers: list[Timer] = [calls(way.name, partial(way.decide, many if way.many else few)) for way in ways]
    figures = interleaved(timers, max(given.repeats, 1))
    print("\n".join(_table([(way, many if way.many else few) for way in ways], figures)))
    if missing:
        print(f"\n未安装 not installed: {', '.join(missing)}")
    return 0


def _records(count: int) -> list[Row]:
    return [Row(*(None if figure is None else abs(figure) for figure in row)) for row in rows(max(count, 1))]


def _table(ways: Sequence[tuple[Way, Sequence[Row]]], figures: Mapping[str, Figure]) -> list[str]:
    seconds = {way.name: figures[way.name].middle / len(records) for way, records in ways}
    (single, _), (bulk, _), *_ = ways
    clock = "处理器时间 processor time" if CPU_TIME else "时钟时间 wall clock"
    lines = [
        "# 结论附理由 / Explained decisions",
        "",
        f"{clock}，中位数。“倍”是每份用时除以本库的：一次一份，或许多份一起。",
        "*Times*: their time a record by ours, one at a time, or many at once.",
        "",
        "| 谁 who | 份 records | 每秒 per second | 倍：一次一份 times, one | 倍：许多份 times, many | 答错的 wrong |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for way, records in ways:
        each = seconds[way.name]
        answers = way.answers(way.decide(records))
        wrong = sum(tuple(found) != right(row) for found, row in zip(answers, records, strict=True))
        times = " | ".join(f"{each / seconds[ours.name]:.2f}" for ours in (single, bulk))
        lines.append(f"| {way.name} | {len(records):,} | {1 / each:,.0f} | {times} | {wrong} |")
    return lines


def _found() -> tuple[list[Way], list[str]]:
    """The ways that can be measured, ours first, and the modules that are not installed."""
    ways, missing = [ours(), ours_at_once()], []
    for make in (_zen, _openfisca):
        try:
            ways.append(make())
        except ImportError as error:
            missing.append(error.name or str(error))
    return ways, missing


def _one_by_one(decide: Callable[[Row], Any]) -> Callable[[Sequence[Row]], list[Any]]:
    return lambda records: [decide(record) for record in records]


def ours() -> Way:
    """This library: a dossier read and decided, with its reasons."""
    program = catalog.load(_POLICY)

    def decide(row: Row) -> Any:
        cells = {name: str(figure) for name, figure in zip(_FIELDS, row, strict=True) if figure is not None}
        facts = read_dossier({"institution": {"id": "A"}, "drugs": [{"id": "a", **cells}]})
        return evaluate(program, facts, _DAY, check=False)

    def answers(decision: Any) -> list[bool | None]:
        found = {one.provision: _TRUTHS[one.triggered.value] for one in decision.outcomes}
        return [found[name] for name in Answer._fields]

    name = "vbprules，一次一份：结论、理由、条款、待答问题 outcomes, reasons, clauses, questions"
    return Way(name, _one_by_one(decide), lambda found: [answers(decision) for decision in found])


def ours_at_once() -> Way:
    """This library: as many institutions as records, with the reasons of every outcome in two languages."""
    program = catalog.load(_POLICY)

    def decide(records: Sequence[Row]) -> pl.DataFrame:
        cells = pl.DataFrame(records, schema=dict.fromkeys(_FIELDS, pl.Int64), orient="row")
        names = pl.int_range(pl.len()).cast(pl.String).alias("institution")
        tables = {"drugs": cells.select(names, pl.lit("a").alias("id"), *_FIELDS)}
        return evaluate_tables(program, tables, _DAY, reasons=True, questions=0).outcomes

    def answers(outcomes: pl.DataFrame) -> list[Sequence[bool | None]]:
        assert outcomes["reasons_zh"].str.len_chars().min() and outcomes["reasons_en"].str.len_chars().min()
        found = outcomes.pivot("provision", index="institution", values="triggered").sort(
            pl.col("institution").cast(int)
        )
        return [tuple(_TRUTHS[text] for text in row) for row in found.select(Answer._fields).iter_rows()]

    return Way("vbprules，许多份一起：结论、理由、条款 outcomes, reasons, clauses", decide, answers, many=True)


def _zen() -> Way:
    import zen

    def guarded(key: str, facts: Sequence[str], test: str) -> dict[str, str]:
        there = " and ".join([*(f"{fact} != null" for fact in facts), *(["agreed != 0"] if "agreed" in facts else [])])
        return {"id": key, "key": key, "value": f"{there} ? {test} : null"}

    both = ("agreed", "purchased")
    expressions = [
        guarded("warn", both, "purchased * 100 < agreed * 80"),
        guarded("suspend", both, "purchased * 100 < agreed * 70"),
        guarded("overdue", ("overdue_days",), "overdue_days > 0"),
        guarded("overdue_long", ("overdue_working_days",), "overdue_working_days > 10"),
    ]
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in"},
        {"id": "rules", "type": "expressionNode", "name": "rules", "content": {"expressions": expressions}},
        {"id": "out", "type": "outputNode", "name": "out"},
    ]
    edges = [
        {"id": f"{one}-{other}", "sourceId": one, "targetId": other, "type": "edge"}
        for one, other in (("in", "rules"), ("rules", "out"))
    ]
    decision = zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))

    def answers(found: Any) -> list[bool | None]:
        return [found["result"].get(name) for name in Answer._fields]

    traced = {"trace": True}
    name = f"ZEN {version('zen-engine')}，附踪迹 with trace"
    decide = _one_by_one(lambda row: decision.evaluate(row._asdict(), traced))
    return Way(name, decide, lambda found: [answers(one) for one in found])


def _openfisca() -> Way:
    from openfisca_core.simulations import SimulationBuilder

    from benchmarks.four_rules.openfisca_variables import YEAR, answers_of, system

    built = system()

    def decide(row: Row) -> Any:
        given = {name: {YEAR: figure or 0} for name, figure in row._asdict().items()}
        given |= {f"{name}_known": {YEAR: figure is not None} for name, figure in row._asdict().items()}
        simulation = SimulationBuilder().build_from_entities(built, {"agreements": {"one": given}})
        simulation.trace = True
        return [answers_of(simulation), simulation.tracer]

    name = f"OpenFisca {version('openfisca-core')}，附踪迹 with trace"
    return Way(name, _one_by_one(decide), lambda found: [one for one, _ in found])
