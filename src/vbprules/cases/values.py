"""One expected value held against what came out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from vbprules.cases.expectations import assignment
from vbprules.cases.keys import ABSENT, NONE
from vbprules.decision.model import Attribute, Cited, Text
from vbprules.decision.shown import show
from vbprules.printing.figures import branches
from vbprules.reading import Mapping as MappingNode
from vbprules.reading import Node, Scalar, Sequence
from vbprules.values.figures import normal

STATE: Final = "state"
AMONG: Final = " | "  # between texts in which one was looked for: Chinese and English by turns


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One expected value that did not come out, with the line of the case file to look at.

    ``block`` is the part of the case that expects it, empty for its outcomes; ``about`` what it is said of there: a
    day, a step; ``clauses`` those of the outcome.
    """

    outcome: str
    key: str
    expected: str
    actual: str
    line: int
    block: str = ""
    about: str = ""
    clauses: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True)
class Came:
    """What came out: a value and its standing under each combination of readings, and all of it on one line."""

    unit: str
    shown: str
    values: tuple[tuple[Mapping[str, str], str | None, str], ...]

    @classmethod
    def of(cls, found: Attribute) -> Came:
        if not found.branches:
            return cls(found.unit, show(found), (({}, found.value, found.standing),))
        values = ((b.readings, b.value, "settled" if b.settled else "open") for b in found.branches)
        return cls(found.unit, show(found), tuple(values))

    @classmethod
    def told(cls, text: str, unit: str) -> Came:
        """From the line that `show` makes."""
        found = branches(text)
        values = [({}, text)] if found is None else found
        return cls(unit, text, tuple((readings, value, "") for readings, value in values))

    @property
    def forked(self) -> bool:
        return any(readings for readings, _, _ in self.values)

    def under(self, chosen: Mapping[str, str]) -> list[tuple[str | None, str]]:
        """The values that are compatible with some readings."""
        return [
            (value, standing)
            for readings, value, standing in self.values
            if all(readings.get(name, option) == option for name, option in chosen.items())
        ]


def compare_value(outcome: str, key: str, node: Node, came: Came | None, line: int) -> Iterator[Mismatch]:
    """One value, or one for each of some readings. None: there is no such value."""
    if came is None:
        if text_of(node) != ABSENT:
            yield Mismatch(outcome, key, text_of(node) or "…", ABSENT, line)
        return
    if isinstance(node, MappingNode):
        for option, wanted in node.entries:
            name, values = f"{key} ({option.text})", came.under(assignment(option.text) or {})
            if not values:
                yield Mismatch(outcome, name, text_of(wanted), f"no such branch: {came.shown}", line)
            for value, standing in values:
                if not _same(text_of(wanted), value, standing, came.unit):
                    yield Mismatch(outcome, name, text_of(wanted), value or standing, line)
        return
    ((_, value, standing), *_) = came.values
    if came.forked or not _same(text_of(node), value, standing, came.unit):
        yield Mismatch(outcome, key, text_of(node), came.shown, line)


def _same(expected: str, value: str | None, standing: str, unit: str) -> bool:
    wanted = expected.removeprefix("exactly ").removeprefix("between ").replace("–", "..").strip()
    if unit != STATE and wanted in ("silent", "open") and standing == wanted:
        return True
    return wanted == (value or "").removeprefix("exactly ").removeprefix("between ")


def compare_set(
    outcome: str, key: str, node: Node, actual: Collection[str], line: int, form: Callable[[str], str] = str
) -> Iterator[Mismatch]:
    """Just these, in any order; ``none`` or an empty list: none at all."""
    wanted = [] if text_of(node) == NONE else [form(text) for text in texts_of(node)]
    if set(wanted) != set(actual):
        yield Mismatch(outcome, key, ", ".join(wanted) or NONE, ", ".join(dict.fromkeys(actual)) or NONE, line)


def compare_parts(outcome: str, key: str, node: Node, found: Collection[Text], line: int) -> Iterator[Mismatch]:
    """Each of these stands in one of the texts, in Chinese or in English."""
    both = [text for item in found for text in (item.zh, item.en)]
    for wanted in texts_of(node):
        if not any(normal(wanted) in normal(text) for text in both):
            yield Mismatch(outcome, key, wanted, AMONG.join(both) or NONE, line)


def compare_needs(outcome: str, key: str, node: Node, found: Iterable[str], line: int) -> Iterator[Mismatch]:
    """Each of these needs is among those found; its beginning is enough. ``none``: there is no need."""
    keys = sorted(found)
    if text_of(node) == NONE:
        if keys:
            yield Mismatch(outcome, key, NONE, "; ".join(keys), line)
        return
    for need in texts_of(node):
        if not any(known == need or known.startswith(need + " ") for known in keys):
            yield Mismatch(outcome, key, need, "; ".join(keys) or NONE, line)


def clause_form(text: str) -> str:
    """A clause as policies write it."""
    return text.replace("（", "(").replace("）", ")")


def text_of(node: Node) -> str:
    return node.text if isinstance(node, Scalar) else ""


def texts_of(node: Node) -> list[str]:
    return [text_of(item) for item in node.items] if isinstance(node, Sequence) else [text_of(node)]
