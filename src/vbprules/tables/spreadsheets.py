"""Texts in CSV that a spreadsheet would take for formulas, marked so that none is run, and unmarked again.

A spreadsheet calculates whatever begins with ``= + - @``, a tab or a carriage return, and a formula can start programs
or send the sheet away. CSV cannot say that a cell is text, so an apostrophe goes before it, as one would type it there.
A plain figure (``-12.50``, ``+3%``, ``-1/3``) stays a figure. A text that has apostrophes before such a beginning gets
one more, so that taking one away gives back exactly what was written.
"""

from __future__ import annotations

import re
from typing import Final

import polars as pl
import polars.selectors as cs

MARK: Final = "'"
_BEGINNING: Final = r"[=+\-@\t\r＝＋－＠]"
_RISKY: Final = rf"^'*{_BEGINNING}"
_MARKED: Final = rf"^'+{_BEGINNING}"
_FIGURE: Final = r"^[+-]?[0-9]+(\.[0-9]+)?(/[0-9]+)?%?$"


def marked(frame: pl.LazyFrame) -> pl.LazyFrame:
    """The frame with every text marked that is no figure and would be taken for a formula."""
    texts = cs.string()
    risky = texts.str.contains(_RISKY) & ~texts.str.contains(_FIGURE)
    return frame.with_columns(pl.when(risky).then(MARK + texts).otherwise(texts).name.keep())


def unmarked(text: str) -> str:
    """What a cell that was read from such a file said before it was marked."""
    return text[1:] if re.match(_MARKED, text) else text
