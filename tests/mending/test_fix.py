"""``check --fix``: what it mends is what was meant; whatever is law or doubtful it leaves as it is, byte for byte."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples

from vbprules import catalog
from vbprules.cli.main import main
from vbprules.diagnostics import CATALOGUE, Report
from vbprules.formatting import formatted
from vbprules.formatting.sameness import meaning
from vbprules.language.keys import COMMON, SECTIONS
from vbprules.mending import Mended, mended
from vbprules.mending.edits import mended_codes

SAMPLE = (Path(__file__).parents[2] / "docs" / "findings" / "sample.yaml").read_text("utf-8")


def fixed(data: str | bytes) -> Mended:
    raw = data.encode() if isinstance(data, str) else data
    return mended(raw, lambda found, report: catalog.check(found, "sample.yaml", report))


def compiled(data: bytes) -> object:
    report = Report()
    program = catalog.check(data, "sample.yaml", report)
    assert not report.has_errors, [finding.message("en") for finding in report.findings]
    return meaning(program)


MENDED = [
    ("once: yes, silent: [from]}\n  hold", "onec: yes, silent: [from]}\n  hold", "unknown_key"),
    ("quantities:\n", "quantites:\n", "unknown_key"),
    ("toward: supplier, for_each", "toward: suplier, for_each", "unknown_party"),
    ("when: {judge: serious}", "when: {judge: serius}", "unknown_question"),
    ("{reading: basis, ", "{reading: bassi, ", "unknown_reading"),
    ("date_of: late_warning", "date_of: late_warnings", "unknown_provision"),
    ("when: {overdue: pay}", "when: {overdeu: pay}", "unknown_name"),
    ("{completion: {below: 80%}}", "{completion: {belwo: 80%}}", "unknown_operation"),
    ("{completion: {below: 80%}}", "{complation: {below: 80%}}", "unknown_name"),
    ("{count: supplier}", "{count: suplier}", "unknown_entity"),
    ("in: [public]", "in: [pubilc]", "bad_choice"),
    ("not_encoded: basis", "not_encoded: bassi", "bad_choice"),
    ("done: settled_on", "done:\tsettled_on", "tab"),
    ("en: Pay at once", "en: Pay\u200b at once", "invisible_character"),
    ("en: Pay at once", "en: Pay\u202e at once", "bidi_character"),
    ("en: Pay at once", "en: Pay\x07 at once", "control_character"),
    ("hedge: 可, by", "hedge:可, by", "missing_space"),
    ("hedge: 可, by", "hedge：可, by", "wide_colon"),
    ("  hospital: {label", "  \u3000hospital: {label", "wide_space"),
]
LEFT = [
    ("{below: 80%}", "{below: 8O%}", "a figure"),
    ("{below: 80%}", "{at_most: 80%}", "a bound"),
    ("cite: 二(三)“情节严重的”, hedge", "cite: 二(四)“情节严重的”, hedge", "a clause that is not there"),
    ("hedge: 可,", "hedge: 叮,", "a word of discretion"),
    ("done: settled_on", "done: settled", "a name that could be several"),
    ("parties:\n", "partes:\n\tx: y\n", "a tab that indents"),
    ("by: hospital, toward: supplier", "by: hosp, toward: supplier", "a name cut short"),
    ("  scope: {definition", "  Scope: {definition", "an id of the author's"),
    ("value: {exactly: 25}", "value: {exactly: 26}", "another figure"),
]


@pytest.mark.parametrize(("right", "wrong", "name"), MENDED, ids=[f"{row[2]}-{n}" for n, row in enumerate(MENDED)])
def test_what_is_mended(right: str, wrong: str, name: str) -> None:
    assert SAMPLE.count(right) == 1, right
    found = fixed(SAMPLE.replace(right, wrong))
    assert compiled(found.after) == compiled(SAMPLE.encode())
    assert CATALOGUE[name].code in {finding.code for finding in found.findings}
    assert CATALOGUE[name].code in mended_codes()


@pytest.mark.parametrize(("right", "wrong", "what"), LEFT, ids=[row[2] for row in LEFT])
def test_what_is_left_to_the_author(right: str, wrong: str, what: str) -> None:
    assert SAMPLE.count(right) == 1, right
    found = fixed(SAMPLE.replace(right, wrong))
    assert not found.changed and found.findings == ()


def test_every_slip_of_a_file_is_mended_at_once() -> None:
    slips = [row for row in MENDED if row[2] not in ("tab", "wide_colon")]
    text = SAMPLE
    for right, wrong, _ in slips:
        text = text.replace(right, wrong, 1)
    assert compiled(fixed(text).after) == compiled(SAMPLE.encode())


@pytest.mark.parametrize("path", catalog.shipped_policies().values(), ids=lambda path: path.stem)
def test_a_file_without_slips_is_left_alone(path: Path) -> None:
    assert not fixed(path.read_bytes()).changed


def test_line_ends_and_the_mark_at_the_beginning_stay() -> None:
    text = "\ufeff" + SAMPLE.replace("\n", "\r\n")
    wrong = text.replace("once: yes, silent: [from]}\r\n  hold", "onec: yes, silent: [from]}\r\n  hold")
    assert fixed(wrong).after.decode("utf-8") == text


def test_a_policy_in_chinese_words() -> None:
    chinese = formatted(SAMPLE.encode(), "sample.yaml", Report(), "zh")
    assert chinese is not None
    text = chinese.after.decode()
    assert text.count("认定事项:") == 1
    found = fixed(text.replace("认定事项:", "认定事向:"))
    assert found.after.decode() == text


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"{" * 5000, b"a: b\n" * 100_000, b"- [\n", "：：：".encode()])
def test_what_is_no_policy_is_left_alone(data: bytes) -> None:
    assert fixed(data).after == data


KEYS = sorted({key for keys in (*SECTIONS.values(), COMMON) for key in keys if len(key) > 3})


@examples(40)
@given(st.sampled_from(KEYS), st.randoms(use_true_random=False))
def test_a_slip_in_a_key_is_mended_to_what_stood_there_or_left(key: str, luck: random.Random) -> None:
    """fix ∘ slip = id, or the slip stays and is told: never a third thing. And fix ∘ fix = fix."""
    places = [found.start() for found in re.finditer(rf"(?<=[ {{]){key}(?=: )", SAMPLE)]
    if not places:
        return
    at = luck.choice(places) + luck.randrange(1, len(key))
    letter = luck.choice("abcdefghijklmnopqrstuvwxyz_")
    tail = {"drop": SAMPLE[at + 1 :], "add": letter + SAMPLE[at:], "swap": letter + SAMPLE[at + 1 :]}
    wrong = SAMPLE[:at] + tail[luck.choice(sorted(tail))]
    found = fixed(wrong)
    if found.changed:
        assert compiled(found.after) == compiled(SAMPLE.encode())
    assert fixed(found.after).after == found.after


# The command


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    path = tmp_path / "sample.yaml"
    path.write_text(SAMPLE.replace("once: yes, silent: [from]}\n  hold", "onec: yes, silent: [from]}\n  hold"), "utf-8")
    return path


def run(capsys: pytest.CaptureFixture[str], *args: object) -> tuple[int, str, str]:
    code = main([str(arg) for arg in args])
    out = capsys.readouterr()
    return code, out.out, out.err


def test_check_says_what_can_be_mended(capsys, policy):
    code, out, _ = run(capsys, "check", policy, "--no-logic")
    assert code == 1
    assert out.endswith("检查了 1 份：错误 2 处，警告和提示 0 处，其中 1 处可用 --fix 改正\n")


def test_fix_writes_the_file_and_tells_what_is_left(capsys, policy):
    code, out, _ = run(capsys, "check", policy, "--no-logic", "--fix")
    assert code == 0
    assert "sample.yaml:32:29: 已改正 P101 provisions.late_warning：不认识的名称“onec”" in out
    assert out.endswith("检查了 1 份：错误 0 处，警告和提示 0 处，已改正 1 处\n")
    assert policy.read_text("utf-8") == SAMPLE


def test_fix_in_english_tells_what_was_mended(capsys, policy):
    code, out, _ = run(capsys, "check", policy, "--no-logic", "--fix", "--lang", "en")
    assert code == 0
    assert "sample.yaml:32:29: fixed P101 provisions.late_warning: " in out
    assert out.endswith("1 file checked: 0 errors, 0 warnings and hints; 1 fixed\n")


def test_diff_only_shows(capsys, policy):
    before = policy.read_text("utf-8")
    code, out, _ = run(capsys, "check", policy, "--no-logic", "--fix", "--diff")
    assert code == 0
    assert "-      when: {overdue: pay}, onec: yes, silent: [from]}\n" in out
    assert "+      when: {overdue: pay}, once: yes, silent: [from]}\n" in out
    assert policy.read_text("utf-8") == before


def test_programs_get_the_edits(capsys, policy):
    _, out, _ = run(capsys, "check", policy, "--no-logic", "--json")
    edits = {finding["code"]: finding["fix"] for finding in json.loads(out)}
    assert edits["P101"] == [{"line": 32, "column": 29, "end_line": 32, "end_column": 33, "text": "once"}]
    assert edits["P115"] == []
    _, out, _ = run(capsys, "check", policy, "--no-logic", "--format", "sarif")
    results = json.loads(out)["runs"][0]["results"]
    (found,) = [result for result in results if result["ruleId"] == "P101"]
    (change,) = found["fixes"][0]["artifactChanges"]
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 32, "startColumn": 29, "endLine": 32, "endColumn": 33},
            "insertedContent": {"text": "once"},
        }
    ]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["guizhou_2019", "--fix"], "usage error: --fix mends files of yours, not policies that ship"),
        (["x.yaml", "--diff"], "usage error: --diff goes with --fix"),
    ],
)
def test_usage(capsys, args, said):
    code, out, err = run(capsys, "check", *args)
    assert (code, out) == (2, "") and said in err
