"""A text as a YAML scalar, with quotes only where it would be read otherwise without them."""

from __future__ import annotations

import re
from typing import Final

from vbprules.reading import Scalar

# Surely nothing but text, wherever it stands.
_SIMPLE: Final = re.compile(r"[^\W_](?:[\w%.\-–—+/=@&“”（）()《》〈〉、。；〔〕·]|[ ](?=[^\s#]))*")
_INDICATORS: Final = frozenset("!&*%@`'\"|>#,[]{}")
_UNSAFE: Final = re.compile(r"[^\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def scalar_text(scalar: Scalar, flow: bool) -> str:
    """The scalar on one line; ``flow``: between brackets."""
    text = scalar.text
    if not text:
        return "''" if scalar.quoted or flow else ""
    if _SIMPLE.fullmatch(text) or (not scalar.quoted and _plain(text, flow)):
        return text
    return quoted(text)


def quoted(text: str) -> str:
    """In single quotes where that will do."""
    if _UNSAFE.search(text) or "\n" in text or "\x85" in text or ("'" in text and '"' not in text and "\\" not in text):
        return '"' + "".join(_ESCAPES.get(char, char) for char in text) + '"'
    return "'" + text.replace("'", "''") + "'"


def _plain(text: str, flow: bool) -> bool:
    """Whether YAML reads the text back without quotes."""
    if text != text.strip() or _UNSAFE.search(text) or "\n" in text or text.startswith(("---", "...")):
        return False
    if text[0] in _INDICATORS or (text[0] in "-?:" and (len(text) == 1 or text[1] in " ,[]{}")):
        return False
    if ": " in text or " #" in text or text.endswith(":") or text == "<<":
        return False
    return not (flow and (any(char in ",[]{}" for char in text) or "?" in text or text[0] in "-:" or ":" in text))


def block_text(text: str) -> tuple[str, list[str]] | None:
    """The header and lines of a literal block; None where the text is no such block."""
    if "\n" not in text or _UNSAFE.search(text.replace("\n", "")) or "\x85" in text:
        return None
    lines = text.split("\n")
    if not lines[0] or lines[0] != lines[0].lstrip() or any(line != line.rstrip() for line in lines):
        return None
    if lines[-1] == "":
        return ("|", lines[:-1]) if lines[-2] else None
    return "|-", lines
