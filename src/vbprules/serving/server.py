"""The language server: documents come in, findings go out, questions are answered; no document can stop it.

A text is examined when it has rested for a moment, in a thread of its own. What its conditions can be together takes
seconds, is asked when a document is opened or saved, and runs beside. While either runs, questions are answered from
the last text that was understood, on the lines that are still the same.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Final, TypeVar

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from vbprules import __version__
from vbprules.diagnostics import Source
from vbprules.serving import answers
from vbprules.serving.documents import Document
from vbprules.serving.protocol import Told
from vbprules.serving.understood import examined, proved

_T = TypeVar("_T")
REST: Final = 0.25  # seconds without a change before a text is examined
_PATIENCE: Final = 2.0  # seconds that a question waits for the newest text to be examined


class PolicyServer(LanguageServer):
    """Serves policies. ``logic``: also say what conditions can be together."""

    def __init__(self, told: Told, logic: bool = True, rest: float = REST) -> None:
        super().__init__("vbprules", __version__, text_document_sync_kind=lsp.TextDocumentSyncKind.Full)
        self.asked_to_stop = False
        self._told, self._logic, self._rest = told, logic, rest
        self._documents: dict[str, Document] = {}
        self._running: set[asyncio.Task[None]] = set()
        self._quick = ThreadPoolExecutor(1, "examine")
        self._slow = ThreadPoolExecutor(1, "prove")

    @property
    def told(self) -> Told:
        """How to tell, with the encoding of columns that the client and the server agreed on."""
        encoding = self.workspace.position_encoding
        return (
            self._told if encoding is None else replace(self._told, encoding=str(getattr(encoding, "value", encoding)))
        )

    def put(self, uri: str, text: str, version: int) -> None:
        """A document as it is now."""
        known = self._documents.get(uri)
        if known is None:
            self._documents[uri] = Document(Source(to_fs_path(uri) or uri, text), version)
        else:
            known.edit(text, version)

    def look(self, uri: str, rest: bool, prove: bool) -> None:
        """Examine a document, after it has rested."""
        document = self._documents.get(uri)
        if document is not None:
            task = asyncio.ensure_future(self._look(uri, document, rest, prove and self._logic))
            self._running.add(task)  # the loop itself keeps none
            task.add_done_callback(self._running.discard)

    async def _look(self, uri: str, document: Document, rest: bool, prove: bool) -> None:
        source = document.source
        if rest:
            await asyncio.sleep(self._rest)
        try:
            if document.examined is None and document.source is source:
                document.take(source, await self._beside(self._quick, examined, source.text, source.name))
                self._publish(uri, document)
            unproved = document.unproved() if prove else None
            if unproved is not None:
                document.prove(unproved, await self._beside(self._slow, proved, unproved))
                self._publish(uri, document)
        except Exception as error:  # whatever a text does, the next one is served
            document.give_up(source)
            self.complain(error)

    async def _beside(self, threads: ThreadPoolExecutor, work: Callable[..., _T], *args: object) -> _T:
        return await asyncio.get_running_loop().run_in_executor(threads, partial(work, *args))

    def _publish(self, uri: str, document: Document) -> None:
        """What is said of the newest text; nothing yet where that is not examined, or the document is closed."""
        if document.examined is None or self._documents.get(uri) is not document:
            return
        found = answers.diagnostics_of(document, self.told)
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, found, document.version))

    def forget(self, uri: str) -> None:
        """A document that was closed has no findings."""
        if self._documents.pop(uri, None) is not None:
            self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, []))

    async def answer(self, uri: str, asked: Callable[[Document], _T], nothing: _T) -> _T:
        """What a document answers, once its newest text is examined or that takes too long."""
        document, loop = self._documents.get(uri), asyncio.get_running_loop()
        if document is None:
            return nothing
        end = loop.time() + _PATIENCE
        while document.examined is None and loop.time() < end:
            await asyncio.sleep(0.01)
        try:
            return asked(document)
        except Exception as error:
            self.complain(error)
            return nothing

    def complain(self, error: Exception) -> None:
        """Our own fault, told in the editor's log."""
        text = f"vbprules 内部出错，请报告 internal error, please report: {type(error).__name__}: {error}"
        with suppress(Exception):
            self.window_log_message(lsp.LogMessageParams(lsp.MessageType.Error, text))

    def stop(self) -> None:
        """No more work: what is queued is dropped."""
        self.asked_to_stop = True
        for task in self._running:
            task.cancel()
        self._quick.shutdown(wait=False, cancel_futures=True)
        self._slow.shutdown(wait=False, cancel_futures=True)


def server_for(told: Told, logic: bool = True, rest: float = REST) -> PolicyServer:
    """A server that is not running yet: ``start_io()`` serves over the standard streams."""
    server = PolicyServer(told, logic, rest)
    _listen(server)
    _serve(server)
    return server


def _listen(server: PolicyServer) -> None:
    """What the editor tells."""

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    async def opened(params: lsp.DidOpenTextDocumentParams) -> None:
        item = params.text_document
        server.put(item.uri, item.text, item.version)
        server.look(item.uri, rest=False, prove=True)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(params: lsp.DidChangeTextDocumentParams) -> None:
        uri = params.text_document.uri
        server.put(uri, server.workspace.get_text_document(uri).source, params.text_document.version)
        server.look(uri, rest=True, prove=False)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    async def saved(params: lsp.DidSaveTextDocumentParams) -> None:
        server.look(params.text_document.uri, rest=False, prove=True)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    async def closed(params: lsp.DidCloseTextDocumentParams) -> None:
        server.forget(params.text_document.uri)

    @server.feature(lsp.SHUTDOWN)
    def shut(params: None) -> None:
        server.stop()


def _serve(server: PolicyServer) -> None:
    """What the editor asks."""

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    async def hover(params: lsp.HoverParams) -> lsp.Hover | None:
        at = params.position
        return await server.answer(params.text_document.uri, lambda it: answers.hover_of(it, at, server.told), None)

    @server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    async def definition(params: lsp.DefinitionParams) -> lsp.Location | None:
        uri, at = params.text_document.uri, params.position
        return await server.answer(uri, lambda it: answers.definition_of(it, uri, at, server.told), None)

    @server.feature(lsp.TEXT_DOCUMENT_REFERENCES)
    async def references(params: lsp.ReferenceParams) -> list[lsp.Location]:
        uri, at, declared = params.text_document.uri, params.position, params.context.include_declaration
        return await server.answer(uri, lambda it: answers.references_to(it, uri, at, declared, server.told), [])

    @server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    async def symbols(params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol]:
        return await server.answer(params.text_document.uri, lambda it: answers.symbols_of(it, server.told), [])

    @server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions([lsp.CodeActionKind.QuickFix]))
    async def actions(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        uri, wanted = params.text_document.uri, params.range
        return await server.answer(uri, lambda it: answers.actions_for(it, uri, wanted, server.told), [])
