"""The schema of conditions and values: every operation with its own keys, and names where names may stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from vbprules.language import chinese
from vbprules.language import operations as o
from vbprules.language.vocabulary import ENTITIES
from vbprules.language.words import TERM, WORDS
from vbprules.schemas.parts import SCALAR, Keys, Schema, array, kinds, one_or_more, ref, written
from vbprules.schemas.scalars import NAME, known_names
from vbprules.schemas.texts import Texts
from vbprules.schemas.texts_policy import CONDITION, TEST, VALUE

_READING: Final = "reading"
_WORDS: Final = one_or_more(SCALAR)
_TWO: Final[Schema] = {"minItems": 2, "maxItems": 2}
_OF_CONDITION: Final[Mapping[str, Schema]] = {
    "all": {**array(ref("condition")), "minItems": 1},
    "any": {**array(ref("condition")), "minItems": 1},
    "not": ref("condition"),
    "some": ref("rows"),
    "every": ref("rows"),
    "judge": ref("id"),
    "breach_of": ref("ids"),
    "overdue": ref("ids"),
    "imposed": ref("ids"),
    "set_by": one_or_more(ref("id")),
    "silent": _WORDS,
    "known_by": {**array(ref("condition")), **_TWO},
    "reading": ref("id"),
}
_OF_VALUE: Final[Mapping[str, Schema]] = {
    **{key: ref("value") for key in ("sum", "lowest", "highest", "then", "else", "of", "reaches", "first_day")},
    **{key: ref("day") for key in ("from", "through", "after", "before", "at", "day_after", "day_before")},
    **{key: {**array(ref("value")), **_TWO} for key in (*o.PAIRS, "known_by")},
    **{key: {**array(ref("value")), "minItems": 1} for key in ("plus", "product", "least", "greatest")},
    **{key: {**array(ref("day")), "minItems": 1} for key in ("earliest", "latest")},
    **{key: ref("entity") for key in ("over", "in")},
    **{key: ref("condition") for key in ("where", "if")},
    **{key: ref("yes_no") for key in ("so_far", "capped")},
    **{key: ref("name") for key in ("last_year", "next_year")},
    **{key: ref("period") for key in ("start_of", "end_of")},
    "count": {"anyOf": [ref("entity"), ref("value")]},
    "day": {"anyOf": [{"type": "number"}, {"type": "string", "pattern": "^[0-9]{1,2}$"}]},
    "share": ref("share"),
    "date_of": ref("ids"),
    "reading": ref("id"),
    "set_by": one_or_more(ref("id")),
    "silent": _WORDS,
}
# ``of`` means something else beside a day.
_BESIDE: Final[Mapping[tuple[str, str], Schema]] = {
    ("day", "of"): {"enum": ["month", chinese.PERIODS["month"]]},
    ("start_of", "of"): ref("day"),
    ("end_of", "of"): ref("day"),
}


def expressions() -> dict[str, Schema]:
    """The definitions of conditions, tests, values, days and amounts."""
    found: dict[str, Schema] = {
        "condition": {"anyOf": [ref("flag"), array(ref("condition")), ref("condition_mapping")]},
        "condition_mapping": _chosen(ref("condition_choice"), ref("condition_words")),
        "condition_choice": _choice(ref("condition")),
        "condition_words": _condition_words(),
        "rows": _rows(),
        "tests": _chosen(ref("tests_choice"), ref("tests_words")),
        "tests_choice": _choice(ref("tests")),
        "tests_words": _tests(),
        "value": {"anyOf": [ref("name"), ref("figure"), ref("date"), ref("value_mapping")]},
        "day": {"anyOf": [ref("name"), ref("date"), ref("value_mapping")]},
        "value_mapping": _chosen(ref("value_choice"), ref("value_words")),
        "value_choice": _choice(ref("value")),
        "value_words": kinds({word: f"value_{word}" for word in _operations()}, ref("value_none")),
        "value_none": _keys(_operations(), _OF_VALUE, VALUE, also=(_READING,)).schema(),
        "bounded": _chosen(ref("bounded_choice"), ref("bounded_words")),
        "bounded_choice": _choice(ref("bounded")),
        "bounded_words": kinds(dict.fromkeys(("set_by", "silent"), "elsewhere"), ref("bounds")),
        "elsewhere": {"anyOf": [ref("value_set_by"), ref("value_silent")]},
        "bounds": _bounds(),
    }
    for word in _operations():
        found[f"value_{word}"] = _operation(word)
    return found


def _operations() -> tuple[str, ...]:
    return tuple(word for word in o.OPERATIONS if word != _READING)


def _keys(names: Iterable[str], schemas: Mapping[str, Schema], texts: Texts, also: Iterable[str] = ()) -> Keys:
    found = Keys()
    for name in (*names, *also):
        found.add(name, (WORDS[name],), schemas[name], *texts[name])
    return found


def _operation(word: str) -> Schema:
    found = Keys()
    for key in (word, *o.OPERATIONS[word]):
        schema = _BESIDE.get((word, key), _OF_VALUE[key])
        forms = (TERM[key], WORDS[key]) if word == "count" and key in TERM else (WORDS[key],)
        found.add(key, forms, schema, *VALUE[key], required=key in o.NEEDED.get(word, ()))
    return found.schema()


def _chosen(choice: Schema, words: Schema) -> Schema:
    """A mapping that chooses by reading, or another one."""
    return {"type": "object", "minProperties": 1, "if": written(_READING), "then": choice, "else": words}


def _choice(item: Schema) -> Schema:
    """``{reading: r, a: …, b: …}``."""
    found = Keys()
    found.add(_READING, (WORDS[_READING],), ref("id"), *CONDITION[_READING], required=True)
    return {**found.schema(), "additionalProperties": item, "minProperties": 3}


def _condition_words() -> Schema:
    """Operations on conditions, and names with their tests."""
    found = _keys(o.CONDITIONS, _OF_CONDITION, CONDITION)
    for name, (zh, en) in known_names().items():
        # A name that is a word of the language too may be written as that word.
        known = {**chinese.names(), **chinese.SPECIAL}
        found.add(name, (known[name], *((WORDS[name],) if name in WORDS else ())), ref("tests"), zh, en)
    names = f"{NAME}|^({'|'.join(WORDS.values())})$"
    return {**found.schema(), "additionalProperties": ref("tests"), "propertyNames": {"pattern": names}}


def _rows() -> Schema:
    """``{target: condition}``: the rows of one entity."""
    found = Keys()
    for entity in ENTITIES:
        found.add(entity.name, (entity.zh,), ref("condition"), f"{entity.zh}。", f"The {entity.en}.")
    return {**found.schema(), "minProperties": 1, "maxProperties": 1}


def _tests() -> Schema:
    schemas = {word: ref("value") for word in o.COMPARATORS}
    schemas |= {"in": _WORDS, "not_in": _WORDS, "is": SCALAR, "between": ref("figure"), "reading": ref("id")}
    schemas |= {word: ref("day") for word in ("before", "on_or_before", "on_or_after", "after")}
    return _keys(o.COMPARATORS, schemas, {**TEST, _READING: CONDITION[_READING]}, also=(_READING,)).schema()


def _bounds() -> Schema:
    """``{at_least: 30%, of: X}``: one bound, and beside a share what it is of."""
    schemas = {**{word: ref("value") for word in o.BOUNDS}, "between": ref("figure"), **_OF_VALUE}
    texts = {**VALUE, **TEST}
    found = _keys(o.BOUNDS, schemas, texts, also=("of", "set_by", "silent", _READING)).schema()
    shares = {form: ref("share") for word in o.BOUNDS for form in (word, WORDS[word])}
    one = [written(word) for word in o.BOUNDS]
    return {**found, "oneOf": one, "allOf": [{"if": written("of"), "then": {"properties": shares}}]}
