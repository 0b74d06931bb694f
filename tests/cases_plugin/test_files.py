"""Which files are case files, what the plugin says of those that cannot be used, and what it costs where there are none."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

OTHER = "name: ci\njobs:\n  cases: [1, 2]\n  policy: strict\n"
HEAVY = ("yaml", "pydantic", "vbprules.diagnostics", "vbprules.engine", "vbprules.cases.files", "vbprules.cases.report")


def test_all_findings_of_a_file_are_one_error(pytester, write, case_yaml):
    path = write(case_yaml("甲"), "  - case: 乙\n    asof: 2020-04-15\n    expect: {low: maybe}\n")
    write(case_yaml("好"), name="cases/好.yaml")
    result = pytester.runpytest_inprocess("--continue-on-collection-errors")
    result.assert_outcomes(errors=1, passed=1)
    out = result.stdout.str()
    lines = path.read_text("utf-8").splitlines()
    assert f"{path}:{lines.index('    asof: 2020-04-15') + 1}:5: 错误" in out
    assert "as_of" in out and "建议：" in out and "maybe" in out
    assert "Traceback" not in out and "plugin.py" not in out and "read_cases" not in out
    assert out.count("ERROR collecting") == 1


def test_findings_in_english(pytester, write):
    write("  - case: 乙\n    asof: 2020-04-15\n")
    out = pytester.runpytest_inprocess("--vbprules-lang", "en").stdout.str()
    assert "error" in out and "help: " in out and "建议" not in out


def test_facts_with_errors_are_findings_of_the_file(pytester, write, case_yaml):
    write(case_yaml("写错", facts="{institution: {kind: hospitol}}"))
    result = pytester.runpytest_inprocess()
    result.assert_outcomes(errors=1)
    out = result.stdout.str()
    assert re.search(r"cases/例.yaml:\d+:\d+: 错误 P106 kind：“hospitol”", out) and "是不是“hospital”" in out
    assert "Traceback" not in out and "plugin.py" not in out


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        (OTHER, False),
        ("# policy: 没有\n- a\n", False),
        ("", False),
        ("policy: smallland.yaml\n", True),
        ("cases: []\n", True),
        ("\ufeffpolicy: smallland.yaml\n", True),
        ("# 说明\n'policy' : smallland.yaml\n", True),
        ("policy：smallland.yaml\n", True),
        ("政策: smallland.yaml\n", True),
        ("# 说明\n案例:\n  - 案由: 甲\n", True),
        ("jobs:\n  政策: 严\n  案例: []\n", False),
        ("{policy: smallland.yaml, x: 1}\n", True),
    ],
)
def test_files_of_other_tools_are_left_alone(pytester, text, taken):
    path = pytester.path / "cases" / "其他.yaml"
    path.parent.mkdir()
    path.write_text(text, "utf-8")
    result = pytester.runpytest_inprocess("--collect-only", "-q")
    result.assert_outcomes(errors=int(taken))
    assert ("其他.yaml" in result.stdout.str()) == taken


def test_an_encoding_other_than_utf8_is_no_way_to_be_passed_over(pytester):
    for number, encoding in enumerate(("gb18030", "utf-16", "utf-16-be")):
        path = pytester.path / "cases" / f"{number}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes("政策: 小地\n案例: []\n".encode(encoding))
    pytester.runpytest_inprocess().assert_outcomes(errors=3)


def test_folders(pytester, write, case_yaml):
    write(case_yaml("内"), name="cases/省/一.yaml")
    write(case_yaml("外"), name="别处/二.yaml")
    write(case_yaml("别"), name="案例/三.yml")
    found = pytester.runpytest_inprocess("--collect-only", "-q").stdout.lines
    assert [line for line in found if "::" in line] == ["cases/省/一.yaml::内"]
    pytester.makeini("[pytest]\nvbprules_cases =\n    案例\n    别处\n")
    found = pytester.runpytest_inprocess("--collect-only", "-q").stdout.lines
    assert sorted(line for line in found if "::" in line) == ["别处/二.yaml::外", "案例/三.yml::别"]


def test_engines_that_disagree(pytester, write, case_yaml, monkeypatch):
    from vbprules import EngineDisagreement

    def disagree(*args: object) -> str:
        raise EngineDisagreement("low/completion A@2020Q1")

    write(case_yaml("甲"))
    monkeypatch.setattr("vbprules.evaluation.second_opinion", disagree)
    result = pytester.runpytest_inprocess()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "✗ cases/例.yaml:15  甲",
            "  两个引擎的结论不一致，因此不给出判断；请报告维护者：low/completion A@2020Q1",
            "FAILED cases/例.yaml::甲 - EngineDisagreement: low/completion A@2020Q1",
        ]
    )
    assert "Traceback" not in result.stdout.str()


def test_internal_errors_are_shown_as_such(pytester, write, case_yaml, monkeypatch):
    def fail(*args: object, **kwargs: object) -> None:
        raise ZeroDivisionError("within")

    write(case_yaml("甲"))
    monkeypatch.setattr("vbprules.cases.compare.run_case", fail)
    result = pytester.runpytest_inprocess()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "✗ cases/例.yaml:15  甲",
            "  程序内部错误，不是案例的错；请报告维护者：within",
            "  Traceback (most recent call last):",
            "  ZeroDivisionError: within",
            "FAILED cases/例.yaml::甲 - ZeroDivisionError: within",
        ]
    )


def test_loading_the_plugin_imports_nothing_of_the_library(pytester):
    pytester.makepyfile(
        f"""
        import sys

        def test_nothing_is_loaded(pytestconfig):
            assert pytestconfig.pluginmanager.has_plugin("vbprules")
            assert not [name for name in {HEAVY!r} if name in sys.modules]
            loaded = sorted(name for name in sys.modules if name.startswith("vbprules"))
            assert loaded == ["vbprules", "vbprules.pytest_plugin"]
        """
    )
    other = pytester.path / "data.yaml"
    other.write_text("policy: x\n", "utf-8")
    pytester.runpytest_subprocess().assert_outcomes(passed=1)


def test_the_plugin_imports_only_what_pytest_has_imported():
    script = "import sys, pytest, _pytest.terminal; before = set(sys.modules); import vbprules.pytest_plugin; print(sorted(set(sys.modules) - before))"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert found.strip() == "['vbprules', 'vbprules.pytest_plugin']"
