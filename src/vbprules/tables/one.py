"""One institution of the tables of a batch, as a dossier: ``province/#H0012``."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import polars as pl

from vbprules.diagnostics import Mark, Report, suggest
from vbprules.reading import Mapping, Node, Scalar, Sequence
from vbprules.tables.catalogues import Catalogues
from vbprules.tables.chunks import broken_lists, chunks_of, split
from vbprules.tables.dossiers import ROWS_OF_A_TABLE, Dossiers
from vbprules.tables.headings import OF, headed
from vbprules.tables.intake import own_rows
from vbprules.tables.sources import tables_of


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
    catalogues = Catalogues(tables, parts.shared)
    members = catalogues.members({name: rows.frame() for name, rows in own_rows(tables, chunk).items()})
    dossiers = Dossiers(tables, chunk, catalogues.by_table(members), broken_lists(parts))
    return _in_rows(dossiers.tree(0, report))


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
