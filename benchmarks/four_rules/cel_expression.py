"""The Common Expression Language (the Rust implementation): one compiled expression."""

from __future__ import annotations

from collections.abc import Sequence

import cel

from benchmarks.four_rules.contender import Contender, Figures, Truths, asked
from benchmarks.four_rules.expressions import NATURAL, exact
from benchmarks.four_rules.work import Row


class Here(Contender):
    """Integers are 64 bits and exact. One program with four answers, so that a record is handed over once."""

    name = "CEL"
    package = "common-expression-language"
    most = 20_000

    def prepare(self, rows: Sequence[Row]) -> None:
        self._records = [row._asdict() for row in rows]
        self._program = cel.compile(exact("||"))

    def run(self) -> Sequence[Truths]:
        execute = self._program.execute
        return [execute(record) for record in self._records]

    def naturally(self, figures: Figures) -> Sequence[object]:
        record = dict(figures)
        return [asked(lambda text=text: cel.evaluate(text, record)) for text in NATURAL]
