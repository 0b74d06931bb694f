"""What is said of a text: that of ``vbprules check``, nothing of files that are no policy, and never an exception."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from both_surfaces import CHINESE, ENGLISH
from hypothesis import given
from hypothesis import strategies as st

from vbprules.cli.main import main
from vbprules.diagnostics import Source
from vbprules.serving.documents import Document
from vbprules.serving.hover import hover
from vbprules.serving.outline import outline
from vbprules.serving.things import declared_at, mentions, thing_at
from vbprules.serving.understood import examined, is_policy, proved

ROOT = Path(__file__).parents[2]
WRONG = {
    "figure": ENGLISH.replace("{below: 80%}", "{below: 70%}"),
    "name": ENGLISH.replace("when: late\n", "when: latte\n"),
    "key": CHINESE.replace("倾向", "倾象"),
    "yaml": ENGLISH.replace("[purchased, set_volume]", "[purchased, set_volume"),
    "logic": ENGLISH.replace("completion: {below: 80%}", "completion: {below: 80%, above: 80%}"),
}


@pytest.mark.parametrize("kind", sorted(WRONG))
def test_the_same_is_said_as_by_check(kind: str, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    file = tmp_path / "sample_2020.yaml"
    file.write_text(WRONG[kind], "utf-8")
    main(["check", "--json", str(file)])
    said = json.loads(capsysbinary.readouterr().out)
    found = examined(WRONG[kind], str(file))
    mine = list(found.findings)
    if found.understood is not None and found.compiles:
        mine += proved(found.understood)
    mine.sort(key=lambda finding: (finding.mark.line, finding.mark.column) if finding.mark else (0, 0))
    assert [finding.as_dict("zh") for finding in mine] == said
    assert said


def test_what_conditions_can_be_together_is_not_said_at_once() -> None:
    found = examined(WRONG["logic"], "sample.yaml")
    assert found.compiles and found.understood is not None
    assert not any(finding.code.startswith("L") for finding in found.findings)
    assert any(finding.code.startswith("L") for finding in proved(found.understood))


@pytest.mark.parametrize(
    "file",
    [
        "tests/cases/guizhou_2019.yaml",
        "mkdocs.yml",
        *sorted(f"examples/{p.name}" for p in (ROOT / "examples").glob("*.yaml")),
    ],
)
def test_of_other_files_nothing_is_said(file: str) -> None:
    text = (ROOT / file).read_text("utf-8")
    found = examined(text, file)
    assert not is_policy(text)
    assert (found.understood, found.findings) == (None, ())


def test_a_policy_that_is_being_begun_is_one() -> None:
    assert is_policy("# 说明\nlanguage: 1\n")
    assert is_policy("规定:\n")
    assert not is_policy("")
    assert not is_policy("  language: 1\n")


@pytest.mark.parametrize(
    "text",
    [
        "language: 1\n" + "x: {" * 5000,
        "language: 1\n" + "a" * 4_100_000,
        "language: \ud800\n",
        "language: 1\n\x00\n",
        "language: &a [*a]\n",
        "provisions: []\nclauses: 3\nreadings: {a: [1]}\nlists: {b: }\nquantities: {c: {is: {}}}\n",
        "language: 1\n---\nlanguage: 1\n",
        "language: 1\r\npolicy: 甲\rprovisions: {}\u2028\n",
    ],
    ids=["deep", "huge", "surrogate", "control", "alias", "shapes", "documents", "breaks"],
)
def test_nothing_is_raised_for_any_text(text: str) -> None:
    assert examined(text, "broken.yaml").findings


@given(st.sampled_from([ENGLISH, CHINESE]), st.data())
def test_a_policy_cut_or_changed_anywhere_can_be_asked_anything(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    put = data.draw(st.sampled_from(["", ":", "{", "}", "[", "\n", " ", "- ", "甲: 乙", "reading: x", '"', "“", "yes"]))
    found = examined(text[:start] + put + text[end:], "changed.yaml")
    known = found.understood
    if known is None:
        return
    at = known.source.position(data.draw(st.integers(0, len(known.source.text))))
    hover(known, at, "zh")
    outline(known, "en")
    thing = thing_at(known, at)
    if thing is not None:
        declared_at(known, thing)
        mentions(known, thing)


def test_a_broken_text_is_answered_from_the_last_one_on_lines_that_stand() -> None:
    document = Document(Source("sample.yaml", ENGLISH), 1)
    document.take(document.source, examined(ENGLISH, "sample.yaml"))
    broken = "# 新的一行\n" + ENGLISH.replace("completion: {label", "completion: {{label")
    document.edit(broken, 2)
    document.take(document.source, examined(broken, "sample.yaml"))
    assert any(finding.severity == "error" for finding in document.findings())
    line = broken.splitlines().index("  pay_supplier:") + 1
    assert document.then((line, 3)) == (line - 1, 3)
    assert document.then((1, 1)) is None
    changed = next(n for n, text in enumerate(broken.splitlines(), 1) if "{{label" in text)
    assert document.then((changed, 5)) is None


def proved_lines(document: Document) -> list[int]:
    return [finding.mark.line for finding in document.findings() if finding.code.startswith("L") and finding.mark]


def test_what_was_proved_stays_on_lines_that_are_the_same() -> None:
    text = WRONG["logic"]
    document = Document(Source("sample.yaml", text), 1)
    found = examined(text, "sample.yaml")
    document.take(document.source, found)
    assert document.unproved() is found.understood is not None
    document.prove(found.understood, proved(found.understood))
    assert document.unproved() is None
    (line,) = set(proved_lines(document))
    above = "# 注\n" + text
    document.edit(above, 2)
    document.take(document.source, examined(above, "sample.yaml"))
    assert set(proved_lines(document)) == {line + 1}
    gone = text.replace("above: 80%", "above: 60%")
    document.edit(gone, 3)
    document.take(document.source, examined(gone, "sample.yaml"))
    assert proved_lines(document) == []


def test_of_a_text_that_is_no_longer_the_newest_only_what_it_means_is_kept() -> None:
    document = Document(Source("sample.yaml", ENGLISH), 1)
    before = document.source
    document.edit(WRONG["yaml"], 2)
    document.take(before, examined(ENGLISH, "sample.yaml"))
    assert document.understood is not None and document.examined is None
    assert document.findings() == ()
