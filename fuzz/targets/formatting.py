"""A policy in its normal form, on both surfaces."""

from __future__ import annotations

from fuzz.oracle import Broken, checked
from vbprules.diagnostics import Report
from vbprules.formatting import formatted


def one(data: bytes) -> None:
    for surface in (None, "zh", "en"):
        report = Report()
        found = formatted(data, "stranger.yaml", report, surface)
        checked(report.sorted_findings())
        if found is None:
            if not report.has_errors:
                raise Broken("not formatted, and no reason is given")
            continue
        again = formatted(found.after, "stranger.yaml", Report(), surface)
        if again is None or again.after != found.after:
            raise Broken("the normal form has another normal form")
