"""Which YAML files are case files. Light, so that looking costs nothing where there are none."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from vbprules.limits import current

SUFFIXES: Final = (".yaml", ".yml")
_TOP: Final = re.compile(r"""^\ufeff?(?:\{\s*)?["']?(?:policy|cases|政策|案例)["']?\s*[:：]""", re.MULTILINE)


def is_case_file(path: Path) -> bool:
    """Whether a YAML file has ``policy`` or ``cases`` at its top level; any other is another tool's.

    One key is enough, so that a case file that lacks the other is told what is missing. A file that cannot be read, or
    not as UTF-8, is looked at all the same: whoever reads it will say what is wrong with it.
    """
    try:
        if not path.is_file():  # a pipe would be waited for
            return True
        with path.open("rb") as stream:
            data = stream.read(current().bytes)
    except OSError:
        return True
    return _TOP.search(_text(data)) is not None


def _text(data: bytes) -> str:
    """What the bytes most probably say."""
    if b"\0" in data[:200]:
        marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
        return data.decode("utf-16" if marked else "utf-16-be" if data.index(0) % 2 == 0 else "utf-16-le", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")
