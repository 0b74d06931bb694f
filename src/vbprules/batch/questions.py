"""What could settle open outcomes, worked out by the interpreter for the institutions that have most of them."""

from __future__ import annotations

from typing import Final

import polars as pl

from vbprules.batch.interpreted import Interpreted
from vbprules.decision.model import Outcome
from vbprules.tables.intake import Taken

QUESTIONS: Final[dict[str, pl.DataType]] = {
    "institution": pl.String(),
    "kind": pl.String(),
    "what": pl.String(),
    "subject": pl.String(),
    "day": pl.String(),
    "question_zh": pl.String(),
    "question_en": pl.String(),
    "outcomes": pl.Int64(),
}


def questions_of(outcomes: pl.DataFrame, taken: Taken, left: Interpreted, most: int) -> tuple[pl.DataFrame, int]:
    """The questions of at most so many institutions, and how many of them were asked."""
    is_open = outcomes.filter(pl.col("standing") == "open").group_by("institution").len()
    wanted = is_open.sort("len", "institution", descending=[True, False]).head(most)["institution"].to_list()
    numbers = {name: inst for inst, name in enumerate(taken.store.ids)}
    rows = []
    for name in wanted:
        assembler = left.assembler(numbers[name])
        if assembler is None:
            continue
        answers = [assembler.answer(judged) for judged in assembler.judge.all()]
        for question in assembler.questions([answer for answer in answers if isinstance(answer, Outcome)]):
            need = question.need
            told = (need.kind, need.what, need.subject, need.day, need.asks.zh, need.asks.en)
            rows.append((name, *told, len(question.outcomes)))
    return pl.DataFrame(rows, schema=QUESTIONS, orient="row"), len(wanted)
