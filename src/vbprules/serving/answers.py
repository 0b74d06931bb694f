"""Answers to what an editor asks of a document, in the words of the protocol. None where there is nothing to say."""

from __future__ import annotations

from dataclasses import replace

from lsprotocol import types as lsp

from vbprules.reading import Mark
from vbprules.serving.documents import Document
from vbprules.serving.hover import hover
from vbprules.serving.outline import Symbol, outline
from vbprules.serving.protocol import Told
from vbprules.serving.things import declared_at, mentions, thing_at


def hover_of(document: Document, position: lsp.Position, told: Told) -> lsp.Hover | None:
    known, place = document.understood, document.then(told.place(document.source, position))
    found = hover(known, place, told.lang) if known is not None and place is not None else None
    if found is None:
        return None
    text, mark = found
    now = document.now(mark)
    content = lsp.MarkupContent(lsp.MarkupKind.Markdown, text)
    return lsp.Hover(content, told.range(document.source, now) if now is not None else None)


def definition_of(document: Document, uri: str, position: lsp.Position, told: Told) -> lsp.Location | None:
    """The key that declares what stands at a position; of a citation, the row of the ledger."""
    known, place = document.understood, document.then(told.place(document.source, position))
    thing = thing_at(known, place) if known is not None and place is not None else None
    mark = declared_at(known, thing) if known is not None and thing is not None else None
    found = _locations(document, uri, () if mark is None else (mark,), told)
    return found[0] if found else None


def references_to(
    document: Document, uri: str, position: lsp.Position, declared: bool, told: Told
) -> list[lsp.Location]:
    """Where what stands at a position is used: of a clause, every citation of it."""
    known, place = document.understood, document.then(told.place(document.source, position))
    thing = thing_at(known, place) if known is not None and place is not None else None
    if known is None or thing is None:
        return []
    own = declared_at(known, thing) if declared else None
    return _locations(document, uri, (*(() if own is None else (own,)), *mentions(known, thing)), told)


def _locations(document: Document, uri: str, marks: tuple[Mark, ...], told: Told) -> list[lsp.Location]:
    """Those that still stand in the newest text."""
    now = (document.now(mark) for mark in marks)
    return [lsp.Location(uri, told.range(document.source, mark)) for mark in now if mark is not None]


def symbols_of(document: Document, told: Told) -> list[lsp.DocumentSymbol]:
    """The outline of the newest text; while it cannot be read, what still stands of the last one."""
    known = document.understood
    return [] if known is None else told.symbols(document.source, _standing(document, outline(known, told.lang)))


def _standing(document: Document, found: tuple[Symbol, ...]) -> tuple[Symbol, ...]:
    kept = []
    for symbol in found:
        name_at = document.now(symbol.name_at)
        if name_at is not None:
            below = _standing(document, symbol.children)
            whole = document.span(symbol.whole) or name_at
            kept.append(replace(symbol, name_at=name_at, whole=whole, children=below))
    return tuple(kept)


def diagnostics_of(document: Document, told: Told) -> list[lsp.Diagnostic]:
    return [told.diagnostic(document.source, finding) for finding in document.findings()]


def actions_for(document: Document, uri: str, wanted: lsp.Range, told: Told) -> list[lsp.CodeAction]:
    """What mends the findings within a range; nothing while the newest text is not examined."""
    found = document.examined.findings if document.examined is not None else ()
    mendable = (finding for finding in found if finding.edits)
    ranges = ((finding, told.range(document.source, finding.mark)) for finding in mendable)
    return [
        told.action(uri, document.source, finding)
        for finding, place in ranges
        if place.start <= wanted.end and wanted.start <= place.end
    ]
