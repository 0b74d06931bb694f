"""What any small record must satisfy to be one that can be written down: days, whole periods, years."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Final

from vbprules.calendar import Period, Unit
from vbprules.language.vocabulary import BY_NAME, MONTH, QUARTER, TARGET, YEAR, is_dated
from vbprules.logic.formulas import NO, Formula, Linear, RowId, Variable, both, either, less, number, of, same
from vbprules.logic.values import AS_OF
from vbprules.logic.world import entity_of
from vbprules.program import ir
from vbprules.program.ir import Program
from vbprules.values.figures import DATE, MONEY, NUMBER, UNITS
from vbprules.values.ranges import Infinity

_BEFORE: Final = 1_100  # days before the document to which a witness may reach back
_AFTER: Final = 6_000
_PLAIN: Final = {MONEY: 1_000, UNITS: 100}  # what amounts are at least in a plain setting
_LATER: Final = 40
_SOON: Final = 9
_UNITS: Final[dict[str, Unit]] = {QUARTER: "quarter", YEAR: "year", MONTH: "month"}


def first_day(program: Program) -> int:
    """The day about which witnesses are set: when the document begins, or was issued, or else a plain day."""
    for node in (program.start,):
        for part in ir.walk(node) if node is not None else ():
            if isinstance(part, ir.Const) and not isinstance(part.value.lo, Infinity):
                return int(part.value.lo)
    if program.issued is not None:
        return program.issued
    return date(2020, 1, 1).toordinal()


def scenes(program: Program) -> Iterator[Mapping[Variable, Fraction]]:
    """Plain settings to try first: the first whole quarter or year of the document, seen some time after its end."""
    start = first_day(program)
    for unit in _UNITS.values():
        period = Period.containing(unit, start)
        period = period if period.start == start else period.next()
        found = {AS_OF: Fraction(period.end + _LATER)}
        for entity in (*_UNITS, TARGET):
            if entity == TARGET or _UNITS[entity] == unit:
                found[Variable("period", (entity,), "start", DATE)] = Fraction(period.start)
                found[Variable("period", (entity,), "end", DATE)] = Fraction(period.end)
        for entity in ("purchase", "use"):
            found[Variable("fact", (entity,), "day", DATE)] = Fraction(period.start + _SOON)
        if unit == "year":
            found[Variable("fact", (YEAR,), "year_number", NUMBER)] = Fraction(p_year(period))
        yield found


def setting(program: Program, used: Iterable[Variable], origin: RowId, given: Mapping[Variable, Fraction]) -> Formula:
    """Days near the document's, the as-of date after it; the periods of rows are months, quarters or years."""
    start = first_day(program)
    known = {*used, AS_OF} - set(given)
    parts: list[Formula] = []
    for variable in known:
        if variable.unit == DATE:
            low = start if variable == AS_OF else start - _BEFORE
            parts += [_at_least(of(variable), low), less(of(variable), number(start + _AFTER), False)]
        entity = variable.row[-1] if variable.row else ""
        if given and variable.what == "fact" and variable.unit in _PLAIN:
            parts.append(_at_least(of(variable), _PLAIN[variable.unit]))
        if variable.what == "fact" and entity and is_dated(entity) and variable.name == BY_NAME[entity].day:
            parts.append(less(of(variable), _as_of(given), False))
    rows = {variable.row for variable in known if variable.what == "period"}
    if entity_of(origin) in (*_UNITS, TARGET):
        rows.add(origin)
    rows |= {(TARGET,)} if rows else set()
    rows = {row for row in rows if Variable("period", row, "end", DATE) not in given}
    if rows:
        parts.append(either(*(_period_of(rows, period) for period in _periods(start, _kind(rows)))))
    numbered = [v for v in known if v.what == "fact" and v.name == "year_number"]
    for variable in numbered:
        last = Variable("period", variable.row, "end", DATE)
        parts.append(
            either(*(both(same(of(variable), number(p_year(p))), same(of(last), number(p.end))) for p in _years(start)))
        )
    for row in {variable.row for variable in known if entity_of_or_none(variable) == "agreement"}:
        first, end = (Variable("fact", row, name, DATE) for name in ("start", "end"))
        parts.append(less(of(first), of(end), False))
    return both(*parts)


def _as_of(given: Mapping[Variable, Fraction]) -> Linear:
    return number(given[AS_OF]) if AS_OF in given else of(AS_OF)


def entity_of_or_none(variable: Variable) -> str | None:
    return variable.row[-1] if variable.row else None


def p_year(period: Period) -> int:
    return date.fromordinal(period.end).year


def _at_least(value: Linear, low: int) -> Formula:
    return less(number(low), value, False)


def _kind(rows: Iterable[RowId]) -> Unit | None:
    return next((_UNITS[entity_of(row)] for row in rows if entity_of(row) in _UNITS), None)


def _period_of(rows: Iterable[RowId], period: Period) -> Formula:
    """All rows that have a period have this one: the small record is about one stretch of time."""
    parts = []
    for row in rows:
        parts.append(same(of(Variable("period", row, "start", DATE)), number(period.start)))
        parts.append(same(of(Variable("period", row, "end", DATE)), number(period.end)))
    return both(*parts) if parts else NO


def _years(start: int) -> list[Period]:
    found = [Period.containing("year", start)]
    for _ in range(4):
        found.append(found[-1].next())
    return found


def _periods(start: int, kind: Unit | None) -> list[Period]:
    found: list[Period] = []
    for unit, count in (("quarter", 5), ("year", 4), ("month", 4)):
        if kind in (None, unit):
            period = Period.containing(unit, start)  # type: ignore[arg-type]
            for _ in range(count):
                found.append(period)
                period = period.next()
    return found
