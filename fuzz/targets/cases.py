"""A case file: read, and held against the policy that it names or a fixed one."""

from __future__ import annotations

from fuzz.files import written
from fuzz.oracle import checked
from fuzz.samples import program
from vbprules.cases.checks import check_case_file, load_case_file
from vbprules.cases.files import read_case_file
from vbprules.diagnostics import Report


def one(data: bytes) -> None:
    path = written(data, "stranger_cases.yaml")
    report = Report()
    file = read_case_file(path, report)
    checked(report.sorted_findings())
    if not report.has_errors:
        own = Report()
        check_case_file(file, program(), own)
        checked(own.sorted_findings())
        again = Report()
        load_case_file(path, again)
        checked(again.sorted_findings())
