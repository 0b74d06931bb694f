"""Where a JSON Schema may refuse what it accepted."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import promised_schemas
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from promised_schemas import breaks

SHIPPED = promised_schemas.promised(Path(__file__).parents[2] / "src" / "vbprules" / "schemas")
OPEN = {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "number"}}}
CLOSED = {**OPEN, "additionalProperties": False}
OTHER = {"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": False}


@pytest.mark.parametrize(
    ("old", "new", "place", "how"),
    [
        (CLOSED, OTHER, "b", "去掉了 removed"),
        (CLOSED, {**CLOSED, "required": ["a"]}, "a", "新的必填 newly required"),
        (OPEN, CLOSED, "*", "不再允许 no longer allowed"),
        (CLOSED, {**CLOSED, "properties": {**OPEN["properties"], "b": {"type": "integer"}}}, "b", "类型收窄 type narrowed: number"),
        ({"enum": ["x", "xx"]}, {"maxLength": 1}, "", "界限收紧 bound tightened: maxLength – → 1"),
        ({"pattern": "x"}, {"pattern": "^(x)$"}, "", "写法可能收窄 pattern may be narrower: x"),
        (OPEN, {**OPEN, "patternProperties": {"^a$": False}}, "*", "不再允许 no longer allowed"),
        (
            {"anyOf": [{"$ref": "#/definitions/s"}], "definitions": {"s": {"type": "string"}}},
            {"anyOf": [{"$ref": "#/definitions/n"}], "definitions": {"n": {"type": "number"}}},
            "",
            "类型收窄 type narrowed: string",
        ),
        ({"enum": ["x", "y"]}, {"enum": ["y", "z"]}, "", '去掉了值 values removed: "x"'),
        ({"type": "string"}, {"type": "string", "const": "x"}, "", "只许几个值 only some values now"),
        ({"type": "string"}, {"type": "string", "maxLength": 25}, "", "界限收紧 bound tightened: maxLength – → 25"),
        ({"type": "array", "minItems": 1}, {"type": "array", "minItems": 2}, "", "界限收紧 bound tightened: minItems 1 → 2"),
        ({"pattern": "^(日|月)$"}, {"pattern": "^(月|年)$"}, "", "写法可能收窄 pattern may be narrower: ^(日)$"),
        ({"items": {"type": ["string", "null"]}}, {"items": {"type": "string"}}, "[]", "类型收窄 type narrowed: null"),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, {"anyOf": [{"type": "string"}]}, "", "类型收窄 type narrowed: null"),
        ({"not": {"enum": [1]}}, {"not": {"enum": [1, 2]}}, "", "多排除了 more is excluded: not"),
        (
            {"properties": {"a": {"$ref": "#/definitions/t"}}, "definitions": {"t": {"type": "string", "maxLength": 9}}},
            {"properties": {"a": {"$ref": "#/definitions/t"}}, "definitions": {"t": {"type": "string", "maxLength": 8}}},
            "definitions.t",
            "界限收紧 bound tightened: maxLength 9 → 8",
        ),
        (
            {"if": {"required": ["a"]}, "then": {"required": ["b"]}},
            {"if": {"required": ["a"]}, "then": {"required": ["b", "c"]}},
            "c",
            "新的必填 newly required",
        ),
    ],
)  # fmt: skip
def test_what_is_refused_now(old: Any, new: Any, place: str, how: str) -> None:
    assert list(breaks(old, new)) == [(place, how)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (OTHER, CLOSED),  # a property more
        ({**OPEN, "required": ["a", "b"]}, {**OPEN, "required": ["a"]}),
        (CLOSED, OPEN),
        ({"type": "integer"}, {"type": "number"}),
        ({"enum": ["x"]}, {"enum": ["x", "y"]}),
        ({"enum": ["天", "日"]}, {"type": "string", "pattern": "^[天日月]$"}),
        ({"const": "x"}, {"type": "string", "maxLength": 1}),
        ({"maxLength": 25}, {"maxLength": 26}),
        ({"pattern": "^(日|月)$"}, {"pattern": "^(日|月|年)$"}),
        ({"anyOf": [{"type": "string"}]}, {"anyOf": [{"type": "null"}, {"type": "string"}]}),
        ({"type": "string"}, {"anyOf": [{"type": "null"}, {"type": "string"}]}),
        ({"allOf": [{"required": ["a"]}, {"required": ["b"]}]}, {"allOf": [{"required": ["b"]}]}),
        ({"if": {"not": {"anyOf": [{"required": ["a"]}]}}, "then": False},
         {"if": {"not": {"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}}, "then": False}),
    ],
)  # fmt: skip
def test_what_is_accepted_still(old: Any, new: Any) -> None:
    assert list(breaks(old, new)) == []


def _without_number(schema: Any) -> None:
    del schema["definitions"]["document"]["properties"]["number"]


def _with_required(schema: Any) -> None:
    schema["definitions"]["readings_item"].setdefault("required", []).append("wording")


def _with_fewer_ranks(schema: Any) -> None:
    schema["definitions"]["document"]["properties"]["rank"]["anyOf"][0]["enum"].remove("city")


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (_without_number, "definitions.document.number"),
        (_with_required, "definitions.readings_item.wording"),
        (_with_fewer_ranks, "definitions.document.rank"),
    ],
)
def test_the_schema_of_policies(change: Callable[[Any], None], place: str) -> None:
    changed = copy.deepcopy(SHIPPED["policy"])
    change(changed)
    assert place in [where for where, _ in breaks(SHIPPED["policy"], changed)]


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_a_schema_breaks_nothing_of_itself(name: str) -> None:
    assert list(breaks(SHIPPED[name], copy.deepcopy(SHIPPED[name]))) == []


NAMES = st.sampled_from("ab")
LEAVES = st.one_of(
    st.booleans(),
    st.fixed_dictionaries({"type": st.sampled_from(["string", "integer", "number", "null", "object", "array"])}),
    st.fixed_dictionaries({"enum": st.lists(st.sampled_from(["x", "xx", 1, None]), min_size=1, unique=True)}),
    st.fixed_dictionaries({}, optional={"maxLength": st.integers(0, 2), "minimum": st.integers(0, 2)}),
    st.fixed_dictionaries({"pattern": st.sampled_from(["^(x)$", "^(x|xx)$", "x"])}),
)


def _nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    some = st.lists(inner, min_size=1, max_size=2)
    return st.fixed_dictionaries(
        {},
        optional={
            "properties": st.dictionaries(NAMES, inner, max_size=2),
            "required": st.lists(NAMES, unique=True),
            "additionalProperties": inner,
            "patternProperties": st.dictionaries(st.sampled_from(["^a$", "b"]), inner, max_size=1),
            "items": inner,
            "contains": inner,
            "anyOf": some,
            "allOf": some,
            "not": inner,
            "if": inner,
            "then": inner,
            "else": inner,
            "maxItems": st.integers(0, 2),
        },
    )


SCHEMAS = st.recursive(LEAVES, _nested, max_leaves=6)
SCALARS = ["x", "xx", "xxx", 0, 1, 3, None]
INSTANCES = [
    *SCALARS,
    *([first] for first in SCALARS),
    *({name: value} for name in "ab" for value in (*SCALARS, {"a": 1}, ["x"])),
    [], {}, ["x", 1], ["xx", None, 3], {"a": "x", "b": 1}, {"a": "xx", "b": None}, {"a": {"b": "xxx"}}, [["x"]], [{"a": 3}],
]  # fmt: skip


def refused_untold(old: Any, new: Any) -> list[Any]:
    """What the first schema accepts and the second refuses, where nothing is told of it."""
    before, after = (Draft7Validator({"allOf": [schema]}) for schema in (old, new))
    refused = [one for one in INSTANCES if before.is_valid(one) and not after.is_valid(one)]
    return [] if list(breaks({"allOf": [old]}, {"allOf": [new]})) else refused


@given(SCHEMAS, SCHEMAS)
def test_where_nothing_is_told_nothing_is_refused(old: Any, new: Any) -> None:
    assert refused_untold(old, new) == []


@given(SCHEMAS, LEAVES)
def test_a_change_within_a_schema_is_seen(old: Any, other: Any) -> None:
    """Schemas that differ in one place only, where the two above seldom share anything."""
    for new in _changed(old, other):
        assert refused_untold(old, new) == []
        assert refused_untold(new, old) == []


def _changed(schema: Any, other: Any) -> list[Any]:
    """The schema with another in place of each of its parts."""
    found = [other]
    for key, part in schema.items() if isinstance(schema, dict) else ():
        if key in ("properties", "patternProperties"):
            found += [{**schema, key: {**part, n: one}} for n, inner in part.items() for one in _changed(inner, other)]
        elif key in ("anyOf", "allOf"):
            found += [{**schema, key: [*part[:n], one, *part[n + 1 :]]} for n, p in enumerate(part) for one in _changed(p, other)]  # fmt: skip
        elif key in ("additionalProperties", "items", "contains", "not", "if", "then", "else"):
            found += [{**schema, key: one} for one in _changed(part, other)]
    return found
