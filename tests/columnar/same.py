"""Whether columns say of every norm and row what the interpreter says, under every reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import polars as pl

from vbprules.calendar import work_calendar
from vbprules.columnar.evaluate import Columns
from vbprules.columnar.frames import values_of
from vbprules.columnar.judge import ColumnJudge, JudgedRows
from vbprules.columnar.leaves import Truth
from vbprules.columnar.plain import reader
from vbprules.columnar.reasons import ColumnReasons
from vbprules.columnar.store import store_of
from vbprules.decision.assemble import Assembler
from vbprules.decision.lines import STYLES, line_of
from vbprules.engine.case import Case
from vbprules.engine.outcomes import Judge, Judged, State
from vbprules.facts.rows import Dossier
from vbprules.program.ir import Norm, Program
from vbprules.values.forks import under
from vbprules.values.ranges import FALSE, TRUE


def differences(program: Program, dossiers: Sequence[Dossier], as_of: int, fixed: Mapping[str, str] = {}) -> list[str]:
    """What differs, one line each; institutions of which the interpreter refuses the facts must be suspect."""
    calendar = work_calendar(as_of=as_of)
    return differences_of([Case(program, dossier, as_of, calendar, fixed) for dossier in dossiers])


def differences_of(cases: Sequence[Case]) -> list[str]:
    """The same of cases of one program on one day."""
    program, as_of, calendar, fixed = cases[0].program, cases[0].as_of, cases[0].calendar, cases[0].fixed
    store = store_of(cases)
    judge = ColumnJudge(Columns(program, store, as_of, calendar, fixed))
    rows = {norm.id: judge.judge(norm) for norm in program.norms}
    tables = {key: _values(found) for key, found in rows.items()}
    reasons = ColumnReasons(judge.columns)
    lines = {key: [found.frame.here(line) for line in reasons.of(found)] for key, found in rows.items()}
    found: list[str] = []
    for inst, case in enumerate(cases):
        interpreter = Judge(case)
        assembler = Assembler(interpreter)
        numbers: dict[str, dict[str, int]] = {}
        for norm in program.norms:
            if norm.entity not in numbers:
                frame = store.tables[norm.entity].frame.with_row_index("n").filter(pl.col("inst") == inst)
                numbers[norm.entity] = {
                    key: n for key, n, listed in zip(frame[":id"], frame["n"], frame[":listed"], strict=True) if listed
                }
            listed = list(case.rows(norm.entity))
            if [row.id for row in listed] != list(numbers[norm.entity]):
                found.append(f"{norm.entity}: {[r.id for r in listed]} {list(numbers[norm.entity])}")
                continue
            for row in listed:
                judged = interpreter.judge(norm, row)
                at = numbers[norm.entity][row.id]
                there = tables[norm.id][at]
                where = f"#{inst} {norm.id}@{row.id}"
                if judged.gate == FALSE:
                    if there[":outside"] != TRUE:
                        found.append(f"{where}: outside {judged.gate}")
                    continue
                if there[":outside"] != FALSE:
                    found.append(f"{where}: not outside")
                for assignment in assignments(program, norm, fixed):
                    _compare(found, f"{where} {assignment}", judged, there, assignment)
                told = assembler.outcome(judged).reasons
                for lang, line in zip(STYLES, lines[norm.id], strict=True):
                    if line[at] != line_of(told, lang):
                        found.append(f"{where} reasons: {line_of(told, lang)} but columns {line[at]}")
        if interpreter.interpreter.faults and not columns_suspect(judge, inst):
            found.append(f"#{inst}: not suspect")
    return found


def columns_suspect(judge: ColumnJudge, inst: int) -> bool:
    return bool(judge.columns.suspect[inst])


def assignments(program: Program, norm: Norm, fixed: Mapping[str, str]) -> list[dict[str, str]]:
    nodes = [norm.gate, norm.when, *norm.values.values(), *norm.tests.values(), *([norm.done] if norm.done else [])]
    names = sorted({name for node in nodes for name in node.readings} - set(fixed))
    options = [sorted(program.policy.readings[name].options) for name in names]
    return [dict(zip(names, chosen, strict=True)) for chosen in product(*options)]


def _values(judged: JudgedRows) -> list[dict[str, Any]]:
    """Everything that is said of each row of a norm, as the interpreter's own values."""
    named = {"gate": judged.gate, "trigger": judged.trigger, "state": judged.state}
    named |= {f"test {name}": value for name, value in judged.tests.items()}
    named |= {f"attribute {name}": value for name, value in judged.attributes.items()}
    named[":outside"] = Truth(judged.outside, nullable=False)
    columns: list[pl.Expr] = []
    readers = {name: reader(value, columns) for name, value in named.items()}
    names = {f"v{number}": column for number, column in enumerate(columns)}
    cells = [column.to_list() for column in values_of(judged.frame.table, names).get_columns()]
    told = {name: read(cells) for name, read in readers.items()}
    return [{name: one.values[one.numbers[row]] for name, one in told.items()} for row in range(judged.frame.height)]


def _compare(found: list[str], where: str, judged: Judged, there: Mapping[str, Any], chosen: dict[str, str]) -> None:
    pairs = [(name, getattr(judged, name), there[name]) for name in ("gate", "trigger", "state")]
    if under(judged.gate, chosen) != FALSE and under(judged.trigger, chosen) != FALSE:
        pairs += [(name, value, there[f"test {name}"]) for name, value in judged.tests.items()]
        for name, value in judged.attributes.items():
            if f"attribute {name}" in there:
                pairs.append((name, value, there[f"attribute {name}"]))
    for name, expected, column in pairs:
        wanted, got = plain(under(expected, chosen)), under(column, chosen)
        if wanted is not None and wanted != got:
            found.append(f"{where} {name}: {wanted} but columns {got}")


def plain(value: Any) -> Any:
    return State(value.code, value.settled) if isinstance(value, State) else value
