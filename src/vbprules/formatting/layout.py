"""From a tree to lines.

Whether a collection stands on one line or has a line for each of its parts is the author's choice. In brackets and too
long for a line, it is filled up over a few; too long for those, it goes line by line.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence as SequenceType
from typing import Final, TypeAlias

from vbprules.formatting.comments import Comments, Place
from vbprules.formatting.scalars import block_text, scalar_text
from vbprules.reading import Mapping, Mark, Node, Scalar, Sequence, Source

WIDTH: Final = 160
_FILLED: Final = 3  # lines over which a collection in brackets may be filled
_STEP: Final = 2
_Heads: TypeAlias = tuple[str, str]  # what stands before a value, on this surface and on the other


def laid_out(root: Node, twin: Node, source: Source, comments: Comments, open_levels: int) -> str:
    """The text of a file. ``source`` is the text in which the marks of the tree stand; the outermost ``open_levels``
    of collections go line by line whatever the author did.

    ``twin`` is the same tree on the other surface: what stays in brackets must have room on both, so that a file turned
    from one into the other and back looks as it did.
    """
    lines = _Layout(source, comments, open_levels).whole(root, twin)
    return "\n".join(lines) + "\n"


class _Layout:
    def __init__(self, source: Source, comments: Comments, open_levels: int) -> None:
        self._source, self._comments, self._open_levels = source, comments, open_levels

    def whole(self, root: Node, twin: Node) -> list[str]:
        head = _closed_up(self._comments.head)
        if isinstance(root, Scalar) or not _size(root):
            return [*head, *self._value(("", ""), root, twin, 0, 0, "")]
        body = self._parts(root, twin, 0, 0)
        while body and not body[0]:
            del body[0]
        blank = bool(head) and self._above(root)
        return [*head, *([""] if blank else []), *body]

    def _above(self, root: Node) -> bool:
        """A blank line between what stands above the file and its first line."""
        return self._source.line(root.mark.line - 1).strip() == "" if root.mark.line > 1 else False

    def _parts(self, node: Node, twin: Node, indent: int, depth: int) -> list[str]:
        """A collection, a line or more for each part."""
        lines: list[str] = []
        pad = " " * indent
        both = zip(_places(node), _places(twin), strict=True)
        for number, ((place, key, value), (_, other_key, other)) in enumerate(both):
            above = [*self._comments.before.get(place, []), *self._comments.behind.get(place, [])[:-1]]
            if isinstance(node, Sequence):
                part, hoisted = self._item(value, other, place, indent, depth)
                above = [*above, *hoisted]
            else:
                assert key is not None and other_key is not None
                heads = f"{pad}{scalar_text(key, False)}:", f"{pad}{scalar_text(other_key, False)}:"
                part = self._value(heads, value, other, indent, depth, self._note(place))
            if depth == 0 and self._open_levels > 1 and number and not isinstance(value, Scalar) and _size(value):
                above = ["", *above]
            if not number:
                above = _without_first_blank(above)
            lines += [pad + text if text else "" for text in _closed_up(above)]
            lines += part
        tail = self._comments.tail.get((node.mark.line, node.mark.column), [])
        return [*lines, *(pad + text if text else "" for text in _closed_up(tail))]

    def _item(self, value: Node, twin: Node, place: Place, indent: int, depth: int) -> tuple[list[str], list[str]]:
        """An item of a list, and comments of its first entry, which must stand above the dash."""
        pad, note = " " * indent, self._note(place)
        whole = self._whole_value((f"{pad}-", f"{pad}-"), value, twin, indent, depth, note)
        if whole is not None:
            return whole, []
        hoisted = [text for text in (note.strip(),) if text]
        lines = self._parts(value, twin, indent + _STEP, depth + 1)
        while not lines[0] or lines[0].lstrip().startswith("#"):
            hoisted += [text for text in (lines.pop(0).strip(),) if text]
        lines[0] = f"{pad}- {lines[0].lstrip()}"
        return lines, hoisted

    def _value(self, heads: _Heads, value: Node, twin: Node, indent: int, depth: int, note: str) -> list[str]:
        """A key, and what stands behind it or below."""
        whole = self._whole_value(heads, value, twin, indent, depth, note)
        if whole is not None:
            return whole
        return [heads[0] + note, *self._parts(value, twin, indent + _STEP, depth + 1)]

    def _whole_value(
        self, heads: _Heads, value: Node, twin: Node, indent: int, depth: int, note: str
    ) -> list[str] | None:
        """A key or a dash with a value that needs no lines for its parts; None for one that does."""
        head = heads[0]
        if isinstance(value, Scalar):
            block = block_text(value.text) if value.quoted and head else None
            if block is not None:
                pad = " " * (indent + _STEP)
                return [f"{head} {block[0]}{note}", *(pad + line if line else "" for line in block[1])]
            text = scalar_text(value, False)
            return [(f"{head} {text}" if text and head else head + text) + note]
        if self._in_brackets(value, depth + 1):
            filled = _filled(head, value, indent)
            if filled is not None and _filled(heads[1], twin, indent) is not None:
                filled[-1] += note
                return filled
        return None

    def _in_brackets(self, node: Node, depth: int) -> bool:
        """Whether a collection stays in brackets, if there is room."""
        if not _size(node):
            return True
        mark = node.mark
        if depth < self._open_levels or (mark.line, mark.column) in self._comments.opened:
            return False
        return self._source.line(mark.line)[mark.column - 1 : mark.column] in ("{", "[")

    def _note(self, place: Place) -> str:
        """The comment at the end of a line; of several the last, the others stand above."""
        return "".join(f"  {text}" for text in self._comments.behind.get(place, [])[-1:])


def _filled(head: str, node: Node, indent: int) -> list[str] | None:
    """A collection in brackets on one line, or filled up over a few; None where that does not do."""
    opening, closing = ("{", "}") if isinstance(node, Mapping) else ("[", "]")
    parts = _flow_parts(node)
    lead = f"{head} " if head else ""
    whole = f"{lead}{opening}{', '.join(parts)}{closing}"
    if len(whole) <= WIDTH or len(parts) == 0:
        return [whole]
    pad = " " * (indent + 2 * _STEP)
    lines = [lead + opening]
    for number, part in enumerate(parts):
        text = part + ("," if number < len(parts) - 1 else closing)
        line = lines[-1] + ("" if number == 0 else " ") + text
        if len(line) > WIDTH and number:
            lines.append(pad + text)
        else:
            lines[-1] = line
    if len(lines) > _FILLED or any(len(line) > WIDTH for line in lines):
        return None
    return lines


def _flow_parts(node: Node) -> list[str]:
    if isinstance(node, Mapping):
        return [f"{scalar_text(key, True)}: {_flow(value)}" for key, value in node.entries]
    return [_flow(item) for item in node.items] if isinstance(node, Sequence) else []


def _flow(node: Node) -> str:
    if isinstance(node, Scalar):
        return scalar_text(node, True)
    opening, closing = ("{", "}") if isinstance(node, Mapping) else ("[", "]")
    return opening + ", ".join(_flow_parts(node)) + closing


def _size(node: Node) -> int:
    if isinstance(node, Scalar):
        return 0
    return len(node.entries) if isinstance(node, Mapping) else len(node.items)


def _places(node: Node) -> list[tuple[Place, Scalar | None, Node]]:
    """The parts of a collection with the places where they began in the text."""
    if isinstance(node, Mapping):
        return [(_place("entry", key.mark), key, value) for key, value in node.entries]
    return [(_place("item", item.mark), None, item) for item in node.items] if isinstance(node, Sequence) else []


def _place(kind: str, mark: Mark) -> Place:
    return ("entry" if kind == "entry" else "item", mark.line, mark.column)


def _without_first_blank(lines: SequenceType[str]) -> list[str]:
    found = list(lines)
    while found and not found[0]:
        del found[0]
    return found


def _closed_up(lines: Iterable[str]) -> list[str]:
    """Never two blank lines in a row."""
    found: list[str] = []
    for line in lines:
        if line or not found or found[-1]:
            found.append(line)
    return found
