"""JsonLogic in Python (json-logic-qubit). It has nothing to compile: a rule is walked at every call."""

from __future__ import annotations

from collections.abc import Sequence

from json_logic import jsonLogic

from benchmarks.four_rules.contender import Contender, Figures, Truths, asked
from benchmarks.four_rules.json_logic_form import EXACT, NATURAL
from benchmarks.four_rules.work import Row


class Here(Contender):
    """A list of rules gives the list of their answers in one call. Numbers are Python's, so integers are exact."""

    name = "JsonLogic (json-logic-qubit)"
    package = "json-logic-qubit"
    most = 4_000

    def prepare(self, rows: Sequence[Row]) -> None:
        self._records = [row._asdict() for row in rows]

    def run(self) -> Sequence[Truths]:
        return [jsonLogic(EXACT, record) for record in self._records]

    def naturally(self, figures: Figures) -> Sequence[object]:
        record = dict(figures)
        return [asked(lambda rule=rule: jsonLogic(rule, record)) for rule in NATURAL]
