"""What an author may call a thing of his own: a quantity, a reading, an option, a provision.

Either ASCII in lower case, or Chinese ideographs; never the two mixed, and no character that another one could be taken
for: the block of ideographs has no compatibility forms, so an id is its own NFKC form. A word of the language is no id.
"""

from __future__ import annotations

import re
from typing import Final

from vbprules.language.words import ENGLISH

ID: Final = "(?:[a-z][a-z0-9_]{0,79}|[\u4e00-\u9fff][\u4e00-\u9fff0-9_]{0,39})"
_WHOLE: Final = re.compile(ID)


def is_id(text: str) -> bool:
    """Whether a text has the form of an id: ``late_warning``, ``季度完成率``."""
    return _WHOLE.fullmatch(text) is not None


def is_word(text: str) -> bool:
    """Whether a Chinese text is a key or operation of the language."""
    return text in ENGLISH
