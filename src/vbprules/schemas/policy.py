"""The schema of a policy, from the tables of its parser and compiler."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from vbprules.language import chinese
from vbprules.language import keys as k
from vbprules.language import policy as p
from vbprules.language.identifiers import ID
from vbprules.language.surface import Surface
from vbprules.language.versions import NEWEST, OLDEST
from vbprules.language.words import WORDS
from vbprules.schemas.expressions import expressions
from vbprules.schemas.parts import (
    DRAFT,
    SCALAR,
    Keys,
    Schema,
    array,
    described,
    kinds,
    one_or_more,
    ref,
    words,
    written,
)
from vbprules.schemas.scalars import choice, scalars
from vbprules.schemas.surfaces import offering
from vbprules.schemas.texts_policy import FILE, PROVISION, SHARED

_CHOICES: Final = chinese.CHOICES


def _unwritten(word: str) -> Schema:
    return {"enum": [word, chinese.IN_FORCE[word]]}


_NAMED: Final = ("instruments", "parties", "readings", "questions", "lists", "terms", "quantities")
_LISTED: Final = ("clauses", "left_out", "not_in_text", "tasks", "precedence", "except")
_PLACES: Final[Mapping[str, Schema]] = {  # by section and key, or by the key alone
    "policy.language": {"enum": [form(version) for version in range(OLDEST, NEWEST + 1) for form in (int, str)]},
    "policy.policy": ref("id"),
    "policy.document": ref("document"),
    "policy.provisions": {},
    "document.issued": {"anyOf": [ref("date"), _unwritten("not_stated")]},
    "document.rank": choice(k.RANKS, _CHOICES["rank"]),
    "document.in_force": ref("in_force"),
    "document.known_from": choice(k.KNOWN_FROM, _CHOICES["known_from"]),
    "document.abridged": ref("cite"),
    "document.conventions": ref("conventions"),
    "in_force.from": ref("force"),
    "in_force.until": ref("force"),
    "conventions.first_day": ref("convention"),
    "precedence.rank": one_or_more(choice(k.RANKS, _CHOICES["rank"])),
    "precedence.region": one_or_more(SCALAR),
    "precedence.dated": choice(k.DATED, _CHOICES["dated"]),
    "precedence.when": ref("judged"),
    "parties.is": ref("condition"),
    "terms.is": ref("condition"),
    "quantities.is": ref("value"),
    "readings.options": {"type": "object", "minProperties": 2, "additionalProperties": SCALAR},
    "lists.labels": {"type": "object", "additionalProperties": SCALAR},
    "lists.closed": one_or_more(SCALAR),
    "lists.open": one_or_more(SCALAR),
    "clauses.starts": {**SCALAR, "maxLength": k.LONGEST_PHRASE},
    "clauses.not_encoded": ref("reason"),
    "left_out.why": ref("reason"),
    "not_in_text.figure": one_or_more(SCALAR),
    "tasks.support": one_or_more(ref("party")),
    "except.instead": {"anyOf": [choice(("none",), _CHOICES["instead"]), ref("instead")]},
    "instead.set_by": one_or_more(ref("id")),
    "cite": ref("cite"),
    "per": ref("entity"),
    "for_each": ref("entity"),
    "hedge": ref("hedge"),
    "matter": one_or_more(ref("matter")),
    "silent": ref("unsaid"),
    "once": ref("yes_no"),
    "takes_effect": choice(k.TAKES_EFFECT, _CHOICES["takes_effect"]),
    "choose": choice(k.CHOOSE, _CHOICES["choose"]),
    "fields": ref("id"),
    "sanctioned_by": one_or_more(ref("ids")),
    "steps": {"type": "object", "patternProperties": {f"^{ID}$": ref("step")}, "additionalProperties": False},
    **dict.fromkeys(("by", "toward", "lead"), one_or_more(ref("party"))),
    **dict.fromkeys(k.CONDITIONS, ref("condition")),
    **dict.fromkeys((*k.DAYS, *k.GOVERNED), ref("day")),
    **dict.fromkeys(k.BOUNDED, ref("bounded")),
    **dict.fromkeys(k.FIGURES, ref("value")),
}


def policy_schema(surface: Surface) -> dict[str, Any]:
    """The schema of a policy file. Words of either surface may stand there; those of ``surface`` are offered."""
    return offering(surface, _both_surfaces())


def _both_surfaces() -> dict[str, Any]:
    about = (
        "一份文件写成数据：条款、说不清的地方、规定。",
        "One document as data: its clauses, its open questions, its norms.",
    )
    return {
        "$schema": DRAFT,
        "title": "vbprules 政策 policy",
        **described(_section("policy", k.TOP), *about),
        "definitions": {
            "document": _section("document", k.DOCUMENT),
            "in_force": _section("in_force", k.SECTIONS["in_force"]),
            "conventions": _section("conventions", k.SECTIONS["conventions"]),
            "instead": _section("instead", k.SECTIONS["instead"]),
            **{f"{name}_item": _item(name) for name in (*_NAMED, *_LISTED)},
            **{f"provision_{name}": _provision(name) for name in p.MODALITIES},
            "provision": kinds({name: f"provision_{name}" for name in p.MODALITIES}, ref("provision_none")),
            "provision_none": _no_modality(),
            "step": _step(),
            "unsaid": one_or_more({"anyOf": [_attributes(), SCALAR]}),
            "judged": _judged(),
            "force": _by_reading({"anyOf": [choice(("issued", "silent"), chinese.IN_FORCE), ref("date")]}),
            "convention": _by_reading(choice(k.FIRST_DAY, _CHOICES["first_day"])),
            **scalars(),
            **expressions(),
        },
    }


def _section(section: str, names: Iterable[str]) -> Schema:
    """A mapping with fixed keys, each with its schema, its texts and whether it must stand there."""
    found = Keys()
    for name in names:
        _add(found, section, name, name in k.REQUIRED.get(section, ()))
    return found.schema()


def _add(found: Keys, section: str, name: str, required: bool) -> None:
    place = f"{section}.{name}"
    zh, en = FILE.get(place) or SHARED.get(name) or PROVISION[name]
    found.add(name, (WORDS[name],), _schema(section, name), zh, en, required)


def _schema(section: str, name: str) -> Schema:
    place = f"{section}.{name}"
    if place == "policy.provisions":
        return _ids(ref("provision"))
    if section == "policy" and name in _NAMED:
        return _ids(ref(f"{name}_item"))
    if name in _LISTED:
        return array(ref(f"{name}_item"))
    return _PLACES.get(place) or _PLACES.get(name, SCALAR)


def _ids(item: Schema) -> Schema:
    return {"type": "object", "patternProperties": {f"^{ID}$": item}, "additionalProperties": False}


def _item(section: str) -> Schema:
    found = _section(section, k.SECTIONS[section])
    if section == "lists":
        return {**found, "oneOf": [written("closed"), written("open")]}
    if section == "precedence":
        return {**found, "anyOf": [written("yields_to"), written("displaces")]}
    if section == "tasks":
        return {**found, "allOf": [*found["allOf"], _given_or_silent("due", ())]}
    return found


def _provision(modality: str) -> Schema:
    found = Keys()
    for name in (modality, *k.COMMON, *k.OF_MODALITY[modality]):
        _add(found, "provisions", name, name in (modality, "cite"))
    schema = found.schema()
    rules: list[Schema] = [*schema["allOf"]]
    if modality not in k.WITHOUT_BEARER:
        rules.append(_given_or_silent("by", ()))
    expected = _expected(modality)
    if "steps" in k.OF_MODALITY[modality]:
        left = {form: False for name in k.LEFT_TO_STEPS for form in (name, WORDS[name])}
        rules.append({"if": written("steps"), "then": {"properties": left}, "else": {"allOf": expected}})
    else:
        rules += expected
    return {**schema, "allOf": rules}


def _no_modality() -> Schema:
    """What is offered before the modality is written; one must be."""
    found = Keys()
    for name in (*p.MODALITIES, *k.COMMON):
        _add(found, "provisions", name, False)
    return {**found.schema(), "anyOf": [written(name) for name in p.MODALITIES]}


def _step() -> Schema:
    found = Keys()
    for name in k.STEP:
        _add(found, "steps", name, name == "does")
    schema = found.schema()
    return {**schema, "allOf": [*schema["allOf"], *_expected(p.SANCTION)]}


def _expected(modality: str) -> list[Schema]:
    instead = {"due": k.JUDGED_AT_ONCE, "until": ("once",)}
    own = (*k.OF_MODALITY[modality], *k.STEP)
    return [
        _given_or_silent(key, tuple(name for name in instead.get(key, ()) if name in own))
        for key in k.EXPECTED.get(modality, ())
    ]


def _given_or_silent(key: str, instead: tuple[str, ...]) -> Schema:
    """The key, one that stands for it, or ``silent`` with its name."""
    either = {"enum": [key, WORDS[key]]}
    named = {"anyOf": [either, {"type": "array", "contains": either}]}
    said = [{"required": [form]} for name in (key, *instead) for form in (name, WORDS[name])]
    unsaid = [{"properties": {form: named}, "required": [form]} for form in ("silent", WORDS["silent"])]
    return {"anyOf": [*said, *unsaid]}


def _attributes() -> Schema:
    """What may be silent: the bearer, and whatever is expected of some modality."""
    names = ("by", *dict.fromkeys(key for expected in k.EXPECTED.values() for key in expected))
    return words({name: PROVISION[name] for name in names}, {name: (WORDS[name],) for name in names})


def _judged() -> Schema:
    found = Keys()
    found.add("judge", (WORDS["judge"],), ref("id"), *FILE["precedence.when"], required=True)
    return found.schema()


def _by_reading(item: Schema) -> Schema:
    found = Keys()
    found.add(
        "reading",
        (WORDS["reading"],),
        ref("id"),
        "按解读：每种解读写一个。",
        "By reading: one for each option.",
        required=True,
    )
    return {"anyOf": [item, {**found.schema(), "additionalProperties": item, "minProperties": 3}]}
