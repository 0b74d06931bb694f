"""One chunk of institutions decided: on columns where they can tell, otherwise by the interpreter, one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import polars as pl

from vbprules.batch.rows import Row, frame_of, row_of
from vbprules.columnar.ends import TooWide
from vbprules.columnar.evaluate import Columns
from vbprules.columnar.judge import ColumnJudge
from vbprules.columnar.results import ASK, TEXTS, outcomes_of
from vbprules.decision.assemble import Assembler
from vbprules.decision.margins import margin_of
from vbprules.decision.model import Outcome
from vbprules.diagnostics import Finding, InputError, Report
from vbprules.engine.checks import check_facts, check_judged
from vbprules.engine.outcomes import Judge
from vbprules.program.ir import Norm, Program
from vbprules.tables.dossiers import Dossiers
from vbprules.tables.intake import CaseOf, Taken

_ORDER = ":norm"


@dataclass(frozen=True, slots=True, eq=False)
class Decided:
    """What is decided of a chunk. ``rejected``: institutions whose facts have errors; nothing is decided of them.

    ``one_by_one``: institutions that the interpreter decided; ``provisions``: those it decided for everybody.
    """

    outcomes: pl.DataFrame
    institutions: int
    rejected: Mapping[str, tuple[Finding, ...]]
    one_by_one: tuple[str, ...] = ()
    provisions: frozenset[str] = field(default_factory=frozenset)


def decide(program: Program, taken: Taken, case_of: CaseOf) -> Decided:
    """The outcomes of every institution of a chunk, in the order of the institutions, then of the policy."""
    store, nothing = taken.store, taken.nothing
    institutions = pl.Series("institution", store.ids, pl.String)
    columns = Columns(program, store, nothing.as_of, nothing.calendar, nothing.fixed)
    judge = ColumnJudge(columns)
    left = _Interpreted(taken.dossiers, case_of)
    found: list[pl.DataFrame] = []
    beyond: list[tuple[int, Norm]] = []
    for number, norm in enumerate(program.norms):
        try:
            table = outcomes_of(columns, judge.judge(norm), institutions)
        except (TooWide, NotImplementedError):
            beyond.append((number, norm))
            continue
        found.append(table.with_columns(pl.lit(number, pl.Int32).alias(_ORDER)))
    odd = taken.odd | columns.suspect
    decided = pl.concat(found) if found else _empty()
    strange = institutions.filter(odd)
    decided = decided.filter(~pl.col("institution").is_in(strange.implode()))
    numbers = {name: inst for inst, name in enumerate(store.ids)}
    tables = [decided.filter(~pl.col(ASK)).drop(ASK)]
    tables += [left.asked(numbers, norms_of(program), decided.filter(ASK))]
    for number, norm in beyond:
        plain = [inst for inst, is_odd in enumerate(odd) if not is_odd]
        tables.append(_ordered(left.norm(plain, norm), number))
    rest, one_by_one = left.all([inst for inst, is_odd in enumerate(odd) if is_odd], program)
    outcomes = pl.concat([*tables, rest], how="vertical")
    place = pl.DataFrame({"institution": institutions, ":at": pl.int_range(len(institutions), eager=True)})
    outcomes = outcomes.filter(~pl.col("institution").is_in(list(left.rejected)))
    outcomes = outcomes.join(place, on="institution", how="left", maintain_order="left")
    outcomes = outcomes.sort(":at", _ORDER, maintain_order=True).select(TEXTS)
    return Decided(outcomes, len(store.ids), left.rejected, one_by_one, frozenset(norm.id for _, norm in beyond))


def norms_of(program: Program) -> dict[str, tuple[int, Norm]]:
    """Of every norm its number in the policy."""
    return {norm.id: (number, norm) for number, norm in enumerate(program.norms)}


class _Interpreted:
    """What the interpreter decides."""

    def __init__(self, dossiers: Dossiers, case_of: CaseOf) -> None:
        self.dossiers = dossiers
        self.case_of = case_of
        self.rejected: dict[str, tuple[Finding, ...]] = {}
        self._judges: dict[int, Judge | None] = {}

    def judge(self, inst: int) -> Judge | None:
        """The judge of an institution; None where its facts have errors."""
        if inst not in self._judges:
            if len(self._judges) > 256:
                self._judges.clear()
            self._judges[inst] = self._judged(inst)
        return self._judges[inst]

    def _judged(self, inst: int) -> Judge | None:
        read = self.dossiers.read(inst)
        if read.dossier is None:
            self.rejected[read.institution] = read.findings
            return None
        case = self.case_of(read.dossier)
        report = Report()
        check_facts(case, report)
        if report.has_errors:
            self._reject(read.institution, report.sorted_findings())
            return None
        return Judge(case)

    def _reject(self, institution: str, findings: list[Finding]) -> None:
        self.rejected[institution] = tuple(self.dossiers.located(finding) for finding in findings)

    def all(self, institutions: list[int], program: Program) -> tuple[pl.DataFrame, tuple[str, ...]]:
        """Every norm of some institutions."""
        tables, names = [_empty().drop(ASK)], []
        for inst in institutions:
            judge = self.judge(inst)
            if judge is None:
                continue
            name = self.dossiers.chunk.institutions[inst]
            rows = {number: list(_rows(name, judge, norm)) for number, norm in enumerate(program.norms)}
            try:
                check_judged(judge, Report())
            except InputError as error:
                self._reject(name, list(error.findings))
                continue
            names.append(name)
            tables += [_ordered(found, number) for number, found in rows.items() if found]
        return pl.concat(tables), tuple(names)

    def norm(self, institutions: list[int], norm: Norm) -> list[Row]:
        """One norm of some institutions."""
        found: list[Row] = []
        for inst in institutions:
            judge = self.judge(inst)
            if judge is not None:
                found += _rows(self.dossiers.chunk.institutions[inst], judge, norm)
        return found

    def asked(
        self, numbers: Mapping[str, int], norms: Mapping[str, tuple[int, Norm]], table: pl.DataFrame
    ) -> pl.DataFrame:
        """The rows of a table again, as the interpreter decides them."""
        found = []
        for institution, provision, subject in table.select("institution", "provision", "subject").iter_rows():
            judge = self.judge(numbers[institution])
            number, norm = norms[provision]
            if judge is not None:
                rows = list(_rows(institution, judge, norm, subject))
                found.append(_ordered(rows, number))
        return pl.concat([_empty().drop(ASK), *found])


def _rows(institution: str, judge: Judge, norm: Norm, subject: str | None = None) -> Iterator[Row]:
    assembler = Assembler(judge, explain=False)
    for row in judge.case.rows(norm.entity):
        if subject is not None and row.id != subject and norm.entity != "institution":
            continue
        answer = assembler.answer(judge.judge(norm, row))
        if isinstance(answer, Outcome):
            yield row_of(institution, answer, margin_of(judge.interpreter, norm, row))


def _ordered(rows: list[Row], number: int) -> pl.DataFrame:
    return frame_of(rows).with_columns(pl.lit(number, pl.Int32).alias(_ORDER))


def _empty() -> pl.DataFrame:
    return pl.DataFrame(schema={**dict.fromkeys(TEXTS, pl.String), ASK: pl.Boolean, _ORDER: pl.Int32})
