"""What was found in a document's text."""

from __future__ import annotations

from dataclasses import dataclass

from vbprules.drafting.cover import Cover, cover_of
from vbprules.drafting.lines import lines_of
from vbprules.drafting.outline import COVER, Item, outline
from vbprules.drafting.passages import Passage, passages


@dataclass(frozen=True, slots=True)
class Draft:
    """The clauses in order, each with the passages to look at, and candidates for the document's own entries."""

    items: tuple[tuple[Item, tuple[Passage, ...]], ...]
    cover: Cover

    @property
    def passages(self) -> int:
        return sum(len(found) for _, found in self.items)


def draft_of(text: str) -> Draft:
    """Read a document's plain text. No clauses are found in a text without labels."""
    lines = lines_of(text)
    items = outline(lines)
    head = len(items[0].lines) if items and items[0].no == COVER else 0
    found = tuple((item, tuple(passages(item.body)) if item.no != COVER else ()) for item in items)
    return Draft(found, cover_of(lines, head))
