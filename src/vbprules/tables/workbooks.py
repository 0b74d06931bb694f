"""What a workbook unpacks to, looked at before it is read: being packed, it may hold far more than it weighs."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from copy import copy
from pathlib import Path
from typing import Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from vbprules.diagnostics import Report
from vbprules.limits import current

_AT_ONCE: Final = 1 << 20
_LONGEST: Final = 64  # bytes of a reference, which may be cut by the end of what is read at once
_REFERENCE: Final = re.compile(rb"""r\s*=\s*["']([A-Za-z]{1,7})([0-9]{1,10})""")
_DAMAGED: Final = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


def is_readable(path: Path, report: Report) -> bool:
    """Whether a workbook unpacks to no more than is read, and no sheet reaches farther. Else the report says so.

    A damaged workbook is one that is not readable, too. Raises OSError where the file cannot be opened.
    """
    try:
        with ZipFile(path) as book:
            return _fits(book, report)
    except _DAMAGED as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0][:200]
        report.error("unreadable_table", None, path=str(path), reason=reason)
        return False


def _fits(book: ZipFile, report: Report) -> bool:
    limits = current()
    unpacked = 0
    for entry in book.infolist():
        columns: set[bytes] = set()
        last, cut = 0, b""
        for part in _unpacked(book, entry, limits.unpacked):
            unpacked += len(part)
            if unpacked > limits.unpacked:
                report.error("workbook_unpacks", None, name="unpacked", limit=limits.unpacked)
                return False
            found = _REFERENCE.findall(cut + part)
            cut = part[-_LONGEST:]
            columns.update(column for column, _ in found)
            last = max(last, max((int(row) for _, row in found), default=0))
        cells = last * max((_number(column) for column in columns), default=0)
        if cells > limits.sheet_cells:
            report.error("sheet_too_wide", None, name="sheet_cells", count=cells, limit=limits.sheet_cells)
            return False
    return True


def _unpacked(book: ZipFile, entry: ZipInfo, most: int) -> Iterator[bytes]:
    """What an entry really holds, whatever it says of its size."""
    real = copy(entry)
    real.file_size = most + _AT_ONCE
    real.CRC = None  # type: ignore[assignment]  # not compared, since more is read than the entry admits
    with book.open(real) as stream:
        while part := stream.read(_AT_ONCE):
            yield part


def _number(column: bytes) -> int:
    """``A`` is 1, ``AA`` 27."""
    found = 0
    for letter in column.upper():
        found = found * 26 + letter - 64
    return found
