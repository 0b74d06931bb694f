"""How large the expressions of a policy become. One that is written out anew at every step would double each time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from vbprules import catalog, read_dossier
from vbprules.calendar import work_calendar
from vbprules.columnar import frames
from vbprules.columnar.evaluate import Columns
from vbprules.columnar.judge import ColumnJudge
from vbprules.columnar.store import store_of
from vbprules.engine.case import Case

DAY = date(2020, 4, 15).toordinal()
HOSPITAL = Path(__file__).parents[2] / "examples" / "guizhou_city_hospital.yaml"


def test_no_expression_grows_beyond_measure(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    real = frames.values_of

    def measured(table: pl.DataFrame, columns: Mapping[str, pl.Expr]) -> pl.DataFrame:
        sizes.extend(len(str(expr)) for expr in columns.values())
        return real(table, columns)

    monkeypatch.setattr(frames, "values_of", measured)
    program, calendar = catalog.load("guizhou_2019"), work_calendar(as_of=DAY)
    store = store_of([Case(program, read_dossier(HOSPITAL), DAY, calendar, {})])
    judge = ColumnJudge(Columns(program, store, DAY, calendar, {}))
    assert len([judged.norm.id for judged in judge.all()]) == len(program.norms)
    assert len(sizes) > 1_000 and max(sizes) < 20_000
