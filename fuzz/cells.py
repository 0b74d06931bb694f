"""Mutation of descriptions of tables (see ``targets/frames``): cells, headings, types, columns and rows."""

from __future__ import annotations

import random
from typing import Final

from fuzz.strange import TEXTS
from fuzz.targets.frames import KINDS, TYPES
from vbprules.language.vocabulary import row_keys
from vbprules.tables.sources import COMPLETENESS, INSTITUTIONS, NAMES

_OWN: Final = ("institution", "机构", "list", "complete", "complete_through", "id", "note")
_LISTS: Final = tuple(name for name in NAMES if name not in (INSTITUTIONS, COMPLETENESS))
_KEYS: Final = (*sorted({key for name in _LISTS for key in row_keys(name)}), *_OWN)


def mutated_tables(data: bytes, most: int, seed: int) -> bytes:
    """Another description, with one to four changes."""
    draw = random.Random(seed)
    kind, *parts = data.decode("utf-8", "replace").split("# ")
    tables = [[line.split("|") for line in part.split("\n")] for part in parts] or [[["purchases"], ["institution"]]]
    for _ in range(draw.choice((1, 1, 2, 4))):
        _change(tables, draw)
    if draw.random() < 0.2:
        kind = draw.choice(KINDS)
    told = "# ".join([kind.strip() + "\n", *("\n".join("|".join(row) for row in table) for table in tables)])
    return told.encode("utf-8", "surrogatepass")[:most]


def _change(tables: list[list[list[str]]], draw: random.Random) -> None:
    table = draw.choice(tables)
    row = draw.choice(table)
    place = draw.randrange(len(row)) if row else 0
    what = draw.randrange(9)
    heads = table[1] if len(table) > 1 else row
    if what <= 2 and row:
        row[place] = draw.choice(TEXTS).replace("\n", " ").replace("|", "/")
    elif what == 3:
        heads.append(draw.choice(_KEYS))
    elif what == 4 and heads:
        at = draw.randrange(len(heads))
        heads[at] = heads[at].partition(":")[0] + ":" + draw.choice(tuple(TYPES))
    elif what == 5 and heads:
        heads[draw.randrange(len(heads))] = draw.choice((*_KEYS, *heads))
    elif what == 6:
        table.append(list(draw.choice(table)))
    elif what == 7 and len(table) > 2:
        del table[draw.randrange(2, len(table))]
    elif what == 8:
        other = draw.choice(table)
        if other and row:
            row[place] = draw.choice(other)
        if draw.random() < 0.1:
            tables.append([[draw.choice(NAMES)], ["institution", draw.choice(_KEYS)], ["A", "1"]])
