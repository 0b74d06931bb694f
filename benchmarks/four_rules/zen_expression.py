"""GoRules' ZEN engine: one compiled expression."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import zen

from benchmarks.four_rules.contender import Contender, Figures, Truths, asked
from benchmarks.four_rules.work import LONG_AFTER, SUSPEND_BELOW, WARN_BELOW, Row

_NO_SHARE: Final = "agreed == null or purchased == null or agreed == 0"
_ALL: Final = f"""[
    {_NO_SHARE} ? null : purchased * 100 < agreed * {WARN_BELOW},
    {_NO_SHARE} ? null : purchased * 100 < agreed * {SUSPEND_BELOW},
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
    """A compiled expression takes a tenth of the time of a decision graph with the same expressions, even in
    ``evaluate_batch``, and a dict a third of the time of JSON text. Numbers are decimals of 28 digits."""

    name = "ZEN"
    package = "zen-engine"
    most = 20_000

    def prepare(self, rows: Sequence[Row]) -> None:
        self._records = [row._asdict() for row in rows]
        self._expression = zen.compile_expression(_ALL)

    def run(self) -> Sequence[Truths]:
        evaluate = self._expression.evaluate
        return [evaluate(record) for record in self._records]

    def naturally(self, figures: Figures) -> Sequence[object]:
        record = dict(figures)
        return [asked(lambda text=text: zen.evaluate_expression(text, record)) for text in _NATURAL]
