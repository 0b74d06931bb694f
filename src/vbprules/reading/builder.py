"""From the events of the YAML parser to the tree, with everything refused that the grammar refuses."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    Event,
    MappingStartEvent,
    ScalarEvent,
)

from vbprules.diagnostics.finding import Report
from vbprules.limits import DEEPEST
from vbprules.reading import slips
from vbprules.reading.characters import FILLER, harmless, suspect_in
from vbprules.reading.nodes import Limits, Mapping, Mark, Node, Scalar, Sequence

_COLON_FOLLOWS = re.compile(r"[ \r\n]*:")
_COLON_TOUCHES = re.compile(r":(?=[\[{\"'])")
_ENDS_IN_DIGITS = re.compile(r"(?<!\d)\d{1,3}$")
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3}(?!\d))+[^,\[\]{}\r\n]{0,40}")
_YAML_TAG = "tag:yaml.org,2002:"


class Unreadable(Exception):
    """Reading cannot go on; the reason has been reported."""


@dataclass(slots=True)
class _Frame:
    """An open collection."""

    mark: Mark
    flow: bool
    mapping: bool
    items: list[Node] = field(default_factory=list)
    entries: list[tuple[Scalar, Node]] = field(default_factory=list)
    seen: dict[str, Scalar] = field(default_factory=dict)
    has_key: bool = False
    key: Scalar | None = None
    key_start: int = 0
    key_end: int = 0
    tail: tuple[str, int] | None = None
    number_end: int = -1


def mark_of(event: Event) -> Mark:
    """The mark of an event, from the parser's 0-based ones."""
    start, end = event.start_mark, event.end_mark
    assert start is not None and end is not None
    return Mark(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def offsets_of(event: Event) -> tuple[int, int]:
    """Where an event begins and ends in the text."""
    start, end = event.start_mark, event.end_mark
    assert start is not None and end is not None
    return start.index, end.index


class Builder:
    """Takes the events of one document in order. `root` is the finished tree."""

    def __init__(self, text: str, report: Report, limits: Limits) -> None:
        self._text = text
        self._report = report
        self._limits = limits
        self._depth = min(limits.depth, DEEPEST)
        self._frames: list[_Frame] = []
        self._nodes = 0
        self.root: Node | None = None

    def open_brackets(self) -> Mark | None:
        """Where the innermost open bracket stands."""
        return next((frame.mark for frame in reversed(self._frames) if frame.flow), None)

    def take(self, event: Event) -> None:
        """One event between the start and the end of the document."""
        if isinstance(event, ScalarEvent):
            self._count(event)
            self._scalar(event)
        elif isinstance(event, CollectionStartEvent):
            self._count(event)
            self._open(event)
        elif isinstance(event, CollectionEndEvent):
            self._close(event)
        elif isinstance(event, AliasEvent):
            self._count(event)
            mark = mark_of(event)
            self._report.error("alias", mark, name=event.anchor)
            node = Scalar(f"*{event.anchor}"[: self._limits.key], mark)
            self._add(node, *offsets_of(event))

    def _count(self, event: Event) -> None:
        self._nodes += 1
        if self._nodes > self._limits.nodes:
            mark = mark_of(event)
            self._report.error("too_many_nodes", mark, limit=self._limits.nodes)
            raise Unreadable

    def _check_properties(self, event: ScalarEvent | CollectionStartEvent, mark: Mark) -> None:
        if event.anchor is not None:
            self._report.error("anchor", mark, name=event.anchor)
        if event.tag is not None:
            tag = event.tag.removeprefix(_YAML_TAG)
            self._report.error("tag", mark, tag=tag if tag == event.tag else f"!!{tag}")

    def _scalar(self, event: ScalarEvent) -> None:
        mark, (start, end) = mark_of(event), offsets_of(event)
        self._check_properties(event, mark)
        text, style = event.value, event.style
        if style == '"' and "\\" in self._text[start:end]:
            text = self._escapes(text, mark)
        if len(text) > self._limits.scalar:
            self._report.error("scalar_too_long", mark, length=len(text), limit=self._limits.scalar)
            text = text[: self._limits.scalar]
        plain = style in (None, "")
        if plain and text:
            self._plain_slips(text, mark, self._text[start:end])
        self._add(Scalar(text, mark, not plain), start, end)

    def _escapes(self, text: str, mark: Mark) -> str:
        suspect = suspect_in(text.replace(FILLER, ""))
        if suspect is None:
            return text
        kind, character = suspect
        self._report.error(kind, mark, char=character)
        return harmless(text)

    def _plain_slips(self, text: str, mark: Mark, raw: str) -> None:
        frame = self._frames[-1] if self._frames else None
        if frame is not None and frame.mapping and not frame.has_key:
            return
        own_line = frame is None or (
            not frame.flow and frame.mapping and frame.key is not None and mark.line > frame.key.mark.line
        )
        in_list = frame is not None and not frame.mapping
        flow = frame is not None and frame.flow
        slips.check_plain(text, mark, raw, self._report, own_line=own_line, in_list=in_list, flow=flow)

    def _open(self, event: CollectionStartEvent) -> None:
        mark = mark_of(event)
        if len(self._frames) >= self._depth:
            self._report.error("too_deep", mark, limit=self._depth)
            raise Unreadable
        self._check_properties(event, mark)
        self._frames.append(_Frame(mark, bool(event.flow_style), isinstance(event, MappingStartEvent)))

    def _close(self, event: CollectionEndEvent) -> None:
        frame = self._frames.pop()
        start, end = frame.mark, mark_of(event)
        end_line, end_column = end.end_line, end.end_column
        if not frame.flow:
            last = frame.entries[-1][1].mark if frame.entries else frame.items[-1].mark if frame.items else start
            end_line, end_column = last.end_line, last.end_column
        mark = Mark(start.line, start.column, end_line, end_column)
        node: Node = Mapping(tuple(frame.entries), mark) if frame.mapping else Sequence(tuple(frame.items), mark)
        self._add(node, -1, offsets_of(event)[1])

    def _add(self, node: Node, start: int, end: int) -> None:
        """A finished node goes to where it belongs; `start` and `end` are its offsets in the text."""
        if not self._frames:
            self.root = node
            return
        frame = self._frames[-1]
        if not frame.mapping:
            self._thousands(frame, node, start, end)
            frame.items.append(node)
        elif not frame.has_key:
            self._key(frame, node, start, end)
        else:
            self._value(frame, node, start, end)

    def _key(self, frame: _Frame, node: Node, start: int, end: int) -> None:
        frame.has_key, frame.key, frame.key_start, frame.key_end = True, None, start, end
        if not isinstance(node, Scalar):
            self._report.error("complex_key", node)
        elif not node.text:
            self._report.error("empty_key", node)
        elif node.text == "<<" and not node.quoted:
            self._report.error("merge_key", node)
        elif len(node.text) > self._limits.key:
            self._report.error("key_too_long", node, length=len(node.text), limit=self._limits.key)
        else:
            frame.key = node

    def _value(self, frame: _Frame, node: Node, start: int, end: int) -> None:
        key, frame.key, frame.has_key = frame.key, None, False
        if key is None:
            frame.tail = None
            return
        null = isinstance(node, Scalar) and not node.text and not node.quoted
        if frame.flow and null and not _COLON_FOLLOWS.match(self._text, frame.key_end):
            self._lone_key(frame, key)
            return
        frame.tail = (node.text, end) if isinstance(node, Scalar) and not node.quoted else None
        if null:
            line, column = key.mark.end_line, key.mark.end_column
            node = Scalar("", Mark(line, column, line, column + 1))
        elif frame.flow and not key.quoted and _COLON_TOUCHES.match(self._text, frame.key_end):
            self._report.error("missing_space", key, text=f"{key.text}:", fixed=f"{key.text}: …")
        first = frame.seen.get(key.text)
        if first is not None:
            place = first.mark
            self._report.error("duplicate_key", key, key=key.text, first_line=place.line, first_column=place.column)
            return
        if slips.has_wide_space(key.text):
            self._report.error("wide_space", key, key=key.text)
        frame.seen[key.text] = key
        frame.entries.append((key, node))

    def _lone_key(self, frame: _Frame, key: Scalar) -> None:
        """A key in braces without colon and value."""
        if not key.quoted and self._splits_number(frame, key, frame.key_start):
            frame.tail = (key.text, frame.key_end)
            return
        slips.report_lone_key(key, frame.tail[0] if frame.tail else "", self._report)
        frame.tail = None

    def _thousands(self, frame: _Frame, node: Node, start: int, end: int) -> None:
        """`[1,000]` without a space after the comma: one number or two?"""
        if not frame.flow or not isinstance(node, Scalar) or node.quoted:
            frame.tail = None
            return
        self._splits_number(frame, node, start)
        frame.tail = (node.text, end)

    def _splits_number(self, frame: _Frame, node: Scalar, start: int) -> bool:
        """Whether this is the rest of a number cut by a comma; said once per number."""
        if frame.tail is None or start != frame.tail[1] + 1:
            return False
        if start < frame.number_end:
            return True
        digits = _ENDS_IN_DIGITS.search(frame.tail[0][-4:])
        if digits is None:
            return False
        length = len(digits.group()) + 1
        number = _NUMBER.match(self._text, start - length)
        if number is None:
            return False
        frame.number_end = number.end()
        mark = node.mark
        text = number.group()
        place = Mark(mark.line, mark.column - length, mark.line, mark.column - length + len(text))
        self._report.error("thousands_comma", place, text=text, joined=text.replace(",", ""))
        return True
