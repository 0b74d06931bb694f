"""What may stand where a policy has a word: figures, dates, names of quantities, entities and parties, flags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from vbprules.language import chinese
from vbprules.language.identifiers import ID
from vbprules.language.keys import CITATION, LONGEST_PHRASE, YES
from vbprules.language.operations import PERIODS
from vbprules.language.vocabulary import BY_NAME, ENTITIES, HEDGES, MATTERS, PARTIES, Entity
from vbprules.program.compile import builtin_quantities
from vbprules.schemas.parts import SCALAR, Schema, described, words
from vbprules.schemas.texts import Texts
from vbprules.schemas.texts_policy import CHOICE, REASON, UNIT
from vbprules.values.figures import UNIT_NAMES

_DIGIT: Final = "[0-9０-９]"
_NUMBER: Final = f"{_DIGIT}{{1,15}}([.．]{_DIGIT}{{1,6}})?"
_UNIT: Final = "|".join(
    ["[%％]", *(re.escape(name).replace("\\ ", " ") for name in UNIT_NAMES if not name.isascii()), "[a-z][a-z ]{2,30}"]
)
_FIGURE: Final = f"{_NUMBER}(\\s*(–|—|-|－|~|～|至|to|\\.\\.)\\s*{_NUMBER})?"
FIGURE: Final = f"^\\s*{_FIGURE}\\s*({_UNIT})?\\s*$"
SHARE: Final = f"^\\s*{_FIGURE}\\s*[%％]\\s*$"
_IN_SIGNS: Final = f"{_DIGIT}{{4}}[-－]{_DIGIT}{{1,2}}[-－]{_DIGIT}{{1,2}}"
DATE: Final = f"^\\s*({_IN_SIGNS}|{_DIGIT}{{4}}年{_DIGIT}{{1,2}}月{_DIGIT}{{1,2}}日)\\s*$"
NAME: Final = f"^{ID}(\\.{ID})?$"
_OFFSETS: Final = ("", "next ", "previous ")


def scalars() -> dict[str, Schema]:
    """The definitions of single words."""
    citation = CITATION.replace("“([^“”]+)”", f"“[^“”]{{1,{LONGEST_PHRASE}}}”").replace("(", "(?:", 1)
    cite = described(
        {"type": "string", "pattern": f"^{citation}$"},
        f"条款号和原文语句，如 五(三)“低于80％”，弯引号，语句至多{LONGEST_PHRASE}个字。",
        f"Clause and phrase in curved quotation marks, {LONGEST_PHRASE} characters at most.",
    )
    return {
        "cite": {"anyOf": [cite, {"type": "array", "items": cite, "minItems": 1}]},
        "date": {"type": "string", "pattern": DATE},
        "figure": {"anyOf": [{"type": "string", "pattern": FIGURE}, {"type": "number"}]},
        "share": {"type": "string", "pattern": SHARE},
        "name": _open(known_names()),
        "flag": _open({"always": CHOICE["always"], **known_names()}),
        "entity": words({entity.name: (entity.zh, entity.en) for entity in ENTITIES}, forms(chinese.ENTITY)),
        "party": _open(PARTIES),
        "hedge": words({word: (word, en) for word, (en, _) in HEDGES.items()}, {}),
        "matter": words(MATTERS, forms(chinese.CHOICES["matter"])),
        "reason": words(REASON, forms(chinese.CHOICES["reason"])),
        "period": words({f"{o}{p}": CHOICE[f"{o}{p}"] for p in PERIODS for o in _OFFSETS}, forms(chinese.PERIODS)),
        "yes_no": {"anyOf": [_yes_no(), {"type": "boolean"}]},
        "id": {"type": "string", "pattern": f"^{ID}$"},
        "ids": {"type": "string", "pattern": NAME},
        "text": SCALAR,
    }


def choice(known: Iterable[str], chinese_of: Mapping[str, str]) -> Schema:
    """One of the words that the language fixes."""
    return words({word: CHOICE[word] for word in known}, forms(chinese_of))


def forms(chinese_of: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The Chinese forms of words, as `words` takes them."""
    return {word: (zh,) for word, zh in chinese_of.items()}


@cache
def known_names() -> Texts:
    """What an expression may name without a declaration: fields and built-in quantities, with what they are of."""
    found: dict[str, dict[tuple[str, str], list[Entity]]] = {}
    for entity in ENTITIES:
        for item in entity.fields:
            what = f"{item.zh}，{UNIT[item.unit][0]}", f"{item.en}, {UNIT[item.unit][1]}"
            found.setdefault(item.name, {}).setdefault(what, []).append(entity)
    for named in builtin_quantities():
        what = f"{named.label.zh}，内建", f"{named.label.en}, built in"
        found.setdefault(named.id, {}).setdefault(what, []).append(BY_NAME[named.per])
    texts = {name: _of_which(owners) for name, owners in found.items()}
    return {**texts, **{name: CHOICE[name] for name in ("period_start", "period_end", "as_of")}}


def _of_which(owners: Mapping[tuple[str, str], list[Entity]]) -> tuple[str, str]:
    zh = "；".join(f"{what[0]}（{'、'.join(entity.zh for entity in of)}）" for what, of in owners.items())
    en = "; ".join(f"{what[1]} ({', '.join(entity.en for entity in of)})" for what, of in owners.items())
    return zh, en


def _open(known: Mapping[str, tuple[str, str]]) -> Schema:
    """These words, each with its meaning, or a name that the policy declares."""
    chinese_of = {**chinese.names(), **chinese.SPECIAL}
    offered: list[Schema] = [
        described({"const": form}, *texts) for word, texts in known.items() for form in (word, chinese_of[word])
    ]
    return {"anyOf": [*offered, {"type": "string", "pattern": NAME}]}


def _yes_no() -> Schema:
    return {"enum": list(YES), "enumDescriptions": ["是 / yes" if value else "否 / no" for value in YES.values()]}
