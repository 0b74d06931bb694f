"""From a model of a formula to a dossier that says the same, as a caller would write it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final

from vbprules.calendar import Period
from vbprules.language.policy import SANCTION
from vbprules.language.vocabulary import (
    ACTS,
    BY_NAME,
    DETERMINATIONS,
    GIVEN,
    INSTITUTION,
    PERFORMANCES,
    PERIOD_ENTITIES,
    TARGET,
    is_dated,
)
from vbprules.logic.formulas import RowId, Variable
from vbprules.logic.search import OTHER, Model
from vbprules.logic.values import AS_OF
from vbprules.program.ir import Program
from vbprules.reading.flow import flow
from vbprules.values.figures import DATE, MONEY, SHARE, show_date

_WORDS: Final = {True: "yes", False: "no"}


class Unwritable(Exception):
    """The model is none that a dossier can hold."""


@dataclass(frozen=True, slots=True)
class Witness:
    """Facts under which something is so: a dossier, the as-of date, and the readings adopted."""

    facts: Mapping[str, Any]
    as_of: str
    readings: Mapping[str, str] = field(default_factory=dict)

    def text(self) -> str:
        """One line: ``as_of: 2020-03-01; readings: …; institution: {kind: hospital}; …``."""
        parts = [f"as_of: {self.as_of}"]
        if self.readings:
            parts.append(f"readings: {flow(self.readings)}")
        return "; ".join([*parts, *(f"{name}: {flow(value)}" for name, value in self.facts.items())])


class Writer:
    """Writes one model as a dossier. The rows are one of each kind, named by their kind."""

    def __init__(self, program: Program, model: Model, origin: RowId) -> None:
        self.program, self.model = program, model
        self.cells: dict[str, dict[str, str]] = {}
        self.absent = {v.row[-1] for v, there in model.flags.items() if v.what == "there" and not there}
        self.asked = {v.row[-1] for v in model.flags if v.what == "there"}
        self.period: tuple[int, int] | None = None
        self._need(origin[-1])

    def witness(self, readings: Mapping[str, str]) -> Witness:
        """Raises Unwritable if a number has no exact decimal form."""
        for variable, there in self.model.flags.items():
            if variable.what == "there" and there:
                self._need(variable.row[-1])
        for variable, value in self._facts():
            if variable.row[-1] not in self.absent:
                self._need(variable.row[-1])
                if variable.name != "year_number":
                    self.cells[variable.row[-1]][variable.name] = value
        as_of = show_date(int(self.model.numbers[AS_OF]))
        facts: dict[str, Any] = {}
        if self.cells.get(INSTITUTION):
            facts[INSTITUTION] = self.cells[INSTITUTION]
        for name, row in self._rows():
            facts[BY_NAME[name].list_name] = {"complete": "yes", "entries": [row]}
        for name in sorted(self.absent - {INSTITUTION, *PERIOD_ENTITIES}):
            facts.setdefault(BY_NAME[name].list_name, "none")
        facts |= self._statements(as_of)
        return Witness(facts, as_of, readings)

    def _need(self, entity: str) -> None:
        """The row, and those that it refers to."""
        if entity in self.cells:
            return
        self.cells[entity] = {}
        for ref in BY_NAME[entity].refs:
            self._need(ref)
        if entity in PERIOD_ENTITIES and entity != "year":
            self._need(TARGET)

    def _facts(self) -> Iterable[tuple[Variable, str]]:
        for variable, number in sorted(self.model.numbers.items()):
            if variable.what == "fact":
                yield variable, written(number, variable)
        for variable, flag in sorted(self.model.flags.items()):
            if variable.what == "fact":
                yield variable, _WORDS[flag]
        for variable, code in sorted(self.model.codes.items()):
            if variable.what == "fact":
                yield variable, "other" if code == OTHER else code

    def _rows(self) -> Iterable[tuple[str, dict[str, str]]]:
        for entity, cells in self.cells.items():
            if entity == INSTITUTION or entity in PERIOD_ENTITIES or entity in self.absent:
                continue
            row = {"id": self._id(entity)}
            row |= {ref: self._id(ref) for ref in BY_NAME[entity].refs if ref not in self.absent}
            if entity == TARGET:
                row["period"] = self._span(entity).label()
            elif is_dated(entity) and (day := BY_NAME[entity].day) is not None and day not in cells:
                row[day] = show_date(int(self.model.numbers[AS_OF]))
            yield entity, row | cells

    def _id(self, entity: str) -> str:
        return entity if entity not in PERIOD_ENTITIES else self._span(entity).label()

    def _span(self, entity: str) -> Period:
        for name in (entity, TARGET, *PERIOD_ENTITIES):
            start, end = (self.model.numbers.get(Variable("period", (name,), edge, DATE)) for edge in ("start", "end"))
            if start is not None and end is not None:
                for kind in ("quarter", "year", "month"):
                    period = Period.containing(kind, int(start))
                    if (period.start, period.end) == (int(start), int(end)):
                        return period
                return Period(int(start), int(end), "span")
        return Period.containing("quarter", int(self.model.numbers[AS_OF]))

    # Statements

    def _subject(self, row: RowId) -> dict[str, str]:
        return {} if row[-1] == INSTITUTION else {"subject": self._id(row[-1])}

    def _statements(self, as_of: str) -> dict[str, Any]:
        answers, given = [], []
        acts: dict[str, list[dict[str, str]]] = {ACTS: [], PERFORMANCES: []}
        for variable, flag in sorted(self.model.flags.items()):
            if variable.what in ("judge", "listed"):
                question = self.program.policy.questions.get(variable.name)
                by = question.by[0] if question is not None and question.by else "assumption"
                subject = (
                    self._subject(variable.row) if variable.what == "judge" else {"subject": self._code(variable.row)}
                )
                answers.append({"question": variable.name, **subject, "answer": _WORDS[flag], "by": by, "day": as_of})
            elif variable.what == "given":
                given.append(
                    {"name": variable.name, **self._subject(variable.row), "value": _WORDS[flag], "source": "…"}
                )
            elif variable.what == "acted" and flag:
                day = show_date(int(self.model.numbers[Variable("act", variable.row, variable.name, DATE)]))
                act = {"of": variable.name, **self._subject(variable.row), "day": day}
                acts[self._record(variable.name)].append(act)
        for variable, number in sorted(self.model.numbers.items()):
            if variable.what == "given":
                value = written(number, variable)
                given.append({"name": variable.name, **self._subject(variable.row), "value": value, "source": "…"})
        found: dict[str, Any] = {}
        for name, entries in acts.items():
            found[name] = {"complete": "yes", "entries": entries} if entries else "none"
        if answers:
            found[DETERMINATIONS] = answers
        if given:
            found[GIVEN] = given
        return found

    def _code(self, row: RowId) -> str:
        found = [code for variable, code in self.model.codes.items() if variable.row == row]
        return "other" if not found or found[0] == OTHER else found[0]

    def _record(self, name: str) -> str:
        source = self.program.policy.provisions.get(name)
        return ACTS if source is None or source.modality == SANCTION else PERFORMANCES


def written(number: Fraction, variable: Variable) -> str:
    """A number as a cell: a date, yuan, a share, or a plain decimal. Raises Unwritable where it has none."""
    if variable.unit == DATE:
        return show_date(int(number))
    if number < 0:
        raise Unwritable
    if variable.unit == MONEY:
        return _decimal(number / 100, 2)
    if variable.unit == SHARE:
        return _decimal(number * 100, 0) + "%"
    return _decimal(number, 0)


def _decimal(number: Fraction, places: int) -> str:
    scaled = number * 10**6
    if scaled.denominator != 1:
        raise Unwritable
    digits = str(scaled.numerator).rjust(7, "0")
    head, tail = digits[:-6], digits[-6:].rstrip("0").ljust(places, "0")
    return f"{head}.{tail}" if tail else head
