"""The schema of a case file, from the tables of its reader; the facts of a case are a dossier."""

from __future__ import annotations

from typing import Any, Final

from vbprules.cases import keys as k
from vbprules.cases.words import ABSENT_ZH, CHINESE, NONE_ZH, OUTCOME
from vbprules.decision.words import CHOICES as CHOOSE
from vbprules.decision.words import MODALITIES, MODES, NEEDS, STANDINGS, STATES, TRUTHS
from vbprules.language.identifiers import ID
from vbprules.language.vocabulary import HEDGES
from vbprules.language.words import WORDS
from vbprules.schemas.blocks import DAY, block_definitions, block_texts, by_reading, of_outcome
from vbprules.schemas.dossier import definitions, facts
from vbprules.schemas.parts import DRAFT, SCALAR, Keys, Schema, array, described, one_or_more, ref, words
from vbprules.schemas.texts import CASE, FILE, TABLE, TABLE_ROW

_ID: Final = f"^{ID}$"
MEANINGS: Final = {
    "state": STATES,
    "standing": STANDINGS,
    "triggered": {word: TRUTHS[word] for word in k.CHOICES["triggered"]},
    "mode": MODES,
    "modality": MODALITIES,
    "choose": CHOOSE,
    "hedge": {
        **{word: (word, en) for word, (en, _) in HEDGES.items()},
        k.NONE: (f"{NONE_ZH}：原文没有缓和用语", "the text does not hedge"),
    },
}


def case_schema() -> dict[str, Any]:
    """The schema of a case file."""
    file = Keys()
    texts = one_or_more(SCALAR)
    parts: dict[str, Schema] = {
        "policy": SCALAR,
        "note": SCALAR,
        "fixtures": {
            "type": "object",
            "patternProperties": {_ID: ref("facts")},
            "additionalProperties": False,
        },
        "expect_nothing_of": texts,
        "equivalent": array(_excused("equivalent", k.EQUIVALENT)),
        "unreachable": array(_excused("unreachable", k.UNREACHABLE)),
        "cases": array(ref("case")),
    }
    for key in k.TOP:
        file.add(key, (WORDS[key],), parts[key], *FILE[key], required=key in k.REQUIRED["file"])
    about = ("给政策写的回归案例。", "Regression cases of a policy.")
    return {
        "$schema": DRAFT,
        "title": "vbprules 案例文件 case file",
        **described(file.schema(), *about),
        "definitions": {
            "case": _case(),
            "variants": _table(),
            "expect": {"type": "object", "additionalProperties": ref("outcome")},
            "outcome": _outcome(),
            "readings": {"type": "object", "patternProperties": {_ID: SCALAR}, "additionalProperties": False},
            "facts": facts(),
            **block_definitions(_expected),
            **definitions(complete=False),
        },
    }


def _excused(where: str, known: tuple[str, ...]) -> Schema:
    found = Keys()
    for key in known:
        schema = SCALAR if key in ("at", "why") else one_or_more(SCALAR)
        found.add(key, (WORDS[key],), schema, *FILE[f"{where}.{key}"], required=key in k.REQUIRED[where])
    return found.schema()


def _case() -> Schema:
    found = Keys()
    texts = one_or_more(SCALAR)
    parts: dict[str, Schema] = {
        "case": SCALAR,
        "as_of": DAY,
        "use": texts,
        "facts": ref("facts"),
        "readings": ref("readings"),
        "calendar": SCALAR,
        "instruments": texts,
        "expect": ref("expect"),
        "must_not": texts,
        **{name: ref(name) for name in k.BLOCKS},
        "variants": ref("variants"),
        "note": SCALAR,
    }
    for key in k.CASE:
        zh, en = block_texts(key) if key in k.BLOCKS else CASE[key]
        found.add(key, (WORDS[key],), parts[key], zh, en, required=key in k.REQUIRED["case"])
    return found.schema()


def _table() -> Schema:
    row = Keys()
    parts: dict[str, Schema] = {
        "values": array({}),
        "case": SCALAR,
        "as_of": DAY,
        "readings": ref("readings"),
        "expect": ref("expect"),
    }
    for key in k.ROW:
        row.add(key, (WORDS[key],), parts[key], *TABLE_ROW[key])
    found = Keys()
    found.add("set", (WORDS["set"],), one_or_more(SCALAR), *TABLE["set"])
    found.add("rows", (WORDS["rows"],), array(row.schema()), *TABLE["rows"], required="rows" in k.REQUIRED["variants"])
    return found.schema()


def _outcome() -> Schema:
    """A mapping of expectations, or a word for the whole outcome."""
    whole = {
        k.ABSENT: (f"{ABSENT_ZH}这个结论", "there is no such outcome"),
        k.NOT_APPLICABLE: STATES[k.NOT_APPLICABLE],
    }
    found = Keys()
    for key in k.EXPECTED:
        found.add(key, (WORDS[key],), _expected(key), *of_outcome(key))
    return {"anyOf": [found.schema(), words(whole, OUTCOME)]}


def _expected(key: str) -> Schema:
    if key in k.WORDED:
        value = words(MEANINGS[key], CHINESE[key])
    elif key == "needs":
        kinds = "|".join(NEEDS)
        return one_or_more({"type": "string", "pattern": f"^({kinds})( |$)"})
    elif key in (*k.SETS, *k.PARTS):
        return one_or_more(SCALAR)
    else:
        value = SCALAR
    return by_reading(value) if key in k.BY_READING else value
