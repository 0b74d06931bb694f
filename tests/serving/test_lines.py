"""Which lines of a text that was understood still stand in the newest one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vbprules.diagnostics import Source
from vbprules.serving.lines import compared

TEXTS = st.lists(st.sampled_from(["甲", "乙", "丙", ""]), max_size=8).map("\n".join)


def lines(old: str, new: str):
    return compared(Source("", old), Source("", new))


def test_a_line_put_in_moves_those_behind_it() -> None:
    found = lines("一\n二\n三", "一\n新\n二\n三")
    assert [found.then(line) for line in (1, 2, 3, 4)] == [1, None, 2, 3]
    assert [found.now(line) for line in (1, 2, 3)] == [1, 3, 4]


def test_a_changed_line_stands_in_neither() -> None:
    found = lines("一\n二\n三", "一\n改\n三")
    assert [found.then(line) for line in (1, 2, 3)] == [1, None, 3]


def test_a_line_behind_the_text_is_a_line_of_neither() -> None:
    assert lines("一", "一\n二").then(2) is None


@given(TEXTS, TEXTS)
def test_a_line_that_is_found_is_the_same_and_leads_back(old: str, new: str) -> None:
    found, before, after = lines(old, new), Source("", old), Source("", new)
    for line in range(1, new.count("\n") + 2):
        then = found.then(line)
        if then is not None:
            assert before.line(then) == after.line(line)
            assert found.now(then) == line


@given(TEXTS)
def test_all_lines_of_the_same_text_stand(text: str) -> None:
    found = lines(text, text)
    assert all(found.then(line) == line == found.now(line) for line in range(1, text.count("\n") + 2))
