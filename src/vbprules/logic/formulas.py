"""Formulas over the facts of one dossier: linear comparisons, flags and codes under *and* and *or*.

There is no *not*: a condition is written twice, as what makes it surely true and as what makes it surely false, so that
an undefined ratio makes neither hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, NamedTuple

from vbprules.values.figures import COUNT, DATE, DAYS, MONEY

RowId = tuple[str, ...]


class Variable(NamedTuple):
    """One thing that a complete record fixes. ``what``: ``fact``, ``given``, ``judge``, ``act``, ``total`` …"""

    what: str
    row: RowId
    name: str
    unit: str

    @property
    def whole(self) -> bool:
        """It takes whole numbers only: fen, days, counts. Unit prices and quantities may be finer."""
        return self.unit in (DATE, DAYS, COUNT) or (self.unit == MONEY and self.what == "fact")


@dataclass(frozen=True, slots=True)
class Linear:
    """A sum of multiples of variables and a constant, exact. Its terms have no zeros."""

    terms: Mapping[Variable, Fraction]
    constant: Fraction

    def plus(self, other: Linear, times: Fraction = Fraction(1)) -> Linear:
        terms = dict(self.terms)
        for variable, factor in other.terms.items():
            found = terms.get(variable, Fraction(0)) + times * factor
            if found:
                terms[variable] = found
            else:
                terms.pop(variable, None)
        return Linear(terms, self.constant + times * other.constant)

    def minus(self, other: Linear) -> Linear:
        return self.plus(other, Fraction(-1))

    def times(self, factor: Fraction) -> Linear:
        if not factor:
            return ZERO
        return Linear({v: f * factor for v, f in self.terms.items()}, self.constant * factor)

    @property
    def fixed(self) -> bool:
        return not self.terms

    def at(self, numbers: Mapping[Variable, Fraction]) -> Fraction:
        """Its value where the variables are these; a variable that is not among them counts as zero."""
        return self.constant + sum((f * numbers.get(v, Fraction(0)) for v, f in self.terms.items()), Fraction(0))


ZERO: Final = Linear({}, Fraction(0))


def number(value: int | Fraction) -> Linear:
    return Linear({}, Fraction(value))


def of(variable: Variable) -> Linear:
    return Linear({variable: Fraction(1)}, Fraction(0))


class Formula:
    """A condition on a complete record."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class And(Formula):
    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Or(Formula):
    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Below(Formula):
    """``linear`` is below zero, or with ``strict`` false at most zero."""

    linear: Linear
    strict: bool


@dataclass(frozen=True, slots=True)
class Flag(Formula):
    variable: Variable
    value: bool


@dataclass(frozen=True, slots=True)
class Among(Formula):
    """A code is one of these (or none of them)."""

    variable: Variable
    codes: frozenset[str]
    inside: bool


YES: Final = And(())
NO: Final = Or(())


def both(*parts: Formula) -> Formula:
    found: list[Formula] = []
    for part in parts:
        if part == NO:
            return NO
        if isinstance(part, And):
            found += part.parts
        else:
            found.append(part)
    return found[0] if len(found) == 1 else And(tuple(found))


def either(*parts: Formula) -> Formula:
    found: list[Formula] = []
    for part in parts:
        if part == YES:
            return YES
        if isinstance(part, Or):
            found += part.parts
        else:
            found.append(part)
    return found[0] if len(found) == 1 else Or(tuple(found))


def less(left: Linear, right: Linear, strict: bool) -> Formula:
    """``left < right`` or ``left <= right``; decided at once where nothing is unknown."""
    difference = left.minus(right)
    if difference.fixed:
        holds = difference.constant < 0 if strict else difference.constant <= 0
        return YES if holds else NO
    return Below(difference, strict)


def same(left: Linear, right: Linear) -> Formula:
    return both(less(left, right, False), less(right, left, False))


def atoms(formula: Formula) -> Iterator[Formula]:
    if isinstance(formula, (And, Or)):
        for part in formula.parts:
            yield from atoms(part)
    else:
        yield formula


def variables(formulas: Iterable[Formula]) -> set[Variable]:
    found: set[Variable] = set()
    for formula in formulas:
        for atom in atoms(formula):
            if isinstance(atom, Below):
                found |= set(atom.linear.terms)
            elif isinstance(atom, (Flag, Among)):
                found.add(atom.variable)
    return found
