"""Which YAML files are case files. Light, so that looking costs nothing where there are none."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

SUFFIXES: Final = (".yaml", ".yml")
_TOP: Final = re.compile(rb"(?m)^(?:\xef\xbb\xbf)?[{\"' ]{0,2}(?:policy|cases)[\"']? *(?::|\xef\xbc\x9a)")
_HEAD: Final = 4_000_000


def is_case_file(path: Path) -> bool:
    """Whether a YAML file has ``policy`` or ``cases`` at its top level; any other is another tool's.

    One key is enough, so that a case file that lacks the other is told what is missing. A file that cannot be read
    counts as one: whoever reads it will say why.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(_HEAD)
    except OSError:
        return True
    return _TOP.search(data.replace(b"\0", b"")) is not None
