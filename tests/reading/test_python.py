"""Values from Python become the same tree."""

from __future__ import annotations

import datetime as dt
import enum
from decimal import Decimal
from typing import cast

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from reading_helpers import Input, Plain, found, load, plain

from vbprules.diagnostics import InputError, Report
from vbprules.reading import NOWHERE, Limits, Mapping, Node, Scalar, from_python
from vbprules.reading.characters import harmless, suspect_in


def convert(value: object, limits: Limits | None = None) -> tuple[Node, Report]:
    report = Report()
    return from_python(value, "dossier", report, limits), report


def test_values() -> None:
    value = {
        "text": "80%",
        "int": 3,
        "amount": Decimal("1000.00"),
        "large": Decimal("1E+3"),
        "day": dt.date(2020, 1, 31),
        "yes": True,
        "no": False,
        "nothing": None,
        "rows": [{"id": "a"}, ("b", 2019)],
        2019: "year",
    }
    node, report = convert(value)
    assert not report.findings
    assert plain(node) == {
        "text": "80%",
        "int": "3",
        "amount": "1000.00",
        "large": "1000",
        "day": "2020-01-31",
        "yes": "yes",
        "no": "no",
        "nothing": "",
        "rows": [{"id": "a"}, ["b", "2019"]],
        "2019": "year",
    }
    assert node.mark == NOWHERE
    assert isinstance(node, Mapping)
    assert node.get("nothing") == Scalar("", NOWHERE, False)
    assert plain(from_python("", "x")) == ""


class Kind(enum.StrEnum):
    HOSPITAL = "hospital"


def test_text_enums_are_their_value() -> None:
    assert plain(from_python(Kind.HOSPITAL, "x")) == "hospital"


@pytest.mark.parametrize(
    ("value", "code", "words"),
    [
        ({"share": 0.8}, "Y060", "share"),
        ([1, {"a": [float("nan")]}], "Y060", "[1].a[0]"),
        ({"a": {1, 2}}, "Y061", "set"),
        ({"a": dt.datetime(2020, 1, 1)}, "Y061", "datetime"),
        ({"a": b"x"}, "Y061", "bytes"),
        ({"a": object()}, "Y061", "object"),
        ({("a",): 1}, "Y063", "tuple"),
        ({True: 1}, "Y063", "bool"),
        ({None: 1}, "Y063", "NoneType"),
        ({"a": Decimal("NaN")}, "Y064", "a"),
        ({"a": Decimal("Infinity")}, "Y064", "a"),
        ({"a": Decimal("1E+999999")}, "Y064", "a"),
        ({"a": 10**5000}, "Y064", "a"),
        ({1: "a", "1": "b"}, "Y001", "1"),
        ({"": 1}, "Y008", ""),
        ({"a": "x\u202ey"}, "Y018", "a"),
        ({"a": "\ud800"}, "Y017", "a"),
        ({"a": "x\ty"}, "Y006", "a"),
        ({"a\0": "x"}, "Y016", ""),
        ({"a": "x" * 30_000}, "Y024", "a"),
        ({"a" * 300: "x"}, "Y025", ""),
    ],
)
def test_refused(value: object, code: str, words: str) -> None:
    _, report = convert(value)
    assert found(report) == [(code, "error", 0, 0)]
    assert report.findings[0].file == "dossier"
    assert words in report.findings[0].message("zh")
    with pytest.raises(InputError):
        from_python(value, "dossier")


def test_float_hint() -> None:
    _, report = convert({"share": 0.8})
    assert "Decimal" in report.findings[0].hint("zh")
    assert "0.8" in report.findings[0].message("en")


def test_several_at_once() -> None:
    node, report = convert({"a": 0.1, "b": {1}, "c": "ok"})
    assert [code for code, *_ in found(report)] == ["Y060", "Y061"]
    assert plain(node) == {"a": "", "b": "", "c": "ok"}


@pytest.mark.parametrize("character", [chr(code) for code in range(128)])
def test_plain_texts_are_those_of_which_nothing_is_suspect(character: str) -> None:
    text = f"a{character}b"
    assert (suspect_in(text) is None) == (harmless(text) == text)


def test_what_is_refused_is_named_with_its_place() -> None:
    report = Report()
    from_python({"drugs": [{"id": "a"}, {"id": 1.5}], "x" * 150: {"y" * 60: [{"z": b""}]}}, "dossier", report)
    told = [dict(finding.args)["where"] for finding in report.findings]
    assert told == ["drugs[1].id", "x" * 134 + "." + "y" * 60 + "[0].z"]


def test_cycles_depth_and_size() -> None:
    loop: list[object] = []
    loop.append({"again": loop})
    assert [code for code, *_ in found(convert(loop)[1])] == ["Y062"]
    deep: object = "x"
    for _ in range(100_000):
        deep = [deep]
    assert [code for code, *_ in found(convert(deep)[1])] == ["Y022"]
    assert [code for code, *_ in found(convert(deep, Limits(depth=10**9))[1])] == ["Y022"]
    shared: object = "ha"
    for _ in range(30):
        shared = [shared, shared]
    assert [code for code, *_ in found(convert(shared, Limits(nodes=1000))[1])] == ["Y023"]
    twice = ["a"]
    assert plain(from_python([twice, twice], "x")) == [["a"], ["a"]]


class Nasty(dict[str, object]):
    def items(self) -> object:  # type: ignore[override]
        raise RuntimeError

    def __len__(self) -> int:
        raise RuntimeError


def test_overridden_methods_are_not_called() -> None:
    assert plain(from_python(Nasty(a="b"), "x")) == {"a": "b"}


KEYS = st.text("abcdefg甲乙丙_", min_size=1, max_size=8)
WORDS = st.text(st.characters(categories=["L", "N", "P", "Sm", "Zs"], exclude_characters="\u034f"), max_size=20).filter(
    lambda text: not any("\u115f" <= c <= "\u1160" or c in "\u3164\uffa0" for c in text)
)
LEAVES: st.SearchStrategy[Input] = st.one_of(
    WORDS,
    st.integers(-(10**20), 10**20),
    st.booleans(),
    st.dates(),
    st.none(),
    st.decimals(allow_nan=False, allow_infinity=False, places=2),
)
TREES: st.SearchStrategy[Input] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=12,
)


def expected(value: Input) -> Plain:
    if isinstance(value, dict):
        return {key: expected(item) for key, item in value.items()}
    if isinstance(value, list):
        return [expected(item) for item in value]
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return format(value, "f") if isinstance(value, Decimal) else str(value)


@given(TREES)
def test_round_trip(value: Input) -> None:
    node = from_python(value, "x")
    assert plain(node) == expected(value)
    assert from_python(plain(node), "x") == from_python(plain(from_python(plain(node), "x")), "x")


@given(st.dictionaries(KEYS, TREES, min_size=1, max_size=4))
def test_a_file_gives_the_same_tree(value: dict[str, Input]) -> None:
    texts = expected(cast(Input, value))
    written = yaml.safe_dump(texts, allow_unicode=True, default_style='"', width=10_000)
    node, report = load(written)
    assert not report.findings
    assert node is not None
    assert plain(node) == texts


@given(st.recursive(st.from_type(object) | st.floats() | st.text(), st.lists, max_leaves=5))
def test_anything_gives_a_tree_or_findings(value: object) -> None:
    convert(value)
