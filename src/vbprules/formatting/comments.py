"""Comments: YAML's parser forgets them, so they are found in the text, and each is kept with what it stands by.

A place is an entry of a mapping or an item of a list that stands on lines of its own. A comment on lines of its own
belongs to the place that follows it, or, indented deeper, to the end of the collection before; a comment behind
something belongs to that.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from vbprules.reading import Mapping, Mark, Node, Scalar, Sequence, Source

Place: TypeAlias = tuple[Literal["entry", "item"], int, int]  # with the line and column where it begins


@dataclass(frozen=True, slots=True)
class _Comment:
    text: str
    start: int
    line: int
    column: int
    alone: bool


@dataclass(frozen=True, slots=True)
class _Slot:
    place: Place
    start: int
    end: int
    column: int
    owner: _Collection


@dataclass(frozen=True, slots=True)
class _Collection:
    mark: Mark
    start: int
    end: int
    flow: bool
    slot: _Slot | None  # the place that it fills
    parent: _Collection | None


@dataclass(slots=True)
class Comments:
    """``before`` a place, in order, an empty text for a blank line; ``behind`` it; at the end of a collection.

    ``opened``: collections in brackets with a comment inside, which can only be written line by line. ``head``: what
    stands above the first line.
    """

    before: dict[Place, list[str]] = field(default_factory=dict)
    behind: dict[Place, list[str]] = field(default_factory=dict)
    tail: dict[tuple[int, int], list[str]] = field(default_factory=dict)
    opened: set[tuple[int, int]] = field(default_factory=set)
    head: list[str] = field(default_factory=list)


def comments_of(root: Node, source: Source, open_levels: int) -> Comments:
    """Every comment and blank line of a file whose tree is ``root``; the outermost ``open_levels`` go line by line."""
    found = list(_comments(root, source))
    kept = Comments()
    slots = list(_slots(root, source, kept, [comment.start for comment in found], None, None, open_levels))
    starts = [slot.start for slot in slots]
    for comment in found:
        at = bisect_right(starts, comment.start)
        before = slots[at - 1] if at else None
        after = slots[at] if at < len(slots) else None
        texts = ["", comment.text] if comment.alone and _blank(source, comment.line - 1) else [comment.text]
        if not comment.alone and before is not None:
            kept.behind.setdefault(_behind(before, comment).place, []).append(comment.text)
        elif before is None:
            kept.head += texts
        else:
            _between(kept, comment, before, after, texts)
    _blank_lines(kept, slots, source)
    return kept


def texts(comments: Comments) -> list[str]:
    """All comments, sorted: nothing may be lost."""
    groups = (*comments.before.values(), *comments.behind.values(), *comments.tail.values(), comments.head)
    return sorted(text for group in groups for text in group if text)


def _between(kept: Comments, comment: _Comment, before: _Slot | None, after: _Slot | None, texts: list[str]) -> None:
    """A comment on lines of its own: to the place after it, or to the end of a collection."""
    open_flow = _around(before, comment)
    if open_flow is not None:
        if after is not None and after.start < open_flow.end:
            kept.before.setdefault(after.place, []).extend(texts)
        else:
            kept.tail.setdefault(_at(open_flow), []).extend(texts)
        return
    if after is not None and (before is None or comment.column <= after.column):
        kept.before.setdefault(after.place, []).extend(texts)
        return
    collection = before.owner if before is not None else None
    while collection is not None and collection.parent is not None:
        if not collection.flow and collection.mark.column <= comment.column:
            break
        collection = collection.parent
    if after is not None and (collection is None or after.start < collection.end):
        kept.before.setdefault(after.place, []).extend(texts)
    elif collection is not None:
        kept.tail.setdefault(_at(collection), []).extend(texts)


def _around(before: _Slot | None, comment: _Comment) -> _Collection | None:
    """The innermost bracket that is open where a comment stands."""
    collection = before.owner if before is not None else None
    while collection is not None:
        if collection.flow and collection.start < comment.start < collection.end:
            return collection
        collection = collection.parent
    return None


def _behind(slot: _Slot, comment: _Comment) -> _Slot:
    """The place that a comment at the end of a line is about: brackets that close before it are passed."""
    while slot.owner.flow and slot.owner.end <= comment.start and slot.owner.slot is not None:
        slot = slot.owner.slot
    return slot


def _blank_lines(kept: Comments, slots: list[_Slot], source: Source) -> None:
    """A blank line right before a place."""
    for slot in slots:
        _, line, column = slot.place
        first = not source.line(line)[: column - 1].strip(" -")
        if first and _blank(source, line - 1) and not (slot.place[0] == "entry" and _heads_item(slot)):
            kept.before.setdefault(slot.place, []).append("")


def _heads_item(slot: _Slot) -> bool:
    """The first entry of a mapping that is an item of a list."""
    above = slot.owner.slot
    return above is not None and above.place[0] == "item" and above.start == slot.start


def _blank(source: Source, line: int) -> bool:
    return line >= 1 and not source.line(line).strip()


def _at(collection: _Collection) -> tuple[int, int]:
    return collection.mark.line, collection.mark.column


def _slots(
    node: Node,
    source: Source,
    kept: Comments,
    comments: list[int],
    slot: _Slot | None,
    parent: _Collection | None,
    levels: int,
) -> Iterator[_Slot]:
    """The places in the order of the file."""
    if isinstance(node, Scalar):
        return
    mark = node.mark
    start, end = source.offset(mark.line, mark.column), source.offset(mark.end_line, mark.end_column)
    flow = source.text[start : start + 1] in ("{", "[")
    collection = _Collection(mark, start, end, flow, slot, parent)
    if flow:
        if bisect_right(comments, start) < bisect_right(comments, end):
            kept.opened.add(_at(collection))
        elif levels <= 0:
            return
    parts: list[tuple[Place, Mark, Node]] = []
    if isinstance(node, Mapping):
        parts = [(("entry", key.mark.line, key.mark.column), key.mark, value) for key, value in node.entries]
    elif isinstance(node, Sequence):
        parts = [(("item", item.mark.line, item.mark.column), item.mark, item) for item in node.items]
    for place, at, value in parts:
        begin, stop = source.offset(at.line, at.column), source.offset(value.mark.end_line, value.mark.end_column)
        found = _Slot(place, begin, stop, mark.column, collection)
        yield found
        yield from _slots(value, source, kept, comments, found, collection, levels - 1)


def _comments(root: Node, source: Source) -> Iterator[_Comment]:
    """What stands behind a ``#`` outside every scalar."""
    text, at = source.text, 0
    spans = sorted(_spans(root, source))
    for start, end in (*spans, (len(text), len(text))):
        while (found := text.find("#", at, max(at, start))) >= 0:
            line, column = source.position(found)
            whole = source.line(line)
            yield _Comment(whole[column - 1 :].rstrip(), found, line, column, not whole[: column - 1].strip())
            at = found + len(whole) - column + 1
        at = max(at, end)


def _spans(node: Node, source: Source) -> Iterator[tuple[int, int]]:
    if isinstance(node, Scalar):
        mark = node.mark
        start, end = source.offset(mark.line, mark.column), source.offset(mark.end_line, mark.end_column)
        if not node.text and not node.quoted:
            return
        if source.text[start : start + 1] in ("|", ">"):  # a comment may follow the header of a block
            start = source.offset(mark.line + 1, 1)
        yield start, max(start, end)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _spans(item, source)
    else:
        for key, value in node.entries:
            yield from _spans(key, source)
            yield from _spans(value, source)
