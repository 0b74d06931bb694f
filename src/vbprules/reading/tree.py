"""Reading YAML files of policy analysts: every value stays text, every node knows its place, nothing is guessed.

A reader never raises for what it reads: it reports. After a refusal (a repeated key, a tab, a tag …) the tree is
still returned as far as it is sound, so that later checks can say more; `report.has_errors` tells that it may not
be used. None is returned when nothing can be read: a syntax error, a limit, an unreadable file.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import yaml
from yaml.error import MarkedYAMLError
from yaml.events import DocumentEndEvent, DocumentStartEvent, Event, StreamEndEvent, StreamStartEvent

from vbprules.diagnostics.finding import Report
from vbprules.diagnostics.place import Mark, Source, shown
from vbprules.limits import current
from vbprules.reading.builder import Builder, Unreadable, mark_of
from vbprules.reading.characters import checked_characters
from vbprules.reading.nodes import NOWHERE, Limits, Mapping, Node, Scalar, Sequence
from vbprules.reading.python import from_python
from vbprules.reading.syntax import Syntax

__all__ = [
    "NOWHERE",
    "Limits",
    "Mapping",
    "Mark",
    "Node",
    "Scalar",
    "Sequence",
    "Source",
    "from_python",
    "read",
    "read_bytes",
    "read_file",
    "read_text",
]

_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_GUESSES = (("gb18030", "GBK"), ("big5", "Big5"))


def read_file(path: Path | str, report: Report, limits: Limits | None = None) -> Node | None:
    """The tree of a file. Whatever is wrong with the file becomes a finding."""
    data = read_bytes(path, report, limits)
    return None if data is None else read(data, os.fspath(path), report, limits)


def read_text(path: Path | str, report: Report, limits: Limits | None = None) -> Source | None:
    """A file of plain text, the report's current source from here on. What is wrong with the file is a finding."""
    data = read_bytes(path, report, limits)
    if data is None:
        return None
    name = os.fspath(path)
    text = _decoded(data, name, report)
    if text is None:
        return None
    source = Source(name, text.removeprefix("\ufeff"))
    report.use(source)
    if not source.text.strip():
        report.error("empty_file", None)
        return None
    return source


def read_bytes(path: Path | str, report: Report, limits: Limits | None = None) -> bytes | None:
    """The bytes of a file that is not too big. What is wrong with the file is a finding."""
    name, most = os.fspath(path), (limits or current()).bytes
    try:
        with open(name, "rb", opener=_without_waiting) as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                _refused(name, report, "not_a_file", path=name)
                return None
            data = stream.read(most + 1)
            if len(data) <= most:
                return data
            _refused(name, report, "file_too_big", limit=most)
    except (FileNotFoundError, NotADirectoryError):
        _refused(name, report, "file_missing", path=name)
    except IsADirectoryError:
        _refused(name, report, "not_a_file", path=name)
    except (OSError, ValueError) as error:
        code = "not_a_file" if _is_directory(name) else "file_unreadable"
        _refused(name, report, code, path=name, reason=getattr(error, "strerror", None) or str(error))
    return None


def _without_waiting(name: str, flags: int) -> int:
    """Open without waiting for the other end of a pipe."""
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))


def _is_directory(name: str) -> bool:
    try:
        return os.path.isdir(name)
    except ValueError:
        return False


def _refused(name: str, report: Report, code: str, **args: object) -> None:
    report.use(Source(name, ""))
    report.error(code, None, **args)
    return None


def read(data: str | bytes, name: str, report: Report, limits: Limits | None = None) -> Node | None:
    """The tree of a YAML text; what is refused is reported. The text becomes the report's current source."""
    limits = limits or current()
    size = len(data) if isinstance(data, bytes) or len(data) > limits.bytes else _encoded_size(data)
    if size > limits.bytes:
        _refused(name, report, "file_too_big", limit=limits.bytes)
        return None
    text = _decoded(data, name, report) if isinstance(data, bytes) else data
    if text is None:
        return None
    source = Source(name, text.removeprefix("\ufeff"))
    report.use(source)
    clean, dirty = checked_characters(source, report)
    if not clean.strip():
        report.error("empty_file", None)
        return None
    return _parsed(Source(name, clean), dirty, report, limits)


def _encoded_size(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def _decoded(data: bytes, name: str, report: Report) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        source = Source(name, data.decode("utf-8", "replace"))
        report.use(source)
        before = data[: error.start].decode("utf-8")
        line, column = Source(name, before).position(len(before))
        mark = Mark(line, column, line, column + 1)
        byte = f"{data[error.start]:02X}"
        report.error("not_utf8", mark, byte=byte, offset=error.start + 1, guess=_guess(data))
        return None


def _guess(data: bytes) -> str:
    """The likely encoding of a text that is not UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    if b"\x00" in data:
        return ""
    for encoding, guess in _GUESSES:
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return guess
    return ""


def _events(text: str) -> Iterator[Event]:
    """The parser's events.

    From libyaml 0.2.6 on the parser has a limit of nesting of its own, and since it looks ahead, that may strike before
    it has given a single event. What stands before the place that it refuses is read once more, so that our own limit,
    which is lower, is passed where the nesting begins to be too deep, whatever the parser.
    """
    taken = 0
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            taken += 1
            yield event
    except MarkedYAMLError as error:
        if "nesting depth" not in str(error.problem) or error.problem_mark is None:
            raise
        before = text[: error.problem_mark.index]
        try:
            yield from islice(yaml.parse(before, Loader=_LOADER), taken, None)
        except MarkedYAMLError as earlier:
            if earlier.problem_mark is not None and earlier.problem_mark.index < len(before):
                raise
        raise error


def _parsed(source: Source, dirty: set[int], report: Report, limits: Limits) -> Node | None:
    builder = Builder(source.text, report, limits)
    documents = 0
    try:
        for event in _events(source.text):
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    report.error("several_documents", mark_of(event))
                    break
                if event.version is not None or event.tags:
                    report.error("directive", mark_of(event))
            elif not isinstance(event, (DocumentEndEvent, StreamStartEvent, StreamEndEvent)):
                builder.take(event)
    except Unreadable:
        return None
    except MarkedYAMLError as error:
        syntax = Syntax(error, source, builder.open_brackets())
        if not syntax.lines() & dirty:
            syntax.report(report)
        return None
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        report.error("syntax", None, problem=shown(str(error))[:100])
        return None
    root = builder.root
    if root is None or (isinstance(root, Scalar) and not root.text and not root.quoted):
        report.error("empty_file", None)
        return None
    return root
