"""``python -m benchmarks one-decision``: the four rules on one record at a time, each with what explains the answer."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, NamedTuple

from benchmarks.clock import CPU_TIME, Figure, Timer, calls, interleaved
from benchmarks.four_rules.work import Answer, Row, right, rows
from vbprules import catalog, evaluate, read_dossier

_POLICY: Final = Path(__file__).parent / "four_rules" / "four_rules.yaml"
_FIELDS: Final = ("region_quantity", "region_use_last_year", "winners", "passed_makers")  # see ``four_rules.ours``
_DAY: Final = "2020-06-30"


class Way(NamedTuple):
    """One way to decide a record. ``answers``: its four answers, taken from what it returned."""

    name: str
    decide: Callable[[Row], Any]
    answers: Callable[[Any], Sequence[bool | None]]


def main(arguments: Sequence[str]) -> int:
    """Measure and print. 0, whatever was found."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks one-decision", description=__doc__)
    parser.add_argument("--records", type=int, default=200, help="records a round (default 200)")
    parser.add_argument("--repeats", type=int, default=7, help="rounds (default 7)")
    given = parser.parse_args(arguments)
    records = [Row(*(None if figure is None else abs(figure) for figure in row)) for row in rows(max(given.records, 1))]
    ways, missing = _found()
    timers: list[Timer] = [calls(way.name, lambda way=way: [way.decide(row) for row in records]) for way in ways]
    figures = interleaved(timers, max(given.repeats, 1))
    print("\n".join(_table(ways, figures, records)))
    if missing:
        print(f"\n未安装 not installed: {', '.join(missing)}")
    return 0


def _table(ways: Sequence[Way], figures: Mapping[str, Figure], records: Sequence[Row]) -> list[str]:
    base = figures[ways[0].name].middle
    clock = "处理器时间 processor time" if CPU_TIME else "时钟时间 wall clock"
    lines = [
        "# 一次一份，附理由 / One explained decision",
        "",
        f"{len(records)} 份记录；{clock}，中位数。“倍”是别的用时除以本库的。 *Times*: their time by ours.",
        "",
        "| 谁 who | 每秒 per second | 倍 times | 答错的记录 records with a wrong answer |",
        "|---|--:|--:|--:|",
    ]
    for way in ways:
        seconds = figures[way.name].middle
        wrong = sum(tuple(way.answers(way.decide(row))) != tuple(right(row)) for row in records)
        lines.append(f"| {way.name} | {len(records) / seconds:,.0f} | {seconds / base:.2f} | {wrong} |")
    return lines


def _found() -> tuple[list[Way], list[str]]:
    """The ways that can be measured, ours first, and the modules that are not installed."""
    ways, missing = [ours()], []
    for make in (_zen, _openfisca):
        try:
            ways.append(make())
        except ImportError as error:
            missing.append(error.name or str(error))
    return ways, missing


def ours() -> Way:
    """This library: a dossier read and decided, with its reasons."""
    program = catalog.load(_POLICY)

    def decide(row: Row) -> Any:
        cells = {name: str(figure) for name, figure in zip(_FIELDS, row, strict=True) if figure is not None}
        facts = read_dossier({"institution": {"id": "A"}, "drugs": [{"id": "a", **cells}]})
        return evaluate(program, facts, _DAY, check=False)

    def answers(decision: Any) -> list[bool | None]:
        found = {one.provision: {"yes": True, "no": False}.get(one.triggered.value) for one in decision.outcomes}
        return [found[name] for name in Answer._fields]

    return Way("vbprules：结论、理由、条款、待答问题 outcomes, reasons, clauses, questions", decide, answers)


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
    return Way(
        f"ZEN {version('zen-engine')}，附踪迹 with trace", lambda r: decision.evaluate(r._asdict(), traced), answers
    )


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

    return Way(f"OpenFisca {version('openfisca-core')}，附踪迹 with trace", decide, lambda found: found[0])
