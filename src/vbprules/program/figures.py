"""The figures that a policy writes, each by its address, and the policy with some of them taken for others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from vbprules.diagnostics import Report, Source, suggest
from vbprules.language.parse import parse_policy
from vbprules.language.policy import Citation
from vbprules.program import ir
from vbprules.program.compile import compile_policy
from vbprules.program.ir import IR, Const, Norm, Program
from vbprules.reading import Mapping as MappingNode
from vbprules.reading import Mark, Node, Scalar, Sequence
from vbprules.reading.edits import Path, Put, applied
from vbprules.values.figures import CODE, COUNT, DATE, DURATIONS, NUMBER, TEXT, TRUTH, UNITS, normal, parse_date
from vbprules.values.figures import parse_figure as parsed
from vbprules.values.ranges import exactly

_BARE: Final = frozenset({COUNT, NUMBER, UNITS})  # units that a number may leave out
_EXAMPLES: Final[Mapping[str, str]] = {
    "share": "75%",
    "money": "1000.00 yuan",
    "date": "2020-03-31",
    "days": "30 days",
    "working_days": "10 working days",
    "months": "3 months",
    "years": "1 year",
    "units": "100 units",
    "count": "3",
    "number": "1.5",
}
_MOST_CITES: Final = 3
_DIGITS: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class PolicyFigure:
    """A figure or date that the policy writes. ``cites``: the clauses with the phrases that carry it."""

    address: str
    text: str
    unit: str
    cites: tuple[Citation, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Root:
    """An expression of the policy with what its owner cites: a quantity or term has a key, a norm's a slot."""

    node: IR
    cites: tuple[Citation, ...]
    key: str = ""
    norm: Norm | None = None
    slot: str = ""


def figures_of(program: Program) -> tuple[PolicyFigure, ...]:
    """Every figure of a policy in the order of the file. Where two have one address the later is told by ``#2``."""
    users = Users(program)
    return tuple(
        PolicyFigure(address, const.text, const.unit, _carrying(const.text, cites or users.cites(key)), mark)
        for address, mark, const, cites, key in _addressed(program)
    )


def addresses(program: Program) -> dict[Mark, str]:
    """The address of every figure, by where it is written."""
    return {mark: address for address, mark, _, _, _ in _addressed(program)}


def _addressed(program: Program) -> Iterator[tuple[str, Mark, Const, tuple[Citation, ...], str]]:
    """Address, place, figure, what its owner cites, and the key of the quantity that it is part of."""
    found: dict[Mark, tuple[Const, tuple[Citation, ...], str]] = {}
    for root in roots(program):
        for const in _figures(root.node):
            if const.mark is not None and (const.mark not in found or not found[const.mark][1]):
                found[const.mark] = (const, root.cites, root.key)
    counted: dict[str, int] = {}
    for mark, (const, cites, key) in sorted(found.items(), key=lambda item: (item[0].line, item[0].column)):
        number = counted[const.address] = counted.get(const.address, 0) + 1
        yield const.address if number == 1 else f"{const.address}#{number}", mark, const, cites, key


def with_figures(program: Program, changes: Mapping[str, Scalar], report: Report) -> Program:
    """The policy compiled anew with figures taken for others; ``program`` itself where nothing differs.

    ``changes`` maps addresses to what to write there. An address that the policy does not have, a unit that does not
    fit, and what the compiler refuses are reported at the mark of the new text, in the report's current source.
    """
    known = {address: (mark, const) for address, mark, const, _, _ in _addressed(program)}
    root, source = program.policy.root, report.current or Source("", "")
    overlaid, wanted = dict(program.overlaid), dict[Mark, Scalar]()
    paths = {} if root is None else dict(_scalars(root, ()))
    for address, new in changes.items():
        mark, figure = known.get(address, (None, None))
        if mark is None or figure is None or mark not in paths:
            report.error("unknown_figure", new, address=address, suggestion=partial(suggest, address, known))
        elif not fits(new.text, figure.unit):
            example = _EXAMPLES.get(figure.unit, figure.text)
            report.error("figure_unit", new, text=new.text, address=address, written=figure.text, example=example)
        elif root is not None and new.text != figure.text:
            root = applied(root, paths[mark], Put(Scalar(new.text, mark)))
            wanted[mark] = new
            written = overlaid.pop(address, (figure.text, ""))[0]
            if new.text != written:
                overlaid[address] = (written, new.text)
    if report.has_errors or not wanted:
        return program
    own = Report()
    policy = parse_policy(root, program.policy.digest, own)
    changed = compile_policy(policy, own) if not own.has_errors else program
    for finding in own.findings if own.has_errors else ():
        at = None if finding.mark is None else wanted.get(finding.mark)
        report.take(finding if at is None else finding.moved(source, at.mark))
    return replace(changed, overlaid=overlaid, bundle=program.bundle)


def fits(text: str, unit: str) -> bool:
    """Whether a text is a figure of this unit. A duration may be counted in another unit of time."""
    try:
        day = parse_date(text)
    except ValueError:
        return False
    figure = parsed(text)
    if unit == DATE or day is not None:
        return unit == DATE and day is not None
    if figure is None:
        return False
    if figure.bare or {figure.unit, unit} <= {COUNT, NUMBER}:
        return unit in _BARE
    return figure.unit == unit or {figure.unit, unit} <= DURATIONS


def roots(program: Program) -> Iterator[Root]:
    """Whatever the policy writes as an expression."""
    policy = program.policy
    yield from (Root(day, ()) for day in (_issued(program), program.start, program.end) if day is not None)
    for named in (*policy.terms.values(), *policy.quantities.values()):
        key = f"{named.per}.{named.id}"
        if key in program.definitions:
            yield Root(program.definitions[key].body, named.cites, key=key)
    for norm in program.norms:
        for test in (norm.by_test, norm.toward_test):
            if test is not None:
                names = (*norm.source.by, *norm.source.toward)
                yield Root(test, tuple(cite for name in names for cite in policy.parties[name].cites))
        for exemption, test in norm.exempt:
            yield Root(test, exemption.cites or norm.cites, norm=norm)
        for slot, node in _slots(norm):
            yield Root(node, norm.cites, norm=norm, slot=slot)


def _slots(norm: Norm) -> Iterator[tuple[str, IR]]:
    yield "when", norm.when
    yield from norm.values.items()
    if norm.done is not None:
        yield "done", norm.done


def _of_norm(norm: Norm) -> tuple[IR, ...]:
    return tuple(node for _, node in _slots(norm))


def _issued(program: Program) -> IR | None:
    root = program.policy.root
    document = root.get("document") if isinstance(root, MappingNode) else None
    issued = document.get("issued") if isinstance(document, MappingNode) else None
    if not isinstance(issued, Scalar) or program.issued is None:
        return None
    day = exactly(program.issued)
    return Const(unit=DATE, value=day, text=issued.text, address="document.issued", mark=issued.mark)


class Users:
    """The provisions that use a quantity which cites nothing itself, by name or through others."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._refs: dict[str, frozenset[str]] = {}
        self._names: dict[str, frozenset[str]] = {}

    def cites(self, key: str) -> tuple[Citation, ...]:
        """What they cite; nothing without a key."""
        found = (norm.cites for norm in self.program.norms if key in self.names(norm))
        return tuple(dict.fromkeys(cite for cites in found for cite in cites))

    def names(self, norm: Norm) -> frozenset[str]:
        """The quantities and terms that a provision uses, by name or through others."""
        if norm.id not in self._names:
            self._names[norm.id] = frozenset[str]().union(*(self._of(node) for node in _of_norm(norm)))
        return self._names[norm.id]

    def _of(self, node: IR) -> frozenset[str]:
        names = frozenset(part.id for part in ir.walk(node) if isinstance(part, (ir.Ref, ir.OtherYear)))
        return names.union(*(self._below(name) for name in names))

    def _below(self, key: str) -> frozenset[str]:
        if key not in self._refs:
            self._refs[key] = self._of(self.program.definitions[key].body)
        return self._refs[key]


def _figures(node: IR) -> Iterator[Const]:
    for part in ir.walk(node):
        found: IR | None = part
        if isinstance(part, ir.Share):
            found = part.share
        elif isinstance(part, ir.Count):
            found = part.count
        elif isinstance(part, ir.Edge):
            found = part.written
        if isinstance(found, Const) and is_figure(found):
            yield found


def is_figure(const: Const) -> bool:
    """Whether the policy writes it as a figure or a date."""
    return bool(const.address) and const.unit not in (TRUTH, CODE, TEXT)


def _carrying(text: str, cites: tuple[Citation, ...]) -> tuple[Citation, ...]:
    """The citations whose phrase has one of the numbers; where none has, the first few."""
    numbers = set(_DIGITS.findall(normal(text)))
    found = tuple(cite for cite in cites if numbers & set(_DIGITS.findall(normal(cite.phrase)))) or cites
    return found[:_MOST_CITES]


def _scalars(node: Node, path: Path) -> Iterator[tuple[Mark, Path]]:
    if isinstance(node, Scalar):
        yield node.mark, path
    elif isinstance(node, Sequence):
        for position, item in enumerate(node.items):
            yield from _scalars(item, (*path, position))
    elif isinstance(node, MappingNode):
        for key, value in node.entries:
            yield from _scalars(value, (*path, key.text))
