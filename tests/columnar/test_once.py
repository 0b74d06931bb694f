"""New columns from the interpreter's own code: few rows are read one by one, of many what is alike is asked once."""

from __future__ import annotations

import polars as pl
import pytest

from vbprules.columnar import once
from vbprules.columnar.once import asked_once, numbered

CELLS = pl.DataFrame({"a": [1, 2, 1, None, 1, None], "b": ["x", "x", "x", "y", None, "y"]})


def test_rows_get_the_number_of_what_they_are_equal_to() -> None:
    numbers, known = numbered(CELLS.iter_rows())
    assert numbers == [0, 1, 0, 2, 3, 2]
    assert list(known) == [(1, "x"), (2, "x"), (None, "y"), (1, None)]


@pytest.mark.parametrize("few", [0, 5, 6])
def test_every_row_has_its_answer_and_what_is_alike_is_asked_once(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(once, "FEW", few)
    asked: list[tuple[int | None, str | None]] = []

    def say(known: pl.DataFrame) -> list[tuple[str, bool]]:
        asked.extend(known.iter_rows())
        return [(f"{a}{b}", a is None) for a, b in known.iter_rows()]

    text, flag = asked_once(CELLS, {"text": pl.String, "flag": pl.Boolean}, say)
    assert text.to_list() == ["1x", "2x", "1x", "Noney", "1None", "Noney"] and text.name == "text"
    assert flag.to_list() == [False, False, False, True, False, True]
    assert len(asked) == (6 if few == 6 else 4)


@pytest.mark.parametrize("few", [0, 6])
def test_rows_that_need_no_answer_are_not_asked_where_it_would_cost_anything(
    few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(once, "FEW", few)
    wanted = pl.Series([False, True, False, True, False, True])
    (found,) = asked_once(CELLS, {"n": pl.String}, lambda known: [(str(a),) for a, _ in known.iter_rows()], wanted)
    assert found.filter(wanted).to_list() == ["2", "None", "None"]
    assert found.null_count() == (0 if few else 3)


def test_no_rows() -> None:
    (found,) = asked_once(CELLS.clear(), {"n": pl.String}, lambda known: [])
    assert found.to_list() == [] and found.dtype == pl.String
