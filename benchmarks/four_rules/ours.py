"""This library: the four rules as a policy, its program on columns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from benchmarks.four_rules.contender import Contender, Figures, Refused, Truths
from benchmarks.four_rules.work import Row
from vbprules import __version__, catalog
from vbprules.batch.run import prepared
from vbprules.calendar import work_calendar
from vbprules.columnar.evaluate import Columns
from vbprules.columnar.frames import values_of
from vbprules.diagnostics import InputError
from vbprules.evaluation import evaluate
from vbprules.tables.chunks import chunks_of
from vbprules.tables.intake import Intake
from vbprules.values.figures import parse_date

_RULES = ("warn", "suspend", "overdue", "overdue_long")
_FIELDS = ("region_quantity", "region_use_last_year", "winners", "passed_makers")
_DAY = "2020-06-30"


class Here(Contender):
    """The rows are rows of one entity, whose fields stand for the four figures: agreed, purchased and two counts.

    What is timed is the evaluation of the conditions of all four provisions, with nothing kept from the round before.
    """

    name = "vbprules"
    package = "vbprules"
    in_own_form = True

    def version(self) -> str:
        return __version__

    def prepare(self, rows: Sequence[Row]) -> None:
        self._program = catalog.load(Path(__file__).parent / "four_rules.yaml")
        self._norms = {norm.id: norm for norm in self._program.norms}
        self._as_of = parse_date(_DAY) or 0
        self._calendar = work_calendar(as_of=self._as_of)
        frame = pl.DataFrame(rows, schema=dict.fromkeys(_FIELDS, pl.Int64), orient="row")
        given = frame.select(
            pl.lit("A").alias("institution"), pl.int_range(pl.len()).cast(pl.String).alias("id"), *_FIELDS
        )
        batch = prepared(self._program, {"drugs": given}, _DAY)
        _, chunk = next(chunks_of(batch.parts, Path()))
        # The reader of tables refuses days below zero (days early); the conditions are evaluated on them all the same.
        self._store = Intake(batch.parts.tables, batch.parts.shared, batch.case_of).take(chunk).store

    def decide(self) -> pl.DataFrame:
        columns = Columns(self._program, self._store, self._as_of, self._calendar, {})
        frame = columns.base("drug")
        truths = {name: columns.value(self._norms[name].when, frame).expr for name in _RULES}
        return values_of(frame.table, truths).select(_RULES)

    def run(self) -> Sequence[Truths]:
        return self.decide().rows()

    def naturally(self, figures: Figures) -> Sequence[object]:
        """A decision on a dossier with the one row."""
        row = {
            "id": "a",
            **{field: str(v) for field, v in zip(_FIELDS, figures.values(), strict=True) if v is not None},
        }
        try:
            decision = evaluate(self._program, {"drugs": [row]}, _DAY, check=False, explain=False)
        except InputError as error:
            return [Refused(type(error).__name__)] * len(_RULES)
        said = {outcome.provision: outcome.triggered.value for outcome in decision.outcomes}
        return [{"yes": True, "no": False, "open": None}[said[name] or "open"] for name in _RULES]
