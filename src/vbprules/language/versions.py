"""Versions of the policy language that this release reads. What they promise stands in docs/compatibility.md."""

from __future__ import annotations

from typing import Final

from vbprules.diagnostics import Report
from vbprules.reading import Mapping, Node, Scalar

OLDEST: Final = 1
NEWEST: Final = 1


def reads_language(root: Node | None, report: Report) -> bool:
    """Whether a policy (in English words) is of a version that is read here; if not, that is all there is to say of it.

    A policy without a version passes: that the key is missing is told with all else.
    """
    written = root.get("language") if isinstance(root, Mapping) else None
    if not isinstance(written, Scalar) or written.text in map(str, range(OLDEST, NEWEST + 1)):
        return True
    supported = str(OLDEST) if OLDEST == NEWEST else f"{OLDEST}–{NEWEST}"
    report.error("language_version", written, value=written.text, supported=supported)
    return False
