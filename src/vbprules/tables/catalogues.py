"""The catalogues of a batch, read once, and which of their rows the institutions of a chunk have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from vbprules.language.vocabulary import BY_LIST
from vbprules.tables.cells import Parsed
from vbprules.tables.headings import Headed
from vbprules.tables.members import members_of
from vbprules.tables.rows import read_rows


class Catalogues:
    """``parsed``: the rows of each catalogue, by its entity."""

    def __init__(self, tables: Sequence[Headed], shared: Mapping[int, pl.DataFrame]) -> None:
        found = {table.name: table.number for table in tables if table.catalogue and table.name in BY_LIST}
        self.parsed: Mapping[str, Parsed] = {
            BY_LIST[name].name: read_rows(BY_LIST[name], shared[number]) for name, number in found.items()
        }
        self._numbers = {BY_LIST[name].name: number for name, number in found.items()}
        self.frames = {name: rows.frame() for name, rows in self.parsed.items()}

    def members(self, own: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
        """Of each catalogue, by its entity, ``inst`` and ``:row``; ``own``: the rows that name an institution."""
        return members_of(own, self.frames)

    def by_table(self, members: Mapping[str, pl.DataFrame]) -> dict[int, pl.DataFrame]:
        """The same by the numbers of the tables."""
        return {self._numbers[name]: rows for name, rows in members.items()}
