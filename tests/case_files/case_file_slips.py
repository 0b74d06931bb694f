"""A case file to make slips in, and what is said of them."""

from __future__ import annotations

from pathlib import Path

from vbprules.cases.checks import load_case_file
from vbprules.diagnostics import Finding, Report

HEAD = """\
policy: guizhou_2019
fixtures:
  bill:
    institution: {kind: hospital, ownership: public, designated: yes}
    receipts: {complete: yes, entries: [{id: R7, accepted_on: 2020-03-02, amount: 1000.00}]}
    payments: none
cases:
  - case: 未付
    as_of: 2020-04-10
    use: [bill]
"""
GOOD = "    expect: {pay_supplier@R7: {state: breached_unperformed}}\n"


def findings(text: str, tmp_path: Path) -> list[Finding]:
    path = tmp_path / "案例.yaml"
    path.write_text(text, encoding="utf-8")
    report = Report()
    load_case_file(path, report)
    return report.sorted_findings()


def told(found: list[Finding]) -> list[tuple[str, int, int]]:
    return [(item.code, item.mark.line, item.mark.column) for item in found if item.mark is not None]
