"""What only the policy can tell of a case file: its provisions, clauses, readings, parties, figures and places.

Reading a case file (``cases.files``) needs no policy. Whoever runs its cases reads and checks it here.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from vbprules import catalog
from vbprules.cases.blocks.table import BLOCKS
from vbprules.cases.files import CaseFile, read_case_file
from vbprules.cases.policy_check import PolicyCheck
from vbprules.diagnostics import CATALOGUE, Finding, InputError, Report
from vbprules.facts.dossier import dossier_of
from vbprules.program.ir import Program

_UNKNOWN_POLICY: Final = CATALOGUE["unknown_policy"].code


def load_case_file(path: Path, report: Report | None = None) -> CaseFile:
    """A case file, read and checked against its policy, with every finding of both.

    Raises InputError with every finding unless ``report`` is given. Errors of the policy itself are among them.
    """
    own = report or Report()
    found = read_case_file(path, own)
    program = _program(found, own)
    if program is not None:
        check_case_file(found, program, own)
    if report is None:
        own.raise_if_errors()
    return found


def check_case_file(file: CaseFile, program: Program, report: Report) -> None:
    """Report what the file says that its policy does not have, and every error in the facts of its cases."""
    with report.source(file.written.source):
        check = PolicyCheck(program, report)
        for name, option in file.written.readings:
            check.reading(name.text, option.text, name, option)
        for at in file.written.instruments:
            check.instrument(at)
        for expected in file.written.expect:
            check.expectation(expected)
        for at in file.written.excused:
            check.address(at)
    for finding in _once(_of_facts(file)):
        report.take(finding)
    for finding in _once(_of_blocks(file, program)):
        report.take(finding)


def _program(file: CaseFile, report: Report) -> Program | None:
    """The policy of a case file; None, after findings, where it cannot be had."""
    if not file.policy:
        return None
    try:
        program = catalog.load(file.policy)
        if program.bundle is None:
            return program
        with report.source(file.written.source):
            report.error("bundle_not_here", file.written.policy, name=file.policy)
    except InputError as error:
        for finding in error.findings:
            if finding.code == _UNKNOWN_POLICY:
                with report.source(file.written.source):
                    report.error("unknown_policy", file.written.policy, **dict(finding.args))
            else:
                report.take(finding)
    except (OSError, ValueError) as error:
        with report.source(file.written.source):
            reason = getattr(error, "strerror", None) or str(error)
            report.error("file_unreadable", file.written.policy, path=file.policy, reason=reason)
    return None


def _of_facts(file: CaseFile) -> Iterable[Finding]:
    for case in file.cases:
        own = Report()
        own.use(file.written.source)
        dossier_of(case.facts, own)
        yield from own.findings if own.has_errors else ()


def _of_blocks(file: CaseFile, program: Program) -> Iterable[Finding]:
    for case in file.cases:
        own = Report()
        own.use(file.written.source)
        for name, block in case.blocks.items():
            BLOCKS[name].check(case, block, PolicyCheck(program, own))
        yield from own.findings


def _once(findings: Iterable[Finding]) -> Iterable[Finding]:
    """Errors, each once: cases share fixtures, and the rows of a table what is asserted of them."""
    told: set[tuple[object, ...]] = set()
    for finding in findings:
        key = (finding.code, finding.file, finding.mark, finding.args)
        if finding.severity == "error" and key not in told:
            told.add(key)
            yield finding
