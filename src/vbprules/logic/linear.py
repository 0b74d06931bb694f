"""Linear inequalities over exact fractions, some of whose variables are whole: is there a solution, and which one.

Fourier and Motzkin's elimination. Where it says that there is none, there is none. A solution that it gives is checked;
where whole numbers defeat the plain choice of values it says ``Undecided`` rather than no.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import ceil, floor, gcd, lcm
from typing import Final, NamedTuple

from vbprules.logic.formulas import Below, Linear, Variable

_MOST: Final = 1_500  # inequalities at once


class Undecided(Exception):
    """The question is beyond this procedure: neither yes nor no is said."""


class _Bound(NamedTuple):
    value: Fraction
    strict: bool


def solution(constraints: Iterable[Below], bounds: Mapping[Variable, Fraction]) -> dict[Variable, Fraction] | None:
    """Values that satisfy every constraint, or None if there are none. ``bounds``: what a variable is at least.

    Raises Undecided where whole numbers or the size of the question defeat it.
    """
    rows = [_tightened(item) for item in constraints]
    used: set[Variable] = set()
    for row in rows:
        used |= set(row.linear.terms)
    for variable in used:
        if variable in bounds:
            rows.append(Below(Linear({variable: Fraction(-1)}, bounds[variable]), False))
    current, fixed = _solved(rows)
    if current is None:
        return None
    used -= {variable for variable, _ in fixed}
    eliminated: list[tuple[Variable, list[Below]]] = []
    while used:
        variable = _cheapest(used, current)
        used.discard(variable)
        mine = [row for row in current if variable in row.linear.terms]
        eliminated.append((variable, mine))
        joined = _distinct([*(r for r in current if variable not in r.linear.terms), *_combined(mine, variable)])
        if joined is None:
            return None
        if len(joined) > _MOST:
            raise Undecided
        current = joined
    values: dict[Variable, Fraction] = {}
    for variable, mine in reversed(eliminated):
        values[variable] = _chosen(variable, mine, values)
    for variable, value in reversed(fixed):
        values[variable] = value.at(values)
        if variable.whole and values[variable].denominator != 1:
            raise Undecided
    return values


def _solved(rows: list[Below]) -> tuple[list[Below] | None, list[tuple[Variable, Linear]]]:
    """The rows without the variables that equations give, and what they are. No rows: there is no solution."""
    fixed: list[tuple[Variable, Linear]] = []
    current = _distinct(rows)
    while current is not None:
        equation = _equation(current)
        if equation is None:
            break
        variable = next((v for v, f in equation.terms.items() if not v.whole or abs(f) == 1), None)
        variable = variable or next(iter(equation.terms))
        factor = equation.terms[variable]
        value = equation.times(-1 / factor).plus(Linear({variable: Fraction(1)}, Fraction(0)))
        fixed.append((variable, value))
        current = _distinct(_put(row, variable, value) for row in current)
    return current, fixed


def _equation(rows: list[Below]) -> Linear | None:
    """A linear expression that must be zero: two rows bound it from both sides."""
    known: dict[tuple[tuple[Variable, Fraction], ...], Below] = {}
    for row in rows:
        if not row.strict:
            known[tuple(sorted(row.linear.terms.items()))] = row
    for key, row in known.items():
        other = known.get(tuple((variable, -factor) for variable, factor in key))
        if other is not None and other.linear.constant == -row.linear.constant:
            return row.linear
    return None


def _put(row: Below, variable: Variable, value: Linear) -> Below:
    factor = row.linear.terms.get(variable)
    if factor is None:
        return row
    rest = Linear({v: f for v, f in row.linear.terms.items() if v != variable}, row.linear.constant)
    return _tightened(Below(rest.plus(value, factor), row.strict))


def satisfied(row: Below, values: Mapping[Variable, Fraction]) -> bool:
    """Whether an inequality holds for these values; every variable of it must be among them."""
    found = row.linear.at(values)
    return found < 0 or (found == 0 and not row.strict)


def _cheapest(used: set[Variable], rows: list[Below]) -> Variable:
    return min(used, key=lambda variable: (_cost(rows, variable), variable))


def _cost(rows: list[Below], variable: Variable) -> int:
    up = sum(1 for row in rows if row.linear.terms.get(variable, 0) > 0)
    down = sum(1 for row in rows if row.linear.terms.get(variable, 0) < 0)
    return up * down - up - down


def _combined(rows: list[Below], variable: Variable) -> Iterable[Below]:
    ups = [row for row in rows if row.linear.terms[variable] > 0]
    downs = [row for row in rows if row.linear.terms[variable] < 0]
    for up in ups:
        for down in downs:
            a, b = up.linear.terms[variable], -down.linear.terms[variable]
            joined = up.linear.times(1 / a).plus(down.linear.times(1 / b))
            yield _tightened(Below(joined, up.strict or down.strict))


def _tightened(row: Below) -> Below:
    """Over whole variables alone: whole factors without a common divisor, and the constant rounded up."""
    if not row.linear.terms or not all(variable.whole for variable in row.linear.terms):
        return row
    scale = lcm(*(factor.denominator for factor in row.linear.terms.values()))
    divisor = gcd(*(int(factor * scale) for factor in row.linear.terms.values()))
    linear = row.linear.times(Fraction(scale, divisor))
    constant = linear.constant
    rounded = Fraction(floor(constant) + 1) if row.strict else Fraction(ceil(constant))
    return Below(Linear(linear.terms, rounded), False)


def _distinct(rows: Iterable[Below]) -> list[Below] | None:
    """Without what is always so and, of two that differ in the constant alone, the weaker; None if one cannot be."""
    best: dict[tuple[tuple[Variable, Fraction], ...], Below] = {}
    for row in rows:
        if row.linear.fixed:
            if row.linear.constant > 0 or (row.strict and row.linear.constant == 0):
                return None
            continue
        key = tuple(sorted(row.linear.terms.items()))
        lead = abs(key[0][1])
        if lead != 1:
            row = Below(row.linear.times(1 / lead), row.strict)
            key = tuple((variable, factor / lead) for variable, factor in key)
        known = best.get(key)
        if known is None or _stronger(row, known):
            best[key] = row
    return list(best.values())


def _stronger(a: Below, b: Below) -> bool:
    return (a.linear.constant, a.strict) > (b.linear.constant, b.strict)


def _chosen(variable: Variable, rows: list[Below], values: Mapping[Variable, Fraction]) -> Fraction:
    """A plain value between the bounds that the others leave."""
    low: _Bound | None = None
    high: _Bound | None = None
    for row in rows:
        factor = row.linear.terms[variable]
        rest = row.linear.at(values)  # the variable itself has no value yet
        bound = _Bound(-rest / factor, row.strict)
        if factor > 0 and (high is None or (bound.value, not bound.strict) < (high.value, not high.strict)):
            high = bound
        if factor < 0 and (low is None or (bound.value, bound.strict) > (low.value, low.strict)):
            low = bound
    return _between(low, high, variable.whole)


def _between(low: _Bound | None, high: _Bound | None, whole: bool) -> Fraction:
    if low is None and high is None:
        return Fraction(0)
    if low is None:
        assert high is not None
        return Fraction(floor(high.value) - 1 if high.strict else floor(high.value))
    first = floor(low.value) + 1 if low.strict else ceil(low.value)
    if high is None or first < high.value or (first == high.value and not high.strict):
        return Fraction(first)
    if whole:
        raise Undecided
    if not low.strict:
        return low.value
    if not high.strict:
        return high.value
    for places in range(7):
        found = Fraction(floor(low.value * 10**places) + 1, 10**places)
        if found < high.value:
            return found
    return (low.value + high.value) / 2
