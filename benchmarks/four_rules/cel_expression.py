"""The Common Expression Language (the Rust implementation): one compiled expression."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import cel

from benchmarks.four_rules.contender import Contender, Figures, Truths, asked
from benchmarks.four_rules.work import LONG_AFTER, SUSPEND_BELOW, WARN_BELOW, Row

_NO_SHARE: Final = "agreed == null || purchased == null || agreed == 0"
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
    """Integers are 64 bits and exact. One program with four answers, so that a record is handed over once."""

    name = "CEL"
    package = "common-expression-language"
    most = 20_000

    def prepare(self, rows: Sequence[Row]) -> None:
        self._records = [row._asdict() for row in rows]
        self._program = cel.compile(_ALL)

    def run(self) -> Sequence[Truths]:
        execute = self._program.execute
        return [execute(record) for record in self._records]

    def naturally(self, figures: Figures) -> Sequence[object]:
        record = dict(figures)
        return [asked(lambda text=text: cel.evaluate(text, record)) for text in _NATURAL]
