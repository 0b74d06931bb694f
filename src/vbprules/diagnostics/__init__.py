"""Findings about what somebody wrote: collected, located, and said in Chinese and English."""

from vbprules.diagnostics.catalogue import BY_CODE, CATALOGUE, NAMES, Entry, fill
from vbprules.diagnostics.finding import Edit, Finding, InputError, Report, Severity, VbprulesError
from vbprules.diagnostics.place import Mark, Source
from vbprules.diagnostics.render import render, to_json
from vbprules.diagnostics.sarif import to_sarif
from vbprules.diagnostics.suggest import suggest

__all__ = [
    "BY_CODE",
    "CATALOGUE",
    "NAMES",
    "Edit",
    "Entry",
    "Finding",
    "InputError",
    "Mark",
    "Report",
    "Severity",
    "Source",
    "VbprulesError",
    "fill",
    "render",
    "suggest",
    "to_json",
    "to_sarif",
]
