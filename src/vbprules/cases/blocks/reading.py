"""Reading the rows of blocks: known keys, closed words, days, values of the right form, every slip at its place."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from vbprules.calendar import LocalCalendar
from vbprules.cases.blocks.keys import Words
from vbprules.cases.expectations import assignment, is_day
from vbprules.diagnostics import Report, Source, suggest
from vbprules.language.shape import Shape, elements, scalar_text
from vbprules.reading import Mapping as MappingNode
from vbprules.reading import Node, Scalar, Sequence
from vbprules.values.figures import parse_date, show_date


@dataclass(frozen=True, slots=True)
class Around:
    """The case in which a block stands: its day, its facts, the text of its file, and where slips go."""

    as_of: str
    facts: Node
    calendar: str | LocalCalendar | None
    source: Source
    report: Report


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a block: what it expects by key, in the order of the file."""

    values: Mapping[str, Node]
    at: Node

    @property
    def line(self) -> int:
        return self.at.mark.line

    def get(self, key: str) -> Node | None:
        return self.values.get(key)

    def text(self, key: str) -> str:
        """The text under a key; empty where there is none."""
        node = self.values.get(key)
        return node.text if isinstance(node, Scalar) else ""

    def line_of(self, key: str) -> int:
        node = self.values.get(key)
        return self.line if node is None else node.mark.line


def rows(node: Node | None, report: Report, where: str, keys: Collection[str]) -> tuple[Row, ...]:
    """The rows of a list; ``none`` is a list without any. A row that says nothing is a slip."""
    if node is None or (isinstance(node, Scalar) and node.text == "none"):
        return ()
    return tuple(found for item in elements(node, report, where) if (found := row(item, report, where, keys)))


def row(node: Node, report: Report, where: str, keys: Collection[str]) -> Row | None:
    before = report.error_count
    s = Shape(node, report, where, keys)
    values = {key: value for key in keys if (value := s.get(key)) is not None}
    if isinstance(node, MappingNode) and not node.entries:
        report.error("empty_row", node, where=where, choices=", ".join(keys))
    return Row(values, node) if report.error_count == before else None


def word(node: Node | None, report: Report, key: str, words: Words) -> str:
    """One word of a closed set; empty after a slip."""
    if node is None:
        return ""
    text = scalar_text(node, report, key)
    if isinstance(node, Scalar) and text not in words:
        known = words if text.isascii() else [zh for zh, _ in words.values()]
        choices = ", ".join(words)
        near = partial(suggest, text, list(known))
        report.error("expected_word", node, key=key, value=text, choices=choices, suggestion=near)
        return ""
    return text


def words_of(node: Node | None, report: Report, key: str, known: Words) -> tuple[str, ...]:
    """One word or a list of them."""
    nodes = node.items if isinstance(node, Sequence) else () if node is None else (node,)
    return tuple(word(item, report, key, known) for item in nodes)


def one_text(node: Node | None, report: Report, key: str) -> str:
    """One text that says something."""
    if node is None:
        return ""
    text = scalar_text(node, report, key)
    if isinstance(node, Scalar) and not text.strip():
        report.error("not_text", node, where=key)
    return text


def by_reading(node: Node | None, report: Report, key: str) -> None:
    """One text, or one for each of some readings."""
    if not isinstance(node, MappingNode):
        one_text(node, report, key)
        return
    if not node.entries:
        report.error("not_text", node, where=key)
    for option, value in node.entries:
        if assignment(option.text) is None:
            report.error("bad_assignment", option, text=option.text)
        one_text(value, report, key)


def day(node: Node | None, report: Report, key: str) -> str:
    """One day of the calendar as ``2020-04-10``; empty after a slip, and where there is none."""
    if node is None:
        return ""
    text = scalar_text(node, report, key)
    if not isinstance(node, Scalar):
        return ""
    if not is_day(text):
        report.error("bad_date", node, text=text)
        return ""
    found = parse_date(text)
    return "" if found is None else show_date(found)


def texts(node: Node | None, report: Report, key: str) -> tuple[str, ...]:
    """One text or a list of them."""
    nodes = node.items if isinstance(node, Sequence) else () if node is None else (node,)
    return tuple(one_text(item, report, key) for item in nodes)


def outcomes(node: Node | None, report: Report, where: str) -> Iterator[tuple[Scalar, Node]]:
    """What is said of single outcomes, by their names. A mapping without any says nothing."""
    if node is None:
        return
    if not isinstance(node, MappingNode):
        report.error("not_a_mapping", node, where=where)
        return
    if not node.entries:
        report.error("empty_row", node, where=where, choices="provision@subject")
    yield from node.entries
