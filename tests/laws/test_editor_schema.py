"""A mark that the editor's schema makes is always a finding of the checker, and a missing or unknown key always has one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from profiles import examples
from strategies import Policy, policies

from vbprules.catalog import check, shipped_policies
from vbprules.diagnostics import Report
from vbprules.formatting import formatted
from vbprules.reading import Mapping, Node, Sequence, read
from vbprules.schemas import SCHEMAS

SCHEMA = Draft7Validator(SCHEMAS["policy"]())
CHINESE = Draft7Validator(SCHEMAS["policy.zh"]())
BY_FORM = {"P101", "P102"}  # unknown key, missing key


def plain(node: Node | None) -> Any:
    if isinstance(node, Mapping):
        return {key.text: plain(value) for key, value in node.entries}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return "" if node is None else node.text


@cache
def shipped(name: str) -> Any:
    return plain(read(shipped_policies()[name].read_bytes(), name, Report()))


def codes(data: Any) -> set[str]:
    report = Report()
    check(json.dumps(data, ensure_ascii=False).encode(), "a.yaml", report)
    return {finding.code for finding in report.findings if finding.severity == "error"}


def places(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every key."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield (*path, key)
            yield from places(value, (*path, key))
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from places(value, (*path, number))


def changed(node: Any, path: tuple[Any, ...], new: str | None) -> Any:
    """A copy in which a key is renamed, or gone."""
    step, rest = path[0], path[1:]
    if rest:
        pairs = node.items() if isinstance(node, dict) else enumerate(node)
        copy = {key: changed(value, rest, new) if key == step else value for key, value in pairs}
        return copy if isinstance(node, dict) else list(copy.values())
    return {(key if key != step else new): value for key, value in node.items() if key != step or new}


@examples(40)
@given(policies())
def test_every_policy_without_errors_has_no_marks(policy: Policy) -> None:
    assert [error.message for error in SCHEMA.iter_errors(plain(read(policy.text, "a.yaml", Report())))] == []


@examples(30)
@given(policies())
def test_every_policy_without_errors_has_no_marks_in_chinese_words(policy: Policy) -> None:
    found = formatted(policy.text.encode(), "a.yaml", Report(), "zh")
    assert found is not None
    tree = plain(read(found.after, "a.yaml", Report()))
    assert [error.message for error in CHINESE.iter_errors(tree)] == []
    assert [error.message for error in SCHEMA.iter_errors(tree)] == []


@pytest.mark.parametrize("name", ["hechuan_2025", "yunnan_2020"])
@examples(8)
@given(st.data())
def test_a_slip_is_marked_only_if_it_is_a_finding(name: str, data: st.DataObject) -> None:
    whole = shipped(name)
    path = data.draw(st.sampled_from(list(places(whole))))
    new = data.draw(st.sampled_from([None, "standrd", "amount", "below", "due"]))
    slip = changed(whole, path, new)
    marked = not SCHEMA.is_valid(slip)
    found = codes(slip)
    if marked:
        assert found, path
    if found & BY_FORM and path[-1] != "over":  # without it the compiler looks which entity has the name
        assert marked, (path, found)
