"""The kinds of changes, with their names for people. Importing this costs nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

Kind = Literal["figure", "bound", "unit", "base", "bearer", "scope", "exception", "reading", "clause", "hedge"]
KINDS: Final[Mapping[Kind, tuple[str, str]]] = {
    "figure": ("数字", "figure"),
    "bound": ("界限", "bound"),
    "unit": ("单位", "unit"),
    "base": ("基数", "base"),
    "bearer": ("主体", "bearer"),
    "scope": ("范围与条件", "scope"),
    "exception": ("例外", "exception"),
    "reading": ("解读", "reading"),
    "clause": ("条款", "clause"),
    "hedge": ("效力", "force"),
}
