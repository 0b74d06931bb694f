"""``--vbprules-coverage``: what the collected cases reach, said at the end of the session, with workers too."""

from __future__ import annotations

import pytest

EXPECT = "{low@A@2020Q1: {state: not_triggered}}"


@pytest.mark.parametrize("workers", [(), ("-n", "2")])
def test_totals_and_page(pytester, write, case_yaml, workers):
    write(case_yaml("甲", expect=EXPECT))
    result = pytester.runpytest("--vbprules-coverage=page.html", "-q", *workers)
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["*条款覆盖 coverage of the law*", "── smallland*", "规定 *1*", "*✗ pay*", "page.html"])
    assert '<details class="clause' in (pytester.path / "page.html").read_text("utf-8")


def test_nothing_is_said_unasked(pytester, write, case_yaml):
    write(case_yaml("甲", expect=EXPECT))
    result = pytester.runpytest("-q")
    assert "条款覆盖" not in result.stdout.str()
    result = pytester.runpytest("-q", "--vbprules-coverage", "--vbprules-lang=en", "--collect-only")
    assert "smallland" in result.stdout.str() or result.ret == 0
