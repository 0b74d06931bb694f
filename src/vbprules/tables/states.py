"""What a file was like when it was read, so that one can tell whether it is still the same."""

from __future__ import annotations

import os
from pathlib import Path

State = tuple[int, int, int]


def state_of(path: Path) -> State | None:
    """Which file stands there, how long it is and when it was last written; None where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
