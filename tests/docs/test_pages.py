"""Every command and snippet of the documentation is run; what a page shows is what is printed.

How pages are written stands in CONTRIBUTING.md.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from fragments import unknown_in
from page import Block, blocks_of, told_apart

from vbprules.catalog import check
from vbprules.cli.main import main
from vbprules.diagnostics import Report
from vbprules.reading import Mapping, read

ROOT = Path(__file__).parents[2]
OUTSIDE = (
    "README.md",
    "CONTRIBUTING.md",
    "ARCHITECTURE.md",
    "SECURITY.md",
    "conformance/README.md",
    "benchmarks/README.md",
)
PAGES = sorted(
    path.relative_to(ROOT).as_posix() for path in (*(ROOT / "docs").rglob("*.md"), *(ROOT / name for name in OUTSIDE))
)
KINDS = {"console", "python", "yaml", "json", "text", "sh"}
PRINTED_ELSEWHERE = {"README.md"}  # the decision of its first screen, see tests/test_readme.py
# What sets up a machine cannot be run by a test; .ci/run does it.
SET_UP = re.compile(
    r"(python3? -m venv|\. \.venv|\.venv/bin/|npm |ssh-keygen |git clone|pip |mkdocs |\S*python -m (pip|mkdocs|pytest|ruff|mypy)|\./check|PYTHON=)"
)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as the repository's own, in which pages may write."""
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    for name in ("examples", "tests", "docs", "conformance"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")
    return tmp_path


@pytest.mark.parametrize("name", [name for name in PAGES if blocks_of(ROOT / name)])
def test_a_page_is_true(name: str, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, object] = {"__name__": name}
    wrong: list[str] = []
    before = ""
    for block in blocks_of(ROOT / name):
        assert block.kind in KINDS, f"{name}:{block.line}: a block of an unknown kind {block.kind}"
        where = f"{name}:{block.line}"
        if block.not_run or block.kind == "sh":
            wrong += _only_sets_up(block, where)
        elif block.title:
            _write(place / block.title, block)
        elif block.kind == "console":
            wrong += _console(block, where, capsys)
        elif block.kind == "python":
            wrong += _python(block, where, names)
        elif block.kind == "yaml":
            wrong += _fragment(block, where)
        elif block.kind == "text" and before in ("console", "sh") and name not in PRINTED_ELSEWHERE:
            wrong.append(f"{where}: what a command prints stands in its console block")
        before = block.kind
    assert not wrong, "\n\n".join(wrong)


def _only_sets_up(block: Block, where: str) -> list[str]:
    commands = [line for line in block.text.splitlines() if line.strip() and not line.startswith(("#", " "))]
    return [f"{where}: is not run: {line}" for line in commands if SET_UP.match(line.removeprefix("$ ")) is None]


def _write(path: Path, block: Block) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_text("utf-8") if block.append else ""
    path.write_text(before + block.text, "utf-8")


def _console(block: Block, where: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    wrong = []
    steps = list(block.steps)
    for number, (command, expected) in enumerate(steps, 1):
        code, out, err = _run(command, capsys)
        wanted = block.exit if number == len(steps) else 0
        if code != wanted:
            wrong.append(f"{where}: exit code {code} of $ {command}\n{out}{err}")
        apart = told_apart(expected, out.splitlines())
        if apart and told_apart(expected, (out + err).splitlines()):
            wrong.append(f"{where}: $ {command}\n{apart}{err}")
    return wrong


def _run(command: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    words = shlex.split(command, comments=True)
    if words[0] == "vbprules" and not {"|", ">", "&&"} & set(words):
        code = main(words[1:])
        return code, *capsys.readouterr()
    shell = re.sub(r"\bvbprules\b(?= )", f"{shlex.quote(sys.executable)} -m vbprules.cli", command)
    shell = re.sub(r"^python\b", shlex.quote(sys.executable), shell)
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])}
    done = subprocess.run(["/bin/sh", "-c", shell], capture_output=True, check=False, env=env)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def _python(block: Block, where: str, names: dict[str, object]) -> list[str]:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(block.text, where, "exec"), names)
    expected = [line.rsplit("  # ", 1)[1] for line in block.text.splitlines() if re.match(r"\s*print\(.*  # ", line)]
    apart = told_apart(expected, printed.getvalue().splitlines())
    return [f"{where}: {apart}"] if apart else []


def _fragment(block: Block, where: str) -> list[str]:
    """A piece of YAML is read without findings, and has no keys or words but those of its kind; a policy compiles."""
    report = Report()
    root = read(block.text.encode(), where, report)
    if isinstance(root, Mapping) and {"policy", "document", "provisions"} <= set(root.keys()):
        check(block.text.encode(), where, report)
    wrong = [f"{finding.place}: {finding.message('en')}" for finding in report.findings if finding.severity == "error"]
    return wrong or [f"{where}: {told}" for told in unknown_in(block.text)]


def test_every_page_is_looked_at() -> None:
    assert len(PAGES) > 40 and "docs/tutorial.md" in PAGES


def test_the_reference_is_fresh() -> None:
    command = [sys.executable, str(ROOT / "tools" / "reference.py"), "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, env={**os.environ, "COLUMNS": "100"})
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()


def test_the_text_of_the_tutorial_is_that_of_the_examples() -> None:
    (told,) = [block for block in blocks_of(ROOT / "docs" / "tutorial.md") if block.title == "qinglan_2024.txt"]
    assert told.text == (ROOT / "examples" / "qinglan_2024.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("fragment", "told"),
    [
        ("provisions: {warn: {sanction: 预警, cite: 一“的”, whn: always}}", "whn"),
        ("规定: {warn: {制裁: 预警, 依据: 一“的”, 条见: 总是}}", "条见"),
        ("quantities: {q: {label: 量, is: {ratoi: [purchased, used]}}}", "ratoi"),
        ("provision: {}", "provision"),
        ("- {no: 一, text: 总则, begins: 一、}", "begins"),
        ("purchases: [{product: A, dya: 2020-01-01}]", "dya"),
        ("- {case: 一例, as_of: 2020-01-01, expct: {}}", "expct"),
        ("timeline: {from: 2020-01-01, chnges: {}}", "chnges"),
        ("readings: [{reading: first_day, optoin: next}]", "optoin"),
    ],
)
def test_a_fragment_has_no_key_that_the_language_has_not(fragment: str, told: str) -> None:
    assert any(f"'{told}'" in line for line in unknown_in(fragment)), unknown_in(fragment)


def test_a_fragment_may_be_of_any_file() -> None:
    for fragment in (
        "terms: {t: {label: 定点, per: institution, is: designated}}",
        "规定: {w: {许可: 一次付清, 依据: 一“的”, 由: 本机构, 逐一: 收货, 条件: {货款: {低于: 5万元}}}}",
        "purchases: {complete_through: 2020-04-10, entries: [{product: A, day: 2020-02, quantity: 79999}]}",
        "determinations: [{question: serious, answer: no, by: insurance_agency, day: 2020-04-08}]",
        "- {case: 一例, as_of: 2020-01-01, expect: {w@R: {state: due}}}",
        "timeline: {from: 2020-01-01, changes: {w@R: []}}",
        "readings: [{reading: first_day, option: next, by: 某局, day: 2020-02-01, source: 函}]",
    ):
        assert unknown_in(fragment) == []


def test_what_is_shown_must_be_printed() -> None:
    printed = ["a", "b", "c d"]
    assert told_apart(["a", "…", "c …"], printed) == "" == told_apart(["a", "b", "c d"], printed)
    assert told_apart(["…"], []) == "" == told_apart([], [])
    for shown in (["a", "c d"], ["b", "…"], ["a", "…", "b"], ["a", "x", "c d"], []):
        assert told_apart(shown, printed)
