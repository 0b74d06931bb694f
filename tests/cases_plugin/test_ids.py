"""Cases as test items: their names, ids, places, and the options of pytest that select by them."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vbprules.cases.nodes import node_names

RIGHT, WRONG = "{low: {state: not_triggered}}", "{low: {state: due}}"
NAMES = {  # as YAML, and as the id has it
    "恰为80%": "恰为80%",
    "恰为80%[甲]": "恰为80% [甲]",
    "'按 “采购量” 算: 甲'": "按 “采购量” 算: 甲",
    '''"it's \\"so\\""''': 'it\'s "so"',
    "甲::乙": "甲：：乙",
    "比例0.5的[乙]丙": "比例0.5的［乙］丙",
    "比例0.5": "比例0.5",
    "甲/乙 & 丙*": "甲/乙 & 丙*",
    "同名": "同名",
    "同名 ": "同名 #3",
    "'同名 #2'": "同名 #2",
    '"两行\\n的名"': "两行\\n的名",
    "() 内": "（） 内",
}


def ids(pytester: pytest.Pytester, *args: str) -> list[str]:
    result = pytester.runpytest_inprocess("--collect-only", "-q", *args)
    return [line for line in result.stdout.lines if "::" in line]


def passed(pytester: pytest.Pytester, *args: str) -> list[str]:
    reports = pytester.inline_run(*args).getreports("pytest_runtest_logreport")
    return [report.nodeid for report in reports if report.when == "call" and report.passed]


def test_every_id_selects_its_own_case(pytester, write, case_yaml):
    write(*(case_yaml(name) for name in NAMES))
    found = ids(pytester)
    assert found == [f"cases/例.yaml::{name}" for name in NAMES.values()]
    for one in found:
        assert ids(pytester, one) == [one]


def test_variants_are_selected_one_by_one(pytester, write, case_yaml):
    table = "    variants: {set: [purchases.0.quantity], rows: [{values: [90000]}, {values: [95000], case: 多}]}\n"
    write(case_yaml("变体") + table, case_yaml("变体 "))
    assert ids(pytester) == [f"cases/例.yaml::变体{rest}" for rest in ("", " [90000]", " [多]", " #2")]
    assert ids(pytester, "cases/例.yaml::变体") == ["cases/例.yaml::变体"]
    assert passed(pytester, "cases/例.yaml::变体 [多]") == ["cases/例.yaml::变体 [多]"]


name = st.text(st.sampled_from("甲乙[]: #2\n\x00a"), max_size=6)


@given(st.lists(name, max_size=8))
def test_any_names_give_distinct_ids_that_pytest_tells_apart(names):
    found = list(node_names(names))
    assert found == list(node_names(names)) and len(set(found)) == len(names)
    for one in found:
        assert one.isprintable() and one == one.strip()
        base, bracket, rest = f"x.yaml::{one}".partition("[")  # as pytest takes an argument apart
        path, *parts = base.split("::")
        assert (path, len(parts)) == ("x.yaml", 1)
        wanted = parts[0] + bracket + rest
        selected = [other for other in found if other == wanted or (not bracket and other.split("[")[0] == wanted)]
        assert selected == [one]


def test_words_of_a_name_select(pytester, write, case_yaml):
    write(case_yaml("完成比例恰为80%不约谈"), case_yaml("完成比例90%"), case_yaml("付款"))
    assert passed(pytester, "-k", "恰为80") == ["cases/例.yaml::完成比例恰为80%不约谈"]
    assert len(passed(pytester, "-k", "完成比例 and not 恰为80")) == 1
    assert len(passed(pytester, "-k", "付款 or 恰为")) == 2


def test_verbose_output_is_chinese_and_holds_the_id(pytester, write, case_yaml):
    write(case_yaml("比例0.5"), case_yaml("比例1.5", WRONG))
    lines = pytester.runpytest_inprocess("-v").stdout.lines
    assert any(line.startswith("cases/例.yaml::比例0.5 PASSED") for line in lines)
    assert any(line.startswith("cases/例.yaml::比例1.5 FAILED") for line in lines)
    assert any(line.startswith("FAILED cases/例.yaml::比例1.5 - low@A@2020Q1 state: due ≠ not_trig") for line in lines)
    assert any(line.strip("_ ") == "比例1.5 (例.yaml:19)" for line in lines)


def test_places_and_parents(pytester, write, case_yaml):
    path = write(case_yaml("甲"), case_yaml("乙.丙"))
    items, _ = pytester.inline_genitems()
    lines = path.read_text("utf-8").splitlines()
    for item in items:
        assert item.path == path and item.nodeid == f"cases/例.yaml::{item.name}"
        file, line, headline = item.location
        assert Path(file) == Path("cases/例.yaml") and lines[line].endswith(f"case: {item.name}")
        assert item.name in headline
        assert isinstance(item.parent, pytest.File) and item.parent.nodeid == "cases/例.yaml"
        assert item.parent.path == path and item.listchain()[-2:] == [item.parent, item]


def test_workers_find_the_same_cases(pytester, write, case_yaml):
    write(*(case_yaml(f"例{number}", WRONG if number == 3 else RIGHT) for number in range(6)))
    write(case_yaml("另一"), name="cases/乙.yaml")
    alone = pytester.runpytest_subprocess("-rA", "-p", "no:cacheprovider")
    spread = pytester.runpytest_subprocess("-rA", "-p", "no:cacheprovider", "-n", "2")
    alone.assert_outcomes(passed=6, failed=1)
    spread.assert_outcomes(passed=6, failed=1)

    def told(result: pytest.RunResult) -> tuple[list[str], list[str]]:
        verdicts = {line.partition(" - ")[0] for line in result.outlines if line.startswith(("PASSED ", "FAILED "))}
        start = next(number for number, line in enumerate(result.outlines) if line.startswith("✗ cases"))
        block = result.outlines[start:]
        return sorted(verdicts), block[: next(n for n, line in enumerate(block) if line.startswith("==="))]

    assert told(alone) == told(spread)
    assert "    例.yaml:30  state  应为 due（应作出，尚未作出）   实为 not_triggered（未触发）" in told(spread)[1]


def test_last_failed_and_first_failure(pytester, write, case_yaml):
    write(case_yaml("甲"), case_yaml("乙 [一]", WRONG), case_yaml("丙", WRONG))
    pytester.runpytest_inprocess("-x").assert_outcomes(passed=1, failed=1)
    result = pytester.runpytest_inprocess("--lf", "-v")
    result.assert_outcomes(failed=1)
    assert any(line.startswith("cases/例.yaml::乙 [一] FAILED") for line in result.stdout.lines)


@pytest.mark.parametrize("family", ["xunit1", "xunit2"])
def test_junit(pytester, write, case_yaml, family):
    path = write(
        case_yaml("甲", '{low: {state: due, reason: "一\\n红"}}'),
        case_yaml('"两行\\n字符 <&> ]]>"', WRONG),
        case_yaml("乙"),
    )
    pytester.runpytest_inprocess("--junitxml=out.xml", "-o", f"junit_family={family}").assert_outcomes(
        passed=1, failed=2
    )
    found = ET.parse(pytester.path / "out.xml").findall(".//testcase")
    assert [(one.get("classname"), one.get("name")) for one in found] == [
        ("cases.例.yaml", "甲"),
        ("cases.例.yaml", "两行\\n字符 <&> ]]>"),
        ("cases.例.yaml", "乙"),
    ]
    if family == "xunit1":
        assert [(one.get("file"), one.get("line")) for one in found] == [
            ("cases/例.yaml", str(n)) for n in (14, 18, 22)
        ]
    failure = found[0].find("failure")
    assert failure is not None and failure.text is not None
    assert failure.get("message") == "low@A@2020Q1 state (+1): due ≠ not_triggered"
    assert f"✗ {path.relative_to(pytester.path)}:15  甲" in failure.text
    assert "例.yaml:18  state   应为 due（应作出，尚未作出）" in failure.text
    assert "应为 一\\n红" in failure.text


def test_junit_of_a_file_with_control_characters(pytester, write, case_yaml):
    """The reader refuses them in any spelling; its finding must not carry them into the report."""
    write(case_yaml('"控制\\e字符"'), case_yaml("裸\x01字符"))
    pytester.runpytest_inprocess("--junitxml=out.xml").assert_outcomes(errors=1)
    error = ET.parse(pytester.path / "out.xml").find(".//testcase/error")
    assert error is not None and error.text is not None
    assert "U+001B" in error.text and "U+0001" in error.text and "\\x01" in error.text


def test_control_characters_that_reach_a_report_are_escaped(pytester, write, case_yaml):
    write(case_yaml("甲"))
    pytester.makeconftest(
        r"""
import dataclasses
from vbprules.cases import compare

run_case = compare.run_case

def run_with_control_characters(item):
    found = compare.Mismatch("low@A@2020Q1", "reason", "x\x00", "y\x1b[0m\ud800", 12)
    return run_case(item)[0], [found]

compare.run_case = run_with_control_characters
"""
    )
    result = pytester.runpytest_subprocess("--junitxml=out.xml")
    result.assert_outcomes(failed=1)
    assert not any(character in result.stdout.str() for character in ("\x00", "\x1b"))
    failure = ET.parse(pytester.path / "out.xml").find(".//failure")
    assert failure is not None and failure.text is not None
    assert "应为 x\\x00" in failure.text and "y\\x1b[0m\\ud800" in failure.text
