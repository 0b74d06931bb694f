"""What a policy is: data from a stranger. Nothing in it runs, opens, connects, formats or escapes its place."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest
from evil_files import SEED
from hypothesis import example, given
from hypothesis import strategies as st

from vbprules import InputError, evaluate, load
from vbprules.cli.main import main
from vbprules.diagnostics import Report
from vbprules.reading import read

HERE = Path(__file__).parent
DAY = "2020-07-15"


def hooked(script: Path, *words: Path) -> tuple[int, str]:
    """How a script ends, and what it says."""
    done = subprocess.run(
        [sys.executable, str(script), *map(str, words)],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    return done.returncode, done.stderr.decode()


def test_nothing_is_opened_connected_or_run(evil: tuple[Path, Path]) -> None:
    _, said = hooked(HERE / "hook.py", *evil)
    assert "TRIED" not in said
    assert said.rstrip().endswith(f"CODES {[0] * 8}")


def test_a_batch_changes_nothing_but_its_folder(evil: tuple[Path, Path], table: Path, tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter")
    (into := tmp_path / "into").mkdir()
    _, said = hooked(HERE / "hook.py", *evil, table, into)
    assert "TRIED" not in said
    assert said.rstrip().endswith(f"CODES {[0] * 3}")
    assert sorted(path.name for path in into.iterdir()) == ["csv", "parquet", "xlsx"]


def test_the_hook_sees_what_it_should(tmp_path: Path, evil: tuple[Path, Path]) -> None:
    """A file that was not named is refused: the test above would notice."""
    other = tmp_path / "other.yaml"
    other.write_text("{}", "utf-8")
    script = (HERE / "hook.py").read_text("utf-8").replace("allowed = {", "allowed = set() and {")
    changed = tmp_path / "hook.py"
    changed.write_text(script, "utf-8")
    code, said = hooked(changed, evil[0], other)
    assert code == 9 and "TRIED open" in said


def test_the_hook_sees_what_a_batch_writes_elsewhere(evil: tuple[Path, Path], table: Path, tmp_path: Path) -> None:
    script = (HERE / "hook.py").read_text("utf-8").replace('"--out", os.path.join(into, kind)', '"--out", into + kind')
    (changed := tmp_path / "hook.py").write_text(script, "utf-8")
    (into := tmp_path / "into").mkdir()
    code, said = hooked(changed, *evil, table, into)
    assert code == 9 and "TRIED os.mkdir" in said


@pytest.mark.parametrize(
    "tag",
    [
        "!!python/object/apply:os.system [id]",
        "!!python/object/new:os.system [id]",
        "!!python/name:os.system",
        "!!python/module:os",
        "!<tag:yaml.org,2002:python/object/apply:os.system> [id]",
        "!include other.yaml",
        "!!binary aWQ=",
        "!!timestamp 2020-01-01",
    ],
)
def test_no_tag_is_obeyed(tag: str) -> None:
    report = Report()
    read(f"policy: {tag}\n", "evil.yaml", report)
    assert ("Y005", 1) in [(finding.code, finding.mark.line if finding.mark else 0) for finding in report.findings]


OURS = frozenset(
    ("html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "table", "thead", "tbody", "tr", "td", "th")
) | frozenset(("b", "br", "small", "span", "code", "ul", "li", "details", "summary", "div"))


class _Tags(HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def harmless(page: str) -> None:
    """Only tags and attributes of our own pages, none of which loads or runs anything."""
    seen = _Tags()
    seen.feed(page)
    assert seen.tags <= OURS
    assert seen.attributes <= {"lang", "charset", "name", "content", "class"}


def test_pages_run_nothing(evil: tuple[Path, Path], tmp_path: Path) -> None:
    policy, _ = evil
    cases = tmp_path / "cases.yaml"
    cases.write_text(
        f"policy: {policy}\ncases: [{{case: '<script>alert(5)</script>', as_of: 2020-04-10, must_not: [hold]}}]\n",
        "utf-8",
    )
    coverage, matrix = tmp_path / "coverage.html", tmp_path / "matrix.html"
    assert main(["coverage", str(policy), "--cases", str(cases), "--html", str(coverage)]) in (0, 1)
    assert main(["compare", str(policy), "guizhou_2019", "--html", str(matrix)]) == 0
    for page in (coverage, matrix):
        text = page.read_text("utf-8")
        harmless(text)
        assert "&lt;script&gt;alert(" in text or "&lt;img src=x" in text
        assert "<script" not in text and "<img" not in text and "<svg" not in text


def test_what_a_label_says_is_shown_as_it_is(evil: tuple[Path, Path]) -> None:
    policy, dossier = evil
    decision = evaluate(policy, dossier, DAY, check=False)
    titles = {outcome.title.zh for outcome in decision.outcomes}
    assert {"{0.__class__.__mro__}<img src=x onerror=alert(1)>", '%(x)s\\N%s%n"];x<svg onload=alert(2)>'} <= titles


def test_terminals_and_markdown_get_no_controls(
    evil: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Controls are refused in files; what comes from elsewhere, here the name of a file, is shown as an escape."""
    policy, dossier = evil
    for name, character in (("escape", "\x1b[2J"), ("bidi", "\u202e"), ("bell", "\x07"), ("isolate", "\u2066")):
        path = tmp_path / f"{name}{character}.yaml"
        path.write_text(policy.read_text("utf-8").replace("title: ", f"title: x{character}", 1), "utf-8")
        assert main(["evaluate", str(path), str(dossier), "--as-of", DAY]) == 1
        told = capsys.readouterr()
        assert not set("\x1b\u202e\x07\u2066") & set(told.out + told.err)
    assert main(["evaluate", str(policy), str(dossier), "--as-of", DAY, "--markdown"]) == 0
    text = capsys.readouterr().out
    assert "<script" not in text.replace("\\<script", "") and "<img" not in text.replace("\\<img", "")


NODE = {
    "mermaid": re.compile(r' +n\d+\["(?:[^"\[\]{}()<>`\\]|<br/>)*"\](?::::\w+)?'),
    "dot": re.compile(r' +n\d+ \[label="(?:[^"\\]|\\["\\n])*"(?:, \w+=(?:"#[0-9a-f]{6}"|\d))+\];'),
}
REST = {
    "mermaid": re.compile(r"flowchart TD| +n\d+ -(?:\.-|-)> n\d+| +classDef \w+ [\w:#,-]+"),
    "dot": re.compile(r"digraph explanation \{|  rankdir=TB;|  node \[[^<>]*\];| +n\d+ -> n\d+(?: \[style=\w+\])?;|\}"),
}


@pytest.mark.parametrize("kind", NODE)
@pytest.mark.parametrize("outcome", ["pay_supplier", "late_warning"])
def test_labels_cannot_leave_their_node(
    kind: str, outcome: str, evil: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", *map(str, evil), outcome, "--as-of", DAY, "--graph", kind, "--no-second-opinion"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert sum("alert" in line for line in lines) >= 1
    assert not [line for line in lines if not (NODE[kind].fullmatch(line) or REST[kind].fullmatch(line))]


def test_no_markdown_holds_tags(evil: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policy, dossier = map(str, evil)
    other = tmp_path / "other.yaml"
    other.write_text(evil[0].read_text("utf-8").replace("<img src=x", "<b><img src=x"), "utf-8")
    day = ["--as-of", DAY]
    for words in (
        ["diff", policy, str(other), "--markdown"],
        ["together", dossier, *day, "--policies", policy, "hechuan_2025", "--markdown"],
        ["explain", policy, dossier, "pay_supplier", *day, "--markdown", "--no-second-opinion"],
        ["next", policy, dossier, *day, "--markdown"],
    ):
        assert main(words) == 0, words
        text = capsys.readouterr().out
        assert "<img" in text or "<script" in text, words
        assert not re.search(r"(?<!\\)<[a-z/!]", text), words


def test_timelines_show_what_labels_say(evil: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    words = ["timeline", *map(str, evil), "--from", "2020-03-01", "--to", "2020-04-15", "--all"]
    assert main(words) == 0
    assert "{0.__class__.__mro__}<img src=x onerror=alert(1)>" in capsys.readouterr().out
    assert main([*words, "--json"]) == 0
    json.loads(capsys.readouterr().out)


def test_names_stay_in_their_folder(tmp_path: Path) -> None:
    """No id is a path, and no output is named after one."""
    text = (SEED / "policy" / "sample_2020.yaml").read_text("utf-8")
    for name in ("../../x", "/etc/x", "a/b", "..", "C:\\x", "$(id)", "{0}", "%s"):
        path = tmp_path / "evil.yaml"
        path.write_text(
            text.replace("policy: sample_2020 ", f"policy: '{name}' ").replace("  hold:\n", f"  '{name}':\n"), "utf-8"
        )
        with pytest.raises(InputError) as caught:
            load(path)
        assert "P107" in [finding.code for finding in caught.value.findings]


def test_a_name_that_no_file_can_have_names_no_policy() -> None:
    for name in ("x" * 5000, "a\0b", "{0.__class__}", "%s" * 50, "/dev/zero", "."):
        with pytest.raises(InputError):
            load(name)


def test_no_workbook_calculates(evil: tuple[Path, Path], tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter")
    book = tmp_path / "matrix.xlsx"
    assert main(["compare", str(evil[0]), "guizhou_2019", "--xlsx", str(book)]) == 0
    with zipfile.ZipFile(book) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/")]
    assert any("=cmd|" in sheet for sheet in sheets)
    assert not any("<f>" in sheet or "<f " in sheet or "<hyperlink" in sheet for sheet in sheets)


EVIL_IDS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\tx", "'=x", "＝1", "A"]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    pl = pytest.importorskip("polars")
    frame = pl.DataFrame({"institution": EVIL_IDS, "ownership": ["public"] * len(EVIL_IDS)})
    folder = tmp_path / "tables"
    folder.mkdir()
    frame.write_csv(folder / "institutions.csv")
    return folder


def test_csv_of_decisions_gives_back_every_name_and_runs_none(table: Path, tmp_path: Path) -> None:
    import polars as pl

    from vbprules.tables.spreadsheets import unmarked

    policy = str(SEED / "policy" / "sample_2020.yaml")
    assert main(["batch", policy, str(table), "--as-of", DAY, "--out", str(tmp_path / "out"), "--format", "csv"]) == 0
    found = pl.read_csv(tmp_path / "out" / "institutions.csv", infer_schema=False)["institution"].to_list()
    assert not [name for name in found if name[0] in "=+-@\t\r＝"]
    assert sorted(map(unmarked, found)) == sorted(name.strip() for name in EVIL_IDS)


def test_workbooks_of_decisions_hold_texts(table: Path, tmp_path: Path) -> None:
    policy = str(SEED / "policy" / "sample_2020.yaml")
    assert main(["batch", policy, str(table), "--as-of", DAY, "--out", str(tmp_path / "out"), "--format", "xlsx"]) == 0
    with zipfile.ZipFile(tmp_path / "out" / "decisions.xlsx") as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/")]
    assert any("+cmd|" in sheet for sheet in sheets)
    assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)


@given(st.text(st.sampled_from("'=+-@\t\rab1.5%/＝"), max_size=8))
@example("'=x")
@example("-12.50")
def test_marks_of_csv_can_be_taken_off(text: str) -> None:
    pl = pytest.importorskip("polars")
    from vbprules.tables.spreadsheets import marked, unmarked

    (found,) = marked(pl.LazyFrame({"a": [text]})).collect()["a"]
    assert unmarked(found) == text
    assert (
        not found
        or found[0] not in "=+-@\t\r＝"
        or found.lstrip("+-").replace("/", "1").replace("%", "1").replace(".", "1").isdecimal()
    )


def test_json_says_the_same_texts(evil: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", *map(str, evil), "--as-of", DAY, "--json", "--no-second-opinion"]) == 0
    assert "{0.__class__.__mro__}" in json.dumps(json.loads(capsys.readouterr().out), ensure_ascii=False)
