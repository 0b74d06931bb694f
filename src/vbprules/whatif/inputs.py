"""The case as it is, and with something laid over it. Every slip is told in the text where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

from vbprules.diagnostics import Finding, InputError, Report, Source
from vbprules.engine.checks import acted_names, asked_names, given_slots
from vbprules.facts.dossier import dossier_of, read_source
from vbprules.facts.places import Astray, astray, merge, replaced
from vbprules.facts.rows import Dossier
from vbprules.facts.rulings import check_reading
from vbprules.language.shape import near
from vbprules.language.words import LISTS, columns, dossier_in_english
from vbprules.law import as_of_day
from vbprules.program.figures import with_figures
from vbprules.program.ir import Program
from vbprules.reading import Mapping as MappingNode
from vbprules.reading import Mark, Node, Scalar, Sequence, from_python, read

_NOTHING: Final = MappingNode((), Mark(1, 1, 1, 1))


@dataclass(frozen=True, slots=True)
class Tree:
    """Facts, or a value of a place, that have been read already, with the text in which they stand."""

    node: Node
    source: Source

    def __str__(self) -> str:
        """A word as it is; anything longer by its place."""
        return self.node.text if isinstance(self.node, Scalar) else f"{self.source.name}:{self.node.mark.line}"


@dataclass(slots=True)
class Origins:
    """From which text each node of a tree made of several texts comes."""

    base: Source
    _of: dict[int, tuple[Mark, Source]] = field(default_factory=dict)

    def add(self, node: Node, source: Source) -> None:
        for mark in _marks(node):
            self._of[id(mark)] = (mark, source)  # the mark is kept, so that its id stays its own

    def located(self, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """The findings, each in the text where it belongs."""
        found = []
        for finding in findings:
            known = None if finding.mark is None else self._of.get(id(finding.mark))
            elsewhere = known is not None and finding.file == self.base.name
            found.append(finding.moved(known[1], known[0]) if known is not None and elsewhere else finding)
        return tuple(found)


def _marks(node: Node) -> Iterator[Mark]:
    yield node.mark
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _marks(item)
    elif isinstance(node, MappingNode):
        for key, value in node.entries:
            yield key.mark
            yield from _marks(value)


def facts_tree(source: Path | str | bytes | Mapping[str, Any] | Tree, name: str, report: Report) -> tuple[Node, Source]:
    """The tree of a dossier, or of facts to be laid over it, with the text it stands in."""
    if isinstance(source, Tree):
        return dossier_in_english(source.node), source.source
    root = read_source(source, name, report)
    return _NOTHING if root is None else dossier_in_english(root), report.current or Source(name, "")


def laid_over(base: Node, over: Node | None, places: Mapping[str, Any], origins: Origins, report: Report) -> Node:
    """Facts with others merged over them and single places replaced."""
    tree = base if over is None else merge(base, over)
    for path, value in places.items():
        steps = _english(path)
        node, source = _node(path, value, report)
        with report.source(source):
            wrong = astray(".".join(steps))
            changed = wrong if wrong is not None else replaced(tree, steps, node)
            if isinstance(changed, Astray):
                suggestion = partial(near, changed.part, changed.known)
                report.error("bad_set_path", node, path=path, part=changed.part, suggestion=suggestion)
            else:
                origins.add(node, source)
                tree = changed
    return tree


def _english(path: str) -> list[str]:
    head, *rest = path.split(".")
    head = LISTS.get(head, head)
    return [head, *(columns(head).get(part, part) for part in rest)]


def _node(path: str, value: Any, report: Report) -> tuple[Node, Source]:
    """A value with a text of its own: one word, YAML in braces or brackets, or plain data."""
    name, head = f"set {path}", _english(path)[0]
    if isinstance(value, Tree):
        return _inside(head, value.node), value.source
    if isinstance(value, str) and value[:1] not in ("{", "["):
        return _scalar(value), Source(name, value)
    found = read(value, name, report) if isinstance(value, str) else from_python(value, name, report)
    return _inside(head, _scalar("") if found is None else found), report.current or Source(name, "")


def _inside(head: str, node: Node) -> Node:
    """A value with its Chinese headings in English, as they are in the list where it stands."""
    inside = dossier_in_english(MappingNode(((Scalar(head, node.mark), node),), node.mark))
    assert isinstance(inside, MappingNode)
    return inside.entries[0][1]


def _scalar(text: str) -> Scalar:
    return Scalar(text, Mark(1, 1, 1, len(text) + 1))


def overlaid_program(program: Program, figures: Mapping[str, str], report: Report) -> Program:
    """The policy with figures taken for others. Raises nothing: slips go to ``report``."""
    changed = program
    for address, text in figures.items():
        with report.source(Source(f"figure {address}", text)):
            changed = with_figures(changed, {address: _scalar(text)}, report)
    return changed


def check_readings(program: Program, readings: Mapping[str, str], report: Report) -> None:
    for name, option in readings.items():
        with report.source(Source(f"reading {name}", option)):
            check_reading(program.policy, name, option, _scalar(option), report)


def day_of(day: date | str, name: str, report: Report) -> int:
    """The ordinal of a day; a slip goes to ``report``."""
    if isinstance(day, date):
        return day.toordinal()
    with report.source(Source(name, day)):
        return as_of_day(day, report)


def fit_for(program: Program, dossier: Dossier) -> tuple[Dossier, tuple[str, ...]]:
    """The dossier without acts, answers and figures that another policy speaks of, and what these are."""
    provisions, questions = acted_names(program.policy), asked_names(program.policy)
    known = given_slots(program)
    acts = tuple(item for item in dossier.acts if item.of in provisions)
    answers = tuple(item for item in dossier.determinations if item.question in questions)
    given = tuple(item for item in dossier.given if item.name in known)
    left = [
        *(f"{item.record} {item.of}" for item in dossier.acts if item not in acts),
        *(f"determinations {item.question}" for item in dossier.determinations if item not in answers),
        *(f"given {item.name}" for item in dossier.given if item not in given),
    ]
    return replace(dossier, acts=acts, determinations=answers, given=given), tuple(dict.fromkeys(left))


def dossier_at(tree: Node, origins: Origins) -> Dossier:
    """The dossier of a tree made of several texts. Raises InputError with every finding at its place."""
    report = Report()
    report.use(origins.base)
    dossier = dossier_of(tree, report)
    raise_located(report, origins)
    return dossier


def raise_located(report: Report, origins: Origins) -> None:
    """Raise InputError with every finding at its place, if there are errors."""
    if report.has_errors:
        raise InputError(origins.located(tuple(report.sorted_findings())))
