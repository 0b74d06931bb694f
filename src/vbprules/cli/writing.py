"""Files that a command changes: written whole, or shown as they would be."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from difflib import unified_diff
from pathlib import Path

from vbprules.diagnostics.place import shown


def changed_lines(name: str, before: bytes, after: bytes) -> str:
    """What would change, as a unified diff."""
    old, new = (data.decode("utf-8", "replace").splitlines() for data in (before, after))
    return "\n".join(unified_diff(old, new, shown(name), shown(name), lineterm="")) + "\n"


def write_whole(path: Path, data: bytes) -> None:
    """Replace a file at once and whole, with the permissions that it had; a link stays a link."""
    target = path.resolve()
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        shutil.copymode(target, name)
        os.replace(name, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise
