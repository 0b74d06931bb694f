"""DuckDB: one query over a table."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from benchmarks.four_rules.contender import Contender, Figures, Truths
from benchmarks.four_rules.work import LONG_AFTER, SUSPEND_BELOW, WARN_BELOW, Row


class Here(Contender):
    """BIGINT holds 10^16, and raises where it would overflow; HUGEINT took as long. Its own form are the NumPy columns
    that it hands out: a result that nobody fetches is not computed."""

    name = "DuckDB"
    package = "duckdb"
    in_own_form = True

    def prepare(self, rows: Sequence[Row]) -> None:
        self._base = duckdb.connect()
        self._base.execute(f"CREATE TABLE agreements ({', '.join(f'{name} BIGINT' for name in Row._fields)})")
        columns = [list(column) for column in zip(*rows, strict=True)]
        self._base.execute("INSERT INTO agreements SELECT unnest(?), unnest(?), unnest(?), unnest(?)", columns)
        self._query = f"""
            SELECT purchased * 100 < nullif(agreed, 0) * {WARN_BELOW} AS warn,
                   purchased * 100 < nullif(agreed, 0) * {SUSPEND_BELOW} AS suspend,
                   overdue_days > 0 AS overdue,
                   overdue_working_days > {LONG_AFTER} AS overdue_long
            FROM agreements"""

    def decide(self) -> object:
        return self._base.execute(self._query).fetchnumpy()

    def run(self) -> Sequence[Truths]:
        found: list[Truths] = self._base.execute(self._query).fetchall()
        return found

    def naturally(self, figures: Figures) -> Sequence[object]:
        """The figures as DECIMAL, the type that the documentation names for exact ones; their quotient is a DOUBLE."""
        with duckdb.connect() as base:
            base.execute(f"CREATE TABLE agreements ({', '.join(f'{name} DECIMAL(18, 2)' for name in Row._fields)})")
            base.execute("INSERT INTO agreements VALUES (?, ?, ?, ?)", [figures[name] for name in Row._fields])
            found = base.execute(
                "SELECT purchased / agreed < 0.8, purchased / agreed < 0.7, overdue_days > 0, overdue_working_days > 10"
                " FROM agreements"
            ).fetchone()
        return found or ()
