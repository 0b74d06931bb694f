"""Whether columns say of every norm and row what the interpreter says, under every reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import polars as pl

from vbprules.calendar import work_calendar
from vbprules.columnar.ends import BEFORE, End
from vbprules.columnar.evaluate import Columns
from vbprules.columnar.judge import ColumnJudge, JudgedRows, States
from vbprules.columnar.leaves import Bound, Codes, Span, Truth
from vbprules.columnar.store import store_of
from vbprules.engine.case import Case
from vbprules.engine.interpret import Figured
from vbprules.engine.outcomes import Judge, State
from vbprules.facts.rows import Code, Dossier
from vbprules.program.ir import Program
from vbprules.values.forks import Fork, under
from vbprules.values.ranges import FALSE, INF, NEG, Range
from fractions import Fraction


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
    tables = {key: _table(found) for key, found in rows.items()}
    found: list[str] = []
    for inst, case in enumerate(cases):
        interpreter = Judge(case)
        numbers: dict[str, dict[str, int]] = {}
        for norm in program.norms:
            if norm.entity not in numbers:
                frame = store.tables[norm.entity].frame.with_row_index("n").filter(pl.col("inst") == inst)
                numbers[norm.entity] = {
                    key: n for key, n, listed in zip(frame[":id"], frame["n"], frame[":listed"], strict=True) if listed
                }
            listed = list(case.rows(norm.entity))
            if [row.id for row in listed] != [key for key in numbers[norm.entity]]:
                found.append(f"{norm.entity}: {[r.id for r in listed]} {list(numbers[norm.entity])}")
                continue
            for row in listed:
                judged = interpreter.judge(norm, row)
                at = numbers[norm.entity][row.id]
                there = tables[norm.id]
                where = f"#{inst} {norm.id}@{row.id}"
                if judged.gate == FALSE:
                    if not there[":outside"][at]:
                        found.append(f"{where}: outside {judged.gate}")
                    continue
                if there[":outside"][at]:
                    found.append(f"{where}: not outside")
                for assignment in assignments(program, norm, fixed):
                    _compare(found, f"{where} {assignment}", judged, rows[norm.id], there, at, assignment)
        if interpreter.interpreter.faults and not columns_suspect(judge, inst):
            found.append(f"#{inst}: not suspect")
    return found


def columns_suspect(judge: ColumnJudge, inst: int) -> bool:
    return bool(judge.columns.suspect[inst])


def assignments(program: Program, norm: Any, fixed: Mapping[str, str]) -> list[dict[str, str]]:
    nodes = [norm.gate, norm.when, *norm.values.values(), *norm.tests.values(), *([norm.done] if norm.done else [])]
    names = sorted({name for node in nodes for name in node.readings} - set(fixed))
    options = [sorted(program.policy.readings[name].options) for name in names]
    return [dict(zip(names, chosen, strict=True)) for chosen in product(*options)]


def _table(judged: JudgedRows) -> dict[str, Any]:
    table = judged.frame.table.with_columns(judged.outside.alias(":outside"))
    return {name: table[name].to_list() for name in table.columns} | {"table": table}


def _compare(
    found: list[str], where: str, judged: Any, rows: JudgedRows, there: dict[str, Any], at: int, chosen: dict[str, str]
) -> None:
    pairs = [("gate", judged.gate, rows.gate), ("trigger", judged.trigger, rows.trigger)]
    applies = under(judged.gate, chosen) != FALSE and under(judged.trigger, chosen) != FALSE
    pairs.append(("state", judged.state, rows.state))
    if applies:
        pairs += [(name, judged.tests[name], rows.tests[name]) for name in judged.tests]
        for name in rows.attributes:
            if name in judged.attributes:
                pairs.append((name, judged.attributes[name], rows.attributes[name]))
    for name, expected, column in pairs:
        wanted = under(expected, chosen)
        got = plain(under(column, chosen), there, at)
        if wanted is None or type(wanted) is Fork:
            if type(wanted) is Fork:
                found.append(f"{where} {name}: fork")
            continue
        if got != canonical(wanted):
            found.append(f"{where} {name}: {canonical(wanted)} but columns {got}")


def canonical(value: Any) -> Any:
    if isinstance(value, State):
        return value.code, value.settled
    if isinstance(value, Code):
        return value.text
    if isinstance(value, Figured):
        return value.bound, canonical(value.value), value.legal
    return (value.lo, value.hi)


def plain(leaf: Any, there: dict[str, Any], at: int) -> Any:
    def cell(expr: pl.Expr) -> Any:
        name = expr.meta.output_name() if expr.meta.is_column() else None
        if name is not None:
            return there[name][at]
        return there["table"].slice(at, 1).with_columns(expr.alias(":x"))[":x"][0]

    def end(item: End, low: bool, day: bool) -> Any:
        number = cell(item.number)
        if number is None:
            return NEG if low else INF
        if day and number <= BEFORE:
            return NEG
        if day and number >= -BEFORE:
            return INF
        return Fraction(number, item.scale if item.over is None else cell(item.over))

    if isinstance(leaf, States):
        return cell(leaf.code), cell(leaf.settled)
    if isinstance(leaf, Truth):
        truth = cell(leaf.expr)
        return (0, 1) if truth is None else (int(truth), int(truth))
    if isinstance(leaf, Codes):
        return cell(leaf.expr)
    if isinstance(leaf, Bound):
        return leaf.bound, plain(leaf.value, there, at), cell(leaf.legal)
    assert isinstance(leaf, Span)
    return (end(leaf.lo, True, leaf.day), end(leaf.hi, False, leaf.day))
