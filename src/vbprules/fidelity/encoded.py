"""Every figure that a policy writes, with how it is used: under which comparison, negated or not, by which reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from vbprules.language.policy import Citation
from vbprules.program import ir
from vbprules.program.figures import Root, addresses, is_figure, roots
from vbprules.program.ir import IR, Const, Norm, Program
from vbprules.reading import Mark

Option = tuple[str, str]  # a reading and one of its options
_KEEPING: Final = ("least", "greatest", "product")  # what bounds the whole bounds each part


@dataclass(frozen=True, slots=True)
class Encoded:
    """One use of a figure: from ``low`` to ``high`` in the scale of its unit, as ``vbprules.values.figures`` has them.

    ``comparator`` is the word of the comparison or bound it stands under, ``""`` where there is none; ``negated``: that
    comparison stands under ``not``. ``norm`` and ``slot`` say which provision uses it and in which key; the figure of a
    quantity has none. ``cites`` are those of the owner and of the readings consulted on the way.
    """

    address: str
    text: str
    unit: str
    low: Fraction
    high: Fraction
    mark: Mark
    comparator: str
    bound: bool  # the comparator bounds an amount or value (``amount: {at_least: …}``)
    negated: bool
    options: tuple[Option, ...]
    cites: tuple[Citation, ...]
    key: str
    norm: Norm | None
    slot: str


@dataclass(frozen=True, slots=True)
class _Way:
    """How a figure was reached."""

    comparator: str = ""
    bound: bool = False
    negated: bool = False
    options: tuple[Option, ...] = ()


def encoded_figures(program: Program) -> tuple[Encoded, ...]:
    """Every use of every figure, in the order of the policy's roots. The ends of ``between`` are one figure."""
    walker = _Walker(program)
    found: list[Encoded] = []
    for root in roots(program):
        mine: dict[tuple[Mark, bool, tuple[Option, ...]], Encoded] = {}
        for use in walker.uses(root):
            same = (use.mark, use.negated, use.options)
            before = mine.get(same)
            mine[same] = use if before is None else _joined(before, use)
        found += mine.values()
    return tuple(found)


def _joined(first: Encoded, second: Encoded) -> Encoded:
    """Two uses of one figure in one expression: the ends of a range, or the same again."""
    comparator = first.comparator if first.comparator == second.comparator else "between"
    return replace(first, low=min(first.low, second.low), high=max(first.high, second.high), comparator=comparator)


class _Walker:
    def __init__(self, program: Program) -> None:
        self._program = program
        self._addresses = addresses(program)

    def uses(self, root: Root) -> Iterator[Encoded]:
        for const, way in self._walk(root.node, _Way()):
            mark = const.mark
            if mark is None or mark not in self._addresses or not is_figure(const):
                continue
            readings = self._program.policy.readings
            consulted = tuple(cite for name, _ in way.options for cite in readings[name].cites)
            yield Encoded(
                address=self._addresses[mark],
                text=const.text,
                unit=const.unit,
                low=Fraction(const.value.lo),  # type: ignore[arg-type]  # a figure has two finite ends
                high=Fraction(const.value.hi),  # type: ignore[arg-type]
                mark=mark,
                comparator=way.comparator,
                bound=way.bound,
                negated=way.negated,
                options=way.options,
                cites=(*root.cites, *consulted),
                key=root.key,
                norm=root.norm,
                slot=root.slot,
            )

    def _walk(self, node: IR, way: _Way) -> Iterator[tuple[Const, _Way]]:
        if isinstance(node, Const):
            yield node, way
        elif isinstance(node, ir.Compare):
            yield from self._compared(node, replace(way, comparator="", bound=False))
        elif isinstance(node, ir.Not):
            yield from self._walk(node.part, replace(way, negated=not way.negated))
        elif isinstance(node, ir.Bounded):
            yield from self._walk(node.value, replace(way, comparator=node.bound, bound=True))
        elif isinstance(node, ir.Choose):
            for option, part in node.options:
                yield from self._walk(part, replace(way, options=(*way.options, (node.reading, option))))
        elif isinstance(node, (ir.Ref, ir.OtherYear)):
            if way.comparator:  # a bound with a name: its figure is used here
                yield from self._walk(self._program.definitions[node.id].body, way)
        elif isinstance(node, ir.If):
            yield from self._walk(node.condition, replace(way, comparator="", bound=False))
            yield from self._walk(node.then, way)
            yield from self._walk(node.otherwise, way)
        else:
            kept = way if _keeps(node) else replace(way, comparator="", bound=False)
            for written in _own(node):
                yield written, kept
            for child in node.children():
                yield from self._walk(child, kept)

    def _compared(self, node: ir.Compare, way: _Way) -> Iterator[tuple[Const, _Way]]:
        subject, bound = node.subject, node.bound
        yield from self._walk(subject, way)
        yield from self._walk(bound, replace(way, comparator=node.word))


def _keeps(node: IR) -> bool:
    if isinstance(node, ir.Arithmetic):
        return node.operation in _KEEPING
    return isinstance(node, (ir.Share, ir.KnownBy))


def _own(node: IR) -> Iterator[Const]:
    """Figures of a node that are no children of it."""
    written = (
        node.share
        if isinstance(node, ir.Share)
        else node.count
        if isinstance(node, ir.Count)
        else node.written
        if isinstance(node, ir.Edge)
        else None
    )
    if isinstance(written, Const):
        yield written
