"""The pages on findings: fresh, one section for every code, and every example produces what it is an example of."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from vbprules.catalog import check
from vbprules.diagnostics import CATALOGUE, Mark, Report, Source, render
from vbprules.fidelity.source_check import check_source
from vbprules.logic.report import report_logic
from vbprules.program.figures import with_figures
from vbprules.reading import Scalar

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "findings"
sys.path.insert(0, str(ROOT / "tools"))
from findings import PAGES, explained, page_of  # noqa: E402

SAMPLE = (FOLDER / "sample.yaml").read_text("utf-8")
TEXT = (FOLDER / "sample.txt").read_text("utf-8")
EXPLAINED = explained()
EXAMPLES = sorted(name for name, told in EXPLAINED.items() if told.right is not None or told.figure)


def found(policy: str, figure: str = "", logic: bool = False) -> Report:
    """What ``vbprules check --source`` says of a policy, and of a figure taken for another."""
    report = Report()
    program = check(policy.encode(), "sample.yaml", report)
    if program is not None and not report.has_errors:
        if figure:
            address, _, text = figure.partition("=")
            with_figures(program, {address: Scalar(text, Mark(0, 0, 0, 0))}, report)
        check_source(program, Source("sample.txt", TEXT), report)
        if logic:
            report_logic(program, report)
    return report


def test_the_pages_are_fresh() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "findings.py"), "--check"], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout.decode()


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_every_code_has_a_section_and_a_line_in_the_index(name: str) -> None:
    code = CATALOGUE[name].code
    page = PAGES[code[0]]
    assert page_of(code) == (page, f"{code.lower()}-{name}")
    assert f"\n## {code} {name}\n" in (FOLDER / f"{page}.md").read_text("utf-8")
    assert f"| [{code}]({page}.md#{code.lower()}-{name}) |" in (FOLDER / "README.md").read_text("utf-8")


def test_every_finding_about_policies_is_explained_in_both_languages() -> None:
    wanted = {name for name, entry in CATALOGUE.items() if entry.code[0] in "YPEFLWN"}
    assert wanted <= set(EXPLAINED)
    assert all(told.zh and told.en for told in EXPLAINED.values())


def test_the_sample_itself_has_no_findings() -> None:
    report = found(SAMPLE)
    assert report.findings == [], render(report.findings, "en")


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_what_it_says(name: str) -> None:
    told = EXPLAINED[name]
    policy = SAMPLE
    if told.right is not None:
        assert SAMPLE.count(told.right) == 1, told.right
        policy = SAMPLE.replace(told.right, told.written)
    report = found(policy, told.figure, logic=CATALOGUE[name].code.startswith("L1"))
    assert CATALOGUE[name].code in {finding.code for finding in report.findings}, render(report.findings, "en")
