"""A file of foreign headings, and a table under them."""

from __future__ import annotations

import polars as pl

from fuzz.files import written
from fuzz.oracle import checked
from vbprules.diagnostics import Report
from vbprules.tables.headings import headed
from vbprules.tables.mapping import headings_of
from vbprules.tables.sources import tables_of

TABLE = pl.DataFrame({"机构": ["A"], "品种": ["P"], "采购日期": ["2020-03-01"], "数量": ["10"], "备注": ["x"]})


def one(data: bytes) -> None:
    report = Report()
    found = headings_of(written(data, "stranger_headings.yaml"), report)
    headed(tables_of({"purchases": TABLE}, report), report, found)
    checked(report.sorted_findings())
