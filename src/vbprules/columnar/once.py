"""New columns of a table whose cells the interpreter's own code gives, asked once for what occurs more than once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, TypeVar

import polars as pl

Answer = TypeVar("Answer")
# So many rows are read one by one sooner than it is found out which are alike.
FEW: Final = 250


def numbered(rows: Iterable[tuple[Any, ...]]) -> tuple[list[int], Iterable[tuple[Any, ...]]]:
    """Of each row the number of what it is equal to, and what those numbers stand for, in their order."""
    known: dict[tuple[Any, ...], int] = {}
    return [known.setdefault(row, len(known)) for row in rows], known


def each_once(rows: Iterable[tuple[Any, ...]], answer: Callable[..., Answer]) -> list[Answer]:
    """The answer to every row; what is equal is asked once."""
    numbers, known = numbered(rows)
    answers = [answer(*row) for row in known]
    return [answers[number] for number in numbers]


def asked_once(
    cells: pl.DataFrame,
    kinds: Mapping[str, type[pl.Boolean | pl.String]],
    say: Callable[[pl.DataFrame], Sequence[Sequence[Any]]],
    wanted: pl.Series | None = None,
) -> list[pl.Series]:
    """The columns ``kinds`` for every row of ``cells``. ``say`` gives those of a table of such rows, row by row.

    ``wanted``: the other rows need no answer, and get one only where it costs nothing.
    """
    few = cells.height <= FEW
    known = cells if few else (cells if wanted is None else cells.filter(wanted)).unique()
    answers = say(known)
    found = [pl.Series(name, [answer[at] for answer in answers], kind) for at, (name, kind) in enumerate(kinds.items())]
    if few:
        return found
    there = cells.join(known.hstack(found), on=cells.columns, how="left", nulls_equal=True, maintain_order="left")
    return [there[name] for name in kinds]
