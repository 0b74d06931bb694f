"""One institution of the tables of a batch, as a dossier: ``province/#H0012``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from vbprules.diagnostics import Mark, Report, suggest
from vbprules.facts.dossier import dossier_of
from vbprules.facts.rows import Dossier
from vbprules.reading import Mapping as MappingNode
from vbprules.reading import Node, Scalar, Sequence
from vbprules.tables.catalogues import Catalogues
from vbprules.tables.chunks import broken_lists, chunks_of, split
from vbprules.tables.database_urls import shown_institution
from vbprules.tables.dossiers import ROWS_OF_A_TABLE, Dossiers
from vbprules.tables.headings import OF, Headings, headed
from vbprules.tables.intake import own_rows
from vbprules.tables.sources import tables_of


def read_institution(
    tables: Mapping[str, Any] | Path | str, institution: str, *, headings: Headings | None = None
) -> Dossier:
    """One institution of tables as a dossier, for whatever takes one: `evaluate`, `explain`, `timeline` …

    ``tables`` and ``headings`` are those of `evaluate_tables`. Raises InputError with every finding.
    """
    report, name = Report(), str(institution)
    with report.source(shown_institution(str(tables), name) if isinstance(tables, (str, Path)) else name):
        found = dossier_of(institution_tree(tables, name, report, headings), report)
        report.raise_if_errors()
    return found


def institution_tree(
    tables: Mapping[str, Any] | Path | str, institution: str, report: Report, headings: Headings | None = None
) -> Node | None:
    """The dossier of an institution as a tree; None after findings in ``report``.

    Rows and columns in its marks are those of the tables.
    """
    known = headed(tables_of(tables, report), report, headings)
    if report.has_errors:
        return None
    parts = split(known)
    found = parts.order.filter(pl.col(OF) == institution)
    if not found.height:
        names = parts.order[OF].head(10_000).to_list()
        report.error("no_such_institution", None, name=institution, suggestion=partial(suggest, institution, names))
        return None
    alone = replace(parts, order=found.with_columns(pl.lit(0, pl.UInt32).alias(name) for name in found.columns[1:]))
    _, chunk = next(chunks_of(replace(alone, chunks=1), Path()))
    catalogues = Catalogues(known, parts.shared)
    members = catalogues.members({name: rows.frame() for name, rows in own_rows(known, chunk).items()})
    dossiers = Dossiers(known, chunk, catalogues.by_table(members), broken_lists(parts))
    return _in_rows(dossiers.tree(0, report))


def _in_rows(node: Node) -> Node:
    """The same tree, whose marks name the row without the table."""
    at = node.mark
    mark = Mark(at.line % ROWS_OF_A_TABLE, at.column, at.end_line % ROWS_OF_A_TABLE, at.end_column)
    if isinstance(node, MappingNode):
        pairs = []
        for key, value in node.entries:
            word = _in_rows(key)
            assert isinstance(word, Scalar)
            pairs.append((word, _in_rows(value)))
        return MappingNode(tuple(pairs), mark)
    if isinstance(node, Sequence):
        return Sequence(tuple(_in_rows(item) for item in node.items), mark)
    return replace(node, mark=mark)
