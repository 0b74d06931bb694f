"""Columns in the units of the protocol: 𠮷 takes two of UTF-16, four of UTF-8, one of UTF-32."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vbprules.diagnostics import Mark, Source
from vbprules.serving.positions import from_protocol, stretch, to_protocol

LINE = Source("", "a: 𠮷祥b\n二")


@pytest.mark.parametrize(("encoding", "units"), [("utf-16", 5), ("utf-8", 7), ("utf-32", 4)])
def test_a_character_outside_the_basic_plane(encoding: str, units: int) -> None:
    assert to_protocol(LINE, (1, 5), encoding) == (0, units)
    assert from_protocol(LINE, 0, units, encoding) == (1, 5)


def test_a_place_between_the_halves_of_a_character_is_that_character() -> None:
    assert from_protocol(LINE, 0, 4, "utf-16") == (1, 4)


def test_a_place_behind_a_line_is_its_end() -> None:
    assert from_protocol(LINE, 1, 99, "utf-16") == (2, 2)
    assert from_protocol(LINE, 7, 3, "utf-16") == (8, 1)
    assert to_protocol(LINE, (2, 99), "utf-16") == (1, 1)


def test_a_stretch_over_lines() -> None:
    assert stretch(LINE, Mark(1, 4, 2, 2), "utf-16") == ((0, 3), (1, 1))


@given(st.text(st.characters(exclude_characters="\r\n"), max_size=12), st.sampled_from(["utf-8", "utf-16", "utf-32"]))
def test_there_and_back(text: str, encoding: str) -> None:
    source = Source("", text)
    for column in range(1, len(text) + 2):
        assert from_protocol(source, *to_protocol(source, (1, column), encoding), encoding) == (1, column)
