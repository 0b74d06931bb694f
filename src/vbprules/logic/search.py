"""Can a formula hold? A search over its alternatives, each tried against the facts fixed so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from vbprules.logic.formulas import Among, And, Below, Flag, Formula, Or, Variable, both
from vbprules.logic.linear import Undecided, satisfied, solution

OTHER: Final = "*"  # a code that no list of the policy has
_MOST_STEPS: Final = 4_000


@dataclass(frozen=True, slots=True)
class Model:
    """One complete record, as far as the formula asks: numbers, answers, codes."""

    numbers: Mapping[Variable, Fraction]
    flags: Mapping[Variable, bool]
    codes: Mapping[Variable, str]


@dataclass(slots=True)
class _State:
    linear: list[Below] = field(default_factory=list)
    flags: dict[Variable, bool] = field(default_factory=dict)
    codes: dict[Variable, frozenset[str]] = field(default_factory=dict)
    solved: dict[Variable, Fraction] = field(default_factory=dict)  # numbers that satisfy the first ``checked`` rows
    checked: int = 0

    def copy(self) -> _State:
        return _State(list(self.linear), dict(self.flags), dict(self.codes), dict(self.solved), self.checked)


class Search:
    """Decides formulas over variables of known domains.

    ``floors``: what a number is at least. ``choices``: every code that a variable may take.
    """

    def __init__(
        self,
        floors: Mapping[Variable, Fraction],
        choices: Mapping[Variable, frozenset[str]],
        most: int = _MOST_STEPS,
    ) -> None:
        self.floors, self.choices, self.most = floors, choices, most
        self._steps = 0
        self._unsure = False

    def model(self, *formulas: Formula) -> Model | None:
        """A record under which all hold, or None if there is none. Raises Undecided where it cannot tell."""
        self._steps = 0
        self._unsure = False
        found = self._search([both(*formulas)], _State())
        if found is None and self._unsure:
            raise Undecided
        return found

    def impossible(self, *formulas: Formula) -> bool:
        """Surely no record satisfies them all. What cannot be decided is not impossible."""
        try:
            return self.model(*formulas) is None
        except Undecided:
            return False

    def _search(self, pending: list[Formula], state: _State) -> Model | None:
        self._steps += 1
        if self._steps > self.most:
            raise Undecided
        choices: list[Or] = []
        while pending:
            formula = pending.pop()
            if isinstance(formula, And):
                pending.extend(formula.parts)
            elif isinstance(formula, Or):
                choices.append(formula)
            elif not self._add(formula, state):
                return None
        choices = [left for choice in choices if (left := self._open(choice, state)) is not None]
        if any(not choice.parts for choice in choices):
            return None
        single = next((choice for choice in choices if len(choice.parts) == 1), None)
        if single is not None:
            return self._search([*(c for c in choices if c is not single), single.parts[0]], state)
        numbers = self._numbers(state)
        if numbers is None:
            return None
        if not choices:
            return self._whole(numbers, state)
        choice = min(choices, key=lambda item: len(item.parts))
        rest: list[Formula] = [item for item in choices if item is not choice]
        for part in choice.parts:
            found = self._search([*rest, part], state.copy())
            if found is not None:
                return found
        return None

    def _open(self, choice: Or, state: _State) -> Or | None:
        """The alternatives that are not refuted yet; None where one is satisfied already."""
        kept: list[Formula] = []
        for part in choice.parts:
            known = self._known(part, state)
            if known is True:
                return None
            if known is None:
                kept.append(part)
        return Or(tuple(kept))

    def _known(self, formula: Formula, state: _State) -> bool | None:
        if isinstance(formula, Flag) and formula.variable in state.flags:
            return state.flags[formula.variable] == formula.value
        if isinstance(formula, Among):
            left = self._left(formula, state)
            return False if not left else True if left == self._codes(formula.variable, state) else None
        if isinstance(formula, And):
            found = [self._known(part, state) for part in formula.parts]
            return False if False in found else True if all(item is True for item in found) else None
        if isinstance(formula, Or):
            found = [self._known(part, state) for part in formula.parts]
            return True if True in found else False if all(item is False for item in found) else None
        return None

    def _codes(self, variable: Variable, state: _State) -> frozenset[str]:
        return state.codes.get(variable) or self.choices.get(variable, frozenset({OTHER}))

    def _left(self, formula: Among, state: _State) -> frozenset[str]:
        codes = self._codes(formula.variable, state)
        return codes & formula.codes if formula.inside else codes - formula.codes

    def _add(self, formula: Formula, state: _State) -> bool:
        if isinstance(formula, Flag):
            return state.flags.setdefault(formula.variable, formula.value) == formula.value
        if isinstance(formula, Among):
            left = self._left(formula, state)
            state.codes[formula.variable] = left
            return bool(left)
        assert isinstance(formula, Below)
        state.linear.append(formula)
        return True

    def _numbers(self, state: _State) -> dict[Variable, Fraction] | None:
        """Numbers for every row so far: those found before, where they still do."""
        new = state.linear[state.checked :]
        for row in new:
            for variable in row.linear.terms:
                state.solved.setdefault(variable, self.floors.get(variable, Fraction(0)))
        if not all(satisfied(row, state.solved) for row in new):
            try:
                found = solution(state.linear, self.floors)
            except Undecided:
                self._unsure = True
                return None
            if found is None:
                return None
            state.solved = found
        state.checked = len(state.linear)
        return state.solved

    def _whole(self, numbers: Mapping[Variable, Fraction], state: _State) -> Model:
        codes = {variable: min(left) for variable, left in state.codes.items()}
        return Model(numbers, state.flags, codes)
