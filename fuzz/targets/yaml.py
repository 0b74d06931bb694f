"""The reader of YAML alone, with the parser in C and the one in Python."""

from __future__ import annotations

import yaml

from fuzz.oracle import Broken, reported
from vbprules.diagnostics import Report
from vbprules.reading import Limits, read, tree

LIMITS = Limits(bytes=20_000, depth=12, nodes=2_000, scalar=200, key=40)
SMALL = 3_000  # bytes that the parser in Python reads soon


def one(data: bytes) -> None:
    codes = [_codes(data)]
    if len(data) <= SMALL:
        quick = tree._LOADER
        tree._LOADER = yaml.SafeLoader
        try:
            codes.append(_codes(data))
        finally:
            tree._LOADER = quick
    if any(bool(found) != bool(codes[0]) for found in codes):
        raise Broken(f"the two parsers do not agree: {codes}")


def _codes(data: bytes) -> list[str]:
    report = Report()
    reported(report, read(data, "stranger.yaml", report, LIMITS))
    return [finding.code for finding in report.findings if finding.severity == "error"]
