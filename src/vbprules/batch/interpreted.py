"""What the interpreter decides in a batch, institution by institution."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

import polars as pl

from vbprules.batch.rows import Row, row_of
from vbprules.columnar.results import texts_of
from vbprules.decision.assemble import Assembler
from vbprules.decision.margins import margin_of
from vbprules.decision.model import Outcome
from vbprules.diagnostics import Finding, InputError, Report
from vbprules.engine.checks import check_facts, check_judged
from vbprules.engine.outcomes import Judge
from vbprules.program.ir import Norm, Program
from vbprules.tables.dossiers import Dossiers
from vbprules.tables.intake import CaseOf

ORDER: Final = ":norm"  # the number of a norm in its policy
_KEPT: Final = 256  # judges that are kept, since what one of them has worked out serves again


class Interpreted:
    """Decides institutions of a chunk, and tells their reasons if these are wanted.

    ``rejected``: those whose facts have errors, with what is wrong."""

    def __init__(self, dossiers: Dossiers, case_of: CaseOf, reasons: bool = False) -> None:
        self.dossiers = dossiers
        self.case_of = case_of
        self.reasons = reasons
        self.rejected: dict[str, tuple[Finding, ...]] = {}
        self._assemblers: dict[int, Assembler | None] = {}

    def assembler(self, inst: int) -> Assembler | None:
        """What decides an institution; None where its facts have errors."""
        if inst not in self._assemblers:
            if len(self._assemblers) >= _KEPT:
                self._assemblers.clear()
            self._assemblers[inst] = self._assembler(inst)
        return self._assemblers[inst]

    def _assembler(self, inst: int) -> Assembler | None:
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
        return Assembler(Judge(case), explain=self.reasons)

    def _reject(self, institution: str, findings: Iterable[Finding]) -> None:
        self.rejected[institution] = tuple(self.dossiers.located(finding) for finding in findings)

    def all(self, institutions: Collection[int], program: Program) -> tuple[pl.DataFrame, tuple[str, ...]]:
        """Every norm of some institutions, and the names of those that could be decided."""
        rows: list[tuple[int, Row]] = []
        names = []
        for inst in institutions:
            assembler = self.assembler(inst)
            if assembler is None:
                continue
            name = self.dossiers.chunk.institutions[inst]
            own = [(number, row) for number, norm in enumerate(program.norms) for row in _rows(name, assembler, norm)]
            try:
                check_judged(assembler.judge, Report())
            except InputError as error:
                self._reject(name, error.findings)
                continue
            names.append(name)
            rows += own
        return self._frame(rows), tuple(names)

    def norm(self, institutions: Collection[int], number: int, norm: Norm) -> pl.DataFrame:
        """One norm of some institutions."""
        rows: list[tuple[int, Row]] = []
        for inst in institutions:
            assembler = self.assembler(inst)
            if assembler is not None:
                found = _rows(self.dossiers.chunk.institutions[inst], assembler, norm)
                rows += [(number, row) for row in found]
        return self._frame(rows)

    def asked(self, program: Program, numbers: dict[str, int], table: pl.DataFrame) -> pl.DataFrame:
        """The rows of a table again, as the interpreter decides them. ``numbers``: of an institution its number."""
        rows: list[tuple[int, Row]] = []
        for institution, subject, number in table.select("institution", "subject", ORDER).iter_rows():
            assembler = self.assembler(numbers[institution])
            if assembler is not None:
                rows += [(number, row) for row in _rows(institution, assembler, program.norms[number], subject)]
        return self._frame(rows)

    def _frame(self, rows: Iterable[tuple[int, Row]]) -> pl.DataFrame:
        schema = {**dict.fromkeys(texts_of(self.reasons), pl.String), ORDER: pl.Int32}
        return pl.DataFrame([(*row, number) for number, row in rows], schema=schema, orient="row")


def _rows(institution: str, assembler: Assembler, norm: Norm, subject: str | None = None) -> Iterator[Row]:
    judge = assembler.judge
    for row in judge.case.rows(norm.entity):
        if subject is not None and row.id != subject and norm.entity != "institution":
            continue
        answer = assembler.answer(judge.judge(norm, row))
        if isinstance(answer, Outcome):
            yield row_of(institution, answer, margin_of(judge.interpreter, norm, row), assembler.explain)
