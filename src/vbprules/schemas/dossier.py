"""The schema of a dossier, from the vocabulary: the institution, its lists, their rows and fields."""

from __future__ import annotations

from typing import Any, Final

from vbprules.language.vocabulary import (
    BY_LIST,
    BY_NAME,
    DOSSIER_KEYS,
    INSTITUTION,
    LIST_KEYS,
    ROW_LISTS,
    STATEMENTS,
    Field,
    row_keys,
)
from vbprules.language.words import LISTS, WORDS, columns
from vbprules.schemas.parts import DRAFT, SCALAR, UNKNOWN, Keys, Schema, array, described, ref, words
from vbprules.schemas.texts import LIST, ROW, STATEMENT, UNITS
from vbprules.values.figures import CODE, TRUTH

_YES_NO: Final = {"yes": ("是", "yes"), "no": ("否", "no")}
_UNKNOWN: Final = {UNKNOWN[0]: ("未知，与不写相同", "not known, as if left out")}
_CHINESE: Final = {"yes": ("是",), "no": ("否",), UNKNOWN[0]: (UNKNOWN[1],)}
_REQUIRED: Final = {
    "acts": ("of", "day"),
    "performances": ("of", "day"),
    "determinations": ("question", "answer", "by", "day"),
    "given": ("name", "value", "source"),
    "targets": ("period",),
}


def dossier_schema() -> dict[str, Any]:
    """The schema of a dossier file."""
    text = (
        "一家机构的档案：写出来的是事实，没写的是未知。",
        "The dossier of one institution: what is absent is unknown.",
    )
    return {
        "$schema": DRAFT,
        "title": "vbprules 档案 dossier",
        **described(facts(), *text),
        "definitions": definitions(complete=True),
    }


def facts() -> Schema:
    """The keys of a dossier, or of the facts of a case."""
    keys = Keys()
    for name in DOSSIER_KEYS:
        chinese = [zh for zh, en in reversed(list(LISTS.items())) if en == name]
        schema = SCALAR if name in ("policy", "note") else ref(name)
        if name in BY_LIST and name != INSTITUTION:
            entity = BY_LIST[name]
            zh, en = f"{entity.zh}。{LIST[0]}", f"{entity.en[0].upper()}{entity.en[1:]}s. {LIST[1]}"
        else:
            zh, en = STATEMENT[name]
        keys.add(name, chinese, schema, zh, en)
    return keys.schema()


def definitions(complete: bool) -> dict[str, Schema]:
    """A definition for every list and its rows. ``complete``: rows must have what the reader demands of them."""
    found = {
        INSTITUTION: _row(INSTITUTION, complete),
        "none": words({"none": ("到基准日为止一行也没有", "none up to the as-of date")}, {"none": ("无",)}),
        "yes_no": words(_YES_NO, _CHINESE),
        "truth": words({**_YES_NO, **_UNKNOWN}, _CHINESE),
    }
    for name in (*ROW_LISTS, *STATEMENTS):
        found[name] = _list(name)
        found[f"{name}_row"] = _row(name, complete)
    return found


def _list(name: str) -> Schema:
    """Rows; rows with what is said of their completeness; or none."""
    rows = array(ref(f"{name}_row"))
    whole = Keys()
    for key in LIST_KEYS:
        schema = {"complete_through": SCALAR, "complete": ref("yes_no")}.get(key)
        whole.add(key, (WORDS[key],), schema or {"anyOf": [rows, ref("none")]}, *ROW[key])
    return {"anyOf": [rows, whole.schema(), ref("none")]}


def _row(name: str, complete: bool) -> Schema:
    keys = Keys()
    fields = BY_LIST[name].field_map if name in BY_LIST else {}
    headings = columns(name)
    for key in row_keys(name):
        chinese = [zh for zh, en in reversed(list(headings.items())) if en == key]
        required = complete and key in _REQUIRED.get(name, ())
        column = fields.get(key)
        if column is not None:
            zh, en = UNITS["price" if column.fine else column.unit]
            keys.add(key, chinese, _cell(column), f"{column.zh}：{zh}", f"{column.en}: {en}", required)
        elif key in BY_NAME and name not in STATEMENTS:
            entity = BY_NAME[key]
            zh, en = f"所属{entity.zh}的编号。", f"The id of its {entity.en}."
            keys.add(key, chinese, SCALAR, zh, en, required)
        else:
            schema = ref("yes_no") if key == "answer" else SCALAR
            zh, en = ROW.get(f"{name}.{key}", ROW.get(key, ("", "")))
            keys.add(key, chinese, schema, zh, en, required)
    return keys.schema()


def _cell(column: Field) -> Schema:
    if column.unit == TRUTH:
        return ref("truth")
    if column.unit == CODE and column.options:
        known = {code: (zh, code.replace("_", " ")) for code, zh in column.options.items()}
        return words({**known, **_UNKNOWN}, {**_CHINESE, **{code: (zh,) for code, zh in column.options.items()}})
    return SCALAR
