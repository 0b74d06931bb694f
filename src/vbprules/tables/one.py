"""One institution of the tables of a batch, as a dossier: ``province/#H0012``."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

import polars as pl

from vbprules.diagnostics import Mark, Report, suggest
from vbprules.language.vocabulary import BY_LIST, ROW_LISTS
from vbprules.reading import Mapping, Node, Scalar, Sequence
from vbprules.tables.chunks import chunks_of, split
from vbprules.tables.dossiers import ROWS_OF_A_TABLE, Dossiers
from vbprules.tables.headings import OF, headed
from vbprules.tables.intake import rows_of
from vbprules.tables.members import members_of
from vbprules.tables.rows import read_rows
from vbprules.tables.sources import tables_of

MARK: Final = "#"


def institution_tree(place: str, institution: str, report: Report) -> Node | None:
    """The dossier of an institution as a tree; None after findings in ``report``.

    Rows and columns in its marks are those of the tables.
    """
    tables = headed(tables_of(place, report), report)
    if report.has_errors:
        return None
    parts = split(tables)
    found = parts.order.filter(pl.col(OF) == institution)
    if not found.height:
        known = parts.order[OF].head(10_000).to_list()
        report.error("no_such_institution", None, name=institution, suggestion=partial(suggest, institution, known))
        return None
    alone = replace(parts, order=found.with_columns(pl.lit(0, pl.UInt32).alias(name) for name in found.columns[1:]))
    _, chunk = next(chunks_of(replace(alone, chunks=1), Path()))
    catalogues = {table.name: table for table in tables if table.catalogue and table.name in BY_LIST}
    frames = {e.name: read_rows(e, rows_of(e, tables, chunk)).frame() for e in (BY_LIST[n] for n in ROW_LISTS)}
    shared = {
        BY_LIST[name].name: read_rows(BY_LIST[name], parts.shared[table.number]).frame()
        for name, table in catalogues.items()
    }
    numbers = {BY_LIST[name].name: table.number for name, table in catalogues.items()}
    members = {numbers[name]: rows for name, rows in members_of(frames, shared).items()}
    broken = {table.name for table in tables if table.number in parts.nobody}
    return _in_rows(Dossiers(tables, chunk, members, broken).tree(0, report))


def _in_rows(node: Node) -> Node:
    """The same tree, whose marks name the row without the table."""
    at = node.mark
    mark = Mark(at.line % ROWS_OF_A_TABLE, at.column, at.end_line % ROWS_OF_A_TABLE, at.end_column)
    if isinstance(node, Mapping):
        pairs = []
        for key, value in node.entries:
            word = _in_rows(key)
            assert isinstance(word, Scalar)
            pairs.append((word, _in_rows(value)))
        return Mapping(tuple(pairs), mark)
    if isinstance(node, Sequence):
        return Sequence(tuple(_in_rows(item) for item in node.items), mark)
    return replace(node, mark=mark)
