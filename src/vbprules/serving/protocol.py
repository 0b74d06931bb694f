"""What was found, as the values of the Language Server Protocol."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from lsprotocol import types as lsp

from vbprules.diagnostics import Finding, Source
from vbprules.diagnostics.pages import page_of
from vbprules.reading import Mark
from vbprules.serving.notes import Lang
from vbprules.serving.outline import Symbol, SymbolKind
from vbprules.serving.places import Place
from vbprules.serving.positions import from_protocol, stretch

_SEVERITIES: Final[Mapping[str, lsp.DiagnosticSeverity]] = {
    "error": lsp.DiagnosticSeverity.Error,
    "warning": lsp.DiagnosticSeverity.Warning,
    "hint": lsp.DiagnosticSeverity.Information,  # editors hardly show what is only a hint
}
_SYMBOLS: Final[Mapping[SymbolKind, lsp.SymbolKind]] = {
    "section": lsp.SymbolKind.Module,
    "provision": lsp.SymbolKind.Function,
    "step": lsp.SymbolKind.Method,
    "reading": lsp.SymbolKind.Enum,
    "question": lsp.SymbolKind.Interface,
    "list": lsp.SymbolKind.Array,
    "named": lsp.SymbolKind.Variable,
    "clause": lsp.SymbolKind.String,
}
_START: Final = lsp.Range(lsp.Position(0, 0), lsp.Position(0, 0))


@dataclass(frozen=True, slots=True)
class Told:
    """How to tell: the language, the encoding of columns, where the pages on findings are (a URL, or empty)."""

    lang: Lang = "zh"
    encoding: str = "utf-16"
    pages: str = ""

    def range(self, source: Source, mark: Mark | None) -> lsp.Range:
        """A mark as a range; the start of the file where there is no place."""
        if mark is None or mark.line < 1:
            return _START
        start, end = stretch(source, mark, self.encoding)
        return lsp.Range(lsp.Position(*start), lsp.Position(*end))

    def place(self, source: Source, position: lsp.Position) -> Place:
        return from_protocol(source, position.line, position.character, self.encoding)

    def diagnostic(self, source: Source, finding: Finding) -> lsp.Diagnostic:
        """A finding with its code and, where the pages are at hand, a link to what explains it."""
        message, hint = finding.message(self.lang), finding.hint(self.lang)
        return lsp.Diagnostic(
            range=self.range(source, finding.mark),
            message=f"{message}\n{hint}" if hint else message,
            severity=_SEVERITIES[finding.severity],
            code=finding.code,
            code_description=self._page(finding.code),
            source="vbprules",
        )

    def _page(self, code: str) -> lsp.CodeDescription | None:
        if not self.pages:
            return None
        page, anchor = page_of(code)
        form = "md" if self.pages.startswith("file:") else "html"
        return lsp.CodeDescription(f"{self.pages.rstrip('/')}/{page}.{form}#{anchor}")

    def action(self, uri: str, source: Source, finding: Finding) -> lsp.CodeAction:
        """The edits that mend a finding, as ``check --fix`` makes them."""
        edits = [lsp.TextEdit(self.range(source, edit.mark), edit.text) for edit in finding.edits]
        told = " ".join(filter(None, (edit.text.strip() for edit in finding.edits)))
        zh, en = (f"改为 {told}", f"Change to {told}") if told else ("删去", "Remove")
        return lsp.CodeAction(
            title=f"{finding.code} {zh if self.lang == 'zh' else en}",
            kind=lsp.CodeActionKind.QuickFix,
            diagnostics=[self.diagnostic(source, finding)],
            edit=lsp.WorkspaceEdit(changes={uri: edits}),
            is_preferred=True,
        )

    def symbols(self, source: Source, found: Iterable[Symbol]) -> list[lsp.DocumentSymbol]:
        return [
            lsp.DocumentSymbol(
                name=symbol.name or "?",  # editors refuse a symbol without a name
                detail=symbol.detail,
                kind=_SYMBOLS[symbol.kind],
                range=self.range(source, symbol.whole),
                selection_range=self.range(source, symbol.name_at),
                children=self.symbols(source, symbol.children),
            )
            for symbol in found
        ]
