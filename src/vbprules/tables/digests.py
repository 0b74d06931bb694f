"""SHA-256 of tables: of their files, or of the files into which the rows of a database were set down."""

from __future__ import annotations

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory

from vbprules.tables.headings import Headed
from vbprules.tables.sources import SUFFIXES
from vbprules.tables.states import state_of


def file_digest(origin: str) -> str | None:
    """Of the file that a table comes from (``book.xlsx#sheet``: of the workbook); None of anything else."""
    path = _file_of(origin)
    return None if path is None else digest_of(path).hex()


def digest_of(path: Path) -> bytes:
    """Of the bytes of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").digest()


def is_as_read(table: Headed) -> bool:
    """Whether the file of a table is still the one that was read, as far as its length and times tell."""
    path = _file_of(table.origin)
    return table.state is None or (path is not None and state_of(path) == table.state)


def _file_of(origin: str) -> Path | None:
    for name in (origin, origin.rpartition("#")[0], origin.partition("#")[0]):
        path = Path(name)
        if path.suffix.lower() in SUFFIXES and path.is_file():
            return path
    return None


def content_digest(table: Headed) -> str | None:
    """Of what a table holds; None of a frame in memory."""
    if not isinstance(table.holds, TemporaryDirectory):
        return file_digest(table.origin)
    whole = hashlib.sha256()
    for path in sorted((Path(table.holds.name) / table.name).iterdir()):
        whole.update(digest_of(path))
    return whole.hexdigest()
