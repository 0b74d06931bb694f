"""The schemas of what a case asserts besides single outcomes, from the tables of its reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from vbprules.cases.blocks import keys as k
from vbprules.cases.keys import WORDED
from vbprules.decision.words import ATTRIBUTES, NEEDS
from vbprules.language.identifiers import ID
from vbprules.language.vocabulary import MATTERS
from vbprules.language.words import WORDS
from vbprules.schemas.block_texts import BLOCK, CHANGE, CHANGED, EXPLAIN, NEXT, TIMELINE, TOGETHER, WHAT_IF
from vbprules.schemas.parts import SCALAR, Keys, Schema, array, one_or_more, ref, words
from vbprules.schemas.texts import EXPECTED, FIGURE, Texts

Values = Callable[[str], Schema]  # the schema of what is expected of an outcome under a key

DAY: Final[Schema] = {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{1,2}-[0-9]{1,2}|年[0-9]{1,2}月[0-9]{1,2}日)$"}
READINGS: Final = f"^{ID}={ID}(&{ID}={ID})*$"
_TEXTS: Final = one_or_more(SCALAR)
_OUTCOMES: Final[Schema] = {"type": "object", "additionalProperties": _TEXTS}  # by policy
_NONE: Final = words(k.NOTHING, k.forms(k.NOTHING))


def block_definitions(expected: Values) -> dict[str, Schema]:
    """The schemas of the blocks and of their rows; ``expected`` gives that of a value of an outcome."""
    values = {f"{key}_value": expected(key) for key in ("state", "triggered")}
    return {**values, **_timeline(expected), **_explain(), **_next(expected), **_what_if(expected), **_together()}


def _value(key: str, expected: Values) -> Schema:
    return ref(f"{key}_value") if key in WORDED else expected(key)


def block_texts(name: str) -> tuple[str, str]:
    return BLOCK[name]


def by_reading(value: Schema) -> Schema:
    """One value, or one for each of some readings."""
    forked = {"type": "object", "patternProperties": {READINGS: value}, "additionalProperties": False}
    return {"anyOf": [value, forked]}


def _closed(known: k.Words) -> Schema:
    return words(known, k.forms(known))


def _mapping(
    keys: tuple[str, ...], parts: Mapping[str, Schema], texts: Texts, required: tuple[str, ...] = ()
) -> Schema:
    found = Keys()
    for key in keys:
        zh, en = texts[key] if key in texts else of_outcome(key)
        found.add(key, (WORDS[key],), parts[key], zh, en, required=key in required)
    return found.schema()


def of_outcome(key: str) -> tuple[str, str]:
    """The text of a key of outcomes, Chinese and English. Raises KeyError for another."""
    if key in EXPECTED:
        return EXPECTED[key]
    return f"{ATTRIBUTES[key][0]}。{FIGURE[0]}", f"{ATTRIBUTES[key][1]}. {FIGURE[1]}"


def _each(value: Schema) -> Schema:
    return {"type": "object", "additionalProperties": value}


def _rows(value: Schema) -> Schema:
    return {"anyOf": [array(value), _NONE]}


def _timeline(expected: Values) -> dict[str, Schema]:
    parts = {"day": DAY, "cause": _TEXTS, "clause": _TEXTS}
    change = {key: parts.get(key) or _value(key, expected) for key in k.CHANGE}
    top: dict[str, Schema] = {"from": DAY, "to": DAY, "changes": _each(_rows(ref("change")))}
    return {
        "change": _mapping(k.CHANGE, change, CHANGE, k.REQUIRED["change"]),
        "timeline": _mapping(k.TIMELINE, top, TIMELINE, k.REQUIRED["timeline"]),
    }


def _explain() -> dict[str, Schema]:
    figures = {key: by_reading(SCALAR) for key in ("value", "threshold", "margin")}
    step = {**figures, "says": SCALAR, "record": SCALAR, "truth": _closed(k.TRUTH)}
    needs = one_or_more({"type": "string", "pattern": f"^({'|'.join(NEEDS)})( |$)"})
    explained = {"decided_by": array(ref("step")), "missing": {"anyOf": [needs, _NONE]}}
    return {
        "step": _mapping(k.STEP, step, EXPLAIN),
        "explained": _mapping(k.EXPLAINED, explained, EXPLAIN),
        "explain": _each(ref("explained")),
    }


def _next(expected: Values) -> dict[str, Schema]:
    day: Schema = {"anyOf": [DAY, _NONE]}
    state = _value("state", expected)
    parts = {"kind": _closed(k.KIND), "add": _TEXTS, "through": day, "day": day, "clause": _TEXTS}
    row = _mapping(k.STEP_AHEAD, {**parts, "state": state, "becomes": state}, NEXT)
    top: dict[str, Schema] = {"to": DAY, "steps": _each(_rows(ref("step_ahead"))), "questions": _TEXTS}
    return {"step_ahead": row, "next": _mapping(k.NEXT, top, NEXT)}


def _what_if(expected: Values) -> dict[str, Schema]:
    changed = Keys()
    for key in k.CHANGED:
        value = {"anyOf": [_value(key, expected), _closed(k.NOT_THERE)]} if key in WORDED else by_reading(SCALAR)
        zh, en = of_outcome(key)
        pair: Schema = {**array(value), "minItems": 2, "maxItems": 2 if key in WORDED else 3}
        changed.add(key, (WORDS[key],), pair, f"{CHANGED[0]}{zh}", f"{CHANGED[1]} {en}")
    parts: dict[str, Schema] = {
        "set": _each({}),
        "facts": ref("facts"),
        "readings": ref("readings"),
        "figures": _each(SCALAR),
        "as_of": DAY,
        "policy": SCALAR,
        "changes": _each(ref("changed")),
        "only": _closed(k.YES),
        "corrections": SCALAR,
    }
    return {
        "changed": {"anyOf": [changed.schema(), _closed(k.WHOLE)]},
        "supposed": _mapping(k.WHAT_IF, parts, WHAT_IF),
        "what_if": one_or_more(ref("supposed")),
    }


def _together() -> dict[str, Schema]:
    compared = Keys()
    for key in k.COMPARED:
        compared.add(key, (WORDS[key],), _closed(k.VERDICT), *of_outcome(key))
    parts: dict[str, Schema] = {
        "with": _TEXTS,
        "readings": _each(SCALAR),
        "precedence": array(ref("relation")),
        "overlaps": array(ref("overlap")),
        "conflicts": _rows(ref("conflict")),
        "gaps": array(ref("gap")),
        "silent": ref("matters"),
        "expect": ref("expect"),
    }
    relation = {
        "sides": array(SCALAR),
        "ranking": _closed(k.RANKING),
        "prevails": SCALAR,
        "claims": array(ref("claim")),
    }
    claim = {
        "policy": SCALAR,
        "relation": _closed(k.RELATIONS),
        "applies": _closed(k.REACHES),
        "clause": _TEXTS,
        "reason": _TEXTS,
    }
    overlap = {
        "sides": _OUTCOMES,
        "matter": ref("matters"),
        "unlike": one_or_more(_closed(k.UNLIKE)),
        "compared": compared.schema(),
        "silent": _TEXTS,
    }
    conflict = {
        "sides": _OUTCOMES,
        "clash": _closed(k.CONFLICT_KIND),
        "attribute": SCALAR,
        "values": _OUTCOMES,
        "standing": _closed(k.BINDING),
    }
    gap = {"matter": ref("matters"), "attribute": SCALAR, "sets": _OUTCOMES, "silent": SCALAR}
    return {
        "matters": one_or_more(_closed(MATTERS)),
        "claim": _mapping(k.CLAIM, claim, TOGETHER),
        "relation": _mapping(k.RELATION, relation, TOGETHER),
        "overlap": _mapping(k.OVERLAP, overlap, TOGETHER, k.REQUIRED["overlap"]),
        "conflict": _mapping(k.CONFLICT, conflict, TOGETHER, k.REQUIRED["conflict"]),
        "gap": _mapping(k.GAP, gap, TOGETHER),
        "together": _mapping(k.TOGETHER, parts, TOGETHER, k.REQUIRED["together"]),
    }
