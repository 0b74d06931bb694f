"""One text of a policy as it was understood: its tree, its program, and every word of it that has a role."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from vbprules import catalog
from vbprules.checking import report_conditions, report_figures
from vbprules.diagnostics import Finding, Report, Source
from vbprules.language import chinese
from vbprules.language.grammar import Role, walked
from vbprules.language.keys import TOP
from vbprules.language.surface import Surface
from vbprules.language.words import WORDS
from vbprules.mending import with_edits
from vbprules.program.figures import PolicyFigure, figures_of
from vbprules.program.ir import Program
from vbprules.reading import Mapping as MappingNode
from vbprules.reading import Mark, Scalar

# Keys that policies have at the left edge and dossiers or case files have not.
_OF_POLICIES: Final = tuple(key for key in TOP if key in ("language", "document", "clauses", "provisions"))
_POLICY: Final = re.compile(rf"^(?:{'|'.join((*_OF_POLICIES, *(WORDS[key] for key in _OF_POLICIES)))})[ \t]*:", re.M)


@dataclass(frozen=True, slots=True)
class Spot:
    """A word of the file with its role. ``text`` is its English name, whatever the surface."""

    text: str
    role: Role
    mark: Mark


@dataclass(frozen=True, slots=True, eq=False)
class Understood:
    """``spots`` in the order of the text; ``figures`` by where they are written."""

    source: Source
    root: MappingNode
    program: Program
    spots: tuple[Spot, ...]
    figures: Mapping[Mark, PolicyFigure]
    surface: Surface

    def called(self, name: str) -> str:
        """A name of the language as a file of this surface writes it: ``settled_on`` or 付清日."""
        if self.surface == "en":
            return name
        return ".".join(chinese.names().get(part, part) for part in name.split("."))

    def written(self, mark: Mark) -> str:
        """What the file has at a mark, as it is."""
        source = self.source
        return source.text[source.offset(mark.line, mark.column) : source.offset(mark.end_line, mark.end_column)]


@dataclass(frozen=True, slots=True, eq=False)
class Examined:
    """What is said of a text at once. ``understood`` is None where it is no tree; nothing is said of other files.

    ``compiles``: what its conditions can be together may be asked.
    """

    source: Source
    understood: Understood | None
    findings: tuple[Finding, ...]
    compiles: bool


def is_policy(text: str) -> bool:
    """Whether a text is a policy, or is to become one: dossiers, case files and other YAML are none."""
    return _POLICY.search(text) is not None


def examined(text: str, name: str) -> Examined:
    """Read, compile and compare a policy; of a text that is none nothing is said. Raises nothing for what it reads."""
    if not is_policy(text):
        return Examined(Source(name, text), None, (), False)
    report = Report()
    program = catalog.check(text.encode("utf-8", "surrogatepass"), name, report)
    source = report.current or Source(name, text)
    compiles = program is not None and not report.has_errors
    if program is not None:
        report_figures(program, source, report)
    found = _understood(source, program)
    findings = tuple(_about(source, with_edits(report.sorted_findings(), report.sources)))
    return Examined(source, found, findings, compiles)


def proved(understood: Understood) -> tuple[Finding, ...]:
    """What the conditions of a policy without errors can be together. Takes some seconds."""
    report = Report()
    report_conditions(understood.program, understood.source, report)
    return tuple(_about(understood.source, report.sorted_findings()))


def _about(source: Source, findings: Iterable[Finding]) -> Iterable[Finding]:
    return (finding for finding in findings if finding.file == source.name)


def _understood(source: Source, program: Program | None) -> Understood | None:
    root = None if program is None else program.policy.root
    if program is None or not isinstance(root, MappingNode):
        return None
    spots: list[Spot] = []

    def word(scalar: Scalar, role: Role) -> Scalar:
        spots.append(Spot(scalar.text, role, scalar.mark))
        return scalar

    walked(root, word)
    spots.sort(key=lambda spot: (spot.mark.line, spot.mark.column))
    figures = {figure.mark: figure for figure in figures_of(program)}
    keys = [spot for spot in spots if spot.role.kind == "key"]
    translated = sum(
        source.line(spot.mark.line)[spot.mark.column - 1 :][: len(spot.text)] != spot.text for spot in keys
    )
    surface: Surface = "zh" if 2 * translated > len(keys) else "en"
    return Understood(source, root, program, tuple(spots), figures, surface)
