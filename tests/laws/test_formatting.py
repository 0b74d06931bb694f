"""The laws of formatting: the normal form says the same, is its own normal form, and keeps every comment; either surface
turns into the other and back without loss. On random policies, on the shipped ones, with comments anywhere."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples
from strategies import Policy, policies

from vbprules.catalog import check, shipped_policies
from vbprules.diagnostics import Report
from vbprules.formatting import formatted
from vbprules.formatting.sameness import meaning, plain
from vbprules.language.surface import in_chinese, in_english, words_of
from vbprules.reading import Node, read

SHIPPED = sorted(shipped_policies().values())
SMALL = sorted(SHIPPED, key=lambda path: path.stat().st_size)[:3]
OTHERS = sorted(Path(__file__).parents[1].glob("cases/*.yaml")) + sorted(
    Path(__file__).parents[2].glob("examples/**/*.yaml")
)


def normal(data: bytes, surface: str | None = None) -> bytes:
    """The normal form of a file that has one."""
    report = Report()
    found = formatted(data, "file.yaml", report, surface)  # type: ignore[arg-type]
    assert found is not None, [finding.message("en") for finding in report.findings]
    return found.after


def program(data: bytes) -> object:
    report = Report()
    found = check(data, "file.yaml", report)
    assert not report.findings, [finding.message("en") for finding in report.findings]
    return meaning(found)


def tree(data: bytes) -> Node:
    found = read(data, "file.yaml", Report())
    assert found is not None
    return found


@examples(15)
@given(policies())
def test_random_policies(policy: Policy) -> None:
    data = policy.text.encode()
    english = normal(data)
    chinese = normal(data, "zh")
    assert program(english) == program(data) == program(chinese)
    assert normal(english) == english
    assert normal(chinese) == chinese
    assert normal(chinese, "en") == english
    assert normal(english, "zh") == chinese


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_policies(path: Path) -> None:
    data = path.read_bytes()
    chinese = normal(data, "zh")
    assert program(chinese) == program(data)
    assert words_of(tree(chinese)).surface == "zh"
    assert normal(chinese) == chinese
    assert normal(chinese, "en") == normal(data)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_policies_are_formatted(path: Path) -> None:
    assert normal(path.read_bytes()) == path.read_bytes()


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_words_alone_turn_back(path: Path) -> None:
    root = tree(path.read_bytes())
    chinese = in_chinese(root)
    assert plain(in_english(chinese)) == plain(root)
    assert plain(in_chinese(in_english(chinese))) == plain(chinese)


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.stem)
def test_dossiers_and_case_files_keep_their_content(path: Path) -> None:
    data = path.read_bytes()
    after = normal(data)
    assert plain(tree(after)) == plain(tree(data))
    assert normal(after) == after


@cache
def lines_of(path: Path, surface: str) -> tuple[str, ...]:
    return tuple(normal(path.read_bytes(), surface).decode().split("\n"))


@examples(5)
@given(st.data())
def test_comments_anywhere_are_kept(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(SMALL))
    lines = list(lines_of(path, data.draw(st.sampled_from(("en", "zh")))))
    added = 0
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(lines) - 2))
        match data.draw(st.sampled_from(("own", "behind", "blank"))):
            case "own":
                lines.insert(at, " " * data.draw(st.integers(0, 10)) + f"# 注{added}：甲，乙 {{c: 1}}")
                added += 1
            case "behind":
                lines[at] += f"  # 注{added}"
                added += 1
            case _:
                lines.insert(at, "")
    text = "\n".join(lines).encode()
    after = normal(text)
    assert all(f"# 注{number}" in after.decode() for number in range(added))
    assert program(after) == program(path.read_bytes())
    assert normal(after) == after


@examples(25)
@given(policies(), st.data())
def test_comments_in_brackets_are_kept(policy: Policy, data: st.DataObject) -> None:
    """A random policy comes as JSON: every line of it stands inside brackets."""
    lines = policy.text.split("\n")
    added = data.draw(st.integers(1, 8))
    for number in range(added):
        at = data.draw(st.integers(0, len(lines) - 1))
        if data.draw(st.booleans()):
            lines[at] += f" # c{number}"
        else:
            lines.insert(at, f"# c{number}")
    text = "\n".join(lines).encode()
    after = normal(text)
    assert all(f"# c{number}" in after.decode() for number in range(added))
    assert program(after) == program(text)
    assert normal(after) == after
    assert normal(normal(after, "zh"), "en") == after
