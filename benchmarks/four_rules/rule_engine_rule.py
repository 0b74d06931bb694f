"""rule-engine: one rule, parsed once. All its numbers are decimals."""

from __future__ import annotations

from collections.abc import Sequence

import rule_engine

from benchmarks.four_rules.contender import Contender, Figures, Truths, asked
from benchmarks.four_rules.expressions import NATURAL, exact
from benchmarks.four_rules.work import Row


class Here(Contender):
    """One rule that gives a list is a little faster than four rules."""

    name = "rule-engine"
    package = "rule-engine"
    most = 4_000

    def prepare(self, rows: Sequence[Row]) -> None:
        self._records = [row._asdict() for row in rows]
        self._rule = rule_engine.Rule(exact())

    def run(self) -> Sequence[Truths]:
        evaluate = self._rule.evaluate
        return [evaluate(record) for record in self._records]

    def naturally(self, figures: Figures) -> Sequence[object]:
        record = dict(figures)
        return [asked(lambda text=text: rule_engine.Rule(text).matches(record)) for text in NATURAL]
