"""What a failing case prints: the expected and the actual value side by side, and the line to look at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from vbprules.cases.files import CaseItem

if TYPE_CHECKING:
    from vbprules.cases.compare import Mismatch


def failure_text(case: CaseItem, mismatches: Sequence[Mismatch]) -> str:
    """One block per value that differs."""
    lines = [f"{case.file.name}:{case.line} {case.name}"]
    for item in mismatches:
        lines.append(f"  {case.file.name}:{item.line}  {item.outcome}" + (f"  {item.key}" if item.key else ""))
        lines.append(f"    应为 expected: {item.expected}")
        lines.append(f"    实为 actual:   {item.actual}")
        if item.why:
            lines.append(f"    理由 because:  {item.why}")
    return "\n".join(lines)
