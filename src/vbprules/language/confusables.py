"""Characters that look like others in ids, codes and figures: Cyrillic and Greek letters, wide letters, O for 0.

Prose may hold any script (干扰素α). A word is looked at only where it mixes plain letters with lookalikes, or digits
with letters that look like digits.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final

from vbprules.diagnostics import Report
from vbprules.reading import Mapping as MappingNode
from vbprules.reading import Node, Scalar, Sequence

_CYRILLIC: Final = ("аеорсухіјѕһԁԛԝвкмнтАВЕКМНОРСТХІЅЈ", "aeopcyxijshdqwbkmhtABEKMHOPCTXISJ")
_GREEK: Final = ("οναικρτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ovaikptuxABEZHIKMNOPTYX")
_LIKE: Final[Mapping[str, str]] = {
    odd: plain for table in (_CYRILLIC, _GREEK) for odd, plain in zip(*table, strict=True)
}
_WORD: Final = re.compile(r"[A-Za-z0-9_\u0370-\u03ff\u0400-\u052f\uff10-\uff19\uff21-\uff3a\uff3f\uff41-\uff5a]+")
_DIGITS: Final = re.compile(r"(?=.*[0-9])(?=.*[OolI])[0-9OolI]{2,}")
_FIGURE: Final = str.maketrans("OolI", "0011")


def check_confusables(root: Node, report: Report) -> None:
    """Warn of every word with a lookalike, once for each place."""
    for scalar in _scalars(root):
        for word in _WORD.findall(scalar.text):
            plain = "".join(_plain(char) for char in word)
            odd = next((char for char in word if _plain(char) != char), None)
            if odd is not None and _is_name(word, plain):
                code, like = f"U+{ord(odd):04X}", _plain(odd)
                report.warning(
                    "confusable_character", scalar, text=word, char=odd, code=code, like=like, suggestion=plain
                )
            elif _DIGITS.fullmatch(word):
                report.warning("confusable_digit", scalar, text=word, suggestion=word.translate(_FIGURE))


def plain_form(text: str) -> str:
    """What a text looks like: plain letters for lookalikes and wide ones, without invisible characters."""
    seen = (
        char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) not in ("Cf", "Cc", "Mn")
    )
    return "".join(_plain(char) for char in seen).strip()


def _is_name(word: str, plain: str) -> bool:
    """It becomes a plain word and has a plain letter or underscore already: two scripts within one word."""
    return plain.isascii() and any(char.isascii() and (char.isalpha() or char == "_") for char in word)


def _plain(char: str) -> str:
    return _LIKE.get(char) or unicodedata.normalize("NFKC", char)


def _scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _scalars(item)
    elif isinstance(node, MappingNode):
        for key, value in node.entries:
            yield key
            yield from _scalars(value)
