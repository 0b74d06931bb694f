"""OpenFisca-core: variables with vectorised formulas, one agreement being one entity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from benchmarks.four_rules.contender import Contender, Figures, Truths
from benchmarks.four_rules.work import LONG_AFTER, Row

YEAR: Final = "2020"
_TRUTHS: Final = np.array([None, None, False, True], dtype=object)  # by 2 × known + true
_AGREEMENT: Final = build_entity(key="agreement", plural="agreements", label="Agreement", is_person=True)


def _variable(name: str, kind: type, formula: Any = None) -> type[Variable]:
    members = {"value_type": kind, "entity": _AGREEMENT, "definition_period": DateUnit.YEAR, "label": name}
    return type(name, (Variable,), members if formula is None else members | {"formula": formula})


def _completion_known(agreement: Any, period: Any) -> Any:
    return agreement("agreed_known", period) & agreement("purchased_known", period) & (agreement("agreed", period) != 0)


def _completion(agreement: Any, period: Any) -> Any:
    with np.errstate(all="ignore"):
        return agreement("purchased", period) / agreement("agreed", period)


_INPUTS: Final = (
    _variable("agreed", float),  # quantities are float, and that is single precision; int is 32 bits, too small here
    _variable("purchased", float),
    _variable("overdue_days", int),
    _variable("overdue_working_days", int),
    *(_variable(f"{name}_known", bool) for name in Row._fields),  # a value not given is 0: whether it is, is an input
)
_FORMULAS: Final = (
    _variable("completion_known", bool, _completion_known),
    _variable("completion", float, _completion),
    _variable("warn", bool, lambda agreement, period: agreement("completion", period) < 0.8),
    _variable("suspend", bool, lambda agreement, period: agreement("completion", period) < 0.7),
    _variable("overdue", bool, lambda agreement, period: agreement("overdue_days", period) > 0),
    _variable("overdue_long", bool, lambda agreement, period: agreement("overdue_working_days", period) > LONG_AFTER),
)
_ANSWERS: Final = ("warn", "suspend", "overdue", "overdue_long")
_KNOWN: Final = ("completion_known", "completion_known", "overdue_days_known", "overdue_working_days_known")


def system() -> TaxBenefitSystem:
    system = TaxBenefitSystem([_AGREEMENT])
    system.add_variables(*_INPUTS, *_FORMULAS)
    return system


def _calculated(simulation: Any) -> list[tuple[Any, Any]]:
    calculate = simulation.calculate
    return [(calculate(name, YEAR), calculate(known, YEAR)) for name, known in zip(_ANSWERS, _KNOWN, strict=True)]


def _told(calculated: Sequence[tuple[Any, Any]]) -> list[list[bool | None]]:
    return [_TRUTHS[2 * known + true].tolist() for true, known in calculated]


def answers_of(simulation: Any) -> list[bool | None]:
    """The four answers of a simulation of one agreement."""
    return [column[0] for column in _told(_calculated(simulation))]


class Here(Contender):
    """One simulation of all agreements. It keeps what it has computed, so every run forgets that first; the inputs
    stay, as the others' do."""

    name = "OpenFisca"
    package = "openfisca-core"
    in_own_form = True

    def prepare(self, rows: Sequence[Row]) -> None:
        self._simulation = SimulationBuilder().build_default_simulation(system(), count=len(rows))
        for name, column in zip(Row._fields, zip(*rows, strict=True), strict=True):
            known = np.array([value is not None for value in column])
            values = np.array([value or 0 for value in column], dtype=np.int64)
            self._simulation.set_input(name, YEAR, values)
            self._simulation.set_input(f"{name}_known", YEAR, known)

    def decide(self) -> list[tuple[Any, Any]]:
        """For each answer the column of truths and the column of whether they are known."""
        for variable in _FORMULAS:
            self._simulation.delete_arrays(variable.__name__, YEAR)
        return _calculated(self._simulation)

    def run(self) -> Sequence[Truths]:
        return list(zip(*_told(self.decide()), strict=True))

    def naturally(self, figures: Figures) -> Sequence[object]:
        """A situation as in the documentation; what is not known is null there, and counts as the default, 0."""
        given = {name: {YEAR: figures[name]} for name in Row._fields}
        simulation = SimulationBuilder().build_from_entities(system(), {"agreements": {"one": given}})
        return [bool(simulation.calculate(name, YEAR)[0]) for name in _ANSWERS]
