"""A small client of a language server over its standard streams, enough for hover, completion and diagnostics."""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import threading
import time
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
_SECONDS = 60


def command() -> list[str] | None:
    """How to start yaml-language-server: from its variable, the search path, or the folder that CONTRIBUTING names."""
    named = os.environ.get("YAML_LANGUAGE_SERVER")
    local = ROOT / ".node" / "node_modules" / ".bin" / "yaml-language-server"
    found = named or shutil.which("yaml-language-server") or (str(local) if local.exists() else None)
    return None if found is None or shutil.which("node") is None else [found, "--stdio"]


START = command()
SETTINGS = {"yaml": {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}}
NEEDS_SERVER = pytest.mark.skipif(
    START is None,
    reason="no yaml-language-server: npm install --prefix .node yaml-language-server (or set YAML_LANGUAGE_SERVER)",
)


def labels(found: Any) -> list[str]:
    """What a completion offers."""
    return [item["label"] for item in (found["items"] if isinstance(found, dict) else found)]


class Server:
    """One running server with one workspace. Every wait ends after a minute with an error."""

    def __init__(
        self, start: list[str], folder: Path, settings: dict[str, Any], can: dict[str, Any] | None = None
    ) -> None:
        self._process = subprocess.Popen(
            start, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._settings = settings
        self._inbox: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._number = 0
        self.diagnostics: dict[str, list[dict[str, Any]]] = {}
        self.opened: list[str] = []
        self.versions: dict[str, int] = {}  # of documents that were changed; what is said of older ones comes too late
        threading.Thread(target=self._read, daemon=True).start()
        uri = folder.as_uri()
        what = {"textDocument": {"hover": {"contentFormat": ["markdown"]}}, "workspace": {"configuration": True}}
        what |= can or {}
        root = {
            "rootUri": uri,
            "workspaceFolders": [{"uri": uri, "name": "w"}],
            "capabilities": what,
            "processId": None,
        }
        self.request("initialize", root)
        self.notify("initialized", {})
        self.notify("workspace/didChangeConfiguration", {"settings": settings})

    def open(self, path: Path, text: str) -> str:
        """Open a document; its URI."""
        uri = path.as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})
        self.opened.append(uri)
        return uri

    def close_all(self) -> None:
        """Close every document that is open."""
        while self.opened:
            self.notify("textDocument/didClose", {"textDocument": {"uri": self.opened.pop()}})

    def at(self, method: str, uri: str, line: int, column: int) -> Any:
        """Ask about a place (counted from 0)."""
        position = {"line": line, "character": column}
        return self.request(f"textDocument/{method}", {"textDocument": {"uri": uri}, "position": position})

    def findings(self, uri: str) -> list[dict[str, Any]]:
        """What the server says is wrong with a document, once it has said so."""
        end = time.monotonic() + _SECONDS
        while uri not in self.diagnostics:
            self._take(end)
        return self.diagnostics[uri]

    def request(self, method: str, params: Any) -> Any:
        self._number += 1
        number = self._number
        self._send({"id": number, "method": method, "params": params})
        end = time.monotonic() + _SECONDS
        while True:
            message = self._take(end)
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def notify(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            stream.close()

    def _take(self, end: float) -> dict[str, Any]:
        """The next message; what the server asks is answered, what it publishes is kept."""
        message = self._inbox.get(timeout=max(0.1, end - time.monotonic()))
        if message is None:
            raise RuntimeError("the language server has ended")
        method = message.get("method")
        if method == "textDocument/publishDiagnostics":
            told = message["params"]
            if (told.get("version") or 0) >= self.versions.get(told["uri"], 0):
                self.diagnostics[told["uri"]] = told["diagnostics"]
        elif method == "workspace/configuration":
            asked = [self._settings.get(item.get("section", ""), {}) for item in message["params"]["items"]]
            self._send({"id": message["id"], "result": asked})
        elif method is not None and "id" in message:
            self._send({"id": message["id"], "result": None})
        return message

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
        self._process.stdin.flush()

    def _read(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        try:
            while header := stream.readline():
                length = int(header.split(b":")[1])
                while stream.readline().strip():
                    pass
                self._inbox.put(json.loads(stream.read(length)))
        except ValueError:
            pass  # the stream was closed
        self._inbox.put(None)
