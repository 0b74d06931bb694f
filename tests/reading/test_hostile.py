"""Hostile input ends soon, in findings or a tree, and never in a traceback."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from profiles import examples
from reading_helpers import found, load

from vbprules.diagnostics import render, to_json
from vbprules.reading import Limits, tree

MANY = 100_000
LAUGHS = "a: &a [x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefg", "bcdefgh", strict=True)
)

HOSTILE = {
    "laughs": LAUGHS,
    "brackets": "[" * MANY,
    "braces": "{" * MANY,
    "both": "[{a: " * MANY,
    "dashes": "- " * MANY,
    "questions": "? " * MANY,
    "closing": "]" * MANY,
    "quotes": "'" * (MANY + 1),
    "indented": "".join(" " * i + "a:\n" for i in range(1000)),
    "scalar": "a: '" + "x" * 10_000_000 + "'",
    "long scalar": "a: '" + "x" * 3_000_000 + "'",
    "long key": "x" * 2000 + ": a",
    "long anchor": "a: &" + "x" * MANY + " b",
    "tabs": "\t" * 1_000_000,
    "tab lines": "\t\n" * MANY,
    "mixed": "\t\0" * MANY,
    "repeated": "a: 1\n" * MANY,
    "many in braces": "{" + "a, " * MANY + "}",
    "thousands": "[" + "1,000," * (MANY // 4) + "1]",
    "swallowed": "a: b\n" + "  - c\n" * MANY,
    "continued": "a: [b\n" + "  c\n" * MANY + "]",
    "unclosed after lines": "a: [b" + "\n" * 3_000_000,
    "line breaks": "\r" * 1_000_000 + "a: [",
    "colons": ":" * MANY,
    "colon pairs": "a: " * MANY,
    "nodes": "[" + "a," * 510_000 + "]",
    "documents": "---\n" * MANY,
    "directives": "%TAG !a! x\n" * MANY,
    "tags": "!" * MANY,
    "digits": "%YAML " + "1" * 5000 + ".1\n---\na",
    "escape": 'a: "\\UFFFFFFFF"',
    "surrogates": "\ud800" * MANY,
    "merge": "<<: *a\n" * 1000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text(name: str) -> None:
    node, report = load(HOSTILE[name])
    assert report.findings
    assert len(report.findings) <= 201
    assert all(len(finding.excerpt) <= 122 for finding in report.findings)
    assert node is None or report.has_errors or name == "continued"
    assert len(render(report.findings)) < 400_000


@pytest.mark.parametrize("name", ["laughs", "brackets", "both", "dashes", "digits", "escape", "indented", "directives"])
def test_hostile_text_without_libyaml(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "_LOADER", yaml.SafeLoader)
    _, report = load(HOSTILE[name])
    assert report.has_errors


def test_billion_laughs_names_each_reference() -> None:
    _, report = load(LAUGHS)
    codes = {code for code, *_ in found(report)}
    assert codes == {"Y002", "Y003"}


def test_depth_is_refused_where_it_begins() -> None:
    node, report = load("[" * MANY)
    assert node is None
    assert found(report) == [("Y022", "error", 1, 41)]


@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("药: " + "[" * 3000, [("Y022", "error", 1, 43)]),
        ("a: 1\na: 2\nb: " + "[" * 3000, [("Y001", "error", 2, 1), ("Y022", "error", 3, 43)]),
        ("[ } " + "[" * 3000, [("Y055", "error", 1, 3)]),
        ("[\n" * 3000, [("Y022", "error", 41, 1)]),
        ("- " * 3000, [("Y022", "error", 1, 81)]),
        ("a: " + "[" * 39 + "]" * 39, []),
    ],
)
def test_depth_does_not_hang_on_the_parser(
    text: str, expected: list[object], loader: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor on how far it looks ahead: newer parsers have a limit of nesting of their own."""
    monkeypatch.setattr(tree, "_LOADER", getattr(yaml, loader, yaml.SafeLoader))
    assert found(load(text)[1]) == expected


def test_too_many_findings_are_counted() -> None:
    _, report = load("a: 1\n" * 1000)
    assert len(report.findings) == 201
    assert report.findings[-1].code == "Y099"
    assert "999" in report.findings[-1].message("zh")


ALPHABET = st.sampled_from(list("ab1:：,，-?[]{}\"'#&*!|>%@`~<\\/ \n\r\t.0\u3000\0\u202e\ud800药"))
TEXTS = st.one_of(st.text(), st.text(ALPHABET, max_size=60), st.text(st.characters()))


def _check(data: str | bytes) -> None:
    node, report = load(data, Limits(bytes=1000, depth=5, nodes=50, scalar=40, key=10))
    assert node is not None or report.has_errors
    for lang in ("zh", "en"):
        render(report.findings, lang).encode("utf-8")
        to_json(report.findings, lang).encode("utf-8")
    for finding in report.findings:
        if finding.mark is not None:
            assert finding.mark.line >= 1
            assert finding.mark.column >= 1
            assert (finding.mark.end_line, finding.mark.end_column) >= (finding.mark.line, finding.mark.column)


@examples(600)
@given(TEXTS)
@example("\ufeff")
@example("a: {b\n:c}")
def test_any_text(text: str) -> None:
    _check(text)


@examples(300)
@given(st.binary())
@example(b"\xef\xbb\xbf")
def test_any_bytes(data: bytes) -> None:
    _check(data)


def test_any_text_without_libyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "_LOADER", yaml.SafeLoader)

    @examples(400)
    @given(TEXTS)
    def check(text: str) -> None:
        _check(text)

    check()
