"""What only the policy can tell of a case file: its provisions, clauses, readings, parties, figures and places.

Reading a case file (``cases.files``) needs no policy. Whoever runs its cases reads and checks it here.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

from vbprules import catalog
from vbprules.cases.expectations import Expectation, assignment
from vbprules.cases.files import CaseFile, read_case_file
from vbprules.cases.keys import ABSENT, FIGURES, NONE
from vbprules.diagnostics import CATALOGUE, Finding, InputError, Report, suggest
from vbprules.facts.dossier import dossier_of
from vbprules.language import policy as p
from vbprules.program.ir import Norm, Program
from vbprules.reading import Mapping, Node, Scalar, Sequence

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
        check = _Check(program, report)
        for name, option in file.written.readings:
            check.reading(name.text, option.text, name, option)
        for expected in file.written.expect:
            check.expectation(expected)
        for at in file.written.excused:
            check.address(at)
    for finding in _facts(file):
        report.take(finding)


def _program(file: CaseFile, report: Report) -> Program | None:
    """The policy of a case file; None, after findings, where it cannot be had."""
    if not file.policy:
        return None
    try:
        return catalog.load(file.policy)
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


def _facts(file: CaseFile) -> Iterator[Finding]:
    """The errors in the facts of all cases, each once: cases share fixtures."""
    told: set[tuple[object, ...]] = set()
    for case in file.cases:
        own = Report()
        own.use(file.written.source)
        dossier_of(case.facts, own)
        for finding in own.findings if own.has_errors else ():
            key = (finding.code, finding.mark, finding.args)
            if finding.severity == "error" and key not in told:
                told.add(key)
                yield finding


def figures_of(norm: Norm) -> tuple[str, ...]:
    """The figures that an outcome of a norm may have, in the order in which case files name them."""
    source = norm.source
    found = {*norm.values, *source.silent}
    if norm.done is not None and source.modality != p.PROHIBITION:
        found.add("done")
    if "due" in norm.values and source.modality in (p.OBLIGATION, p.ENTITLEMENT):
        found.add("breached_on")
    if "early" in norm.tests:
        found.add("early")
    if source.modality == p.PRICE and "standard" in norm.values:
        found |= {"base", "excess"}
    return tuple(name for name in FIGURES if name in found)


class _Check:
    def __init__(self, program: Program, report: Report) -> None:
        self.policy, self.report = program.policy, report
        self.norms = {norm.id: norm for norm in program.norms}
        self.clauses = [clause.no for clause in self.policy.clauses]
        self.named = {"document", *self.norms, *(norm.source.group for norm in program.norms if norm.source.group)}
        self.named |= {f"tasks.{name.removeprefix('task_')}" for name in self.norms if name.startswith("task_")}
        for section in ("parties", "readings", "questions", "lists", "terms", "quantities"):
            for name in getattr(self.policy, section):
                self.named |= {name, f"{section}.{name}"}

    def reading(self, name: str, option: str, at: Node, at_option: Node) -> None:
        """A reading that the policy declares, with one of its options."""
        found = self.policy.readings.get(name)
        if found is None:
            suggestion = partial(suggest, name, self.policy.readings)
            self.report.error("unknown_ruling_reading", at, name=name, suggestion=suggestion)
        elif option not in found.options:
            self.report.error("ruling_option", at_option, name=name, option=option, choices=", ".join(found.options))

    def expectation(self, expected: Expectation) -> None:
        norm = self.norms.get(expected.provision)
        if norm is None:
            name = expected.provision
            self.report.error("expected_provision", expected.mark, name=name, suggestion=partial(self._near, name))
        for key, value in expected.values.items():
            if key == "clause":
                self._names("unknown_clause", "clause", value, self.clauses)
            elif key in ("by", "toward"):
                self._names("unknown_party", "name", value, list(self.policy.parties))
            elif norm is not None and key in FIGURES:
                self._figure(norm, key, value)
            if isinstance(value, Mapping):
                for option, _ in value.entries:
                    for name, chosen in (assignment(option.text) or {}).items():
                        self.reading(name, chosen, option, option)

    def address(self, at: Scalar) -> None:
        """A place of the policy begins with something that the policy names, perhaps after its section."""
        place = at.text.partition(" ")[0]  # conditions are counted: ``terms.late 2``
        head, _, rest = place.partition(".")
        step = f"{head}.{rest.partition('.')[0]}"
        if head not in self.named and step not in self.named:
            near = partial(suggest, step if hasattr(self.policy, head) else head, self.named)
            self.report.error("unknown_address", at, address=at.text, suggestion=near)

    def _near(self, name: str) -> str:
        """The provision nearest to a name; of a sanction with measures, the first of them."""
        steps = [norm.id for norm in self.norms.values() if norm.source.group == name]
        return steps[0] if steps else suggest(name, self.norms)

    def _figure(self, norm: Norm, key: str, value: Node) -> None:
        known = figures_of(norm)
        if key in known or (isinstance(value, Scalar) and value.text == ABSENT):
            return
        self.report.error("figure_not_of", value, key=key, provision=norm.id, choices=", ".join(known))

    def _names(self, code: str, field: str, value: Node, known: list[str]) -> None:
        for item in value.items if isinstance(value, Sequence) else (value,):
            text = item.text if isinstance(item, Scalar) else ""
            name = text.replace("（", "(").replace("）", ")")
            if name not in known and (name != NONE or isinstance(value, Sequence)):
                self.report.error(code, item, **{field: text, "suggestion": partial(suggest, name, known)})
