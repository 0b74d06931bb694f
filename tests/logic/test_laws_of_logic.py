"""Laws: whatever a record shows is possible, and what is shown by a witness is so when it is evaluated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from itertools import product

import inline
import pytest
from asked import decided
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples
from strategies import settings_of

from vbprules.catalog import load
from vbprules.engine.outcomes import Judge
from vbprules.facts.dossier import read_dossier
from vbprules.facts.rows import Code, Row
from vbprules.law import build_case
from vbprules.logic.formulas import (
    Among,
    Below,
    Flag,
    Formula,
    Linear,
    Variable,
    both,
    either,
    number,
    of,
    same,
    variables,
)
from vbprules.logic.linear import Undecided, solution
from vbprules.logic.proof import Proof
from vbprules.logic.readings import roots
from vbprules.logic.report import logic_findings
from vbprules.logic.search import OTHER
from vbprules.values.figures import CODE, DATE, TEXT, TRUTH, parse_date
from vbprules.values.ranges import FALSE, TRUE, Infinity, Range


@examples(60)
@given(settings_of(), st.randoms(use_true_random=False))
def test_what_a_record_shows_is_possible(setting, random) -> None:
    """All that is settled on one row of a complete record can be so at once: no proof of the opposite is wrong."""
    policy, world, as_of = setting
    program = policy.program()
    readings = {name: random.choice(sorted(item.options)) for name, item in program.policy.readings.items()}
    day = parse_date(as_of)
    assert day is not None
    judge = Judge(build_case(program, read_dossier(world), day, readings))
    for entity in {entity for entity, _ in roots(program)}:
        for row in judge.case.rows(entity):
            proof = Proof(program, readings, entity)
            shown: list[Formula] = []
            for per, node in roots(program):
                if per != entity or node.unit in (CODE, TEXT):
                    continue
                value = judge.interpreter.value(node, (row,))
                if node.unit == TRUTH and value in (TRUE, FALSE):
                    shown.append(proof.truth(node, value == TRUE))
                elif (
                    isinstance(value, Range)
                    and value.exact
                    and node.unit != TRUTH
                    and not isinstance(value.lo, Infinity)
                ):
                    shown.append(_is(proof, node, Fraction(value.lo)))
            facts = list(_recorded(row, variables(shown), proof.conditions.choices))
            for formula in shown:
                assert not proof.impossible(formula, *facts)
            assert not proof.impossible(*shown, *facts)


_DAYS = (
    *(
        f"{{count: {n} {unit}, {way}: accepted_on}}"
        for unit in ("days", "working days", "months", "years")
        for n in (1, 5, 10)
        for way in ("after", "before")
    ),
    *(
        f"{{{edge}: {which}{unit}, of: accepted_on}}"
        for edge in ("start_of", "end_of")
        for which in ("previous ", "", "next ")
        for unit in ("month", "quarter", "year")
    ),
    "{day: 25, of: month, at: accepted_on}",
    "{day_after: accepted_on}",
    "{day_before: {day_after: {day_after: accepted_on}}}",
)


@pytest.mark.parametrize("first", ["next_day", "same_day"])
@examples(40)
@given(st.dates(date(2020, 1, 20), date(2024, 12, 1)))
def test_days_lie_where_the_calendar_puts_them(first: str, accepted: date) -> None:
    """Of every way to count: the day that the calendar gives is one that the proof allows, and a late one is not."""
    lines = "".join(f"  q{n}: {{label: 甲, per: receipt, is: {operation}}}\n" for n, operation in enumerate(_DAYS))
    program = inline.policy(f"quantities:\n{lines}", conventions=f"{{first_day: {first}}}")
    facts = {"receipts": {"complete": "yes", "entries": [{"accepted_on": accepted.isoformat()}]}}
    case = inline.case_of(program, facts, "2026-01-01")
    row = inline.row_of(case, "receipt")
    proof = Proof(program, {}, "receipt")
    day = same(of(Variable("fact", ("receipt",), "accepted_on", DATE)), number(accepted.toordinal()))
    for n, operation in enumerate(_DAYS):
        node = program.definitions[f"receipt.q{n}"].body
        value = Judge(case).interpreter.value(node, (row,))
        assert value.exact, operation
        assert not proof.impossible(day, _is(proof, node, Fraction(value.lo))), operation
        assert proof.impossible(day, _is(proof, node, Fraction(accepted.toordinal() + 5_000))), operation


def _recorded(row: Row, used: set[Variable], choices: Mapping[Variable, frozenset[str]]) -> Iterator[Formula]:
    """What the record says of the facts and periods that a formula asks for; a code in no list is any other."""
    for variable in used:
        at = row.follow(variable.row[1:]) if variable.row[:1] == (row.entity,) else None
        if at is None:
            continue
        if variable.what == "period" and at.span is not None:
            cell = at.span[variable.name == "end"]
        elif variable.what == "fact":
            cell = at.cells.get(variable.name)
        else:
            continue
        if isinstance(cell, Range) and cell.exact and not isinstance(cell.lo, Infinity):
            yield Flag(variable, cell == TRUE) if not variable.unit else same(of(variable), number(Fraction(cell.lo)))
        elif isinstance(cell, Code) and cell.text is not None:
            code = cell.text if cell.text in choices.get(variable, ()) else OTHER
            yield Among(variable, frozenset({code}), True)


def _is(proof: Proof, node, value: Fraction) -> Formula:
    found = []
    for guard, linear, over in proof.conditions.pieces(node, (proof.row,)):
        found.append(both(guard, same(linear, number(value) if over is None else over.times(value))))
    return either(*found)


_X, _Y = Variable("fact", ("x",), "x", ""), Variable("fact", ("y",), "y", "")
_DX, _DY = Variable("fact", ("x",), "x", DATE), Variable("fact", ("y",), "y", DATE)


@st.composite
def inequalities(draw: st.DrawFn, pair: tuple[Variable, Variable]) -> list[Below]:
    found = []
    for _ in range(draw(st.integers(1, 5))):
        terms = {v: Fraction(f) for v in pair if (f := draw(st.integers(-3, 3)))}
        found.append(Below(Linear(terms, Fraction(draw(st.integers(-6, 6)))), draw(st.booleans())))
    return found


def _holds(row: Below, values: dict[Variable, Fraction]) -> bool:
    found = row.linear.at(values)
    return found < 0 if row.strict else found <= 0


@pytest.mark.parametrize("pair", [(_X, _Y), (_DX, _DY)])
@given(st.data())
def test_solutions_solve_and_no_solution_means_none(pair: tuple[Variable, Variable], data: st.DataObject) -> None:
    """Against every point of a grid: quarters between 0 and 8, or whole numbers."""
    rows = data.draw(inequalities(pair))
    floors = {variable: Fraction(0) for variable in pair}
    try:
        found = solution(rows, floors)
    except Undecided:
        return
    if found is not None:
        assert all(_holds(row, found) for row in rows)
        assert all(value >= 0 for value in found.values())
        assert all(value.denominator == 1 for variable, value in found.items() if variable.whole)
        return
    parts = 1 if pair[0].whole else 4
    grid = [Fraction(n, parts) for n in range(8 * parts + 1)]
    assert not any(all(_holds(row, {pair[0]: x, pair[1]: y}) for row in rows) for x, y in product(grid, grid))


@examples(25)
@given(settings_of(most=4))
def test_every_witness_is_a_record_that_can_be_decided(setting) -> None:
    policy, _, _ = setting
    program = policy.program()
    for item in logic_findings(program):
        if item.witness is not None:
            assert decided(program, item).outcomes is not None


@pytest.mark.parametrize(
    "name",
    [
        "nhsa_2019_18",
        "state_council_2021_2",
        "guizhou_2019",
        "hechuan_2025",
        "chongqing_2019",
        "xian_2019",
        "yunnan_2020",
    ],
)
def test_what_is_said_of_shipped_policies(name: str) -> None:
    """One jump that the rule of 2019 is known for, and nothing else."""
    expected = {"nhsa_2019_18": [("jump", "at_once", "in_steps")]}
    found = list(logic_findings(load(name)))
    assert [(item.name, item.args["first"], item.args["second"]) for item in found] == expected.get(name, [])
    assert all(item.witness is not None for item in found)


def test_a_code_that_is_in_no_list_is_any_other() -> None:
    """By determination it may be one of an open list, and the proof does not deny it."""
    program = inline.policy(
        """
lists: {grounds: {open: [g1], cite: C, labels: {g1: 甲}}}
provisions:
  p: {prohibition: 一, cite: C, by: institution, for_each: conduct, forbids: {ground: {in: grounds}}}
"""
    )
    conducts = {"complete": "yes", "entries": [{"id": "c", "ground": "g2", "day": "2019-12-30"}]}
    listed = [{"question": "grounds", "subject": "g2", "answer": "yes", "by": "市", "day": "2019-12-30"}]
    case = inline.case_of(program, {"conducts": conducts, "determinations": listed}, "2020-02-15")
    norm, row = program.norms[0], inline.row_of(case, "conduct")
    assert Judge(case).judge(norm, row).state.code == "breached"
    proof = Proof(program, {}, "conduct")
    breach = proof.truth(norm.tests["breached"])
    facts = list(_recorded(row, variables([breach]), proof.conditions.choices))
    assert Among(Variable("fact", ("conduct",), "ground", CODE), frozenset({OTHER}), True) in facts
    assert not proof.impossible(breach, *facts)
