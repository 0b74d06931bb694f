"""Where text goes: the streams of this process or a file, with or without colour. No text makes it fail.

A terminal that cannot show a character gets its escape. JSON is always UTF-8, whatever the locale says.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final, Literal, TextIO

Color = Literal["auto", "always", "never"]
Lang = Literal["zh", "en"]
_COLUMNS: Final = 100  # where the output is no terminal, so that it is the same everywhere
_NARROWEST, _WIDEST = 60, 120


class Console:
    """The output of one command."""

    def __init__(self) -> None:
        self.color = self.error_color = False
        self.file: Path | None = None
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                with suppress(ValueError, io.UnsupportedOperation):
                    stream.reconfigure(errors="backslashreplace")

    def configure(self, color: Color, file: Path | None) -> None:
        self.file = file
        self.color = file is None and _wanted(color, sys.stdout)
        self.error_color = _wanted(color, sys.stderr)

    @property
    def columns(self) -> int:
        """The width to print for."""
        if self.file is not None or not _terminal(sys.stdout):
            return _COLUMNS
        return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size((_COLUMNS, 24)).columns))

    @property
    def progress(self) -> bool:
        """Whether somebody watches the error stream."""
        return _terminal(sys.stderr)

    def write(self, text: str) -> None:
        """Text for people. A file is written at once and whole."""
        if self.file is not None:
            _write_file(self.file, text.encode("utf-8", "backslashreplace"))
            return
        _open(sys.stdout).write(text)

    def write_utf8(self, text: str) -> None:
        """Text for programs: UTF-8 in every locale."""
        data = text.encode("utf-8", "backslashreplace")
        buffer = getattr(sys.stdout, "buffer", None)
        if self.file is not None:
            _write_file(self.file, data)
        elif buffer is None:
            _open(sys.stdout).write(text)
        else:
            _open(sys.stdout).flush()
            buffer.write(data)

    def tell(self, text: str) -> None:
        """A message beside the output."""
        if sys.stderr is not None and text:
            sys.stderr.write(text + "\n")

    def passing(self, text: str) -> None:
        """A line that the next one replaces; an empty one clears it."""
        if self.progress:
            sys.stderr.write(f"\r\x1b[2K{text}")
            sys.stderr.flush()

    def flush(self) -> None:
        """Write out what is held back, so that a full disk or a closed pipe shows now."""
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()

    def abandon(self) -> None:
        """Send what could not be written to nowhere, so that the end of the process does not try again."""
        with suppress(OSError, ValueError, AttributeError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, sys.stdout.fileno())
            os.close(nowhere)


def _write_file(path: Path, data: bytes) -> None:
    from vbprules.cli.writing import write_whole

    write_whole(path, data)


def _open(stream: TextIO | None) -> TextIO:
    if stream is None or stream.closed:
        raise OSError(9, "标准输出已关闭 standard output is closed")
    return stream


def _terminal(stream: TextIO | None) -> bool:
    return stream is not None and not stream.closed and stream.isatty()


def _wanted(color: Color, stream: TextIO | None) -> bool:
    """Colour where it was asked for, or on a terminal whose user does not refuse it (no-color.org)."""
    if color != "auto":
        return color == "always"
    return _terminal(stream) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
