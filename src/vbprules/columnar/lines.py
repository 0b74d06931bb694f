"""Lines of reasons, a cell for every row: pieces put together, and steps set out as ``decision.lines`` sets them.

A piece is a text that is the same in every row, or a column of texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from vbprules.columnar.leaves import everywhere, fails, holds
from vbprules.decision.lines import STYLES
from vbprules.values.forks import Fork

Piece = str | pl.Expr
Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """A condition: what is said of it, what it is made of, and whether it holds. ``told``: in which rows; else all."""

    text: Pieces
    truth: Pieces
    parts: tuple[Step, ...] = ()
    beneath: pl.Expr | None = None  # the parts on one line, of rows elsewhere
    told: pl.Expr | None = None

    def where(self, told: pl.Expr | None) -> Step:
        """The step told in some rows only."""
        if told is None:
            return self
        return replace(self, told=told if self.told is None else told & self.told)


def set_out(step: Step, lang: str) -> Pieces:
    """A step with what it is made of and whether it holds."""
    style, beneath = STYLES[lang], step.beneath
    inner: Pieces = ()
    if beneath is not None or any(part.told is not None for part in step.parts):
        line = beneath if beneath is not None else joined([(p.told, set_out(p, lang)) for p in step.parts], lang)
        inside = pl.concat_str(pl.lit(style.before), line, pl.lit(style.after))
        inner = (pl.when(line != "").then(inside).otherwise(pl.lit("")),)
    elif step.parts:
        inner = (style.before, *_between([set_out(part, lang) for part in step.parts], lang), style.after)
    return (*step.text, *inner, style.colon, *step.truth)


def _between(lines: Sequence[Pieces], lang: str) -> Pieces:
    return tuple(piece for line in lines for piece in (STYLES[lang].between, *line))[1:]


def joined(lines: Sequence[tuple[pl.Expr | None, Pieces]], lang: str) -> pl.Expr:
    """Lines one behind the other, each where it is told."""
    if all(told is None for told, _ in lines):
        return one_text(_between([line for _, line in lines], lang))
    texts = [one_text(line) if told is None else pl.when(told).then(one_text(line)) for told, line in lines]
    return pl.concat_str(texts, separator=STYLES[lang].between, ignore_nulls=True)


def one_text(pieces: Pieces) -> pl.Expr:
    """Pieces as one text; those that are the same in every row are put together before."""
    found: list[Piece] = []
    for piece in pieces:
        if found and isinstance(piece, str) and isinstance(found[-1], str):
            found[-1] += piece
        else:
            found.append(piece)
    exprs = [pl.lit(piece) if isinstance(piece, str) else piece for piece in found]
    return exprs[0] if len(exprs) == 1 else pl.concat_str(exprs) if exprs else pl.lit("")


def word_of(value: Any, lang: str) -> pl.Expr:
    """The word behind a condition, see ``decision.reasons.truth_of``."""
    words = {truth: pl.lit(word) for truth, word in STYLES[lang].truths.items()}
    found = pl.when(holds(value)).then(words["yes"]).when(fails(value)).then(words["no"])
    if type(value) is not Fork:
        return found.otherwise(words["open"])
    return found.when(everywhere(value, None)).then(words["open"]).otherwise(words["by_reading"])
