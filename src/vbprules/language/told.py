"""A finding about a file on the Chinese surface, in the words of that file.

Below the reading of a file everything has its English name, so what is reported has too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Final

from vbprules.diagnostics import Finding
from vbprules.diagnostics.catalogue import BY_CODE
from vbprules.language import chinese
from vbprules.language.words import WORDS

# For the fields of a finding: which words come first, and what stands between them.
_KEYS: Final = {"key": " / ", "operation": ", ", "modality": ", "}
_NAMES: Final = {"entity": ", ", "child": ", ", "parent": ", ", "name": ", "}
_EITHER: Final = {"choices": ", ", "suggestion": ", ", "value": ", "}


def in_chinese_words(finding: Finding) -> Finding:
    """The same finding, with the words of the language that it names in Chinese."""
    last = dict(finding.args).get("where", "").rsplit(".", 1)[-1]
    args = tuple((name, _told(name, text, last)) for name, text in finding.args)
    words = tuple((word, WORDS[word]) for word in sorted(BY_CODE[finding.code].named() & WORDS.keys()))
    return replace(finding, args=args, words=words)


def _told(name: str, text: str, last: str) -> str:
    if name == "where":  # section.id.key: an id is no word, even where it looks like one
        steps = text.split(".")
        return ".".join(step if number == 1 else WORDS.get(step, step) for number, step in enumerate(steps))
    if name in _KEYS:
        return _each(text, _KEYS[name], WORDS)
    if name in _NAMES:
        return _each(text, _NAMES[name], {**chinese.names(), **chinese.ENTITY})
    if name in _EITHER:
        return _each(text, _EITHER[name], _values(last))
    return text


def _each(text: str, between: str, words: Mapping[str, str]) -> str:
    return between.join(words.get(part, part) for part in text.split(between))


@lru_cache(maxsize=512)
def _values(key: str) -> Mapping[str, str]:
    """The words that may stand under a key, then every other."""
    special = {"why": "reason", "not_encoded": "reason"}.get(key, key)
    own = chinese.ENTITY if key in ("per", "for_each") else chinese.CHOICES.get(special, chinese.codes(key))
    return {**chinese.names(), **WORDS, **chinese.YES, **own}
