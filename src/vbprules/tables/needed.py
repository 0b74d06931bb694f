"""The package that tables need."""

from __future__ import annotations

from importlib.util import find_spec

from vbprules.diagnostics import Report


def has_polars(report: Report) -> bool:
    """Whether Polars is installed; if not, the report says how to install it."""
    if find_spec("polars") is None:
        report.error("tables_missing", None)
        return False
    return True
