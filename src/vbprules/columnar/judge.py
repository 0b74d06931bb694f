"""Every norm on every row of all institutions: gate, trigger, tests, state and attributes as columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from vbprules.columnar import leaves
from vbprules.columnar.evaluate import Columns
from vbprules.columnar.frames import Frame, new_name, values_of
from vbprules.columnar.leaves import Truth
from vbprules.columnar.once import asked_once, each_once
from vbprules.engine.outcomes import SHOWN, TESTS, state_of
from vbprules.language import policy as p
from vbprules.language.vocabulary import ACTS, INSTITUTION
from vbprules.program.ir import Norm
from vbprules.values.forks import lift
from vbprules.values.ranges import FALSE, OPEN, TRUE, Range

_TRUTHS: Final[Mapping[bool | None, Range]] = {True: TRUE, False: FALSE, None: OPEN}


@dataclass(frozen=True, slots=True, eq=False)
class States:
    """The state of a norm in every row: its code, and whether it is settled."""

    code: pl.Expr
    settled: pl.Expr

    def mapped(self, over: leaves.Over) -> States:
        return States(over(self.code), over(self.settled))


@dataclass(frozen=True, slots=True, eq=False)
class JudgedRows:
    """One norm on every row of its entity. Every value may be forked by reading, see ``engine.outcomes.Judged``.

    ``outside``: the gate fails under every reading, so nothing else is said of the row. ``exempt``: whether each of the
    norm's exceptions holds.
    """

    norm: Norm
    frame: Frame
    gate: Any
    trigger: Any
    state: Any
    tests: Mapping[str, Any]
    attributes: Mapping[str, Any]
    outside: pl.Expr
    exempt: tuple[Any, ...]


class ColumnJudge:
    """Judges every norm of a program on the rows of a store."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns

    def all(self) -> Iterator[JudgedRows]:
        """Every norm in the order of the policy."""
        for norm in self.columns.program.norms:
            yield self.judge(norm)

    def judge(self, norm: Norm) -> JudgedRows:
        """Raises BeyondColumns where the interpreter has to decide."""
        columns = self.columns
        frame = columns.base(norm.entity)
        gate, trigger = frame.all_kept([columns.value(part, frame) for part in (norm.gate, norm.when)])
        truths = [columns.value(test, frame) for test in norm.tests.values()]
        applies, *truths = frame.all_kept([lift(leaves.both, gate, trigger), *truths])
        tests = dict(zip(norm.tests, truths, strict=True))
        state = self._state(norm, frame, applies, tests)
        values = {name: columns.value(norm.values[name], frame) for name in SHOWN if name in norm.values}
        if norm.done is not None and norm.source.modality != p.PROHIBITION:
            values["done"] = columns.value(norm.done, frame)
        tried = [columns.value(test, frame) for _, test in norm.exempt]
        kept = frame.all_kept([*values.values(), *tried])
        outside, attributes = leaves.fails(gate), dict(zip(values, kept, strict=False))
        return JudgedRows(norm, frame, gate, trigger, state, tests, attributes, outside, tuple(kept[len(values) :]))

    def _state(self, norm: Norm, frame: Frame, applies: Any, tests: Mapping[str, Any]) -> Any:
        names = [name for name in TESTS if name in tests]
        lifted, known = self._lifted(norm, frame), self._acts_known(norm, frame)

        def leaf(a: Truth, *truths: Truth) -> States:
            return _states(norm, frame, a, dict(zip(names, truths, strict=True)), lifted, known)

        return lift(leaf, applies, *(tests[name] for name in names))

    def _acts_known(self, norm: Norm, frame: Frame) -> pl.Expr:
        if norm.source.once:
            return pl.lit(True)
        return self.columns.through(ACTS, frame) >= self.columns.as_of

    def _lifted(self, norm: Norm, frame: Frame) -> Truth:
        """There are acts of this sanction and every one has been lifted, see ``engine.outcomes.Judge``."""
        if norm.source.modality != p.SANCTION or norm.source.once:
            return leaves.FALSE
        acts, today = self.columns.acts_of(ACTS, norm.id), self.columns.as_of
        if acts is None:
            return leaves.FALSE
        acts = acts.filter(pl.col("earliest") <= today)
        over = pl.col("lifted") & (pl.col("lifted_by") <= today).fill_null(False)
        perhaps = pl.col("lifted") & (pl.col("lifted_from") <= today).fill_null(False)
        sure = pl.col("imposed").is_not_null() | over
        own = (over.all(), sure.any().alias("any"), (perhaps | ~sure).all().alias("may"), (perhaps & ~sure).any())
        names = ("all", "any", "may", "some")
        told = [expr.alias(name) for expr, name in zip(own, names, strict=True)]
        table = frame.table.select("inst")
        if norm.entity == INSTITUTION:
            table = table.join(acts.group_by("inst").agg(told), on="inst", how="left", maintain_order="left")
            table = table.with_columns(loose_all=pl.lit(True), loose=pl.lit(False))
        else:
            ids = self.columns.store.tables[norm.entity].frame[":id"]
            table = table.with_columns(ids.gather(frame.table[frame.scopes[0][1]]).alias("subject"))
            found = acts.filter(pl.col("subject") != "").group_by("inst", "subject").agg(told)
            loose = acts.filter(pl.col("subject") == "").group_by("inst")
            any_row = loose.agg(loose_all=over.all(), loose=perhaps.any())
            table = table.join(found, on=["inst", "subject"], how="left", maintain_order="left")
            table = table.join(any_row, on="inst", how="left", maintain_order="left")
        there = pl.col("any").fill_null(False)
        surely = there & pl.col("all").fill_null(False) & pl.col("loose_all").fill_null(True)
        some = there | pl.col("some").fill_null(False) | pl.col("loose").fill_null(False)
        name = new_name()
        state = pl.when(surely).then(True).when(pl.col("may").fill_null(True) & some).then(None).otherwise(False)
        frame.add(table.select(state.alias(name)))
        return Truth(pl.col(name))


def _states(
    norm: Norm, frame: Frame, applies: Truth, tests: Mapping[str, Truth], lifted: Truth, known: pl.Expr
) -> States:
    """The interpreter's own table of states, asked once for each combination of truths that occurs."""
    inputs = [applies.expr, lifted.expr, known, *(test.expr for test in tests.values())]
    names = [f"{number}" for number, _ in enumerate(inputs)]
    here = values_of(frame.table, dict(zip(names, inputs, strict=True)))

    def state(a: bool | None, is_lifted: bool | None, acts_known: bool, *truths: bool | None) -> tuple[str, bool]:
        values = {name: _TRUTHS[truth] for name, truth in zip(tests, truths, strict=True)}
        answer = state_of(norm, _TRUTHS[a], values, _TRUTHS[is_lifted], acts_known)
        return answer.code, answer.settled

    code, settled = new_name(), new_name()
    found = asked_once(here, {code: pl.String, settled: pl.Boolean}, lambda known: each_once(known.iter_rows(), state))
    frame.add(pl.DataFrame(found))
    return States(pl.col(code), pl.col(settled))
