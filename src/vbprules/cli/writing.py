"""Files that a command writes: whole or not at all, or shown as they would be."""

from __future__ import annotations

import os
import secrets
import shutil
from contextlib import suppress
from difflib import unified_diff
from pathlib import Path
from typing import Final

from vbprules.diagnostics.place import shown

_DEVICES: Final = ("/dev/", "/proc/")


def changed_lines(name: str, before: bytes, after: bytes) -> str:
    """What would change, as a unified diff."""
    old, new = (data.decode("utf-8", "replace").splitlines() for data in (before, after))
    return "\n".join(unified_diff(old, new, shown(name), shown(name), lineterm="")) + "\n"


def write_whole(path: Path, data: bytes) -> None:
    """Write a file, or replace it, at once and whole, with the permissions that it had; a link stays a link.

    What is no regular file (a device, a pipe) and what stands in a folder where none can be made is written to as it
    is. Raises OSError with the path.
    """
    try:
        if str(path).startswith(_DEVICES) or (path.exists() and not path.is_file()):
            path.write_bytes(data)
        else:
            _replace(Path(os.path.realpath(path)), data)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def _replace(target: Path, data: bytes) -> None:
    draft = target.with_name(f".{secrets.token_hex(8)}.new")
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    except PermissionError:
        if not target.is_file():
            raise
        target.write_bytes(data)
        return
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            shutil.copymode(target, draft)
        os.replace(draft, target)
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        raise
