"""Catalogue entries and the safe filling of their texts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_FIELD = re.compile(r"\$([a-z_]+)")
_SECTION = re.compile(r"\[\[(.*?)\]\]")
_WORD = re.compile(r"(?<![$\w])[a-z_]{2,}(?!\w)")
_CODE = re.compile(r"`[^`]*`|\{[^}]*\}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One kind of finding: `$name` is a field; `[[…]]` is left out when a field within it is empty."""

    code: str
    zh: str
    en: str
    hint_zh: str
    hint_en: str

    def message(self, lang: str, args: Mapping[str, str], words: Mapping[str, str] | None = None) -> str:
        """The message with its fields filled; ``words`` of the language that it names are said as these."""
        template = self._said(self.en if lang == "en" else self.zh, lang, words)
        text = fill(template, args)
        where = args.get("where")
        if where and "$where" not in template:
            return f"{where}{': ' if lang == 'en' else '：'}{text}"
        return text

    def hint(self, lang: str, args: Mapping[str, str], words: Mapping[str, str] | None = None) -> str:
        """What to do about it."""
        return fill(self._said(self.hint_en if lang == "en" else self.hint_zh, lang, words), args)

    @staticmethod
    def _said(template: str, lang: str, words: Mapping[str, str] | None) -> str:
        """English prose has words that the language has too: there only what is marked as code is translated."""
        if not words:
            return template

        def said(text: str) -> str:
            return _WORD.sub(lambda word: words.get(word.group(), word.group()), text)

        return _CODE.sub(lambda code: said(code.group()), template) if lang == "en" else said(template)

    def named(self) -> frozenset[str]:
        """What may be words of the language in its four texts."""
        return frozenset(_WORD.findall(f"{self.zh}\n{self.en}\n{self.hint_zh}\n{self.hint_en}"))

    @staticmethod
    def template(text: str) -> str:
        """One of the four texts with its fields as …, as it stands for every finding of the kind."""
        return _FIELD.sub("…", _SECTION.sub(r"\1", text)).strip()

    def fields(self) -> frozenset[str]:
        """Names of all fields of all four texts."""
        return frozenset(_FIELD.findall(f"{self.zh}\n{self.en}\n{self.hint_zh}\n{self.hint_en}"))


def fill(template: str, args: Mapping[str, str]) -> str:
    """Fill `$name` fields in one pass: what is filled in is never looked at again."""

    def section(match: re.Match[str]) -> str:
        inner = match.group(1)
        return inner if all(args.get(name) for name in _FIELD.findall(inner)) else ""

    return _FIELD.sub(lambda match: args.get(match.group(1), ""), _SECTION.sub(section, template)).strip()
