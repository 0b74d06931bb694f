"""The reader of YAML alone, with the parser in C and the one in Python: one may refuse what the other takes (a few odd
braces and directives), but what both take they read alike."""

from __future__ import annotations

import yaml

from fuzz.oracle import Broken, reported
from vbprules.diagnostics import Report
from vbprules.formatting.sameness import plain
from vbprules.reading import Limits, Node, read, tree

LIMITS = Limits(bytes=20_000, depth=12, nodes=2_000, scalar=200, key=40)
SMALL = 3_000  # bytes that the parser in Python reads soon


def one(data: bytes) -> None:
    root, accepted = _read(data)
    if len(data) > SMALL:
        return
    quick = tree._LOADER
    tree._LOADER = yaml.SafeLoader
    try:
        other, accepted_too = _read(data)
    finally:
        tree._LOADER = quick
    if accepted and accepted_too and plain(root) != plain(other):
        raise Broken("the two parsers read different things")


def _read(data: bytes) -> tuple[Node | None, bool]:
    report = Report()
    root = read(data, "stranger.yaml", report, LIMITS)
    reported(report, root)
    return root, not report.has_errors
