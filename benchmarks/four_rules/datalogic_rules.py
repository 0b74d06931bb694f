"""JsonLogic in Rust (datalogic), which compiles a rule once and takes many records at a time."""

from __future__ import annotations

import json
from collections.abc import Sequence

from datalogic_py import BatchItemError, DataHandle, Engine, apply

from benchmarks.four_rules.contender import Contender, Figures, Truths, asked
from benchmarks.four_rules.json_logic_form import EXACT, NATURAL
from benchmarks.four_rules.work import Row


class Here(Contender):
    """Its own form is one JSON text a record. There are at most 81 different ones, so each is read once; one call per
    record, which gives Python values, took half as long again."""

    name = "JsonLogic (datalogic)"
    package = "datalogic-py"
    in_own_form = True

    def prepare(self, rows: Sequence[Row]) -> None:
        engine = Engine()
        self._rule = engine.compile(EXACT)
        self._session = engine.session()
        self._records = [DataHandle(row._asdict()) for row in rows]

    def decide(self) -> Sequence[str | BatchItemError]:
        return self._session.evaluate_batch(self._rule, self._records)

    def run(self) -> Sequence[Truths]:
        read: dict[str, Truths] = {}
        found = []
        for text in self.decide():
            if isinstance(text, BatchItemError):
                raise ValueError(text.message)
            if text not in read:
                read[text] = json.loads(text)
            found.append(read[text])
        return found

    def naturally(self, figures: Figures) -> Sequence[object]:
        record = dict(figures)
        return [asked(lambda rule=rule: apply(rule, record)) for rule in NATURAL]
