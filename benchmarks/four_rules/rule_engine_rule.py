"""rule-engine: one rule, parsed once. All its numbers are decimals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import rule_engine

from benchmarks.four_rules.contender import Contender, Figures, Truths, asked
from benchmarks.four_rules.work import LONG_AFTER, SUSPEND_BELOW, WARN_BELOW, Row

_NO_SHARE: Final = "agreed == null or purchased == null or agreed == 0"
_ALL: Final = f"""[
    ({_NO_SHARE}) ? null : purchased * 100 < agreed * {WARN_BELOW},
    ({_NO_SHARE}) ? null : purchased * 100 < agreed * {SUSPEND_BELOW},
    overdue_days == null ? null : overdue_days > 0,
    overdue_working_days == null ? null : overdue_working_days > {LONG_AFTER}
]"""
_NATURAL: Final = (
    "purchased / agreed < 0.8",
    "purchased / agreed < 0.7",
    "overdue_days > 0",
    "overdue_working_days > 10",
)


class Here(Contender):
    """One rule that gives a list is a little faster than four rules."""

    name = "rule-engine"
    package = "rule-engine"
    most = 4_000

    def prepare(self, rows: Sequence[Row]) -> None:
        self._records = [row._asdict() for row in rows]
        self._rule = rule_engine.Rule(_ALL)

    def run(self) -> Sequence[Truths]:
        evaluate = self._rule.evaluate
        return [evaluate(record) for record in self._records]

    def naturally(self, figures: Figures) -> Sequence[object]:
        record = dict(figures)
        return [asked(lambda text=text: rule_engine.Rule(text).matches(record)) for text in _NATURAL]
